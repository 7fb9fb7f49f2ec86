"""Slack's payloads in the core's words: a message, a press, or nothing. Pure; malformed shapes are nothing."""

import hashlib
import re
from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from bots.slack.wire import first, word
from bots.storable import mapping
from core.kernel.messages import Address, Decision, InboundEvent, InboundMessage, MessageRef, Verdict
from core.kernel.principal import ChatUser

PLATFORM = "slack"
ACTIONS: dict[Verdict, str] = {"approve": "decide_approve", "reject": "decide_reject", "undo": "decide_undo"}
"""The ``action_id`` of each verdict's button; its value is ``<verdict>:<suggestion id>``."""
REVIEW = "decide_review"
"""The ``action_id`` of the button that opens the modal in which a risky action is approved; ``review:<id>``."""

_WRITTEN_BY_PEOPLE = frozenset({None, "file_share", "thread_broadcast"})
"""Message subtypes that are somebody's own new words; edits, deletions, joins and bots are others."""
_OTHERS_WORDS = ("bot_id", "bot_profile", "edited")
"""Fields of a message that no person wrote, or that was answered before: Slack repeats a mention that is edited."""
_NOT_PEOPLE = frozenset({"USLACKBOT"})
"""Slackbot, which ``users.info`` calls no bot."""
_VALUE = re.compile(
    r"(approve|reject|undo|review):([0-9a-f]{32}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})", re.IGNORECASE
)
_LINK = re.compile(r"link\s+(`?)([A-Za-z0-9_-]{16,64})\1", re.IGNORECASE)
"""A one-time token, with the marks of code that people put around such things."""
_REFERENCE = re.compile(r"<(?P<what>[^<>|]+)(?:\|(?P<label>[^<>]*))?>")
"""Slack's own markup. What a person typed cannot look like it: their angle brackets arrive escaped."""
_SCHEME = re.compile(r"(?:mailto|tel):")


def inbound_event(payload: Mapping[str, Any]) -> InboundEvent | None:
    """Return what to store for a payload, or None if nobody here would act on it.

    A press has a lock of its own, so that a slow turn of the model in the same conversation never delays it.
    """
    if payload.get("type") == "block_actions":
        return _press_event(payload)
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


def is_review(payload: Mapping[str, Any]) -> bool:
    """Whether somebody pressed the button that opens the modal, which decides nothing yet."""
    return payload.get("type") == "block_actions" and first(payload.get("actions")).get("action_id") == REVIEW


def view_of(decision: Decision) -> str:
    """Return the ``external_id`` of the modal that a press opens: one per press, known to all who handle it."""
    return hashlib.sha256(f"{decision.pressed.workspace}/{decision.event_id}".encode()).hexdigest()[:40]


def thread_of_press(payload: Mapping[str, Any]) -> str | None:
    """Return the thread in which the pressed card stands, where the presser looks; None outside of threads."""
    message = mapping(payload.get("message"))
    thread = word(mapping(payload.get("container")).get("thread_ts")) or word(message.get("thread_ts"))
    # A card that others answered is the parent of a thread, and itself not in it.
    return thread if thread and thread != message.get("ts") else None


def readable(text: str, bot_user: str) -> str:
    """Return a text as people see it: the bot's own mention gone, names and links without their markup."""
    named = re.compile(rf" ?<@{re.escape(bot_user)}(?:\|[^<>]*)?>")
    shown = _REFERENCE.sub(_shown, named.sub("", text))
    for entity, letter in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        shown = shown.replace(entity, letter)
    return shown.strip().lstrip(",.:;").strip()


def _shown(reference: re.Match[str]) -> str:
    what, label = reference["what"], reference["label"]
    if what.startswith("!date^"):
        return label or ""
    if what.startswith("!"):
        return "@" + (label or what[1:].partition("^")[0]).removeprefix("@")
    if what[0] in "@#":
        return what[0] + (label or what[1:])
    return label or _SCHEME.sub("", what, count=1)


def _message(payload: Mapping[str, Any], bot_user: str) -> InboundMessage | None:
    address, author, event_id = _address(payload), _author(payload), word(payload.get("event_id"))
    if address is None or author is None or author.user == bot_user or not event_id:
        return None
    event = mapping(payload.get("event"))
    said = event.get("text")
    text = readable(said, bot_user) if isinstance(said, str) else ""
    token = _LINK.fullmatch(text)
    direct = event.get("type") == "message"
    return InboundMessage(
        event_id=event_id,
        sender=author,
        address=address,
        # A token is never kept as something that was said.
        text="/start" if token else text or "/help",
        direct=direct,
        link_token=token[2] if token and direct else None,
    )


def _address(payload: Mapping[str, Any]) -> Address | None:
    """Return where to answer: in a channel always in the thread, in a direct chat only when it is in one.

    A mention in a channel arrives as a ``message`` too where the app hears channels; only direct messages count.
    """
    if payload.get("type") != "event_callback":
        return None
    event = mapping(payload.get("event"))
    team, channel, ts = _team(payload), word(event.get("channel")), word(event.get("ts"))
    if not (team and channel and ts):
        return None
    thread = word(event.get("thread_ts"))
    if event.get("type") == "app_mention":
        return Address(PLATFORM, team, channel, thread or ts)
    if event.get("type") == "message" and event.get("channel_type") == "im":
        return Address(PLATFORM, team, channel, thread or None)
    return None


def _team(payload: Mapping[str, Any]) -> str:
    """Return the workspace that has us installed; in a shared channel ``team_id`` may be the other side's."""
    return word(first(payload.get("authorizations")).get("team_id")) or word(payload.get("team_id"))


def _author(payload: Mapping[str, Any]) -> ChatUser | None:
    """Return who wrote, if it is a person with words of their own.

    The workspace is ours, also for somebody of another one (Slack Connect): they are strangers here, whatever they
    are at home.
    """
    event = mapping(payload.get("event"))
    user, subtype = word(event.get("user")), event.get("subtype")
    if not user or user in _NOT_PEOPLE or any(event.get(field) for field in _OTHERS_WORDS):
        return None
    if not (subtype is None or isinstance(subtype, str)) or subtype not in _WRITTEN_BY_PEOPLE:
        return None
    return ChatUser(PLATFORM, _team(payload), user)


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
    container, action = mapping(payload.get("container")), first(payload.get("actions"))
    channel = word(container.get("channel_id")) or word(mapping(payload.get("channel")).get("id"))
    message, pressed_at = word(container.get("message_ts")), word(action.get("action_ts"))
    if not (team and user and channel and message and pressed_at and isinstance(action.get("action_id"), str)):
        return None
    suggestion_id, verdict = _read_press(action) or (None, None)
    return Decision(
        # Slack gives a press no id of its own; nobody presses one message twice in the same microsecond.
        event_id=f"press/{channel}/{message}/{user}/{pressed_at}",
        sender=ChatUser(PLATFORM, team, user),
        suggestion_id=suggestion_id,
        verdict=verdict,
        pressed=MessageRef(PLATFORM, team, channel, message),
    )


def _read_press(action: Mapping[str, Any]) -> tuple[UUID, Verdict] | None:
    """Read what a button carries; None for what is no verdict and id, or not this button's."""
    value = action.get("value")
    found = _VALUE.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return None
    named = found[1].lower()
    expected = REVIEW if named == "review" else ACTIONS[cast("Verdict", named)]
    verdict = cast("Verdict", "approve" if named == "review" else named)
    return (UUID(found[2]), verdict) if action.get("action_id") == expected else None
