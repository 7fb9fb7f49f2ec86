"""A stand-in for Telegram, and the platform that speaks to it."""

from collections.abc import AsyncGenerator

import pytest_asyncio

from bots.telegram.outbound import TelegramPlatform, open_telegram
from tests.contract.telegram.standin import BotApi, bot_api


@pytest_asyncio.fixture
async def api() -> AsyncGenerator[BotApi]:
    async with bot_api() as running:
        yield running


@pytest_asyncio.fixture
async def platform(api: BotApi) -> AsyncGenerator[TelegramPlatform]:
    async with open_telegram(api.settings(), introduce=False) as opened:
        yield opened
