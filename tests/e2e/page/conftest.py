"""The page in a real Chromium, against a state that the test writes."""

import shutil
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright

from tests.e2e.page.state_server import StateServer

_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

Open = Callable[..., Awaitable[Page]]
CHOSEN = """
    for (const [pane, person] of [["slack", "U0DANA"], ["telegram", "7001"]])
        if (!localStorage.getItem(`eventflow.${pane}.person`)) localStorage.setItem(`eventflow.${pane}.person`, person);
"""
"""Somebody was here before and chose who speaks."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncGenerator[Browser]:
    async with async_playwright() as playwright:
        found = shutil.which("chromium") or playwright.chromium.executable_path
        if not Path(found).exists():
            pytest.skip("no Chromium here; install chromium to run the tests in a browser")
        launched = await playwright.chromium.launch(executable_path=found, args=list(_QUIET))
        yield launched
        await launched.close()


@pytest_asyncio.fixture(loop_scope="module")
async def open_page(browser: Browser) -> AsyncGenerator[Open]:
    """Open the page of a server in an English window, as Dana and Noa or as a first visitor, once it shows a state."""
    async with AsyncExitStack() as windows:

        async def open_at(
            server: StateServer,
            *,
            locale: str = "en-US",
            width: int = 1440,
            height: int = 900,
            first: bool = False,
            ready: bool = True,
        ) -> Page:
            window = await browser.new_context(locale=locale, viewport={"width": width, "height": height})
            await windows.enter_async_context(window)
            if not first:
                await window.add_init_script(CHOSEN)
            page = await window.new_page()
            await page.goto(server.url)
            if ready:
                await page.wait_for_selector("body.ready")
            return page

        yield open_at
