"""A platform delivered something: keep it and queue its handling, before anybody is told that it arrived."""

import asyncio
from dataclasses import dataclass, field, replace

from core.db import Database, DatabaseDown
from core.identity.codes import veiled
from core.jobs.queries import RECEIVE, receive_values
from core.kernel.messages import InboundEvent

_WRITERS = 2
"""Transactions under way at once: one that is slow holds up one, and the others share commits."""
_MOST = 64
"""Deliveries in one transaction; each may be a megabyte long."""


@dataclass(frozen=True, slots=True)
class _Arrival:
    event: InboundEvent
    is_new: asyncio.Future[bool]


@dataclass(slots=True)
class Inbox:
    """Stores deliveries. Those that arrive while others are being stored share the next transaction.

    PostgreSQL commits what notifies a queue one by one, each with its own flush; a burst commits together instead.
    """

    db: Database
    _waiting: list[_Arrival] = field(default_factory=list[_Arrival])
    _writers: int = 0
    _tasks: set[asyncio.Task[None]] = field(default_factory=set[asyncio.Task[None]])
    """The loop itself keeps no hold on what it runs."""

    async def receive(self, event: InboundEvent) -> bool:
        """Store a delivery; it is committed when this returns. False when it was delivered before.

        Raises ``DatabaseDown`` when it could not be stored: the platform must deliver it again.
        """
        arrival = _Arrival(replace(event, payload=veiled(event.payload)), asyncio.get_running_loop().create_future())
        self._waiting.append(arrival)
        if self._writers < _WRITERS:
            self._writers += 1
            # A task of its own: whoever stops waiting for an answer must not take the others' deliveries along.
            writer = asyncio.create_task(self._write())
            self._tasks.add(writer)
            writer.add_done_callback(self._tasks.discard)
        return await arrival.is_new

    async def _write(self) -> None:
        try:
            while self._waiting:
                together, self._waiting = self._waiting[:_MOST], self._waiting[_MOST:]
                await self._store_or_tell(together)
        finally:
            # In the same step as the look that found nobody waiting: who comes next starts a writer.
            self._writers -= 1

    async def _store_or_tell(self, together: list[_Arrival]) -> None:
        try:
            await self._store(together)
        except DatabaseDown as down:
            _fail(together, down)
        except Exception as failure:
            if len(together) == 1:
                _fail(together, failure)
            else:
                await self._store_each(together)

    async def _store_each(self, together: list[_Arrival]) -> None:
        """What cannot be stored must not take its neighbours along: each gets a transaction of its own."""
        for arrival in together:
            try:
                await self._store([arrival])
            except Exception as failure:
                _fail([arrival], failure)

    async def _store(self, together: list[_Arrival]) -> None:
        rows = await self.db.run_as_system(RECEIVE, receive_values([arrival.event for arrival in together]))
        for row in rows:
            is_new = together[row["place"] - 1].is_new
            if not is_new.done():
                is_new.set_result(row["is_new"])


def _fail(together: list[_Arrival], failure: Exception) -> None:
    for arrival in together:
        if not arrival.is_new.done():
            arrival.is_new.set_exception(failure)
