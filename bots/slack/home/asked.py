"""Who wants to see their Home tab, and which part of it: the tab was opened, or something in it was chosen. Pure."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bots.slack.presses import PLATFORM, is_at_home
from bots.slack.wire import first, team_of, word
from bots.storable import mapping, read_object
from core.kernel.messages import InboundEvent
from core.kernel.principal import ChatUser

FILTER, PAGE = "home_filter", "home_page"
"""``action_id`` of the filter; the beginning of those of the buttons that turn the page."""
_CHOSEN = re.compile(r"(?:risk\.(?:low|medium|high|critical)|event\.[0-9a-f-]{36})?")
_PAGE = re.compile(r"[1-9][0-9]{0,2}")


@dataclass(frozen=True, slots=True)
class HomeAsked:
    """Whose tab to draw. ``chosen`` is ``risk.<risk>``, ``event.<id>`` or nothing; ``page`` counts from 1."""

    user: ChatUser
    chosen: str = ""
    page: int = 1

    @property
    def risk(self) -> str | None:
        """The risk that was chosen."""
        return self._after("risk.")

    @property
    def event(self) -> str | None:
        """The id of the event that was chosen."""
        return self._after("event.")

    def _after(self, prefix: str) -> str | None:
        return self.chosen.removeprefix(prefix) if self.chosen.startswith(prefix) else None

    def metadata(self) -> str:
        """Return what the tab remembers of it."""
        return json.dumps({"of": self.chosen, "page": self.page})


def home_event(payload: Mapping[str, Any]) -> InboundEvent | None:
    """Return what to store for a payload that asks for a Home tab, or None for any other."""
    asked = home_asked(payload)
    if asked is None:
        return None
    lock = f"home/{asked.user.workspace}/{asked.user.user}"
    chosen_at = word(first(payload.get("actions")).get("action_ts"))
    event_id = f"{lock}/{chosen_at}" if chosen_at else word(payload.get("event_id"))
    if not event_id:
        return None
    return InboundEvent(
        platform=PLATFORM,
        workspace=asked.user.workspace,
        event_id=event_id,
        lock=lock,
        payload=payload,
        kind="sending",
        sender=asked.user.user,
    )


def home_asked(payload: Mapping[str, Any]) -> HomeAsked | None:
    """Return whose tab a payload asks for, or None: it was opened, filtered, or its page was turned."""
    if payload.get("type") == "event_callback":
        return _opened(payload)
    action_id = first(payload.get("actions")).get("action_id")
    is_ours = isinstance(action_id, str) and (action_id == FILTER or action_id.startswith(PAGE))
    before = home_of_press(payload) if is_ours else None
    if before is None:
        return None
    action = first(payload.get("actions"))
    if action_id == FILTER:
        return HomeAsked(before.user, _checked(mapping(action.get("selected_option")).get("value")))
    return HomeAsked(before.user, before.chosen, _page(action.get("value")))


def home_of_press(payload: Mapping[str, Any]) -> HomeAsked | None:
    """Return the tab in which somebody pressed something, as it was drawn; None for a press elsewhere."""
    team, user = word(mapping(payload.get("team")).get("id")), word(mapping(payload.get("user")).get("id"))
    if not is_at_home(payload) or not (team and user):
        return None
    return as_drawn(ChatUser(PLATFORM, team, user), mapping(payload.get("view")).get("private_metadata"))


def as_drawn(user: ChatUser, kept: object) -> HomeAsked:
    """Return a tab as it was drawn, by what it remembers; what it does not remember is the beginning of everything."""
    try:
        said = read_object(kept) if isinstance(kept, str) and kept else {}
    except ValueError:
        said = {}
    return HomeAsked(user, _checked(said.get("of")), _page(str(said.get("page"))))


def _opened(payload: Mapping[str, Any]) -> HomeAsked | None:
    event, team = mapping(payload.get("event")), team_of(payload)
    user = word(event.get("user"))
    if event.get("type") != "app_home_opened" or event.get("tab") != "home" or not (team and user):
        return None
    return as_drawn(ChatUser(PLATFORM, team, user), mapping(event.get("view")).get("private_metadata"))


def _checked(chosen: object) -> str:
    return chosen if isinstance(chosen, str) and _CHOSEN.fullmatch(chosen) else ""


def _page(given: object) -> int:
    return int(given) if isinstance(given, str) and _PAGE.fullmatch(given) else 1
