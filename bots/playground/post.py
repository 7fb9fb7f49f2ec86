"""Deliver to the program as the platforms do: in order, again when it does not take it, in the background."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator
from dataclasses import dataclass

import httpx2

_log = logging.getLogger(__name__)

_TIMEOUT = 3.0
"""Seconds within which Slack wants its answer."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One request to the program; ``again`` holds the pauses (seconds) before further tries."""

    url: str
    body: bytes
    headers: dict[str, str]
    again: tuple[float, ...]
    retry_header: str | None = None
    """Header that numbers the tries (Slack's ``x-slack-retry-num``)."""


class Post:
    """One queue per platform: what was sent first arrives first."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[Delivery] = asyncio.Queue()

    def send(self, delivery: Delivery) -> None:
        """Queue a delivery."""
        self._queue.put_nowait(delivery)

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncGenerator[None]:
        """Deliver while the playground runs."""
        task = asyncio.create_task(self._run())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _run(self) -> None:
        async with httpx2.AsyncClient(timeout=_TIMEOUT, trust_env=False) as client:
            while True:
                await _deliver(client, await self._queue.get())


async def _deliver(client: httpx2.AsyncClient, delivery: Delivery) -> None:
    for number, pause in enumerate((0.0, *delivery.again)):
        await asyncio.sleep(pause)
        headers = dict(delivery.headers)
        if number and delivery.retry_header:
            headers[delivery.retry_header] = str(number)
        try:
            answer = await client.post(delivery.url, content=delivery.body, headers=headers)
        except httpx2.HTTPError as failure:
            _log.info("not delivered: %s", type(failure).__name__)
            continue
        if answer.is_success:
            return
    _log.warning("given up on a delivery to %s", delivery.url)
