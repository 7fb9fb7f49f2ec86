"""What compose.yaml starts, started by hand with its commands and environment: a message goes through all of it."""

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import httpx2
import pytest

from migrations.embedded import Embedded
from tests.conftest import with_database
from tests.contract.telegram.standin import TOKEN, bot_api
from tests.integration.terminal.operator import ROOT
from tests.integration.test_web import UPDATE
from tests.owner import owner_run
from tests.ports import free_port
from tests.unit.deploy.manifests import read

pytestmark = pytest.mark.db

SERVICES: dict[str, dict[str, Any]] = read("compose.yaml")["services"]
HOOK, METRICS = "hook-secret", "metrics-token"
PLACES = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "EVENTFLOW_HOST": "127.0.0.1"}


class House:
    """A folder of secrets, an empty home, and the processes that compose would start in it."""

    def __init__(self, folder: Path, secrets: dict[str, str]) -> None:
        self.home, self._secrets = folder / "home", folder / "secrets"
        self.home.mkdir()
        self._secrets.mkdir()
        self._values = secrets

    async def start(self, name: str, **more: str) -> Process:
        """Start a service with the secrets that compose gives it, and no other setting but where its neighbours are."""
        service, own = SERVICES[name], self._secrets / name
        own.mkdir()
        for secret in service["secrets"]:
            (own / secret).write_text(self._values.get(secret, ""), "utf-8")
        given = {key: value for key, value in service["environment"].items() if "$" not in value}
        environment = {**given, **PLACES, "EVENTFLOW_SECRETS": str(own), "EVENTFLOW_HOME": str(self.home), **more}
        command = [sys.executable, "-m", "bots.cli", *service["command"]]
        return await asyncio.create_subprocess_exec(*command, env=environment, cwd=self.home, stdout=PIPE, stderr=PIPE)


@asynccontextmanager
async def ended(*processes: Process) -> AsyncGenerator[None]:
    """Whatever happens, leave nothing behind."""
    try:
        yield
    finally:
        for process in processes:
            if process.returncode is None:
                process.kill()
                await process.communicate()


async def stopped(process: Process, service: str) -> int:
    """Ask a process to stop as compose does, and give it no longer than compose does; return its exit code."""
    process.send_signal(signal.SIGTERM)
    async with asyncio.timeout(int(SERVICES[service]["stop_grace_period"].removesuffix("s"))):
        await process.communicate()
    assert process.returncode is not None
    return process.returncode


async def answer(port: int, path: str, **headers: str) -> tuple[int, str]:
    try:
        async with httpx2.AsyncClient(trust_env=False, timeout=10) as client:
            said = await client.get(f"http://127.0.0.1:{port}{path}", headers=headers)
    except httpx2.TransportError:
        return 0, ""
    return said.status_code, said.text


async def until(port: int, path: str, wanted: tuple[int, str]) -> None:
    async with asyncio.timeout(90):
        while await answer(port, path) != wanted:
            await asyncio.sleep(0.2)


def secrets_for(login_url: str, owner_url: str) -> dict[str, str]:
    return {
        "database_url": f"{login_url}\n",
        "database_owner_url": owner_url,
        "telegram_bot_token": TOKEN,
        "telegram_webhook_secret": HOOK,
        "eventflow_metrics_token": METRICS,
    }


async def test_migrate_then_web_and_worker_and_a_message_goes_through(server: Embedded, tmp_path: Path) -> None:
    maintenance = with_database(server.owner_url, "postgres")
    owner_run(maintenance, "create database composed template template0")
    login, owner = with_database(server.login_url, "composed"), with_database(server.owner_url, "composed")
    house = House(tmp_path, secrets_for(login, owner))
    web_port, worker_port = free_port(), free_port()
    try:
        async with bot_api() as telegram:
            migrate = await house.start("migrate")
            async with ended(migrate):
                said, wrong = await migrate.communicate()
                assert (migrate.returncode, wrong) == (0, b"")
                assert said.decode().endswith("The database is up to date and verified.\n")
            web = await house.start("web", EVENTFLOW_PORT=str(web_port), TELEGRAM_API_URL=telegram.url)
            async with ended(web):
                await until(web_port, "/readyz", (200, "ready, but no worker is alive"))
                worker = await house.start(
                    "worker", EVENTFLOW_PROBE_PORT=str(worker_port), TELEGRAM_API_URL=telegram.url
                )
                async with ended(worker):
                    await until(worker_port, "/readyz", (200, "ready"))
                    await until(web_port, "/readyz", (200, "ready"))
                    await _deliver(web_port)
                    async with asyncio.timeout(60):
                        await telegram.asked("sendMessage")
                    [invited] = telegram.of("sendMessage")
                    assert invited["chat_id"] == "7001"
                    code, figures = await answer(worker_port, "/metrics", Authorization=f"Bearer {METRICS}")
                    assert code == 200 and 'eventflow_jobs_total{outcome="done",task="handle_event"} 1.0' in figures
                    assert [await stopped(worker, "worker"), await stopped(web, "web")] == [0, 0]
        assert list(house.home.iterdir()) == []
    finally:
        owner_run(maintenance, "drop database if exists composed with (force)")


async def _deliver(port: int) -> None:
    headers = {"x-telegram-bot-api-secret-token": HOOK, "content-type": "application/json"}
    async with httpx2.AsyncClient(trust_env=False, timeout=20) as client:
        said = await client.post(
            f"http://127.0.0.1:{port}/telegram/webhook", content=json.dumps(UPDATE), headers=headers
        )
    assert said.status_code == 200


@pytest.mark.parametrize(("service", "setting"), [("worker", "EVENTFLOW_PROBE_PORT"), ("web", "EVENTFLOW_PORT")])
async def test_without_its_database_it_is_alive_and_not_ready_and_ends_when_it_is_asked(
    database_url: str, tmp_path: Path, service: str, setting: str
) -> None:
    """A restart mends no database; a process that waits for one has to end all the same."""
    away = urlunsplit(urlsplit(database_url)._replace(netloc="eventflow@127.0.0.1:1", query=""))
    house, port = House(tmp_path, secrets_for(away, away)), free_port()
    process = await house.start(service, **{setting: str(port)})
    async with ended(process):
        await until(port, "/healthz", (200, "ok"))
        assert await answer(port, "/readyz") == (503, "not ready: database")
        assert (await answer(port, "/metrics", Authorization="Bearer wrong", **{"X-Forwarded-For": "1.2.3.4"}))[
            0
        ] == 404
        assert await stopped(process, service) == 0
