"""A stand-in for Slack, and the platform that speaks to it."""

from collections.abc import AsyncGenerator

import pytest_asyncio

from bots.slack.outbound import SlackPlatform, open_slack
from tests.contract.slack.standin import SlackApi, slack_api


@pytest_asyncio.fixture
async def api() -> AsyncGenerator[SlackApi]:
    async with slack_api() as running:
        yield running


@pytest_asyncio.fixture
async def platform(api: SlackApi) -> AsyncGenerator[SlackPlatform]:
    async with open_slack(api.settings()) as opened:
        yield opened
