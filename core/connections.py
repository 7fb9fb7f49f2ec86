"""Connections of a pool, lent alive and able to write; one that died or went read-only is given up, siblings too."""

import asyncio
import os
import socket
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from time import monotonic
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from psycopg import AsyncConnection, Error, OperationalError
from psycopg.conninfo import conninfo_to_dict
from psycopg.errors import ReadOnlySqlTransaction
from psycopg.pq import TransactionStatus
from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool, PoolTimeout

Connection = AsyncConnection[dict[str, Any]]
_T = TypeVar("_T")

_NETWORK = {
    "connect_timeout": 3,
    "keepalives_idle": 30,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
"""A server that fell silent is found out in seconds, not in the two hours of an operating system's defaults."""
RECONNECT_SECONDS = 1.0
"""How long the pool itself tries to connect; by default its pauses double for five minutes after an outage."""
_SLICE_SECONDS = 1.0
"""How long one asks the pool at a time: asking makes it connect again, waiting does not."""
_QUIET_SECONDS = 20.0
"""After so long without a word a firewall may have forgotten the connection without telling either side."""
_PROBE_SECONDS = 1.0
_YOUNG_SECONDS = 2.0
"""A connection of that age says what the server is now, whatever it says."""
_PASSING_CODES = ("08", "53300", "57P01", "57P02", "57P03", "40001", "40P01", "25006")
"""SQLSTATEs after which the same statement may succeed on another connection; nothing of it was kept."""


class ReadOnly(OperationalError):
    """The server takes no writes: it became a standby. Another connection may lead to the one that does."""


def is_passing(failure: BaseException | None) -> bool:
    """Whether the same statement may succeed on a fresh connection: this one broke, is pinned, or was one too many."""
    if not isinstance(failure, OperationalError | ReadOnlySqlTransaction):
        return False
    return failure.sqlstate is None or failure.sqlstate.startswith(_PASSING_CODES)


def patient_network(url: str) -> dict[str, Any]:
    """Return the connection parameters that find out a server which fell silent, as far as the URL names no others."""
    given = conninfo_to_dict(url)
    return {key: value for key, value in _NETWORK.items() if key not in given}


class Connections:
    """Lends the connections of a pool that is quick to connect again."""

    def __init__(
        self, url: str, *, size: int, timeout: float, configure: Callable[[Connection], Awaitable[None]]
    ) -> None:
        self._known: WeakKeyDictionary[Connection, _Life] = WeakKeyDictionary()
        self._drained_at = 0.0

        async def begin(conn: Connection) -> None:
            self._known[conn] = _Life()
            await configure(conn)

        self._pool: AsyncConnectionPool[Connection] = AsyncConnectionPool(
            url,
            connection_class=AsyncConnection[dict[str, Any]],
            kwargs={"autocommit": True, "row_factory": dict_row, **patient_network(url)},
            min_size=1,
            max_size=size,
            timeout=timeout,
            reconnect_timeout=RECONNECT_SECONDS,
            configure=begin,
            open=False,
            name="eventflow",
        )

    async def open(self) -> None:
        """Open the pool without waiting for the server."""
        await self._pool.open(wait=False)

    async def close(self) -> None:
        """Close every connection."""
        await self._pool.close(timeout=5)

    @asynccontextmanager
    async def lend(self) -> AsyncGenerator[Connection]:
        """Lend a connection that is alive and, as far as its server says, able to write.

        Raises ``OperationalError``: where none can be had in time, and ``ReadOnly`` where the server refuses to write.
        """
        conn = await self._alive()
        try:
            yield conn
        except ReadOnlySqlTransaction as refusal:
            await self._give_up(conn)
            raise ReadOnly(str(refusal)) from None
        except Error:
            if _is_broken(conn):
                await self._give_up(conn)
            raise
        finally:
            self._known[conn].used_at = monotonic()
            await self._pool.putconn(conn)

    async def _alive(self) -> Connection:
        deadline = monotonic() + self._pool.timeout
        while True:
            conn = await self._next(deadline)
            usable = False
            try:
                usable = await self._is_usable(conn)
                if usable:
                    return conn
                await self._give_up(conn)
            finally:
                if not usable:
                    await self._pool.putconn(conn)

    async def _next(self, deadline: float) -> Connection:
        while True:
            left = deadline - monotonic()
            try:
                return await self._pool.getconn(timeout=max(min(left, _SLICE_SECONDS), 0.01))
            except PoolTimeout:
                if left <= _SLICE_SECONDS:
                    raise

    async def _is_usable(self, conn: Connection) -> bool:
        life, now = self._known[conn], monotonic()
        if not _hears_nothing_bad(conn):
            return False
        if now - life.born_at > _YOUNG_SECONDS and _is_read_only(conn):
            return False
        return now - life.used_at < _QUIET_SECONDS or await _answers(conn)

    async def _give_up(self, conn: Connection) -> None:
        """Close a connection, and those that were there when it was opened: they lead to the same place."""
        await conn.close()
        if self._known[conn].born_at >= self._drained_at:
            self._drained_at = monotonic()
            await self._pool.drain()


class _Life:
    """When a connection was opened, and when it was last used."""

    __slots__ = ("born_at", "used_at")

    def __init__(self) -> None:
        self.born_at = self.used_at = monotonic()


async def heeding(run: Callable[[], Awaitable[_T]]) -> _T:
    """Await, and end if the task was cancelled meanwhile and what it awaited swallowed that.

    ``asyncio.wait_for`` does so up to Python 3.11, where both happen at once, and a pool's queue waits with it
    (https://github.com/python/cpython/issues/86296). A loop that lost its cancellation would never end.
    """
    task = asyncio.current_task()
    before = task.cancelling() if task else 0
    found = await run()
    if task and task.cancelling() > before:
        raise asyncio.CancelledError
    return found


def _is_broken(conn: Connection) -> bool:
    return conn.closed or conn.pgconn.transaction_status == TransactionStatus.UNKNOWN


def _hears_nothing_bad(conn: Connection) -> bool:
    """Read what the server said meanwhile, without asking it: that it closed the connection, or may write no more."""
    try:
        # The farewell and the end of the stream may be two things to read.
        for _part in range(2):
            conn.pgconn.consume_input()
            conn.pgconn.is_busy()
    except Error:
        return False
    return not _is_broken(conn)


def _is_read_only(conn: Connection) -> bool:
    reported = (b"in_hot_standby", b"default_transaction_read_only")
    return any(conn.pgconn.parameter_status(name) == b"on" for name in reported)


async def _answers(conn: Connection) -> bool:
    """Whether the server still answers. Who waits for a network that swallows everything is not left waiting."""
    asking = asyncio.ensure_future(conn.execute(""))
    await asyncio.wait({asking}, timeout=_PROBE_SECONDS)
    if not asking.done():
        # Cancelling would ask the same silent network to cancel, and wait for its answer.
        with suppress(OSError), socket.socket(fileno=os.dup(conn.pgconn.socket)) as wire:
            wire.shutdown(socket.SHUT_RDWR)
    return not isinstance((await asyncio.gather(asking, return_exceptions=True))[0], BaseException)
