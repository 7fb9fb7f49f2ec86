"""A running playground on loopback, and a stand-in for the program behind it that notes what is delivered."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import httpx2
from fastapi import FastAPI, Request, Response
from pydantic import SecretStr
from slack_sdk.web.async_client import AsyncWebClient
from telegram import Bot

from bots.playground.app import create_playground
from bots.playground.config import PlaygroundConfig
from bots.playground.faults import Faults
from bots.serving import Site, bind, serve
from bots.telegram.failures import delays_are_timedeltas

BLOCKS: list[dict[str, Any]] = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "hello"}},
    {
        "type": "actions",
        "block_id": "b",
        "elements": [{"type": "button", "action_id": "go", "value": "v", "text": {"type": "plain_text", "text": "Go"}}],
    },
]

SIGNING, HOOK = SecretStr("signing"), SecretStr("hook-secret")
SLACK, TELEGRAM = SecretStr("xoxb-1"), SecretStr("4242:abcdefghijklmnopqrstuvwxyz")


@dataclass(slots=True)
class Program:
    """Stands where the program would: keeps what is delivered to it, and refuses the first few on order."""

    got: list[tuple[str, bytes, dict[str, str]]] = field(default_factory=list[tuple[str, bytes, dict[str, str]]])
    refuse: int = 0
    came: asyncio.Event = field(default_factory=asyncio.Event)

    def app(self) -> FastAPI:
        app = FastAPI()

        async def take(request: Request, path: str) -> Response:
            self.got.append((path, await request.body(), dict(request.headers)))
            self.came.set()
            if self.refuse:
                self.refuse -= 1
                return Response(status_code=503)
            return Response()

        app.add_api_route("/{path:path}", take, methods=["POST"])
        return app

    async def wait(self, count: int) -> None:
        async with asyncio.timeout(10):
            while len(self.got) < count:
                await self.came.wait()
                self.came.clear()


@dataclass(frozen=True, slots=True)
class Playground:
    """A running playground with the program's stand-in behind it."""

    address: str
    program: Program
    faults: Faults
    session: aiohttp.ClientSession

    async def post(self, path: str, body: dict[str, Any]) -> httpx2.Response:
        async with httpx2.AsyncClient(trust_env=False) as client:
            return await client.post(f"{self.address}/playground/{path}", json=body)

    async def state(self) -> dict[str, Any]:
        async with httpx2.AsyncClient(trust_env=False) as client:
            return (await client.get(f"{self.address}/playground/state")).json()

    @asynccontextmanager
    async def bot(self, token: SecretStr = TELEGRAM) -> AsyncGenerator[Bot]:
        delays_are_timedeltas()
        bot = Bot(token.get_secret_value(), base_url=f"{self.address}/telegram/bot")
        for request in bot._request:  # pyright: ignore[reportPrivateUsage] (initialize would call getMe)
            await request.initialize()
        yield bot
        for request in bot._request:  # pyright: ignore[reportPrivateUsage]
            await request.shutdown()

    def slack(self, token: SecretStr = SLACK) -> AsyncWebClient:
        return AsyncWebClient(
            token=token.get_secret_value(), base_url=f"{self.address}/slack/api/", session=self.session
        )


@asynccontextmanager
async def playground(state_file: Path | None, *, hook: SecretStr | None = HOOK) -> AsyncGenerator[Playground]:
    program, faults = Program(), Faults()
    behind = Site(program.app(), "127.0.0.1", 0)
    behind_listener = bind(behind)
    config = PlaygroundConfig(
        events_url=f"http://127.0.0.1:{behind_listener.getsockname()[1]}",
        slack_signing_secret=SIGNING,
        slack_bot_token=SLACK,
        telegram_bot_token=TELEGRAM,
        telegram_webhook_secret=hook,
    )
    site = Site(create_playground(config, state_file, faults=faults), "127.0.0.1", 0)
    listener = bind(site)
    stop, ready = asyncio.Event(), asyncio.Event()
    serving = asyncio.create_task(serve([(behind, behind_listener), (site, listener)], stop, ready))
    await ready.wait()
    try:
        async with aiohttp.ClientSession() as session:
            yield Playground(f"http://127.0.0.1:{listener.getsockname()[1]}", program, faults, session)
    finally:
        stop.set()
        await serving
