"""Count round trips where they happen: a relay in front of PostgreSQL that notes when the talk changes direction."""

import asyncio
import tempfile
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict, make_conninfo


@dataclass(slots=True)
class RoundTrips:
    """How often a client that had been answered spoke again."""

    count: int = 0
    _answered: bool = True

    def asked(self) -> None:
        """The client sent something."""
        self.count += self._answered
        self._answered = False

    def answered(self) -> None:
        """The server sent something."""
        self._answered = True


@asynccontextmanager
async def relayed(url: str, *, seconds: float = 0.0) -> AsyncGenerator[tuple[str, RoundTrips]]:
    """Yield an address of the same database through a relay, and what the relay has counted.

    Over a Unix socket, as the embedded server listens; the count is right for one connection at a time. ``seconds``:
    how much later the server's answers come, as if it were so far away.
    """
    parts = conninfo_to_dict(url)
    upstream = Path(str(parts["host"])) / f".s.PGSQL.{parts.get('port') or 5432}"
    seen = RoundTrips()
    talks: set[asyncio.Task[None]] = set()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there_reader, there_writer = await asyncio.open_unix_connection(upstream)
        back = asyncio.create_task(_pass_on(there_reader, writer, seen.answered, seconds))
        talks.add(back)
        await _pass_on(reader, there_writer, seen.asked)
        back.cancel()
        with suppress(asyncio.CancelledError):
            await back
        talks.discard(back)
        there_writer.close()
        writer.close()

    with tempfile.TemporaryDirectory(prefix="ef-relay-") as folder:
        listener = await asyncio.start_unix_server(talk, Path(folder) / ".s.PGSQL.5432")
        try:
            yield make_conninfo(url, host=folder, port=5432), seen
        finally:
            listener.close()


async def _pass_on(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, note: Callable[[], None], seconds: float = 0.0
) -> None:
    now = asyncio.get_running_loop().time
    on_its_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

    async def arrive() -> None:
        while True:
            due, data = await on_its_way.get()
            # What was sent together arrives together: the distance is paid once.
            await asyncio.sleep(due - now())
            writer.write(data)

    arriving = asyncio.create_task(arrive()) if seconds else None
    try:
        while data := await reader.read(65536):
            note()
            if arriving is not None:
                on_its_way.put_nowait((now() + seconds, data))
                continue
            writer.write(data)
            await writer.drain()
    finally:
        if arriving is not None:
            arriving.cancel()
