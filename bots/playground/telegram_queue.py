"""Updates on their way to the bot: posted to its webhook in order until it takes them, or kept until fetched."""

import asyncio
import contextlib
import json
import logging
import time
from collections.abc import AsyncGenerator, Collection
from dataclasses import dataclass

import httpx2

from bots.playground.config import PlaygroundConfig
from bots.playground.post import new_client
from bots.playground.state import State
from bots.playground.telegram_refusal import TelegramRefusal
from bots.playground.telegram_shapes import Json

_log = logging.getLogger(__name__)

_TIMEOUT = 10.0
_PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds before an update that was refused is posted again; the last repeats. Telegram gives up after a day."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where updates are posted, and the word that proves who posts them."""

    url: str
    secret: str | None


class UpdateQueue:
    """One bot's updates, oldest first. A bot has either a webhook or polls, never both."""

    def __init__(self, config: PlaygroundConfig, state: State) -> None:
        secret = config.telegram_webhook_secret
        self._state = state
        self._moved = asyncio.Event()
        self._poll = 0
        self._webhook = (
            None if secret is None else Webhook(f"{config.events_url}/telegram/webhook", secret.get_secret_value())
        )
        self._allowed: frozenset[str] = frozenset()
        self._last_error: Json = {}

    @property
    def info(self) -> Json:
        """What ``getWebhookInfo`` answers."""
        found: Json = {
            "url": self._webhook.url if self._webhook else "",
            "has_custom_certificate": False,
            "pending_update_count": len(self._state.updates),
            **self._last_error,
        }
        return {**found, "allowed_updates": sorted(self._allowed)} if self._allowed else found

    def set_webhook(self, webhook: Webhook | None, *, drop: bool) -> None:
        """Post updates there from now on; None ends it. ``drop`` forgets what waits."""
        if drop:
            self._state.updates.clear()
            self._state.keep()
        if webhook != self._webhook:
            self._last_error = {}
        self._webhook = webhook
        self._stir()

    def allow(self, kinds: Collection[str]) -> None:
        """Let only these kinds of updates come from now on; an empty collection means all."""
        self._allowed = frozenset(kinds)

    def add(self, kind: str, content: Json) -> None:
        """Let something happen, unless the bot does not want to hear of its kind."""
        if not self._allowed or kind in self._allowed:
            self.add_raw({kind: content})

    def add_raw(self, content: Json) -> None:
        """Deliver anything; an ``update_id`` in it stands, so that a test can send one twice."""
        self._state.updates.append({"update_id": self._state.next_number(), **content})
        self._state.keep()
        self._stir()

    async def fetch(self, offset: int, limit: int, seconds: float) -> list[Json]:
        """Return what waits from ``offset`` on; earlier updates are confirmed and gone. Raises ``TelegramRefusal``.

        Nothing there: waits so many seconds for something to come. A negative offset counts from the end.
        """
        self._refuse_with_webhook("can't use getUpdates method while webhook is active; use deleteWebhook to delete")
        self._poll += 1
        mine = self._poll
        self._stir()
        self._confirm(offset)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while not self._state.updates:
                    await self._moved.wait()
                    self._refuse_with_webhook("terminated by setWebhook request")
                    if self._poll != mine:
                        raise _conflict(
                            "terminated by other getUpdates request; make sure that only one bot instance is running"
                        )
        return self._state.updates[:limit]

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncGenerator[None]:
        """Post to the webhook while the playground runs."""
        async with new_client(_TIMEOUT) as client:
            task = asyncio.create_task(self._run(client))
            try:
                yield
            finally:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)

    async def _run(self, client: httpx2.AsyncClient) -> None:
        failures = 0
        while True:
            webhook, moved = self._webhook, self._moved
            if webhook is None or not self._state.updates:
                failures = 0
                await moved.wait()
                continue
            update = self._state.updates[0]
            error = await _post(client, webhook, update)
            if error is None:
                self._forget(update)
                failures = 0
                continue
            self._last_error = {"last_error_date": int(time.time()), "last_error_message": error}
            _log.info("an update was not taken: %s", error)
            await asyncio.sleep(_PAUSES[min(failures, len(_PAUSES) - 1)])
            failures += 1

    def _forget(self, update: Json) -> None:
        # The chats may have been emptied meanwhile.
        self._state.updates[:] = [each for each in self._state.updates if each is not update]
        self._state.keep()

    def _confirm(self, offset: int) -> None:
        waiting = self._state.updates
        kept = waiting[offset:] if offset < 0 else [each for each in waiting if each["update_id"] >= offset]
        if len(kept) != len(waiting):
            waiting[:] = kept
            self._state.keep()

    def _refuse_with_webhook(self, why: str) -> None:
        if self._webhook is not None:
            raise _conflict(why)

    def _stir(self) -> None:
        """Wake whoever waits; each looks for itself what changed."""
        self._moved.set()
        self._moved = asyncio.Event()


async def _post(client: httpx2.AsyncClient, webhook: Webhook, update: Json) -> str | None:
    """Return None when the update was taken, else what ``getWebhookInfo`` will say."""
    headers = {"content-type": "application/json"}
    if webhook.secret:
        headers["x-telegram-bot-api-secret-token"] = webhook.secret
    body = json.dumps(update, ensure_ascii=False).encode()
    try:
        answer = await client.post(webhook.url, content=body, headers=headers)
    except httpx2.TimeoutException:
        return "Read timeout expired"
    except httpx2.HTTPError:
        return "Connection failed"
    if answer.is_success:
        return None
    return f"Wrong response from the webhook: {answer.status_code} {answer.reason_phrase}"


def _conflict(why: str) -> TelegramRefusal:
    return TelegramRefusal(409, f"Conflict: {why}")
