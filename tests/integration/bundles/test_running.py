"""How a bundle runs: all lines or none, or one after the other until one fails; never what was not shown."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from core.actions import queries as actions
from core.actions.bundles.models import Wanted
from core.audit.history import queries as chains
from core.db import Database, WorldMoved
from core.flows.bundles.making import bundle_of
from core.flows.bundles.running import RUN
from core.flows.bundles.tools import inverse
from core.flows.deliver import card_for
from core.kernel.phrases import phrase
from core.kernel.tools import Action, Inverse, Refused
from core.texts import say
from tests.fakes import runtime
from tests.integration.bundles.office import PLACES, approve, kinds, look, moved, places, removed, stored
from tests.integration.flows.office import change, log_rows, statuses
from tests.owner import owner_rows
from tests.world import World, at, context, make_world

pytestmark = pytest.mark.db

MANY = 50
EVERYTHING = """
select id, title, start_time, end_time, room, speaker_name, max_capacity from public.schedules order by id
"""


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world(db)


def made(world: World, number: int, room: str | None = None) -> Wanted:
    """A line that adds a session of half an hour on the second day."""
    starts = at("08:00", 2) + timedelta(minutes=30 * (number % 16))
    wanted = {
        "title": f"Session {number:02d}",
        "start_time": starts.isoformat(),
        "end_time": (starts + timedelta(minutes=30)).isoformat(),
        "room": room,
        "speaker_name": None,
        "max_capacity": None,
    }
    return Wanted("schedule_create", {"event_id": str(world.event_id), "new_id": str(uuid4()), "set": wanted}, "create")


def outcome(owner_url: str) -> list[tuple[Any, ...]]:
    """Return what became of the lines of the last bundle."""
    return [(ran["state"], ran.get("reason")) for ran in log_rows(owner_url)[-1]["outcome"] or []]


async def test_fifty_lines_run_in_one_transaction(db: Database, world: World, owner_url: str) -> None:
    rt, _slack, _telegram, _model = runtime(db)
    bundle = await look(db, world.people["staff"], *(made(world, number) for number in range(MANY)))
    suggestion = await stored(rt, world, bundle)
    assert await approve(rt, owner_url, suggestion) is None
    written = owner_rows(
        owner_url,
        "select count(*) as n, count(distinct xmin::text) as t from public.schedules where title ~ '^Session'",
    )
    assert (written, outcome(owner_url)) == ([{"n": MANY, "t": 1}], [("done", None)] * MANY)


async def test_one_more_than_fifty_is_refused_with_a_sentence(db: Database, world: World) -> None:
    who = world.people["staff"]
    async with db.acting_as(who) as tx:
        told = await bundle_of(context(tx, who), [made(world, number) for number in range(MANY + 1)])
    assert told == Refused(phrase("bundle-too-many", most=MANY))


async def test_one_line_that_the_world_has_overtaken_stops_them_all_and_a_fresh_card_comes(
    db: Database, world: World, owner_url: str
) -> None:
    rt, _slack, _telegram, _model = runtime(db)
    bundle = await look(
        db,
        world.people["staff"],
        moved(world, "Closing Panel", title="Last words"),
        moved(world, "Lighting Basics", title="Light"),
        made(world, 1),
    )
    suggestion = await stored(rt, world, bundle)
    await change(db, world, "update public.schedules set title = 'Lamps' where title = 'Lighting Basics'")
    before = places(owner_url)
    told = await approve(rt, owner_url, suggestion)
    assert (told, places(owner_url)) == (say("he", phrase("decision-moved")), before)
    [_old, fresh] = log_rows(owner_url)
    assert statuses(owner_url) == ["superseded", "suggested"]
    assert [line["before"] and line["before"]["title"] for line in fresh["action_data"]["args"]["lines"]] == [
        "Closing Panel",
        "Lamps",
        None,
    ]
    assert await approve(rt, owner_url, fresh["id"]) is None
    assert {"Last words", "Light", "Session 01"} <= set(places(owner_url))


async def test_a_line_that_is_gone_is_left_out_of_the_fresh_card_and_the_card_says_so(
    db: Database, world: World, owner_url: str
) -> None:
    rt, _slack, _telegram, _model = runtime(db)
    bundle = await look(
        db,
        world.people["staff"],
        moved(world, "Closing Panel", title="End"),
        moved(world, "Lighting Basics", room=None),
    )
    suggestion = await stored(rt, world, bundle)
    await change(db, world, "delete from public.schedules where title = 'Lighting Basics'")
    assert await approve(rt, owner_url, suggestion) is not None
    async with db.acting_as(world.people["manager"]) as tx:
        fresh = await actions.find(tx, log_rows(owner_url)[-1]["id"])
    assert fresh is not None
    card = card_for(fresh, can_decide=True)
    why = phrase("bundle-left-out-why", titles=("Lighting Basics",))
    assert (len(card.lines), card.facts[-1].value) == (1, why)


async def test_until_failure_keeps_what_stood_before_and_says_what_became_of_each_line(
    db: Database, world: World, owner_url: str
) -> None:
    rt, _slack, _telegram, _model = runtime(db)
    bundle = await look(
        db,
        world.people["staff"],
        moved(world, "Closing Panel", title="Last words"),
        moved(world, "Lighting Basics", title="Light"),
        moved(world, "Opening Keynote", title="First words"),
        mode="until_failure",
    )
    suggestion = await stored(rt, world, bundle)
    await change(db, world, "update public.schedules set title = 'Lamps' where title = 'Lighting Basics'")
    assert await approve(rt, owner_url, suggestion) is None
    assert set(places(owner_url)) == {"Last words", "Lamps", "Opening Keynote", "Sound Check Live", "ניהול קהל"}
    became = [("done", None), ("failed", "bundle-line-moved"), ("skipped", "bundle-line-after-failure")]
    assert (statuses(owner_url), outcome(owner_url)) == (["executed"], became)
    async with db.acting_as(world.people["manager"]) as tx:
        done = await actions.find(tx, suggestion)
    assert done is not None
    card = card_for(done, can_decide=True)
    # They ran as they were asked for; the card has them in the order of the agenda.
    assert {line.id for line in card.lines} == {"bundle-line-done", "bundle-line-failed", "bundle-line-skipped"}
    assert ["Opening Keynote" in say("en", line) for line in card.lines if line.id == "bundle-line-skipped"] == [True]
    assert card.outcome is not None
    assert (card.outcome.id, card.outcome.args["done"], card.outcome.args["of"]) == ("outcome-executed-in-part", 1, 3)
    # Only what was done is taken back.
    back = {"event_id": str(world.event_id), "schedule_id": str(world.sessions["Closing Panel"])}
    undone = Inverse("schedule_update", {**back, "set": {"title": "Closing Panel"}})
    assert inverse(done.action()) == undone
    async with db.as_operator() as tx:
        assert [chain.fault for chain in await chains.verify(tx, None)] == [None]


async def test_until_failure_of_the_very_first_line_runs_nothing_and_shows_a_fresh_card(
    db: Database, world: World, owner_url: str
) -> None:
    rt, _slack, _telegram, _model = runtime(db)
    lines = [moved(world, "Closing Panel", title="End"), moved(world, "Lighting Basics", title="Light")]
    suggestion = await stored(rt, world, await look(db, world.people["staff"], *lines, mode="until_failure"))
    await change(db, world, "update public.schedules set title = 'Panel' where title = 'Closing Panel'")
    assert await approve(rt, owner_url, suggestion) == say("he", phrase("decision-moved"))
    assert (statuses(owner_url), "Light" in places(owner_url)) == (["superseded", "suggested"], False)


async def test_a_write_that_fails_takes_itself_back_alone(db: Database, world: World, owner_url: str) -> None:
    """The proof cannot see everything: here an id that is taken."""
    rt, _slack, _telegram, _model = runtime(db)
    clash = made(world, 2)
    clash.args["new_id"] = str(world.sessions["Closing Panel"])
    bundle = await look(db, world.people["staff"], made(world, 1), clash, made(world, 3), mode="until_failure")
    assert await approve(rt, owner_url, await stored(rt, world, bundle)) is None
    became = [("done", None), ("failed", "bundle-line-error"), ("skipped", "bundle-line-after-failure")]
    written = [title for title in places(owner_url) if title.startswith("Session")]
    assert (outcome(owner_url), written) == (became, ["Session 01"])


async def test_one_after_the_other_two_cannot_trade_places_and_the_card_says_it_before(
    db: Database, world: World
) -> None:
    lines = [
        moved(world, "Opening Keynote", start_time=at("11:00"), end_time=at("12:00"), room="Hall B"),
        moved(world, "Sound Check Live", start_time=at("10:00"), end_time=at("11:00"), room="Hall A"),
    ]
    together, one_by_one = [
        await look(db, world.people["staff"], *lines, mode=mode) for mode in ("all", "until_failure")
    ]
    assert (kinds(together), kinds(one_by_one)) == ([], [(2, "room_overlap", "Sound Check Live")])


async def test_lines_of_another_organisation_do_not_exist(db: Database, world: World, owner_url: str) -> None:
    other = await make_world(db, "Bet Events", team="T2")
    who, before = world.people["manager"], owner_rows(owner_url, PLACES)
    foreign = moved(other, "Closing Panel", title="Taken")
    async with db.acting_as(who) as tx:
        assert await bundle_of(context(tx, who), [foreign, removed(other, "Lighting Basics")]) == Refused(
            phrase("session-gone")
        )
    # And what nobody could have shown does not run either.
    theirs = await look(db, other.people["manager"], foreign, removed(other, "Lighting Basics"))
    for mode in ("all", "until_failure"):
        action = Action(uuid4(), "bundle", {**theirs.args, "mode": mode}, None, theirs.zone, theirs.facts_digest)
        with pytest.raises(WorldMoved):
            async with db.acting_as(who) as tx:
                await RUN(tx, action)
    assert owner_rows(owner_url, PLACES) == before


async def test_the_inverse_of_many_different_lines_restores_exactly(db: Database, world: World, owner_url: str) -> None:
    rt, _slack, _telegram, _model = runtime(db)
    before = owner_rows(owner_url, EVERYTHING)
    bundle = await look(
        db,
        world.people["staff"],
        made(world, 1),
        removed(world, "Lighting Basics"),
        moved(world, "Sound Check Live", start_time=at("10:00"), end_time=at("11:00"), speaker_name="Tom Harris"),
        moved(world, "Closing Panel", max_capacity=40),
    )
    # The removal makes the room free for the one that moves there.
    assert (kinds(bundle), bundle.effect) == ([], "delete")
    suggestion = await stored(rt, world, bundle)
    assert await approve(rt, owner_url, suggestion) is None
    async with db.acting_as(world.people["manager"]) as tx:
        done = await actions.find(tx, suggestion)
        assert done is not None
        taken_back = inverse(done.action())
        assert taken_back is not None
        ctx = context(tx, world.people["manager"])
        back = await bundle_of(
            ctx, [Wanted(line["action_type"], line["args"], "update") for line in taken_back.args["lines"]]
        )
    assert not isinstance(back, Refused)
    assert await approve(rt, owner_url, await stored(rt, world, back)) is None
    assert owner_rows(owner_url, EVERYTHING) == before


async def test_two_bundles_that_cross_run_one_after_the_other(db: Database, world: World, owner_url: str) -> None:
    rt, _slack, _telegram, _model = runtime(db)
    for turn in range(6):
        titles = list(places(owner_url))
        ids = {row["title"]: row["id"] for row in owner_rows(owner_url, "select id, title from public.schedules")}
        world.sessions.update(ids)
        forth = [moved(world, title, speaker_name=f"Speaker {turn}") for title in titles]
        back = [moved(world, title, speaker_name=f"Other {turn}") for title in reversed(titles)]
        pair = [await stored(rt, world, await look(db, world.people["staff"], *lines)) for lines in (forth, back)]
        told = await asyncio.gather(
            *(approve(rt, owner_url, each, user) for each, user in zip(pair, ("UMANAGER", "UOWNER"), strict=True))
        )
        assert sorted(answer is None for answer in told) == [False, True]
        speakers = {row["speaker_name"] for row in owner_rows(owner_url, "select speaker_name from public.schedules")}
        assert speakers in ({f"Speaker {turn}"}, {f"Other {turn}"})
