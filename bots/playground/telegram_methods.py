"""What the Bot API's methods do to the chats: each takes a request's parameters and returns its ``result``."""

import asyncio
import re
import time
from typing import Any
from urllib.parse import urlsplit

from bots.playground.config import PlaygroundConfig
from bots.playground.people import BOT_NAME, Room, telegram_person, telegram_room
from bots.playground.pictures import keep_picture, kept_file
from bots.playground.state import Message, State, now_text
from bots.playground.telegram_content import read_caption, read_commands, read_keyboard, read_question, read_text
from bots.playground.telegram_photos import fetched, kept_document, read_document, read_media, read_photo, size_of
from bots.playground.telegram_queue import UpdateQueue, Webhook
from bots.playground.telegram_refusal import TelegramRefusal, bad_request
from bots.playground.telegram_shapes import Json, bot_data, full_chat_data, message_data, user_data
from bots.playground.telegram_updates import TelegramPeople

_TYPING_SECONDS = 5.0
_LONGEST_POLL = 50.0
_MOST_UPDATES = 100
_LONGEST_ALERT = 200
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


class BotApi:
    """One bot's view of Telegram. Methods raise ``TelegramRefusal``."""

    def __init__(self, config: PlaygroundConfig, state: State, people: TelegramPeople, queue: UpdateQueue) -> None:
        self._bot_id = config.telegram_bot_id
        self._state = state
        self._people = people
        self._queue = queue

    async def get_me(self, _given: Json) -> Json:
        """Return the bot."""
        return bot_data(self._bot_id)

    async def set_my_commands(self, given: Json) -> bool:
        """Take the bot's list of commands in one language, or for everybody without one of their own."""
        self._state.commands[str(given.get("language_code") or "")] = read_commands(given)
        self._state.changed()
        return True

    async def set_webhook(self, given: Json) -> bool:
        """Post updates to an address from now on; an empty one ends that."""
        url, secret = str(given.get("url") or ""), str(given.get("secret_token") or "") or None
        if secret is not None and not _SECRET.fullmatch(secret):
            raise bad_request("secret token contains unallowed characters")
        # Telegram wants HTTPS and reaches the whole world; a playground stays on this machine.
        if url and not _is_here(url):
            raise bad_request("bad webhook: the playground delivers only to http://127.0.0.1 and http://localhost")
        self._allow(given)
        self._queue.set_webhook(Webhook(url, secret) if url else None, drop=_is_true(given.get("drop_pending_updates")))
        return True

    async def delete_webhook(self, given: Json) -> bool:
        """End posting."""
        self._queue.set_webhook(None, drop=_is_true(given.get("drop_pending_updates")))
        return True

    async def get_webhook_info(self, _given: Json) -> Json:
        """Return where updates go and how many wait."""
        return self._queue.info

    async def get_updates(self, given: Json) -> list[Json]:
        """Return updates, waiting for the first."""
        self._allow(given)
        seconds = min(max(_number(given, "timeout", 0), 0), _LONGEST_POLL)
        limit = min(max(_number(given, "limit", _MOST_UPDATES), 1), _MOST_UPDATES)
        return await self._queue.fetch(_number(given, "offset", 0), limit, seconds)

    async def get_chat(self, given: Json) -> Json:
        """Return a chat."""
        return full_chat_data(_room(given))

    async def get_chat_member(self, given: Json) -> Json:
        """Return somebody of a chat."""
        room, person = _room(given), telegram_person(str(given.get("user_id") or ""))
        if person is None or (room.kind == "private" and room.person != person.id):
            raise bad_request("user not found")
        return {"status": "member", "user": user_data(person)}

    async def send_message(self, given: Json) -> Json:
        """Write in a chat."""
        room = self._writable(given)
        text, markup = read_text(given)
        asks = read_question(given, markup)
        return self._add(room, text=text, html=markup, reply_markup=read_keyboard(given), force_reply=asks)

    async def send_photo(self, given: Json) -> Json:
        """Show a picture in a chat, with words below it."""
        room = self._writable(given)
        png, (text, markup) = read_photo(given), read_caption(given)
        width, height = size_of(png)
        photo: Json = {"width": width, "height": height, "size": len(png), "id": keep_picture(self._state, png)}
        return self._add(room, text=text, html=markup, reply_markup=read_keyboard(given), photo=photo)

    async def send_document(self, given: Json) -> Json:
        """Show a file in a chat."""
        room = self._writable(given)
        (name, content), (text, markup) = read_document(given), read_caption(given)
        document = kept_document(self._state, name, content)
        return self._add(room, text=text, html=markup, reply_markup=read_keyboard(given), document=document)

    async def get_file(self, given: Json) -> Json:
        """Return where a file that somebody shared is fetched."""
        return fetched(self._state, given)

    def file(self, path: str) -> bytes | None:
        """Return what stands there; None where nothing does."""
        folder, _, id_ = path.partition("/")
        return kept_file(self._state, id_) if folder == "documents" else None

    def _add(self, room: Room, **content: Any) -> Json:
        message: Message = {
            "message_id": self._state.next_number(),
            "sender": self._bot_id,
            "sender_name": BOT_NAME,
            "edited": False,
            "time": now_text(),
            "reply_to": None,
            **content,
        }
        self._state.telegram.setdefault(room.id, []).append(message)
        self._state.typing.pop(room.id, None)
        self._state.changed()
        return message_data(message, room, self._bot_id)

    async def edit_message_text(self, given: Json) -> Json:
        """Replace a message's text and keyboard; without a keyboard it loses the one it has."""
        room, message = self._editable(given)
        if message.get("photo") is not None:
            raise bad_request("there is no text in the message to edit")
        text, markup = read_text(given)
        return self._edit(room, message, text=text, html=markup, reply_markup=read_keyboard(given, is_edit=True))

    async def edit_message_media(self, given: Json) -> Json:
        """Put another picture and other words into a message with a picture."""
        room, message = self._editable(given)
        if message.get("photo") is None:
            raise bad_request("there is no media in the message to edit")
        media = read_media(given)
        png, (text, markup) = read_photo({**given, "photo": media.get("media")}), read_caption(media)
        width, height = size_of(png)
        photo: Json = {"width": width, "height": height, "size": len(png), "id": keep_picture(self._state, png)}
        return self._edit(room, message, text=text, html=markup, photo=photo)

    async def edit_message_caption(self, given: Json) -> Json:
        """Put other words below a picture."""
        room, message = self._editable(given)
        if message.get("photo") is None:
            raise bad_request("there is no caption in the message to edit")
        text, markup = read_caption(given)
        return self._edit(room, message, text=text, html=markup)

    async def delete_message(self, given: Json) -> bool:
        """Take a message of the bot's away."""
        room = self._writable(given)
        number = str(given.get("message_id"))
        kept = self._state.telegram.get(room.id, [])
        message = next((each for each in kept if str(each["message_id"]) == number), None)
        if message is None:
            raise bad_request("message to delete not found")
        if message["sender"] != self._bot_id:
            raise bad_request("message can't be deleted")
        kept.remove(message)
        self._state.changed()
        return True

    async def edit_message_reply_markup(self, given: Json) -> Json:
        """Replace a message's keyboard alone."""
        room, message = self._editable(given)
        return self._edit(room, message, reply_markup=read_keyboard(given, is_edit=True))

    async def answer_callback_query(self, given: Json) -> bool:
        """End a press: once, and with a word for who pressed if there is one."""
        text = str(given.get("text") or "")
        if len(text) > _LONGEST_ALERT:
            raise bad_request("MESSAGE_TOO_LONG")
        person = self._people.pressed_by.pop(str(given.get("callback_query_id")), None)
        if person is None:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        if text:
            self._state.alert(person, text, show_alert=_is_true(given.get("show_alert")))
        return True

    async def send_chat_action(self, given: Json) -> bool:
        """Show that the bot is typing."""
        room = self._writable(given)
        self._state.typing[room.id] = time.monotonic() + _TYPING_SECONDS
        self._state.changed()
        asyncio.get_running_loop().call_later(_TYPING_SECONDS + 0.1, self._state.changed)
        return True

    def _allow(self, given: Json) -> None:
        kinds = given.get("allowed_updates")
        if isinstance(kinds, list):
            self._queue.allow([str(kind) for kind in kinds])

    def _writable(self, given: Json) -> Room:
        room = _room(given)
        if room.kind == "private" and room.person in self._state.blocked:
            raise TelegramRefusal(403, "Forbidden: bot was blocked by the user")
        return room

    def _editable(self, given: Json) -> tuple[Room, Message]:
        room = self._writable(given)
        number = str(given.get("message_id"))
        kept = self._state.telegram.get(room.id, ())
        message = next((each for each in kept if str(each["message_id"]) == number), None)
        if message is None:
            raise bad_request("message to edit not found")
        if message["sender"] != self._bot_id:
            raise bad_request("message can't be edited")
        return room, message

    def _edit(self, room: Room, message: Message, **changes: Any) -> Json:
        if all(message[key] == value for key, value in changes.items()):
            raise bad_request(_NOT_MODIFIED)
        message.update(changes, edited=True)
        self._state.changed()
        return message_data(message, room, self._bot_id)


def _room(given: Json) -> Room:
    chat = str(given.get("chat_id") or "")
    if not chat:
        raise bad_request("chat_id is empty")
    room = telegram_room(chat)
    if room is None:
        raise bad_request("chat not found")
    return room


def _number(given: Json, name: str, otherwise: int) -> int:
    try:
        return int(float(given.get(name) or otherwise))
    except (TypeError, ValueError, OverflowError):
        raise bad_request(f"invalid {name} specified") from None


def _is_true(value: Any) -> bool:
    return str(value).lower() in {"true", "1"}


def _is_here(url: str) -> bool:
    try:
        address = urlsplit(url)
        return address.scheme == "http" and address.hostname in _LOOPBACK and address.port != 0
    except ValueError:
        return False
