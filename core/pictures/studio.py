"""Pictures are drawn in a process of their own: a fifth of a second of computing must not hold up everybody else."""

import asyncio
import os
import threading
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait

from core.kernel.principal import Locale
from core.pictures.drawing import draw
from core.pictures.models import Timeline


async def drawn(timeline: Timeline, locale: Locale) -> bytes | None:
    """Return the picture as PNG, or None where it cannot be drawn now. The process starts with the first one."""
    studio = _studio()
    try:
        return await asyncio.get_running_loop().run_in_executor(studio, draw, timeline, locale)
    except BrokenExecutor:
        # It was killed, for its memory perhaps: the next picture gets another one.
        _studio.cache_clear()
        return None


@cache
def _studio() -> ProcessPoolExecutor:
    # Spawned, not forked: this process has threads and connections that a copy must not touch.
    return ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_end_with_parent)


def _end_with_parent() -> None:
    """In the studio: end when the program does, also when it was killed and could say nothing."""
    parent = parent_process()
    assert parent is not None  # noqa: S101 it was spawned by one

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()
