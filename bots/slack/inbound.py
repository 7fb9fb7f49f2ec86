"""Slack's payloads in the core's words: a message, a press, or nothing. Pure; malformed shapes are nothing."""

import html
import re
from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from bots.slack.wire import mapping, word
from core.kernel.messages import Address, Decision, InboundEvent, InboundMessage, MessageRef, Verdict
from core.kernel.principal import ChatUser

PLATFORM = "slack"
ACTIONS: dict[Verdict, str] = {"approve": "decide_approve", "reject": "decide_reject"}
"""The ``action_id`` of each verdict's button; its value is ``<verdict>:<suggestion id>``."""

_WRITTEN_BY_PEOPLE = frozenset({None, "file_share", "thread_broadcast"})
"""Message subtypes that are somebody's own new words; edits, deletions, joins and bots are others."""
_VALUE = re.compile(r"(approve|reject):([0-9a-f]{32}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})", re.IGNORECASE)
_LINK = re.compile(r"link\s+([A-Za-z0-9_-]{16,64})", re.IGNORECASE)
_NAMED = re.compile(r"<[@#!][^>|]*\|([^>]*)>")
_ADDRESS = re.compile(r"<((?:https?|mailto|tel):[^>|]*)(?:\|([^>]*))?>")
_LABELLED_DATE = re.compile(r"<!date\^[^>|]*\|([^>]*)>")


def inbound_event(payload: Mapping[str, Any]) -> InboundEvent | None:
    """Return what to store for a payload, or None if nobody here would act on it."""
    if payload.get("type") == "block_actions":
        return _press_event(payload)
    if payload.get("type") != "event_callback":
        return None
    address, event_id = _address(payload), word(payload.get("event_id"))
    if address is None or not event_id or _author(payload) is None:
        return None
    return InboundEvent(
        platform=PLATFORM, workspace=address.workspace, event_id=event_id, lock=address.key(), payload=payload
    )


def parse(payload: Mapping[str, Any], bot_user: str) -> InboundMessage | Decision | None:
    """Return the message or the press in a payload, or None. ``bot_user`` is the bot's own user id."""
    if payload.get("type") == "block_actions":
        return _decision(payload)
    return _message(payload, bot_user)


def _message(payload: Mapping[str, Any], bot_user: str) -> InboundMessage | None:
    address, author, event_id = _address(payload), _author(payload), word(payload.get("event_id"))
    if address is None or author is None or author.user == bot_user or not event_id:
        return None
    event = mapping(payload.get("event"))
    text = readable(str(event.get("text") or ""), bot_user)
    token = _LINK.fullmatch(text)
    direct = event.get("channel_type") == "im"
    return InboundMessage(
        event_id=event_id,
        sender=author,
        address=address,
        # A token is never kept as something that was said.
        text="/start" if token else text or "/help",
        direct=direct,
        link_token=token[1] if token and direct else None,
    )


def readable(text: str, bot_user: str) -> str:
    """Return a text as people see it: the bot's own mention gone, names and links without their marks-up."""
    text = text.replace(f"<@{bot_user}>", " ")
    text = _LABELLED_DATE.sub(r"\1", text)
    text = _NAMED.sub(r"\1", text)
    text = _ADDRESS.sub(lambda found: found[2] or found[1].removeprefix("mailto:").removeprefix("tel:"), text)
    return html.unescape(text).strip().lstrip(",:").strip()


def _address(payload: Mapping[str, Any]) -> Address | None:
    """Return where to answer: in a channel always in the thread, in a direct chat only when it is in one."""
    event = mapping(payload.get("event"))
    team, channel, ts = word(payload.get("team_id")), word(event.get("channel")), word(event.get("ts"))
    if not (team and channel and ts):
        return None
    thread = word(event.get("thread_ts"))
    if event.get("type") == "app_mention":
        return Address(PLATFORM, team, channel, thread or ts)
    if event.get("type") == "message" and event.get("channel_type") == "im":
        return Address(PLATFORM, team, channel, thread or None)
    return None


def _author(payload: Mapping[str, Any]) -> ChatUser | None:
    """Return who wrote, if it is a person with words of their own.

    The workspace is the one in which it was said, also for somebody of another one (Slack Connect): they are
    strangers here, whatever they are at home.
    """
    event = mapping(payload.get("event"))
    user, team = word(event.get("user")), word(payload.get("team_id"))
    is_bot = bool(event.get("bot_id") or event.get("bot_profile"))
    if not user or is_bot or event.get("subtype") not in _WRITTEN_BY_PEOPLE:
        return None
    return ChatUser(PLATFORM, team, user)


def _press_event(payload: Mapping[str, Any]) -> InboundEvent | None:
    decision = _decision(payload)
    if decision is None:
        return None
    ref = decision.pressed
    return InboundEvent(
        platform=PLATFORM,
        workspace=ref.workspace,
        event_id=decision.event_id,
        lock=f"press/{ref.workspace}/{ref.channel}/{ref.message}",
        payload=payload,
    )


def _decision(payload: Mapping[str, Any]) -> Decision | None:
    team, user = word(mapping(payload.get("team")).get("id")), word(mapping(payload.get("user")).get("id"))
    container = mapping(payload.get("container"))
    channel = word(container.get("channel_id")) or word(mapping(payload.get("channel")).get("id"))
    message, action = word(container.get("message_ts")), _first_action(payload)
    pressed_at = word(action.get("action_ts"))
    if not (team and user and channel and message and pressed_at):
        return None
    found = _VALUE.fullmatch(str(action.get("value"))) if action.get("action_id") in ACTIONS.values() else None
    return Decision(
        event_id=f"press/{channel}/{message}/{user}/{pressed_at}",
        sender=ChatUser(PLATFORM, team, user),
        suggestion_id=UUID(found[2]) if found else None,
        verdict=cast("Verdict", found[1].lower()) if found else None,
        pressed=MessageRef(PLATFORM, team, channel, message),
    )


def _first_action(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    actions: object = payload.get("actions")
    return mapping(cast("list[object]", actions)[0]) if isinstance(actions, list) and actions else {}
