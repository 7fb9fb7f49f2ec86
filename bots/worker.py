"""The worker: the loop that runs jobs, and the loop that gives back those of workers that died."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from typing import Any

import structlog
from procrastinate import App
from slack_bolt.async_app import AsyncApp

from bots.chats import Chats
from bots.jobs import Jobs
from bots.process import Process
from bots.slack.app import Core, build_app
from bots.slack.app import dispatch as dispatch_slack
from bots.slack.home.publish import home
from bots.telegram.app import dispatch as dispatch_telegram
from core.flows.on_decision import on_decision
from core.flows.on_message import on_message
from core.flows.opening import on_open
from core.jobs.queries import BEATS_TO_MISS
from core.jobs.queue import queue_app, rescue_stalled
from core.kernel.messages import Decision, InboundMessage

_log = structlog.get_logger("worker")

_DRAIN_SECONDS = 20
"""How long jobs that run may take to end when the process is asked to stop; the queue keeps the rest."""
_POLL_SECONDS = 0.25
"""Workers are told of jobs; looking finds those whose time has come, and any that was told of during the last look."""


class Worker:
    """Turns jobs into flows. One per process; many processes may run on many machines."""

    def __init__(self, process: Process, chats: Chats) -> None:
        self._process = process
        self._chats = chats
        self._bolt: AsyncApp | None = build_app(chats.slack, self._core()) if chats.slack else None
        concurrency = process.settings.eventflow_worker_concurrency
        self.queue: App = queue_app(process.database_url, size=concurrency + 2)
        Jobs(chats.rt, self._dispatch).register(self.queue)

    async def run(self, stop: asyncio.Event, working: Callable[[], AbstractContextManager[None]] = nullcontext) -> None:
        """Run jobs until ``stop`` is set; then let the running ones end.

        ``working`` is entered for as long as jobs are taken. Returns early when the queue's own worker ends, which it
        does without an exception when it loses the database.
        """
        beat = self._process.settings.eventflow_heartbeat_seconds
        async with self.queue.open_async():
            rescue = asyncio.create_task(self._rescue(beat * BEATS_TO_MISS))
            work = asyncio.create_task(
                self.queue.run_worker_async(
                    concurrency=self._process.settings.eventflow_worker_concurrency,
                    install_signal_handlers=False,
                    delete_jobs="successful",
                    fetch_job_polling_interval=_POLL_SECONDS,
                    update_heartbeat_interval=beat,
                    stalled_worker_timeout=beat * BEATS_TO_MISS,
                    shutdown_graceful_timeout=_DRAIN_SECONDS,
                )
            )
            stopping = asyncio.create_task(stop.wait())
            with working():
                await asyncio.wait({work, stopping}, return_when=asyncio.FIRST_COMPLETED)
            for task in (rescue, stopping, work):
                task.cancel()
            with suppress(asyncio.CancelledError):
                await work

    async def _rescue(self, silent_seconds: float) -> None:
        while True:
            try:
                rescued = await rescue_stalled(self.queue, silent_seconds=silent_seconds)
                if rescued:
                    _log.warning("jobs of a silent worker were given back", jobs=rescued)
            except Exception as failure:  # the next round tries again
                _log.warning("could not look for silent workers", error=type(failure).__name__)
            await asyncio.sleep(silent_seconds / 2)

    async def _dispatch(self, platform: str, payload: dict[str, Any]) -> None:
        if platform == "slack" and self._bolt is not None:
            await dispatch_slack(self._bolt, payload)
        elif platform == "telegram" and self._chats.telegram is not None:
            await dispatch_telegram(self._chats.telegram, payload, self._on_message, self._on_decision)
        else:
            _log.warning("a platform that is off delivered something", platform=platform)

    async def _on_message(self, message: InboundMessage) -> None:
        await on_message(self._chats.rt, message)

    def _core(self) -> Core:
        return Core(
            on_message=self._on_message,
            on_decision=self._on_decision,
            on_open=lambda decision: on_open(self._chats.rt, decision),
            on_home=lambda asked: home(self._chats.rt, asked),
        )

    async def _on_decision(self, decision: Decision) -> str | None:
        return await on_decision(self._chats.rt, decision)
