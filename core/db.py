"""The pool, and the only door to tenant data: ``acting_as(principal)``."""

import asyncio
import json
from collections.abc import AsyncGenerator, Coroutine, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import lru_cache
from time import monotonic
from typing import Any, LiteralString, TypeAlias, TypeVar, cast

from psycopg import DatabaseError, OperationalError, ProgrammingError
from psycopg.conninfo import conninfo_to_dict
from psycopg.errors import ExclusionViolation
from psycopg.rows import tuple_row
from psycopg_pool import PoolTimeout

from core.connections import Connections, is_passing
from core.kernel.principal import Principal
from core.kernel.tools import Transaction

Row: TypeAlias = dict[str, Any]
Params: TypeAlias = Mapping[str, Any] | None
Question: TypeAlias = tuple[LiteralString, Params]
"""A statement and its values."""
Found = TypeVar("Found")


class WorldMoved(Exception):
    """The facts are no longer those that a decision was bound to, or another write took the place; nothing ran."""


class StatementFailed(Exception):
    """A statement could not run, and was taken back alone; ``code`` is PostgreSQL's SQLSTATE."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


_UNCHANGED_FAILED = "EF001"
"""SQLSTATE of ``app.assert_unchanged`` and ``app.assert_one``."""

DatabaseDown: TypeAlias = OperationalError
"""Raised (as this or a subclass, pool timeouts included) when PostgreSQL cannot be reached."""
assert issubclass(PoolTimeout, OperationalError)  # noqa: S101 a fact about the driver that callers rely on

_MISSING = {"3D000", "3F000", "42704", "42883", "42P01", "42703"}
"""SQLSTATE of a database, schema, role, function, table or column that is not there."""

_SESSION: LiteralString = """
set statement_timeout = '15s';
set lock_timeout = '5s';
set idle_in_transaction_session_timeout = '30s';
set timezone = 'UTC';
"""
_ACT: LiteralString = "select set_config('role', %s, true), set_config('request.jwt.claims', %s, true)"
# Behind a pooler the session is another one by the next transaction: what it would keep goes with each.
_KEEP: LiteralString = """
select set_config('statement_timeout', '15s', true), set_config('lock_timeout', '5s', true),
    set_config('idle_in_transaction_session_timeout', '30s', true), set_config('timezone', 'UTC', true)
"""
# Identity is transaction-local already. This is the second line, should a statement ever set more than it may; it
# travels with the commit, so it costs no round trip. (DISCARD ALL would, and drops prepared statements as well.)
_FORGET: LiteralString = "select set_config('role', 'none', false), set_config('request.jwt.claims', '', false)"
_SYSTEM, _OPERATOR = "eventflow_system", "eventflow_operator"
_TRIES = 3
_REPEAT_WITHIN = 1.5
"""Seconds after which a statement is not begun again: Slack waits for three, and delivers no press twice."""


def is_address(url: str) -> bool:
    """Tell whether a text is a PostgreSQL URL or connection string at all."""
    try:
        return bool(conninfo_to_dict(url))
    except (ProgrammingError, UnicodeError):
        return False


def is_not_set_up(error: Exception) -> bool:
    """Tell whether a statement failed because the database lacks what every migration brings."""
    return isinstance(error, DatabaseError) and error.sqlstate in _MISSING


class Database:
    """Connections as the login role, which can do nothing until a transaction says who is acting.

    Statements between a transaction's first and last are pipelined: those whose rows nobody asks for travel
    together with the next one, so identity costs no round trip of its own.
    """

    def __init__(self, url: str, *, size: int = 10, timeout: float = 5, pooled: bool = False) -> None:
        """``pooled``: the address is a pooler's in transaction mode; nothing may rest on a session."""
        self._pooled = pooled
        configure = _unprepared if pooled else _configure
        self._connections = Connections(url, size=size, timeout=timeout, configure=configure)

    async def open(self) -> None:
        """Open the pool without waiting for the server; a database that is down shows in ``ping``."""
        await self._connections.open()

    async def close(self) -> None:
        """Close every connection."""
        await self._connections.close()

    async def ping(self) -> None:
        """Raise ``DatabaseDown`` unless the server answers."""
        async with self._connections.lend() as conn:
            await conn.execute("select 1")

    def acting_as(self, principal: Principal) -> AbstractAsyncContextManager[Transaction]:
        """Open a transaction as this person: their role and claims hold until it ends, and no longer."""
        return self._as("authenticated", _claims(principal))

    def as_system(self) -> AbstractAsyncContextManager[Transaction]:
        """Open a transaction as the system role: inbox, outbox, links and deliveries, never an agenda."""
        return self._as(_SYSTEM, "")

    def as_operator(self) -> AbstractAsyncContextManager[Transaction]:
        """Open a transaction as the command line's operator: organisations, people and links."""
        return self._as(_OPERATOR, "")

    async def read_as(self, principal: Principal, query: LiteralString, params: Params = None) -> list[Row]:
        """Run one statement as this person, identity and commit included, in a single round trip.

        It must bear being run again: it is, on a fresh connection, where the first one broke.
        """
        return await self._single("authenticated", _claims(principal), query, params)

    async def ask_as(self, principal: Principal, *questions: Question) -> list[list[Row]]:
        """Run statements as this person, identity and commit included, in a single round trip; the rows of each.

        They are one transaction, and must bear being run again, as in ``read_as``.
        """
        return await self._repeated("authenticated", _claims(principal), questions)

    async def run_as_system(self, query: LiteralString, params: Params = None) -> list[Row]:
        """Run one statement as the system role, committed, in a single round trip; again where a connection broke."""
        return await self._single(_SYSTEM, "", query, params)

    async def ask_as_system(self, *questions: Question) -> list[list[Row]]:
        """Run statements that read as the system role in a single round trip; return the rows of each, in order.

        As ``run_as_system``, they run again where a connection broke.
        """
        return await self._repeated(_SYSTEM, "", questions)

    @asynccontextmanager
    async def raw(self) -> AsyncGenerator[Transaction]:
        """Lend a connection as the bare login role, for the checks at the start of the program."""
        async with self._connections.lend() as conn:
            yield conn

    async def _single(self, role: str, claims: str, query: LiteralString, params: Params) -> list[Row]:
        return (await self._repeated(role, claims, [(query, params)]))[0]

    async def _repeated(self, role: str, claims: str, questions: Sequence[Question]) -> list[list[Row]]:
        began, tries = monotonic(), 1
        while True:
            try:
                return await self._once(role, claims, questions)
            except DatabaseDown as down:
                if tries == _TRIES or monotonic() - began > _REPEAT_WITHIN or not is_passing(down):
                    raise
                tries += 1

    async def _once(self, role: str, claims: str, questions: Sequence[Question]) -> list[list[Row]]:
        async with self._connections.lend() as conn:
            try:
                # What travels in one pipeline is one transaction, without a word from us:
                # https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-PIPELINING
                async with conn.pipeline():
                    await self._begin(conn, role, claims)
                    cursors = [await conn.execute(query, params) for query, params in questions]
            except BaseException:
                await conn.rollback()
                raise
            return [await cursor.fetchall() if cursor.description else [] for cursor in cursors]

    @asynccontextmanager
    async def _as(self, role: str, claims: str) -> AsyncGenerator[Transaction]:
        async with self._connections.lend() as conn:
            try:
                async with conn.pipeline():
                    await conn.execute("begin")
                    await self._begin(conn, role, claims)
                    yield conn
                    await conn.execute("commit")
                    if not self._pooled:
                        await conn.execute(_FORGET)
            except DatabaseError as error:
                await conn.rollback()
                if _has_moved(error):
                    raise WorldMoved from None
                raise
            except BaseException:
                await conn.rollback()
                raise

    async def _begin(self, conn: Transaction, role: str, claims: str) -> None:
        if self._pooled:
            await conn.cursor(row_factory=tuple_row).execute(_KEEP)
        await _become(conn, role, claims)


@lru_cache(maxsize=1024)
def _claims(principal: Principal) -> str:
    return json.dumps(principal.claims())


async def _become(conn: Transaction, role: str, claims: str) -> None:
    # Nobody looks at what it returns: plain rows spare the making of dictionaries.
    await conn.cursor(row_factory=tuple_row).execute(_ACT, (role, claims))


async def ask_together(tx: Transaction, *questions: Question) -> list[list[Row]]:
    """Ask several things in one round trip of an open transaction; return the rows of each, in order."""
    cursors = [await tx.execute(query, params) for query, params in questions]
    return [await cursor.fetchall() for cursor in cursors]


async def side_by_side(looks: Iterable[Coroutine[Any, Any, Found]]) -> list[Found]:
    """Await several that ask in one open transaction; return what each found, in order.

    Their statements travel together: as many round trips as the longest of them needs. None may open a savepoint.
    Raises what the first of them raised, after all have ended: none is left that still speaks.
    """
    found = await asyncio.gather(*looks, return_exceptions=True)
    for each in found:
        if isinstance(each, BaseException):
            raise each
    return cast("list[Found]", found)


async def become(tx: Transaction, principal: Principal) -> None:
    """Go on as a person in a transaction that began as the system: what it asked first rides with what they do."""
    await _become(tx, "authenticated", _claims(principal))


async def become_system(tx: Transaction) -> None:
    """Go on as the system role in the same transaction: what the person caused is now put into the outbox.

    There is no way back to the person: do this last.
    """
    await _become(tx, _SYSTEM, "")


@asynccontextmanager
async def savepoint(tx: Transaction) -> AsyncGenerator[None]:
    """Run statements that may fail without taking the whole transaction with them.

    They are sent and answered when the block ends. Raises ``WorldMoved`` or ``StatementFailed`` after everything since
    its beginning was taken back; where the database itself is down, what the driver raises.
    """
    try:
        # Nested, so that the pipeline is in step again after a failure: what follows one is skipped until then.
        async with tx.pipeline():
            await tx.execute("savepoint line")
            yield
            await tx.execute("release savepoint line")
    except DatabaseError as error:
        if isinstance(error, OperationalError):
            raise
        await tx.execute("rollback to savepoint line")
        if _has_moved(error):
            raise WorldMoved from None
        raise StatementFailed(error.sqlstate or "") from None


@asynccontextmanager
async def rehearsal(tx: Transaction) -> AsyncGenerator[None]:
    """Run statements whose effect is only looked at: everything since the beginning of the block is taken back."""
    await tx.execute("savepoint rehearsal")
    yield
    # What fails in between takes the whole transaction with it.
    await tx.execute("rollback to savepoint rehearsal")
    await tx.execute("release savepoint rehearsal")


def _has_moved(error: DatabaseError) -> bool:
    return isinstance(error, ExclusionViolation) or error.sqlstate == _UNCHANGED_FAILED


async def _configure(conn: Transaction) -> None:
    await conn.execute(_SESSION)


async def _unprepared(conn: Transaction) -> None:
    # A statement that was prepared in one session of the server is unknown in the next.
    conn.prepare_threshold = None
