"""People in Telegram: what they write and press, and whom they shut out, becomes updates for the bot."""

import time

from bots.playground.config import PlaygroundConfig
from bots.playground.people import TELEGRAM_USERNAME, Room, TelegramPerson, telegram_person
from bots.playground.state import Message, State, now_text
from bots.playground.telegram_queue import UpdateQueue
from bots.playground.telegram_shapes import (
    Json,
    bot_data,
    chat_data,
    entities_of,
    message_data,
    said_data,
    user_data,
)


class TelegramPeople:
    """The human side of Telegram."""

    def __init__(self, config: PlaygroundConfig, state: State, queue: UpdateQueue) -> None:
        self._bot_id = config.telegram_bot_id
        self._state = state
        self._queue = queue
        self.pressed_by: dict[str, str] = {}
        """Who waits for the answer to which press."""

    def say(
        self,
        person: TelegramPerson,
        room: Room,
        text: str,
        quoted: Message | None = None,
        document: Json | None = None,
    ) -> int:
        """Let somebody write, perhaps in reply to a message or with a file; return the new message's number.

        In a group the bot sees what its privacy mode shows.
        """
        message: Message = {
            "message_id": self._state.next_number(),
            "sender": person.id,
            "sender_name": person.name,
            "text": text,
            "html": "",
            "reply_markup": None,
            "edited": False,
            "time": now_text(),
            "reply_to": quoted["message_id"] if quoted else None,
        }
        if document:
            message["document"] = document
        self._state.telegram.setdefault(room.id, []).append(message)
        self._state.changed()
        answers_bot = quoted is not None and quoted["sender"] == self._bot_id
        if room.kind == "private" or answers_bot or _is_for_bot(text):
            said = said_data(message, room, person)
            self._queue.add("message", {**said, "reply_to_message": self._whole(quoted, room)} if quoted else said)
        return message["message_id"]

    def press(self, person: TelegramPerson, room: Room, message: Message, data: str) -> str:
        """Let somebody press a button below a message; return the press's id."""
        query_id = str(self._state.next_number())
        self.pressed_by[query_id] = person.id
        query: Json = {
            "id": query_id,
            "from": user_data(person),
            "message": message_data(message, room, self._bot_id),
            "chat_instance": room.id,
            "data": data,
        }
        self._queue.add("callback_query", query)
        return query_id

    def block(self, person: TelegramPerson, room: Room, *, blocked: bool) -> None:
        """Let somebody shut the bot out of their private chat, or let it in again; the bot is told."""
        if blocked == (person.id in self._state.blocked):
            return
        (self._state.blocked.append if blocked else self._state.blocked.remove)(person.id)
        self._state.changed()
        bot = bot_data(self._bot_id)
        inside: Json = {"user": bot, "status": "member"}
        outside: Json = {"user": bot, "status": "kicked", "until_date": 0}
        before, after = (inside, outside) if blocked else (outside, inside)
        change: Json = {"old_chat_member": before, "new_chat_member": after, "date": int(time.time())}
        self._queue.add("my_chat_member", {"chat": chat_data(room), "from": user_data(person), **change})

    def _whole(self, message: Message, room: Room) -> Json:
        """Return a message as another one quotes it: without what it may quote itself (docs: ``Message``)."""
        author = telegram_person(message["sender"])
        return said_data(message, room, author) if author else message_data(message, room, self._bot_id)

    def raw(self, payload: Json) -> None:
        """Deliver any update."""
        self._queue.add_raw(payload)


def _is_for_bot(text: str) -> bool:
    """Whether a group's message names the bot or is a command that is no other bot's."""
    for entity in entities_of(text):
        # In UTF-16, as Telegram counts.
        raw = text.encode("utf-16-le")[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])]
        command, at, name = raw.decode("utf-16-le").partition("@")
        if name.lower() == TELEGRAM_USERNAME or (command and not at):
            return True
    return False
