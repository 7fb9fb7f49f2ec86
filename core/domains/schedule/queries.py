"""The agenda in SQL. Row-level security limits every statement to the caller's organisation."""

from datetime import date, datetime
from typing import Any, LiteralString
from uuid import UUID

from psycopg.types.json import Jsonb

from core.kernel.tools import Transaction

Row = dict[str, Any]

CURRENT_EVENTS: LiteralString = """
with mine as (
    select id, name, starts_on, ends_on, time_zone,
           case when %(today)s between starts_on and ends_on then 0
                when starts_on > %(today)s then 1 else 2 end as turn,
           abs(starts_on - %(today)s::date) as distance
    from public.events where organization_id = (select app.organization_id()))
select id, name, starts_on, ends_on, time_zone from mine
where (turn, case turn when 0 then 0 else distance end)
    = (select turn, case turn when 0 then 0 else distance end from mine order by 1, 2 limit 1)
order by name limit 10
"""
NAMED_EVENTS: LiteralString = """
select id, name, starts_on, ends_on, time_zone from public.events
where organization_id = (select app.organization_id())
  and (id::text = lower(%(name)s) or app.name_key(name) = app.name_key(%(name)s)
       or strpos(app.name_key(name), app.name_key(%(name)s)) > 0)
order by (app.name_key(name) = app.name_key(%(name)s)) desc, starts_on, name limit 10
"""
AGENDA: LiteralString = """
select id, title, start_time, end_time, room, speaker_name, status from public.schedules
where organization_id = (select app.organization_id()) and event_id = %(event)s
  and start_time < %(until)s and end_time > %(since)s
  and (%(room)s::text is null or room_key = app.name_key(%(room)s)
       or strpos(room_key, app.name_key(%(room)s)) > 0)
  and (%(speaker)s::text is null or strpos(app.name_key(speaker_name), app.name_key(%(speaker)s)) > 0)
order by start_time, room, id limit %(limit)s
"""
SESSION_BY_ID: LiteralString = """
select id, event_id, title, start_time, end_time, room, speaker_name, max_capacity, status from public.schedules
where organization_id = (select app.organization_id()) and id = %(id)s
"""
SESSIONS_BY_TITLE: LiteralString = """
select id, event_id, title, start_time, end_time, room, speaker_name, max_capacity, status from public.schedules
where organization_id = (select app.organization_id()) and event_id = %(event)s
  and app.name_key(title) = app.name_key(%(title)s)
order by start_time, id limit 10
"""
SEARCH: LiteralString = "select * from app.search_sessions(%(query)s, %(event)s, %(limit)s)"
EVENT_OF_SESSION: LiteralString = """
select id, name, starts_on, ends_on, time_zone from public.events
where organization_id = (select app.organization_id()) and id = %(id)s
"""
ROOMS: LiteralString = """
select name, name_key = app.name_key(%(name)s) as is_meant from public.rooms
where organization_id = (select app.organization_id()) and event_id = %(event)s
order by name limit 60
"""
REGISTERED: LiteralString = """
select person.full_name as name, person.is_vip, person.vip_notes as note,
       count(*) over () as registered
from public.participant_schedules as seat
join public.participants as person
  on person.organization_id = seat.organization_id and person.id = seat.participant_id
where seat.organization_id = (select app.organization_id()) and seat.schedule_id = %(id)s
order by person.is_vip desc, person.full_name limit 60
"""
CAPACITY: LiteralString = """
select coalesce(session.max_capacity, room.capacity) as capacity
from public.schedules as session
left join public.rooms as room on room.organization_id = session.organization_id
    and room.event_id = session.event_id and room.name_key = session.room_key
where session.organization_id = (select app.organization_id()) and session.id = %(id)s
"""
FREE_SLOTS: LiteralString = (
    "select * from app.free_slots(%(event)s, %(since)s, %(until)s, %(minutes)s, %(room)s) limit 40"
)
FACTS: LiteralString = """
select facts, app.digest(facts) as digest from app.schedule_facts(%(change)s) as facts
"""
ASSERT_UNCHANGED: LiteralString = "select app.assert_schedule_unchanged(%(change)s, %(digest)s)"
INSERT_SESSION: LiteralString = """
with written as (
    insert into public.schedules
        (id, organization_id, event_id, title, start_time, end_time, room, speaker_name, max_capacity)
    select (%(change)s ->> 'new_id')::uuid, (select app.organization_id()), (%(change)s ->> 'event_id')::uuid,
           wanted ->> 'title', (wanted ->> 'start_time')::timestamptz, (wanted ->> 'end_time')::timestamptz,
           wanted ->> 'room', wanted ->> 'speaker_name', (wanted ->> 'max_capacity')::integer
    from (select %(change)s -> 'set') as given(wanted)
    returning 1)
select app.assert_one((select count(*) from written))
"""
UPDATE_SESSION: LiteralString = """
with written as (
    update public.schedules as session set
        title = coalesce(wanted ->> 'title', session.title),
        start_time = coalesce((wanted ->> 'start_time')::timestamptz, session.start_time),
        end_time = coalesce((wanted ->> 'end_time')::timestamptz, session.end_time),
        room = case when wanted ? 'room' then wanted ->> 'room' else session.room end,
        speaker_name = case when wanted ? 'speaker_name' then wanted ->> 'speaker_name' else session.speaker_name end,
        max_capacity = case when wanted ? 'max_capacity' then (wanted ->> 'max_capacity')::integer
                            else session.max_capacity end
    from (select %(change)s -> 'set') as given(wanted)
    where session.organization_id = (select app.organization_id())
      and session.id = (%(change)s ->> 'schedule_id')::uuid
    returning 1)
select app.assert_one((select count(*) from written))
"""
DELETE_SESSION: LiteralString = """
with written as (
    delete from public.schedules
    where organization_id = (select app.organization_id()) and id = (%(change)s ->> 'schedule_id')::uuid
    returning 1)
select app.assert_one((select count(*) from written))
"""


async def current_events(tx: Transaction, today: date) -> list[Row]:
    """Return the event that runs today, else the next, else the latest; several when they tie."""
    return await (await tx.execute(CURRENT_EVENTS, {"today": today})).fetchall()


async def named_events(tx: Transaction, name: str) -> list[Row]:
    """Return the events that an id or a (part of a) name means; an exact name comes first."""
    return await (await tx.execute(NAMED_EVENTS, {"name": name})).fetchall()


async def event_by_id(tx: Transaction, event_id: UUID) -> Row | None:
    """Return an event's name, dates and zone."""
    return await (await tx.execute(EVENT_OF_SESSION, {"id": event_id})).fetchone()


async def agenda(
    tx: Transaction,
    event_id: UUID,
    window: tuple[datetime, datetime],
    *,
    room: str | None,
    speaker: str | None,
    limit: int,
) -> list[Row]:
    """Return the sessions that touch a half-open window, in order of start."""
    since, until = window
    values = {"event": event_id, "since": since, "until": until, "room": room, "speaker": speaker, "limit": limit}
    return await (await tx.execute(AGENDA, values)).fetchall()


async def session_by_id(tx: Transaction, session_id: UUID) -> Row | None:
    """Return one session of the caller's organisation."""
    return await (await tx.execute(SESSION_BY_ID, {"id": session_id})).fetchone()


async def sessions_by_title(tx: Transaction, event_id: UUID, title: str) -> list[Row]:
    """Return the sessions whose title is this one, whatever its case and spaces."""
    return await (await tx.execute(SESSIONS_BY_TITLE, {"event": event_id, "title": title})).fetchall()


async def search(tx: Transaction, query: str, event_id: UUID | None, limit: int) -> list[Row]:
    """Return sessions like the words, best first, with ``match`` from 0 to 1."""
    return await (await tx.execute(SEARCH, {"query": query, "event": event_id, "limit": limit})).fetchall()


async def rooms(tx: Transaction, event_id: UUID, name: str) -> list[Row]:
    """Return the event's rooms; ``is_meant`` marks the one that the name means, whatever its case and spaces."""
    return await (await tx.execute(ROOMS, {"event": event_id, "name": name})).fetchall()


async def registered(tx: Transaction, session_id: UUID) -> list[Row]:
    """Return the people registered, VIPs first, at most 60; each row carries the total."""
    return await (await tx.execute(REGISTERED, {"id": session_id})).fetchall()


async def capacity(tx: Transaction, session_id: UUID) -> int | None:
    """Return how many people may come: the session's own limit, else the room's seats."""
    row = await (await tx.execute(CAPACITY, {"id": session_id})).fetchone()
    return row["capacity"] if row else None


async def free_slots(
    tx: Transaction, event_id: UUID, window: tuple[datetime, datetime], minutes: int, room: str | None
) -> list[Row]:
    """Return stretches of at least ``minutes`` in which rooms are empty, computed by PostgreSQL."""
    values = {"event": event_id, "since": window[0], "until": window[1], "minutes": minutes, "room": room}
    return await (await tx.execute(FREE_SLOTS, values)).fetchall()


async def facts(tx: Transaction, change: Row) -> tuple[Row, str]:
    """Return every fact that a change is judged by, and PostgreSQL's digest over them."""
    row = await (await tx.execute(FACTS, {"change": Jsonb(change)})).fetchone()
    assert row is not None  # noqa: S101 the function always answers with one row
    return row["facts"], row["digest"]


async def queue_write(tx: Transaction, statement: LiteralString, change: Row, digest: str) -> None:
    """Queue a decided write behind its proof: nothing runs unless the facts are still those that were shown."""
    await tx.execute(ASSERT_UNCHANGED, {"change": Jsonb(change), "digest": digest})
    await tx.execute(statement, {"change": Jsonb(change)})
