"""Time things honestly: contenders take turns call by call (or round by round), so that noise meets all alike."""

import asyncio
import random
import statistics
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

Call: TypeAlias = Callable[[], Awaitable[object]]
WARM_UP = 20
"""Calls of each contender that are not counted; never more than are."""


async def typical_ms(contenders: Mapping[str, Call], calls: int) -> dict[str, float]:
    """Return each contender's median in milliseconds; they take turns in random order after a warm-up."""
    names = list(contenders)
    for name in names:
        for _ in range(min(WARM_UP, calls)):
            await contenders[name]()
    taken: dict[str, list[float]] = {name: [] for name in names}
    for _ in range(calls):
        random.shuffle(names)
        for name in names:
            started = time.perf_counter()
            await contenders[name]()
            taken[name].append((time.perf_counter() - started) * 1_000)
    return {name: statistics.median(times) for name, times in taken.items()}


async def per_second(work: Callable[[int], Awaitable[object]], numbers: range, at_once: int) -> float:
    """Return how many of ``work(number)`` end per second with so many at once."""
    waiting = iter(numbers)

    async def one_after_the_other() -> None:
        for number in waiting:
            await work(number)

    started = time.perf_counter()
    await asyncio.gather(*(one_after_the_other() for _ in range(at_once)))
    return len(numbers) / (time.perf_counter() - started)
