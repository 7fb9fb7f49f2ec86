"""The served program with its three stand-ins."""

from collections.abc import AsyncGenerator

import pytest_asyncio

from core.db import Database
from tests.contract.field.stage import Stage, on_stage


@pytest_asyncio.fixture
async def stage(db: Database, database_url: str, owner_url: str) -> AsyncGenerator[Stage]:
    async with on_stage(db, database_url, owner_url) as running:
        yield running
