"""Where the figures are measured: an embedded PostgreSQL of their own, kept so that the large database loads once."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from psycopg import AsyncConnection, sql
from psycopg.rows import dict_row

from bots.bench.figures import Sizes
from core.db import Database
from migrations import embedded
from migrations.apply import migrate
from migrations.embedded import Embedded
from migrations.login import ensure_login


@dataclass(frozen=True, slots=True)
class Stage:
    """A running server and how much to measure on it."""

    server: Embedded
    sizes: Sizes

    def owner_url(self, database: str) -> str:
        """Return the superuser's URL of a database: the floors' way in."""
        return _with_database(self.server.owner_url, database)

    def login_url(self, database: str) -> str:
        """Return the program's URL of a database."""
        return _with_database(self.server.login_url, database)

    async def fresh(self, database: str) -> None:
        """Make a database anew: migrated and empty."""
        await self.run("drop database if exists {} with (force)", database)
        await self.run("create database {} template eventflow", database)

    async def ensure(self, database: str) -> bool:
        """Make a database where it is missing; whether it was there already."""
        async with await AsyncConnection[Any].connect(self.owner_url("postgres"), autocommit=True) as conn:
            found = await (await conn.execute("select from pg_database where datname = %s", (database,))).fetchone()
        if found is None:
            await self.run("create database {} template eventflow", database)
        return found is not None

    async def drop(self, database: str) -> None:
        """Remove a database."""
        await self.run("drop database if exists {} with (force)", database)

    async def run(self, statement: Any, database: str) -> None:
        """Run a statement about a database, such as ``create database {}``."""
        async with await AsyncConnection[Any].connect(self.owner_url("postgres"), autocommit=True) as conn:
            await conn.execute(sql.SQL(statement).format(sql.Identifier(database)))

    @asynccontextmanager
    async def owner(self, database: str) -> AsyncGenerator[AsyncConnection[dict[str, Any]]]:
        """Lend a connection as the superuser, who passes row-level security by."""
        url = self.owner_url(database)
        async with await AsyncConnection[dict[str, Any]].connect(url, autocommit=True, row_factory=dict_row) as conn:
            yield conn

    @asynccontextmanager
    async def door(self, database: str, *, size: int = 10, past_the_rules: bool = False) -> AsyncGenerator[Database]:
        """Lend the program's own door to a database; ``past_the_rules``: the same pool as the superuser."""
        url = self.owner_url(database) if past_the_rules else self.login_url(database)
        db = Database(url, size=size, timeout=60)
        await db.open()
        try:
            yield db
        finally:
            await db.close()


@asynccontextmanager
async def open_stage(home: Path, sizes: Sizes) -> AsyncGenerator[Stage]:
    """Start the server under ``home``/bench and bring its template up to date."""
    server = await embedded.start(home / "bench")
    try:
        await migrate(server.owner_url)
        await ensure_login(server.owner_url, server.login_url)
        yield Stage(server, sizes)
    finally:
        await asyncio.to_thread(server.stop)


def _with_database(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
