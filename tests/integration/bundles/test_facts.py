"""What a change is judged by: as before where it stands alone, as if they were done where others stand beside it."""

from pathlib import Path
from typing import Any

import pytest
from psycopg.types.json import Jsonb

from core.db import Database
from core.domains.participants import queries as participants
from core.domains.schedule import queries as schedule
from core.domains.schedule.rules import find_conflicts
from core.proof.queries import Proof
from tests.owner import owner_run
from tests.world import World, at, context, make_world

pytestmark = pytest.mark.db

Row = dict[str, Any]
MIGRATIONS = Path(__file__).parents[3] / "migrations"


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world(db)


def changes(world: World) -> dict[str, Row]:
    event = {"event_id": str(world.event_id)}
    keynote = {**event, "schedule_id": str(world.sessions["Opening Keynote"])}
    return {
        "create": {**event, "new_id": str(world.event_id), "set": _place("Hall B", "10:30", "11:30", "Tom Harris")},
        "move": {**keynote, "set": {"start_time": at("11:00").isoformat(), "end_time": at("12:30").isoformat()}},
        "room": {**keynote, "set": {"room": "hall  b"}},
        "title": {**keynote, "set": {"title": "Keynote"}},
        "delete": keynote,
        "nowhere": {**keynote, "schedule_id": str(world.event_id), "set": {"title": "X"}},
    }


def _place(room: str, starts: str, ends: str, speaker: str | None = None) -> Row:
    return {
        "title": "New",
        "start_time": at(starts).isoformat(),
        "end_time": at(ends).isoformat(),
        "room": room,
        "speaker_name": speaker,
        "max_capacity": None,
    }


def as_it_was(owner_url: str, name: str) -> None:
    """Bring a function back under another name, as it was before there were bundles."""
    text = (MIGRATIONS / "0007_participants.sql").read_text("utf-8")
    start = text.index(f"create or replace function app.{name}(change jsonb)")
    former = text[start : text.index("end $$;", start) + len("end $$;")].replace(f"app.{name}", f"app.former_{name}")
    # A column that has another name since.
    former = former.replace("other.id = clash.id", "other.id = clash.conflict_id")
    owner_run(owner_url, former, f"grant execute on function app.former_{name}(jsonb) to authenticated")


async def facts(db: Database, world: World, change: Row) -> tuple[Row, str]:
    async with db.acting_as(world.people["staff"]) as tx:
        return await schedule.PROOF.facts(tx, change)


def as_far_as_before(facts: Row) -> Row:
    """Leave out what came later: who stands in both sessions, and what a removal needs for its way back."""
    overlaps = [{key: value for key, value in row.items() if key != "who"} for row in facts["speaker_overlaps"]]
    later = {"description", "track", "language", "source_id", "source_code", "keeps_waiting_list", "created_at"}
    now = facts["now"] and {key: value for key, value in facts["now"].items() if key not in later}
    kept = {key: value for key, value in facts.items() if key != "waiting"}
    return {**kept, "speaker_overlaps": overlaps, "now": now}


async def test_a_change_alone_is_judged_by_what_it_was_before(db: Database, world: World, owner_url: str) -> None:
    as_it_was(owner_url, "schedule_facts")
    former = Proof("select f as facts, app.digest(f) as digest from app.former_schedule_facts(%(change)s) as f", "")
    async with db.acting_as(world.people["staff"]) as tx:
        for name, change in changes(world).items():
            found, _digest = await schedule.PROOF.facts(tx, change)
            assert as_far_as_before(found) == (await former.facts(tx, change))[0], name


async def test_so_is_a_registration(db: Database, world: World, owner_url: str) -> None:
    as_it_was(owner_url, "participant_facts")
    former = Proof("select f as facts, app.digest(f) as digest from app.former_participant_facts(%(change)s) as f", "")
    who = world.people["staff"]
    async with db.acting_as(who) as tx:
        people = await (await tx.execute("select id from public.participants order by full_name")).fetchall()
        eli, ruth = (str(row["id"]) for row in people)
        event = {"event_id": str(world.event_id)}
        keynote, closing = (str(world.sessions[title]) for title in ("Opening Keynote", "Closing Panel"))
        for change in (
            {**event, "schedule_id": closing, "participant_id": eli, "set": {"waiting": False}},
            {**event, "schedule_id": keynote, "participant_id": ruth},
            {**event, "schedule_id": keynote, "to_schedule_id": closing, "participant_ids": [eli, ruth]},
            {**event, "participant_id": ruth, "set": {"is_vip": False}},
        ):
            assert await participants.PROOF.facts(tx, change) == await former.facts(tx, change)
        assert context(tx, who).principal == who


async def test_the_digest_is_the_same_whether_a_line_beside_has_run_or_not(db: Database, world: World) -> None:
    move = changes(world)["move"]
    away = {
        "schedule_id": str(world.sessions["ניהול קהל"]),
        "set": {"start_time": at("12:10").isoformat(), "end_time": at("13:10").isoformat()},
    }
    new = {"new_id": "00000000-0000-4000-8000-000000000001", "set": _place("Hall A", "11:15", "11:30", "Dana Levi")}
    gone = {"schedule_id": str(world.sessions["Lighting Basics"]), "gone": True}
    change = {**move, "beside": [away, new, gone]}
    before = await facts(db, world, change)
    async with db.acting_as(world.people["manager"]) as tx:
        await tx.execute(schedule.UPDATE_SESSION, {"change": Jsonb(away)})
        await tx.execute(schedule.INSERT_SESSION, {"change": Jsonb({**new, "event_id": str(world.event_id)})})
        await tx.execute(schedule.DELETE_SESSION, {"change": Jsonb(gone)})
    assert await facts(db, world, change) == before
    assert [row["title"] for row in before[0]["room_overlaps"]] == ["New", "ניהול קהל"]
    assert [row["title"] for row in before[0]["speaker_overlaps"]] == ["New", "ניהול קהל"]


async def test_a_session_that_leaves_makes_room_and_one_that_comes_takes_it(db: Database, world: World) -> None:
    move = {**changes(world)["room"], "set": {"room": "Hall B"}}
    lighting = {"schedule_id": str(world.sessions["Lighting Basics"])}
    there, _ = await facts(db, world, move)
    left, _ = await facts(db, world, {**move, "beside": [{**lighting, "set": {"room": "Workshop"}}]})
    gone, _ = await facts(db, world, {**move, "beside": [{**lighting, "gone": True}]})
    assert [[row["title"] for row in each["room_overlaps"]] for each in (there, left, gone)] == [
        ["Lighting Basics"],
        [],
        [],
    ]
    to_workshop = {**move, "set": {"room": "Workshop"}}
    taken, _ = await facts(db, world, {**to_workshop, "beside": [{**lighting, "set": {"room": " workshop "}}]})
    assert [(row["title"], row["room"]) for row in taken["room_overlaps"]] == [("Lighting Basics", " workshop ")]


async def test_the_minutes_between_sessions_are_a_fact_only_where_the_organisation_has_them(
    db: Database, world: World
) -> None:
    move = {**changes(world)["room"], "set": {"room": "Workshop"}}
    near = {"new_id": "00000000-0000-4000-8000-000000000002", "set": _place("Workshop", "11:10", "12:00")}
    far = {"new_id": "00000000-0000-4000-8000-000000000003", "set": _place("Workshop", "09:00", "09:45")}
    without, _ = await facts(db, world, {**move, "beside": [near, far]})
    async with db.acting_as(world.people["owner"]) as tx:
        await tx.execute(
            "insert into public.organization_policies (organization_id, version, document, changed_by) "
            "values (%s, 1, %s, %s)",
            (world.organization_id, Jsonb({"buffer_minutes": 15}), world.people["owner"].user_id),
        )
        for new in (near, far):
            await tx.execute(schedule.INSERT_SESSION, {"change": Jsonb({**new, "event_id": str(world.event_id)})})
    within, _ = await facts(db, world, move)
    beside, _ = await facts(db, world, {**move, "beside": [near, far]})
    assert "room_buffer" not in without
    for found in (within, beside):
        assert found["room_buffer"]["minutes"] == 15
        assert [row["start_time"] for row in found["room_buffer"]["sessions"]] == [at("11:10").isoformat()]
        [conflict] = find_conflicts(move, found)
        assert (conflict.kind, conflict.severity, conflict.details) == ("room_buffer", "warning", {"minutes": 15})
