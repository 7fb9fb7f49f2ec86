"""The parts of a process that run beside each other: one that fails starts again and takes no other down."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog

_log = structlog.get_logger("parts")

_LOOK_AGAIN_SECONDS = 1.0


async def keep_running(name: str, work: Callable[[], Awaitable[object]], stop: asyncio.Event) -> None:
    """Run a part of the process until it ends by itself; start it again when it fails."""
    while not stop.is_set():
        try:
            await work()
        except Exception as failure:  # the boundary: one part must not take the others down
            _log.error("a part of the process failed and starts again", part=name, error=type(failure).__name__)
            await asyncio.sleep(_LOOK_AGAIN_SECONDS)
        else:
            return


async def end(task: asyncio.Task[None], *, within_seconds: float) -> None:
    """Give a part that was asked to stop some time to end by itself, then end it."""
    if within_seconds:
        await asyncio.wait({task}, timeout=within_seconds)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def first(*events: asyncio.Event) -> None:
    """Wait until one of the events is set."""
    waiting = [asyncio.create_task(event.wait()) for event in events]
    await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    for each in waiting:
        each.cancel()
