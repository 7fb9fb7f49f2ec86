"""The parts of a process that run beside each other: one that fails or ends starts again and takes no other down."""

import asyncio
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager, suppress

import structlog

_log = structlog.get_logger("parts")

_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 10.0
_STEADY_SECONDS = 60.0
"""Whoever ran for so long has not failed at the start: the pauses begin anew."""


class Parts:
    """Which parts this process must have, and which of them do their work now."""

    def __init__(self) -> None:
        self._working: dict[str, bool] = {}

    def expect(self, name: str) -> None:
        """This process is not whole without the part."""
        self._working.setdefault(name, False)

    @contextmanager
    def working(self, name: str) -> Generator[None]:
        """Note that a part does its work as long as the block lasts."""
        self._working[name] = True
        try:
            yield
        finally:
            self._working[name] = False

    def missing(self) -> list[str]:
        """Return the parts that do not do their work now, in order."""
        return sorted(name for name, works in self._working.items() if not works)


async def keep_running(
    name: str,
    work: Callable[[], Awaitable[object]],
    stop: asyncio.Event,
    *,
    ends: bool = False,
    pause: Callable[[int], float] | None = None,
) -> None:
    """Run a part of the process until ``stop`` is set; start it again when it fails, and also when it merely ends.

    ``ends``: the part has an end of its own, after which there is nothing left to do.
    """
    clock, failures = asyncio.get_running_loop().time, 0
    while not stop.is_set():
        began, why = clock(), "ended"
        try:
            await work()
        except Exception as failure:  # the boundary: one part must not take the others down
            why = type(failure).__name__
        else:
            if ends:
                return
        if stop.is_set():
            return
        failures = 0 if clock() - began > _STEADY_SECONDS else failures + 1
        _log.error("a part of the process stopped and starts again", part=name, why=why, time=failures)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), (pause or pause_after)(failures))


def pause_after(failures: int) -> float:
    """Return how many seconds a part rests before it starts again: doubling, and never long."""
    return min(_LONGEST_PAUSE, _FIRST_PAUSE * 2 ** min(failures, 10))


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
