"""The contenders' processes: `eventflow serve` without a worker, and the peers; each started fresh and always ended."""

import asyncio
import os
import socket
import sys
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from bots.bench.web.client import NotAcknowledged, connections
from bots.bench.web.deliveries import BOT_TOKEN, HOOK_SECRET, SIGNING_SECRET, TOKEN

_LONGEST = 30.0
_GRACE = 10.0
_READY = b"GET /readyz HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n"
_NOWHERE = "http://127.0.0.1:9"


class NotStarted(Exception):
    """A contender ended, or did not answer in half a minute."""


@asynccontextmanager
async def ours(database_url: str) -> AsyncGenerator[int]:
    """Run `eventflow serve --no-worker` with both platforms on; yield its port."""
    port = _free_port()
    environment = {
        **os.environ,
        "DATABASE_URL": database_url,
        "EVENTFLOW_PORT": str(port),
        "SLACK_SIGNING_SECRET": SIGNING_SECRET,
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_API_URL": _NOWHERE,
        "TELEGRAM_BOT_TOKEN": BOT_TOKEN,
        "TELEGRAM_WEBHOOK_SECRET": HOOK_SECRET,
        "TELEGRAM_API_URL": _NOWHERE,
    }
    async with _running(("bots.cli", "serve", "--no-worker"), environment, port):
        yield port


@asynccontextmanager
async def bare(which: str, database_url: str) -> AsyncGenerator[int]:
    """Run the bare SDK of a platform, or what stores without one; yield its port."""
    port = _free_port()
    environment = {**os.environ, "DATABASE_URL": database_url}
    async with _running(("bots.bench.web.bare", which, str(port)), environment, port):
        yield port


@asynccontextmanager
async def _running(module: tuple[str, ...], environment: dict[str, str], port: int) -> AsyncGenerator[None]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", *module),
        env=environment,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        await _ready(process, port)
        yield
    finally:
        if process.returncode is None:
            process.terminate()
        try:
            await asyncio.wait_for(process.wait(), _GRACE)
        except TimeoutError:
            process.kill()
            await process.wait()


async def _ready(process: asyncio.subprocess.Process, port: int) -> None:
    ends = time.monotonic() + _LONGEST
    while process.returncode is None and time.monotonic() < ends:
        if await is_ready(port):
            return
        await asyncio.sleep(0.05)
    raise NotStarted


async def is_ready(port: int) -> bool:
    """Whether /readyz answers 200."""
    try:
        async with connections(port, 1) as [connection]:
            await connection.post(_READY)
    except (OSError, NotAcknowledged):
        return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
