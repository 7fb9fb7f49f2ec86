"""A stored update meets the core: a message is handed on while "typing" shows, a press is always answered."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeAlias

from bots.telegram.inbound import callback_id, is_from_group, parse
from bots.telegram.outbound import TelegramPlatform
from bots.telegram.wire import mapping
from core.kernel.errors import AppError
from core.kernel.messages import Address, Decision, InboundMessage
from core.kernel.phrases import phrase
from core.texts import say

OnMessage: TypeAlias = Callable[[InboundMessage], Awaitable[None]]
OnDecision: TypeAlias = Callable[[Decision], Awaitable[str | None]]
"""Returns what to tell the presser alone, or None where the changed card says it all."""

_TYPING_LASTS = 4.5
"""Seconds; Telegram shows the action for five."""


async def dispatch(
    platform: TelegramPlatform, payload: Mapping[str, Any], on_message: OnMessage, on_decision: OnDecision
) -> None:
    """Handle one stored update. What the flow raises is raised, so that the job is tried again."""
    username = await platform.username() if is_from_group(payload) else None
    found = parse(payload, bot_id=platform.bot_id, username=username)
    if isinstance(found, InboundMessage):
        async with _typing(platform, found.address):
            await on_message(found)
    elif isinstance(found, Decision):
        await _decide(platform, payload, found, on_decision)
    elif (unread := callback_id(payload)) is not None:
        await platform.answer(unread, None)


async def _decide(
    platform: TelegramPlatform, payload: Mapping[str, Any], decision: Decision, on_decision: OnDecision
) -> None:
    press = callback_id(payload)
    try:
        text = await on_decision(decision)
    except Exception:
        if press is not None:
            with suppress(AppError):
                await platform.answer(press, say(_language(payload), phrase("telegram-press-repeats")))
        raise
    if press is not None:
        await platform.answer(press, text)


def _language(payload: Mapping[str, Any]) -> str:
    """Return the language of the presser's app: here nothing else is known about them."""
    return str(mapping(mapping(payload.get("callback_query")).get("from")).get("language_code"))


@asynccontextmanager
async def _typing(platform: TelegramPlatform, address: Address) -> AsyncGenerator[None]:
    """Show "typing" beside the work, not before it: a slow Telegram must not delay the answer."""

    async def repeat() -> None:
        while True:
            await platform.typing(address)
            await asyncio.sleep(_TYPING_LASTS)

    task = asyncio.create_task(repeat())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
