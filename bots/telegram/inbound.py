"""Telegram's raw updates in the core's words: a message, a press, or nothing. Pure; malformed shapes are nothing."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from bots.storable import mapping
from bots.telegram.press import read_press
from bots.telegram.said import entities_of, files_in, quoted_in, rich_text, text_of, unread_in
from bots.telegram.wire import integer
from core.kernel.messages import Address, Decision, InboundEvent, InboundMessage, MessageRef
from core.kernel.principal import ChatUser
from core.texts import typed

PLATFORM = "telegram"
_NOT_PEOPLE = frozenset({777000, 136817688, 1087968824})
"""Telegram's own notices, "Channel Bot" and "GroupAnonymousBot": one number that stands for many people."""
_GROUPS = frozenset({"group", "supergroup"})
COMMANDS = ("pending", "mine", "help", "start")
"""In the order of Telegram's menu."""
_MASKED = ("sender_chat", "is_automatic_forward")
"""Fields of a message that nobody sent as themselves: an anonymous administrator's, a channel's."""
_NOT_OURS = (*_MASKED, "forward_origin", "forward_date", "via_bot")
"""Fields of a message with a button that is none of ours."""
_ANONYMOUS = frozenset({136817688, 1087968824})
"""Those of the people below that stand for somebody who writes in a group: as the group, or as a channel."""
_START = re.compile(r"/start(?:\s+(.*))?", re.DOTALL | re.IGNORECASE)
_LINK_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""Telegram's rule for the payload of a deep link."""
_COMMAND = re.compile(r"/(?P<name>[A-Za-z0-9_]{1,32})(?P<suffix>@\w+)?(?=\s|$)")
_ALBUM = re.compile(r"[A-Za-z0-9_-]{1,64}")
_LONGEST_INLINE_ID = 256
_UNIT = 2
"""Bytes of a UTF-16 code unit, in which Telegram counts offsets."""


def inbound_event(update: Mapping[str, Any], bot_id: str) -> InboundEvent | None:
    """Return what to store for an update, or None if nobody here would act on it.

    A press has a lock of its own, so that a slow turn of the model in the same chat never delays it. A group message
    counts while it may be addressed to the bot; ``parse`` decides that when the bot's name is known. In a private chat
    even a picture counts: whoever sent it is told that only text is read; of an album without words one part counts.
    """
    number = integer(update.get("update_id"))
    is_press = "callback_query" in update
    lock = _press_lock(update, bot_id) if is_press else _message_lock(update, bot_id)
    if number is None or lock is None:
        return None
    message = message_of(update)
    sender = _person(mapping(update["callback_query"]) if is_press else message, bot_id)
    return InboundEvent(
        platform=PLATFORM,
        workspace=bot_id,
        event_id=str(number) if is_press else _delivery_id(message, number),
        lock=lock,
        payload=update,
        kind="decisions" if is_press else "turns",
        sender=sender.user if sender else None,
    )


def parse(update: Mapping[str, Any], *, bot_id: str, username: str | None) -> InboundMessage | Decision | None:
    """Return the message or the press in an update, or None.

    ``username`` is the bot's name without @; without it no mention in a group is recognised.
    """
    number = integer(update.get("update_id"))
    if number is None:
        return None
    if "callback_query" in update:
        return _decision(mapping(update["callback_query"]), str(number), bot_id)
    return _message(message_of(update), number, bot_id, username)


def message_of(update: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the message in an update, new or edited.

    An edit without words is none: a live location is edited every few seconds, and a picture says nothing new.
    """
    edited = mapping(update.get("edited_message"))
    return edited if text_of(edited) else mapping(update.get("message"))


def is_edit(update: Mapping[str, Any]) -> bool:
    """Whether an update is another text of a message that may have been answered."""
    return bool(message_of(update)) and "edited_message" in update


def has_words_for_us(update: Mapping[str, Any], *, bot_id: str, username: str | None) -> bool:
    """Whether somebody was answered to the words of an update, or is going to be."""
    is_heard = parse(update, bot_id=bot_id, username=username) or anonymous(update, bot_id, username)
    message = message_of(update)
    return bool(is_heard and (text_of(message) or files_in(message)))


def family_of(update: Mapping[str, Any]) -> str:
    """Return how the ids of a message's deliveries begin, its edits' and its album's included; a number ends them."""
    return _family(message_of(update))


def is_from_group(update: Mapping[str, Any]) -> bool:
    """Whether the update is a message in a group, where the bot's name matters."""
    return mapping(message_of(update).get("chat")).get("type") in _GROUPS


def callback_id(update: Mapping[str, Any]) -> str | None:
    """Return the id by which a press has to be answered, if the update is one."""
    found = mapping(update.get("callback_query")).get("id")
    return found if isinstance(found, str) and found else None


def anonymous(update: Mapping[str, Any], bot_id: str, username: str | None) -> Address | None:
    """Return where to say that nobody is recognised, if an anonymous administrator or a channel spoke to the bot."""
    message = message_of(update)
    sender = integer(mapping(message.get("from")).get("id"))
    if sender not in _ANONYMOUS or message.get("is_automatic_forward") or not is_from_group(update):
        return None
    return _address(message, bot_id) if _is_to_bot(message, bot_id, username) else None


def _message_lock(update: Mapping[str, Any], bot_id: str) -> str | None:
    message = message_of(update)
    address = _address(message, bot_id)
    sender = integer(mapping(message.get("from")).get("id"))
    if address is None or (_author(message, bot_id) is None and sender not in _ANONYMOUS):
        return None
    if is_from_group(update):
        return address.key() if _may_be_addressed(message, bot_id) else None
    return address.key() if _has_content(message, bot_id) else None


def _event_id(message: Mapping[str, Any], number: int) -> str:
    """Return the delivery's number; for a part of an album what all parts without words share, or begin with."""
    family = _family(message)
    if not family.startswith("album/"):
        return str(number)
    return f"{family}{number}" if text_of(message) else family.rstrip("/")


def _delivery_id(message: Mapping[str, Any], number: int) -> str:
    """Return what a delivery is kept under: an edit finds by it what was delivered of the same message."""
    family, told = _family(message), _event_id(message, number)
    return told if family.startswith("album/") else f"{family}{number}"


def _family(message: Mapping[str, Any]) -> str:
    """Return how the ids of a message's deliveries begin; the parts of an album are one message.

    A part that is a schedule is a message of its own: each file of an album is read.
    """
    chat, album = integer(mapping(message.get("chat")).get("id")), message.get("media_group_id")
    if chat is not None and isinstance(album, str) and _ALBUM.fullmatch(album) and not files_in(message):
        return f"album/{chat}/{album}/"
    return f"message/{chat}/{integer(message.get('message_id'))}/"


def _has_content(message: Mapping[str, Any], bot_id: str) -> bool:
    is_passed_on = any(quoted.kind == "forwarded" for quoted in quoted_in(message, bot_id))
    return bool(text_of(message) or unread_in(message) or files_in(message) or is_passed_on)


def _press_lock(update: Mapping[str, Any], bot_id: str) -> str | None:
    query = mapping(update.get("callback_query"))
    pressed = _pressed(query, bot_id)
    if callback_id(update) is None or _person(query, bot_id) is None or pressed is None:
        return None
    return f"press/{bot_id}/{pressed.channel}/{pressed.message}"


def _message(message: Mapping[str, Any], number: int, bot_id: str, username: str | None) -> InboundMessage | None:
    address, sender = _address(message, bot_id), _author(message, bot_id)
    if address is None or sender is None or not _has_content(message, bot_id):
        return None
    direct = mapping(message.get("chat")).get("type") == "private"
    if not direct and not _is_to_bot(message, bot_id, username):
        return None
    own = text_of(message)
    text, token = _command(_without_name(own, message, bot_id, username) if own and not direct else (own or "").strip())
    quoted, unread = quoted_in(message, bot_id), unread_in(message)
    answered, event_id = _answered(message, address, bot_id), _event_id(message, number)
    return InboundMessage(
        event_id=event_id,
        sender=sender,
        address=address,
        text=text or ("" if quoted or unread or files_in(message) else "/help"),
        direct=direct,
        reply_to=answered,
        link_token=token if direct else None,
        under=answered,
        quoted=quoted,
        unread=unread,
        files=files_in(message),
        language=None if text else _language(message),
        album=f"{event_id}/" if event_id.startswith("album/") and not own else None,
    )


def _command(text: str) -> tuple[str, str | None]:
    """Return a command as we know it, however it is written, and take the token out of ``/start <token>``.

    A token is never kept as something that was said.
    """
    text = typed(text)
    found = _COMMAND.match(text)
    if found is not None:
        name = found["name"].lower() if found["name"].lower() in COMMANDS else found["name"]
        text = f"/{name}{text[found.end() :]}"
    start = _START.fullmatch(text)
    if start is None:
        return text, None
    payload = (start[1] or "").strip()
    return "/start", payload if _LINK_TOKEN.fullmatch(payload) else None


def _language(message: Mapping[str, Any]) -> str | None:
    code = mapping(message.get("from")).get("language_code")
    return code.partition("-")[0].lower()[:8] if isinstance(code, str) and code else None


def _address(message: Mapping[str, Any], bot_id: str) -> Address | None:
    chat = mapping(message.get("chat"))
    number = integer(chat.get("id"))
    if number is None or (chat.get("type") != "private" and chat.get("type") not in _GROUPS):
        return None
    # A reply in a group without topics carries a thread id too, and sending to that one fails.
    topic = integer(message.get("message_thread_id")) if message.get("is_topic_message") is True else None
    return Address(PLATFORM, bot_id, str(number), None if topic is None else str(topic))


def _author(message: Mapping[str, Any], bot_id: str) -> ChatUser | None:
    return None if any(message.get(field) for field in _MASKED) else _person(message, bot_id)


def _person(said: Mapping[str, Any], bot_id: str) -> ChatUser | None:
    user = mapping(said.get("from"))
    number = integer(user.get("id"))
    if number is None or number <= 0 or number in _NOT_PEOPLE or user.get("is_bot") is not False:
        return None
    return ChatUser(PLATFORM, bot_id, str(number))


def _may_be_addressed(message: Mapping[str, Any], bot_id: str) -> bool:
    kinds = {entity.get("type") for entity in entities_of(message) if isinstance(entity.get("type"), str)}
    is_named = bool(kinds & {"mention", "text_mention", "bot_command"}) or "@" in rich_text(message)
    return is_named or _answers_bot(message, bot_id)


def _is_to_bot(message: Mapping[str, Any], bot_id: str, username: str | None) -> bool:
    """Whether a group's message is for the bot: it names it, answers it, or is a command of its menu."""
    text = text_of(message) or ""
    if _answers_bot(message, bot_id) or any(_names_in(text, message, bot_id, username)):
        return True
    found = _COMMAND.match(typed(text))
    # Apps add no name to a command where they see one bot alone.
    return found is not None and not found["suffix"] and found["name"].lower() in COMMANDS


def _without_name(text: str, message: Mapping[str, Any], bot_id: str, username: str | None) -> str:
    return _without(text, list(_names_in(text, message, bot_id, username)))


def _answers_bot(message: Mapping[str, Any], bot_id: str) -> bool:
    answered = mapping(message.get("reply_to_message"))
    # Everything in a topic "answers" the notice that opened the topic, which may be the bot's own.
    return "forum_topic_created" not in answered and str(mapping(answered.get("from")).get("id")) == bot_id


def _answered(message: Mapping[str, Any], address: Address, bot_id: str) -> MessageRef | None:
    """Return the message of ours that this one answers."""
    number = integer(mapping(message.get("reply_to_message")).get("message_id"))
    if number is None or not _answers_bot(message, bot_id):
        return None
    return MessageRef(PLATFORM, bot_id, address.channel, str(number))


def _names_in(text: str, message: Mapping[str, Any], bot_id: str, username: str | None) -> Iterable[tuple[int, int]]:
    """Yield where the text names the bot, as byte offsets into its UTF-16 form."""
    units = text.encode("utf-16-le", "surrogatepass")
    name = f"@{username}".casefold() if username else None
    if name and not entities_of(message) and text == rich_text(message):
        for found in re.finditer(rf"(?<![\w@]){re.escape(name)}(?!\w)", text, re.IGNORECASE):
            start = len(text[: found.start()].encode("utf-16-le", "surrogatepass"))
            yield start, start + len(found[0]) * _UNIT
    for entity in entities_of(message):
        offset, length = integer(entity.get("offset")), integer(entity.get("length"))
        if offset is None or length is None or offset < 0 or length <= 0:
            continue
        start, end = offset * _UNIT, (offset + length) * _UNIT
        named = units[start:end].decode("utf-16-le", "replace")
        kind = entity.get("type")
        mentioned = kind == "mention" and named.casefold() == name
        linked = kind == "text_mention" and str(mapping(entity.get("user")).get("id")) == bot_id
        if mentioned or linked:
            yield start, end
        elif kind == "bot_command" and name and named.casefold().endswith(name):
            yield end - len(name) * _UNIT, end


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        units = text.encode("utf-16-le", "surrogatepass")
        before, after = (part.decode("utf-16-le", "replace") for part in (units[:start], units[end:]))
        is_mark = after[:1] in tuple(",.:;!?")
        text = before.rstrip() + after if is_mark else before + (after.lstrip(" ") if before[-1:].isspace() else after)
    return text.strip().lstrip(",.:;").strip()


def _decision(query: Mapping[str, Any], event_id: str, bot_id: str) -> Decision | None:
    sender, pressed = _person(query, bot_id), _pressed(query, bot_id)
    if sender is None or pressed is None:
        return None
    press = read_press(query.get("data")) if _is_on_ours(query, bot_id) else None
    suggestion_id, verdict, choice = press or (None, None, "")
    return Decision(
        event_id=event_id,
        sender=sender,
        suggestion_id=suggestion_id,
        verdict=verdict,
        pressed=pressed,
        choice=choice,
    )


def _is_on_ours(query: Mapping[str, Any], bot_id: str) -> bool:
    """Whether a button stands below a message of the bot; on any other a press is one on an unknown button.

    The bot sends no inline messages, and what is forwarded is somebody else's. One that is too old to be shown tells
    nothing but its chat and its number.
    """
    message = mapping(query.get("message"))
    if query.get("inline_message_id") is not None or any(message.get(field) for field in _NOT_OURS):
        return False
    return "from" not in message or str(mapping(message["from"]).get("id")) == bot_id


def _pressed(query: Mapping[str, Any], bot_id: str) -> MessageRef | None:
    """Return the message with the button; one that is too old to be shown still has its chat and its number."""
    inline = query.get("inline_message_id")
    if isinstance(inline, str) and 0 < len(inline) <= _LONGEST_INLINE_ID:
        return MessageRef(PLATFORM, bot_id, "inline", inline)
    message = mapping(query.get("message"))
    chat, number = integer(mapping(message.get("chat")).get("id")), integer(message.get("message_id"))
    return None if chat is None or number is None else MessageRef(PLATFORM, bot_id, str(chat), str(number))
