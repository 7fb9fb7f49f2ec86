"""What the playground's contract tests share."""

from collections.abc import AsyncGenerator

import pytest_asyncio

from tests.contract.playground.ground import Playground, playground


@pytest_asyncio.fixture
async def ground() -> AsyncGenerator[Playground]:
    """A playground with empty chats, whose bot has a webhook."""
    async with playground(None) as opened:
        yield opened
