"""Run web applications in one event loop until the process is asked to stop."""

import asyncio
import contextlib
import errno
import importlib
import signal
import socket
import sys
from collections.abc import Callable, Generator
from dataclasses import dataclass, field

import uvicorn
from fastapi import FastAPI

from bots.incoming import Incoming, Unfinished

_GRACE_SECONDS = 5
"""How long open requests (and the playground's live streams) may take to end."""


@dataclass(frozen=True, slots=True)
class Site:
    """An application and where it listens."""

    app: FastAPI
    host: str
    port: int
    close: Callable[[], None] = lambda: None
    """Ends streams that would stay open for ever; called when the process is asked to stop."""
    request_seconds: float = 10
    """How long the header and the body of a request may take to come, and a connection to say anything at all."""
    connections: int = 1000
    """Connections at once, so that the worker beside keeps its files. Who comes beyond takes the place of the slowest
    unfinished request, or is told 503 where every one is being answered or has only just begun."""
    unfinished: Unfinished = field(default_factory=Unfinished)
    """The requests that are still coming in, and how much memory they may take together."""


class PortTaken(Exception):
    """Nothing can listen there: another program does, or it is no address of this machine; the sentence says which."""

    def __init__(self, site: Site, why: OSError) -> None:
        taken = why.errno == errno.EADDRINUSE
        reason = "is taken" if taken else f"cannot be listened on ({why.strerror or why})"
        super().__init__(f"Port {site.port} on {site.host} {reason}.")
        self.site = site


class _Server(uvicorn.Server):
    """A server that leaves the process's signals alone (several run in one process) and says when it is up."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.is_up = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.is_up.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        yield


def bind(site: Site) -> socket.socket:
    """Return a listening socket. Raises ``PortTaken``."""
    listener = socket.socket(socket.AF_INET6 if ":" in site.host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((site.host, site.port))
    except OSError as why:
        listener.close()
        raise PortTaken(site, why) from None
    return listener


def loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """Return what makes the fastest event loop there is for this system; None stands for Python's own."""
    if sys.platform == "win32":
        return None
    uvloop = importlib.import_module("uvloop")
    return uvloop.new_event_loop


def stop_on_signals(stop: asyncio.Event) -> None:
    """Set ``stop`` when the process is interrupted or terminated."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, stop.set)
        except NotImplementedError:  # Windows' event loop has none
            signal.signal(number, lambda _number, _frame: loop.call_soon_threadsafe(stop.set))


async def serve(sites: list[tuple[Site, socket.socket]], stop: asyncio.Event, ready: asyncio.Event) -> None:
    """Serve until ``stop`` is set; ``ready`` is set when every site answers."""
    servers = [_Server(_config(site)) for site, _listener in sites]
    tasks = [
        asyncio.create_task(server.serve(sockets=[listener]))
        for server, (_site, listener) in zip(servers, sites, strict=True)
    ]
    stopping = asyncio.create_task(stop.wait())
    up = asyncio.gather(*(server.is_up.wait() for server in servers))
    await asyncio.wait({up, stopping, *tasks}, return_when=asyncio.FIRST_COMPLETED)
    if up.done():
        ready.set()
    up.cancel()
    await asyncio.wait({stopping, *tasks}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    for site, _listener in sites:
        site.close()
    for server in reversed(servers):
        server.should_exit = True
    await asyncio.gather(*tasks)


def _config(site: Site) -> uvicorn.Config:
    return uvicorn.Config(
        site.app,
        host=site.host,
        port=site.port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE_SECONDS,
        limit_concurrency=site.connections,
        http=type("Bounded", (Incoming,), {"seconds": site.request_seconds, "unfinished": site.unfinished}),
    )
