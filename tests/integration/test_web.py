"""The web process over HTTP: probes, the open door and the closed one, a database that goes away."""

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import httpx2
import pytest
from pydantic import SecretStr

from bots.app import web_app
from bots.process import open_process
from bots.serving import Site, bind, serve
from core.kernel.settings import Settings
from tests.owner import owner_rows, owner_run

pytestmark = pytest.mark.db

SIGNING, HOOK, METRICS = "signing-secret", "hook-secret", "metrics-token"
SETTINGS = Settings(
    slack_signing_secret=SecretStr(SIGNING),
    slack_bot_token=SecretStr("xoxb-1"),
    slack_api_url="http://127.0.0.1:9/api",
    telegram_bot_token=SecretStr("4242:abcdefghijklmnopqrstuvwxyz"),
    telegram_webhook_secret=SecretStr(HOOK),
    telegram_api_url="http://127.0.0.1:9",
    eventflow_metrics_token=SecretStr(METRICS),
)
UPDATE = {
    "update_id": 7,
    "message": {
        "message_id": 1,
        "date": 1,
        "chat": {"id": 7001, "type": "private"},
        "from": {"id": 7001, "is_bot": False, "first_name": "Noa"},
        "text": "hello",
    },
}
EVENT = {
    "type": "event_callback",
    "team_id": "T1",
    "event_id": "Ev1",
    "event": {"type": "message", "channel_type": "im", "channel": "D1", "user": "U1", "ts": "1.0", "text": "hello"},
}


@asynccontextmanager
async def served(database_url: str) -> AsyncGenerator[tuple[httpx2.AsyncClient, list[str]]]:
    refused: list[str] = []
    stop, ready = asyncio.Event(), asyncio.Event()
    async with open_process(SETTINGS, database_url) as process:
        app = web_app(process, with_worker=False, refuse=refused.append)
        site = Site(app, "127.0.0.1", 0)
        listener = bind(site)
        serving = asyncio.create_task(serve([(site, listener)], stop, ready))
        await ready.wait()
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        try:
            async with httpx2.AsyncClient(base_url=address, trust_env=False, timeout=20) as client:
                yield client, refused
        finally:
            stop.set()
            await serving


async def until_ready(client: httpx2.AsyncClient, status: int = 200) -> httpx2.Response:
    async with asyncio.timeout(20):
        while (answer := await client.get("/readyz")).status_code != status:
            await asyncio.sleep(0.05)
    return answer


async def slack_posts(client: httpx2.AsyncClient, body: bytes, *, secret: str = SIGNING, age: int = 0) -> int:
    at = str(int(time.time()) - age)
    signature = hmac.new(secret.encode(), f"v0:{at}:".encode() + body, hashlib.sha256).hexdigest()
    headers = {
        "content-type": "application/json",
        "x-slack-request-timestamp": at,
        "x-slack-signature": f"v0={signature}",
    }
    return (await client.post("/slack/events", content=body, headers=headers)).status_code


async def telegram_posts(client: httpx2.AsyncClient, body: bytes, secret: str = HOOK) -> int:
    headers = {"content-type": "application/json", "x-telegram-bot-api-secret-token": secret}
    return (await client.post("/telegram/webhook", content=body, headers=headers)).status_code


def stored(owner_url: str) -> list[tuple[str, str]]:
    rows = owner_rows(owner_url, "select platform, event_id from public.inbound_events order by platform")
    return [(row["platform"], row["event_id"]) for row in rows]


async def test_what_is_signed_is_stored_once_and_everything_else_leaves_no_trace(
    database_url: str, owner_url: str
) -> None:
    async with served(database_url) as (client, _refused):
        await until_ready(client)
        event, update = json.dumps(EVENT).encode(), json.dumps(UPDATE).encode()
        assert await slack_posts(client, event, secret="other") == 401
        assert await slack_posts(client, event, age=301) == 401
        assert await slack_posts(client, b"[1") == 400
        assert await slack_posts(client, b"x" * 1_000_001) == 413
        assert await telegram_posts(client, update, "other") == 401
        assert await telegram_posts(client, b"\xff") == 400
        assert stored(owner_url) == []
        for _delivery in range(3):
            assert await slack_posts(client, event) == 200
            assert await telegram_posts(client, update) == 200
        assert stored(owner_url) == [("slack", "Ev1"), ("telegram", "message/7001/1/7")]
        jobs = owner_rows(owner_url, "select task_name from procrastinate.procrastinate_jobs")
        assert jobs == [{"task_name": "handle_event"}] * 2


async def test_probes_and_metrics(database_url: str) -> None:
    async with served(database_url) as (client, _refused):
        assert (await until_ready(client)).text == "ready, but no worker is alive"
        assert (await client.get("/healthz")).text == "ok"
        metrics = (await client.get("/metrics")).text
        assert "eventflow_inbound_events_total" in metrics
        assert SIGNING not in metrics


@pytest.mark.parametrize(
    ("host", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("10.1.2.3", {}, 404),
        ("127.0.0.1", {"x-forwarded-for": "10.1.2.3"}, 404),
        ("127.0.0.1", {"forwarded": "for=10.1.2.3"}, 404),
    ],
)
async def test_metrics_are_for_the_same_machine(
    database_url: str, host: str, headers: dict[str, str], status: int
) -> None:
    async with open_process(SETTINGS, database_url) as process:
        app = web_app(process, with_worker=False, refuse=print)
        transport = httpx2.ASGITransport(app=app, client=(host, 5))
        async with httpx2.AsyncClient(transport=transport, base_url="http://bot") as client:
            assert (await client.get("/metrics", headers=headers)).status_code == status


async def test_metrics_are_for_the_same_machine_or_for_who_has_the_token(database_url: str) -> None:
    async with served(database_url) as (client, _refused):
        asked = [
            {},
            {"x-forwarded-for": "203.0.113.9"},
            {"forwarded": "for=203.0.113.9"},
            {"x-forwarded-for": "203.0.113.9", "authorization": "Bearer wrong"},
            {"x-forwarded-for": "203.0.113.9", "authorization": f"Bearer {METRICS}"},
        ]
        codes = [(await client.get("/metrics", headers=headers)).status_code for headers in asked]
    assert codes == [200, 404, 404, 404, 200]


async def test_metrics_without_the_rule_are_open(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def anybody(_request: object) -> bool:
        return True

    monkeypatch.setattr("bots.app._is_near", anybody)
    async with served(database_url) as (client, _refused):
        assert (await client.get("/metrics", headers={"x-forwarded-for": "203.0.113.9"})).status_code == 200


async def test_when_the_database_is_down_platforms_are_told_to_come_again(database_url: str, owner_url: str) -> None:
    async with served(database_url) as (client, _refused):
        await until_ready(client)
        name = database_url.partition("?")[0].rpartition("/")[2]
        maintenance = owner_url.replace(f"/{name}?", "/postgres?")
        owner_run(
            maintenance,
            f'alter database "{name}" allow_connections false',
            f"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'",
        )
        assert await slack_posts(client, json.dumps(EVENT).encode()) == 503
        assert await telegram_posts(client, json.dumps(UPDATE).encode()) == 503
        assert (await until_ready(client, 503)).text == "not ready: database"
        assert (await client.get("/healthz")).status_code == 200
        owner_run(maintenance, f'alter database "{name}" allow_connections true')
        await until_ready(client)
        assert await slack_posts(client, json.dumps(EVENT).encode()) == 200
    assert stored(owner_url) == [("slack", "Ev1")]


async def test_a_database_without_the_latest_migration_is_not_ready(database_url: str, owner_url: str) -> None:
    owner_run(owner_url, "delete from app.migrations where name = '0006_agenda.sql'")
    async with served(database_url) as (client, _refused):
        async with asyncio.timeout(20):
            while (answer := await client.get("/readyz")).text != "not ready: migrations":
                await asyncio.sleep(0.05)
        assert answer.status_code == 503


async def test_a_role_that_bypasses_the_rules_is_never_served(owner_url: str) -> None:
    async with served(owner_url) as (client, refused):
        async with asyncio.timeout(20):
            while not refused:
                await asyncio.sleep(0.05)
        assert "is a superuser" in refused[0]
        assert await slack_posts(client, json.dumps(EVENT).encode()) == 503
