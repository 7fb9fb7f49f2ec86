"""The playground's memory: numbers never repeat, and no change is missed by who waits for one."""

import asyncio

from bots.playground.faults import Fault, Faults
from bots.playground.state import State


def test_numbers_and_timestamps_only_grow() -> None:
    state = State(None)
    stamps = [state.next_ts() for _ in range(1000)]
    assert sorted(set(stamps)) == stamps
    assert {len(stamp.partition(".")[2]) for stamp in stamps} == {6}
    first = state.next_number()
    state.clear()
    assert state.next_number() == first + 1


async def test_a_change_between_looking_and_waiting_is_not_missed() -> None:
    state = State(None)
    seen = state.revision
    state.changed()
    async with asyncio.timeout(5):
        await state.wait(seen, 3600)
    assert state.revision == seen + 1


async def test_a_change_wakes_everybody_who_waits() -> None:
    state = State(None)
    waiting = [asyncio.create_task(state.wait(state.revision, 3600)) for _ in range(3)]
    await asyncio.sleep(0)
    state.changed()
    async with asyncio.timeout(5):
        assert await asyncio.gather(*waiting) == [None, None, None]


async def test_waiting_ends_without_a_change_too() -> None:
    state = State(None)
    await state.wait(state.revision, 0)
    assert state.revision == 0


def test_only_the_newest_alerts_are_kept() -> None:
    state = State(None)
    for number in range(25):
        state.alert("7001", str(number), show_alert=False)
    assert [alert["text"] for alert in state.alerts] == [str(number) for number in range(5, 25)]


def test_failures_happen_in_order_and_then_no_more() -> None:
    faults = Faults()
    faults.add("slack", "chat.update", Fault(500), Fault(429, 3))
    faults.add("slack", "*", Fault(503))
    met = [faults.take("slack", "chat.update") for _ in range(4)]
    assert met == [Fault(500), Fault(429, 3), Fault(503), None]
    assert faults.take("telegram", "chat.update") is None
    assert [fault.headers() for fault in met if fault] == [{}, {"Retry-After": "3"}, {}]
