"""A small Bot API on loopback: it answers like Telegram, fails when told to, and notes every request."""

import asyncio
import json
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from core.kernel.settings import Settings
from tests.contract.telegram.bot_api_description import DESCRIPTION, problems

BOT_ID = "123456"
TOKEN = f"{BOT_ID}:AAFakeTokenFakeTokenFakeToken"
ME = {"id": 123456, "is_bot": True, "first_name": "EventFlow", "username": "EventFlowBot"}


_MAKE_MESSAGES = frozenset(
    "sendMessage sendPhoto sendDocument editMessageText editMessageMedia editMessageCaption".split()
)


@dataclass(frozen=True, slots=True)
class Call:
    """One request as it arrived."""

    method: str
    form: dict[str, str]


@dataclass
class BotApi:
    """What was asked, what to answer next, and the updates that wait."""

    url: str = ""
    calls: list[Call] = field(default_factory=list[Call])
    me: dict[str, Any] = field(default_factory=lambda: dict(ME))
    sent: list[tuple[int, dict[str, str]]] = field(default_factory=list[tuple[int, dict[str, str]]])
    """What was posted, with the number that it was given."""
    script: dict[str, list[web.Response]] = field(default_factory=dict[str, list[web.Response]])
    """Per method, the answers to give before the usual one."""
    refuse: Callable[[str, dict[str, str]], web.Response | None] = lambda _method, _form: None
    """What is refused whenever it is asked for, after the script."""
    hanging: dict[str, asyncio.Event] = field(default_factory=dict[str, asyncio.Event])
    """Per method, what has to happen before it is answered."""
    waiting: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    files: dict[str, web.Response | bytes] = field(default_factory=dict[str, web.Response | bytes])
    """What people shared, by its id; or what the place of files answers instead."""
    webhook: str = ""
    """Where updates are delivered; while there is one, nobody can poll."""
    problems: list[str] = field(default_factory=list[str])
    """What the machine-readable description of the Bot API says against the requests."""
    _asked: asyncio.Condition = field(default_factory=asyncio.Condition)

    def of(self, method: str) -> list[dict[str, str]]:
        """Return the arguments of every call of a method."""
        return [call.form for call in self.calls if call.method == method]

    def settings(self) -> Settings:
        """Return settings that lead here."""
        return Settings(telegram_bot_token=TOKEN, telegram_api_url=self.url)  # pyright: ignore[reportArgumentType] (pydantic makes the secret)

    async def asked(self, method: str, times: int = 1) -> None:
        """Wait until a method was called so often."""
        async with self._asked:
            await self._asked.wait_for(lambda: len(self.of(method)) >= times)

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one request."""
        method = request.match_info["method"]
        form = {name: _text(value) for name, value in (await request.post()).items()}
        self.calls.append(Call(method, form))
        if DESCRIPTION is not None:
            self.problems += problems(method, form)
        async with self._asked:
            self._asked.notify_all()
        if method in self.hanging:
            await self.hanging[method].wait()
        if self.script.get(method):
            return self.script[method].pop(0)
        if (refused := self.refuse(method, form)) is not None:
            return refused
        if method == "getUpdates" and self.webhook:
            return refusal(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook")
        return ok(await self._result(method, form))

    async def file(self, request: web.Request) -> web.Response:
        """Hand out a file that somebody shared."""
        kept = self.files.get(request.match_info["id"])
        if kept is None:
            return refusal(404, "Not Found")
        return web.Response(body=kept) if isinstance(kept, bytes) else kept

    async def _result(self, method: str, form: dict[str, str]) -> object:
        if method == "getMe":
            return self.me
        if method == "getFile":
            id_ = form["file_id"]
            return {"file_id": id_, "file_unique_id": f"u{id_}", "file_path": f"documents/{id_}"}
        if method == "getUpdates":
            return await self._updates(int(form.get("offset", "0")))
        if method == "getWebhookInfo":
            return {
                "url": self.webhook,
                "has_custom_certificate": False,
                "pending_update_count": len(self.waiting),
            }
        if method in {"setWebhook", "deleteWebhook"}:
            self.webhook = form.get("url", "")
        if method == "getChatMember":
            user = {"id": int(form["user_id"]), "is_bot": False, "first_name": "Noa", "last_name": "<Mizrahi>"}
            return {"status": "member", "user": user}
        if method in _MAKE_MESSAGES:
            number = int(form.get("message_id", len(self.calls) + 100))
            self.sent.append((number, form))
            return {
                "message_id": number,
                "date": 1,
                "chat": {"id": int(form["chat_id"]), "type": "private"},
                "text": "x",
            }
        return True

    async def _updates(self, offset: int) -> list[dict[str, Any]]:
        self.waiting = [update for update in self.waiting if update["update_id"] >= offset]
        if not self.waiting:
            await asyncio.sleep(0.02)
        return list(self.waiting)


def _text(value: str | bytes | bytearray | web.FileField) -> str:
    """Return an argument; of a file, how long it is."""
    if isinstance(value, str):
        return value
    return f"file of {len(value.file.read() if isinstance(value, web.FileField) else value)} bytes"


def ok(result: object) -> web.Response:
    """Return a successful answer."""
    return web.json_response({"ok": True, "result": result})


def refusal(code: int, description: str, **parameters: int) -> web.Response:
    """Return an error as Telegram words it."""
    body: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
    return web.json_response(body | ({"parameters": parameters} if parameters else {}), status=code)


def html_page(code: int) -> web.Response:
    """Return what a proxy in front of Telegram says."""
    return web.Response(status=code, text="<html>Bad Gateway</html>", content_type="text/html")


@asynccontextmanager
async def bot_api(port: int = 0) -> AsyncGenerator[BotApi]:
    """Run a stand-in, on a free port by default; at its end every request must have matched the description."""
    api = BotApi()
    app = web.Application()
    app.router.add_post("/bot" + TOKEN + "/{method}", api.handle)
    app.router.add_get("/file/bot" + TOKEN + "/documents/{id}", api.file)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    host, port = runner.addresses[0][:2]
    api.url = f"http://{host}:{port}"
    try:
        yield api
    finally:
        await runner.cleanup()
    assert api.problems == []


def as_json(text: str) -> Any:
    """Decode a nested argument."""
    return json.loads(text)
