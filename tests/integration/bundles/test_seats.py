"""Registrations of one bundle share places: the last one is given once, and who leaves makes room for who comes."""

from typing import Any
from uuid import UUID

import pytest

from core.actions import queries as actions
from core.actions.bundles.models import Wanted
from core.db import Database
from core.flows.bundles.making import bundle_of
from core.flows.bundles.tools import inverse
from core.kernel.phrases import phrase
from core.kernel.tools import Refused
from tests.fakes import runtime
from tests.integration.bundles.office import approve, kinds, look, moved, removed, stored
from tests.owner import owner_rows, owner_run
from tests.world import World, context, make_world

pytestmark = pytest.mark.db

SEATS = """
select session.title, person.full_name as name, seat.waiting_since is not null as waits
from public.participant_schedules as seat
join public.schedules as session on session.id = seat.schedule_id
join public.participants as person on person.id = seat.participant_id
order by session.title, waits, seat.waiting_since, person.full_name
"""
SMALL, OTHER = "Lighting Basics", "Closing Panel"


@pytest.fixture
async def world(db: Database, owner_url: str) -> World:
    """The world, with three more people and two places in a small session."""
    made = await make_world(db)
    async with db.acting_as(made.people["owner"]) as tx:
        for name in ("Avi", "Bat", "Gil"):
            await tx.execute(
                "insert into public.participants (organization_id, event_id, full_name) values (%s, %s, %s)",
                (made.organization_id, made.event_id, name),
            )
    owner_run(owner_url, f"update public.schedules set max_capacity = 2 where title = '{SMALL}'")
    return made


def people(owner_url: str) -> dict[str, str]:
    rows = owner_rows(owner_url, "select id, full_name from public.participants")
    return {row["full_name"]: str(row["id"]) for row in rows}


def seats(owner_url: str, title: str) -> list[tuple[str, bool]]:
    """Return who holds a place in a session, and who waits, in the order of the line."""
    return [(row["name"], row["waits"]) for row in owner_rows(owner_url, SEATS) if row["title"] == title]


def comes(world: World, person: str, title: str) -> Wanted:
    return Wanted("participant_assign", {**_seat(world, person, title), "set": {"waiting": False}}, "create", title)


def leaves(world: World, person: str, title: str) -> Wanted:
    return Wanted("participant_unassign", _seat(world, person, title), "update", title)


def goes(world: World, who: list[str], title: str, target: str) -> Wanted:
    change: dict[str, Any] = {
        "event_id": str(world.event_id),
        "schedule_id": str(world.sessions[title]),
        "to_schedule_id": str(world.sessions[target]),
        "participant_ids": sorted(who),
    }
    return Wanted("participants_move", change, "update", title)


def _seat(world: World, person: str, title: str) -> dict[str, str]:
    session = str(world.sessions[title])
    return {"event_id": str(world.event_id), "schedule_id": session, "participant_id": person}


@pytest.mark.parametrize("mode", ["all", "until_failure"])
async def test_of_three_for_two_places_the_third_waits(db: Database, world: World, owner_url: str, mode: Any) -> None:
    rt, _slack, _telegram, _model = runtime(db)
    who = people(owner_url)
    lines = [comes(world, who[name], SMALL) for name in ("Gil", "Avi", "Bat")]
    bundle = await look(db, world.people["staff"], *lines, mode=mode)
    assert kinds(bundle) == [(3, "waiting_list", SMALL)]
    suggestion = await stored(rt, world, bundle)
    assert await approve(rt, owner_url, suggestion) is None
    assert seats(owner_url, SMALL) == [("Avi", False), ("Gil", False), ("Bat", True)]
    async with db.acting_as(world.people["manager"]) as tx:
        done = await actions.find(tx, suggestion)
        assert done is not None
        back = inverse(done.action())
        assert back is not None
        looked = await bundle_of(
            context(tx, world.people["manager"]),
            [Wanted(line["action_type"], line["args"], "update") for line in back.args["lines"]],
        )
    assert not isinstance(looked, Refused)
    assert await approve(rt, owner_url, await stored(rt, world, looked)) is None
    assert seats(owner_url, SMALL) == []


async def test_without_the_lines_beside_all_three_would_get_a_place(db: Database, world: World, owner_url: str) -> None:
    """The twin: each judged as if it were alone finds a place."""
    who = people(owner_url)
    for name in ("Gil", "Avi", "Bat"):
        alone = await look(db, world.people["staff"], comes(world, who[name], SMALL))
        assert (alone.conflicts, alone.args["set"]) == ((), {"waiting": False})


async def test_the_fourth_stands_behind_the_third_in_the_line(db: Database, world: World, owner_url: str) -> None:
    who = people(owner_url)
    names = ("Gil", "Avi", "Bat", "Eli Katz")
    bundle = await look(db, world.people["staff"], *(comes(world, who[name], SMALL) for name in names))
    waiting = [each.details for each in bundle.conflicts if each.kind == "waiting_list"]
    assert waiting == [{"name": "Bat", "position": 1, "line": 3}, {"name": "Eli Katz", "position": 2, "line": 4}]


async def test_who_leaves_makes_room_for_who_comes_whatever_was_said_first(
    db: Database, world: World, owner_url: str
) -> None:
    rt, _slack, _telegram, _model = runtime(db)
    who = people(owner_url)
    full = await look(db, world.people["staff"], comes(world, who["Avi"], SMALL), comes(world, who["Bat"], SMALL))
    assert await approve(rt, owner_url, await stored(rt, world, full)) is None
    turn = await look(db, world.people["staff"], comes(world, who["Gil"], SMALL), leaves(world, who["Avi"], SMALL))
    assert kinds(turn) == []
    assert await approve(rt, owner_url, await stored(rt, world, turn)) is None
    assert seats(owner_url, SMALL) == [("Bat", False), ("Gil", False)]


async def test_people_of_two_full_sessions_change_places(db: Database, world: World, owner_url: str) -> None:
    rt, _slack, _telegram, _model = runtime(db)
    owner_run(owner_url, f"update public.schedules set max_capacity = 1 where title in ('{SMALL}', '{OTHER}')")
    who = people(owner_url)
    there = [comes(world, who["Avi"], SMALL), comes(world, who["Bat"], OTHER)]
    assert await approve(rt, owner_url, await stored(rt, world, await look(db, world.people["staff"], *there))) is None
    swap = await look(
        db,
        world.people["staff"],
        goes(world, [who["Avi"]], SMALL, OTHER),
        goes(world, [who["Bat"]], OTHER, SMALL),
    )
    assert kinds(swap) == []
    assert await approve(rt, owner_url, await stored(rt, world, swap)) is None
    assert (seats(owner_url, SMALL), seats(owner_url, OTHER)) == ([("Bat", False)], [("Avi", False)])


async def test_a_move_takes_the_places_and_who_comes_besides_waits(db: Database, world: World, owner_url: str) -> None:
    who = people(owner_url)
    bundle = await look(
        db,
        world.people["staff"],
        goes(world, [who["Eli Katz"], who["Ruth Bar"]], "Opening Keynote", SMALL),
        comes(world, who["Gil"], SMALL),
    )
    assert (kinds(bundle), bundle.is_blocked) == (
        [(2, "waiting_list", SMALL), (2, "participant_overlap", "x")][:1],
        False,
    )


async def test_somebody_who_is_in_two_sessions_at_once_by_the_same_bundle_is_said(
    db: Database, world: World, owner_url: str
) -> None:
    who = people(owner_url)
    both = await look(
        db, world.people["staff"], comes(world, who["Gil"], SMALL), comes(world, who["Gil"], "Opening Keynote")
    )
    assert kinds(both) == [(2, "participant_overlap", SMALL)]
    # And somebody who leaves the one comes to the other without a word of it.
    ruth = who["Ruth Bar"]
    instead = await look(db, world.people["staff"], comes(world, ruth, SMALL), leaves(world, ruth, "Opening Keynote"))
    assert kinds(instead) == []


async def test_somebody_else_who_takes_the_last_place_meanwhile_stops_it(
    db: Database, world: World, owner_url: str
) -> None:
    rt, _slack, _telegram, _model = runtime(db)
    who = people(owner_url)
    both = await look(db, world.people["staff"], comes(world, who["Avi"], SMALL), comes(world, who["Bat"], SMALL))
    suggestion = await stored(rt, world, both)
    alone = await look(db, world.people["staff"], comes(world, who["Gil"], SMALL))
    assert await approve(rt, owner_url, await stored(rt, world, alone)) is None
    assert await approve(rt, owner_url, suggestion) is not None
    assert seats(owner_url, SMALL) == [("Gil", False)]
    [fresh] = owner_rows(
        owner_url, "select id, conflicts from public.ai_insights_log where execution_status = 'suggested'"
    )
    assert [(each["kind"], each["details"]["line"]) for each in fresh["conflicts"]] == [("waiting_list", 2)]
    assert await approve(rt, owner_url, UUID(str(fresh["id"]))) is None
    assert seats(owner_url, SMALL) == [("Avi", False), ("Gil", False), ("Bat", True)]


async def test_what_cannot_go_together_is_refused_with_a_sentence(db: Database, world: World, owner_url: str) -> None:
    who = people(owner_url)
    staff = world.people["staff"]
    smaller = moved(world, SMALL, max_capacity=1)
    async with db.acting_as(staff) as tx:
        ctx = context(tx, staff)
        together = [
            await bundle_of(ctx, [smaller, comes(world, who["Gil"], SMALL)]),
            await bundle_of(ctx, [removed(world, SMALL), comes(world, who["Gil"], SMALL)]),
            await bundle_of(ctx, [leaves(world, who["Gil"], SMALL), comes(world, who["Gil"], SMALL)]),
            await bundle_of(ctx, [moved(world, SMALL, title="Light"), comes(world, who["Gil"], SMALL)]),
        ]
    assert together[:3] == [
        Refused(phrase("bundle-session-and-seats", title=SMALL)),
        Refused(phrase("bundle-session-and-seats", title=SMALL)),
        Refused(phrase("bundle-seat-twice", title=SMALL)),
    ]
    assert not isinstance(together[3], Refused)
