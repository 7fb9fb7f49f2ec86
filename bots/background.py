"""What runs behind the web part (worker, Socket Mode, polling); loaded after the port listens: SDKs take a second."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack

from bots.chats import Chats, open_chats
from bots.parts import end, keep_running
from bots.process import Process
from bots.slack.socket import listen
from bots.telegram.polling import poll
from bots.worker import Worker
from core.kernel.messages import InboundEvent

END_SECONDS = 25
"""Longer than the worker gives its jobs to end; the other parts hold nothing that could be lost."""


async def run_background(
    process: Process,
    receive: Callable[[InboundEvent], Awaitable[bool]],
    stop: asyncio.Event,
    *,
    with_worker: bool,
    with_fetching: bool,
) -> None:
    """Open the chats and run what the settings ask for until ``stop`` is set."""
    async with open_chats(process) as chats, AsyncExitStack() as stack:
        for name, work in _parts(
            process, chats, receive, stop, with_worker=with_worker, with_fetching=with_fetching
        ).items():
            task = asyncio.create_task(keep_running(name, work, stop))
            stack.push_async_callback(end, task, within_seconds=END_SECONDS if name == "worker" else 0)
        await stop.wait()


def _parts(
    process: Process,
    chats: Chats,
    receive: Callable[[InboundEvent], Awaitable[bool]],
    stop: asyncio.Event,
    *,
    with_worker: bool,
    with_fetching: bool,
) -> dict[str, Callable[[], Awaitable[object]]]:
    settings, slack, telegram = process.settings, chats.slack, chats.telegram
    app_token = settings.slack_app_token
    parts: dict[str, Callable[[], Awaitable[object]]] = {}
    if with_worker:
        parts["worker"] = lambda: Worker(process, chats).run(stop)
        parts["model"] = chats.rt.model
    if with_fetching and slack is not None and app_token is not None:
        parts["slack"] = lambda: listen(slack, app_token, receive, stop)
    if with_fetching and telegram is not None and settings.telegram_webhook_secret is None:
        parts["telegram"] = lambda: poll(telegram, receive, stop)
    return parts
