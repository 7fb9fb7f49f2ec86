"""Who connects and says nothing, or half of something, is closed at the deadline; beyond the ceiling there is 503."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest
from fastapi import FastAPI, Request, Response

from bots.incoming import FREE, MAX_HEAD, MAX_HEADERS, Unfinished
from bots.serving import Site, bind, serve
from bots.storable import MAX_BODY, whole_body
from core.kernel.answers import TooLong

pytestmark = pytest.mark.contract

POST = b"POST / HTTP/1.1\r\nhost: x\r\n"
UNFINISHED = [b"", b"POST / HT", POST, POST + b"content-length: 9\r\n\r\n1234", POST + b"content-length: 9\r\n\r\n"]


@asynccontextmanager
async def served(
    *, seconds: float = 60, connections: int = 1000, unfinished: Unfinished | None = None
) -> AsyncGenerator[int]:
    app, stop, ready = FastAPI(), asyncio.Event(), asyncio.Event()

    async def echo(request: Request) -> Response:
        try:
            return Response(await whole_body(request))
        except TooLong:
            return Response(status_code=413)

    app.add_route("/", echo, methods=["POST"])
    waiting = unfinished or Unfinished(young_seconds=60)
    site = Site(app, "127.0.0.1", 0, request_seconds=seconds, connections=connections, unfinished=waiting)
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


async def test_at_the_ceiling_whoever_takes_longest_makes_room() -> None:
    asked = POST + b"connection: close\r\ncontent-length: 4\r\n\r\nbody"
    async with served(connections=5, unfinished=Unfinished(young_seconds=0)) as port:
        idle = [await asyncio.open_connection("127.0.0.1", port) for _one in range(4)]
        taken = await _answer(port, asked)
        async with asyncio.timeout(30):
            first = await idle[0][0].read()
        others_stay = [not reader.at_eof() for reader, _writer in idle[1:]]
        for _reader, writer in idle:
            writer.close()
    assert (taken[:12], first[:12], others_stay) == (b"HTTP/1.1 200", b"HTTP/1.1 503", [True, True, True])


STRANGERS, SENT, SHARED = 20, FREE + 36_000, 300_000
KEPT = SHARED // 36_000
LONG = POST + b"content-length: 900000\r\n\r\n"
COME_AGAIN = b"HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\nretry-after: 5\r\ncontent-length: 0\r\n\r\n"


async def _strangers(port: int, unfinished: Unfinished, *, kept: int = KEPT) -> list[asyncio.StreamWriter]:
    """Begin twenty long bodies, one after the other; every one beyond ``kept`` costs the slowest its connection."""
    began: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []
    async with asyncio.timeout(30):
        for number in range(STRANGERS):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(LONG + b"x" * (SENT - len(LONG)))
            began.append((reader, writer))
            while unfinished.together != min(number + 1, kept) * 36_000:
                await asyncio.sleep(0.005)
            if number >= kept:
                assert await began[number - kept][0].readuntil(b"\r\n\r\n") == COME_AGAIN
    return [writer for _reader, writer in began]


async def test_unfinished_bodies_hold_no_more_than_their_share_and_the_slowest_are_told_to_come_again() -> None:
    unfinished = Unfinished(most=SHARED, young_seconds=60)
    async with served(unfinished=unfinished) as port:
        began = await _strangers(port, unfinished)
        held = unfinished.together
        for writer in began:
            writer.close()
    assert (held, unfinished.together) == (KEPT * 36_000, 0)


async def test_without_a_share_they_hold_whatever_they_send() -> None:
    unfinished = Unfinished(most=1_000_000_000, young_seconds=60)
    async with served(unfinished=unfinished) as port:
        began = await _strangers(port, unfinished, kept=STRANGERS)
        held = unfinished.together
        for writer in began:
            writer.close()
    assert (held, unfinished.together) == (STRANGERS * 36_000, 0)


async def test_a_delivery_of_ordinary_size_comes_in_whatever_strangers_hold() -> None:
    unfinished = Unfinished(most=SHARED, young_seconds=60)
    half = b"y" * 30_000
    async with served(unfinished=unfinished) as port:
        early, early_sends = await asyncio.open_connection("127.0.0.1", port)
        early_sends.write(POST + b"connection: close\r\ncontent-length: 60000\r\n\r\n" + half)
        began = await _strangers(port, unfinished)
        early_sends.write(half)
        late = await _answer(port, POST + b"connection: close\r\ncontent-length: 60000\r\n\r\n" + half + half)
        async with asyncio.timeout(30):
            first = await early.read()
        for writer in [*began, early_sends]:
            writer.close()
    assert [answer[:12] for answer in (first, late)] == [b"HTTP/1.1 200"] * 2
    assert [answer.endswith(half + half) for answer in (first, late)] == [True, True]


async def test_what_was_answered_before_it_was_whole_holds_nothing() -> None:
    unfinished = Unfinished(most=SHARED, young_seconds=60)
    async with served(unfinished=unfinished) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(POST + b"content-length: %d\r\n\r\n" % (MAX_BODY + 1))
        async with asyncio.timeout(30):
            assert (await reader.readline()).startswith(b"HTTP/1.1 413 ")
            writer.write(b"x" * 200_000)
            await writer.drain()
            await asyncio.sleep(0.1)
        assert unfinished.together == 0
        writer.close()


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"x: " + b"y" * MAX_HEAD, b"431"),
        (b"x" * MAX_HEAD, b"431"),
        (b"a:b\r\n" * (MAX_HEADERS + 2), b"400"),
    ],
    ids=["one-without-end", "a-name-without-end", "too-many"],
)
async def test_headers_have_a_limit(head: bytes, status: bytes) -> None:
    async with served() as port:
        assert (await _answer(port, b"GET / HTTP/1.1\r\n" + head))[9:12] == status


async def test_a_hundred_headers_are_read() -> None:
    head = b"connection: close\r\ncontent-length: 4\r\n" + b"a: b\r\n" * (MAX_HEADERS - 3)
    async with served() as port:
        assert (await _answer(port, POST + head + b"\r\nbody"))[9:12] == b"200"
