"""Put somebody's Home tab where they see it."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from bots.slack.failures import told_plainly
from bots.slack.home.asked import HomeAsked
from bots.slack.home.view import home_view
from bots.slack.outbound import SlackPlatform
from core.flows.home import Home, home_of
from core.flows.runtime import Runtime

OnHome: TypeAlias = Callable[[HomeAsked], Awaitable[Home | str]]
"""Returns what a person's tab shows, or what to tell somebody who is not known."""


async def home(rt: Runtime, asked: HomeAsked) -> Home | str:
    """Return what a tab shows, from the core."""
    return await home_of(rt, asked.user, event=asked.event, risk=asked.risk, page=asked.page)


async def publish(platform: SlackPlatform, asked: HomeAsked, on_home: OnHome, notice: str | None = None) -> None:
    """Draw a Home tab anew. Raises ``Unreachable`` where the app has none, ``Upstream`` when Slack fails."""
    view = home_view(await on_home(asked), asked, notice)
    with told_plainly():
        await platform.client.views_publish(user_id=asked.user.user, view=view)
