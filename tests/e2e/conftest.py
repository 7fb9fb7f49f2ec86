"""The whole program as a person starts it, and a real browser in front of it."""

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.ports import free_port

_ROOT = Path(__file__).parents[2]
_FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


@dataclass(frozen=True, slots=True)
class Demo:
    """A running demo: where its page is, and the environment of its other commands."""

    address: str
    environment: dict[str, str]
    log: Path
    """What it said so far."""

    def run(self, *command: str) -> str:
        """Run another command of the program beside it."""
        done = subprocess.run(
            [sys.executable, "-m", "bots.cli", *command],
            env=self.environment,
            cwd=_ROOT,
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        return done.stdout


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Generator[Demo]:
    """`eventflow demo` in an empty home, ended with Ctrl-C; one per module: what one suggests another would find."""
    with running_demo(tmp_path_factory.mktemp("home")) as running:
        yield running


@contextmanager
def running_demo(home: Path, *options: str) -> Generator[Demo]:
    """Run the demo with these options until its page and its program answer."""
    web, page = free_port(), free_port()
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("GEMINI", "SLACK", "TELEGRAM"))
    }
    environment |= {
        "EVENTFLOW_HOME": str(home / "eventflow"),
        "EVENTFLOW_PORT": str(web),
        "EVENTFLOW_PLAYGROUND_PORT": str(page),
        "PYTHONPATH": str(_ROOT),
    }
    with (home / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "bots.cli", "demo", *options], env=environment, cwd=_ROOT, stdout=log, stderr=log
        )
        try:
            address = f"http://127.0.0.1:{page}"
            _wait(process, f"{address}/playground/state", home / "log")
            _wait(process, f"http://127.0.0.1:{web}/readyz", home / "log")
            yield Demo(address, environment, home / "log")
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=40) == 0
        finally:
            process.kill()


@pytest.fixture(scope="module")
def browser() -> Generator[Browser]:
    """A real Chromium, for one module: its driver's event loop would be in the way of other modules' tests."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("no Chromium here; install chromium to run the tests in a browser")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=found, args=_FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser, demo: Demo) -> Generator[Page]:
    """The playground's page, without a single error in its console."""
    opened = browser.new_page(viewport={"width": 1440, "height": 900}, locale="en-US")
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.goto(demo.address)
    yield opened
    opened.close()
    assert errors == []


def _wait(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    for _ in range(600):
        assert process.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(address, timeout=1):  # noqa: S310 our own loopback address
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(log.read_text())
