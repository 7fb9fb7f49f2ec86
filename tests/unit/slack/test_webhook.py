"""The webhook: forged, stale, broken and oversized requests store nothing and never end in a 500."""

import hashlib
import hmac
import json
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from fastapi import APIRouter, FastAPI, Request, Response
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from bots.slack.inbound import inbound_event
from bots.slack.webhook import Answers, is_signed, router
from bots.slack.wire import read_body
from bots.storable import MAX_BODY
from core.kernel.messages import InboundEvent
from tests.unit.slack.payloads import TEAM, direct, press

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
NOW = 1_700_000_000
FORM = b"application/x-www-form-urlencoded"
BODY = json.dumps(direct()).encode()
EVENT = InboundEvent(
    platform="slack", workspace=TEAM, event_id="Ev1", lock="slack/T1/D1/", payload=direct(), sender="U1"
)

Headers = list[tuple[bytes, bytes]]


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


def signature(body: bytes, at: bytes, secret: str = SECRET) -> bytes:
    return b"v0=" + hmac.new(secret.encode(), b"v0:" + at + b":" + body, hashlib.sha256).hexdigest().encode()


def signed(body: bytes, at: int = NOW, *, kind: bytes = b"application/json", secret: str = SECRET) -> Headers:
    stamp = str(at).encode()
    return [
        (b"content-type", kind),
        (b"x-slack-request-timestamp", stamp),
        (b"x-slack-signature", signature(body, stamp, secret)),
    ]


def guarded(inbox: Inbox) -> APIRouter:
    return router(SecretStr(SECRET), inbox.receive, nothing_more, now=lambda: NOW)


async def nothing_more() -> Answers:
    raise AssertionError("nothing here wants more than to be kept")


async def post(inbox: Inbox, body: bytes, headers: Headers | None = None) -> int:
    return await ask(guarded(inbox), body, signed(body) if headers is None else headers)


async def ask(routes: APIRouter, body: bytes, headers: Headers) -> int:
    """Post through the application itself: an HTTP client would refuse to send some of these headers."""
    app = FastAPI()
    app.include_router(routes)
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
        "path": "/slack/events",
        "raw_path": b"/slack/events",
        "query_string": b"",
        "root_path": "",
        "headers": headers,
        "client": ("127.0.0.1", 1),
        "server": ("bot", 80),
    }
    await app(scope, receive, send)
    return sent[0]


async def test_an_event_is_stored_once_however_often_slack_repeats_it() -> None:
    inbox = Inbox()
    again = [*signed(BODY), (b"x-slack-retry-num", b"1"), (b"x-slack-retry-reason", b"http_timeout")]
    statuses = [await post(inbox, BODY), await post(inbox, BODY, again), await post(inbox, BODY, again)]
    assert (statuses, inbox.events) == ([200, 200, 200], [EVENT])


async def test_a_press_is_stored() -> None:
    inbox, body = Inbox(), urlencode({"payload": json.dumps(press())}).encode()
    status = await post(inbox, body, signed(body, kind=FORM))
    assert (status, [event.event_id for event in inbox.events]) == (200, ["press/C1/1700000001.7/U1/1700000009.5"])


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (json.dumps(direct(bot_id="B1")).encode(), b"application/json"),
        (json.dumps(direct(subtype="message_changed")).encode(), b"application/json"),
        (json.dumps({"type": "event_callback", "event": {"type": "team_join"}}).encode(), b"application/json"),
        (urlencode({"payload": json.dumps({"type": "block_suggestion"})}).encode(), FORM),
        (b"command=%2Feventflow&text=help", FORM),
        (b"ssl_check=1", FORM),
    ],
)
async def test_what_is_of_no_interest_is_acknowledged_and_dropped(body: bytes, kind: bytes) -> None:
    inbox = Inbox()
    assert (await post(inbox, body, signed(body, kind=kind)), inbox.events) == (200, [])


async def test_a_database_that_is_down_makes_slack_repeat() -> None:
    inbox = Inbox(is_down=True)
    down = await post(inbox, BODY)
    inbox.is_down = False
    assert (down, await post(inbox, BODY), inbox.events) == (503, 200, [EVENT])


async def test_the_challenge_is_answered_to_slack_alone() -> None:
    app = FastAPI()
    app.include_router(guarded(Inbox()))
    body = json.dumps({"type": "url_verification", "challenge": "3eZbrw1aB10FEMAGAZd4FyFQ"}).encode()
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot") as http:
        answer = await http.post("/slack/events", content=body, headers=signed(body))
        stranger = await http.post("/slack/events", content=body)
    assert (answer.status_code, answer.json(), stranger.status_code, stranger.content) == (
        200,
        {"challenge": "3eZbrw1aB10FEMAGAZd4FyFQ"},
        401,
        b"",
    )


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b'{"a": NaN}',
        b'{"type": "url_verification"}',
        b'{"type": "url_verification", "c": 1}',
    ],
)
async def test_what_is_signed_and_no_payload_is_refused(body: bytes) -> None:
    inbox = Inbox()
    assert (await post(inbox, body), inbox.events) == (400, [])


async def test_a_body_above_the_limit_is_refused_however_it_comes() -> None:
    async def parts() -> AsyncIterator[bytes]:
        for _ in range(11):
            yield b" " * (MAX_BODY // 10)

    app = FastAPI()
    inbox = Inbox()
    app.include_router(guarded(inbox))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot") as http:
        whole = await http.post("/slack/events", content=b" " * (MAX_BODY + 1), headers=signed(b""))
        parted = await http.post("/slack/events", content=parts(), headers=signed(b""))
    assert (whole.status_code, parted.status_code, inbox.events) == (413, 413, [])


@pytest.mark.parametrize(
    ("at", "status"), [(NOW - 300, 200), (NOW + 300, 200), (NOW - 301, 401), (NOW + 301, 401), (0, 401)]
)
async def test_a_request_counts_for_five_minutes(at: int, status: int) -> None:
    assert await post(Inbox(), BODY, signed(BODY, at)) == status


def test_slacks_own_example_of_a_signature() -> None:
    """From Slack's documentation, "Verifying requests from Slack"."""
    body = (
        b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
        b"&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
        b"&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554"
        b"%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    )
    headers = [
        (b"x-slack-signature", b"v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"),
        (b"x-slack-request-timestamp", b"1531420618"),
    ]
    assert is_signed(body, headers, SecretStr(SECRET), 1531420618) is True


def forgeries() -> list[Headers]:
    """Every flip of a bit, every shortening, doublings, other encodings, other stamps, and random bytes."""
    stamp = str(NOW).encode()
    right = signature(BODY, stamp)
    bits = [
        right[:at] + bytes([right[at] ^ (1 << bit)]) + right[at + 1 :] for at in range(len(right)) for bit in range(8)
    ]
    cuts = [right[:at] for at in range(len(right))] + [right[at:] for at in range(1, len(right))]
    shapes = [right * 2, right + b"\0", right.upper(), right[3:], b"v1" + right[2:], b"\xd7\xa9" * 7]
    others = [signature(BODY, stamp, "other"), signature(BODY, stamp, ""), signature(b"", stamp)]
    chance = random.Random(2)
    noise = [chance.randbytes(chance.randrange(1, 80)) for _ in range(1000)]
    name, at = b"x-slack-signature", (b"x-slack-request-timestamp", stamp)
    stamps = [b"", b"abc", b"9" * 5000, b"-1", b"+1700000000", b" 1700000000", b"17e8", b"\xd9\xa1", b"1700000000.0"]
    return [
        *([at, (name, value)] for value in (*bits, *cuts, *shapes, *others, *noise) if value != right),
        *([(at[0], value), (name, signature(BODY, value))] for value in stamps),
        [],
        [at],
        [(name, right)],
        [at, at, (name, right)],
        [at, (at[0], str(NOW + 1).encode()), (name, right)],
        [at, (name, right), (name, right)],
        [at, (name, b"x"), (name, right)],
    ]


@pytest.mark.parametrize("headers", [[], signed(b"")[:-1], signed(b"", NOW - 301)], ids=["none", "unsigned", "stale"])
async def test_the_body_of_who_shows_no_signature_is_not_read(headers: Headers) -> None:
    too_long = b"x" * (MAX_BODY + 1)
    assert (await post(Inbox(), too_long, headers), await post(Inbox(), too_long)) == (401, 413)


async def test_forged_requests_store_nothing() -> None:
    inbox, forged = Inbox(), forgeries()
    assert len(forged) > 1600
    assert ({await post(inbox, BODY, headers) for headers in forged}, inbox.events) == ({401}, [])


def defenceless(receive: Callable[[InboundEvent], Awaitable[bool]]) -> APIRouter:
    """The same route without its check of the signature."""
    routes = APIRouter()

    @routes.post("/slack/events")
    async def slack_events(request: Request) -> Response:  # pyright: ignore[reportUnusedFunction] (a route)
        event = inbound_event(read_body(await request.body(), ""))
        assert event is not None
        await receive(event)
        return Response()

    return routes


async def test_twin_without_the_check_the_same_forgeries_are_stored() -> None:
    inbox = Inbox()
    statuses = {await ask(defenceless(inbox.receive), BODY, headers) for headers in forgeries()[:10]}
    assert (statuses, inbox.events) == ({200}, [EVENT])


def test_twin_without_the_age_a_recorded_request_works_for_ever() -> None:
    """The signature itself stays right; only the age of its stamp tells a recording."""
    recorded, next_year = signed(BODY), NOW + 31_536_000
    given = dict(recorded)
    signature_alone = given[b"x-slack-signature"] == signature(BODY, given[b"x-slack-request-timestamp"])
    assert (is_signed(BODY, recorded, SecretStr(SECRET), next_year), signature_alone) == (False, True)


_values = st.one_of(
    st.binary(max_size=80), st.sampled_from([str(NOW).encode(), signature(BODY, str(NOW).encode()), FORM])
)
_names = st.sampled_from(
    [b"content-type", b"x-slack-signature", b"x-slack-request-timestamp", b"x-slack-retry-num", b"content-length"]
)


@given(body=st.one_of(st.binary(max_size=300), st.just(BODY)), headers=st.lists(st.tuples(_names, _values), max_size=6))
@settings(max_examples=300)
async def test_garbage_from_anybody_is_refused(body: bytes, headers: Headers) -> None:
    inbox = Inbox()
    is_right = is_signed(body, headers, SecretStr(SECRET), NOW)
    status = await post(inbox, body, headers)
    # A declared length over the limit is refused before anything else is looked at.
    assert status in ({200, 400} if is_right else {401, 413})
    assert inbox.events == ([EVENT] if is_right and status == 200 and body == BODY else [])


_json: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(
    body=st.one_of(
        st.binary(max_size=300),
        _json.map(lambda value: json.dumps(value).encode()),
        _json.map(lambda value: json.dumps(direct() | {"event": value}).encode()),
        _json.map(lambda value: json.dumps(direct(text=value)).encode()),
        _json.map(lambda value: urlencode({"payload": json.dumps(press(actions=value))}).encode()),
        st.binary(max_size=50).map(lambda noise: b"payload=" + noise),
    ),
    kind=st.sampled_from([b"application/json", FORM, b"\xff\xfe", b""]),
)
@settings(max_examples=300)
async def test_garbage_that_is_signed_never_ends_in_a_500(body: bytes, kind: bytes) -> None:
    assert await post(Inbox(), body, signed(body, kind=kind)) in {200, 400}


def test_an_empty_secret_is_refused_at_start() -> None:
    with pytest.raises(ValueError, match="SLACK_SIGNING_SECRET"):
        router(SecretStr(""), Inbox().receive, nothing_more)
