"""The peers: Bolt and python-telegram-bot behind FastAPI as their documentation shows, with listeners that do nothing.

``python -m bots.bench.web.bare slack|telegram|stored PORT``. The same web server with the same settings as ours. The
SDKs store nothing, so what is acknowledged is lost when the process ends; ``stored`` has no SDK, and commits the same
row and the same job as ours. All check the signature and the secret as ours does, and ask no platform anything:
`auth.test` and `getMe` are answered in process.
"""

import asyncio
import hashlib
import hmac
import json
import os
import re
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI, Request, Response
from slack_bolt.adapter.fastapi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from telegram import Update
from telegram.ext import Application, MessageHandler, filters
from telegram.request import BaseRequest

from bots.bench.office import TEAM
from bots.bench.web.deliveries import (
    BOT_ID,
    BOT_NUMBER,
    BOT_TOKEN,
    BOT_USER,
    HOOK_SECRET,
    SIGNING_SECRET,
    SLACK_PATH,
    TELEGRAM_PATH,
    TOKEN,
)
from bots.serving import Site, bind, loop_factory, serve, stop_on_signals
from core.db import Database
from core.jobs.queries import RECEIVE, receive_values
from core.kernel.messages import InboundEvent
from core.kernel.principal import Platform


def slack() -> FastAPI:
    """Return Bolt with a listener for mentions, and one for presses that acknowledges at once."""
    bolt = AsyncApp(signing_secret=SIGNING_SECRET, authorize=_authorize)

    async def mention() -> None:
        return

    async def press(ack: Callable[[], Awaitable[object]]) -> None:
        await ack()

    bolt.event("app_mention")(mention)
    bolt.action(re.compile(".*"))(press)
    handler = AsyncSlackRequestHandler(bolt)
    app = _web()

    @app.post(SLACK_PATH)
    async def endpoint(request: Request) -> Response:  # pyright: ignore[reportUnusedFunction] (a route)
        return await handler.handle(request)

    return app


async def _authorize(**_of: Any) -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=None, team_id=TEAM, bot_token=TOKEN, bot_id=BOT_ID, bot_user_id=BOT_USER)


class _Offline(BaseRequest):
    """Answers `getMe`, the one thing that the library asks at its start."""

    @property
    def read_timeout(self) -> float | None:
        return None

    async def initialize(self) -> None:
        return

    async def shutdown(self) -> None:
        return

    async def do_request(self, *_args: Any, **_more: Any) -> tuple[int, bytes]:
        me = f'{{"id": {BOT_NUMBER}, "is_bot": true, "first_name": "Bench", "username": "bench_bot"}}'
        return 200, f'{{"ok": true, "result": {me}}}'.encode()


def telegram() -> FastAPI:
    """Return python-telegram-bot with a handler for messages that does nothing."""
    offline = _Offline()
    builder = Application.builder().token(BOT_TOKEN).request(offline).get_updates_request(offline)
    bot: Application[Any, Any, Any, Any, Any, Any] = builder.updater(None).build()

    async def message(_update: Update, _context: object) -> None:
        return

    bot.add_handler(MessageHandler(filters.ALL, message))

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncGenerator[None]:
        async with bot:
            await bot.start()
            yield
            await bot.stop()

    app = _web(lifespan)

    @app.post(TELEGRAM_PATH)
    async def endpoint(request: Request) -> Response:  # pyright: ignore[reportUnusedFunction] (a route)
        given = request.headers.get("x-telegram-bot-api-secret-token", "")
        if not hmac.compare_digest(given, HOOK_SECRET):
            return Response(status_code=401)
        update = Update.de_json(await request.json(), bot.bot)
        await bot.process_update(update)
        return Response()

    return app


def stored() -> FastAPI:
    """Return an endpoint for both platforms that checks who delivers, commits the delivery with its job, and answers.

    One statement, one transaction: what the program's own door cannot do without. ``DATABASE_URL`` says where.
    """
    db = Database(os.environ["DATABASE_URL"])

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncGenerator[None]:
        await db.open()
        yield
        await db.close()

    app = _web(lifespan)

    async def keep(platform: Platform, workspace: str, event_id: str, sender: str, payload: dict[str, Any]) -> None:
        lock = f"{platform}/{workspace}/{sender}"
        event = InboundEvent(
            platform=platform,
            workspace=workspace,
            event_id=event_id,
            lock=lock,
            payload=payload,
            kind="turns",
            sender=sender,
        )
        await db.run_as_system(RECEIVE, receive_values([event]))

    @app.post(SLACK_PATH)
    async def from_slack(request: Request) -> Response:  # pyright: ignore[reportUnusedFunction] (a route)
        body = await request.body()
        signed = b"v0:" + request.headers["x-slack-request-timestamp"].encode() + b":" + body
        expected = f"v0={hmac.new(SIGNING_SECRET.encode(), signed, hashlib.sha256).hexdigest()}"
        if not hmac.compare_digest(expected, request.headers["x-slack-signature"]):
            return Response(status_code=401)
        payload = json.loads(body)
        await keep("slack", payload["team_id"], payload["event_id"], payload["event"]["user"], payload)
        return Response()

    @app.post(TELEGRAM_PATH)
    async def from_telegram(request: Request) -> Response:  # pyright: ignore[reportUnusedFunction] (a route)
        given = request.headers.get("x-telegram-bot-api-secret-token", "")
        if not hmac.compare_digest(given, HOOK_SECRET):
            return Response(status_code=401)
        payload = await request.json()
        sender = str(payload["message"]["from"]["id"])
        await keep("telegram", str(BOT_NUMBER), str(payload["update_id"]), sender, payload)
        return Response()

    return app


def _web(lifespan: Any = None) -> FastAPI:
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)

    @app.get("/readyz")
    async def readyz() -> Response:  # pyright: ignore[reportUnusedFunction] (a route)
        return Response("ready")

    return app


async def _serve(app: FastAPI, port: int) -> None:
    stop = asyncio.Event()
    stop_on_signals(stop)
    site = Site(app, "127.0.0.1", port)
    await serve([(site, bind(site))], stop, asyncio.Event())


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=loop_factory()) as runner:
        runner.run(_serve({"slack": slack, "telegram": telegram, "stored": stored}[sys.argv[1]](), int(sys.argv[2])))
