"""Rooms in SQL. Row-level security limits every statement to the caller's organisation."""

from datetime import date, datetime
from typing import Any, LiteralString
from uuid import UUID

from core.kernel.tools import Transaction
from core.proof.queries import Proof

Row = dict[str, Any]

_ROOM: LiteralString = """
select id, event_id, name, capacity, may_be_shared from public.rooms
where organization_id = (select app.organization_id())
"""
ROOM_BY_ID: LiteralString = _ROOM + " and id = %(id)s"
ROOM_BY_NAME: LiteralString = _ROOM + " and event_id = %(event)s and name_key = app.name_key(%(name)s)"
ROOM_NAMES: LiteralString = """
select name from public.rooms as room
where organization_id = (select app.organization_id()) and event_id = %(event)s and app.room_is_there(room)
order by name limit 60
"""
NEXT_START: LiteralString = """
select min(session.start_time) as starts
from public.rooms as room
join public.schedules as session on session.organization_id = room.organization_id
 and session.event_id = room.event_id and session.room_key = room.name_key
where room.organization_id = (select app.organization_id()) and room.id = %(id)s
  and session.status <> 'cancelled' and session.start_time > %(now)s
"""
# A day spans from its first session's start to its last one's end, in all rooms. Sessions that share a room are counted
# once, and a night belongs to the day on which it begins.
USE: LiteralString = """
with session as (
    select room_key, room, start_time, end_time, (start_time at time zone %(zone)s)::date as day
    from public.schedules
    where organization_id = (select app.organization_id()) and event_id = %(event)s and status <> 'cancelled'),
span as (
    select day, min(start_time) as opens, max(end_time) as closes from session
    where %(day)s::date is null or day = %(day)s group by day),
place as (
    select name, name_key, capacity from public.rooms as room
    where organization_id = (select app.organization_id()) and event_id = %(event)s and app.room_is_there(room)
    union all
    select min(session.room), session.room_key, null from session
    where session.room_key is not null and not exists (
        select from public.rooms as room
        where room.organization_id = (select app.organization_id()) and room.event_id = %(event)s
          and room.name_key = session.room_key)
    group by session.room_key),
busy as (
    select day, room_key, range_agg(tstzrange(start_time, end_time, '[)')) as taken, count(*) as sessions
    from session where room_key is not null group by day, room_key)
select place.name as room, place.capacity, span.day, span.opens, span.closes, coalesce(busy.sessions, 0) as sessions,
       booked.length as booked, gap.since as gap_since, gap.until as gap_until
from span
cross join place
left join busy on busy.day = span.day and busy.room_key = place.name_key
cross join lateral (
    select coalesce(sum(upper(part) - lower(part)), interval '0') as length from unnest(busy.taken) as part) as booked
left join lateral (
    select lower(free) as since, upper(free) as until
    from unnest(tstzmultirange(tstzrange(span.opens, span.closes, '[)'))
                - coalesce(busy.taken, '{}'::tstzmultirange)) as free
    order by upper(free) - lower(free) desc, lower(free) limit 1) as gap on true
where %(room)s::text is null or place.name_key = app.name_key(%(room)s)
order by span.day, place.name limit %(limit)s
"""
FACTS: LiteralString = """
select facts, app.digest(facts) as digest from app.room_facts(%(change)s) as facts
"""
PROOF = Proof(FACTS, "select app.assert_room_unchanged(%(change)s, %(digest)s)")
INSERT_ROOM: LiteralString = """
with written as (
    insert into public.rooms (id, organization_id, event_id, name, capacity, may_be_shared, source_id, in_file,
                              created_at)
    select (%(change)s ->> 'new_id')::uuid, (select app.organization_id()), (%(change)s ->> 'event_id')::uuid,
           wanted ->> 'name', (wanted ->> 'capacity')::integer, (wanted ->> 'may_be_shared')::boolean,
           was ->> 'source_id', (was ->> 'in_file')::boolean,
           coalesce((was ->> 'created_at')::timestamptz, now())
    from (select %(change)s -> 'set', %(change)s -> 'restore') as given(wanted, was)
    returning 1)
select app.assert_one((select count(*) from written))
"""
# One statement renames the room and takes its sessions along: between two, they would stand in a room that is not
# there, and those that share it would collide.
UPDATE_ROOM: LiteralString = """
with given as (
    select room.id, room.name_key as old_key, %(change)s -> 'set' as wanted, %(change)s -> 'written' as written
    from public.rooms as room
    where room.organization_id = (select app.organization_id()) and room.event_id = (%(change)s ->> 'event_id')::uuid
      and room.id = (%(change)s ->> 'room_id')::uuid),
changed as (
    update public.rooms as room set
        name = coalesce(wanted ->> 'name', room.name),
        capacity = case when wanted ? 'capacity' then (wanted ->> 'capacity')::integer else room.capacity end,
        may_be_shared = coalesce((wanted ->> 'may_be_shared')::boolean, room.may_be_shared)
    from given
    where room.organization_id = (select app.organization_id()) and room.id = given.id
    returning room.event_id, room.name, given.old_key, given.wanted, given.written),
moved as (
    update public.schedules as session set room = coalesce(changed.written ->> session.id::text, changed.name)
    from changed
    where changed.wanted ? 'name' and session.organization_id = (select app.organization_id())
      and session.event_id = changed.event_id and session.room_key = changed.old_key
    returning 1)
select app.assert_one((select count(*) from changed))
"""
DELETE_ROOM: LiteralString = """
with written as (
    delete from public.rooms
    where organization_id = (select app.organization_id()) and event_id = (%(change)s ->> 'event_id')::uuid
      and id = (%(change)s ->> 'room_id')::uuid
    returning 1)
select app.assert_one((select count(*) from written))
"""


async def room_by_id(tx: Transaction, room_id: UUID) -> Row | None:
    """Return one room of the caller's organisation."""
    return await (await tx.execute(ROOM_BY_ID, {"id": room_id})).fetchone()


async def room_by_name(tx: Transaction, event_id: UUID, name: str) -> Row | None:
    """Return the room that a name means, whatever its case and spaces."""
    return await (await tx.execute(ROOM_BY_NAME, {"event": event_id, "name": name})).fetchone()


async def room_names(tx: Transaction, event_id: UUID) -> list[str]:
    """Return the names of an event's rooms, at most 60."""
    rows = await (await tx.execute(ROOM_NAMES, {"event": event_id})).fetchall()
    return [row["name"] for row in rows]


async def next_start(tx: Transaction, room_id: UUID, now: datetime) -> datetime | None:
    """Return when the next session in a room starts."""
    row = await (await tx.execute(NEXT_START, {"id": room_id, "now": now})).fetchone()
    return row["starts"] if row else None


async def use(
    tx: Transaction, event_id: UUID, zone: str, *, day: date | None, room: str | None, limit: int
) -> list[Row]:
    """Return for each local day and room how long it is booked and its longest gap, ``booked`` as an interval."""
    values = {"event": event_id, "zone": zone, "day": day, "room": room, "limit": limit}
    return await (await tx.execute(USE, values)).fetchall()
