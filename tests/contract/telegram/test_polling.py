"""Polling with the real SDK: nothing is forgotten before it is stored, whatever fails in between."""

import asyncio
import json
import logging
from typing import Any

import pytest

from bots.telegram.outbound import TelegramPlatform, open_telegram
from bots.telegram.polling import poll
from core.kernel.errors import pause_before_retry
from core.kernel.messages import InboundEvent
from core.kernel.settings import Settings
from tests.contract.telegram.standin import TOKEN, BotApi, bot_api, html_page, ok, refusal
from tests.ports import free_port

pytestmark = pytest.mark.contract


def update(number: int) -> dict[str, Any]:
    sender = {"id": 42, "is_bot": False, "first_name": "Dana"}
    chat = {"id": 42, "type": "private"}
    return {
        "update_id": number,
        "message": {"message_id": number, "date": 1, "from": sender, "chat": chat, "text": "x"},
    }


class Inbox:
    """Stores events once; fails on those in ``refused`` until they are taken out."""

    def __init__(self) -> None:
        self.stored: list[str] = []
        self.refused: set[str] = set()
        self._failed = asyncio.Semaphore(0)

    async def receive(self, event: InboundEvent) -> bool:
        number = event.event_id.rpartition("/")[2]
        if number in self.refused:
            self._failed.release()
            raise ConnectionError("no database")
        is_new = number not in self.stored
        if is_new:
            self.stored.append(number)
        return is_new

    async def failed(self, times: int) -> None:
        """Wait until it has failed so often."""
        for _ in range(times):
            await self._failed.acquire()


class Run:
    """A poller in the background, as a process that may be stopped or killed."""

    def __init__(self, platform: TelegramPlatform, inbox: Inbox) -> None:
        self.stop = asyncio.Event()
        self.pauses: list[tuple[int, float | None]] = []
        self._paused = asyncio.Semaphore(0)
        self.task = asyncio.create_task(poll(platform, inbox.receive, self.stop, wait=1, pause=self._pause))

    def _pause(self, failures: int, retry_after: float | None) -> float:
        self.pauses.append((failures, retry_after))
        self._paused.release()
        return 0.01

    async def has_paused(self, times: int) -> None:
        """Wait until it has failed and waited so often."""
        for _ in range(times):
            await self._paused.acquire()

    async def end(self) -> None:
        self.stop.set()
        await self.task

    async def kill(self) -> None:
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)


async def until_confirmed(api: BotApi, number: int) -> None:
    """Wait until Telegram was told that everything up to ``number`` may be forgotten."""
    while not any(int(form.get("offset", 0)) > number for form in api.of("getUpdates")):
        await api.asked("getUpdates", len(api.of("getUpdates")) + 1)


async def test_updates_are_stored_and_then_confirmed(api: BotApi, platform: TelegramPlatform) -> None:
    api.waiting = [update(10), {"update_id": 11, "edited_message": {}}, update(12)]
    inbox = Inbox()
    run = Run(platform, inbox)
    await until_confirmed(api, 12)
    await run.end()
    assert ([call.method for call in api.calls[:2]], api.of("getUpdates")[0], inbox.stored, api.waiting) == (
        ["getWebhookInfo", "getUpdates"],
        {"timeout": "1", "allowed_updates": json.dumps(["message", "edited_message", "callback_query"])},
        ["10", "12"],
        [],
    )


async def test_a_crash_between_storing_and_confirming_loses_nothing(api: BotApi, platform: TelegramPlatform) -> None:
    api.waiting = [update(number) for number in range(10, 14)]
    inbox = Inbox()
    inbox.refused = {"12"}
    first = Run(platform, inbox)
    await inbox.failed(1)
    await first.kill()
    after_crash = (list(inbox.stored), [form["update_id"] for form in api.waiting])
    inbox.refused = set()
    second = Run(platform, inbox)
    await until_confirmed(api, 13)
    await second.end()
    assert (after_crash[0], 12 in after_crash[1], 13 in after_crash[1], inbox.stored) == (
        ["10", "11"],
        True,
        True,
        ["10", "11", "12", "13"],
    )


async def test_a_database_that_is_down_is_waited_for(api: BotApi, platform: TelegramPlatform) -> None:
    api.waiting = [update(10), update(11)]
    inbox = Inbox()
    inbox.refused = {"11"}
    run = Run(platform, inbox)
    await inbox.failed(3)
    waiting = [form["update_id"] for form in api.waiting]
    inbox.refused = set()
    await until_confirmed(api, 11)
    await run.end()
    assert (waiting, run.pauses[:2], inbox.stored) == ([11], [(0, None), (1, None)], ["10", "11"])


async def test_refusals_are_waited_out_and_never_logged_with_the_token(
    api: BotApi, platform: TelegramPlatform, caplog: pytest.LogCaptureFixture
) -> None:
    api.script = {
        "getWebhookInfo": [html_page(502)],
        "getUpdates": [
            refusal(409, "Conflict: terminated by other getUpdates request; make sure that only one bot is running"),
            refusal(429, "Too Many Requests: retry after 3", retry_after=3),
            refusal(401, "Unauthorized"),
        ],
    }
    api.waiting = [update(10)]
    inbox = Inbox()
    with caplog.at_level(logging.DEBUG, logger="bots"):
        run = Run(platform, inbox)
        await until_confirmed(api, 10)
        await run.end()
    assert (run.pauses, inbox.stored) == ([(0, None), (1, None), (2, 3.0), (3, None)], ["10"])
    assert [line for line in caplog.messages if TOKEN in line] == []
    assert [line for line in caplog.messages if "polling" in line] == [
        "Telegram polling waits: Upstream, NetworkError",
        "Telegram polling waits: somebody else polls this bot",
        "Telegram polling waits: Upstream, RetryAfter",
        "Telegram polling waits: Upstream, InvalidToken",
    ]


async def test_a_webhook_of_before_is_ended_and_said(
    api: BotApi, platform: TelegramPlatform, caplog: pytest.LogCaptureFixture
) -> None:
    api.webhook = "https://old.example.org/secret-path"
    api.waiting = [update(10)]
    inbox = Inbox()
    run = Run(platform, inbox)
    await until_confirmed(api, 10)
    await run.end()
    assert ([call.method for call in api.calls[:3]], inbox.stored, caplog.messages) == (
        ["getWebhookInfo", "deleteWebhook", "getUpdates"],
        ["10"],
        ["Telegram delivered to a webhook at old.example.org; polling ends that"],
    )


async def test_a_webhook_that_somebody_sets_meanwhile_is_left_alone(
    api: BotApi, platform: TelegramPlatform, caplog: pytest.LogCaptureFixture
) -> None:
    inbox = Inbox()
    run = Run(platform, inbox)
    await api.asked("getUpdates")
    api.webhook = "https://new.example.org/telegram/webhook"
    await api.asked("getUpdates", len(api.of("getUpdates")) + 4)
    left_alone = api.webhook
    api.webhook = ""
    api.waiting = [update(10)]
    await until_confirmed(api, 10)
    await run.end()
    assert (left_alone, api.of("deleteWebhook"), inbox.stored, set(caplog.messages)) == (
        "https://new.example.org/telegram/webhook",
        [],
        ["10"],
        {"Telegram polling waits: this bot has a webhook now"},
    )


async def test_a_telegram_that_cannot_be_reached_is_waited_for() -> None:
    port = free_port()
    nowhere = Settings(telegram_bot_token=TOKEN, telegram_api_url=f"http://127.0.0.1:{port}")  # pyright: ignore[reportArgumentType] (pydantic makes the secret)
    inbox = Inbox()
    async with open_telegram(nowhere, introduce=False) as platform:
        run = Run(platform, inbox)
        await run.has_paused(3)
        async with bot_api(port) as api:
            api.waiting = [update(10)]
            await until_confirmed(api, 10)
            await run.end()
    assert (run.pauses[:3], inbox.stored) == ([(0, None), (1, None), (2, None)], ["10"])


@pytest.mark.parametrize("result", [{}, [{"no": "update"}], ["x"]])
async def test_an_answer_without_updates_is_not_asked_for_again_at_once(
    api: BotApi, platform: TelegramPlatform, result: object
) -> None:
    api.script["getUpdates"] = [ok(result)]
    api.waiting = [update(10)]
    inbox = Inbox()
    run = Run(platform, inbox)
    await until_confirmed(api, 10)
    await run.end()
    assert (run.pauses, inbox.stored) == ([(0, None)], ["10"])


async def test_an_update_that_cannot_be_stored_does_not_hold_up_the_others(
    api: BotApi, platform: TelegramPlatform
) -> None:
    broken = update(10)
    broken["message"]["text"] = "\0"
    api.waiting = [broken, update(11)]
    inbox = Inbox()
    run = Run(platform, inbox)
    await until_confirmed(api, 11)
    await run.end()
    assert inbox.stored == ["11"]


async def test_stopping_does_not_wait_for_telegram(api: BotApi, platform: TelegramPlatform) -> None:
    run = Run(platform, Inbox())
    await api.asked("getUpdates")
    await run.end()
    assert run.task.exception() is None


def test_pauses_grow_with_jitter_up_to_a_bound_and_obey_telegram() -> None:
    bounds = [0.5, 1, 2, 4, 8, 16, 30, 30]
    pauses = [pause_before_retry(failures, None) for failures in (*range(7), 10_000)]
    assert [bound / 2 <= pause <= bound for bound, pause in zip(bounds, pauses, strict=True)] == [True] * 8
    assert pause_before_retry(3, 7.0) == 7.0
