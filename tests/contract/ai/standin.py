"""A small Gemini on loopback: it gives the replies that a test scripts and notes every request as it came."""

import asyncio
import json
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from core.kernel.settings import Settings

MODEL = "gemini-3.8-flash"
KEY = "stand-in-key"
USAGE = {
    "promptTokenCount": 120,
    "cachedContentTokenCount": 64,
    "candidatesTokenCount": 20,
    "thoughtsTokenCount": 33,
    "totalTokenCount": 173,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it arrived."""

    path: str
    key: str
    body: dict[str, Any]
    raw: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """One HTTP answer; ``seconds`` of silence come first."""

    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict[str, str])
    seconds: float = 0


@dataclass
class GeminiApi:
    """What was asked, and what to answer next; without a script it says hello."""

    url: str = ""
    asked: list[Asked] = field(default_factory=list[Asked])
    script: list[Reply] = field(default_factory=list[Reply])
    answer: Callable[[dict[str, Any]], Reply] = lambda _body: says("Hello.")
    """What is said to a request when the script is over."""

    def settings(self, **changed: Any) -> Settings:
        """Return settings that lead here."""
        given = {"gemini_api_key": KEY, "gemini_api_url": self.url, "gemini_model": MODEL, "gemini_timeout_seconds": 5}
        return Settings.model_validate(given | changed)

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one request."""
        raw = await request.read()
        self.asked.append(Asked(request.path, request.headers.get("x-goog-api-key", ""), json.loads(raw or b"{}"), raw))
        reply = self.script.pop(0) if self.script else self.answer(self.asked[-1].body)
        await asyncio.sleep(reply.seconds)
        return web.Response(
            status=reply.status, body=reply.body, headers={"content-type": "application/json"} | reply.headers
        )


def candidate(*parts: dict[str, Any], finish: str = "STOP", **more: Any) -> Reply:
    """Return a reply with one candidate made of these parts."""
    body = {
        "candidates": [{"content": {"role": "model", "parts": list(parts)}, "finishReason": finish, "index": 0}],
        "usageMetadata": USAGE,
        "modelVersion": MODEL,
        "responseId": "r1",
    }
    return ok(body | more)


def says(text: str) -> Reply:
    """Return a reply in words."""
    return candidate({"text": text})


def stopped(finish: str) -> Reply:
    """Return what Gemini sends when it breaks off: a candidate without content."""
    return ok({"candidates": [{"finishReason": finish, "index": 0}], "usageMetadata": USAGE})


def ok(body: object) -> Reply:
    """Return a 200 with this body."""
    return Reply(200, json.dumps(body).encode())


def error(code: int, status: str, message: str = "No.", *details: dict[str, Any], **headers: str) -> Reply:
    """Return an error as Google words it."""
    body = {"error": {"code": code, "status": status, "message": message, "details": list(details)}}
    return Reply(code, json.dumps(body).encode(), {name.replace("_", "-"): value for name, value in headers.items()})


@asynccontextmanager
async def gemini_api() -> AsyncGenerator[GeminiApi]:
    """Run a stand-in on a free port."""
    api = GeminiApi()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", api.handle)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    api.url = f"http://{host}:{port}"
    try:
        yield api
    finally:
        await runner.cleanup()
