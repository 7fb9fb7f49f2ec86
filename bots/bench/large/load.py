"""Fill the large database once and keep it: its name says what is in it, and under which schema it was loaded."""

import asyncio
import hashlib
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bots.bench.figures import Sizes
from bots.bench.large import fill
from bots.bench.stage import Stage
from migrations.apply import wanted

_WORDS = Path(__file__).with_name("words.json")
_LOADING = "loading_large"


async def large(stage: Stage, sizes: Sizes | None = None) -> str:
    """Return the name of the large database, loading it where it is missing (about two minutes per million rows).

    ``sizes`` are the stage's unless said otherwise. What an older schema or other contents left is dropped. A load that
    was cut short has another name and is started again.
    """
    sizes = sizes or stage.sizes
    mark = await asyncio.to_thread(_mark)
    name = f"large_{sizes.rows}_{sizes.organizations}_{mark}"
    async with stage.owner("postgres") as conn:
        rows = await (await conn.execute("select datname from pg_database where datname like 'large%'")).fetchall()
    kept = {str(row["datname"]) for row in rows}
    for older in kept:
        if not older.endswith(mark):
            await stage.drop(older)
    if name not in kept:
        await stage.fresh(_LOADING)
        await _load(stage, sizes)
        await stage.run(f"alter database {_LOADING} rename to {{}}", name)
    return name


def tenth(sizes: Sizes) -> Sizes:
    """Return sizes with a tenth of the organisations, each as large as before; only the large one shrinks."""
    return Sizes(calls=sizes.calls, rows=sizes.rows // 10, organizations=max(sizes.organizations // 10, 2))


def _mark() -> str:
    """Return what the contents depend on, shortened: the migrations, the statements that fill, and the words."""
    parts = [*wanted().values(), fill.FUNCTIONS, *fill.STEPS, _WORDS.read_text("utf-8")]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:8]


async def _load(stage: Stage, sizes: Sizes) -> None:
    words: dict[str, dict[str, list[str]]] = json.loads(await asyncio.to_thread(_WORDS.read_text, "utf-8"))
    values: dict[str, Any] = {
        f"{kind}_{language}": listed for language, lists in words.items() for kind, listed in lists.items()
    }
    values |= {
        "organizations": sizes.organizations,
        "events": sizes.rows // fill.SESSIONS_PER_EVENT,
        "entries": sizes.rows // 2,
    }
    async with stage.owner(_LOADING) as conn:
        # Without triggers and foreign keys, which would take most of the time: the statements fill what they would.
        await conn.execute("set session_replication_role = replica; set synchronous_commit = off")
        await conn.execute("set maintenance_work_mem = '256MB'")
        await conn.execute(fill.FUNCTIONS)
        async with _indexed_afterwards(conn, "public.schedules"):
            for step in fill.STEPS:
                await conn.execute(step, values)
        await conn.execute("vacuum (analyze)")


@asynccontextmanager
async def _indexed_afterwards(conn: Any, table: str) -> AsyncGenerator[None]:
    """Build a table's indexes and its exclusion constraint from all rows at the end: half the time of row by row."""
    excluded = await conn.execute(
        "select conname as name, pg_get_constraintdef(oid) as said from pg_constraint "
        "where conrelid = %s::regclass and contype = 'x'",
        (table,),
    )
    plain = await conn.execute(
        "select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as said from pg_index "
        "where indrelid = %s::regclass and not indisunique and not indisexclusion",
        (table,),
    )
    constraints, indexes = await excluded.fetchall(), await plain.fetchall()
    for constraint in constraints:
        await conn.execute(f"alter table {table} drop constraint {constraint['name']}")
    for index in indexes:
        await conn.execute(f"drop index {index['name']}")
    yield
    for constraint in constraints:
        await conn.execute(f"alter table {table} add constraint {constraint['name']} {constraint['said']}")
    for index in indexes:
        await conn.execute(index["said"])
