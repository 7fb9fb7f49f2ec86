"""Somebody's desk as a whole screen: which part of it they chose, and what else they could choose."""

from dataclasses import dataclass
from typing import get_args
from uuid import UUID

from core.actions.desk import queries as lists
from core.flows.desk import Desk, desk_of
from core.flows.linking import principal_of
from core.flows.runtime import Runtime
from core.kernel.cards import Risk
from core.kernel.phrases import phrase
from core.kernel.principal import ChatUser, Locale
from core.texts import LOCALES, say

PAGE = 10
"""Cards of a page."""
_EVENTS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """One page of what waits, with the first of the other lists."""

    desk: Desk
    locale: Locale
    events: tuple[tuple[UUID, str], ...]
    """The organisation's events, by id and name, for the filter."""


async def home_of(rt: Runtime, user: ChatUser, *, event: str | None, risk: str | None, page: int) -> Home | str:
    """Return the screen of a linked person, or what to tell somebody else. ``page`` counts from 1."""
    principal = await principal_of(rt, user)
    if principal is None:
        return "\n".join(say(locale, phrase("link-invitation")) for locale in LOCALES)
    known = next((each for each in get_args(Risk) if each == risk), None)
    desk = await desk_of(rt, principal, event=event, risk=known, most=PAGE, skip=(page - 1) * PAGE)
    async with rt.db.acting_as(principal) as tx:
        events = await lists.events(tx, _EVENTS)
    return Home(desk=desk, locale=principal.locale, events=tuple(events))
