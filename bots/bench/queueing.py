"""P19 and P20: the queue with a crowd in it that was never analysed, and with a snapshot that keeps every dead row."""

import statistics
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, LiteralString

from psycopg import AsyncConnection

from bots.bench.figures import Figure
from bots.bench.stage import Stage
from bots.bench.stopwatch import typical_ms

_CROWD, _HELD, _FREE = "bench_crowd", "bench_held", "bench_free"
_PROMISED = 3.0
"""Milliseconds of a fetch, whatever waits."""
_FEWER = 4
# Nothing is cleaned up or counted behind our back: what is measured is the first minutes, and the dead rows.
_LEFT_ALONE: LiteralString = "alter table procrastinate.procrastinate_jobs set (autovacuum_enabled = false)"
_WAITING: LiteralString = """
insert into procrastinate.procrastinate_jobs (queue_name, task_name, lock, queueing_lock, args, status, scheduled_at)
select 'upkeep', 'nothing', 'lock ' || n, null, '{}', 'todo', case when n %% 2 = 0 then now() + interval '1 hour' end
from generate_series(1, %(jobs)s) as n
"""
_PUT: LiteralString = "select app.enqueue('nothing', 'lock', '{}', null, 'upkeep')"
_FETCH: LiteralString = "select id from procrastinate.procrastinate_fetch_job_v2('{upkeep}', null)"
_FINISH: LiteralString = "select procrastinate.procrastinate_finish_job_v1(%s, 'succeeded', true)"
_RETURN: LiteralString = "update procrastinate.procrastinate_jobs set status = 'todo' where id = %s"

_Connection = AsyncConnection[dict[str, Any]]


async def queueing(stage: Stage) -> list[Figure]:
    """Measure a fetch among many that wait, and jobs one after the other while an old snapshot is held.

    Ten minutes of a busy worker leave about as many dead rows as there are jobs waiting in the first measure.
    """
    calls = max(stage.sizes.calls // _FEWER, 2)
    return [await _among_many(stage, calls), await _under_a_snapshot(stage, calls)]


async def _among_many(stage: Stage, calls: int) -> Figure:
    async with _queue(stage, _CROWD) as conn:
        await conn.execute(_WAITING, {"jobs": stage.sizes.jobs})
        taken: list[float] = []
        for _ in range(calls):
            started = time.perf_counter()
            job = await _one(conn, _FETCH)
            taken.append((time.perf_counter() - started) * 1_000)
            await conn.execute(_RETURN, (job["id"],))
    return Figure(
        number="P19",
        what=f"a job fetched, {stage.sizes.jobs:,} waiting, never analysed",
        floor="the promise of 3 ms",
        ours=statistics.median(taken),
        theirs=_PROMISED,
        unit="ms",
        target=1.0,
    )


async def _under_a_snapshot(stage: Stage, calls: int) -> Figure:
    async with _queue(stage, _HELD) as held, _queue(stage, _FREE) as free, stage.owner(_HELD) as reader:
        await reader.execute("begin isolation level repeatable read")
        await reader.execute("select count(*) from procrastinate.procrastinate_jobs")
        for conn in (held, free):
            await _pass_through(conn, stage.sizes.jobs)
        # Without the snapshot the same rows are cleared, as autovacuum does within a minute.
        await free.execute("vacuum procrastinate.procrastinate_jobs")
        taken = await typical_ms({"held": _job(held), "free": _job(free)}, calls)
        await reader.execute("rollback")
    return Figure(
        number="P20",
        what=f"a job queued, fetched and finished, a snapshot held for {stage.sizes.jobs:,} jobs",
        floor="the same without the snapshot",
        ours=1_000 / taken["held"],
        theirs=1_000 / taken["free"],
        unit="/s",
        target=0.8,
        better="higher",
    )


async def _pass_through(conn: _Connection, jobs: int) -> None:
    """Leave behind what jobs leave that were queued, taken and finished."""
    await conn.execute(_WAITING, {"jobs": jobs})
    await conn.execute("update procrastinate.procrastinate_jobs set status = 'doing'")
    await conn.execute("delete from procrastinate.procrastinate_jobs")


def _job(conn: _Connection) -> Callable[[], Awaitable[None]]:
    async def one() -> None:
        await conn.execute(_PUT)
        await conn.execute(_FINISH, ((await _one(conn, _FETCH))["id"],))

    return one


async def _one(conn: _Connection, query: LiteralString) -> dict[str, Any]:
    row = await (await conn.execute(query)).fetchone()
    assert row is not None  # noqa: S101 there is a job
    return row


@asynccontextmanager
async def _queue(stage: Stage, database: str) -> AsyncGenerator[_Connection]:
    await stage.fresh(database)
    async with stage.owner(database) as conn:
        await conn.execute(_LEFT_ALONE)
        yield conn
    await stage.drop(database)
