"""The queue wakes whoever waits for a lock: a card does not stand in line for the next poll behind its sentence."""

import asyncio
from collections.abc import AsyncGenerator, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any
from urllib.parse import urlsplit

import pytest
from procrastinate import App
from procrastinate.types import JSONValue
from psycopg import AsyncConnection

from core.connections import heeding
from core.jobs.queue import queue_app
from migrations.embedded import Embedded
from tests.owner import owner_rows, owner_run

pytestmark = pytest.mark.db

_NEVER = 3600.0
"""Seconds between two looks: whatever runs within the test was woken."""

_LISTENERS = "from pg_stat_activity where datname = %s and query ilike 'listen%%'"


@asynccontextmanager
async def working(url: str, ran: asyncio.Queue[int], *, takes: float = 0) -> AsyncGenerator[App]:
    """A worker whose jobs take so many seconds."""
    queue = queue_app(url, size=4)

    async def note(number: int) -> None:
        ran.put_nowait(number)
        await asyncio.sleep(takes)

    queue.task(name="note")(note)
    async with queue.open_async():
        work = asyncio.create_task(
            queue.run_worker_async(
                concurrency=4,
                install_signal_handlers=False,
                delete_jobs="successful",
                fetch_job_polling_interval=_NEVER,
            )
        )
        try:
            yield queue
        finally:
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)


async def queue_together(queue: App, number: int) -> None:
    note = queue.configure_task(name="note", lock="one conversation")
    jobs: list[dict[str, JSONValue]] = [{"number": each} for each in range(number)]
    await note.batch_defer_async(*jobs)


async def collect(ran: asyncio.Queue[int], number: int, seconds: float) -> list[int]:
    found: list[int] = []
    try:
        async with asyncio.timeout(seconds):
            while len(found) < number:
                found.append(await ran.get())
    except TimeoutError:
        pass
    return found


async def listening(server: Embedded, name: str, *, number: int) -> None:
    """Wait until so many connections to a database listen."""
    async with asyncio.timeout(10):
        while len(owner_rows(server.owner_url, f"select {_LISTENERS}", [name])) != number:
            await asyncio.sleep(0.02)


async def test_jobs_of_one_lock_run_one_after_the_other_without_waiting_for_a_poll(
    server: object, database_url: str
) -> None:
    ran: asyncio.Queue[int] = asyncio.Queue()
    async with working(database_url, ran) as queue:
        await queue_together(queue, 10)
        assert await collect(ran, 10, seconds=30) == list(range(10))


async def test_without_our_triggers_the_next_one_waits(server: object, owner_url: str, database_url: str) -> None:
    owner_run(owner_url, "drop function procrastinate.eventflow_wake_next() cascade")
    ran: asyncio.Queue[int] = asyncio.Queue()
    # The first one is still under way when the last of the ten has been told of: none of them finds the next.
    async with working(database_url, ran, takes=0.1) as queue:
        await queue_together(queue, 10)
        assert len(await collect(ran, 10, seconds=5)) < 10


async def test_a_job_that_comes_while_the_worker_looks_is_not_forgotten(server: object, database_url: str) -> None:
    ran: asyncio.Queue[int] = asyncio.Queue()
    async with working(database_url, ran) as queue:
        note = queue.configure_task(name="note")
        for pause in range(200):
            # The second comes at another moment of the look that the first one causes.
            await note.defer_async(number=1)
            await asyncio.sleep(pause % 40 / 10_000)
            await note.defer_async(number=2)
            assert sorted(await collect(ran, 2, seconds=10)) == [1, 2]


async def test_a_job_that_comes_while_nobody_listens_is_found_by_who_listens_again(
    server: Embedded, owner_url: str, database_url: str
) -> None:
    name = urlsplit(owner_url).path[1:]
    ran: asyncio.Queue[int] = asyncio.Queue()
    async with working(database_url, ran), await AsyncConnection.connect(owner_url, autocommit=True) as conn:
        await listening(server, name, number=1)
        owner_run(server.owner_url, f'alter database "{name}" with allow_connections false')
        # The pool's other connections too: whoever listens anew would take one of them.
        await conn.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity "
            "where datname = current_database() and pid <> pg_backend_pid()"
        )
        await listening(server, name, number=0)
        await conn.execute("""select app.enqueue('note', 'one conversation', '{"number": 0}')""")
        assert await collect(ran, 1, seconds=1) == []
        owner_run(server.owner_url, f'alter database "{name}" with allow_connections true')
        assert await collect(ran, 1, seconds=30) == [0]


async def test_a_cancellation_that_is_swallowed_by_what_is_awaited_is_heeded_all_the_same() -> None:
    """As ``asyncio.wait_for`` swallows it up to Python 3.11, where what it waits for is there at the same moment."""

    async def swallows() -> str:
        with suppress(asyncio.CancelledError):
            await asyncio.Event().wait()
        return "a row"

    async def ended(work: Coroutine[Any, Any, str]) -> bool:
        task = asyncio.create_task(work)
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait({task})
        return task.cancelled()

    assert await ended(heeding(swallows))
    # The twin: without it the task goes on with its row.
    assert not await ended(swallows())
