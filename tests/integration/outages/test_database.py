"""The database's bad days: restarted, cut off, read-only, full. Nobody restarts the program, and nothing is lost."""

import asyncio

import pytest

from core.db import Database
from migrations.embedded import Embedded
from tests.integration.outages.office import program, start, stop
from tests.owner import owner_rows, owner_run

pytestmark = pytest.mark.db

CUT = "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'eventflow'"


@pytest.mark.parametrize("away", [0.0, 4.0])
async def test_after_a_restart_whoever_writes_is_answered(
    stoppable: Embedded, urls: tuple[str, str], away: float
) -> None:
    async with program(*urls) as running:
        assert await running.tell() == 200
        await running.answered(1)
        await asyncio.to_thread(stop, stoppable)
        await asyncio.sleep(away)
        if away:
            await running.says("not ready: database")
        await asyncio.to_thread(start, stoppable)
        assert await running.tell() == 200
        await running.answered(2)
        await running.says("ready")


async def test_what_died_while_nobody_wrote_costs_nobody_a_press_or_a_message(
    stoppable: Embedded, urls: tuple[str, str]
) -> None:
    async with program(*urls) as running:
        assert await asyncio.gather(*(running.tell() for _ in range(12))) == [200] * 12
        await running.answered(12)
        await asyncio.to_thread(stop, stoppable)
        await asyncio.to_thread(start, stoppable)
        await asyncio.sleep(1)
        assert await running.press("of an older version") == 200
        assert await running.tell() == 200
        await running.answered(13)


async def test_cut_connections_are_replaced_and_no_error_is_logged(
    urls: tuple[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    async with program(*urls) as running:
        for _round in range(3):
            waiting = [asyncio.create_task(running.tell()) for _ in range(6)]
            owner_run(urls[1], CUT)
            taken = [await each for each in waiting]
            assert set(taken) <= {200, 503}
            for _refused in filter(lambda status: status == 503, taken):
                while await running.tell() != 200:  # the platform asks again
                    await asyncio.sleep(0.1)
        await running.answered(18)
        owner_run(urls[1], CUT)
        assert await running.tell() == 200
        await running.answered(19)
        await running.says("ready")
    assert [record.getMessage() for record in caplog.records if record.levelname in {"ERROR", "CRITICAL"}] == []


async def test_connections_that_became_read_only_are_given_up(urls: tuple[str, str]) -> None:
    async with program(*urls) as running:
        assert await running.tell() == 200
        await running.answered(1)
        owner_run(urls[1], "alter role eventflow set default_transaction_read_only = on", CUT)
        try:
            async with asyncio.timeout(20):
                while await running.tell() != 503:
                    await asyncio.sleep(0.1)
        finally:
            owner_run(urls[1], "alter role eventflow reset default_transaction_read_only")
        before = running.answers
        async with asyncio.timeout(10):
            # What was not stored is delivered again.
            while await running.tell() != 200:
                await asyncio.sleep(0.1)
        assert await running.press("of an older version") == 200
        await running.answered(before + 1)
        await running.says("ready")


async def test_a_connection_that_is_pinned_to_a_standby_without_saying_so_is_given_up(urls: tuple[str, str]) -> None:
    db = Database(urls[0], size=1)
    await db.open()
    try:
        async with db.raw() as conn:
            await conn.execute("set default_transaction_read_only = on")
        [row] = await db.run_as_system("select app.enqueue('say', null, '{}') as id")
        assert row["id"] == 1
    finally:
        await db.close()


async def test_when_others_use_up_the_connections_nothing_that_was_taken_is_lost(urls: tuple[str, str]) -> None:
    async with program(*urls) as running:
        owner_run(urls[1], "alter role eventflow connection limit 1", CUT)
        try:
            taken = await asyncio.gather(*(running.tell() for _ in range(4)))
            await asyncio.sleep(3)
        finally:
            owner_run(urls[1], "alter role eventflow connection limit -1")
        assert set(taken) <= {200, 503}
        assert await running.tell() == 200
        await running.answered(taken.count(200) + 1)
        await running.says("ready")


async def test_the_web_part_alone_is_ready_and_tells_that_nobody_works(urls: tuple[str, str]) -> None:
    async with program(*urls, with_worker=False) as running:
        await running.says("ready, but no worker is alive")
        owner_run(urls[1], "insert into procrastinate.procrastinate_workers default values")
        await running.says("ready")
        assert owner_rows(urls[1], "select count(*) as n from procrastinate.procrastinate_jobs") == [{"n": 0}]
