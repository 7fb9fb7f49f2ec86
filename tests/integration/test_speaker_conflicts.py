"""``check_speaker_conflicts`` has the seed's signature and means what people mean by a conflict."""

import re
from datetime import datetime
from uuid import UUID

import psycopg
import pytest

from core.db import Database, WorldMoved
from migrations.apply import files, migrate
from tests.owner import owner_rows, owner_run
from tests.world import World, at, make_world

pytestmark = pytest.mark.db


async def conflicts(
    db: Database, world: World, speaker: str, start: datetime, end: datetime, exclude: UUID | None = None
) -> list[str]:
    rows = await db.read_as(
        world.people["viewer"],
        "select conflict_title "
        "from public.check_speaker_conflicts(%(event)s, %(speaker)s, %(start)s, %(end)s, %(exclude)s)",
        {"event": world.event_id, "speaker": speaker, "start": start, "end": end, "exclude": exclude},
    )
    return [row["conflict_title"] for row in rows]


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world(db)


@pytest.mark.parametrize(
    ("speaker", "start", "end", "found"),
    [
        ("Dana Levi", "10:30", "10:45", ["Opening Keynote"]),
        ("  dana   LEVI ", "10:30", "10:45", ["Opening Keynote"]),
        ("Dana Levi", "09:00", "10:00", []),
        ("Dana Levi", "11:00", "12:00", []),
        ("Dana Levi", "09:00", "14:00", ["Opening Keynote", "ניהול קהל"]),
        ("Tom Harris, Dana Levi", "10:30", "10:45", ["Opening Keynote", "Lighting Basics"]),
        ("Dana", "10:30", "10:45", []),
        ("D%", "10:30", "10:45", []),
        ("Dana_Levi", "10:30", "10:45", []),
        ("", "10:30", "10:45", []),
    ],
)
async def test_overlap_is_half_open_and_names_are_whole(
    db: Database, world: World, speaker: str, start: str, end: str, found: list[str]
) -> None:
    assert sorted(await conflicts(db, world, speaker, at(start), at(end))) == sorted(found)


async def test_the_session_itself_is_left_out(db: Database, world: World) -> None:
    own = world.sessions["Opening Keynote"]
    assert await conflicts(db, world, "Dana Levi", at("10:00"), at("11:00"), own) == []


async def test_another_organisations_speakers_are_never_seen(db: Database, world: World) -> None:
    other = await make_world(db, "Beth Shows", team="T2")
    stranger = World(world.organization_id, world.event_id, other.people, world.sessions)
    assert await conflicts(db, stranger, "Dana Levi", at("10:00"), at("11:00")) == []


async def test_the_columns_are_the_seeds_and_two_more(db: Database, world: World) -> None:
    values = {"event": world.event_id, "start": at("10:30"), "end": at("10:45")}
    [row] = await db.read_as(
        world.people["viewer"],
        "select * from check_speaker_conflicts(%(event)s, 'Dana Levi', %(start)s, %(end)s, null)",
        values,
    )
    assert row == {
        "conflict_id": world.sessions["Opening Keynote"],
        "conflict_title": "Opening Keynote",
        "conflict_start": at("10:00"),
        "conflict_end": at("11:00"),
        "room": "Hall A",
        "speaker_name": "Dana Levi",
    }


async def test_a_database_of_yesterday_gets_the_new_columns_and_an_old_file_still_runs(owner_url: str) -> None:
    """The first numbered file makes the function with other columns, which ``create or replace`` cannot change."""
    columns = (
        "select pg_get_function_result('public.check_speaker_conflicts(uuid, text, timestamptz, timestamptz, uuid)'"
        "::regprocedure) as columns"
    )
    today = owner_rows(owner_url, columns)
    text = (files()["0006_agenda.sql"]).read_text("utf-8")
    [old] = re.findall(r"(?ms)^create or replace function public\.check_speaker_conflicts.*?\$\$;", text)
    owner_run(
        owner_url,
        "drop function public.check_speaker_conflicts(uuid, text, timestamptz, timestamptz, uuid)",
        old,
        "update app.migrations set checksum = 'older' where name = 'functions/alternatives.sql'",
    )
    assert owner_rows(owner_url, columns) != today
    assert await migrate(owner_url) == ["functions/alternatives.sql"]
    assert owner_rows(owner_url, columns) == today
    owner_run(owner_url, "delete from app.migrations where name = '0006_agenda.sql'")
    await migrate(owner_url)
    assert owner_rows(owner_url, columns) == today


PLAIN = """
INSERT INTO schedules (event_id, title, start_time, end_time, room)
VALUES (
  '123e4567-e89b-12d3-a456-426614174000',
  'Test Session {number}',
  '2031-05-01 {start}:00+00',
  '2031-05-01 {end}:00+00',
  'Hall A'
);
"""


async def test_the_seeds_plain_inserts_are_the_callers_organisations(db: Database, world: World) -> None:
    """Its event's id and day are ours, its columns and its room are not changed; the second wants the same hall."""
    first, second = (
        PLAIN.replace("123e4567-e89b-12d3-a456-426614174000", str(world.event_id)).format(
            number=n, start=start, end=end
        )
        for n, start, end in ((1, "20:00", "21:00"), (2, "20:30", "21:30"))
    )
    async with db.acting_as(world.people["manager"]) as tx:
        await tx.execute(first.encode())
    row = "select organization_id from public.schedules where title = 'Test Session 1'"
    assert await db.read_as(world.people["viewer"], row, {}) == [{"organization_id": world.organization_id}]
    with pytest.raises(WorldMoved):
        async with db.acting_as(world.people["manager"]) as tx:
            await tx.execute(second.encode())
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        async with db.acting_as(world.people["staff"]) as tx:
            await tx.execute(second.encode())
