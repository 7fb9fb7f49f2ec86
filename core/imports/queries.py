"""An import in SQL: everything in the caller's transaction, as the caller, under row-level security."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC
from typing import Any, LiteralString
from uuid import UUID

from psycopg.types.json import Jsonb

from core.imports.models import EventInfo, RoomInfo, Schedule, SessionInfo
from core.imports.placement import Unplaced, place
from core.kernel.tools import Transaction

Row = dict[str, Any]
Progress = Callable[[int, int], None]
"""Told how many of how many sessions are written."""

_BATCH = 100
INSERT_EVENT: LiteralString = """
insert into public.events (organization_id, source_id, name, starts_on, ends_on, time_zone, status)
values ((select app.organization_id()), %(source_id)s, %(name)s, %(starts_on)s, %(ends_on)s, %(time_zone)s, 'published')
on conflict (organization_id, source_id) do nothing
returning id
"""
UPDATE_EVENT: LiteralString = """
update public.events as event
set name = %(name)s, starts_on = %(starts_on)s, ends_on = %(ends_on)s, time_zone = %(time_zone)s
where event.organization_id = (select app.organization_id()) and event.source_id = %(source_id)s
  and (event.name, event.starts_on, event.ends_on, event.time_zone)
      is distinct from (%(name)s, %(starts_on)s, %(ends_on)s, %(time_zone)s)
"""
FIND_EVENT: LiteralString = """
select id from public.events where organization_id = (select app.organization_id()) and source_id = %(source_id)s
"""
UPSERT_ROOMS: LiteralString = """
insert into public.rooms as room (organization_id, event_id, name, capacity)
select distinct on (app.name_key(given.name)) (select app.organization_id()), %(event)s, given.name, given.capacity
from jsonb_to_recordset(%(rooms)s) as given(name text, capacity integer)
where app.name_key(given.name) is not null
order by app.name_key(given.name), given.capacity nulls last
on conflict (organization_id, event_id, name_key) do update set capacity = excluded.capacity
where excluded.capacity is not null and room.capacity is distinct from excluded.capacity
"""
SHARED_ROOMS: LiteralString = """
select name_key from public.rooms
where organization_id = (select app.organization_id()) and event_id = %(event)s and may_be_shared
"""
STANDING: LiteralString = """
select source_id, id, title, start_time, end_time, room, room_key
from public.schedules
where organization_id = (select app.organization_id()) and event_id = %(event)s and status <> 'cancelled'
  and room_key is not null and not room_shared
  and (source_id is null or not source_id = any(%(source_ids)s))
"""
CLEAR_ROOMS: LiteralString = """
update public.schedules as session set room = null
from jsonb_to_recordset(%(sessions)s)
    as given(source_id text, start_time timestamptz, end_time timestamptz, room text)
where session.organization_id = (select app.organization_id()) and session.event_id = %(event)s
  and session.source_id = given.source_id and session.room is not null
  and (session.start_time, session.end_time, session.room_key)
      is distinct from (given.start_time, given.end_time, app.name_key(given.room))
"""
UPSERT_SESSIONS: LiteralString = """
insert into public.schedules as session (
    organization_id, event_id, source_id, title, description, start_time, end_time, room, speaker_name, max_capacity,
    track, language)
select (select app.organization_id()), %(event)s, given.*
from jsonb_to_recordset(%(sessions)s) as given(
    source_id text, title text, description text, start_time timestamptz, end_time timestamptz, room text,
    speaker_name text, max_capacity integer, track text, language text)
on conflict (organization_id, event_id, source_id) do update set
    title = excluded.title, description = excluded.description, start_time = excluded.start_time,
    end_time = excluded.end_time, room = excluded.room, speaker_name = excluded.speaker_name,
    max_capacity = excluded.max_capacity, track = excluded.track, language = excluded.language, status = 'scheduled'
where (session.title, session.description, session.start_time, session.end_time, session.room, session.speaker_name,
       session.max_capacity, session.track, session.language)
    is distinct from (excluded.title, excluded.description, excluded.start_time, excluded.end_time, excluded.room,
       excluded.speaker_name, excluded.max_capacity, excluded.track, excluded.language)
returning (xmax = 0) as is_new
"""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did. Every session of the file is counted once in created, updated or unchanged."""

    event_id: UUID
    event_is_new: bool
    created: int
    updated: int
    unchanged: int
    unplaced: tuple[Unplaced, ...]


async def write(tx: Transaction, schedule: Schedule, progress: Progress) -> ImportReport:
    """Write a schedule: new sessions are added, changed ones updated, others left alone, nothing removed.

    A session whose room is taken at that time, in the file or by a session of the agenda, is kept without a room.
    """
    event_id, is_new = await _event(tx, schedule.event)
    shared = await _rooms(tx, event_id, schedule.rooms)
    placement = place(schedule, await _standing(tx, event_id, schedule.sessions), shared)
    sessions = placement.schedule.sessions
    values = {"event": event_id, "sessions": Jsonb([_data(session) for session in sessions])}
    # Rooms that change hands are emptied first: two sessions that swap places would be in each other's way.
    await tx.execute(CLEAR_ROOMS, values)
    created = updated = 0
    for start in range(0, len(sessions), _BATCH):
        batch = sessions[start : start + _BATCH]
        values = {"event": event_id, "sessions": Jsonb([_data(session) for session in batch])}
        rows = await (await tx.execute(UPSERT_SESSIONS, values)).fetchall()
        created += sum(row["is_new"] for row in rows)
        updated += sum(not row["is_new"] for row in rows)
        progress(start + len(batch), len(sessions))
    unchanged = len(sessions) - created - updated
    return ImportReport(event_id, is_new, created, updated, unchanged, placement.unplaced)


async def _event(tx: Transaction, event: EventInfo) -> tuple[UUID, bool]:
    values = {
        "source_id": event.source_id,
        "name": event.name,
        "starts_on": event.starts_on,
        "ends_on": event.ends_on,
        "time_zone": event.time_zone,
    }
    inserted = await (await tx.execute(INSERT_EVENT, values)).fetchone()
    if inserted is not None:
        return inserted["id"], True
    await tx.execute(UPDATE_EVENT, values)
    known = await (await tx.execute(FIND_EVENT, values)).fetchone()
    assert known is not None  # noqa: S101 it was in the way of the insert
    return known["id"], False


async def _rooms(tx: Transaction, event_id: UUID, rooms: Iterable[RoomInfo]) -> frozenset[str]:
    """Write the rooms; return the keys of those that hold several sessions at a time."""
    given = [{"name": room.name, "capacity": room.capacity} for room in rooms]
    await tx.execute(UPSERT_ROOMS, {"event": event_id, "rooms": Jsonb(given)})
    rows = await (await tx.execute(SHARED_ROOMS, {"event": event_id})).fetchall()
    return frozenset(row["name_key"] for row in rows)


async def _standing(tx: Transaction, event_id: UUID, sessions: Iterable[SessionInfo]) -> dict[str, list[SessionInfo]]:
    values = {"event": event_id, "source_ids": [session.source_id for session in sessions]}
    found: dict[str, list[SessionInfo]] = {}
    for row in await (await tx.execute(STANDING, values)).fetchall():
        session = SessionInfo(
            source_id=row["source_id"] or str(row["id"]),
            title=row["title"],
            start=row["start_time"],
            end=row["end_time"],
            room=row["room"],
        )
        found.setdefault(row["room_key"], []).append(session)
    return found


def _data(session: SessionInfo) -> Row:
    return {
        "source_id": session.source_id,
        "title": session.title,
        "description": session.description,
        "start_time": session.start.astimezone(UTC).isoformat(),
        "end_time": session.end.astimezone(UTC).isoformat(),
        "room": session.room,
        "speaker_name": session.speaker_name,
        "max_capacity": session.max_capacity,
        "track": session.track,
        "language": session.language,
    }
