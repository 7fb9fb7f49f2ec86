"""The worker: the loop that runs jobs, and the loop that gives back those of workers that died."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

import structlog
from procrastinate import App, JobContext

from bots.chats import Chats
from bots.jobs import Dispatch, Jobs
from bots.parts import Parts, keep_running
from bots.process import Process
from bots.slack.app import Core, build_app
from bots.slack.app import dispatch as dispatch_slack
from bots.slack.home.publish import home
from bots.telegram.app import dispatch as dispatch_telegram
from core.flows.on_decision import on_decision
from core.flows.on_message import on_message
from core.flows.opening import on_open
from core.jobs.names import DECISIONS, KINDS, PICTURES, SENDING, STRANGERS, TURNS, UPKEEP, queue_name
from core.jobs.queries import BEATS_TO_MISS, DELIVERED, SORT_QUEUE, SUSPECT
from core.jobs.queue import give_back_forgotten, queue_app, rescue_stalled
from core.kernel.errors import Upstream
from core.kernel.messages import Decision, InboundMessage
from core.kernel.principal import Platform

_log = structlog.get_logger("worker")

_DRAIN_SECONDS = 20
"""How long jobs that run may take to end when the process is asked to stop; the queue keeps the rest."""
_POLL_SECONDS = 1.0
"""Workers are told of jobs; looking finds those whose time has come."""
_CONNECTIONS = 8
"""Of the queue's own pool: its statements take a millisecond, and its workers ask one by one."""
_PRESSES, _STRANGERS, _SENDING, _PICTURES, _UPKEEP = 64, 2, 16, 4, 4
"""Slots. A press waits for PostgreSQL, which takes milliseconds, and perhaps to be answered by its platform; sending
waits for a platform; a crowd of strangers gets no more than two. One picture is drawn at a time, while those before it
are sent."""
_IN_LINE = 8
"""Messages taken for each turn of the model: commands need none, and the others stand in line by person and by
organisation (``core/flows/slots.py``)."""


def lanes(platforms: Iterable[str], turns: int) -> dict[str, int]:
    """Return the queues that a process with these platforms takes, and how many jobs of each at once."""
    slots = {
        DECISIONS: _PRESSES,
        TURNS: turns * _IN_LINE,
        STRANGERS: _STRANGERS,
        SENDING: _SENDING,
        PICTURES: _PICTURES,
    }
    found = {queue_name(platform, kind): slots[kind] for platform in platforms for kind in KINDS}
    return {**found, UPKEEP: _UPKEEP}


class Worker:
    """Turns jobs into flows. One per process; many processes may run on many machines."""

    def __init__(self, process: Process, chats: Chats, dispatch: Dispatch | None = None) -> None:
        self._process = process
        self._chats = chats
        self._doors = dict(self._open(chats))
        self._workers: set[int] = set()
        self._running: set[int] = set()
        """The jobs that run here now, and who took them."""
        self._lanes = lanes(chats.rt.platforms, process.settings.eventflow_worker_concurrency)
        self.queue: App = queue_app(process.queue_url, size=_CONNECTIONS, queues=tuple(self._lanes))
        Jobs(chats.rt, dispatch or self._dispatch).register(self.queue)

    async def run(self, stop: asyncio.Event, parts: Parts) -> None:
        """Run jobs until ``stop`` is set; then let the running ones end. Each lane counts as a part of its own."""
        beat = self._process.settings.eventflow_heartbeat_seconds
        async with self.queue.open_async():
            running = [asyncio.create_task(self._rescue(beat * BEATS_TO_MISS, stop))]
            for queue, slots in self._lanes.items():
                parts.expect(queue)
                running.append(asyncio.create_task(self._keep_lane(queue, slots, stop, parts)))
            try:
                await stop.wait()
            finally:
                for task in running:
                    task.cancel()
                await asyncio.gather(*running, return_exceptions=True)

    async def _keep_lane(self, queue: str, slots: int, stop: asyncio.Event, parts: Parts) -> None:
        async def work() -> None:
            beat = self._process.settings.eventflow_heartbeat_seconds
            with parts.working(queue):
                await self.queue.run_worker_async(
                    queues=[queue],
                    name=queue,
                    concurrency=slots,
                    worker_middleware=[self._note],
                    install_signal_handlers=False,
                    delete_jobs="successful",
                    fetch_job_polling_interval=_POLL_SECONDS,
                    update_heartbeat_interval=beat,
                    stalled_worker_timeout=beat * BEATS_TO_MISS,
                    shutdown_graceful_timeout=_DRAIN_SECONDS,
                )

        # The library's worker ends without an exception when it loses the database for good.
        await keep_running(queue, work, stop)

    async def _note(self, run: Callable[[], Awaitable[Any]], context: JobContext, worker: Any) -> Any:
        job = context.job.id or 0
        self._workers.add(worker.worker_id)
        self._running.add(job)
        try:
            return await run()
        finally:
            self._running.discard(job)

    async def _rescue(self, silent_seconds: float, stop: asyncio.Event) -> None:
        forgotten: set[int] = set()
        while not stop.is_set():
            try:
                await self._process.db.run_as_system(SORT_QUEUE)
                forgotten = await give_back_forgotten(self.queue, self._workers, self._running, forgotten)
                rescued = await rescue_stalled(self.queue, silent_seconds=silent_seconds)
                if rescued:
                    await self._process.db.run_as_system(SUSPECT, {"jobs": rescued})
                    _log.warning("jobs of a silent worker were given back", jobs=len(rescued))
            except Exception as failure:  # the next round tries again
                _log.warning("could not look for silent workers", error=type(failure).__name__)
            await asyncio.sleep(silent_seconds / 2)

    async def _dispatch(self, platform: str, payload: dict[str, Any]) -> None:
        to = self._doors.get(platform)
        if to is None:
            # Off is not gone: it waits for a worker that has the platform.
            raise Upstream
        await to(payload)

    def _open(self, chats: Chats) -> Iterator[tuple[Platform, Callable[[dict[str, Any]], Awaitable[None]]]]:
        """Yield each platform that is on, with what takes its payloads."""
        if slack := chats.slack:
            yield slack.name, partial(dispatch_slack, build_app(slack, self._core()))
        if telegram := chats.telegram:
            delivered = partial(self._delivered, telegram.name, telegram.bot_id)

            async def to_telegram(payload: dict[str, Any]) -> None:
                await dispatch_telegram(telegram, payload, self._on_message, self._on_decision, delivered)

            yield telegram.name, to_telegram

    async def _delivered(self, platform: str, workspace: str, prefix: str) -> list[Mapping[str, Any]]:
        rows = await self._process.db.run_as_system(
            DELIVERED, {"platform": platform, "workspace": workspace, "prefix": prefix}
        )
        return [row["payload"] for row in rows]

    async def _on_message(self, message: InboundMessage) -> None:
        await on_message(self._chats.rt, message)

    def _core(self) -> Core:
        return Core(
            on_message=self._on_message,
            on_decision=self._on_decision,
            on_open=lambda decision: on_open(self._chats.rt, decision),
            on_home=lambda asked: home(self._chats.rt, asked),
            watch=self._chats.rt.watch,
        )

    async def _on_decision(self, decision: Decision) -> str | None:
        return await on_decision(self._chats.rt, decision)
