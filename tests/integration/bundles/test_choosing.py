"""A person ticks lines off, or lets them run one by one: another proposal, looked at again."""

import pytest

from core.actions import queries as actions
from core.actions.bundles.models import Mode
from core.actions.suggestion import Suggestion
from core.db import Database
from core.flows.bundles.choosing import without_lines
from core.kernel.phrases import phrase
from core.kernel.proposals import Proposal
from core.kernel.tools import Refused
from tests.fakes import runtime
from tests.integration.bundles.office import kinds, look, moved, stored
from tests.world import World, at, context, make_world

pytestmark = pytest.mark.db


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world(db)


async def suggestion(db: Database, world: World) -> Suggestion:
    rt, _slack, _telegram, _model = runtime(db)
    bundle = await look(
        db,
        world.people["staff"],
        moved(world, "Lighting Basics", start_time=at("11:00"), end_time=at("12:00")),
        moved(world, "Sound Check Live", start_time=at("10:00"), end_time=at("11:00")),
        moved(world, "Closing Panel", title="End"),
    )
    found = await stored(rt, world, bundle)
    async with db.acting_as(world.people["manager"]) as tx:
        kept = await actions.find(tx, found)
    assert kept is not None
    return kept


async def chosen(db: Database, world: World, out: set[int], mode: Mode = "all") -> Proposal | Refused:
    kept = await suggestion(db, world)
    async with db.acting_as(world.people["manager"]) as tx:
        return await without_lines(context(tx, world.people["manager"]), kept, out, mode)


async def test_a_line_that_made_room_is_missed_by_the_one_that_wanted_it(db: Database, world: World) -> None:
    looked = await chosen(db, world, {2})
    assert isinstance(looked, Proposal)
    assert (len(looked.args["lines"]), kinds(looked)) == (2, [(1, "room_overlap", "Sound Check Live")])


async def test_the_other_way_to_run_is_judged_anew(db: Database, world: World) -> None:
    looked = await chosen(db, world, set(), "until_failure")
    assert isinstance(looked, Proposal)
    assert (looked.args["mode"], kinds(looked)) == ("until_failure", [(1, "room_overlap", "Sound Check Live")])


async def test_one_line_that_stays_is_that_plain_action(db: Database, world: World) -> None:
    looked = await chosen(db, world, {1, 2})
    assert isinstance(looked, Proposal)
    assert (looked.action_type, looked.args["set"], looked.conflicts) == ("schedule_update", {"title": "End"}, ())


@pytest.mark.parametrize(
    ("out", "told"), [({1, 2, 3}, "bundle-none-left"), ({4}, "bundle-no-such-line"), ({0}, "bundle-no-such-line")]
)
async def test_what_cannot_be_left_out_is_one_sentence(db: Database, world: World, out: set[int], told: str) -> None:
    assert await chosen(db, world, out) == Refused(phrase(told))
