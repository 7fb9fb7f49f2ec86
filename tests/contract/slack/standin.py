"""A small Slack on loopback: its Web API and Socket Mode answer, fail when told to, and note every request."""

import asyncio
import json
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from core.kernel.settings import Settings
from tests.unit.slack.block_kit import problems

TOKEN, APP_TOKEN = "xoxb-1-FakeTokenFakeToken", "xapp-1-FakeTokenFakeToken"
TEAM, BOT_USER, BOT_ID = "T1", "UBOT", "BBOT"
MEMBER: dict[str, Any] = {
    "id": "U1",
    "team_id": TEAM,
    "deleted": False,
    "is_bot": False,
    "is_restricted": False,
    "is_ultra_restricted": False,
    "is_app_user": True,
    "is_email_confirmed": True,
    "profile": {"email": "dana@crew.example"},
}
"""A full member who once authorised the app, as ``users.info`` describes them."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request as it arrived, its token apart."""

    method: str
    body: dict[str, Any]


@dataclass
class SlackApi:
    """What was asked, what to answer next, and the envelopes that wait for a socket."""

    url: str = ""
    calls: list[Call] = field(default_factory=list[Call])
    script: dict[str, list[web.Response | None]] = field(default_factory=dict[str, list[web.Response | None]])
    """Per method, the answers to give before the usual one; None breaks the connection off."""
    person: dict[str, Any] = field(default_factory=lambda: dict(MEMBER))
    """Whom ``users.info`` describes, whoever is asked for."""
    people: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    """Those who are somebody else, by their ids."""
    refuse: Callable[[str, dict[str, Any]], web.Response | None] = lambda _method, _body: None
    """What is refused whenever it is asked for, after the script."""
    problems: list[str] = field(default_factory=list[str])
    waiting: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    """Envelopes that are sent to each new socket until they are acknowledged."""
    answers: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    """What was posted, with the ``ts`` that it was given."""
    uploads: list[bytes] = field(default_factory=list[bytes])
    """Files, as they were sent to their addresses."""
    acknowledged: list[str] = field(default_factory=list[str])
    grid: str = ""
    """The Enterprise Grid for the whole of which the app is installed."""
    refused_sockets: int = 0
    """How many sockets to refuse although their ticket is good."""
    _tickets: set[str] = field(default_factory=set[str])
    _sockets: list[web.WebSocketResponse] = field(default_factory=list[web.WebSocketResponse])
    _happened: asyncio.Condition = field(default_factory=asyncio.Condition)

    def of(self, method: str) -> list[dict[str, Any]]:
        """Return the arguments of every call of a method."""
        return [call.body for call in self.calls if call.method == method]

    def settings(self) -> Settings:
        """Return settings that lead here."""
        return Settings(slack_bot_token=TOKEN, slack_api_url=f"{self.url}/api/")  # pyright: ignore[reportArgumentType] (pydantic makes the secret)

    async def until(self, happened: Callable[[], bool]) -> None:
        """Wait until something is so."""
        async with self._happened:
            await self._happened.wait_for(happened)

    async def disconnect(self) -> None:
        """Tell every socket to come back, as Slack does every few hours."""
        for socket in self._sockets:
            await socket.send_json({"type": "disconnect", "reason": "refresh_requested"})

    async def deliver(self, envelope: dict[str, Any]) -> None:
        """Send one envelope to the sockets that are open."""
        self.waiting.append(envelope)
        for socket in self._sockets:
            await socket.send_json(envelope)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one request of the Web API."""
        method = request.match_info["method"]
        body = await _arguments(request)
        self.calls.append(Call(method, body))
        if method.startswith("chat."):
            self.problems += problems(method, body)
        await self._notify()
        if self.script.get(method):
            answer = self.script[method].pop(0)
            if answer is None and request.transport is not None:
                request.transport.abort()
            return answer or web.Response()
        if (refused := self.refuse(method, body)) is not None:
            return refused
        expected = APP_TOKEN if method == "apps.connections.open" else TOKEN
        if request.headers.get("Authorization") != f"Bearer {expected}":
            return refusal("invalid_auth")
        result = self._result(method, body)
        if method == "chat.postMessage":
            self.answers.append(body | {"ts": result["ts"]})
        return web.json_response({"ok": True, **result})

    async def upload(self, request: web.Request) -> web.Response:
        """Take a file at the address that was given for it."""
        self.uploads.append(await request.read())
        if self.script.get("upload"):
            return self.script["upload"].pop(0) or web.Response()
        return web.Response(text=f"OK - {len(self.uploads[-1])}")

    async def socket(self, request: web.Request) -> web.StreamResponse:
        """Serve one socket; a ticket opens one, as Slack's do."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=403)
        self._tickets.remove(ticket)
        if self.refused_sockets:
            self.refused_sockets -= 1
            return web.Response(status=503)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": 1})
        for envelope in list(self.waiting):
            await socket.send_json(envelope)
        self._sockets.append(socket)
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                await self._acknowledge(json.loads(message.data)["envelope_id"])
        self._sockets.remove(socket)
        return socket

    async def close(self) -> None:
        """Close the sockets."""
        for socket in list(self._sockets):
            await socket.close()

    async def _acknowledge(self, envelope_id: str) -> None:
        self.acknowledged.append(envelope_id)
        self.waiting = [envelope for envelope in self.waiting if envelope["envelope_id"] != envelope_id]
        await self._notify()

    async def _notify(self) -> None:
        async with self._happened:
            self._happened.notify_all()

    def _result(self, method: str, body: dict[str, Any]) -> dict[str, Any]:
        number = f"1700000000.{len(self.calls):06}"
        if method == "auth.test":
            who = {"team_id": TEAM, "team": "Aleph", "user_id": BOT_USER, "user": "eventflow", "bot_id": BOT_ID}
            return who | ({"enterprise_id": self.grid, "is_enterprise_install": True} if self.grid else {})
        if method == "users.info":
            return {"user": self.people.get(body["user"], self.person)}
        if method == "conversations.open":
            return {"channel": {"id": f"D{body['users']}"}}
        if method == "apps.connections.open":
            self._tickets.add(number)
            return {"url": f"{self.url.replace('http', 'ws')}/link?ticket={number}"}
        if method == "files.getUploadURLExternal":
            return {"upload_url": f"{self.url}/upload/v1/{number}", "file_id": "F1"}
        if method == "files.completeUploadExternal":
            return {"files": [{"id": "F1"}]}
        if method == "chat.postEphemeral":
            return {"message_ts": number}
        return {"channel": body.get("channel"), "ts": body.get("ts", number), "message": {"text": body.get("text")}}


def refusal(error: str, status: int = 200, **headers: str) -> web.Response:
    """Return an error as Slack words it; ``Retry_After="7"`` is the header ``Retry-After``."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return web.json_response({"ok": False, "error": error}, status=status, headers=named)


def html_page(code: int, content_type: str = "text/html") -> web.Response:
    """Return what a proxy in front of Slack says."""
    return web.Response(status=code, text="<html>Bad Gateway</html>", content_type=content_type)


@asynccontextmanager
async def slack_api() -> AsyncGenerator[SlackApi]:
    """Run a stand-in on a free port; at its end every message must have been one that Slack takes."""
    api = SlackApi()
    app = web.Application()
    app.router.add_route("*", "/api/{method}", api.handle)
    app.router.add_get("/link", api.socket)
    app.router.add_post("/upload/v1/{file}", api.upload)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    api.url = f"http://{host}:{port}"
    try:
        yield api
    finally:
        await api.close()
        await runner.cleanup()
    assert api.problems == []


async def _arguments(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        return await request.json()
    return dict(request.query) | {name: str(value) for name, value in (await request.post()).items()}
