"""A backup is a plain `pg_dump` of everything, taken by the owner; a restore fills an empty database and migrates it.

The dump holds tables, rows, functions, triggers and constraints. Roles, grants and policies are not in it, because they
name roles of one server: the migrations make them again for whoever owns the database now.
"""

import asyncio
import os
import re
from collections.abc import Mapping
from pathlib import Path
from subprocess import PIPE
from typing import Any, LiteralString

from psycopg import AsyncConnection, sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.rows import dict_row

from migrations.apply import MigrationError, migrate
from migrations.embedded import binary

_SCHEMAS = ("public", "app", "procrastinate")
_PARTLY: LiteralString = """
select table_name.relname from pg_class as table_name
join pg_namespace as space on space.oid = table_name.relnamespace
where space.nspname in ('public', 'app') and table_name.relforcerowsecurity
  and not (select rolsuper or rolbypassrls from pg_roles where rolname = current_user)
  and table_name.relname <> 'migrations'
  and not exists (select from pg_policy as policy where policy.polrelid = table_name.oid
                  and policy.polname = 'owner_backs_up'
                  and policy.polroles = array[current_user::regrole::oid])
order by 1
"""
_RELATIONS: LiteralString = """
select space.nspname, thing.relname, thing.relkind::text as kind
from pg_class as thing join pg_namespace as space on space.oid = thing.relnamespace
where space.nspname = any (%s) and thing.relkind in ('r', 'p', 'v', 'm')
  and not exists (select from pg_depend where objid = thing.oid and deptype = 'e')
"""
# What a migrated database has before anybody has used it.
_UNUSED: LiteralString = """
select to_regclass('app.migrations') is not null as is_ours
"""
_USED: LiteralString = """
select exists (select from public.organizations) or exists (select from public.inbound_events)
    or exists (select from procrastinate.procrastinate_jobs) as is_used
"""
_EXTENSIONS: tuple[LiteralString, ...] = (
    "create schema if not exists extensions",
    "create extension if not exists btree_gin with schema extensions",
    "create extension if not exists btree_gist with schema extensions",
    "create extension if not exists pg_trgm with schema extensions",
)
_PUBLIC = re.compile(rb"^CREATE SCHEMA public;$", re.MULTILINE)
_NEWER = re.compile(rb"^SET transaction_timeout = 0;\n", re.MULTILINE)
"""What this `pg_dump` writes and servers before PostgreSQL 17 do not know."""


async def back_up(owner_url: str, file: Path) -> None:
    """Write everything into a new file that only its owner may read.

    Raises ``MigrationError`` with what to do when the backup would not be whole, or cannot be written.
    """
    async with await _connect(owner_url) as conn:
        hidden = [row["relname"] for row in await (await conn.execute(_PARTLY)).fetchall()]
    if hidden:
        raise MigrationError(f"The owner cannot see every row of {', '.join(hidden)}. Run `eventflow migrate` first.")
    part = file.with_name(f"{file.name}.part")
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        schemas = [f"--schema={schema}" for schema in _SCHEMAS]
        flags = ["--no-owner", "--no-privileges", "--no-policies", "--enable-row-security", "--encoding=UTF8"]
        await _run("pg_dump", owner_url, *flags, *schemas, f"--file={part}")
        part.rename(file)
    except OSError as refused:
        raise MigrationError(f"{file} cannot be written ({refused.strerror}).") from None
    finally:
        part.unlink(missing_ok=True)


async def restore(owner_url: str, file: Path) -> None:
    """Put a backup into an empty database, all of it or nothing, and bring it up to date.

    Raises ``MigrationError`` as ``fill`` does.
    """
    await fill(owner_url, file)
    # The whole sequence, which changes nothing that is there: roles, grants and policies are for this server's owner.
    await migrate(owner_url, replay=True)


async def fill(owner_url: str, file: Path) -> None:
    """Put a backup into an empty database as it was, without the roles' rights.

    Raises ``MigrationError`` when the database holds something, or the file is no backup of ours.
    """
    try:
        text = await asyncio.to_thread(file.read_bytes)
    except OSError as refused:
        raise MigrationError(f"{file} cannot be read ({refused.strerror}).") from None
    if b"PostgreSQL database dump" not in text[:200] or b"public.ai_insights_log" not in text:
        raise MigrationError(f"{file} is no backup that `eventflow backup` has written.")
    async with await _connect(owner_url) as conn:
        await _emptied(conn)
        for statement in _EXTENSIONS:
            await conn.execute(statement)
    await _run(
        "psql",
        owner_url,
        "--no-psqlrc",
        "--quiet",
        "--single-transaction",
        "--set=ON_ERROR_STOP=1",
        "--output=/dev/null",
        given=_NEWER.sub(b"", _PUBLIC.sub(b"", text, count=1), count=1),
    )


async def _emptied(conn: AsyncConnection[dict[str, Any]]) -> None:
    """Take away what a migration alone has made; refuse where anybody has used the database."""
    there = await (await conn.execute(_RELATIONS, (list(_SCHEMAS),))).fetchall()
    if not there:
        return
    ours = await (await conn.execute(_UNUSED)).fetchone()
    used = await (await conn.execute(_USED)).fetchone() if ours and ours["is_ours"] else {"is_used": True}
    if used is None or used["is_used"]:
        raise MigrationError(
            "The database holds something already. Restore into an empty one, or another EVENTFLOW_HOME."
        )
    async with conn.transaction():
        for row in there:
            if row["nspname"] == "public":
                kind = sql.SQL("view" if row["kind"] == "v" else "table")
                name = sql.Identifier("public", row["relname"])
                await conn.execute(sql.SQL("drop {} if exists {} cascade").format(kind, name))
        await conn.execute("drop schema if exists procrastinate cascade")
        await conn.execute("drop schema if exists app cascade")
        await conn.execute(
            "drop function if exists public.check_speaker_conflicts(uuid, text, timestamptz, timestamptz, uuid)"
        )


async def _connect(owner_url: str) -> AsyncConnection[dict[str, Any]]:
    return await AsyncConnection[dict[str, Any]].connect(owner_url, autocommit=True, row_factory=dict_row)


async def _run(program: str, owner_url: str, *args: str, given: bytes | None = None) -> None:
    # The password goes by the environment: the list of processes is open to everybody on the machine.
    parts = conninfo_to_dict(owner_url)
    password = parts.pop("password", None)
    environment: Mapping[str, str] = {**os.environ, **({"PGPASSWORD": str(password)} if password else {})}
    target = make_conninfo("", **{name: value for name, value in parts.items() if value is not None})
    process = await asyncio.create_subprocess_exec(
        binary(program), f"--dbname={target}", *args, stdin=PIPE, stdout=PIPE, stderr=PIPE, env=environment
    )
    _out, err = await process.communicate(given)
    if process.returncode:
        lines = [line for line in err.decode("utf-8", "replace").splitlines() if "error" in line.lower()]
        said = (lines or ["it did not say why"])[0].removeprefix(f"{program}: ").removeprefix("error: ")
        raise MigrationError(f"{program} gave up, and nothing was changed: {said}.")
