"""Slots for turns of the model: no organisation and no person holds them all; whoever has the fewest comes first."""

import asyncio
from uuid import UUID, uuid4

import pytest

from core.flows.slots import Slots
from core.kernel.errors import Upstream
from core.kernel.principal import Principal


def person(organization: UUID, name: str) -> Principal:
    return Principal(
        user_id=uuid4(), organization_id=organization, role="staff", locale="en", timezone="UTC", name=name
    )


class Office:
    """People who ask for turns that never end until they are told to."""

    def __init__(self, turns: int) -> None:
        self.slots = Slots(turns)
        self.thinking: list[str] = []
        self._asked: list[asyncio.Task[None]] = []
        self._ends: dict[str, asyncio.Event] = {}

    async def asks(self, who: Principal) -> asyncio.Task[None]:
        async def turn() -> None:
            async with self.slots.turn(who):
                self.thinking.append(who.name)
                await self._ends.setdefault(who.name, asyncio.Event()).wait()
                self.thinking.remove(who.name)

        task = asyncio.create_task(turn())
        self._asked.append(task)
        await asyncio.sleep(0)
        return task

    async def ends(self, name: str) -> None:
        self._ends[name].set()
        for _step in range(5):
            await asyncio.sleep(0)

    async def close(self) -> None:
        for task in self._asked:
            task.cancel()
        await asyncio.gather(*self._asked, return_exceptions=True)


async def test_one_organisation_holds_half_of_the_slots_and_one_person_two() -> None:
    office, aleph, beth = Office(8), uuid4(), uuid4()
    busy = person(aleph, "busy")
    for _ in range(5):
        await office.asks(busy)
    for number in range(5):
        await office.asks(person(aleph, f"a{number}"))
    await office.asks(person(beth, "b"))
    assert office.thinking == ["busy", "busy", "a0", "a1", "b"]
    await office.close()


async def test_whoever_has_the_fewest_comes_first_and_every_slot_comes_back() -> None:
    office, aleph, beth, gimel = Office(2), uuid4(), uuid4(), uuid4()
    await office.asks(person(aleph, "a"))
    await office.asks(person(beth, "b"))
    await office.asks(person(aleph, "a2"))
    left = await office.asks(person(gimel, "g"))
    await office.asks(person(gimel, "g2"))
    left.cancel()
    await office.ends("b")
    assert office.thinking == ["a", "g2"]
    await office.ends("a")
    assert office.thinking == ["g2", "a2"]
    await office.close()


async def test_who_stands_behind_a_long_line_of_their_own_organisation_comes_again_later() -> None:
    office, aleph = Office(2), uuid4()
    for number in range(33):
        await office.asks(person(aleph, str(number)))
    with pytest.raises(Upstream):
        await (await office.asks(person(aleph, "one more")))
    await office.asks(person(uuid4(), "somebody else"))
    assert office.thinking == ["0", "somebody else"]
    await office.close()
