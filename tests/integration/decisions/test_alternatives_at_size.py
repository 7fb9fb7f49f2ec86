"""Alternatives in a day of forty rooms and a thousand sessions are found through the indexes."""

import pytest

from core.db import Database
from tests.owner import owner_rows, owner_run
from tests.world import World, make_world

pytestmark = pytest.mark.db

FILL = """
insert into public.rooms (organization_id, event_id, name, capacity)
select organization_id, id, 'Room ' || number, 20 + number * 5
from public.events cross join generate_series(1, 40) as number
"""
SESSIONS = """
insert into public.schedules (organization_id, event_id, title, room, speaker_name, start_time, end_time)
select event.organization_id, event.id, 'Talk ' || slot, 'Room ' || room, 'Speaker ' || (room * 25 + slot),
       '2031-04-22 08:00+03'::timestamptz + day * interval '1 day' + slot * interval '30 minutes',
       '2031-04-22 08:30+03'::timestamptz + day * interval '1 day' + slot * interval '30 minutes'
from public.events as event cross join generate_series(1, 40) as room cross join generate_series(0, 24) as slot
cross join generate_series(0, 10) as day
-- Room 7 is free at nine in the morning, room 3 half an hour later.
where not (room = 7 and slot = 2) and not (room = 3 and slot = 3)
"""
ASK = """
select app.schedule_alternatives(jsonb_build_object('event_id', %(event)s::text, 'set', jsonb_build_object(
    'room', 'Room 3', 'start_time', '2031-05-01T06:00:00Z', 'end_time', '2031-05-01T06:30:00Z'))) as found
"""
READ = "select * from pg_stat_xact_user_tables where schemaname = 'public' and relname = 'schedules'"


@pytest.fixture
async def world(db: Database) -> World:
    return await make_world(db)


async def test_a_full_day_is_searched_by_index(db: Database, world: World, owner_url: str) -> None:
    owner_run(owner_url, FILL, SESSIONS, "analyze public.schedules", "analyze public.rooms")
    [counted] = owner_rows(owner_url, "select count(*) as n from public.schedules")
    assert counted["n"] > 10_000
    async with db.acting_as(world.people["manager"]) as tx:
        row = await (await tx.execute(ASK, {"event": str(world.event_id)})).fetchone()
        read = await (await tx.execute(READ)).fetchone()
    assert row is not None
    assert read is not None
    assert [room["room"] for room in row["found"]["rooms"]] == ["Room 7", "Hall B", "Hall A"]
    assert row["found"]["slot"] == {
        "start_time": "2031-05-01T06:30:00+00:00",
        "end_time": "2031-05-01T07:00:00+00:00",
    }
    # Of eleven thousand sessions no more than those of a day or two are looked at, twice.
    assert (read["seq_scan"], read["idx_tup_fetch"] < 4_000) == (0, True), read
