"""Users, chats and messages as the Bot API describes them. Pure."""

import mimetypes
import re
import time
from datetime import datetime
from typing import Any

from bots.playground.people import BOT_NAME, TELEGRAM_USERNAME, Room, TelegramPerson, telegram_person
from bots.playground.state import Message
from bots.playground.telegram_html import units

Json = dict[str, Any]

_COMMAND = re.compile(r"(?<!\S)/[A-Za-z0-9_]{1,32}(?:@[A-Za-z0-9_]+)?(?![\w/])")
_MENTION = re.compile(r"(?<![\w/])@[A-Za-z][A-Za-z0-9_]{3,31}\b")


def user_data(person: TelegramPerson) -> Json:
    """Return a user as an update tells of them."""
    return {
        "id": int(person.id),
        "is_bot": False,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "language_code": person.locale,
    }


def bot_data(bot_id: str) -> Json:
    """Return the bot as ``getMe`` describes it."""
    return {
        "id": int(bot_id),
        "is_bot": True,
        "first_name": BOT_NAME,
        "username": TELEGRAM_USERNAME,
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
    }


def chat_data(room: Room) -> Json:
    """Return a chat as a message carries it."""
    if room.kind == "group":
        return {"id": int(room.id), "type": "group", "title": room.name}
    person = telegram_person(room.person or "")
    names = {"first_name": person.first_name, "last_name": person.last_name} if person else {}
    return {"id": int(room.id), "type": "private", **names}


def full_chat_data(room: Room) -> Json:
    """Return a chat as ``getChat`` describes it: with the fields that the Bot API always sends."""
    always = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _NO_GIFTS}
    return {**chat_data(room), **always}


def said_data(message: Message, room: Room, person: TelegramPerson) -> Json:
    """Return a person's message."""
    entities = entities_of(message["text"])
    said: Json = {
        "message_id": message["message_id"],
        "from": user_data(person),
        "chat": chat_data(room),
        "date": _seconds(message),
        **_content(message),
    }
    if not entities:
        return said
    return {**said, "caption_entities" if "caption" in said else "entities": entities}


def message_data(message: Message, room: Room, bot_id: str) -> Json:
    """Return one of the bot's messages."""
    data: Json = {
        "message_id": message["message_id"],
        "from": bot_data(bot_id),
        "chat": chat_data(room),
        "date": _seconds(message),
        **_content(message),
    }
    if message["edited"]:
        data["edit_date"] = int(time.time())
    if message["reply_markup"]:
        data["reply_markup"] = message["reply_markup"]
    return data


def _content(message: Message) -> Json:
    document = message.get("document")
    if document is not None:
        whole = {"document": document_data(document)}
        return {**whole, "caption": message["text"]} if message["text"] else whole
    photo = message.get("photo")
    if photo is None:
        return {"text": message["text"]}
    size = {"width": photo["width"], "height": photo["height"], "file_size": photo["size"]}
    shown: Json = {"photo": [{"file_id": f"photo-{photo['id']}", "file_unique_id": photo["id"], **size}]}
    return {**shown, "caption": message["text"]} if message["text"] else shown


def document_data(kept: Json) -> Json:
    """Return a file as a message tells of it."""
    id_ = kept["id"]
    kind = mimetypes.guess_type(kept["name"])[0] or "application/octet-stream"
    shown: Json = {"file_id": id_, "file_unique_id": id_, "file_name": kept["name"], "file_size": kept["size"]}
    return {**shown, "mime_type": kind}


def entities_of(text: str) -> list[Json]:
    """Return the commands and names that Telegram finds in what somebody wrote, in order."""
    commands = [("bot_command", match) for match in _COMMAND.finditer(text)]
    inside = [match.span() for _kind, match in commands]
    mentions = [
        ("mention", match)
        for match in _MENTION.finditer(text)
        if not any(start <= match.start() < end for start, end in inside)
    ]
    found = sorted(commands + mentions, key=lambda each: each[1].start())
    return [{"type": kind, "offset": units(text[: match.start()]), "length": units(match[0])} for kind, match in found]


_NO_GIFTS = dict.fromkeys(
    ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
)


def _seconds(message: Message) -> int:
    return int(datetime.fromisoformat(message["time"]).timestamp())
