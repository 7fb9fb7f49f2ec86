"""The webhook: forged, broken and oversized requests store nothing and never end in a 500."""

import json
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx
import pytest
from fastapi import APIRouter, FastAPI, Request, Response
from pydantic import SecretStr

from bots.storable import MAX_BODY
from bots.telegram.inbound import inbound_event
from bots.telegram.webhook import router
from bots.telegram.wire import read_update
from core.kernel.messages import InboundEvent

SECRET = "s3cret_Token-1"
HEADER = b"X-Telegram-Bot-Api-Secret-Token"
DANA = {"id": 42, "is_bot": False, "first_name": "Dana"}
UPDATE: dict[str, Any] = {
    "update_id": 5,
    "message": {"message_id": 1, "date": 1, "from": DANA, "chat": {"id": 42, "type": "private"}, "text": "hi"},
}
EVENT = InboundEvent(
    platform="telegram",
    workspace="777",
    event_id="message/42/1/5",
    lock="telegram/777/42/",
    payload=UPDATE,
    sender="42",
)


class Inbox:
    """Stores events once, in memory; ``is_down`` makes it fail as a database does."""

    def __init__(self, *, is_down: bool = False) -> None:
        self.events: list[InboundEvent] = []
        self.is_down = is_down

    async def receive(self, event: InboundEvent) -> bool:
        if self.is_down:
            raise ConnectionError("no database")
        is_new = event.event_id not in {known.event_id for known in self.events}
        if is_new:
            self.events.append(event)
        return is_new


def client(inbox: Inbox, routes: APIRouter | None = None) -> httpx.AsyncClient:
    app = FastAPI()
    app.include_router(routes or router(SecretStr(SECRET), "777", inbox.receive))
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot")


async def post(
    inbox: Inbox, body: bytes, headers: list[tuple[bytes, bytes]] | None = None, routes: APIRouter | None = None
) -> int:
    given = [(HEADER, SECRET.encode())] if headers is None else headers
    async with client(inbox, routes) as http:
        return (await http.post("/telegram/webhook", content=body, headers=given)).status_code


async def test_an_update_is_stored_once_and_each_delivery_is_acknowledged() -> None:
    inbox = Inbox()
    statuses = [await post(inbox, json.dumps(UPDATE).encode()) for _ in range(3)]
    assert (statuses, inbox.events) == ([200, 200, 200], [EVENT])


async def test_an_update_of_no_interest_is_acknowledged_and_dropped() -> None:
    inbox = Inbox()
    status = await post(inbox, json.dumps({"update_id": 6, "channel_post": UPDATE["message"]}).encode())
    assert (status, inbox.events) == (200, [])


async def test_a_database_that_is_down_makes_telegram_repeat() -> None:
    inbox = Inbox(is_down=True)
    body = json.dumps(UPDATE).encode()
    down = await post(inbox, body)
    inbox.is_down = False
    assert (down, await post(inbox, body), inbox.events) == (503, 200, [EVENT])


def text_update(text: str) -> bytes:
    return json.dumps(UPDATE | {"message": UPDATE["message"] | {"text": "TEXT"}}).replace("TEXT", text).encode()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"5",
        b"{}",
        b'{"update_id": "5"}',
        b'{"update_id": true}',
        b'{"update_id": 5.0}',
        b'{"update_id": -1}',
        b'{"update_id": 9223372036854775808}',
        b'{"update_id": ' + b"9" * 5000 + b"}",
        b'{"update_id": 5, "message": NaN}',
        b'{"update_id": 5, "message": -Infinity}',
        b'{"update_id": 5, "message": 1e999}',
        b'{"update_id": 5, "a": "\xff"}',
        b"\xef\xbb\xbf" + json.dumps(UPDATE).encode(),
        json.dumps(UPDATE).encode("utf-16"),
        text_update(r"nul \u0000"),
        text_update(r"half \ud83d"),
        text_update(r"half \udc00"),
        b'{"update_id": 5, "\\u0000": 1}',
        b'{"update_id": 5, "m": ' + b"[" * 70 + b"]" * 70 + b"}",
        b'{"update_id": 5, "m": ' + b'{"m":' * 150_000,
        b'{"update_id": 5, "m": ' + b"[" * 400_000 + b"]" * 400_000 + b"}",
    ],
)
async def test_what_is_no_storable_update_is_refused(body: bytes) -> None:
    inbox = Inbox()
    assert (await post(inbox, body), inbox.events) == (400, [])


async def test_a_body_above_the_limit_is_refused_however_it_comes() -> None:
    async def parts() -> AsyncIterator[bytes]:
        for _ in range(11):
            yield b" " * (MAX_BODY // 10)

    inbox = Inbox()
    async with client(inbox) as http:
        whole = await http.post("/telegram/webhook", content=b" " * (MAX_BODY + 1), headers=[(HEADER, SECRET.encode())])
        parted = await http.post("/telegram/webhook", content=parts(), headers=[(HEADER, SECRET.encode())])
    assert (whole.status_code, parted.status_code, inbox.events) == (413, 413, [])


def forgeries() -> list[list[tuple[bytes, bytes]]]:
    """Every flip of a bit, every shortening, doublings, other encodings, and random bytes: 5,000 and more."""
    right = SECRET.encode()
    bits = [
        right[:at] + bytes([right[at] ^ (1 << bit)]) + right[at + 1 :] for at in range(len(right)) for bit in range(8)
    ]
    cuts = [right[:at] for at in range(len(right))] + [right[at:] for at in range(1, len(right))]
    shapes = [right * 2, right + b"\0", b" " + right + b"x", right.upper(), right.hex().encode(), b"\xd7\xa9" * 7]
    chance = random.Random(2)  # the same forgeries in every run
    noise = [chance.randbytes(chance.randrange(1, 40)) for _ in range(5000)]
    singles = [[(HEADER, value)] for value in (*bits, *cuts, *shapes, *noise) if value != right]
    doubled = [[(HEADER, right), (HEADER, right)], [(HEADER, right), (HEADER, b"")], [(HEADER, b"x"), (HEADER, right)]]
    elsewhere = [[], [(b"X-Telegram-Bot-Api-Secret", right)], [(b"Authorization", right)]]
    return [*singles, *doubled, *elsewhere]


async def answers(routes: APIRouter, forged: list[list[tuple[bytes, bytes]]]) -> set[int]:
    """Post through the application itself: an HTTP client would refuse to send some of these headers."""
    app = FastAPI()
    app.include_router(routes)
    return {await _status(app, headers) for headers in forged}


async def _status(app: FastAPI, headers: list[tuple[bytes, bytes]]) -> int:
    body = json.dumps(UPDATE).encode()
    sent: list[int] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            sent.append(message["status"])

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/telegram/webhook",
        "raw_path": b"/telegram/webhook",
        "query_string": b"",
        "root_path": "",
        "headers": [(name.lower(), value) for name, value in headers],
        "client": ("127.0.0.1", 1),
        "server": ("bot", 80),
    }
    await app(scope, receive, send)
    return sent[0]


async def test_forged_requests_store_nothing() -> None:
    inbox, forged = Inbox(), forgeries()
    assert len(forged) > 5000
    assert (await answers(router(SecretStr(SECRET), "777", inbox.receive), forged), inbox.events) == ({401}, [])


def defenceless(receive: Callable[[InboundEvent], Awaitable[bool]]) -> APIRouter:
    """The same route without its check of the secret."""
    routes = APIRouter()

    @routes.post("/telegram/webhook")
    async def telegram_webhook(request: Request) -> Response:  # pyright: ignore[reportUnusedFunction] (a route)
        event = inbound_event(read_update(await request.body()), "777")
        assert event is not None
        await receive(event)
        return Response()

    return routes


async def test_twin_without_the_check_the_same_forgeries_are_stored() -> None:
    inbox = Inbox()
    assert (await answers(defenceless(inbox.receive), forgeries()[:10]), inbox.events) == ({200}, [EVENT])


@pytest.mark.parametrize("secret", ["", "a b", "סוד", "x" * 257])
def test_a_secret_that_telegram_would_not_take_is_refused_at_start(secret: str) -> None:
    with pytest.raises(ValueError, match="TELEGRAM_WEBHOOK_SECRET"):
        router(SecretStr(secret), "777", Inbox().receive)
