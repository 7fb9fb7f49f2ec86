"""What every process of the program opens at its start: the settings and the database. No SDK is loaded here."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from core.db import Database
from core.kernel.settings import Settings
from migrations import embedded
from migrations.apply import migrate
from migrations.login import ensure_login


@dataclass(frozen=True, slots=True)
class Process:
    """The open parts of a process."""

    settings: Settings
    database_url: str
    db: Database

    @property
    def queue_url(self) -> str:
        """Where the queue's own connections go, which keep a role and listen: never to a pooler."""
        direct = self.settings.database_direct_url
        return self.database_url if direct is None else direct.get_secret_value()


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
    """Open the pool, without waiting for the server."""
    pooled = settings.database_direct_url is not None
    db = Database(database_url, size=settings.eventflow_database_pool, pooled=pooled)
    await db.open()
    try:
        yield Process(settings, database_url, db)
    finally:
        await db.close()
