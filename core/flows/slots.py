"""Who may have a turn of the model now: no organisation and no person holds all slots while others wait."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import UUID

from core.kernel.errors import Upstream
from core.kernel.principal import Principal

_PER_PERSON = 2
"""Turns of one person at once; more conversations than that nobody holds."""
_WAITING_PER_ORGANIZATION = 32
"""Turns of one organisation that may stand in line here; what is beyond goes back to the queue, so that it holds none
of the places in which the messages of others wait."""
_BACK_SECONDS = 5.0


@dataclass(frozen=True, slots=True, eq=False)
class _Place:
    organization: UUID
    person: UUID
    free: asyncio.Future[None]


class Slots:
    """The slots for model turns of one process. Whoever waits holds no connection of the database."""

    def __init__(self, turns: int = 16) -> None:
        self._left = turns
        self._per_organization = max(turns // 2, 1)
        self._running: Counter[UUID] = Counter()
        """By organisation and by person."""
        self._line: list[_Place] = []

    @asynccontextmanager
    async def turn(self, principal: Principal) -> AsyncGenerator[None]:
        """Hold a slot. Raises ``Upstream`` where the organisation's line is full: the message comes again."""
        place = await self._enter(principal)
        try:
            yield
        finally:
            self._leave(place)

    async def _enter(self, principal: Principal) -> _Place:
        waiting = sum(place.organization == principal.organization_id for place in self._line)
        if waiting >= _WAITING_PER_ORGANIZATION:
            raise Upstream(retry_after=_BACK_SECONDS)
        place = _Place(principal.organization_id, principal.user_id, asyncio.get_running_loop().create_future())
        self._line.append(place)
        self._admit()
        try:
            await place.free
        except asyncio.CancelledError:
            if place in self._line:
                self._line.remove(place)
            else:
                self._leave(place)
            raise
        return place

    def _leave(self, place: _Place) -> None:
        self._left += 1
        self._running.subtract((place.organization, place.person))
        self._running += Counter()  # forgets who has none
        self._admit()

    def _admit(self) -> None:
        while self._left and (able := [place for place in self._line if self._may(place)]):
            # Who has the fewest comes first; among equals who came first.
            place = min(able, key=lambda one: self._running[one.organization])
            self._line.remove(place)
            self._left -= 1
            self._running.update((place.organization, place.person))
            if not place.free.done():
                place.free.set_result(None)

    def _may(self, place: _Place) -> bool:
        return self._running[place.organization] < self._per_organization and self._running[place.person] < _PER_PERSON
