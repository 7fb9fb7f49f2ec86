"""Buttons: what one is called and carries, and what a press of one means. Pure."""

import hashlib
import re
from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from bots.slack.wire import first, word
from bots.storable import mapping
from core.kernel.cards import Button, Card
from core.kernel.messages import Decision, MessageRef, Verdict
from core.kernel.principal import ChatUser, Platform

PLATFORM: Platform = "slack"
REVIEW, DISMISS = "decide_review", "decide_dismiss"
"""``action_id`` of an approve button that opens a modal (``review:<id>``), and of a reject button that opens none."""
DECIDING: frozenset[Verdict] = frozenset({"approve", "reject", "undo"})
"""Verdicts of a card's first row of buttons."""
ASKING: frozenset[Verdict] = frozenset({"edit", "choose", "alternative", "break_glass", "show"})
"""Verdicts of its second row. The others are Telegram's: what has to be acknowledged or typed is so in a modal here."""
IN_A_MODAL = frozenset({"acknowledge", "type_word"})
"""Gestures for which the approve button opens a modal."""

_OPENING = frozenset({REVIEW, "decide_reject", "decide_edit", "decide_choose", "decide_show", "decide_break_glass"})
_HASH = re.compile(r"[0-9a-f]{64}")
_VALUE = re.compile(
    r"(?P<verdict>approve|reject|undo|edit|choose|alternative|break_glass|show|review)(?:\.(?P<choice>[a-z0-9_]{1,16}))?"
    r":(?P<id>[0-9a-f]{32}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})(?::(?P<shown>[0-9a-f]{64}))?",
    re.IGNORECASE,
)


def wire(button: Button, card: Card) -> tuple[str, str]:
    """Return a button's ``action_id``, another one for every button of a card, and its value.

    The value carries the hash of what the card shows, so that a press on what has changed since decides nothing.
    """
    action_id, value = _named(button, card)
    return action_id, f"{value}:{card.shown_hash}" if _HASH.fullmatch(card.shown_hash) else value


def _named(button: Button, card: Card) -> tuple[str, str]:
    if button.verdict == "approve" and card.gesture in IN_A_MODAL:
        return REVIEW, f"review:{card.suggestion_id}"
    # What nobody can approve is put away without a word about why.
    if button.verdict == "reject" and card.gesture == "none":
        return DISMISS, f"reject:{card.suggestion_id}"
    choice = f".{button.choice}" if button.choice else ""
    return _action(button.verdict, button.choice), f"{button.verdict}{choice}:{card.suggestion_id}"


def opens_modal(payload: Mapping[str, Any]) -> bool:
    """Whether somebody pressed a button that opens a modal, which decides nothing yet."""
    return payload.get("type") == "block_actions" and first(payload.get("actions")).get("action_id") in _OPENING


def is_in_modal(payload: Mapping[str, Any]) -> bool:
    """Whether somebody pressed a button of a modal: another page of what it shows."""
    return payload.get("type") == "block_actions" and mapping(payload.get("view")).get("type") == "modal"


def is_at_home(payload: Mapping[str, Any]) -> bool:
    """Whether somebody pressed something in their Home tab."""
    return payload.get("type") == "block_actions" and mapping(payload.get("view")).get("type") == "home"


def view_of(payload: Mapping[str, Any], decision: Decision) -> str:
    """Return the ``external_id`` of the modal that a press opens or stands in: one per press, known to all."""
    if is_in_modal(payload):
        return word(mapping(payload.get("view")).get("external_id"))
    return hashlib.sha256(f"{decision.pressed.workspace}/{decision.event_id}".encode()).hexdigest()[:40]


def read_press(payload: Mapping[str, Any]) -> Decision | None:
    """Return what somebody pressed. What is no message of ours (a Home tab, a modal) is a message without a name."""
    user = word(mapping(payload.get("user")).get("id"))
    # An app that is installed for a whole Grid may be told no workspace but the presser's own.
    is_for_all = payload.get("is_enterprise_install") is True
    team = word(mapping(payload.get("team")).get("id"))
    team = team or (word(mapping(payload.get("user")).get("team_id")) if is_for_all else "")
    if team and not is_for_all:
        # In a channel that is shared with another workspace, "team" may be the presser's; the card is ours.
        team = word(mapping(payload.get("message")).get("team")) or team
    action, where = first(payload.get("actions")), _where(payload, user)
    pressed_at = word(action.get("action_ts"))
    if not (team and user and where and pressed_at and isinstance(action.get("action_id"), str)):
        return None
    channel, message = where
    suggestion_id, verdict, choice, evidence = _read_button(action) or (None, None, "", {})
    return Decision(
        # Slack gives a press no id of its own; nobody presses one message twice in the same microsecond.
        event_id=f"press/{channel}/{message}/{user}/{pressed_at}",
        sender=ChatUser(PLATFORM, team, user),
        suggestion_id=suggestion_id,
        verdict=verdict,
        choice=choice,
        pressed=MessageRef(PLATFORM, team, channel, message),
        evidence=evidence,
    )


def _where(payload: Mapping[str, Any], user: str) -> tuple[str, str] | None:
    container = mapping(payload.get("container"))
    if container.get("type") == "view":
        return user, ""
    channel = word(container.get("channel_id")) or word(mapping(payload.get("channel")).get("id"))
    message = word(container.get("message_ts"))
    return (channel, message) if channel and message else None


def _read_button(action: Mapping[str, Any]) -> tuple[UUID, Verdict, str, dict[str, str]] | None:
    """Read what a button carries; None for what is no verdict and id, or not this button's."""
    value, action_id = action.get("value"), action.get("action_id")
    found = _VALUE.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return None
    named, choice, suggestion_id = found["verdict"].lower(), (found["choice"] or "").lower(), UUID(found["id"])
    shown = {"shown": found["shown"].lower()} if found["shown"] else {}
    if named == "review":
        return (suggestion_id, "approve", "", shown) if action_id == REVIEW and not choice else None
    if action_id == DISMISS:
        return (suggestion_id, "reject", "", shown) if (named, choice) == ("reject", "") else None
    verdict = cast("Verdict", named)
    return (suggestion_id, verdict, choice, shown) if action_id == _action(verdict, choice) else None


def _action(verdict: Verdict, choice: str) -> str:
    return f"decide_{verdict}_{choice}" if choice else f"decide_{verdict}"
