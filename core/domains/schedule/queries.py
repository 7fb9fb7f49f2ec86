"""The agenda in SQL. Row-level security limits every statement to the caller's organisation."""

from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from psycopg.types.json import Jsonb

from core.kernel.tools import ToolContext, Transaction
from core.naming.queries import as_told_to
from core.proof.queries import Proof

Row = dict[str, Any]

AGENDA: LiteralString = """
select id, title, start_time, end_time, room, speaker_name, status from public.schedules
where organization_id = (select app.organization_id()) and event_id = %(event)s
  and start_time < %(until)s and end_time > %(since)s
  and (%(room)s::text is null or room_key = app.name_key(%(room)s)
       or strpos(room_key, app.name_key(%(room)s)) > 0)
  and (%(speaker)s::text is null or strpos(app.name_key(speaker_name), app.name_key(%(speaker)s)) > 0)
order by start_time, room, id limit %(limit)s
"""
STARTING: LiteralString = """
select id, title, start_time, end_time, room, speaker_name, status from public.schedules
where organization_id = (select app.organization_id()) and event_id = %(event)s and status <> 'cancelled'
  and start_time >= %(since)s and start_time < %(until)s
  and (%(room)s::text is null or room_key = app.name_key(%(room)s))
order by start_time, room, id limit %(limit)s
"""
REGISTERED: LiteralString = """
select person.full_name as name, person.is_vip, person.vip_notes as note,
       count(*) over () as registered
from public.participant_schedules as seat
join public.participants as person
  on person.organization_id = seat.organization_id and person.id = seat.participant_id
where seat.organization_id = (select app.organization_id()) and seat.schedule_id = %(id)s
  and seat.waiting_since is null
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
PROOF = Proof(FACTS, "select app.assert_schedule_unchanged(%(change)s, %(digest)s)")
ALTERNATIVES: LiteralString = "select app.schedule_alternatives(%(change)s) as found"
# What comes back after a removal brings along who was registered for it, as far as they are still on the list.
INSERT_SESSION: LiteralString = """
with written as (
    insert into public.schedules
        (id, organization_id, event_id, title, start_time, end_time, room, speaker_name, max_capacity, description,
         track, language, source_id, source_code, keeps_waiting_list, status, created_at)
    select (%(change)s ->> 'new_id')::uuid, (select app.organization_id()), (%(change)s ->> 'event_id')::uuid,
           wanted ->> 'title', (wanted ->> 'start_time')::timestamptz, (wanted ->> 'end_time')::timestamptz,
           wanted ->> 'room', wanted ->> 'speaker_name', (wanted ->> 'max_capacity')::integer,
           coalesce(wanted ->> 'description', was ->> 'description'),
           coalesce(wanted ->> 'track', was ->> 'track'), was ->> 'language', was ->> 'source_id',
           was ->> 'source_code', coalesce((was ->> 'keeps_waiting_list')::boolean, true),
           coalesce(was ->> 'status', 'scheduled'), coalesce((was ->> 'created_at')::timestamptz, now())
    from (select %(change)s -> 'set', coalesce(%(change)s -> 'restore', '{}')) as given(wanted, was)
    returning 1),
back as (
    delete from public.removed_registrations as seat
    using public.participants as person
    where %(change)s ? 'restore' and seat.organization_id = (select app.organization_id())
      and seat.schedule_id = (%(change)s ->> 'new_id')::uuid
      and person.organization_id = seat.organization_id and person.id = seat.participant_id
    returning seat.*),
seated as (
    insert into public.participant_schedules
        (organization_id, schedule_id, participant_id, registered_at, waiting_since)
    select organization_id, schedule_id, participant_id, registered_at, waiting_since from back
    on conflict do nothing)
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
                            else session.max_capacity end,
        track = case when wanted ? 'track' then wanted ->> 'track' else session.track end,
        description = case when wanted ? 'description' then wanted ->> 'description' else session.description end
    from (select %(change)s -> 'set') as given(wanted)
    where session.organization_id = (select app.organization_id())
      and session.id = (%(change)s ->> 'schedule_id')::uuid
    returning 1)
select app.assert_one((select count(*) from written))
"""
DELETE_SESSION: LiteralString = """
with kept as (
    insert into public.removed_registrations
        (organization_id, event_id, schedule_id, participant_id, registered_at, waiting_since)
    select seat.organization_id, (%(change)s ->> 'event_id')::uuid, seat.schedule_id, seat.participant_id,
           seat.registered_at, seat.waiting_since
    from public.participant_schedules as seat
    where seat.organization_id = (select app.organization_id())
      and seat.schedule_id = (%(change)s ->> 'schedule_id')::uuid
    on conflict do nothing),
written as (
    delete from public.schedules
    where organization_id = (select app.organization_id()) and id = (%(change)s ->> 'schedule_id')::uuid
    returning 1)
select app.assert_one((select count(*) from written))
"""


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


async def starting(
    tx: Transaction, event_id: UUID, window: tuple[datetime, datetime], *, room: str | None, limit: int
) -> list[Row]:
    """Return the sessions that start in a half-open window, in one room or in all, in order of start."""
    values = {"event": event_id, "since": window[0], "until": window[1], "room": room, "limit": limit}
    return await (await tx.execute(STARTING, values)).fetchall()


async def registered(ctx: ToolContext, session_id: UUID) -> list[Row]:
    """Return the people registered, VIPs first, at most 60; each row carries the total."""
    query = as_told_to(ctx.principal, REGISTERED, "null, %(id)s")
    return await (await ctx.tx.execute(query, {"id": session_id})).fetchall()


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


async def alternatives(tx: Transaction, change: Row) -> Row:
    """Return what could be done instead: ``rooms``, and where there are any ``slot`` and ``swap``."""
    row = await (await tx.execute(ALTERNATIVES, {"change": Jsonb(change)})).fetchone()
    assert row is not None  # noqa: S101 the function always answers with one row
    return row["found"]
