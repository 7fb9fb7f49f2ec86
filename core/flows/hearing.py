"""What a message means where it was said: whom it names, which card or answer it is about, whether it is for us."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from core.actions import queries as actions
from core.actions.suggestion import Suggestion
from core.ai.prompt import Attached
from core.conversations import queries as conversations
from core.conversations.queries import LATEST_TURNS, Said
from core.delivery import queries as copies
from core.flows.deliver import cards_for
from core.flows.runtime import Runtime
from core.identity import queries as identity
from core.jobs import queries as jobs
from core.kernel.messages import Address, InboundMessage, MessageRef, Quoted
from core.kernel.phrases import phrase
from core.kernel.principal import ChatUser, Principal
from core.kernel.tools import Transaction
from core.texts import locale_of_text, say

_CLOCKS = timedelta(seconds=5)
"""How far Slack's clock and the database's may be apart."""
_PARTS = 2.0
"""Seconds within which the parts of an album come; each is a message of its own, and the words may be on any."""
_QUESTION = ("?", "\u061f")
_MARKS = "\u2068\u2069\u200e\u200f \n"


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around a message."""

    attached: Attached
    above: tuple[dict[str, Any], ...] = ()
    """The turns that led to the answer under which it was said, where that is another conversation."""


async def is_for_us(rt: Runtime, principal: Principal | None, message: InboundMessage) -> bool:
    """Whether somebody waits for an answer to this message.

    The parts of an album are one message: the one with the words is answered, and of those without words the first.
    What was said in a thread to nobody by name is for us where the last that we said to its sender there is a question.
    """
    if message.album is not None and await _words_come(rt, message.sender, message.album):
        return False
    if not message.is_overheard:
        return True
    if principal is None:
        return False
    async with rt.db.acting_as(principal) as tx:
        last = await conversations.said_last(tx, message.address, 1)
    return bool(last) and last[0].text.rstrip(_MARKS).endswith(_QUESTION)


async def _words_come(rt: Runtime, sender: ChatUser, album: str) -> bool:
    """Whether the part of an album with the words was delivered, or is within the time that its parts take."""
    until = asyncio.get_running_loop().time() + _PARTS
    while True:
        async with rt.db.as_system() as tx:
            if await jobs.is_delivered(tx, sender.platform, sender.workspace, album):
                return True
        if asyncio.get_running_loop().time() >= until:
            return False
        await asyncio.sleep(_PARTS / 8)


async def with_names(rt: Runtime, principal: Principal, message: InboundMessage) -> InboundMessage:
    """Return the message with people's names in the place of their ids; a colleague's is the organisation's own.

    An id tells nobody anything: whoever has no name that we may know is somebody.
    """
    if not message.mentioned:
        return message
    sender = message.sender
    async with rt.db.as_system() as tx:
        linked = await identity.names_of(tx, principal, sender.platform, sender.workspace, list(message.mentioned))
    named: Mapping[str, str] = {**message.mentioned, **linked}
    mark = re.compile(rf"@({'|'.join(re.escape(user) for user in named)})\b")

    def shown(text: str) -> str:
        nobody = say(locale_of_text(text), phrase("somebody"))
        return mark.sub(lambda found: f"@{named[found[1]]}" if named[found[1]] else nobody, text)

    quoted = tuple(replace(each, text=shown(each.text)) for each in message.quoted)
    return replace(message, text=shown(message.text), quoted=quoted)


async def context_of(rt: Runtime, principal: Principal, message: InboundMessage) -> Context:
    """Return what stands around a message: the card or the answer under which it was said, and what came with it."""
    found = await _card(rt, principal, message.under) if message.under else None
    quoted, above = message.quoted, list[dict[str, Any]]()
    if found is None and message.under is not None and message.direct and message.address.thread:
        async with rt.db.acting_as(principal) as tx:
            answered, above = await _above(tx, message.address)
        quoted = (*quoted, *answered)
    if found is not None:
        # The card is told of from its row: what a platform quotes of it is what it showed once.
        quoted = tuple(each for each in quoted if each.kind != "answered")
    return Context(Attached(_told(found) if found else {}, quoted, message.unread), tuple(above))


async def _card(rt: Runtime, principal: Principal, under: MessageRef) -> Suggestion | None:
    async with rt.db.as_system() as tx:
        organization = principal.organization_id
        suggestion_id: UUID | None = await copies.suggestion_on(tx, organization, under)
        if suggestion_id is None:
            suggestion_id = await copies.latest_in_thread(tx, organization, under)
    if suggestion_id is None:
        return None
    async with cards_for(rt, principal) as tx:
        return await actions.find_for_delivery(tx, organization, suggestion_id)


def _told(found: Suggestion) -> dict[str, str]:
    return {
        "suggestion_id": str(found.id),
        "title": found.request.title,
        "action": found.request.action_type,
        "state": found.review.status,
        "risk": found.request.risk,
        "asked_by": found.request.asker_name,
    }


async def _above(tx: Transaction, address: Address) -> tuple[tuple[Quoted, ...], list[dict[str, Any]]]:
    """Return the answer at the head of a thread of a direct chat, and the turns up to it."""
    said = await conversations.said_last(tx, replace(address, thread=None))
    head = _moment(address.thread or "")
    until = [each for each in said if head is not None and each.asked_at <= head + _CLOCKS] or said
    if not until:
        return (), []
    turns: list[Said] = until[:LATEST_TURNS]
    return (
        (Quoted("answered", "you", until[0].text),),
        [content for each in reversed(turns) for content in each.contents],
    )


def _moment(thread: str) -> datetime | None:
    """Return when a Slack message was posted: its name is the time in seconds."""
    try:
        return datetime.fromtimestamp(float(thread), UTC)
    except (ValueError, OverflowError, OSError):
        return None
