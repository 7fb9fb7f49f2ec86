"""Which job leads to which flow. Arguments come out of the database as JSON and become types here."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

import structlog
from procrastinate import App, JobContext
from procrastinate.jobs import Job

from bots.metrics import JOB_SECONDS, JOBS
from core.db import DatabaseDown
from core.flows import deliver
from core.flows.anchoring import post_heads
from core.flows.expire import end_lost_runs, expire
from core.flows.given_up import tell_given_up
from core.flows.picturing import show_picture
from core.flows.runtime import Runtime
from core.flows.waiting.reminding import remind
from core.jobs import names
from core.jobs.queries import BEGIN_SUSPECT, HANDLED, TAKE_EVENT
from core.jobs.queue import Deadly, RetryWhenItHelps
from core.jobs.retention import sweep
from core.kernel.errors import AppError
from core.kernel.messages import Address, Document

_log = structlog.get_logger("worker")

_MOST_DEATHS = 3
"""How many workers may die while a job runs alone; then it is given up."""

Dispatch: TypeAlias = Callable[[str, dict[str, Any]], Awaitable[None]]
"""Hands a stored delivery (platform, payload) to the platform's adapter."""


class Jobs:
    """The jobs of one process."""

    def __init__(self, rt: Runtime, dispatch: Dispatch) -> None:
        self._rt = rt
        self._dispatch = dispatch
        self._suspects = asyncio.Lock()

    def register(self, queue: App) -> None:
        """Tell the queue what each job runs."""
        self._task(queue, names.HANDLE_EVENT, self._handle_event)
        self._task(queue, names.SAY, self._say)
        self._task(queue, names.POST_DOCUMENT, self._post_document)
        self._task(queue, names.POST_CARD, self._post_card)
        self._task(queue, names.REFRESH_CARDS, self._refresh_cards)
        self._task(queue, names.REPLACE_CARD, self._replace_card)
        self._task(queue, names.SHOW_PICTURE, self._show_picture)
        queue.periodic(cron="* * * * *")(self._task(queue, names.EXPIRE, self._expire))
        queue.periodic(cron="* * * * *")(self._task(queue, names.REMIND, self._remind))
        # Every hour, so that a worker that was off in one of them posts in the next; said once a day.
        queue.periodic(cron="7 * * * *")(self._task(queue, names.POST_HEADS, self._post_heads))
        # Every hour, though once a day would do: a program that is off at night sweeps as well.
        queue.periodic(cron="17 * * * *")(self._task(queue, names.SWEEP, self._sweep))

    async def _run_alone(
        self, job: Job, deaths: int, run: Callable[..., Awaitable[None]], args: dict[str, Any]
    ) -> None:
        """Run a job that was under way when a worker died: one at a time, so that the innocent come through."""
        async with self._suspects:
            # Counted first: a worker that dies of telling does not tell for ever, and nobody is told twice.
            await self._rt.db.run_as_system(BEGIN_SUSPECT, {"job": job.id, "deaths": deaths + 1})
            if deaths == _MOST_DEATHS + 1:
                await self._give_up(job, args)
            if deaths > _MOST_DEATHS:
                raise Deadly(job.task_name)
            await run(**args)

    async def _give_up(self, job: Job, args: dict[str, Any]) -> None:
        bug_id = str(job.id)
        _log.error("workers died of a job; it is kept and not run again", task=job.task_name, bug_id=bug_id)
        async with self._rt.db.as_system() as tx:
            await tell_given_up(tx, job.task_name, args, job.lock or "", bug_id)

    def _task(self, queue: App, name: str, run: Callable[..., Awaitable[None]]) -> Any:
        async def measured(context: JobContext, deaths: int = 0, **args: Any) -> None:
            started = time.monotonic()
            try:
                if deaths:
                    await self._run_alone(context.job, deaths, run, args)
                else:
                    await run(**args)
            except AppError as told:
                JOBS.labels(name, "later").inc()
                _log.warning("job failed", task=name, reason=told.phrase.id)
                raise
            except DatabaseDown as down:
                JOBS.labels(name, "later").inc()
                _log.warning("job failed", task=name, reason=type(down).__name__)
                raise
            except Exception as failure:
                JOBS.labels(name, "failed").inc()
                _log.exception("job failed", task=name, error=type(failure).__name__)
                raise
            JOBS.labels(name, "done").inc()
            JOB_SECONDS.labels(name).observe(time.monotonic() - started)

        # The queue is for what the library itself queues, every minute; ``app.enqueue`` sorts the rest.
        return queue.task(name=name, queue=names.UPKEEP, retry=RetryWhenItHelps(), pass_context=True)(measured)

    async def _handle_event(self, inbound_id: str) -> None:
        event = {"id": inbound_id}
        for taken in await self._rt.db.run_as_system(TAKE_EVENT, event):
            await self._dispatch(taken["platform"], taken["payload"])
            await self._rt.db.run_as_system(HANDLED, event)

    async def _say(self, address: dict[str, Any], text: str, to: str | None = None) -> None:
        await deliver.say_now(self._rt, Address(**address), text, to)

    async def _post_document(
        self, *, address: dict[str, Any], name: str, text: str, instead: str, to: str | None = None
    ) -> None:
        await deliver.post_document(self._rt, Address(**address), Document(name, text, instead), to)

    async def _post_card(
        self,
        *,
        organization_id: str,
        suggestion_id: str,
        address: dict[str, Any],
        locale: str,
        can_decide: bool,
        again: str | None = None,
    ) -> None:
        await deliver.post_card(
            self._rt,
            UUID(organization_id),
            UUID(suggestion_id),
            Address(**address),
            locale,
            can_decide=can_decide,
            again=datetime.fromisoformat(again) if again else None,
        )

    async def _refresh_cards(self, organization_id: str, suggestion_id: str, *, others_only: bool = False) -> None:
        await deliver.refresh_cards(self._rt, UUID(organization_id), UUID(suggestion_id), others_only=others_only)

    async def _replace_card(self, copy_id: str, organization_id: str | None = None) -> None:
        whose = UUID(organization_id) if organization_id else None
        await deliver.replace_card(self._rt, whose, UUID(copy_id))

    async def _show_picture(self, organization_id: str, copy_id: str) -> None:
        await show_picture(self._rt, UUID(organization_id), UUID(copy_id))

    async def _expire(self, timestamp: int) -> None:
        del timestamp  # the queue says for which minute; whatever has run out by now is expired
        await expire(self._rt)
        await end_lost_runs(self._rt)

    async def _remind(self, timestamp: int) -> None:
        del timestamp  # the database's clock says what is due
        await remind(self._rt)

    async def _post_heads(self, timestamp: int) -> None:
        del timestamp  # the database's clock says which day it is
        await post_heads(self._rt)

    async def _sweep(self, timestamp: int) -> None:
        del timestamp  # what is too old by now goes
        for gone in await sweep(self._rt.db):
            _log.info("swept out", table=gone.table, rows=gone.rows, organization=str(gone.organization_id))
