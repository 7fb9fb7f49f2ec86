"""Slack's payloads in the core's words: a message, a press, or nothing. Pure; malformed shapes are nothing."""

import re
from collections.abc import Mapping
from typing import Any

from bots.slack.home.asked import HomeAsked, home_asked, home_event
from bots.slack.presses import PLATFORM, read_press
from bots.slack.wire import team_of, word
from bots.storable import mapping
from core.kernel.messages import Address, Decision, InboundEvent, InboundMessage, MessageRef
from core.kernel.principal import ChatUser

_WRITTEN_BY_PEOPLE = frozenset({None, "file_share", "thread_broadcast"})
"""Message subtypes that are somebody's own new words; edits, deletions, joins and bots are others."""
_OTHERS_WORDS = ("bot_id", "bot_profile", "edited")
"""Fields of a message that no person wrote, or that was answered before: Slack repeats a mention that is edited."""
_NOT_PEOPLE = frozenset({"USLACKBOT"})
"""Slackbot, which ``users.info`` calls no bot."""
_LINK = re.compile(r"link\s+(`?)([A-Za-z0-9_-]{16,64})\1", re.IGNORECASE)
"""A one-time token, with the marks of code that people put around such things."""
_REFERENCE = re.compile(r"<(?P<what>[^<>|]+)(?:\|(?P<label>[^<>]*))?>")
"""Slack's own markup. What a person typed cannot look like it: their angle brackets arrive escaped."""
_SCHEME = re.compile(r"(?:mailto|tel):")


def inbound_event(payload: Mapping[str, Any]) -> InboundEvent | None:
    """Return what to store for a payload, or None if nobody here would act on it.

    A press has a lock of its own, so that a slow turn of the model in the same conversation never delays it.
    """
    if (home := home_event(payload)) is not None:
        return home
    if payload.get("type") == "block_actions":
        return _press_event(payload)
    address, event_id = _address(payload), word(payload.get("event_id"))
    if address is None or not event_id or _author(payload) is None:
        return None
    return InboundEvent(
        platform=PLATFORM, workspace=address.workspace, event_id=event_id, lock=address.key(), payload=payload
    )


def parse(payload: Mapping[str, Any], bot_user: str) -> InboundMessage | Decision | HomeAsked | None:
    """Return the message, the press or the wish for a Home tab in a payload, or None.

    ``bot_user`` is the bot's own user id.
    """
    if home_event(payload) is not None:
        return home_asked(payload)
    if payload.get("type") == "block_actions":
        return read_press(payload)
    return _message(payload, bot_user)


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
    # Slack's replies are threads: what stands at the head of one in a direct chat is what is answered.
    answered = MessageRef(PLATFORM, address.workspace, address.channel, address.thread or "")
    return InboundMessage(
        event_id=event_id,
        sender=author,
        address=address,
        reply_to=answered if direct and address.thread else None,
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
    team, channel, ts = team_of(payload), word(event.get("channel")), word(event.get("ts"))
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

    The workspace is ours, also for somebody of another one (Slack Connect): they are strangers here, whatever they
    are at home.
    """
    event = mapping(payload.get("event"))
    user, subtype = word(event.get("user")), event.get("subtype")
    if not user or user in _NOT_PEOPLE or any(event.get(field) for field in _OTHERS_WORDS):
        return None
    if not (subtype is None or isinstance(subtype, str)) or subtype not in _WRITTEN_BY_PEOPLE:
        return None
    return ChatUser(PLATFORM, team_of(payload), user)


def _press_event(payload: Mapping[str, Any]) -> InboundEvent | None:
    decision = read_press(payload)
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
