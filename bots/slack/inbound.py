"""Slack's payloads in the core's words: a message, a press, or nothing. Pure; malformed shapes are nothing."""

import re
from collections.abc import Mapping
from typing import Any

from bots.slack.home.asked import HomeAsked, home_asked, home_event
from bots.slack.presses import PLATFORM, read_press
from bots.slack.said import files_in, names, people_in, quoted_in, unread_in, words_of
from bots.slack.wire import team_of, word
from bots.storable import mapping
from core.kernel.messages import Address, Decision, InboundEvent, InboundMessage, MessageRef
from core.kernel.principal import ChatUser

_WRITTEN_BY_PEOPLE = frozenset({None, "file_share", "me_message", "thread_broadcast"})
"""Message subtypes that are somebody's own new words; edits, deletions, joins and bots are others."""
_OTHERS_WORDS = ("bot_id", "bot_profile")
"""Fields of a message that no person wrote."""
_NOT_PEOPLE = frozenset({"USLACKBOT"})
"""Slackbot, which ``users.info`` calls no bot."""
_LINK = re.compile(r"link\s+(`?)([A-Za-z0-9_-]{16,64})\1", re.IGNORECASE)
"""A one-time token, with the marks of code that people put around such things."""
REMOVALS = ("app_uninstalled", "tokens_revoked")
"""Events that tell of the app itself."""
_CHANNELS = frozenset({"channel", "group"})


def inbound_event(payload: Mapping[str, Any]) -> InboundEvent | None:
    """Return what to store for a payload, or None if nobody here would act on it.

    A press has a lock of its own, so that a slow turn of the model in the same conversation never delays it.
    """
    if (home := home_event(payload)) is not None:
        return home
    if payload.get("type") == "block_actions":
        return _press_event(payload)
    if removal(payload) is not None:
        return _removal_event(payload)
    address, event_id, author = _address(payload), word(payload.get("event_id")), _author(payload)
    if address is None or not event_id or author is None:
        return None
    return InboundEvent(
        platform=PLATFORM,
        workspace=address.workspace,
        event_id=event_id,
        lock=address.key(),
        payload=payload,
        sender=author.user,
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


def removal(payload: Mapping[str, Any]) -> str | None:
    """Return what Slack says where the app was removed from a workspace, or lost its token there; None otherwise."""
    event = mapping(payload.get("event"))
    kind = word(event.get("type"))
    if payload.get("type") != "event_callback" or kind not in REMOVALS:
        return None
    # Of people's own tokens we have none.
    return kind if kind == "app_uninstalled" or mapping(event.get("tokens")).get("bot") else None


def thread_of_press(payload: Mapping[str, Any]) -> str | None:
    """Return the thread in which the pressed card stands, where the presser looks; None outside of threads."""
    message = mapping(payload.get("message"))
    thread = word(mapping(payload.get("container")).get("thread_ts")) or word(message.get("thread_ts"))
    # A card that others answered is the parent of a thread, and itself not in it.
    return thread if thread and thread != message.get("ts") else None


def _removal_event(payload: Mapping[str, Any]) -> InboundEvent | None:
    team, event_id = team_of(payload), word(payload.get("event_id"))
    if not team or not event_id:
        return None
    return InboundEvent(
        platform=PLATFORM, workspace=team, event_id=event_id, lock=f"removal/{team}", payload=payload, sender=None
    )


def _message(payload: Mapping[str, Any], bot_user: str) -> InboundMessage | None:
    address, author = _address(payload), _author(payload)
    if address is None or author is None or author.user == bot_user or not word(payload.get("event_id")):
        return None
    event = mapping(payload.get("event"))
    is_overheard = _is_overheard(event)
    if is_overheard and names(event, bot_user):
        # The same message comes as a mention too.
        return None
    text, quoted, unread = words_of(event, bot_user), quoted_in(event), unread_in(event)
    files = files_in(event)
    token = _LINK.fullmatch(text)
    direct = _is_direct(event)
    # Slack's replies are threads: what stands at the head of one in a direct chat is what is answered.
    under = MessageRef(PLATFORM, address.workspace, address.channel, word(event.get("thread_ts")))
    return InboundMessage(
        event_id=_key(event),
        sender=author,
        address=address,
        reply_to=under if direct and under.message else None,
        # A token is never kept as something that was said.
        text="/start" if token else text or ("" if quoted or unread or files else "/help"),
        direct=direct,
        link_token=token[2] if token and direct else None,
        under=under if under.message else None,
        quoted=quoted,
        unread=unread,
        files=files,
        mentioned=dict.fromkeys(people_in(event, bot_user), ""),
        is_overheard=is_overheard,
    )


def _address(payload: Mapping[str, Any]) -> Address | None:
    """Return where to answer: in a channel always in the thread, in a direct chat only when it is in one."""
    if payload.get("type") != "event_callback":
        return None
    event = mapping(payload.get("event"))
    team, channel, ts = team_of(payload), word(event.get("channel")), word(event.get("ts"))
    if not (team and channel and ts):
        return None
    thread = word(event.get("thread_ts"))
    if _is_direct(event):
        return Address(PLATFORM, team, channel, thread or None)
    if event.get("type") == "app_mention":
        return Address(PLATFORM, team, channel, thread or ts)
    return Address(PLATFORM, team, channel, thread) if _is_overheard(event) else None


def _is_direct(event: Mapping[str, Any]) -> bool:
    """Whether something was said to the bot alone; a mention there arrives as a message and as a mention."""
    if event.get("type") == "message":
        return event.get("channel_type") == "im"
    return event.get("type") == "app_mention" and (
        event.get("channel_type") == "im" or word(event.get("channel")).startswith("D")
    )


def _is_overheard(event: Mapping[str, Any]) -> bool:
    """Whether something was said in a channel's thread; Slack tells of it where the app hears channels."""
    thread = word(event.get("thread_ts"))
    is_in_channel = event.get("type") == "message" and word(event.get("channel_type")) in _CHANNELS
    return is_in_channel and bool(thread) and thread != event.get("ts")


def _key(event: Mapping[str, Any]) -> str:
    """Return what tells a message from all others: its place and its time, not the delivery's own id.

    Slack delivers one message as several events: a mention in a direct chat as a message too, and a mention again when
    its text is edited. Whichever comes first is answered; a mention that an edit adds was never answered before.
    """
    return f"message/{word(event.get('channel'))}/{word(event.get('ts'))}"


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
        kind="decisions",
        sender=decision.sender.user,
    )
