"""The web process: verify, store, acknowledge. The work happens in jobs."""

import asyncio
import hmac
import importlib
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

import structlog
from fastapi import FastAPI, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import SecretStr

from bots.metrics import INBOUND, REGISTRY
from bots.parts import Parts, end, first, keep_running
from bots.process import Process
from bots.slack.webhook import Answers
from bots.slack.webhook import router as slack_router
from bots.telegram.secrecy import bot_id_of
from bots.telegram.webhook import router as telegram_router
from core.db import DatabaseDown
from core.flows.receive import Inbox
from core.jobs.queries import BEATS_TO_MISS, LIVE_WORKERS
from core.kernel.messages import InboundEvent
from core.kernel.settings import Settings
from core.safety import missing_migrations, unsafe
from migrations.apply import wanted

_log = structlog.get_logger("web")

_LOOK_AGAIN_SECONDS = 1.0
_LOOPBACK = frozenset({"127.0.0.1", "::1"})
_END_SECONDS = 30
"""Longer than what runs in the background takes to end."""


class NotReady(Exception):
    """The database was not checked yet; the platform delivers again."""


class Gate:
    """Closed until the database was reached and found safe: nothing is stored through a role that bypasses rules."""

    def __init__(self, process: Process, refuse: Callable[[str], None]) -> None:
        self._process = process
        self._inbox = Inbox(process.db)
        self._refuse = refuse
        self._slack: Answers | None = None
        self._slack_there = asyncio.Event()
        self.opened = asyncio.Event()
        self.parts = Parts()

    async def watch(self) -> None:
        """Wait for the database and check it once; call ``refuse`` with the reason when it is not safe."""
        while not self.opened.is_set():
            try:
                problems = await unsafe(self._process.db)
            except DatabaseDown:
                _log.warning("the database does not answer")
                await asyncio.sleep(_LOOK_AGAIN_SECONDS)
                continue
            if problems:
                self._refuse(" ".join(f"{problem.what} {problem.fix}" for problem in problems))
                return
            self.opened.set()

    async def receive(self, event: InboundEvent) -> bool:
        """Store a delivery. Raises when it could not be stored; the adapters answer 503 then."""
        if not self.opened.is_set():
            raise NotReady
        try:
            is_new = await self._inbox.receive(event)
        except Exception:
            INBOUND.labels(event.platform, "not_stored").inc()
            raise
        INBOUND.labels(event.platform, "stored" if is_new else "known").inc()
        return is_new

    def answer_slack(self, answers: Answers) -> None:
        """Take what answers Slack's modals, once its SDK is loaded."""
        self._slack = answers
        self._slack_there.set()

    async def slack_answers(self) -> Answers:
        """Return what answers Slack's modals, waiting for it where the process has only just begun."""
        await self._slack_there.wait()
        assert self._slack is not None  # noqa: S101 set before the event
        return self._slack

    async def why_not_ready(self) -> str | None:
        """Return why requests cannot be served now, or None."""
        if not self.opened.is_set():
            return "database"
        try:
            missing = await missing_migrations(self._process.db, wanted())
        except DatabaseDown:
            return "database"
        if missing:
            return "migrations"
        return ", ".join(self.parts.missing()) or None

    async def is_anybody_working(self) -> bool:
        """Whether a worker gave a sign of life lately, here or on another machine. Raises ``DatabaseDown``."""
        silent = self._process.settings.eventflow_heartbeat_seconds * BEATS_TO_MISS
        [row] = await self._process.db.run_as_system(LIVE_WORKERS, {"silent_seconds": silent})
        return row["workers"] > 0


def web_app(process: Process, *, with_worker: bool, refuse: Callable[[str], None]) -> FastAPI:
    """Return the web application. ``refuse`` is told why the program must not run, and ends it."""
    gate = Gate(process, refuse)
    if with_worker:
        gate.parts.expect("worker")

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncGenerator[None]:
        stop = asyncio.Event()
        watch = asyncio.create_task(keep_running("gate", gate.watch, stop, ends=True))
        behind = asyncio.create_task(
            keep_running(
                "background", lambda: run_behind(process, gate, stop, with_worker=with_worker), stop, ends=True
            )
        )
        yield
        stop.set()
        await end(behind, within_seconds=_END_SECONDS)
        await end(watch, within_seconds=0)

    app = FastAPI(title="EventFlow Chat", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    settings = process.settings
    if settings.slack_signing_secret is not None and settings.slack_is_on:
        app.include_router(slack_router(settings.slack_signing_secret, gate.receive, gate.slack_answers))
    if settings.telegram_webhook_secret is not None and settings.telegram_bot_token is not None:
        bot_id = bot_id_of(settings.telegram_bot_token)
        app.include_router(telegram_router(settings.telegram_webhook_secret, bot_id, gate.receive))
    # Behind the webhooks: routes are tried one by one.
    _add_probes(app, gate, settings.eventflow_metrics_token, with_worker=with_worker)
    return app


def probe_app(gate: Gate, settings: Settings) -> FastAPI:
    """Return what a worker alone answers: its probes and its metrics, and nothing that the world may ask."""
    app = FastAPI(title="EventFlow Chat worker", docs_url=None, redoc_url=None, openapi_url=None)
    _add_probes(app, gate, settings.eventflow_metrics_token, with_worker=True)
    return app


def _add_probes(app: FastAPI, gate: Gate, token: SecretStr | None, *, with_worker: bool) -> None:
    @app.get("/healthz", include_in_schema=False)
    async def healthz() -> Response:  # pyright: ignore[reportUnusedFunction] (a route)
        return Response("ok", media_type="text/plain")

    @app.get("/readyz", include_in_schema=False)
    async def readyz() -> Response:  # pyright: ignore[reportUnusedFunction] (a route)
        why = await gate.why_not_ready()
        if why:
            return Response(f"not ready: {why}", 503, media_type="text/plain")
        # A process that only takes what comes in does its part; that nobody answers it is for whoever asks to know.
        alone = not with_worker and not await gate.is_anybody_working()
        return Response("ready, but no worker is alive" if alone else "ready", media_type="text/plain")

    @app.get("/metrics", include_in_schema=False)
    async def metrics(request: Request) -> Response:  # pyright: ignore[reportUnusedFunction] (a route)
        if not (_is_near(request) or _has_token(request, token)):
            return Response(status_code=404)
        return Response(generate_latest(REGISTRY), media_type=CONTENT_TYPE_LATEST)


def _is_near(request: Request) -> bool:
    """Whether it comes from this machine: the port is the webhooks', open to the world."""
    is_near = request.client is not None and request.client.host in _LOOPBACK
    return is_near and "x-forwarded-for" not in request.headers and "forwarded" not in request.headers


def _has_token(request: Request, token: SecretStr | None) -> bool:
    given = request.headers.get("authorization", "").encode()
    return token is not None and hmac.compare_digest(given, f"Bearer {token.get_secret_value()}".encode())


async def run_behind(
    process: Process, gate: Gate, stop: asyncio.Event, *, with_worker: bool, with_fetching: bool = True
) -> None:
    """Run what needs the platforms' SDKs, once the gate is open.

    A web process that only stores what Telegram brings never loads them; Slack's modals are answered by the process
    that is asked. ``with_fetching``: whether this process is the
    one that keeps a socket to Slack or polls Telegram, where the settings ask for it.
    """
    settings = process.settings
    fetches = with_fetching and (
        settings.slack_app_token is not None or (settings.telegram_is_on and settings.telegram_webhook_secret is None)
    )
    if not (with_worker or fetches or (with_fetching and settings.slack_is_on)):
        return
    await first(gate.opened, stop)
    if not stop.is_set():
        background = await asyncio.to_thread(importlib.import_module, "bots.background")
        await background.run_background(process, gate, stop, with_worker=with_worker, with_fetching=fetches)
