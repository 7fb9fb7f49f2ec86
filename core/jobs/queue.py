"""The job queue: procrastinate on the same PostgreSQL, as the system role, and when a failed job runs again."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from time import monotonic
from typing import Any, LiteralString, TypeVar

import structlog
from procrastinate import App, BaseRetryStrategy, PsycopgConnector, RetryDecision
from procrastinate.connector import LISTEN_TIMEOUT, Notify
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job
from procrastinate.manager import get_channel_for_queues
from procrastinate.sql import queries
from psycopg_pool import AsyncConnectionPool

from core.connections import RECONNECT_SECONDS, heeding, is_passing, patient_network
from core.db import DatabaseDown
from core.kernel.errors import Upstream

_BECOME: tuple[LiteralString, ...] = (
    "set role eventflow_system",
    "set search_path = procrastinate",
    "set statement_timeout = '30s'",
    "set timezone = 'UTC'",
)
_log = structlog.get_logger("queue")
_T = TypeVar("_T")

_PATIENCE_SECONDS = 20.0
"""How long the queue's own statements are repeated; then its worker ends, and the process starts another."""
_LONGEST_PAUSE = 1.0
_LOOK = '{"type": "job_inserted", "job_id": 0}'
"""What the library's own trigger tells workers of a new job; they look for any, whatever its number."""
_POOL_TIMEOUT = 5.0
_LONGEST_WAIT = 300.0
"""Seconds between two tries of a job whose other side is down."""
_UPSTREAM_TRIES = 300
"""With the wait above, about a day: then a chat platform that is still down gets no old news any more."""
_BUG_TRIES = 4
"""A bug may be a race with something that is over in a moment; it is not one for ever."""


class Deadly(Exception):
    """Workers died of this job again and again; it is kept, and not run any more."""


class RetryWhenItHelps(BaseRetryStrategy):
    """Try again soon where the other side is down or busy, and only a few times where the fault is ours."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """Return when to try again, or None to give up; the queue keeps the job with what it held."""
        if isinstance(exception, Deadly):
            return None
        passing = isinstance(exception, Upstream | DatabaseDown)
        if job.attempts >= (_UPSTREAM_TRIES if passing else _BUG_TRIES):
            return None
        wait = min(0.5 * 2 ** min(job.attempts, 12), _LONGEST_WAIT) * random.uniform(0.75, 1.25)  # noqa: S311 jitter
        if isinstance(exception, Upstream) and exception.retry_after is not None:
            # Jobs that compete for one channel come back apart, and later each time: at the same moment they would be
            # asked to wait together again, and use up their tries within minutes.
            wait = max(exception.retry_after, 0.1) + random.uniform(0, job.attempts)  # noqa: S311 jitter
        return RetryDecision(retry_at=datetime.now(UTC) + timedelta(seconds=wait))


class _PatientConnector(PsycopgConnector):
    """Repeats what broke with its connection: the library's worker ends for good at the first statement that fails.

    All its statements bear that. A job that was fetched by one whose answer was lost is found by ``rescue_stalled``.
    """

    def __init__(self, queues: Sequence[str] | None, **options: Any) -> None:
        super().__init__(**options)
        self._queues = queues
        self._told: dict[str, Notify] = {}
        """Whom to tell of a job, by the channel of their queue."""
        self._missed: dict[str, str | None] = {}
        """The channels whose workers look at this moment, and what was told there since they began."""
        self._telling: set[asyncio.Task[None]] = set()
        self._listening: asyncio.Task[None] | None = None

    async def execute_query_async(self, query: LiteralString, **arguments: Any) -> None:
        await self._patiently(lambda: super(_PatientConnector, self).execute_query_async(query, **arguments))

    async def execute_query_one_async(self, query: LiteralString, **arguments: Any) -> dict[str, Any]:
        run = partial(super().execute_query_one_async, query, **arguments)
        if query != queries["fetch_job"]:
            return await self._patiently(run)
        channels = tuple(get_channel_for_queues(arguments["queues"]))
        self._missed.update(dict.fromkeys(channels))
        try:
            return await self._patiently(run)
        finally:
            # The library's worker forgets after its look what it was told of during it (3.10.0), which may be a job
            # that the look did not see: it is told again once it has forgotten.
            for channel in channels:
                payload = self._missed.pop(channel, None)
                if payload is not None:
                    asyncio.get_running_loop().call_soon(self._tell_again, channel, payload)

    async def execute_query_all_async(self, query: LiteralString, **arguments: Any) -> list[dict[str, Any]]:
        return await self._patiently(lambda: super(_PatientConnector, self).execute_query_all_async(query, **arguments))

    async def listen_notify(self, on_notification: Notify, channels: Iterable[str]) -> None:
        """Listen for ever. One connection listens for all workers of the process, each of which would open its own."""
        for channel in channels:
            self._told[channel] = on_notification
        if self._listening is None:
            self._listening = asyncio.create_task(self._listen())
        await asyncio.shield(self._listening)

    async def close_async(self) -> None:
        if self._listening is not None:
            self._listening.cancel()
            await asyncio.gather(self._listening, return_exceptions=True)
            self._listening = None
        await super().close_async()

    async def _listen(self) -> None:
        """Over as many connections as it takes; who begins to listen looks first."""
        while True:
            try:
                await super().listen_notify(self._tell, get_channel_for_queues(self._queues))
            except ConnectorException as failure:
                _log.warning("the queue's listener connects again", error=_kind(failure))
            await asyncio.sleep(_LONGEST_PAUSE)

    async def _loop_notify(
        self,
        on_notification: Notify,
        connection: Any,
        timeout: float = LISTEN_TIMEOUT,  # noqa: ASYNC109 the library's own signature
    ) -> None:
        # What came before this connection listened was told to nobody: everybody looks once.
        for channel in self._told:
            await on_notification(channel=channel, payload=_LOOK)
        await super()._loop_notify(on_notification, connection, timeout)

    async def _tell(self, *, channel: str, payload: str) -> None:
        if channel in self._missed:
            self._missed[channel] = payload
        if channel in self._told:
            await self._told[channel](channel=channel, payload=payload)

    def _tell_again(self, channel: str, payload: str) -> None:
        task = asyncio.ensure_future(self._tell(channel=channel, payload=payload))
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    async def _patiently(self, run: Callable[[], Awaitable[_T]]) -> _T:
        began, pause = monotonic(), 0.05
        while True:
            try:
                return await heeding(run)
            except ConnectorException as failure:
                if not is_passing(failure.__cause__) or monotonic() - began > _PATIENCE_SECONDS:
                    raise
                _log.warning("the queue asks again on a fresh connection", error=_kind(failure))
            # Those beside it lead to the same server that went away, or takes no writes any more.
            await self.pool.drain()
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)


def _kind(failure: ConnectorException) -> str:
    return type(failure.__cause__).__name__


def queue_app(url: str, *, size: int, queues: Sequence[str] | None = None) -> App:
    """Return the queue's app; ``size`` is the most connections it keeps, ``queues`` what its workers take (all)."""
    connector = _PatientConnector(
        queues,
        pool_factory=_pool,
        conninfo=url,
        kwargs=patient_network(url),
        min_size=1,
        max_size=size,
        timeout=_POOL_TIMEOUT,
        reconnect_timeout=RECONNECT_SECONDS,
        configure=_configure,
        name="eventflow-jobs",
    )
    return App(connector=connector)


def _pool(**options: Any) -> AsyncConnectionPool[Any]:
    # The library would ask the server before every statement, and wait for seconds where one connection is stale.
    options["check"] = None
    return AsyncConnectionPool(**options)


async def _configure(conn: Any) -> None:
    for statement in _BECOME:
        await conn.execute(statement)
    await conn.commit()
    # The library asks one statement at a time, each whole in itself: to begin and commit around it would be two more
    # round trips.
    await conn.set_autocommit(True)


async def rescue_stalled(app: App, *, silent_seconds: float) -> list[int]:
    """Give the jobs of workers that fell silent back to the queue; return their ids."""
    stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=silent_seconds))
    for job in stalled:
        await app.job_manager.retry_job(job)
    return [job.id for job in stalled if job.id is not None]


async def give_back_forgotten(app: App, workers: Iterable[int], running: Collection[int], before: set[int]) -> set[int]:
    """Give back jobs that workers of this process hold and do not run, where they did not run them ``before`` either.

    The answer to a fetch may be lost with its connection: the job is theirs, and they never heard of it. Returns those
    that are to be looked at again.
    """
    found: set[int] = set()
    for worker in workers:
        for job in await app.job_manager.list_jobs_async(status="doing", worker_id=worker):
            if job.id is None or job.id in running:
                continue
            if job.id in before:
                await app.job_manager.retry_job(job)
            else:
                found.add(job.id)
    return found
