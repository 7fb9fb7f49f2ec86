"""`eventflow serve | worker | migrate`: the processes of the program and its database."""

import asyncio
import socket
from collections.abc import Awaitable, Coroutine
from contextlib import AbstractContextManager, nullcontext
from typing import Annotated, Any

import typer

from bots.app import Gate, probe_app, run_behind, web_app
from bots.commands.alone import alone
from bots.commands.console import done, err, fail, run, settings_from_environment, settings_to_serve
from bots.parts import end, keep_running
from bots.process import open_database, open_process
from bots.serving import PortTaken, Site, bind, stop_on_signals
from bots.serving import serve as serve_sites
from core.kernel.settings import Settings
from migrations import embedded
from migrations.apply import migrate as migrate_database
from migrations.login import ensure_login


def serve(
    no_worker: Annotated[
        bool, typer.Option("--no-worker", help="Only the web part; run `eventflow worker` beside it.")
    ] = False,
) -> None:
    """Run the program: web and worker in one process."""
    settings = settings_to_serve()
    run(_serve(settings, with_worker=not no_worker))


async def _serve(settings: Settings, *, with_worker: bool) -> None:
    stop, ready = asyncio.Event(), asyncio.Event()
    stop_on_signals(stop)
    refused: list[str] = []

    def refuse(why: str) -> None:
        refused.append(why)
        stop.set()

    with _alone(settings):
        async with open_database(settings) as url, open_process(settings, url) as process:
            app = web_app(process, with_worker=with_worker, refuse=refuse)
            site = Site(
                app,
                settings.eventflow_host,
                settings.eventflow_port,
                request_seconds=settings.eventflow_request_seconds,
            )
            listener = _listener(site, "EVENTFLOW_PORT")
            _say_where(settings, site)
            await serve_sites([(site, listener)], stop, ready)
    if refused:
        fail(refused[0])


def _alone(settings: Settings) -> AbstractContextManager[None]:
    # On a database of your own as many web processes run as you like, on as many machines.
    if settings.database_url is not None:
        return nullcontext()
    address = f"http://{settings.eventflow_host}:{settings.eventflow_port}"
    return alone(settings.eventflow_home, "`eventflow serve`", address)


def _say_where(settings: Settings, site: Site) -> None:
    err.print(f"EventFlow Chat listens on http://{site.host}:{site.port}")
    if not (settings.slack_is_on or settings.telegram_is_on):
        err.print("No chat platform is switched on; `eventflow doctor` says how.")


def worker() -> None:
    """Run a worker alone. As many as you like, on as many machines as you like."""
    settings = settings_to_serve()
    run(_work(settings))


async def _work(settings: Settings) -> None:
    stop = asyncio.Event()
    stop_on_signals(stop)
    refused: list[str] = []

    def refuse(why: str) -> None:
        refused.append(why)
        stop.set()

    async with open_database(settings) as url, open_process(settings, url) as process:
        gate = Gate(process, refuse)
        gate.parts.expect("worker")

        def work() -> Awaitable[None]:
            return run_behind(process, gate, stop, with_worker=True, with_fetching=False)

        # The probes answer while the database does not: a worker that waits for it is alive, and not ready.
        beside = [*_probes(settings, gate, stop), keep_running("gate", gate.watch, stop, ends=True)]
        tasks = [asyncio.create_task(each) for each in beside]
        await keep_running("background", work, stop, ends=True)
        for task in tasks:
            await end(task, within_seconds=0)
    if refused:
        fail(refused[0])


def _probes(settings: Settings, gate: Gate, stop: asyncio.Event) -> list[Coroutine[Any, Any, None]]:
    """Return what answers whoever asks a worker how it is; nothing where no port is set for it."""
    if settings.eventflow_probe_port is None:
        return []
    site = Site(probe_app(gate, settings), settings.eventflow_host, settings.eventflow_probe_port)
    return [serve_sites([(site, _listener(site, "EVENTFLOW_PROBE_PORT"))], stop, asyncio.Event())]


def _listener(site: Site, setting: str) -> socket.socket:
    try:
        return bind(site)
    except PortTaken as taken:
        fail(f"{taken} Set {setting} to a free one, or EVENTFLOW_HOST.")


def migrate(
    replay: Annotated[
        bool, typer.Option("--replay", help="Run the whole sequence again; it must change nothing.")
    ] = False,
) -> None:
    """Bring the database up to date and verify it."""
    settings = settings_from_environment()

    async def work() -> None:
        if settings.database_url is None:
            server = await embedded.start(settings.eventflow_home)
            try:
                await _migrate(server.owner_url, server.login_url, replay=replay)
            finally:
                await asyncio.to_thread(server.stop)
            return
        if settings.database_owner_url is None:
            fail("Set DATABASE_OWNER_URL to the database's owner: only `eventflow migrate` uses it.")
        owner, login = settings.database_owner_url.get_secret_value(), settings.database_url.get_secret_value()
        await _migrate(owner, login, replay=replay)

    run(work())


async def _migrate(owner_url: str, login_url: str, *, replay: bool) -> None:
    ran = await migrate_database(owner_url, replay=replay)
    await ensure_login(owner_url, login_url)
    for name in ran:
        done(name)
    done(
        "The database is up to date and verified." if ran else "Nothing to do: the database is up to date and verified."
    )
