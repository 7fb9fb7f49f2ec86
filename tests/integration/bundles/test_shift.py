"""Everything in a room from a time on moves together, as one suggestion."""

import pytest

from core.db import Database
from core.flows.bundles.several import ShiftSessions, SwapSessions, preview_shift, preview_swap
from core.kernel.phrases import Moment, phrase
from core.kernel.proposals import Proposal
from core.kernel.tools import Refused
from tests.fakes import runtime
from tests.integration.bundles.office import approve, kinds, places, stored
from tests.world import ZONE, World, at, context, make_world

pytestmark = pytest.mark.db


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world(db)


async def shifted(db: Database, world: World, **args: object) -> Proposal | Refused:
    async with db.acting_as(world.people["staff"]) as tx:
        return await preview_shift(context(tx, world.people["staff"]), ShiftSessions.model_validate(args))


async def swapped(db: Database, world: World, one: str, other: str) -> Proposal | Refused:
    async with db.acting_as(world.people["staff"]) as tx:
        args = SwapSessions(session_a=one, session_b=other)
        return await preview_swap(context(tx, world.people["staff"]), args)


@pytest.mark.parametrize("minutes", [20, -20])
async def test_a_whole_room_moves_although_each_stands_in_the_next_ones_way(
    db: Database, world: World, owner_url: str, minutes: int
) -> None:
    rt, _slack, _telegram, _model = runtime(db)
    before = places(owner_url)
    looked = await shifted(db, world, room="hall b", after="10:00", minutes=minutes)
    assert isinstance(looked, Proposal)
    assert (len(looked.args["lines"]), kinds(looked)) == (2, [])
    assert await approve(rt, owner_url, await stored(rt, world, looked)) is None
    clock = {20: ("10:20", "11:20", "12:20"), -20: ("09:40", "10:40", "11:40")}[minutes]
    first, second, third = (at(each) for each in clock)
    assert places(owner_url) == before | {
        "Lighting Basics": ("Hall B", first, second),
        "Sound Check Live": ("Hall B", second, third),
    }


async def test_what_starts_earlier_or_on_another_day_stays(db: Database, world: World) -> None:
    looked = await shifted(db, world, after="11:00", minutes=10)
    assert isinstance(looked, Proposal)
    assert [line["before"]["title"] for line in looked.args["lines"]] == ["ניהול קהל", "Sound Check Live"]


async def test_a_shift_into_something_that_stays_is_blocked_and_says_by_what(db: Database, world: World) -> None:
    looked = await shifted(db, world, room="Hall B", after="11:00", minutes=-30)
    assert isinstance(looked, Proposal)
    # One session is that plain action.
    assert (looked.action_type, looked.is_blocked) == ("schedule_update", True)
    assert [(each.kind, each.item and each.item.title) for each in looked.conflicts] == [
        ("room_overlap", "Lighting Basics")
    ]


async def test_what_cannot_be_shifted_is_one_sentence(db: Database, world: World) -> None:
    assert await shifted(db, world, after="11:00", minutes=0) == Refused(phrase("bundle-shift-nothing"))
    assert await shifted(db, world, after="23:00", minutes=5) == Refused(
        phrase("bundle-shift-none", after=Moment(at("23:00"), ZONE))
    )
    unclear = await shifted(db, world, after="noonish", minutes=5)
    assert isinstance(unclear, Refused)
    assert unclear.why.id == "time-unreadable"


async def test_what_cannot_be_swapped_is_one_sentence(db: Database, world: World) -> None:
    await make_world(db, "Bet Events", team="T2")
    same = await swapped(db, world, "Closing Panel", "closing panel")
    assert same == Refused(phrase("bundle-swap-same"))
    unknown = await swapped(db, world, "Closing Panel", "Nothing like it at all")
    assert isinstance(unknown, Refused)
    assert unknown.why.id in {"session-unknown", "session-which"}
