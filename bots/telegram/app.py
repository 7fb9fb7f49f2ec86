"""A stored update meets the core: a message is handed on while "typing" shows, a press is always answered."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeAlias

from bots.storable import mapping
from bots.telegram.inbound import (
    PLATFORM,
    anonymous,
    callback_id,
    family_of,
    has_words_for_us,
    is_edit,
    is_from_group,
    message_of,
    parse,
)
from bots.telegram.outbound import TelegramPlatform
from bots.telegram.said import text_of
from core.kernel.errors import AppError, Unreachable, Upstream
from core.kernel.messages import Address, Decision, InboundMessage
from core.kernel.phrases import phrase
from core.texts import locale_of_text, say

OnMessage: TypeAlias = Callable[[InboundMessage], Awaitable[None]]
OnDecision: TypeAlias = Callable[[Decision], Awaitable[str | None]]
"""Returns what to tell the presser alone, or None where the changed card says it all."""

Delivered: TypeAlias = Callable[[str], Awaitable[list[Mapping[str, Any]]]]
"""Returns the updates that were delivered before under ids with this beginning and a number."""

_TYPING_LASTS = 4.5
"""Seconds; Telegram shows the action for five."""


async def dispatch(
    platform: TelegramPlatform,
    payload: Mapping[str, Any],
    on_message: OnMessage,
    on_decision: OnDecision,
    delivered: Delivered,
) -> None:
    """Handle one stored update. What the flow raises is raised, so that the job is tried again.

    An edit of a message that was answered changes nothing; one of a message that was not for us is read like a new one.
    """
    username = await platform.username() if is_from_group(payload) else None
    if is_edit(payload) and await _was_heard(platform.bot_id, username, payload, delivered):
        return
    found = parse(payload, bot_id=platform.bot_id, username=username)
    if isinstance(found, InboundMessage):
        async with _typing(platform, found.address):
            await on_message(found)
    elif isinstance(found, Decision):
        await _decide(platform, payload, found, on_decision)
    elif (press := callback_id(payload)) is not None:
        await platform.answer(press, None)
    elif (address := anonymous(payload, platform.bot_id, username)) is not None:
        with suppress(Unreachable):
            written = text_of(message_of(payload)) or ""
            await platform.say(address, say(locale_of_text(written), phrase("telegram-anonymous")))


async def _was_heard(bot_id: str, username: str | None, edit: Mapping[str, Any], delivered: Delivered) -> bool:
    """Whether an earlier text of a message was for us. Deliveries of one chat are handled in their order."""
    before = [each for each in await delivered(family_of(edit)) if each.get("update_id", 0) < edit["update_id"]]
    return any(has_words_for_us(each, bot_id=bot_id, username=username) for each in before)


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
        await _tell(platform, decision, press, text)


async def _tell(platform: TelegramPlatform, decision: Decision, press: str, text: str | None) -> None:
    """End the press. A sentence must reach the presser: too late for an alert, it is written to them directly."""
    if text is None:
        # The card says it; deciding again because a spinner goes on would tell the presser that they came too late.
        with suppress(Upstream, Unreachable):
            await platform.answer(press, None)
    elif not await platform.answer(press, text):
        pressed = decision.pressed
        with suppress(Unreachable):
            await platform.whisper(decision.sender, Address(PLATFORM, pressed.workspace, pressed.channel), text)


def _language(payload: Mapping[str, Any]) -> str:
    """Return the language of the sender's app: here nothing else is known about them."""
    said = mapping(payload.get("callback_query") or payload.get("message"))
    return str(mapping(said.get("from")).get("language_code")).partition("-")[0].lower()


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
