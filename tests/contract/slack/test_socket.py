"""Socket Mode over a real WebSocket: nothing is acknowledged before it is stored, whatever fails in between."""

import asyncio
import logging
from typing import Any

import pytest
from pydantic import SecretStr

from bots.slack.home.asked import HomeAsked
from bots.slack.interactions import Interactions
from bots.slack.outbound import SlackPlatform
from bots.slack.socket import listen
from core.kernel.errors import pause_before_retry
from core.kernel.messages import Decision, InboundEvent
from tests.contract.slack.standin import APP_TOKEN, SlackApi, html_page, refusal
from tests.unit.slack.payloads import direct, press

pytestmark = pytest.mark.contract


def envelope(number: int, payload: dict[str, Any] | None = None, kind: str = "events_api") -> dict[str, Any]:
    said = direct() | {"event_id": f"Ev{number}"} if payload is None else payload
    return {"envelope_id": f"e{number}", "type": kind, "payload": said, "accepts_response_payload": False}


class Inbox:
    """Stores events once; fails on those in ``refused`` until they are taken out."""

    def __init__(self) -> None:
        self.stored: list[str] = []
        self.refused: set[str] = set()
        self.failures = asyncio.Semaphore(0)

    async def receive(self, event: InboundEvent) -> bool:
        # Longer for the first ones: were they handled side by side, the last would be stored first.
        await asyncio.sleep(0 if self.stored else 0.02)
        if event.event_id in self.refused:
            self.failures.release()
            raise ConnectionError("no database")
        is_new = event.event_id not in self.stored
        if is_new:
            self.stored.append(event.event_id)
        return is_new


async def decided(_decision: Decision) -> str | None:
    return None


async def at_home(_asked: HomeAsked) -> str:
    return "nothing"


class Run:
    """A listener in the background, as a process that may be stopped or killed."""

    def __init__(self, platform: SlackPlatform, inbox: Inbox) -> None:
        self.stop = asyncio.Event()
        self.pauses: list[tuple[int, float | None]] = []
        self.task = asyncio.create_task(
            listen(
                platform,
                SecretStr(APP_TOKEN),
                inbox.receive,
                Interactions(platform, decided, at_home),
                self.stop,
                pause=self._pause,
            )
        )

    def _pause(self, failures: int, retry_after: float | None) -> float:
        self.pauses.append((failures, retry_after))
        return 0.01

    async def end(self) -> None:
        self.stop.set()
        await self.task

    async def kill(self) -> None:
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)


async def until_acknowledged(api: SlackApi, *numbers: int) -> None:
    await api.until(lambda: {f"e{number}" for number in numbers} <= set(api.acknowledged))


async def test_deliveries_are_stored_in_their_order_and_then_acknowledged(
    api: SlackApi, platform: SlackPlatform
) -> None:
    api.waiting = [
        envelope(1),
        envelope(2),
        envelope(3, press(), "interactive"),
        envelope(4, {"command": "/eventflow"}, "slash_commands"),
        envelope(5, direct(bot_id="B1")),
    ]
    inbox = Inbox()
    run = Run(platform, inbox)
    await until_acknowledged(api, 1, 2, 3, 4, 5)
    await run.end()
    assert (inbox.stored, api.acknowledged, run.pauses) == (
        ["Ev1", "Ev2", "press/C1/1700000001.7/U1/1700000009.5"],
        ["e1", "e2", "e3", "e4", "e5"],
        [],
    )


async def test_what_could_not_be_stored_is_not_acknowledged_and_comes_again(
    api: SlackApi, platform: SlackPlatform
) -> None:
    api.waiting = [envelope(1), envelope(2)]
    inbox = Inbox()
    inbox.refused = {"Ev1"}
    run = Run(platform, inbox)
    await until_acknowledged(api, 2)
    before = (list(inbox.stored), list(api.acknowledged))
    inbox.refused = set()
    await api.disconnect()
    await until_acknowledged(api, 1)
    await run.end()
    assert (before, inbox.stored) == ((["Ev2"], ["e2"]), ["Ev2", "Ev1"])


async def test_a_crash_between_storing_and_acknowledging_loses_nothing(api: SlackApi, platform: SlackPlatform) -> None:
    api.waiting = [envelope(number) for number in range(1, 5)]
    inbox = Inbox()
    inbox.refused = {"Ev3"}
    first = Run(platform, inbox)
    await inbox.failures.acquire()
    await first.kill()
    inbox.refused = set()
    second = Run(platform, inbox)
    await until_acknowledged(api, 1, 2, 3, 4)
    await second.end()
    assert (sorted(inbox.stored), inbox.stored[:2]) == (["Ev1", "Ev2", "Ev3", "Ev4"], ["Ev1", "Ev2"])


async def test_slack_may_ask_for_a_new_socket_at_any_time(api: SlackApi, platform: SlackPlatform) -> None:
    inbox = Inbox()
    run = Run(platform, inbox)
    for number in (1, 2, 3):
        await api.deliver(envelope(number))
        await until_acknowledged(api, number)
        await api.disconnect()
    await run.end()
    assert (inbox.stored, run.pauses) == (["Ev1", "Ev2", "Ev3"], [])


async def test_refusals_are_waited_out_each_with_a_fresh_ticket_and_never_logged_with_it(
    api: SlackApi, platform: SlackPlatform, caplog: pytest.LogCaptureFixture
) -> None:
    api.script["apps.connections.open"] = [
        html_page(502),
        refusal("ratelimited", 429, Retry_After="3"),
        refusal("invalid_auth"),
        None,
    ]
    api.refused_sockets = 1
    api.waiting = [envelope(1)]
    inbox = Inbox()
    with caplog.at_level(logging.DEBUG):
        run = Run(platform, inbox)
        await until_acknowledged(api, 1)
        await run.end()
    assert (run.pauses, inbox.stored, len(api.of("apps.connections.open"))) == (
        [(0, None), (1, 3.0), (2, None), (3, None), (4, None)],
        ["Ev1"],
        6,
    )
    assert ("ticket" in caplog.text, "xapp" in caplog.text) == (False, False)
    assert [line for line in caplog.messages if "socket" in line] == [
        "Slack's socket waits: Upstream, SlackApiError",
        "Slack's socket waits: Upstream, SlackApiError",
        "Slack's socket waits: Upstream, SlackApiError",
        "Slack's socket waits: Upstream, ServerDisconnectedError",
        "Slack's socket waits: Upstream, WSServerHandshakeError",
    ]


async def test_a_socket_that_breaks_off_is_opened_again(api: SlackApi, platform: SlackPlatform) -> None:
    api.waiting = [envelope(1)]
    inbox = Inbox()
    run = Run(platform, inbox)
    await until_acknowledged(api, 1)
    await api.close()
    await api.deliver(envelope(2))
    await until_acknowledged(api, 2)
    await run.end()
    assert (inbox.stored, run.pauses) == (["Ev1", "Ev2"], [(0, None)])


async def test_a_delivery_that_cannot_be_stored_does_not_hold_up_the_others(
    api: SlackApi, platform: SlackPlatform
) -> None:
    api.waiting = [envelope(1, direct("\0")), envelope(2, {"deep": _nested(100)}), envelope(3)]
    inbox = Inbox()
    run = Run(platform, inbox)
    await until_acknowledged(api, 1, 2, 3)
    await run.end()
    assert inbox.stored == ["Ev3"]


def _nested(levels: int) -> list[Any]:
    return [_nested(levels - 1)] if levels else []


async def test_stopping_does_not_wait_for_slack(api: SlackApi, platform: SlackPlatform) -> None:
    run = Run(platform, Inbox())
    await api.until(lambda: bool(api.of("apps.connections.open")))
    await run.end()
    assert run.task.exception() is None


def test_pauses_grow_with_jitter_up_to_a_bound_and_obey_slack() -> None:
    bounds = [0.5, 1, 2, 4, 8, 16, 30, 30]
    pauses = [pause_before_retry(failures, None) for failures in (*range(7), 10_000)]
    assert [bound / 2 <= pause <= bound for bound, pause in zip(bounds, pauses, strict=True)] == [True] * 8
    assert pause_before_retry(3, 7.0) == 7.0
