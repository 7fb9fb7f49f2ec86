"""The whole program in this process, with stand-ins for Slack and the model: a message goes in, its card comes out."""

import asyncio
import dataclasses
import time
from collections.abc import AsyncGenerator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

from bots.app import web_app
from bots.bench.office import Office, open_office
from bots.bench.stage import Stage
from bots.bench.web import deliveries, stand_ins
from bots.bench.web.client import Connection, connections
from bots.bench.web.servers import NotStarted, is_ready
from bots.bench.wire import relayed
from bots.chats import Chats, open_chats
from bots.parts import Parts, end
from bots.process import Process, open_process
from bots.serving import Site, bind, serve
from bots.worker import Worker
from core.ai.models import Model
from core.kernel.settings import Settings

_LONGEST = 20.0
"""Seconds: longer than the queue's own polling, which must show where it is what a message waits for."""
_LEFT = "select count(*) as jobs from procrastinate.procrastinate_jobs"


class Refused(Exception):
    """The program found its database unsafe."""


@dataclass(slots=True)
class Program:
    """A running program with an office whose sessions can all be moved."""

    port: int
    slack: stand_ins.Slack
    owner: Any
    """A connection that sees the queue."""
    _messages: Iterator[bytes]
    _presses: int = 0

    async def message_to_card(self) -> float:
        """Post the next message and wait until all is done; return the seconds until its card arrived."""
        async with connections(self.port, 1) as [connection]:
            return await self._seen(connection, next(self._messages))

    async def press_to_edit(self) -> float:
        """Approve the last card and wait until all is done; return the seconds until it was edited."""
        self._presses += 1
        async with connections(self.port, 1) as [connection]:
            return await self._seen(connection, deliveries.press(self._presses, *self.slack.shown))

    async def _seen(self, connection: Connection, delivery: bytes) -> float:
        self.slack.card = asyncio.get_running_loop().create_future()
        started = time.perf_counter()
        await connection.post(delivery)
        async with asyncio.timeout(_LONGEST):
            taken = await self.slack.card - started
        await until_idle(self.owner)
        return taken


async def until_idle(owner: Any) -> None:
    """Wait until the queue of a connection's database is empty, so that the next to be measured is alone."""
    async with asyncio.timeout(_LONGEST):
        while True:
            found = await (await owner.execute(_LEFT)).fetchone()
            if not found["jobs"]:
                return
            await asyncio.sleep(0.01)


@asynccontextmanager
async def running(stage: Stage, database: str, *, messages: int, away: float = 0.0) -> AsyncGenerator[Program]:
    """Run the web part and a worker on a fresh database, for so many messages.

    ``away``: seconds that every round trip to the database takes more than it does.
    """
    async with AsyncExitStack() as stack:
        address, slack = await stack.enter_async_context(stand_ins.slack())
        settings = Settings.model_validate(
            {
                "slack_signing_secret": deliveries.SIGNING_SECRET,
                "slack_bot_token": deliveries.TOKEN,
                "slack_api_url": address,
            }
        )
        url = stage.login_url(database)
        if away:
            url, _ = await stack.enter_async_context(relayed(url, seconds=away))
        process = await stack.enter_async_context(open_process(settings, url))
        async with stage.door(database) as near:
            office = await open_office(stage, database, near, sessions=messages)
        chats = await stack.enter_async_context(open_chats(process))
        chats = dataclasses.replace(chats, rt=dataclasses.replace(chats.rt, model=_model))
        port = await stack.enter_async_context(_serving(process, chats))
        owner = await stack.enter_async_context(stage.owner(database))
        yield Program(port, slack, owner, _moves(office))


async def _model() -> Model | None:
    return stand_ins.Model()


def _moves(office: Office) -> Iterator[bytes]:
    for number, session in enumerate(office.sessions, 1):
        yield deliveries.mention(number, f"move {session} to 11:00")


@asynccontextmanager
async def _serving(process: Process, chats: Chats) -> AsyncGenerator[int]:
    stop, up = asyncio.Event(), asyncio.Event()

    def refuse(why: str) -> None:
        raise Refused(why)

    site = Site(web_app(process, with_worker=False, refuse=refuse), "127.0.0.1", 0)
    listener = bind(site)
    port = int(listener.getsockname()[1])
    parts = [
        asyncio.create_task(work)
        for work in (serve([(site, listener)], stop, up), Worker(process, chats).run(stop, Parts()))
    ]
    try:
        await up.wait()
        async with asyncio.timeout(_LONGEST):
            while not await is_ready(port):
                if any(part.done() for part in parts):
                    raise NotStarted
                await asyncio.sleep(0.05)
        yield port
    finally:
        stop.set()
        for part in parts:
            await end(part, within_seconds=_LONGEST)
