"""Run the queue until it is empty, as a worker would."""

from typing import Any

from bots.jobs import Dispatch, Jobs
from core.flows.runtime import Runtime
from core.jobs.queue import queue_app


async def _nothing(platform: str, payload: dict[str, Any]) -> None:
    raise AssertionError(f"nothing should have come in from {platform}: {payload}")


async def drain(
    rt: Runtime, database_url: str, dispatch: Dispatch = _nothing, *, queues: list[str] | None = None
) -> None:
    """Run every job that is due, and those that they queue, in order of their locks; of all queues, or of some."""
    queue = queue_app(database_url, size=4)
    Jobs(rt, dispatch).register(queue)
    async with queue.open_async():
        # A worker that does not wait may leave before the job that the last one queued.
        while any(
            job.scheduled_at is None and (queues is None or job.queue in queues)
            for job in await queue.job_manager.list_jobs_async(status="todo")
        ):
            await queue.run_worker_async(
                queues=queues,  # pyright: ignore[reportArgumentType] None is all of them, says its documentation
                wait=False,
                concurrency=2,
                install_signal_handlers=False,
                listen_notify=False,
                delete_jobs="successful",
            )
