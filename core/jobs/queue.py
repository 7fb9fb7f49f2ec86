"""The job queue: procrastinate on the same PostgreSQL, as the system role, and when a failed job runs again."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any, LiteralString

from procrastinate import App, BaseRetryStrategy, PsycopgConnector, RetryDecision
from procrastinate.jobs import Job

from core.db import DatabaseDown
from core.kernel.errors import Upstream

_BECOME: tuple[LiteralString, ...] = (
    "set role eventflow_system",
    "set search_path = procrastinate",
    "set statement_timeout = '30s'",
    "set timezone = 'UTC'",
)
_LONGEST_WAIT = 300.0
"""Seconds between two tries of a job whose other side is down."""
_UPSTREAM_TRIES = 300
"""With the wait above, about a day: then a chat platform that is still down gets no old news any more."""
_BUG_TRIES = 4
"""A bug may be a race with something that is over in a moment; it is not one for ever."""


class RetryWhenItHelps(BaseRetryStrategy):
    """Try again soon where the other side is down or busy, and only a few times where the fault is ours."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """Return when to try again, or None to give up; the queue keeps the job with what it held."""
        passing = isinstance(exception, Upstream | DatabaseDown)
        if job.attempts >= (_UPSTREAM_TRIES if passing else _BUG_TRIES):
            return None
        wait = min(0.5 * 2 ** min(job.attempts, 12), _LONGEST_WAIT) * random.uniform(0.75, 1.25)  # noqa: S311 jitter
        if isinstance(exception, Upstream) and exception.retry_after is not None:
            # Jobs that compete for one channel come back apart, and later each time: at the same moment they would be
            # asked to wait together again, and use up their tries within minutes.
            wait = max(exception.retry_after, 0.1) + random.uniform(0, job.attempts)  # noqa: S311 jitter
        return RetryDecision(retry_at=datetime.now(UTC) + timedelta(seconds=wait))


def queue_app(url: str, *, size: int) -> App:
    """Return the queue's app; ``size`` is the most connections it keeps."""
    connector = PsycopgConnector(conninfo=url, min_size=1, max_size=size, configure=_configure, name="eventflow-jobs")
    return App(connector=connector)


async def _configure(conn: Any) -> None:
    for statement in _BECOME:
        await conn.execute(statement)
    await conn.commit()


async def rescue_stalled(app: App, *, silent_seconds: float) -> int:
    """Give the jobs of workers that fell silent back to the queue; return how many there were."""
    stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=silent_seconds))
    for job in stalled:
        await app.job_manager.retry_job(job)
    return len(stalled)
