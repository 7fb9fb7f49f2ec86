"""``check_speaker_conflicts`` has the seed's signature and means what people mean by a conflict."""

from datetime import datetime
from uuid import UUID

import pytest

from core.db import Database
from tests.world import World, at, make_world

pytestmark = pytest.mark.db


async def conflicts(
    db: Database, world: World, speaker: str, start: datetime, end: datetime, exclude: UUID | None = None
) -> list[str]:
    rows = await db.read_as(
        world.people["viewer"],
        "select title from public.check_speaker_conflicts(%(event)s, %(speaker)s, %(start)s, %(end)s, %(exclude)s)",
        {"event": world.event_id, "speaker": speaker, "start": start, "end": end, "exclude": exclude},
    )
    return [row["title"] for row in rows]


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
