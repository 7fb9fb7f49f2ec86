"""Telegram's Bot API over HTTP: the token in the path, any case of the method's name, failures on order."""

import hmac
from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from bots.playground.config import PlaygroundConfig
from bots.playground.faults import Fault, Faults
from bots.playground.forms import read_arguments, read_json
from bots.playground.telegram_methods import BotApi
from bots.playground.telegram_refusal import TelegramRefusal
from bots.playground.telegram_shapes import Json

Method = Callable[[Json], Awaitable[Any]]

_OBJECTS = frozenset(
    {"allowed_updates", "commands", "entities", "link_preview_options", "media", "reply_markup", "scope"}
)
"""Parameters that travel as JSON text in a form. Texts never do: ``[1]`` is something that one may say."""
_TOO_MANY = 429


def telegram_router(config: PlaygroundConfig, api: BotApi, faults: Faults) -> APIRouter:
    """Return ``/telegram/bot<token>/{method}``."""
    methods = _methods(api)
    names = {name.lower(): name for name in methods}
    expected = config.telegram_bot_token.get_secret_value().encode()
    routes = APIRouter()

    async def call(request: Request, token: str, method: str) -> JSONResponse:
        name = names.get(method.lower(), "")
        if (fault := faults.take("telegram", name)) is not None:
            return _failed(fault)
        if not hmac.compare_digest(token.encode("utf-8", "surrogatepass"), expected):
            return _refused(401, "Unauthorized")
        if not name:
            return _refused(404, "Not Found: method not found")
        try:
            return JSONResponse({"ok": True, "result": await methods[name](await _parameters(request))})
        except TelegramRefusal as refusal:
            return _refused(refusal.code, str(refusal))

    _add_files(routes, api, faults, expected)
    routes.add_api_route("/telegram/bot{token}/{method}", call, methods=["GET", "POST"], include_in_schema=False)
    return routes


def _add_files(routes: APIRouter, api: BotApi, faults: Faults, expected: bytes) -> None:
    """Add where a bot fetches what people shared."""

    async def file(token: str, path: str) -> Response:
        if (fault := faults.take("telegram", "file")) is not None:
            return _failed(fault)
        if not hmac.compare_digest(token.encode("utf-8", "surrogatepass"), expected):
            return _refused(401, "Unauthorized")
        content = api.file(path)
        return (
            _refused(404, "Not Found") if content is None else Response(content, media_type="application/octet-stream")
        )

    routes.add_api_route("/telegram/file/bot{token}/{path:path}", file, methods=["GET"], include_in_schema=False)


def _methods(api: BotApi) -> dict[str, Method]:
    return {
        "answerCallbackQuery": api.answer_callback_query,
        "deleteWebhook": api.delete_webhook,
        "deleteMessage": api.delete_message,
        "editMessageCaption": api.edit_message_caption,
        "editMessageMedia": api.edit_message_media,
        "editMessageReplyMarkup": api.edit_message_reply_markup,
        "editMessageText": api.edit_message_text,
        "getChat": api.get_chat,
        "getChatMember": api.get_chat_member,
        "getFile": api.get_file,
        "getMe": api.get_me,
        "getUpdates": api.get_updates,
        "getWebhookInfo": api.get_webhook_info,
        "sendChatAction": api.send_chat_action,
        "sendDocument": api.send_document,
        "sendMessage": api.send_message,
        "sendPhoto": api.send_photo,
        "setMyCommands": api.set_my_commands,
        "setWebhook": api.set_webhook,
    }


def _failed(fault: Fault) -> JSONResponse:
    words = (
        f"Too Many Requests: retry after {fault.retry_after}" if fault.status == _TOO_MANY else "Internal Server Error"
    )
    return _refused(fault.status, words, fault.retry_after)


def _refused(code: int, description: str, retry_after: int | None = None) -> JSONResponse:
    body: Json = {"ok": False, "error_code": code, "description": description}
    if retry_after is None:
        return JSONResponse(body, code)
    # Telegram sends the delay twice.
    return JSONResponse({**body, "parameters": {"retry_after": retry_after}}, code, {"Retry-After": str(retry_after)})


async def _parameters(request: Request) -> Json:
    given = await read_arguments(request)
    return {key: _read(value) if key in _OBJECTS else value for key, value in given.items()}


def _read(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return read_json(value)
    except ValueError:
        return value
