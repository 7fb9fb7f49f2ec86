"""An upstream that answers with far more than anybody should read, and counts what it got rid of."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from aiohttp import web

_PIECE = b"x" * 65_536


@dataclass
class Flood:
    """Where it is, and how many bytes of bodies were taken from it."""

    url: str = ""
    sent: int = 0
    most: int = 100_000_000
    """Bytes; the test's own bound."""
    packed: bool = False
    asked: int = 0

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer whatever is asked with one JSON text that does not end."""
        await request.read()
        self.asked += 1
        headers = {"content-type": "application/json"} | ({"content-encoding": "gzip"} if self.packed else {})
        answer = web.StreamResponse(headers=headers)
        await answer.prepare(request)
        await answer.write(b'{"ok": true, "x": "')
        with suppress(ConnectionError):
            while self.sent < self.most:
                await answer.write(_PIECE)
                self.sent += len(_PIECE)
        return answer


@asynccontextmanager
async def flood(*, most: int = 100_000_000, packed: bool = False) -> AsyncGenerator[Flood]:
    """Run one on a free port."""
    one = Flood(most=most, packed=packed)
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", one.handle)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    one.url = f"http://{host}:{port}"
    try:
        yield one
    finally:
        await runner.cleanup()
