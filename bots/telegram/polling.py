"""Fetch updates where no webhook can reach us: each one is stored before Telegram is told that it may forget it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from urllib.parse import urlsplit

from telegram.error import Conflict

from bots.storable import mapping
from bots.telegram.inbound import inbound_event
from bots.telegram.outbound import TelegramPlatform
from bots.telegram.wire import as_update, integer
from core.kernel.errors import Upstream, pause_before_retry
from core.kernel.messages import InboundEvent

_log = logging.getLogger(__name__)

_WAIT = 25
"""Seconds that one getUpdates waits for something to happen."""


async def poll(
    platform: TelegramPlatform,
    receive: Callable[[InboundEvent], Awaitable[bool]],
    stop: asyncio.Event,
    *,
    wait: int = _WAIT,
    pause: Callable[[int, float | None], float] = pause_before_retry,
) -> None:
    """Hand every update to ``receive`` until ``stop`` is set.

    The offset moves only past what was stored, so a crash at any point makes Telegram deliver again. A failure of
    Telegram (down, too fast) or of ``receive`` waits and is tried again.

    Telegram delivers by webhook or by polling, never both. Polling is what a configuration without a webhook secret
    asks for, so a webhook left from before is deleted at the start. One that appears later belongs to somebody who
    wants it, as does a second poller: both answer 409, and both are waited out rather than fought over.
    """
    poller = _Poller(platform, receive, wait)
    failures = 0
    while not stop.is_set():
        try:
            await _unless(stop, poller.step())
            failures = 0
        except Exception as failure:
            _log.warning("Telegram polling waits: %s", _reason(failure))
            after = failure.retry_after if isinstance(failure, Upstream) else None
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), pause(failures, after))
            failures += 1


class _Poller:
    """Where we are in Telegram's queue."""

    def __init__(
        self, platform: TelegramPlatform, receive: Callable[[InboundEvent], Awaitable[bool]], wait: int
    ) -> None:
        self._platform = platform
        self._receive = receive
        self._wait = wait
        self._offset: int | None = None
        self._is_ready = False

    async def step(self) -> None:
        """Fetch once and store, in order; raises what ``receive`` raises."""
        if not self._is_ready:
            await self._end_webhook()
            self._is_ready = True
        before = self._offset
        found = await self._platform.updates(before, self._wait)
        for raw in found:
            await self._store(raw)
        if found and self._offset == before:
            raise Upstream  # nothing in it was an update: the same answer would come again at once

    async def _end_webhook(self) -> None:
        info = await self._platform.webhook_info()
        if info.url:
            _log.warning("Telegram delivered to a webhook at %s; polling ends that", urlsplit(info.url).hostname)
            await self._platform.delete_webhook()

    async def _store(self, raw: object) -> None:
        number = integer(mapping(raw).get("update_id"))
        try:
            event = inbound_event(as_update(raw), self._platform.bot_id)
        except ValueError:
            _log.error("Telegram update %s cannot be stored and is skipped", number)
            event = None
        if event is not None:
            await self._receive(event)
        if number is not None:
            self._offset = number + 1


def _reason(failure: Exception) -> str:
    """Name the kinds alone: the texts may hold the address with the token, or what somebody wrote."""
    cause = failure.__cause__
    if isinstance(cause, Conflict):
        return "this bot has a webhook now" if "webhook" in cause.message.lower() else "somebody else polls this bot"
    return f"{type(failure).__name__}, {type(cause).__name__}"


async def _unless(stop: asyncio.Event, work: Awaitable[None]) -> None:
    """Run the work, or leave it as soon as ``stop`` is set; what was fetched but not stored comes again."""
    step, stopped = asyncio.ensure_future(work), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({step, stopped}, return_when=asyncio.FIRST_COMPLETED)
        if step.done():
            step.result()
    finally:
        for task in (step, stopped):
            task.cancel()
        await asyncio.gather(step, stopped, return_exceptions=True)
