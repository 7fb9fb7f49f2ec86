"""The web process: verify, store, acknowledge. The work happens in jobs."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress

import structlog
from fastapi import FastAPI, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bots.metrics import INBOUND, REGISTRY
from bots.process import Process
from bots.slack.socket import listen
from bots.slack.webhook import router as slack_router
from bots.telegram.polling import poll
from bots.telegram.webhook import router as telegram_router
from bots.worker import Worker
from core.db import DatabaseDown
from core.flows.receive import receive
from core.kernel.messages import InboundEvent
from core.safety import missing_migrations, unsafe
from migrations.apply import checksum, files

_log = structlog.get_logger("web")

_LOOK_AGAIN_SECONDS = 1.0
_END_SECONDS = 25
"""Longer than the worker gives its jobs to end."""


class NotReady(Exception):
    """The database was not checked yet; the platform delivers again."""


class Gate:
    """Closed until the database was reached and found safe: nothing is stored through a role that bypasses rules."""

    def __init__(self, process: Process, refuse: Callable[[str], None]) -> None:
        self._process = process
        self._refuse = refuse
        self.opened = asyncio.Event()

    async def watch(self) -> None:
        """Wait for the database and check it once; call ``refuse`` with the reason when it is not safe."""
        while not self.opened.is_set():
            try:
                problems = await unsafe(self._process.rt.db)
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
            is_new = await receive(self._process.rt, event)
        except Exception:
            INBOUND.labels(event.platform, "not_stored").inc()
            raise
        INBOUND.labels(event.platform, "stored" if is_new else "known").inc()
        return is_new

    async def why_not_ready(self) -> str | None:
        """Return why requests cannot be served now, or None."""
        if not self.opened.is_set():
            return "database"
        try:
            missing = await missing_migrations(self._process.rt.db, {path.name: checksum(path) for path in files()})
        except DatabaseDown:
            return "database"
        return "migrations" if missing else None


def web_app(process: Process, *, with_worker: bool, refuse: Callable[[str], None]) -> FastAPI:
    """Return the web application. ``refuse`` is told why the program must not run, and ends it."""
    gate = Gate(process, refuse)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncGenerator[None]:
        stop = asyncio.Event()
        async with AsyncExitStack() as stack:
            for name, work in _background(process, gate, stop, with_worker=with_worker).items():
                stack.push_async_callback(_end, name, asyncio.create_task(keep_running(name, work, stop)))
            stack.callback(stop.set)
            yield

    app = FastAPI(title="EventFlow Chat", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    _add_probes(app, gate)
    settings = process.settings
    if settings.slack_signing_secret is not None and process.slack is not None:
        app.include_router(slack_router(settings.slack_signing_secret, gate.receive))
    if settings.telegram_webhook_secret is not None and process.telegram is not None:
        app.include_router(telegram_router(settings.telegram_webhook_secret, process.telegram.bot_id, gate.receive))
    return app


def _add_probes(app: FastAPI, gate: Gate) -> None:
    @app.get("/healthz", include_in_schema=False)
    async def healthz() -> Response:  # pyright: ignore[reportUnusedFunction] (a route)
        return Response("ok", media_type="text/plain")

    @app.get("/readyz", include_in_schema=False)
    async def readyz() -> Response:  # pyright: ignore[reportUnusedFunction] (a route)
        why = await gate.why_not_ready()
        return Response(f"not ready: {why}" if why else "ready", 503 if why else 200, media_type="text/plain")

    @app.get("/metrics", include_in_schema=False)
    async def metrics() -> Response:  # pyright: ignore[reportUnusedFunction] (a route)
        return Response(generate_latest(REGISTRY), media_type=CONTENT_TYPE_LATEST)


def _background(
    process: Process, gate: Gate, stop: asyncio.Event, *, with_worker: bool
) -> dict[str, Callable[[], Awaitable[object]]]:
    settings, slack, telegram = process.settings, process.slack, process.telegram
    works: dict[str, Callable[[], Awaitable[object]]] = {"gate": gate.watch, "model": process.rt.model}
    if with_worker:

        async def work() -> None:
            await _first(gate.opened, stop)
            if not stop.is_set():
                await Worker(process).run(stop)

        works["worker"] = work
    app_token = settings.slack_app_token
    if slack is not None and app_token is not None:
        works["slack"] = lambda: listen(slack, app_token, gate.receive, stop)
    if telegram is not None and settings.telegram_webhook_secret is None:
        works["telegram"] = lambda: poll(telegram, gate.receive, stop)
    return works


async def keep_running(name: str, work: Callable[[], Awaitable[object]], stop: asyncio.Event) -> None:
    """Run a part of the process until it ends by itself; start it again when it fails."""
    while not stop.is_set():
        try:
            await work()
        except Exception as failure:  # the boundary: one part must not take the others down
            _log.error("a part of the process failed and starts again", part=name, error=type(failure).__name__)
            await asyncio.sleep(_LOOK_AGAIN_SECONDS)
        else:
            return


async def _end(name: str, task: asyncio.Task[None]) -> None:
    """Give the worker's jobs time to end; the other parts hold nothing that could be lost."""
    if name == "worker":
        await asyncio.wait({task}, timeout=_END_SECONDS)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def _first(*events: asyncio.Event) -> None:
    waiting = [asyncio.create_task(event.wait()) for event in events]
    await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    for each in waiting:
        each.cancel()
