"""What surrounds the program while one message goes through it: a Slack that notes when a card comes, and a model."""

import asyncio
import json
import re
import time
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from uuid import uuid4

from aiohttp import web

from bots.bench.office import CHANNEL, TEAM
from bots.bench.web.deliveries import BOT_ID, BOT_USER
from core.ai.models import ModelReply, ModelRequest, ToolCall, Usage

_APPROVES = re.compile(r'"value": ?"(approve:[^"]+)"')
_A_PICTURE = 5_000
"""Bytes: less is no picture of rooms."""
_SESSION = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Slack:
    """Answers at once, takes pictures whole, and tells when the next card was posted or edited."""

    def __init__(self) -> None:
        self.card: asyncio.Future[float] | None = None
        """When the next card was posted, or edited."""
        self.shown: tuple[str, str] = "", ""
        """What the button of the last card carries that approves it, and which message the card is."""
        self.uploaded = 0
        """Pictures that were sent whole and shared."""
        self._messages = 0
        self._sent: set[str] = set()

    async def call(self, request: web.Request) -> web.Response:
        """Answer a method of the Web API."""
        body, method = await request.text(), request.match_info["method"]
        if method == "auth.test":
            who = {"team_id": TEAM, "team": "Bench", "user_id": BOT_USER, "user": "bench", "bot_id": BOT_ID}
            return web.json_response({"ok": True, **who})
        if method == "files.getUploadURLExternal":
            id_ = f"F{uuid4().hex}"
            url = f"{request.url.origin()}/upload/{id_}"
            return web.json_response({"ok": True, "upload_url": url, "file_id": id_})
        if method == "files.completeUploadExternal":
            return self._share(request.query)
        self._messages += 1
        ts = f"1900000000.{self._messages:06}"
        said = json.loads(body) if body.startswith("{") else {}
        if "blocks" in said and self.card is not None and not self.card.done():
            self.card.set_result(time.perf_counter())
            carried = _APPROVES.search(body)
            self.shown = (carried[1] if carried else "", said.get("ts", ts))
        return web.json_response({"ok": True, "channel": CHANNEL, "ts": ts})

    async def receive(self, request: web.Request) -> web.Response:
        """Take a picture's bytes."""
        if len(await request.read()) > _A_PICTURE:
            self._sent.add(request.match_info["file"])
        return web.Response(text="OK")

    def _share(self, asked: Mapping[str, str]) -> web.Response:
        files = json.loads(asked["files"])
        if not {file["id"] for file in files} <= self._sent:
            return web.json_response({"ok": False, "error": "file_not_found"})
        self.uploaded += len(files)
        return web.json_response({"ok": True, "files": files})


@asynccontextmanager
async def slack() -> AsyncGenerator[tuple[str, Slack]]:
    """Run the stand-in; yield its address and itself."""
    stand_in = Slack()
    app = web.Application()
    app.router.add_post("/api/{method}", stand_in.call)
    app.router.add_post("/upload/{file}", stand_in.receive)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        [(_host, port)] = [address[:2] for address in runner.addresses]
        yield f"http://127.0.0.1:{port}/api", stand_in
    finally:
        await runner.cleanup()


class Model:
    """Asks at once for the session that the message names to be moved, and ends in a sentence."""

    name = "stand-in"

    async def generate(self, request: ModelRequest) -> ModelReply:
        """Reply to a person with a tool call, and to the tool's answer with words."""
        said = request.contents[-1]["parts"]
        if "function_response" in said[0]:
            text = "I have put it on a card."
            return ModelReply({"role": "model", "parts": [{"text": text}]}, text=text, usage=Usage(100, 0, 10))
        named = _SESSION.search(str(said))
        assert named is not None  # noqa: S101 every message of the benchmark names one
        args = {"schedule_id": named[0], "changes": {"start_time": "11:00"}}
        call = ToolCall("call-1", "update_schedule_item", args)
        part = {"function_call": {"id": call.id, "name": call.name, "args": args}}
        return ModelReply({"role": "model", "parts": [part]}, calls=(call,), usage=Usage(100, 0, 10))

    def cost(self, usage: Usage) -> int | None:
        """Return nothing: it has no price."""
        del usage

    async def ping(self) -> None:
        """It is always there."""

    async def close(self) -> None:
        """Nothing is open."""
