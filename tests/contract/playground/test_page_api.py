"""What the page asks of the playground's server, and who else may not."""

import json
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from bots.playground.app import create_playground
from bots.playground.config import Example, PlaygroundConfig
from bots.playground.page import Page, page_router
from bots.playground.post import Post
from bots.playground.slack_events import SlackPeople
from bots.playground.state import State
from bots.playground.telegram_queue import UpdateQueue
from bots.playground.telegram_updates import TelegramPeople
from tests.contract.playground.ground import Playground, playground

pytestmark = pytest.mark.contract

_CONFIG = PlaygroundConfig(
    events_url="http://127.0.0.1:1",
    slack_signing_secret=SecretStr("s"),
    slack_bot_token=SecretStr("xoxb-1"),
    telegram_bot_token=SecretStr("4242:x"),
)
_EXAMPLE = Example(text="What is on?", locale="en", platform="slack", person="U0ADAM", what="reads the agenda")


def _client(app: FastAPI) -> httpx2.AsyncClient:
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://localhost:8081")


def _unguarded() -> FastAPI:
    """The page's routes without the guard that stands before them."""
    state, post = State(None), Post()
    people = SlackPeople(_CONFIG, state, post), TelegramPeople(_CONFIG, state, UpdateQueue(_CONFIG, state))
    app = FastAPI()
    app.include_router(page_router(Page(_CONFIG, state, *people, (), model_is_real=False)))
    return app


async def test_an_empty_state_names_everybody_and_everything() -> None:
    app = create_playground(_CONFIG, None, examples=(_EXAMPLE,))
    async with _client(app) as client:
        state = (await client.get("/playground/state")).json()
    slack, telegram = state.pop("slack"), state.pop("telegram")
    example = {"text": "What is on?", "locale": "en", "platform": "slack", "person": "U0ADAM"}
    assert state == {
        "revision": 0,
        "model": {"real": False},
        "largest_file": 5_000_000,
        "examples": [{**example, "what": "reads the agenda"}],
    }
    assert [(each["id"], each["name"], each["locale"]) for each in slack["people"]] == [
        ("U0DANA", "Dana Levi", "he"),
        ("U0ADAM", "Adam Cohen", "en"),
        ("U0GUEST", "Gal Guest", "en"),
        ("U0SAM", "Sam Stranger", "en"),
    ]
    assert slack["channels"][:2] == [
        {"id": "C0MANAGERS", "name": "managers", "kind": "channel", "person": None},
        {"id": "D0DANA", "name": "EventFlow", "kind": "im", "person": "U0DANA"},
    ]
    assert (slack["team"], slack["bot"], slack["messages"]) == (
        "EventFlow",
        {"id": "U0EVENTBOT", "name": "EventFlow"},
        {},
    )
    assert telegram["bot"] == {"id": "4242", "username": "eventflow_bot", "name": "EventFlow"}
    assert [(each["id"], each["kind"], each["title"], each["person"]) for each in telegram["chats"]] == [
        ("7001", "private", "EventFlow", "7001"),
        ("7002", "private", "EventFlow", "7002"),
        ("7003", "private", "EventFlow", "7003"),
        ("7004", "private", "EventFlow", "7004"),
        ("7005", "private", "EventFlow", "7005"),
        ("-1001", "group", "Field crew", None),
    ]
    assert (telegram["messages"], telegram["alerts"], telegram["typing"]) == ({}, [], [])


async def test_the_stream_tells_of_every_change(ground: Playground) -> None:
    async with (
        httpx2.AsyncClient(trust_env=False) as client,
        client.stream("GET", f"{ground.address}/playground/stream") as stream,
    ):
        assert stream.headers["content-type"].startswith("text/event-stream")
        lines = stream.aiter_lines()
        assert await _event(lines) == ("changed", {"revision": 0})
        await ground.slack().chat_postMessage(channel="C0MANAGERS", text="x")
        assert await _event(lines) == ("changed", {"revision": 1})
    assert (await ground.state())["revision"] == 1


async def _event(lines: Any) -> tuple[str, Any]:
    name = (await anext(lines)).removeprefix("event: ")
    data = json.loads((await anext(lines)).removeprefix("data: "))
    assert await anext(lines) == ""
    return name, data


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "127.0.0.1@evil.example", "[::1", "", "127.0.0.1:x"]
)
async def test_a_name_that_leads_here_from_elsewhere_reads_nothing(host: str) -> None:
    async with _client(create_playground(_CONFIG, None)) as client:
        assert (await client.get("/playground/state", headers={"host": host})).status_code == 403
    async with _client(_unguarded()) as client:
        assert (await client.get("/playground/state", headers={"host": host})).status_code == 200


@pytest.mark.parametrize("host", ["127.0.0.1:8081", "localhost", "LOCALHOST:8081", "[::1]:8081"])
async def test_this_machines_own_names_are_let_in(host: str) -> None:
    async with _client(create_playground(_CONFIG, None)) as client:
        assert (await client.get("/playground/state", headers={"host": host})).status_code == 200


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
async def test_a_form_of_another_site_does_nothing(kind: str) -> None:
    async with _client(create_playground(_CONFIG, None)) as client:
        answer = await client.post("/playground/reset", content="{}", headers={"content-type": kind})
        assert answer.status_code == 415
    async with _client(_unguarded()) as client:
        answer = await client.post("/playground/reset", content="{}", headers={"content-type": kind})
        assert answer.status_code == 200


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("slack/say", {"person": "U1", "channel": "C0MANAGERS", "text": "x"}, 404),
        ("slack/say", {"person": "U0DANA", "channel": "D0ADAM", "text": "x"}, 404),
        ("slack/say", {"person": "U0DANA", "channel": "D0DANA", "text": ""}, 422),
        ("slack/press", {"person": "U0DANA", "channel": "D0DANA", "ts": "1.1", "action_id": "a"}, 404),
        ("telegram/say", {"person": "7001", "chat": "7002", "text": "x"}, 404),
        ("telegram/say", {"person": 7001, "chat": 7001, "text": "x"}, 200),
        ("telegram/press", {"person": "7001", "chat": "7001", "message_id": 1, "data": "a"}, 404),
        ("telegram/block", {"person": "7009", "blocked": True}, 404),
    ],
)
async def test_nobody_acts_where_they_are_not(ground: Playground, path: str, body: dict[str, Any], status: int) -> None:
    assert (await ground.post(path, body)).status_code == status


async def test_any_slack_payload_is_delivered_as_it_is(ground: Playground) -> None:
    await ground.post("slack/raw", {"payload": {"type": "url_verification", "challenge": "שלום"}})
    await ground.post("slack/raw", {"kind": "interactive", "payload": {"type": "x"}})
    await ground.program.wait(2)
    event, form = (body for _path, body, _headers in ground.program.got)
    assert json.loads(event) == {"type": "url_verification", "challenge": "שלום"}
    assert form == b"payload=%7B%22type%22%3A+%22x%22%7D"


@pytest.mark.parametrize("path", ["slack/raw", "telegram/raw"])
async def test_a_payload_that_is_no_text_is_refused(path: str) -> None:
    async with _client(create_playground(_CONFIG, None)) as client:
        half = b'{"payload": {"text": "\\ud800"}}'
        answer = await client.post(f"/playground/{path}", content=half, headers={"content-type": "application/json"})
        assert answer.status_code == 422
        state = await client.get("/playground/state")
    assert state.json()["slack"]["messages"] == {}


@pytest.mark.parametrize("text", ["", "not JSON", "[]", '{"slack": 5, "counter": "x"}', "\ud800"])
async def test_a_spoilt_file_is_an_empty_playground(tmp_path: Path, text: str) -> None:
    file = tmp_path / "state.json"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    async with playground(file) as ground:
        await ground.slack().chat_postMessage(channel="C0MANAGERS", text="x")
        assert len((await ground.state())["slack"]["messages"]["C0MANAGERS"]) == 1


async def test_a_file_of_an_earlier_version_keeps_its_chats(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    file.write_text(json.dumps({"slack": {"C0MANAGERS": []}, "telegram": {}, "alerts": [], "counter": 7}))
    async with playground(file) as ground, ground.bot() as bot:
        assert (await bot.send_message(7001, "x")).message_id == 8
        assert (await ground.state())["slack"]["messages"] == {"C0MANAGERS": []}
    assert [each["message_id"] for each in json.loads(file.read_text())["telegram"]["7001"]] == [8]
