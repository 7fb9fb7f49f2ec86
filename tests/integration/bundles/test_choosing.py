"""A person ticks lines off, or lets them run one by one: another proposal, looked at again."""

from dataclasses import replace

import pytest

from core.actions import queries as actions
from core.actions.bundles.models import Mode
from core.actions.suggestion import Suggestion
from core.db import Database
from core.flows.bundles.making import out_of, without_lines
from core.flows.deliver import card_for
from core.kernel.phrases import Phrase, phrase
from core.kernel.proposals import Proposal
from core.kernel.tools import Refused
from core.texts import say
from tests.fakes import runtime
from tests.integration.bundles.office import kinds, look, moved, stored
from tests.world import World, at, context, make_world

pytestmark = pytest.mark.db


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world(db)


def english(said: Phrase) -> str:
    return say("en", said).translate({0x2068: None, 0x2069: None})


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
    looked = await chosen(db, world, {1})
    assert isinstance(looked, Proposal)
    # The card numbers the lines in the order of the agenda, those that are left out too.
    assert (len(looked.args["lines"]), kinds(looked)) == (2, [(2, "room_overlap", "Sound Check Live")])


async def test_the_other_way_to_run_is_judged_anew(db: Database, world: World) -> None:
    looked = await chosen(db, world, set(), "until_failure")
    assert isinstance(looked, Proposal)
    assert (looked.args["mode"], kinds(looked)) == ("until_failure", [(2, "room_overlap", "Sound Check Live")])


async def test_lines_that_were_left_out_are_shown_and_come_back(db: Database, world: World) -> None:
    kept = await suggestion(db, world)
    async with db.acting_as(world.people["manager"]) as tx:
        ctx = context(tx, world.people["manager"])
        one = await without_lines(ctx, kept, {1, 2}, "all")
        assert isinstance(one, Proposal)
        fewer = replace(kept, request=replace(kept.request, args=one.args))
        again = await without_lines(ctx, fewer, {2}, "all")
    assert isinstance(again, Proposal)
    assert ([line["args"]["set"] for line in one.args["lines"]], one.conflicts) == ([{"title": "End"}], ())
    shown = [english(line) for line in card_for(fewer, can_decide=True).lines]
    assert shown == [
        "Thu 1 May · 10:00 to 11:00 Sound Check Live · instead of 11:00 to 12:00 · Hall B · left out",
        "Thu 1 May · 11:00 to 12:00 Lighting Basics · instead of 10:00 to 11:00 · Hall B · left out",
        "Fri 2 May · 16:00 to 17:00 Closing Panel · Title: End instead of Closing Panel · Hall A",
    ]
    assert out_of(fewer) == {1, 2}
    assert [line["before"]["title"] for line in again.args["lines"]] == ["Sound Check Live", "Closing Panel"]
    assert out_of(replace(kept, request=replace(kept.request, args=again.args))) == {2}


@pytest.mark.parametrize(
    ("out", "told"), [({1, 2, 3}, "bundle-none-left"), ({4}, "bundle-no-such-line"), ({0}, "bundle-no-such-line")]
)
async def test_what_cannot_be_left_out_is_one_sentence(db: Database, world: World, out: set[int], told: str) -> None:
    assert await chosen(db, world, out) == Refused(phrase(told))
