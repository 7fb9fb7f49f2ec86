"""An import in SQL: everything in the caller's transaction, as the caller, under row-level security."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC
from typing import Any, LiteralString
from uuid import UUID

from psycopg.types.json import Jsonb

from core.imports.conferences import KnownEvent
from core.imports.matching import Known
from core.imports.models import EventInfo, Schedule, SessionInfo
from core.imports.planning import Planned
from core.imports.rooms import KnownRoom, RoomPlan
from core.kernel.tools import Transaction

Row = dict[str, Any]
_SPEAKERS = re.compile("[,;&+]")
"""As ``app.name_keys`` parts them."""

# Of two imports of one organisation the second waits: both would find the event missing.
ONE_AT_A_TIME: LiteralString = """
select pg_advisory_xact_lock(hashtextextended((select app.organization_id()) || '/imports', 0))
"""
EVENTS: LiteralString = """
select event.id, event.source_id, event.source_address, event.name, event.starts_on, event.ends_on, event.time_zone, (
    select count(*) from public.schedules as session
    join jsonb_to_recordset(%(sessions)s) as given(source_id text, title text)
      on given.source_id = session.source_id and given.title = session.title
    where session.organization_id = event.organization_id and session.event_id = event.id) as shared, (
    select count(*) from public.schedules as session
    where session.organization_id = event.organization_id and session.event_id = event.id
      and session.source_id is not null) as sessions
from public.events as event
where event.organization_id = (select app.organization_id()) and event.source_id is not null
order by event.starts_on, event.id
"""
EVENT_BY_NAME: LiteralString = """
select id, coalesce(source_id, '') as source_id, source_address, name, starts_on, ends_on, time_zone, 0 as shared,
       0 as sessions
from public.events
where organization_id = (select app.organization_id()) and app.name_key(name) = app.name_key(%(name)s)
order by starts_on desc, id limit 2
"""
INSERT_EVENT: LiteralString = """
insert into public.events (
    organization_id, source_id, source_address, name, starts_on, ends_on, time_zone, status)
values ((select app.organization_id()), %(source_id)s, %(address)s, %(name)s, %(starts_on)s, %(ends_on)s,
        %(time_zone)s, 'published')
returning id
"""
UPDATE_EVENT: LiteralString = """
update public.events as event
set name = %(name)s, starts_on = %(starts_on)s, ends_on = %(ends_on)s, time_zone = %(time_zone)s,
    source_id = %(source_id)s, source_address = coalesce(%(address)s, source_address)
where event.organization_id = (select app.organization_id()) and event.id = %(id)s
  and (event.name, event.starts_on, event.ends_on, event.time_zone, event.source_id, event.source_address)
      is distinct from (%(name)s, %(starts_on)s, %(ends_on)s, %(time_zone)s, %(source_id)s,
                        coalesce(%(address)s, event.source_address))
"""
ROOMS: LiteralString = """
select id, name, source_id, in_file, may_be_shared from public.rooms
where organization_id = (select app.organization_id()) and event_id = %(event)s order by name_key
"""
# Between two statements the sessions would stand in a room that is not there, and those that share it would collide.
RENAME_ROOM: LiteralString = """
with given as (
    select room.id, room.name_key as old_key from public.rooms as room
    where room.organization_id = (select app.organization_id()) and room.id = %(room)s),
changed as (
    update public.rooms as room set name = %(name)s from given
    where room.organization_id = (select app.organization_id()) and room.id = given.id
    returning room.event_id, room.name, given.old_key)
update public.schedules as session set room = changed.name
from changed
where session.organization_id = (select app.organization_id()) and session.event_id = changed.event_id
  and session.room_key = changed.old_key
"""
FORGET_ROOM_IDS: LiteralString = """
update public.rooms as room set source_id = null
from jsonb_to_recordset(%(rooms)s) as given(id uuid, source_id text)
where room.organization_id = (select app.organization_id()) and room.event_id = %(event)s
  and room.source_id = given.source_id and room.id is distinct from given.id
"""
UPDATE_ROOMS: LiteralString = """
update public.rooms as room
set capacity = coalesce(given.capacity, room.capacity), source_id = coalesce(given.source_id, room.source_id),
    in_file = true
from jsonb_to_recordset(%(rooms)s) as given(id uuid, capacity integer, source_id text)
where room.organization_id = (select app.organization_id()) and room.id = given.id
  and (room.capacity, room.source_id, room.in_file)
      is distinct from (coalesce(given.capacity, room.capacity), coalesce(given.source_id, room.source_id), true)
"""
INSERT_ROOMS: LiteralString = """
insert into public.rooms (organization_id, event_id, name, capacity, source_id, in_file)
select (select app.organization_id()), %(event)s, given.name, given.capacity, given.source_id, true
from jsonb_to_recordset(%(rooms)s) as given(id uuid, name text, capacity integer, source_id text)
where given.id is null
"""
LEAVE_ROOMS: LiteralString = """
update public.rooms set in_file = false
where organization_id = (select app.organization_id()) and id = any(%(rooms)s) and in_file
"""
SESSIONS: LiteralString = """
select id, source_id, source_code, title, description, start_time, end_time, room, speaker_name, max_capacity, track,
       language, status
from public.schedules
where organization_id = (select app.organization_id()) and event_id = %(event)s
order by start_time, id
"""
LOCKED_SESSIONS: LiteralString = """
select id from public.schedules
where organization_id = (select app.organization_id()) and event_id = %(event)s order by id for update
"""
# Sessions may swap rooms and ids: what collides is looked at when all of them have moved.
LATER: LiteralString = "set constraints public.no_room_overlap deferred"
NOW: LiteralString = "set constraints public.no_room_overlap immediate"
LEAVE_ROOM: LiteralString = """
update public.schedules set room = null
where organization_id = (select app.organization_id()) and id = any(%(sessions)s) and room is not null
"""
CANCEL: LiteralString = """
update public.schedules set status = 'cancelled'
where organization_id = (select app.organization_id()) and event_id = %(event)s and id = any(%(sessions)s)
  and status <> 'cancelled'
returning id
"""
# Two sessions may exchange their ids: the old ones step aside first.
FREE_IDS: LiteralString = """
update public.schedules as session set source_id = null
from jsonb_to_recordset(%(sessions)s) as given(id uuid, source_id text)
where session.organization_id = (select app.organization_id()) and session.id = given.id
  and session.source_id is distinct from given.source_id
"""
UPDATE_SESSIONS: LiteralString = """
update public.schedules as session set
    source_id = given.source_id, source_code = given.source_code, title = given.title,
    description = given.description, start_time = given.start_time, end_time = given.end_time, room = given.room,
    speaker_name = given.speaker_name, max_capacity = given.max_capacity, track = given.track,
    language = given.language, status = given.status
from jsonb_to_recordset(%(sessions)s) as given(
    id uuid, source_id text, source_code text, title text, description text, start_time timestamptz,
    end_time timestamptz, room text, speaker_name text, max_capacity integer, track text, language text, status text)
where session.organization_id = (select app.organization_id()) and session.id = given.id
"""
INSERT_SESSIONS: LiteralString = """
insert into public.schedules (
    organization_id, event_id, source_id, source_code, title, description, start_time, end_time, room, speaker_name,
    max_capacity, track, language, status)
select (select app.organization_id()), %(event)s, given.*
from jsonb_to_recordset(%(sessions)s) as given(
    source_id text, source_code text, title text, description text, start_time timestamptz, end_time timestamptz,
    room text, speaker_name text, max_capacity integer, track text, language text, status text)
"""


async def known_events(tx: Transaction, schedule: Schedule) -> list[KnownEvent]:
    """Return the events that came from files, each with how many sessions it has in common with this one."""
    given = [{"source_id": each.source_id, "title": each.title} for each in schedule.sessions]
    rows = await (await tx.execute(EVENTS, {"sessions": Jsonb(given)})).fetchall()
    return [_event(row) for row in rows]


async def events_named(tx: Transaction, name: str) -> list[KnownEvent]:
    """Return the events of a name, whatever its case and spaces, at most two."""
    return [_event(row) for row in await (await tx.execute(EVENT_BY_NAME, {"name": name})).fetchall()]


def _event(row: Row) -> KnownEvent:
    info = EventInfo(
        row["source_id"], row["name"], row["starts_on"], row["ends_on"], row["time_zone"], row["source_address"]
    )
    return KnownEvent(row["id"], info, row["sessions"], row["shared"])


async def insert_event(tx: Transaction, event: EventInfo) -> UUID:
    """Add an event, published."""
    row = await (await tx.execute(INSERT_EVENT, _event_values(event))).fetchone()
    assert row is not None  # noqa: S101 an insert returns its row
    return row["id"]


async def update_event(tx: Transaction, event_id: UUID, event: EventInfo) -> None:
    """Write what differs of an event."""
    await tx.execute(UPDATE_EVENT, {**_event_values(event), "id": event_id})


def _event_values(event: EventInfo) -> Row:
    return {
        "source_id": event.source_id,
        "address": event.address,
        "name": event.name,
        "starts_on": event.starts_on,
        "ends_on": event.ends_on,
        "time_zone": event.time_zone,
    }


async def known_rooms(tx: Transaction, event_id: UUID) -> list[KnownRoom]:
    """Return the rooms of an event."""
    rows = await (await tx.execute(ROOMS, {"event": event_id})).fetchall()
    return [KnownRoom(**row) for row in rows]


async def write_rooms(tx: Transaction, event_id: UUID, plan: RoomPlan) -> None:
    """Rename, update, add and mark the rooms of an event; sessions go along with a room that is renamed."""
    for room, name in plan.steps():
        await tx.execute(RENAME_ROOM, {"room": room, "name": name})
    given = [
        {
            "id": None if id_ is None else str(id_),
            "name": room.name,
            "capacity": room.capacity,
            "source_id": room.source_id,
        }
        for id_, room in plan.rooms
    ]
    values = {"event": event_id, "rooms": Jsonb(given)}
    for statement in (FORGET_ROOM_IDS, UPDATE_ROOMS, INSERT_ROOMS):
        await tx.execute(statement, values)
    await tx.execute(LEAVE_ROOMS, {"rooms": [room.id for room in plan.left]})


async def known_sessions(tx: Transaction, event_id: UUID, *, lock: bool = False) -> list[Known]:
    """Return the sessions of an event, cancelled ones too; locked, so that nobody changes them before the write."""
    if lock:
        await tx.execute(LOCKED_SESSIONS, {"event": event_id})
    rows = await (await tx.execute(SESSIONS, {"event": event_id})).fetchall()
    return [Known(row["id"], _session(row), row["speaker_name"]) for row in rows]


def _session(row: Row) -> SessionInfo:
    return SessionInfo(
        source_id=row["source_id"] or "",
        title=row["title"],
        start=row["start_time"],
        end=row["end_time"],
        room=row["room"],
        speakers=tuple(name.strip() for name in _SPEAKERS.split(row["speaker_name"] or "") if name.strip()),
        description=row["description"],
        track=row["track"],
        language=row["language"],
        max_capacity=row["max_capacity"],
        code=row["source_code"],
        is_cancelled=row["status"] == "cancelled",
    )


async def begin(tx: Transaction) -> None:
    """Let one import of the organisation run at a time, until the transaction ends."""
    await tx.execute(ONE_AT_A_TIME)


async def collisions_count(tx: Transaction, *, at_once: bool) -> None:
    """Say whether two sessions in one room are refused at once, or looked at when all have moved."""
    await tx.execute(NOW if at_once else LATER)


async def make_room(tx: Transaction, sessions: Iterable[UUID], changed: Sequence[Planned]) -> None:
    """Take sessions out of their rooms, and free the ids that change hands."""
    await tx.execute(LEAVE_ROOM, {"sessions": list(sessions)})
    await tx.execute(FREE_IDS, {"sessions": Jsonb([_data(each) for each in changed if each.known is not None])})


async def write_sessions(tx: Transaction, event_id: UUID, planned: Sequence[Planned]) -> None:
    """Add and update sessions."""
    data = [_data(each) for each in planned]
    values = {"event": event_id, "sessions": Jsonb([each for each in data if each["id"] is not None])}
    await tx.execute(UPDATE_SESSIONS, values)
    values = {"event": event_id, "sessions": Jsonb([each for each in data if each["id"] is None])}
    await tx.execute(INSERT_SESSIONS, values)


async def cancel(tx: Transaction, event_id: UUID, sessions: Iterable[UUID]) -> int:
    """Cancel sessions of an event; return how many were not cancelled yet."""
    values = {"event": event_id, "sessions": list(sessions)}
    return len(await (await tx.execute(CANCEL, values)).fetchall())


def _data(planned: Planned) -> Row:
    session = planned.session
    return {
        "id": None if planned.known is None else str(planned.known.id),
        "source_id": session.source_id,
        "source_code": session.code,
        "title": session.title,
        "description": session.description,
        "start_time": session.start.astimezone(UTC).isoformat(),
        "end_time": session.end.astimezone(UTC).isoformat(),
        "room": session.room,
        "speaker_name": session.speaker_name,
        "max_capacity": session.max_capacity,
        "track": session.track,
        "language": session.language,
        "status": "cancelled" if session.is_cancelled else "scheduled",
    }
