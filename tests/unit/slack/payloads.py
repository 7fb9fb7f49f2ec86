"""Slack's payloads as its documentation shows them, short of what nobody here reads."""

from typing import Any
from uuid import UUID

TEAM, BOT = "T1", "UBOT"
SUGGESTION = UUID("01936b2e-7a3c-7c1e-8f00-0123456789ab")
_ASKED = "1700000000.000100"


def event(inner: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """Return the envelope of an event."""
    seen_by = [{"enterprise_id": None, "team_id": TEAM, "user_id": BOT, "is_bot": True}]
    outer = {"type": "event_callback", "team_id": TEAM, "api_app_id": "A1", "event_id": "Ev1"}
    return {**outer, "authorizations": seen_by, "event": inner} | fields


def direct(text: Any = "hello", **fields: Any) -> dict[str, Any]:
    """Return a message in a one-to-one chat."""
    message = {"type": "message", "channel_type": "im", "channel": "D1", "user": "U1", "ts": _ASKED, "text": text}
    return event(message | fields)


def mention(text: Any = f"<@{BOT}> hello", **fields: Any) -> dict[str, Any]:
    """Return a mention in a channel."""
    message = {"type": "app_mention", "channel": "C1", "user": "U1", "ts": _ASKED, "text": text}
    return event(message | fields)


def press(value: Any = f"approve:{SUGGESTION}", action_id: Any = "decide_approve", **fields: Any) -> dict[str, Any]:
    """Return a press of a card's button."""
    action = {"type": "button", "block_id": "b", "action_id": action_id, "value": value, "action_ts": "1700000009.5"}
    return {
        "type": "block_actions",
        "api_app_id": "A1",
        "team": {"id": TEAM, "domain": "aleph"},
        "user": {"id": "U1", "username": "dana", "team_id": TEAM},
        "channel": {"id": "C1", "name": "managers"},
        "container": {"type": "message", "message_ts": "1700000001.7", "channel_id": "C1", "is_ephemeral": False},
        "message": {"type": "message", "user": BOT, "ts": "1700000001.7", "text": "Move"},
        "trigger_id": "13345224609.738474920.8088930838d88f008e0",
        "actions": [action],
    } | fields
