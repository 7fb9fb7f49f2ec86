"""What every process of the program opens at its start: the database, the chat platforms that are on, the model."""

import asyncio
import importlib
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from bots.slack.outbound import SlackPlatform, open_slack
from bots.telegram.outbound import TelegramPlatform, open_telegram
from core.ai.models import Model
from core.db import Database
from core.flows.runtime import Runtime
from core.kernel.cards import ChatPlatform
from core.kernel.principal import Platform
from core.kernel.settings import Settings
from migrations import embedded
from migrations.apply import migrate
from migrations.login import ensure_login


@dataclass(frozen=True, slots=True)
class Process:
    """The open parts of a process; closed in reverse order when it ends."""

    settings: Settings
    database_url: str
    rt: Runtime
    slack: SlackPlatform | None
    telegram: TelegramPlatform | None


class LazyModel:
    """Loads the model's SDK, which takes about a second, after the port listens or when it is first needed."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = asyncio.Lock()
        self._model: Model | None = None

    async def __call__(self) -> Model | None:
        """Return the model, or None when no key is set."""
        if not self._settings.model_is_on:
            return None
        async with self._lock:
            if self._model is None:
                gemini = await asyncio.to_thread(importlib.import_module, "core.ai.gemini")
                self._model = gemini.open_model(self._settings)
            return self._model

    async def close(self) -> None:
        """Close the model's connections."""
        if self._model is not None:
            await self._model.close()


@asynccontextmanager
async def open_database(settings: Settings) -> AsyncGenerator[str]:
    """Yield the login role's URL: the configured one, or the embedded server's, brought up to date."""
    if settings.database_url is not None:
        yield settings.database_url.get_secret_value()
        return
    server = await embedded.start(settings.eventflow_home)
    try:
        await migrate(server.owner_url)
        await ensure_login(server.owner_url, server.login_url)
        yield server.login_url
    finally:
        await asyncio.to_thread(server.stop)


@asynccontextmanager
async def open_process(settings: Settings, database_url: str) -> AsyncGenerator[Process]:
    """Open everything that flows need. Nothing here talks to a platform or the model yet."""
    async with AsyncExitStack() as stack:
        db = Database(database_url, size=settings.eventflow_database_pool)
        await db.open()
        stack.push_async_callback(db.close)
        platforms: dict[Platform, ChatPlatform] = {}
        slack = telegram = None
        if settings.slack_is_on:
            slack = platforms["slack"] = await stack.enter_async_context(open_slack(settings))
        if settings.telegram_is_on:
            telegram = platforms["telegram"] = await stack.enter_async_context(open_telegram(settings))
        model = LazyModel(settings)
        stack.push_async_callback(model.close)
        rt = Runtime(db=db, platforms=platforms, model=model, settings=settings)
        yield Process(settings=settings, database_url=database_url, rt=rt, slack=slack, telegram=telegram)
