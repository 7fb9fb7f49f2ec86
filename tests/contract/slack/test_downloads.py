"""A shared file is fetched with the token from Slack alone, and whatever else comes instead is one sentence."""

from collections.abc import AsyncGenerator

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer
from slack_sdk.web.async_client import AsyncWebClient

from bots.slack.downloads import fetch
from core.kernel.errors import Unreachable, Upstream

pytestmark = pytest.mark.contract


async def _answer(request: web.Request) -> web.Response:
    name = request.match_info["name"]
    if request.headers.get("Authorization") != "Bearer xoxb-1":
        raise web.HTTPForbidden
    if name == "moved":
        raise web.HTTPFound(str(request.url.with_name("agenda.csv")))
    if name == "busy":
        raise web.HTTPServiceUnavailable
    if name == "page":
        return web.Response(text="<html>", content_type="text/html")
    return web.Response(body=b"0123456789" * 10)


@pytest.fixture
async def server() -> AsyncGenerator[TestServer]:
    app = web.Application()
    app.router.add_get("/files/{name}", _answer)
    running = TestServer(app)
    await running.start_server()
    yield running
    await running.close()


async def test_the_file_comes_with_the_token_from_the_configured_address(server: TestServer) -> None:
    client = AsyncWebClient(token="xoxb-1", base_url=str(server.make_url("/api/")))
    there = str(server.make_url("/files/agenda.csv"))
    assert await fetch(client, there, 100) == b"0123456789" * 10
    for source in (there.replace("agenda.csv", "moved"), there.replace("agenda.csv", "page")):
        with pytest.raises(Unreachable):
            await fetch(client, source, 100)
    with pytest.raises(Unreachable):
        await fetch(client, there, 99)
    with pytest.raises(Upstream):
        await fetch(client, there.replace("agenda.csv", "busy"), 100)


@pytest.mark.parametrize(
    "source",
    [
        "https://slack.com.example.org/f",
        "https://example.org/slack.com",
        "http://files.slack.com/f",
        "file:///etc/passwd",
    ],
)
async def test_the_token_goes_nowhere_else(source: str) -> None:
    with pytest.raises(Unreachable):
        await fetch(AsyncWebClient(token="xoxb-1"), source, 100)


async def test_a_redirect_takes_the_token_nowhere(server: TestServer) -> None:
    """Not even to a place that would answer: a host that Slack names once is no place for the token."""
    asked: list[str | None] = []

    async def listen(request: web.Request) -> web.Response:
        asked.append(request.headers.get("Authorization"))
        return web.Response(body=b"stolen")

    async def elsewhere(_request: web.Request) -> web.Response:
        raise web.HTTPFound(str(thief.make_url("/f")))

    app, robber = web.Application(), web.Application()
    app.router.add_get("/files/agenda.csv", elsewhere)
    robber.router.add_get("/f", listen)
    slack, thief = TestServer(app), TestServer(robber)
    async with slack, thief:
        client = AsyncWebClient(token="xoxb-1", base_url=str(slack.make_url("/api/")))
        with pytest.raises(Unreachable):
            await fetch(client, str(slack.make_url("/files/agenda.csv")), 100)
        assert asked == []
        # The thief would have been asked: a client that follows redirects hears from it.
        async with ClientSession() as naive, naive.get(slack.make_url("/files/agenda.csv")) as answer:
            assert (await answer.read(), len(asked)) == (b"stolen", 1)
