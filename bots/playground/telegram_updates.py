"""People in Telegram: what they write and press becomes updates, delivered by webhook or fetched by polling."""

import asyncio
import json
import re
import time
from typing import Any

from bots.playground.config import PlaygroundConfig
from bots.playground.people import BOT_NAME, TELEGRAM_USERNAME, Room, TelegramPerson, telegram_room
from bots.playground.post import Delivery, Post
from bots.playground.state import Message, State, now_text

_AGAIN = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0)
"""Telegram goes on for a day; a playground need not."""
_COMMAND = re.compile(r"/[A-Za-z0-9_]{1,32}(?:@\w+)?")
_MENTION = re.compile(r"@\w+")

Json = dict[str, Any]


class TelegramPeople:
    """The human side of Telegram, and the updates that wait for the bot."""

    def __init__(self, config: PlaygroundConfig, state: State, post: Post) -> None:
        self._config = config
        self._state = state
        self._post = post
        self._waiting: list[Json] = []
        self._arrived = asyncio.Event()
        self.pressed_by: dict[str, str] = {}
        """Who waits for the answer to which press."""
        self.webhook_url = f"{config.events_url}/telegram/webhook" if config.telegram_webhook_secret else ""

    def say(self, person: TelegramPerson, room: Room, text: str) -> int:
        """Let somebody write; return the message's number. In a group the bot sees what its privacy mode shows."""
        number = self._state.next_number()
        message: Message = {
            "message_id": number,
            "sender": person.id,
            "sender_name": person.name,
            "text": text,
            "html": "",
            "reply_markup": None,
            "edited": False,
            "time": now_text(),
        }
        self._state.telegram.setdefault(room.id, []).append(message)
        self._state.changed()
        entities = _entities(text)
        is_seen = room.kind == "private" or any(entity["type"] in {"bot_command", "mention"} for entity in entities)
        if is_seen:
            said = {"message_id": number, "from": user_data(person), "chat": chat_data(room, person), "text": text}
            self.update({"message": {**said, "date": int(time.time()), **({"entities": entities} if entities else {})}})
        return number

    def press(self, person: TelegramPerson, room: Room, message: Message, data: str) -> None:
        """Let somebody press a button below a message."""
        query_id = str(self._state.next_number())
        query: Json = {
            "id": query_id,
            "from": user_data(person),
            "message": message_data(message, room, self._config.telegram_bot_id),
            "chat_instance": room.id,
            "data": data,
        }
        self.pressed_by[query_id] = person.id
        self.update({"callback_query": query})

    def update(self, content: Json) -> None:
        """Deliver an update, or let it wait to be fetched."""
        update = {"update_id": self._state.next_number(), **content}
        secret = self._config.telegram_webhook_secret
        if secret is None:
            self._waiting.append(update)
            self._arrived.set()
            return
        headers = {
            "content-type": "application/json",
            "x-telegram-bot-api-secret-token": secret.get_secret_value(),
        }
        body = json.dumps(update, ensure_ascii=False).encode()
        self._post.send(Delivery(self.webhook_url, body, headers, _AGAIN))

    async def fetch(self, offset: int, limit: int, seconds: float) -> list[Json]:
        """Return waiting updates from ``offset`` on, waiting for the first; earlier ones are confirmed and gone."""
        self._waiting = [update for update in self._waiting if update["update_id"] >= offset]
        if not self._waiting:
            self._arrived.clear()
            try:
                async with asyncio.timeout(seconds):
                    await self._arrived.wait()
            except TimeoutError:
                return []
        return self._waiting[:limit]


def user_data(person: TelegramPerson) -> Json:
    """Return a user as the Bot API describes them."""
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


def chat_data(room: Room, person: TelegramPerson | None) -> Json:
    """Return a chat as the Bot API describes it."""
    if room.kind == "group":
        return {"id": int(room.id), "type": "group", "title": room.name}
    return {"id": int(room.id), "type": "private", "first_name": person.first_name if person else ""}


def message_data(message: Message, room: Room, bot_id: str) -> Json:
    """Return one of the bot's messages as the Bot API describes it."""
    data: Json = {
        "message_id": message["message_id"],
        "from": bot_data(bot_id),
        "chat": chat_data(telegram_room(room.id) or room, None),
        "date": int(time.time()),
        "text": message["text"],
    }
    if message["reply_markup"]:
        data["reply_markup"] = message["reply_markup"]
    return data


def _entities(text: str) -> list[Json]:
    found = [("bot_command", match) for match in [_COMMAND.match(text)] if match]
    found += [("mention", match) for match in _MENTION.finditer(text) if not text.startswith("/") or match.start() > 0]
    return [
        {"type": kind, "offset": _units(text[: match.start()]), "length": _units(match[0])} for kind, match in found
    ]


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
