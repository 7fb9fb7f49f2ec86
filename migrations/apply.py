"""Apply the SQL files in order: a ledger with checksums, one transaction per file, one runner at a time.

A numbered file is history: it runs once and is never changed. A file in ``functions/`` is today's text of the functions
of one subject, each of which stands once: it runs after the numbered ones, and again whenever it changes.
"""

import asyncio
import hashlib
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, LiteralString, cast

from psycopg import AsyncConnection, sql
from psycopg.rows import dict_row

from migrations.queue import apply_queue_schema
from migrations.verify import verify

_FOLDER = Path(__file__).parent
_DROP = "drop function if exists "
_FIRST = "-- first: "
"""Begins a line with an index that is built before its file runs, outside any transaction, while everybody works."""
_PAUSE = 0.2
"""Seconds until a runner looks again whether the one before it is done."""
_LOCK = 0x45564654
"""Advisory lock key ("EVFT"), so that two runners wait for each other."""

Connection = AsyncConnection[dict[str, Any]]

_TRY_LOCK: LiteralString = "select pg_try_advisory_lock(%s) as is_ours"
LEDGER: LiteralString = """
create schema if not exists app;
create table if not exists app.migrations (
    name text primary key,
    checksum text not null,
    applied_at timestamptz not null default now()
);
alter table app.migrations enable row level security;
alter table app.migrations force row level security;
revoke all on app.migrations from public;
do $$ begin
    drop policy if exists ledger on app.migrations;
    execute format('create policy ledger on app.migrations to %I using (true) with check (true)', current_user);
end $$;
"""
# The owner sees every row when it is the owner who has logged in, for backups. A function that runs with the owner's
# rights was called by somebody else: nothing is opened to it.
_LET_OWNER_BACK_UP: LiteralString = """
do $$
declare
    forced record;
begin
    for forced in select space.nspname, thing.relname from pg_class as thing
                  join pg_namespace as space on space.oid = thing.relnamespace
                  where space.nspname in ('public', 'app') and thing.relforcerowsecurity
                    and thing.relname <> 'migrations'
                    and not exists (select from pg_policy as policy where policy.polrelid = thing.oid
                                    and policy.polname = 'owner_backs_up'
                                    and policy.polroles = array[current_user::regrole::oid]) loop
        execute format('drop policy if exists owner_backs_up on %I.%I', forced.nspname, forced.relname);
        execute format('create policy owner_backs_up on %I.%I for select to %I using (session_user = current_user)',
                       forced.nspname, forced.relname, current_user);
    end loop;
end $$;
"""


class MigrationError(Exception):
    """A migration cannot be applied; the sentence says which and what to do."""


def files() -> dict[str, Path]:
    """Return the files by the name that the ledger knows them by, in the order in which they run."""
    numbered = sorted(_FOLDER.glob("[0-9][0-9][0-9][0-9]_*.sql"))
    functions = sorted((_FOLDER / "functions").glob("*.sql"))
    return {path.relative_to(_FOLDER).as_posix(): path for path in numbered + functions}


def wanted() -> dict[str, str]:
    """Return the ledger of a database that is up to date: the checksum of every file, by its name."""
    return {name: checksum(path) for name, path in files().items()}


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file, line endings unified, so that a checkout on another system is the same file."""
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


async def migrate(owner_url: str, *, replay: bool = False) -> list[str]:
    """Bring the database up to date and verify it; return the names of the files that ran.

    ``replay`` runs the whole sequence again, which must change nothing.

    Raises ``MigrationError`` when an applied file was changed, or when the result is not what it must be.
    """
    async with _locked(owner_url) as conn:
        await conn.execute(LEDGER)
        done = {row["name"]: row["checksum"] for row in await _rows(conn, "select name, checksum from app.migrations")}
        # An older program would put its own functions in the place of newer ones.
        if newer := sorted(name for name in set(done) - set(files()) if name[:4].isdigit()):
            raise MigrationError(f"The database is newer than this program: it has {newer[-1]}. Use that version.")
        ran: list[str] = []
        for name, path in files().items():
            if _is_due(name, done.get(name), checksum(path), replay=replay, after=ran):
                await _apply(conn, name, path)
                ran.append(name)
        await apply_queue_schema(conn)
        await conn.execute(_LET_OWNER_BACK_UP)
        problems = await verify(conn)
        if problems:
            raise MigrationError("The database is not as the migrations left it: " + "; ".join(problems))
        return ran


def _is_due(name: str, applied: str | None, current: str, *, replay: bool, after: list[str]) -> bool:
    if name.startswith("functions/"):
        # An older numbered file may define one of them too: today's text is the one that stays.
        return replay or applied != current or any(not earlier.startswith("functions/") for earlier in after)
    if applied is not None and applied != current:
        raise MigrationError(f"{name} was changed after it was applied. Restore it and put the change into a new file.")
    return replay or applied is None


def _retyped(numbered: str) -> list[str]:
    """Return the drops of functions that a numbered file makes with another result than they have today.

    ``create or replace`` cannot change a result, so today's text drops it first; an older file stays as it was.
    """
    texts = [path.read_text("utf-8") for name, path in files().items() if name.startswith("functions/")]
    drops = [line for text in texts for line in text.splitlines() if line.startswith(_DROP)]
    return [line for line in drops if f"create or replace function {line[len(_DROP) :].partition('(')[0]}(" in numbered]


async def _apply(conn: Connection, name: str, path: Path) -> None:
    text = await asyncio.to_thread(path.read_text, "utf-8")
    for line in text.splitlines():
        if line.startswith(_FIRST):
            await _build(conn, line.removeprefix(_FIRST))
    async with conn.transaction():
        await conn.execute("set local lock_timeout = '4s'")
        # A migration is SQL that ships with the program, not input: it is literal in every sense but the type's.
        for statement in [*(_retyped(text) if not name.startswith("functions/") else ()), text]:
            await conn.execute(cast(LiteralString, statement))
        await conn.execute(
            "insert into app.migrations (name, checksum) values (%s, %s) "
            "on conflict (name) do update set checksum = excluded.checksum, applied_at = now()",
            (name, checksum(path)),
        )


async def _build(conn: Connection, statement: str) -> None:
    index = statement.partition(" if not exists ")[2].split()[0]
    # What was given up half-way is in the way of another try.
    broken = "select from pg_index where indexrelid = to_regclass(%s) and not indisvalid"
    if await (await conn.execute(broken, (f"public.{index}",))).fetchone() is not None:
        await conn.execute(sql.SQL("drop index public.{}").format(sql.Identifier(index)))
    await conn.execute(cast(LiteralString, statement))


async def _rows(conn: Connection, query: LiteralString) -> list[dict[str, Any]]:
    return await (await conn.execute(query)).fetchall()


@asynccontextmanager
async def _locked(owner_url: str) -> AsyncGenerator[Connection]:
    async with await AsyncConnection[dict[str, Any]].connect(owner_url, autocommit=True, row_factory=dict_row) as conn:
        # Asked again and again: who waits inside a statement is waited for by an index that is built beside it.
        while not (await (await conn.execute(_TRY_LOCK, (_LOCK,))).fetchall())[0]["is_ours"]:  # noqa: ASYNC110
            await asyncio.sleep(_PAUSE)
        try:
            yield conn
        finally:
            await conn.execute("select pg_advisory_unlock(%s)", (_LOCK,))
