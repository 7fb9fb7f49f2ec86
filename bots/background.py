"""What runs behind the web part (worker, Socket Mode, polling); loaded after the port listens: SDKs take a second."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Protocol

from bots.chats import Chats, open_chats
from bots.parts import Parts, end, keep_running
from bots.process import Process
from bots.slack.home.publish import home
from bots.slack.interactions import Interactions
from bots.slack.outbound import SlackPlatform
from bots.slack.socket import listen
from bots.telegram.polling import poll
from bots.worker import Worker
from core.flows.on_decision import on_decision
from core.kernel.messages import InboundEvent

WORKER = "worker"
END_SECONDS = 25
"""Longer than the worker gives its jobs to end; the other parts hold nothing that could be lost."""


class Door(Protocol):
    """The web part, as far as it matters here."""

    @property
    def parts(self) -> Parts:
        """What runs behind it, which it tells whoever asks whether it is ready."""
        ...

    async def receive(self, event: InboundEvent) -> bool:
        """Store a delivery; False when it was known."""
        ...

    def answer_slack(self, answers: Interactions) -> None:
        """Take what answers Slack's modals."""
        ...


async def run_background(
    process: Process,
    door: Door,
    stop: asyncio.Event,
    *,
    with_worker: bool,
    with_fetching: bool,
) -> None:
    """Open the chats and run what the settings ask for until ``stop`` is set."""
    async with open_chats(process) as chats, AsyncExitStack() as stack:
        if with_worker:
            loading = asyncio.create_task(keep_running("model", chats.rt.model, stop, ends=True))
            stack.push_async_callback(end, loading, within_seconds=0)
        if chats.slack is not None:
            door.answer_slack(_answers(chats.slack, chats))
        parts = _parts(process, chats, door, stop, with_worker=with_worker, with_fetching=with_fetching)
        for name, work in parts.items():
            door.parts.expect(name)
            task = asyncio.create_task(keep_running(name, work, stop))
            stack.push_async_callback(end, task, within_seconds=END_SECONDS if name == WORKER else 0)
        await stop.wait()


def _parts(
    process: Process,
    chats: Chats,
    door: Door,
    stop: asyncio.Event,
    *,
    with_worker: bool,
    with_fetching: bool,
) -> dict[str, Callable[[], Awaitable[object]]]:
    settings, slack, telegram = process.settings, chats.slack, chats.telegram
    app_token = settings.slack_app_token
    parts: dict[str, Callable[[], Awaitable[object]]] = {}
    if with_worker:
        parts[WORKER] = _while_it_works(door.parts, WORKER, lambda: Worker(process, chats).run(stop, door.parts))
    if with_fetching and slack is not None and app_token is not None:
        answers = _answers(slack, chats)
        parts["slack"] = _while_it_works(
            door.parts, "slack", lambda: listen(slack, app_token, door.receive, answers, stop)
        )
    if with_fetching and telegram is not None and settings.telegram_webhook_secret is None:
        parts["telegram"] = _while_it_works(door.parts, "telegram", lambda: poll(telegram, door.receive, stop))
    return parts


def _while_it_works(parts: Parts, name: str, work: Callable[[], Awaitable[object]]) -> Callable[[], Awaitable[object]]:
    async def noted() -> None:
        with parts.working(name):
            await work()

    return noted


def _answers(slack: SlackPlatform, chats: Chats) -> Interactions:
    return Interactions(slack, lambda decision: on_decision(chats.rt, decision), lambda asked: home(chats.rt, asked))
