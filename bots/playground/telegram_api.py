"""Telegram's Bot API as far as a bot needs it: the same paths, parameters, results and refusals."""

import asyncio
import hmac
import json
import time
from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from bots.playground.config import PlaygroundConfig
from bots.playground.faults import Faults
from bots.playground.forms import read_arguments
from bots.playground.people import BOT_NAME, Room, telegram_room
from bots.playground.state import Message, State, now_text
from bots.playground.telegram_html import LONGEST, BadMarkup, read_html, units
from bots.playground.telegram_updates import Json, TelegramPeople, bot_data, chat_data, message_data

_LONGEST_DATA = 64
"""Bytes of ``callback_data``."""
_TYPING_SECONDS = 5.0
_LONGEST_POLL = 50


class TelegramRefusal(Exception):
    """``ok: false`` with a code and Telegram's own words."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(description)
        self.code = code


def telegram_router(config: PlaygroundConfig, state: State, people: TelegramPeople, faults: Faults) -> APIRouter:
    """Return ``/telegram/bot<token>/{method}``."""
    api = _BotApi(config, state, people)
    methods: dict[str, Callable[[Json], Awaitable[Any]]] = {
        "getMe": api.get_me,
        "getUpdates": api.get_updates,
        "getWebhookInfo": api.get_webhook_info,
        "setWebhook": api.accept,
        "deleteWebhook": api.accept,
        "setMyCommands": api.accept,
        "sendMessage": api.send_message,
        "editMessageText": api.edit_message_text,
        "answerCallbackQuery": api.answer_callback_query,
        "sendChatAction": api.send_chat_action,
        "getChat": api.get_chat,
    }
    by_lower = {name.lower(): name for name in methods}
    expected = config.telegram_bot_token.get_secret_value().encode()
    routes = APIRouter()

    async def call(request: Request, token: str, method: str) -> JSONResponse:
        name = by_lower.get(method.lower(), "")
        if (fault := faults.take("telegram", name)) is not None:
            return _refused(fault.status, "Too Many Requests: retry later", fault.retry_after)
        if not hmac.compare_digest(token.encode(), expected):
            return _refused(401, "Unauthorized")
        if not name:
            return _refused(404, "Not Found: method not found")
        try:
            return JSONResponse({"ok": True, "result": await methods[name](await _parameters(request))})
        except TelegramRefusal as refusal:
            return _refused(refusal.code, str(refusal))

    routes.add_api_route("/telegram/bot{token}/{method}", call, methods=["GET", "POST"], include_in_schema=False)
    return routes


def _refused(code: int, description: str, retry_after: int | None = None) -> JSONResponse:
    body: Json = {"ok": False, "error_code": code, "description": description}
    if retry_after is not None:
        body["parameters"] = {"retry_after": retry_after}
    return JSONResponse(body, code)


async def _parameters(request: Request) -> Json:
    return {key: _plain(value) for key, value in (await read_arguments(request)).items()}


def _plain(value: Any) -> Any:
    """Return a form's value as data: objects and lists travel as JSON text."""
    if isinstance(value, str) and value[:1] in {"{", "["}:
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


class _BotApi:
    def __init__(self, config: PlaygroundConfig, state: State, people: TelegramPeople) -> None:
        self._bot_id = config.telegram_bot_id
        self._has_webhook = config.telegram_webhook_secret is not None
        self._state = state
        self._people = people

    async def get_me(self, _given: Json) -> Json:
        return bot_data(self._bot_id)

    async def accept(self, _given: Json) -> bool:
        return True

    async def get_webhook_info(self, _given: Json) -> Json:
        return {"url": self._people.webhook_url, "has_custom_certificate": False, "pending_update_count": 0}

    async def get_updates(self, given: Json) -> list[Json]:
        if self._has_webhook:
            raise TelegramRefusal(409, "Conflict: can't use getUpdates method while webhook is active")
        seconds = min(float(given.get("timeout") or 0), _LONGEST_POLL)
        return await self._people.fetch(int(given.get("offset") or 0), int(given.get("limit") or 100), seconds)

    async def get_chat(self, given: Json) -> Json:
        return chat_data(_room(given), None)

    async def send_message(self, given: Json) -> Json:
        room = _room(given)
        text, markup = _text(given)
        message: Message = {
            "message_id": self._state.next_number(),
            "sender": self._bot_id,
            "sender_name": BOT_NAME,
            "text": text,
            "html": markup,
            "reply_markup": _keyboard(given),
            "edited": False,
            "time": now_text(),
        }
        self._state.telegram.setdefault(room.id, []).append(message)
        self._state.typing.pop(room.id, None)
        self._state.changed()
        return message_data(message, room, self._bot_id)

    async def edit_message_text(self, given: Json) -> Json:
        room = _room(given)
        number = str(given.get("message_id"))
        kept = self._state.telegram.get(room.id, ())
        message = next((each for each in kept if str(each["message_id"]) == number), None)
        if message is None:
            raise TelegramRefusal(400, "Bad Request: message to edit not found")
        if message["sender"] != self._bot_id:
            raise TelegramRefusal(400, "Bad Request: message can't be edited")
        text, markup = _text(given)
        keyboard = _keyboard(given)
        if (message["html"], message["reply_markup"]) == (markup, keyboard):
            raise TelegramRefusal(
                400,
                "Bad Request: message is not modified: specified new message content and reply markup are exactly "
                "the same as a current content and reply markup of the message",
            )
        message.update(text=text, html=markup, reply_markup=keyboard, edited=True)
        self._state.changed()
        return message_data(message, room, self._bot_id)

    async def answer_callback_query(self, given: Json) -> bool:
        person = self._people.pressed_by.pop(str(given.get("callback_query_id")), None)
        if person is None:
            raise TelegramRefusal(
                400, "Bad Request: query is too old and response timeout expired or query ID is invalid"
            )
        text = str(given.get("text") or "")
        self._state.alert(person, text, show_alert=str(given.get("show_alert")).lower() == "true")
        return True

    async def send_chat_action(self, given: Json) -> bool:
        room = _room(given)
        self._state.typing[room.id] = time.monotonic() + _TYPING_SECONDS
        self._state.changed()
        asyncio.get_running_loop().call_later(_TYPING_SECONDS + 0.1, self._state.changed)
        return True


def _room(given: Json) -> Room:
    room = telegram_room(str(given.get("chat_id")))
    if room is None:
        raise TelegramRefusal(400, "Bad Request: chat not found")
    return room


def _text(given: Json) -> tuple[str, str]:
    markup = str(given.get("text") or "")
    text = markup
    if str(given.get("parse_mode", "")).upper() == "HTML":
        try:
            text = read_html(markup)
        except BadMarkup as bad:
            raise TelegramRefusal(400, f"Bad Request: can't parse entities: {bad}") from None
    else:
        markup = markup.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if not text.strip():
        raise TelegramRefusal(400, "Bad Request: message text is empty")
    if units(text) > LONGEST:
        raise TelegramRefusal(400, "Bad Request: message is too long")
    return text, markup


def _keyboard(given: Json) -> Json | None:
    keyboard = given.get("reply_markup")
    if not isinstance(keyboard, dict) or not keyboard.get("inline_keyboard"):
        return None
    for row in keyboard["inline_keyboard"]:
        for button in row:
            if not 0 < len(str(button.get("callback_data", "")).encode()) <= _LONGEST_DATA:
                raise TelegramRefusal(400, "Bad Request: BUTTON_DATA_INVALID")
    return keyboard
