"""Put procrastinate's tables into their own schema, closed to everybody but the system role."""

import asyncio
from importlib.metadata import version
from pathlib import Path
from typing import Any, LiteralString, cast

import procrastinate.schema
from psycopg import AsyncConnection

_LEDGER: LiteralString = (
    "insert into app.migrations (name, checksum) values ('procrastinate', %s) "
    "on conflict (name) do update set checksum = excluded.checksum"
)
_SEARCH_PATHS: LiteralString = """
do $$
declare
    each regprocedure;
begin
    -- The library's functions name their tables without a schema; a fixed path keeps anybody from shadowing them.
    for each in select oid::regprocedure from pg_proc
                where pronamespace = 'procrastinate'::regnamespace and prokind = 'f' loop
        execute format('alter function %s set search_path = procrastinate, pg_catalog, pg_temp', each);
    end loop;
end $$;
grant usage on schema procrastinate to eventflow_system;
revoke execute on all functions in schema procrastinate from public;
grant select, insert, update, delete on all tables in schema procrastinate to eventflow_system;
grant usage on all sequences in schema procrastinate to eventflow_system;
grant execute on all functions in schema procrastinate to eventflow_system;
"""


async def apply_queue_schema(conn: AsyncConnection[dict[str, Any]]) -> None:
    """Create the queue's schema, or bring it from the version in the ledger to the installed one."""
    installed = version("procrastinate")
    async with conn.transaction():
        cursor = await conn.execute("select checksum from app.migrations where name = 'procrastinate'")
        row = await cursor.fetchone()
        await conn.execute("set local search_path = procrastinate, pg_catalog")
        await conn.execute("set local check_function_bodies = off")
        if row is None:
            await conn.execute("create schema if not exists procrastinate")
            await conn.execute(procrastinate.schema.SchemaManager.get_schema())
        else:
            for path in _newer_than(row["checksum"]):
                await conn.execute(cast(LiteralString, await asyncio.to_thread(path.read_text, "utf-8")))
        await conn.execute(_SEARCH_PATHS)
        await conn.execute(_LEDGER, (installed,))


def _newer_than(applied: str) -> list[Path]:
    folder = Path(procrastinate.schema.SchemaManager.get_migrations_path())
    key = _key(applied)
    return [path for path in sorted(folder.glob("*.sql")) if _key(path.name.split("_")[0]) > key]


def _key(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.split("."))
