"""What comes in over a connection has a deadline, a longest header, and a share of a common memory."""

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from bots.metrics import REFUSED

MAX_HEAD = 32_000
"""Bytes of a request's first line and headers. Platforms and the proxies before us send less than 4 kB; Apache takes
8 kB a line, nginx 32 kB in all."""
MAX_HEADERS = 100
"""As Apache's ``LimitRequestFields``: a header of five bytes takes over a hundred in memory."""
FREE = 64_000
"""Bytes that a request may hold whatever others hold: what platforms send is nearly always shorter, so that it gets in
while the common memory is full. With 1,000 connections 64 MB at most."""
_LINGER_SECONDS = 1
"""How long a refused connection is still read (and thrown away): closed at once, it would lose its answer."""
_REFUSALS = {
    431: b"HTTP/1.1 431 Request Header Fields Too Large\r\nconnection: close\r\ncontent-length: 0\r\n\r\n",
    503: b"HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\nretry-after: 5\r\ncontent-length: 0\r\n\r\n",
}


class Unfinished:
    """The requests that are still coming in, the one that began first in front."""

    def __init__(self, most: int = 16_000_000, young_seconds: float = 1) -> None:
        """``most``: bytes beyond ``FREE`` that all of them may hold together. ``young_seconds``: how long a request
        is safe from those that want its connection; what a platform sends has come by then."""
        self._most = most
        self._young_seconds = young_seconds
        self._held: dict[Incoming, int] = {}
        self._began: dict[Incoming, float] = {}
        self.together = 0
        """Bytes beyond ``FREE`` that all hold now."""

    def begin(self, request: "Incoming", now: float) -> None:
        """Count a request in that has begun to come."""
        self._began.setdefault(request, now)

    def hold(self, request: "Incoming", held: int) -> None:
        """Note what a request holds by now, in bytes; the slowest are refused while it is too much together.

        No share per sender: all that the platforms send comes from one address where a proxy stands before us.
        """
        beyond = max(0, held - FREE)
        self.together += beyond - self._held.get(request, 0)
        self._held[request] = beyond
        while self.together > self._most:
            next(each for each in self._began if self._held.get(each)).refuse(503)

    def end(self, request: "Incoming") -> None:
        """Forget a request that has come whole, was answered, or will never come."""
        self._began.pop(request, None)
        self.together -= self._held.pop(request, 0)

    def make_room(self, now: float) -> None:
        """Refuse the request that has been coming in for longest, where one takes its time."""
        slowest = next(iter(self._began), None)
        if slowest is not None and now - self._began[slowest] >= self._young_seconds:
            slowest.refuse(503)
            slowest.connections.discard(slowest)  # uvicorn counts it until the system has closed it
            slowest.transport.close()


class Incoming(HttpToolsProtocol):
    """uvicorn's protocol with the limits that it lacks: it has a deadline for the time between requests alone."""

    seconds: float
    """How long a request may take to come, and a connection to say anything at all."""
    unfinished: Unfinished
    _deadline: asyncio.TimerHandle | None = None
    _held = 0
    _is_in_head = False
    _is_refused = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        if self.limit_concurrency is not None and len(self.connections) + 1 >= self.limit_concurrency:
            self.unfinished.make_room(self.loop.time())
        super().connection_made(transport)
        self._begin()

    def data_received(self, data: bytes) -> None:
        if self._is_refused:
            return
        super().data_received(data)
        if self._deadline is None:  # whole
            return
        if self.cycle and self.cycle.response_complete and not self._is_in_head:
            self.unfinished.end(self)  # answered before it was whole: what still comes is thrown away
            return
        self._held += len(data)
        if self._is_in_head and self._held > MAX_HEAD:
            self.refuse(431)
        else:
            self.unfinished.hold(self, self._held)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._is_in_head = True
        self._begin()

    def on_header(self, name: bytes, value: bytes) -> None:
        if len(self.headers) >= MAX_HEADERS:
            raise ValueError("too many headers")  # uvicorn answers 400
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._is_in_head = False
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self._end()

    def connection_lost(self, exc: Exception | None) -> None:
        self._end()
        super().connection_lost(exc)

    def refuse(self, status: int) -> None:
        """Answer a request that is still coming in, let go of what it holds, and close its connection."""
        REFUSED.labels(status).inc()
        self._is_refused = True
        self._end()
        cycle = self.cycle
        if not cycle or cycle.response_complete or not cycle.response_started:
            self.transport.write(_REFUSALS[status])
        if cycle and not cycle.response_complete:
            cycle.disconnected = True
            cycle.body.clear()
            cycle.message_event.set()
        self.loop.call_later(_LINGER_SECONDS, self.transport.abort)

    def _begin(self) -> None:
        if self._deadline is None:
            self._deadline = self.loop.call_later(self.seconds, self.transport.abort)
            self.unfinished.begin(self, self.loop.time())

    def _end(self) -> None:
        self._held = 0
        self.unfinished.end(self)
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
