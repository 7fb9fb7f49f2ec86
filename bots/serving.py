"""Run web applications in one event loop until the process is asked to stop."""

import asyncio
import contextlib
import errno
import importlib
import signal
import socket
import sys
from collections.abc import Callable, Generator
from dataclasses import dataclass

import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

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
    """Connections at once; whoever comes beyond is told 503, so that the worker beside keeps its files."""


class PortTaken(Exception):
    """Nothing can listen there: another program does, or it is no address of this machine; the sentence says which."""

    def __init__(self, site: Site, why: OSError) -> None:
        taken = why.errno == errno.EADDRINUSE
        reason = "is taken" if taken else f"cannot be listened on ({why.strerror or why})"
        super().__init__(f"Port {site.port} on {site.host} {reason}.")
        self.site = site


class _Impatient(HttpToolsProtocol):
    """uvicorn's protocol with a deadline for what comes in: uvicorn has one for the time between requests alone."""

    seconds: float
    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._arm()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._arm()

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self._disarm()

    def connection_lost(self, exc: Exception | None) -> None:
        self._disarm()
        super().connection_lost(exc)

    def _arm(self) -> None:
        if self._deadline is None:
            self._deadline = self.loop.call_later(self.seconds, self.transport.abort)

    def _disarm(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


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
        http=type("Impatient", (_Impatient,), {"seconds": site.request_seconds}),
    )
