"""P9: how long `eventflow serve` takes until it is ready, and its memory then, before the first model call."""

import asyncio
import os
import socket
import statistics
import sys
import time

import httpx2

from bots.bench.figures import Figure
from bots.bench.stage import Stage

_DATABASE = "bench_startup"
_EAGER = (
    "import google.genai, telegram.ext, slack_bolt.async_app, slack_sdk.web.async_client, fastapi, uvicorn, aiohttp, "
    "procrastinate, psycopg_pool, pydantic_settings, structlog, typer, rich, babel, fluent.runtime, prometheus_client; "
    "print(flush=True); input()"
)
"""What a program does that imports at its top what ours uses; the floor is only the imports, with nothing started."""
_LONGEST = 30.0


class NotStarted(Exception):
    """`eventflow serve` ended, or was not ready in half a minute."""


async def startup(stage: Stage) -> list[Figure]:
    """Start fresh processes in turns: ours until /readyz answers 200, the other until its imports are done."""
    await stage.fresh(_DATABASE)
    ours: list[tuple[float, float]] = []
    eager: list[tuple[float, float]] = []
    for _ in range(stage.sizes.starts + 1):
        ours.append(await _serve(stage.login_url(_DATABASE)))
        eager.append(await _import_everything())
    # The first of each only warms the disk.
    (our_ms, our_mb), (eager_ms, eager_mb) = _median(ours[1:]), _median(eager[1:])
    floor = "importing everything eagerly"
    return [
        Figure(
            number="P9", what="serve: until ready", floor=floor, ours=our_ms, theirs=eager_ms, unit="ms", target=0.5
        ),
        Figure(
            number="P9", what="serve: memory then", floor=floor, ours=our_mb, theirs=eager_mb, unit="MB", target=0.8
        ),
    ]


def _median(seen: list[tuple[float, float]]) -> tuple[float, float]:
    return statistics.median(each[0] for each in seen), statistics.median(each[1] for each in seen)


async def _serve(database_url: str) -> tuple[float, float]:
    port = _free_port()
    # Both platforms and the model are on; their addresses lead nowhere, and nobody needs them to be ready.
    nowhere = "http://127.0.0.1:9"
    environment = {
        **os.environ,
        "DATABASE_URL": database_url,
        "EVENTFLOW_PORT": str(port),
        "SLACK_SIGNING_SECRET": "bench",
        "SLACK_BOT_TOKEN": "xoxb-bench",
        "SLACK_API_URL": nowhere,
        "TELEGRAM_BOT_TOKEN": "4242:benchbenchbenchbenchbench",
        "TELEGRAM_WEBHOOK_SECRET": "bench",
        "TELEGRAM_API_URL": nowhere,
        "GEMINI_API_KEY": "bench",
        "GEMINI_API_URL": nowhere,
    }
    started = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bots.cli", "serve"), env=environment, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        async with httpx2.AsyncClient(trust_env=False) as client:
            while not await _is_ready(client, f"http://127.0.0.1:{port}/readyz"):
                if process.returncode is not None or time.perf_counter() - started > _LONGEST:
                    raise NotStarted
                await asyncio.sleep(0.01)
        taken = (time.perf_counter() - started) * 1_000
        return taken, await _megabytes(process.pid)
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _is_ready(client: httpx2.AsyncClient, address: str) -> bool:
    try:
        return (await client.get(address)).is_success
    except httpx2.TransportError:
        return False


async def _import_everything() -> tuple[float, float]:
    started = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", _EAGER), stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdin is not None and process.stdout is not None  # noqa: S101 both are pipes
    await process.stdout.readline()
    taken = (time.perf_counter() - started) * 1_000
    memory = await _megabytes(process.pid)
    process.stdin.write(b"\n")
    await process.wait()
    return taken, memory


async def _megabytes(pid: int) -> float:
    """Return a process's resident memory, by ``ps``, which Linux and macOS have."""
    ps = await asyncio.create_subprocess_exec("ps", "-o", "rss=", "-p", str(pid), stdout=asyncio.subprocess.PIPE)
    printed, _ = await ps.communicate()
    return int(printed) / 1_024


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
