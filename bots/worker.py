"""The worker: which job leads to which flow, and the loop that runs them."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any
from uuid import UUID

import structlog
from procrastinate import App
from slack_bolt.async_app import AsyncApp

from bots.metrics import JOB_SECONDS, JOBS
from bots.process import Process
from bots.slack.app import build_app
from bots.slack.app import dispatch as dispatch_slack
from bots.telegram.app import dispatch as dispatch_telegram
from core.actions import queries as actions
from core.flows import deliver
from core.flows.on_decision import on_decision
from core.flows.on_message import on_message
from core.jobs import names
from core.jobs.queries import mark_handled, take_event
from core.jobs.queue import RetryWhenItHelps, queue_app, rescue_stalled
from core.kernel.errors import AppError
from core.kernel.messages import Address, Decision, InboundMessage

_log = structlog.get_logger("worker")

_DRAIN_SECONDS = 20
"""How long jobs that run may take to end when the process is asked to stop; the queue keeps the rest."""
_BEATS_TO_MISS = 3
"""A worker that missed so many heartbeats is taken for dead, and its jobs are given to others."""


class Worker:
    """Turns jobs into flows. One per process; many processes may run on many machines."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._rt = process.rt
        self._bolt: AsyncApp | None = (
            build_app(process.slack, self._on_message, self._on_decision) if process.slack else None
        )
        concurrency = process.settings.eventflow_worker_concurrency
        self.queue: App = queue_app(process.database_url, size=concurrency + 2)
        self._register()

    async def run(self, stop: asyncio.Event) -> None:
        """Run jobs until ``stop`` is set; then let the running ones end."""
        beat = self._process.settings.eventflow_heartbeat_seconds
        async with self.queue.open_async():
            rescue = asyncio.create_task(self._rescue(beat * _BEATS_TO_MISS))
            work = asyncio.create_task(
                self.queue.run_worker_async(
                    concurrency=self._process.settings.eventflow_worker_concurrency,
                    install_signal_handlers=False,
                    delete_jobs="successful",
                    fetch_job_polling_interval=2.0,
                    update_heartbeat_interval=beat,
                    stalled_worker_timeout=beat * _BEATS_TO_MISS,
                    shutdown_graceful_timeout=_DRAIN_SECONDS,
                )
            )
            stopping = asyncio.create_task(stop.wait())
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

    def _register(self) -> None:
        self._task(names.HANDLE_EVENT, self._handle_event)
        self._task(names.SAY, self._say)
        self._task(names.POST_CARD, self._post_card)
        self._task(names.REFRESH_CARDS, self._refresh_cards)
        self._task(names.REPLACE_CARD, self._replace_card)
        expire = self.queue.task(name=names.EXPIRE)(self._expire)
        self.queue.periodic(cron="* * * * *")(expire)

    def _task(self, name: str, run: Callable[..., Awaitable[None]]) -> None:
        async def measured(**args: Any) -> None:
            started = time.monotonic()
            try:
                await run(**args)
            except AppError as told:
                JOBS.labels(name, "later").inc()
                _log.warning("job failed", task=name, reason=told.phrase.id)
                raise
            except Exception as failure:
                JOBS.labels(name, "failed").inc()
                _log.exception("job failed", task=name, error=type(failure).__name__)
                raise
            JOBS.labels(name, "done").inc()
            JOB_SECONDS.labels(name).observe(time.monotonic() - started)

        self.queue.task(name=name, retry=RetryWhenItHelps())(measured)

    async def _handle_event(self, inbound_id: str) -> None:
        async with self._rt.db.as_system() as tx:
            taken = await take_event(tx, UUID(inbound_id))
        if taken is None or taken["handled_at"] is not None:
            return
        await self._dispatch(taken["platform"], taken["payload"])
        async with self._rt.db.as_system() as tx:
            await mark_handled(tx, UUID(inbound_id))

    async def _dispatch(self, platform: str, payload: dict[str, Any]) -> None:
        if platform == "slack" and self._bolt is not None:
            await dispatch_slack(self._bolt, payload)
        elif platform == "telegram" and self._process.telegram is not None:
            await dispatch_telegram(self._process.telegram, payload, self._on_message, self._on_decision)
        else:
            _log.warning("a platform that is off delivered something", platform=platform)

    async def _on_message(self, message: InboundMessage) -> None:
        await on_message(self._rt, message)

    async def _on_decision(self, decision: Decision) -> str | None:
        return await on_decision(self._rt, decision)

    async def _say(self, address: dict[str, Any], text: str) -> None:
        await deliver.say_now(self._rt, Address(**address), text)

    async def _post_card(
        self, organization_id: str, suggestion_id: str, address: dict[str, Any], locale: str, can_decide: bool
    ) -> None:
        await deliver.post_card(
            self._rt, UUID(organization_id), UUID(suggestion_id), Address(**address), locale, can_decide=can_decide
        )

    async def _refresh_cards(self, organization_id: str, suggestion_id: str) -> None:
        await deliver.refresh_cards(self._rt, UUID(organization_id), UUID(suggestion_id))

    async def _replace_card(self, copy_id: str) -> None:
        await deliver.replace_card(self._rt, UUID(copy_id))

    async def _expire(self, timestamp: int) -> None:
        del timestamp  # the queue says for which minute; whatever has run out by now is expired
        async with self._rt.db.as_system() as tx:
            expired = await actions.expire(tx)
        if expired:
            _log.info("expired", suggestions=expired)
