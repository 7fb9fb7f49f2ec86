"""Who connects and says nothing, or half of something, is closed at the deadline; beyond the ceiling there is 503."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest
from fastapi import FastAPI, Request, Response

from bots.serving import Site, bind, serve
from bots.storable import MAX_BODY, whole_body
from core.kernel.answers import TooLong

pytestmark = pytest.mark.contract

POST = b"POST / HTTP/1.1\r\nhost: x\r\n"
UNFINISHED = [b"", b"POST / HT", POST, POST + b"content-length: 9\r\n\r\n1234", POST + b"content-length: 9\r\n\r\n"]


@asynccontextmanager
async def served(*, seconds: float = 60, connections: int = 1000) -> AsyncGenerator[int]:
    app, stop, ready = FastAPI(), asyncio.Event(), asyncio.Event()

    async def echo(request: Request) -> Response:
        try:
            return Response(await whole_body(request))
        except TooLong:
            return Response(status_code=413)

    app.add_route("/", echo, methods=["POST"])
    site = Site(app, "127.0.0.1", 0, request_seconds=seconds, connections=connections)
    listener = bind(site)
    serving = asyncio.create_task(serve([(site, listener)], stop, ready))
    await ready.wait()
    try:
        yield listener.getsockname()[1]
    finally:
        stop.set()
        await serving


async def _answer(port: int, sent: bytes) -> bytes:
    """Send some bytes and nothing more; return what comes until the other side closes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(sent)
        async with asyncio.timeout(30):
            return await reader.read()
    except ConnectionError:
        return b""
    finally:
        writer.close()


@pytest.mark.parametrize("sent", UNFINISHED)
async def test_an_unfinished_request_is_closed_at_the_deadline(sent: bytes) -> None:
    async with served(seconds=0.3) as port:
        assert await _answer(port, sent) == b""


@pytest.mark.parametrize("sent", UNFINISHED)
async def test_without_the_deadline_it_stays(sent: bytes) -> None:
    async with served() as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(sent)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(1):
                await reader.read()
        writer.close()


async def test_bytes_that_drip_do_not_put_the_deadline_off() -> None:
    async with served(seconds=0.5) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(POST + b"content-length: 1000\r\n\r\n")
        with pytest.raises(ConnectionError):
            for _drip in range(200):
                writer.write(b"x")
                await writer.drain()
                await asyncio.sleep(0.05)
                if reader.at_eof():
                    raise ConnectionError
        writer.close()


async def test_a_whole_request_is_answered_and_its_connection_kept() -> None:
    async with served(seconds=0.5) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for _time in range(2):
            writer.write(POST + b"content-length: 4\r\n\r\nbody")
            assert (await reader.readuntil(b"body")).startswith(b"HTTP/1.1 200")
            await asyncio.sleep(0.7)
        writer.close()


async def test_a_body_that_says_it_is_too_long_is_refused_before_it_comes() -> None:
    async with served() as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(POST + b"content-length: %d\r\n\r\n" % (MAX_BODY + 1))
        async with asyncio.timeout(30):
            assert (await reader.readline()).startswith(b"HTTP/1.1 413 ")
        writer.close()


async def test_beyond_the_ceiling_there_is_503() -> None:
    asked = POST + b"connection: close\r\ncontent-length: 4\r\n\r\nbody"
    async with served(connections=5) as port:
        idle = [await asyncio.open_connection("127.0.0.1", port) for _one in range(5)]
        refused = await _answer(port, asked)
        for _reader, writer in idle:
            writer.close()
    async with served(connections=5) as port:
        taken = await _answer(port, asked)
    assert (refused[:12], taken[:12]) == (b"HTTP/1.1 503", b"HTTP/1.1 200")
