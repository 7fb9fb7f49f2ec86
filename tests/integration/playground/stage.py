"""The sample conference in a real database, people who write to it, and the stand-in for Gemini behind real HTTP."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from zoneinfo import ZoneInfo

from fastapi import FastAPI

from bots.commands.demo_people import add_people
from bots.playground.gemini import gemini_router
from bots.serving import Site, bind, serve
from core.ai.gemini import open_model
from core.ai.models import Model
from core.db import Database
from core.flows.on_message import on_message
from core.flows.runtime import Runtime
from core.identity import provisioning
from core.imports.demo import load_demo, write_demo
from core.kernel.messages import Address, InboundMessage
from core.kernel.principal import ChatUser
from core.kernel.settings import Settings
from tests.drain import drain
from tests.fakes import FakePlatform, runtime
from tests.owner import owner_rows
from tests.world import NOW, ZONE

BOT, TEAM = "7000000001", "T0EVENTFLOW"
DANA = ChatUser("slack", TEAM, "U0DANA")
TOM = ChatUser("telegram", BOT, "7002")
_SUGGESTIONS = """
select action_type, is_blocked from public.ai_insights_log
where kind = 'suggestion' and origin ->> 'channel' = %s order by created_at, id
"""
_number = count(1)


@dataclass(slots=True)
class Stage:
    """The running program; every message is said in a conversation of its own."""

    rt: Runtime
    slack: FakePlatform
    telegram: FakePlatform
    database_url: str
    owner_url: str

    async def hear(self, text: str, sender: ChatUser = DANA) -> list[str]:
        """Say something; return the lines of the answer, without the marks that isolate values."""
        channel = await self._say(text, sender)
        [(_, words)] = [said for said in self._said(sender) if said[0] == channel]
        return words.replace("\u2068", "").replace("\u2069", "").splitlines()

    async def ask_for(self, text: str, sender: ChatUser = DANA) -> list[tuple[str, bool]]:
        """Say something; return the suggestions that it led to: what each would do, and whether it is blocked."""
        channel = await self._say(text, sender)
        rows = owner_rows(self.owner_url, _SUGGESTIONS, (channel,))
        return [(row["action_type"], row["is_blocked"]) for row in rows]

    async def _say(self, text: str, sender: ChatUser) -> str:
        number = next(_number)
        channel = sender.user if sender.platform == "telegram" else f"D{number}"
        address = Address(sender.platform, sender.workspace, channel)
        said = InboundMessage(event_id=f"E{number}", sender=sender, address=address, text=text, direct=True)
        await on_message(self.rt, said)
        await drain(self.rt, self.database_url)
        return channel

    def _said(self, sender: ChatUser) -> list[tuple[str, str]]:
        return self.slack.said if sender.platform == "slack" else self.telegram.said


@asynccontextmanager
async def the_demo(db: Database, database_url: str, owner_url: str) -> AsyncGenerator[Stage]:
    """Fill the database as `eventflow demo` does, and open the stand-in; day one of the conference is tomorrow."""
    sample = load_demo((NOW.astimezone(ZoneInfo(ZONE)) + timedelta(days=1)).date())
    async with db.as_operator() as tx:
        organization = await add_people(tx, telegram_bot=BOT)
        importer = await provisioning.command_line_of(tx, organization)
    async with db.acting_as(importer) as tx:
        await write_demo(tx, sample, lambda _done, _total: None)
    rt, slack, telegram, _model = runtime(db)
    slack.emails["U0DANA"] = "dana@example.org"
    async with _stand_in() as model:

        async def the_model() -> Model:
            return model

        yield Stage(replace(rt, model=the_model), slack, telegram, database_url, owner_url)


@asynccontextmanager
async def _stand_in() -> AsyncGenerator[Model]:
    app = FastAPI()
    app.include_router(gemini_router())
    site, stop, ready = Site(app, "127.0.0.1", 0), asyncio.Event(), asyncio.Event()
    listener = bind(site)
    serving = asyncio.create_task(serve([(site, listener)], stop, ready))
    await ready.wait()
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/gemini"
    model = open_model(Settings.model_validate({"gemini_api_key": "stand-in", "gemini_api_url": url}))
    try:
        yield model
    finally:
        await model.close()
        stop.set()
        await serving
