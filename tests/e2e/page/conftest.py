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

Open = Callable[[StateServer], Awaitable[Page]]


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
    """Open the page of a server in an English window and wait until it shows a state."""
    async with AsyncExitStack() as windows:

        async def open_at(server: StateServer) -> Page:
            window = await browser.new_context(locale="en-US", viewport={"width": 1440, "height": 900})
            await windows.enter_async_context(window)
            page = await window.new_page()
            await page.goto(server.url)
            await page.wait_for_selector("body.ready")
            return page

        yield open_at
