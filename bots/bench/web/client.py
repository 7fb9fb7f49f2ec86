"""A client that costs little: ready bytes out, a status back, over connections that stay open."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import cast

import httptools

OK = 200
_LONGEST = 15.0


class NotAcknowledged(Exception):
    """A server answered with another status than 200, or not at all: the figure would measure something else."""


class Connection(asyncio.Protocol):
    """One connection of HTTP/1.1; one request at a time."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._parser = httptools.HttpResponseParser(self)
        self._answer: asyncio.Future[int] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The connection stands."""
        self._transport = cast("asyncio.Transport", transport)  # TCP; not every loop's transports say so

    def data_received(self, data: bytes) -> None:
        """Part of an answer came."""
        self._parser.feed_data(data)

    def connection_lost(self, exc: Exception | None) -> None:
        """The server hung up."""
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(NotAcknowledged("the server hung up"))

    def on_message_complete(self) -> None:
        """An answer is whole (httptools calls this)."""
        status, self._parser = self._parser.get_status_code(), httptools.HttpResponseParser(self)
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(status)

    async def post(self, request: bytes) -> None:
        """Send a request and wait for its answer; raises ``NotAcknowledged`` unless that is 200."""
        assert self._transport is not None  # noqa: S101 connected before anybody gets it
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        async with asyncio.timeout(_LONGEST):
            status = await self._answer
        if status != OK:
            raise NotAcknowledged(f"status {status}")

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.close()


@asynccontextmanager
async def connections(port: int, number: int) -> AsyncGenerator[list[Connection]]:
    """Open connections to a server on this machine; it hangs up on those that are idle for seconds."""
    loop = asyncio.get_running_loop()
    opened: list[Connection] = []
    try:
        for _ in range(number):
            _transport, connection = await loop.create_connection(Connection, "127.0.0.1", port)
            opened.append(connection)
        yield opened
    finally:
        for connection in opened:
            connection.close()
