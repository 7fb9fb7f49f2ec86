"""A stand-in for Gemini, and the real client that speaks to it."""

from collections.abc import AsyncGenerator

import pytest_asyncio

from core.ai.gemini import GeminiModel, open_model
from tests.contract.ai.standin import GeminiApi, gemini_api


@pytest_asyncio.fixture
async def api() -> AsyncGenerator[GeminiApi]:
    async with gemini_api() as running:
        yield running


@pytest_asyncio.fixture
async def model(api: GeminiApi) -> AsyncGenerator[GeminiModel]:
    opened = open_model(api.settings())
    yield opened
    await opened.close()
