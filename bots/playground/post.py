"""Deliver events to the program as Slack does: in order, signed anew for every try, and again when refused."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator, Callable, Coroutine
from dataclasses import dataclass

import httpx2

_log = logging.getLogger(__name__)

_TIMEOUT = 3.0
"""Seconds within which Slack wants its answer (docs: "Events API", "Responding to events")."""
PAUSES = (0.5, 2.0, 6.0)
"""Seconds before each of Slack's three further tries; its own are at once, a minute and five minutes."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One request to the program."""

    url: str
    body: bytes
    headers: Callable[[], dict[str, str]]
    """Made for every try: a signature is only good for five minutes."""
    is_repeated: bool
    """Whether a refused request comes again: events do, presses do not."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the program answered."""

    status: int
    body: bytes


class Post:
    """What was sent first arrives first; a request that was refused comes again later and holds up nobody."""

    def __init__(self, pauses: tuple[float, ...] = PAUSES, timeout: float = _TIMEOUT) -> None:
        self._pauses = pauses
        self._timeout = timeout
        self._queue: asyncio.Queue[Delivery] = asyncio.Queue()
        self._again: set[asyncio.Task[None]] = set()
        self._client: httpx2.AsyncClient | None = None

    def send(self, delivery: Delivery) -> None:
        """Queue a delivery."""
        self._queue.put_nowait(delivery)

    async def ask(self, delivery: Delivery) -> Answer | None:
        """Deliver at once, past the queue, and return what the program answered; None if it did not in time.

        Raises ``RuntimeError`` unless the playground runs.
        """
        if self._client is None:
            raise RuntimeError("the playground does not run")
        try:
            async with asyncio.timeout(self._timeout):
                answer = await self._client.post(delivery.url, content=delivery.body, headers=delivery.headers())
        except (TimeoutError, httpx2.HTTPError):
            return None
        return Answer(answer.status_code, answer.content)

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncGenerator[None]:
        """Deliver while the playground runs."""
        async with new_client(self._timeout) as self._client:
            task = asyncio.create_task(self._run(self._client))
            try:
                yield
            finally:
                for each in (task, *self._again):
                    each.cancel()
                await asyncio.gather(task, *self._again, return_exceptions=True)

    async def _run(self, client: httpx2.AsyncClient) -> None:
        while True:
            delivery = await self._queue.get()
            reason = await _try(client, delivery, {})
            if reason is not None and delivery.is_repeated:
                self._later(self._repeat(client, delivery, reason))
            elif reason is not None:
                _log.warning("a press was not taken: %s", reason)

    def _later(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._again.add(task)
        task.add_done_callback(self._again.discard)

    async def _repeat(self, client: httpx2.AsyncClient, delivery: Delivery, reason: str) -> None:
        for number, pause in enumerate(self._pauses, 1):
            await asyncio.sleep(pause)
            again = {"x-slack-retry-num": str(number), "x-slack-retry-reason": reason}
            refused = await _try(client, delivery, again)
            if refused is None:
                return
            reason = refused
        _log.warning("given up on an event: %s", reason)


async def _try(client: httpx2.AsyncClient, delivery: Delivery, headers: dict[str, str]) -> str | None:
    """Return None when the request was taken, else the reason in Slack's words."""
    try:
        answer = await client.post(delivery.url, content=delivery.body, headers={**delivery.headers(), **headers})
    except httpx2.TimeoutException:
        return "http_timeout"
    except httpx2.HTTPError:
        return "connection_failed"
    return None if answer.is_success else "http_error"


def new_client(timeout: float) -> httpx2.AsyncClient:
    """Return a client that reaches the program directly, whatever proxy the environment names."""
    # It prints the addresses that it calls at INFO.
    logging.getLogger("httpx2").setLevel(logging.WARNING)
    return httpx2.AsyncClient(timeout=timeout, trust_env=False)
