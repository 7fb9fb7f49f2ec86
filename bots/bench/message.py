"""P4, P21: from a message to its card and from a press to its edit, near the database and far from it."""

import asyncio
import statistics
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, LiteralString, TypeAlias
from uuid import uuid4

from psycopg.types.json import Jsonb

from bots.bench.figures import Figure
from bots.bench.office import TEAM, open_office
from bots.bench.stage import Stage
from bots.bench.web.program import running, until_idle
from core.jobs.queue import queue_app

_OURS, _FAR, _QUEUE, _RAW = "bench_message", "bench_message_far", "bench_message_queue", "bench_message_raw"
_LONGEST = 20.0
_WARM_UP = 5
_PAYLOAD = {"type": "event_callback", "event": {"type": "app_mention", "text": "x" * 900}}
_INSERT: LiteralString = """
insert into public.inbound_events (platform, workspace, event_id, payload) values ('slack', %s, %s, %s)
"""
_SUGGEST: LiteralString = """
insert into public.ai_insights_log (
    id, organization_id, kind, user_id, event_id, action_type, action_data, execution_status, correlation_id,
    before_state, effect, zone, facts_digest, shown_hash, risk, deadline)
values (%(id)s, %(organization)s, 'suggestion', %(user)s, %(event)s, 'schedule_update', %(data)s, 'suggested', %(id)s,
    %(data)s, 'update', 'UTC', 'digest', 'hash', 'low', now() + interval '1 day')
"""
_ENQUEUE: LiteralString = "select app.enqueue('post_card', %(id)s::text, %(data)s)"

_AWAY = 0.005
"""Seconds of a round trip to a database in another zone of the same region, and more than most."""


class NoPictures(Exception):
    """Not every card's picture was sent whole and shared: the figure would measure less than the program does."""


_Take: TypeAlias = Callable[[], Awaitable[float]]
"""Does it once; returns how long it took, in seconds."""


async def message(stage: Stage) -> list[Figure]:
    """Measure one message at a time, the model excluded: it answers at once.

    The floor is the sum of medians: one insert of the delivery, two wake-ups of a bare worker of the same queue with
    the same settings (from before a job is queued until it runs, so its commit counts), and one transaction with the
    suggestion and a job. Its SQL is raw and past every rule; it verifies, looks up, checks and logs nothing, and
    speaks to no platform.
    """
    messages = max(stage.sizes.calls // 5, 2) + _WARM_UP
    for database in (_OURS, _QUEUE, _RAW):
        await stage.fresh(database)
    async with (
        running(stage, _OURS, messages=messages) as program,
        _waking(stage) as wake,
        _writing(stage) as (insert, suggest),
    ):
        contenders: dict[str, _Take] = {
            "ours": program.message_to_card,
            "insert": insert,
            "wake": wake,
            "suggest": suggest,
        }
        seen = await _taken_ms(contenders, messages)
        if program.slack.uploaded != messages:
            raise NoPictures(program.slack.uploaded, messages)
    taken = {name: statistics.median(times) for name, times in seen.items()}
    return [
        Figure(
            number="P4",
            what="message to card, without the model",
            floor="insert, wake, suggest, wake",
            ours=taken["ours"],
            theirs=taken["insert"] + 2 * taken["wake"] + taken["suggest"],
            unit="ms",
            target=3.0,
        ),
        Figure(
            number="P4",
            what="message to card, p99",
            floor="its own p50",
            ours=statistics.quantiles(seen["ours"], n=100)[-1],
            theirs=taken["ours"],
            unit="ms",
            target=3.0,
        ),
    ]


async def far(stage: Stage) -> list[Figure]:
    """Measure a card and a press with the database 5 ms away (a relay that delivers its answers later), and near.

    Both programs run in this process and take turns; only one is asked at a time.
    """
    messages = max(stage.sizes.calls // 20, 2) + _WARM_UP
    for database in (_OURS, _FAR):
        await stage.fresh(database)
    async with (
        running(stage, _OURS, messages=messages) as near,
        running(stage, _FAR, messages=messages, away=_AWAY) as away,
    ):
        contenders = {
            "card": near.message_to_card,
            "press": near.press_to_edit,
            "far card": away.message_to_card,
            "far press": away.press_to_edit,
        }
        seen = await _taken_ms(contenders, messages)
    taken = {name: statistics.median(times) for name, times in seen.items()}
    return [
        Figure(
            number="P21",
            what=f"{what}, with the database 5 ms away",
            floor="the same with the database beside it",
            ours=taken[f"far {name}"],
            theirs=taken[name],
            unit="ms",
            target=target,
        )
        for name, what, target in (("card", "message to card", 2.0), ("press", "press to edited card", 3.0))
    ]


async def _taken_ms(contenders: Mapping[str, _Take], rounds: int) -> dict[str, list[float]]:
    seen: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, take in contenders.items():
            seen[name].append(await take() * 1_000)
    return {name: times[_WARM_UP:] for name, times in seen.items()}


@asynccontextmanager
async def _waking(stage: Stage) -> AsyncGenerator[_Take]:
    """Run a bare worker; what is yielded queues a job for it and waits until it runs."""
    queue = queue_app(stage.login_url(_QUEUE), size=10)
    runs: asyncio.Queue[float] = asyncio.Queue()

    async def run() -> None:
        runs.put_nowait(time.perf_counter())

    job = queue.task(name="run")(run)
    async with queue.open_async(), stage.owner(_QUEUE) as owner:
        work = asyncio.create_task(
            queue.run_worker_async(
                concurrency=8, install_signal_handlers=False, delete_jobs="successful", fetch_job_polling_interval=2.0
            )
        )

        async def take() -> float:
            started = time.perf_counter()
            await job.defer_async()
            async with asyncio.timeout(_LONGEST):
                taken = await runs.get() - started
            await until_idle(owner)
            return taken

        try:
            yield take
        finally:
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)


@asynccontextmanager
async def _writing(stage: Stage) -> AsyncGenerator[tuple[_Take, _Take]]:
    """Yield the insert of a delivery and the transaction of a suggestion, on one connection of the superuser."""
    async with AsyncExitStack() as stack:
        db = await stack.enter_async_context(stage.door(_RAW))
        office = await open_office(stage, _RAW, db, sessions=1)
        conn = await stack.enter_async_context(stage.owner(_RAW))
        manager = office.manager

        async def insert() -> float:
            started = time.perf_counter()
            await conn.execute(_INSERT, (TEAM, uuid4().hex, Jsonb(_PAYLOAD)))
            return time.perf_counter() - started

        async def suggest() -> float:
            values: dict[str, Any] = {
                "id": uuid4(),
                "organization": manager.organization_id,
                "user": manager.user_id,
                "event": office.event_id,
                "data": Jsonb(_PAYLOAD),
            }
            started = time.perf_counter()
            async with conn.pipeline():
                # Without a word from us, what travels in one pipeline is one transaction.
                await conn.execute(_SUGGEST, values)
                await conn.execute(_ENQUEUE, values)
            return time.perf_counter() - started

        yield insert, suggest
