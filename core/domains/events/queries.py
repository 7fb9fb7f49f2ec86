"""Events in SQL. Row-level security limits every statement to the caller's organisation."""

from datetime import date, datetime
from typing import Any, LiteralString
from uuid import UUID

from core.kernel.tools import ToolContext, Transaction
from core.naming.queries import as_told_to
from core.proof.queries import Proof

Row = dict[str, Any]

LIST_EVENTS: LiteralString = """
select id, name, starts_on, ends_on, time_zone, status from public.events
where organization_id = (select app.organization_id())
order by (ends_on >= %(today)s) desc, abs(starts_on - %(today)s::date), name
limit 50
"""
OVERVIEW: LiteralString = """
with me as (select app.organization_id() as organization)
select event.status,
       (select count(*) from public.schedules as session where session.organization_id = (select organization from me)
          and session.event_id = event.id and session.status <> 'cancelled') as sessions,
       (select count(*) from public.rooms as room where room.organization_id = (select organization from me)
          and room.event_id = event.id and app.room_is_there(room)) as rooms,
       (select jsonb_build_object('all', count(*), 'vips', count(*) filter (where person.is_vip))
        from public.participants as person where person.organization_id = (select organization from me)
          and person.event_id = event.id) as people,
       (select coalesce(jsonb_object_agg(counted.status, counted.number), '{}') from (
            select vendor.status, count(*) as number from public.event_vendors as vendor
            where vendor.organization_id = (select organization from me) and vendor.event_id = event.id
            group by vendor.status) as counted) as vendors,
       (select jsonb_build_object('done', count(*) filter (where item.is_done), 'all', count(*),
                                  'overdue', count(*) filter (where not item.is_done and item.due_at < %(now)s))
        from public.checklist_items as item where item.organization_id = (select organization from me)
          and item.event_id = event.id) as checklist,
       (select count(*) from public.ai_insights_log as entry where entry.organization_id = (select organization from me)
          and entry.event_id = event.id and entry.kind = 'suggestion' and entry.execution_status = 'suggested'
          and entry.deadline > %(now)s) as open_suggestions,
       (select coalesce(jsonb_object_agg(counted.kind, counted.number), '{}') from (
            select found.kind, count(*) as number from app.event_conflicts(event.id) as found
            group by found.kind) as counted) as conflicts
from public.events as event
where event.organization_id = (select organization from me) and event.id = %(event)s
"""
_OUTLINES: dict[LiteralString, LiteralString] = {
    "public.event_vendors": "app.vendor_outlines(%(event)s)",
    "public.ai_insights_log": "app.suggestion_outlines(in_event => %(event)s, with_status => 'suggested')",
}
NOW_AND_NEXT: LiteralString = """
with mine as (
    select session.id, session.title, session.start_time, session.end_time, session.speaker_name, session.status,
           session.room_key, coalesce(room.name, session.room) as room
    from public.schedules as session
    left join public.rooms as room on room.organization_id = session.organization_id
     and room.event_id = session.event_id and room.name_key = session.room_key
    where session.organization_id = (select app.organization_id()) and session.event_id = %(event)s
      and session.status <> 'cancelled' and session.end_time > %(now)s),
coming as (
    select distinct on (room_key) * from mine where start_time > %(now)s order by room_key, start_time, id)
select true as runs, mine.* from mine where start_time <= %(now)s
union all
select false, coming.* from coming
order by start_time, id
"""
ROOM_NAMES: LiteralString = """
select name, name_key from public.rooms as room
where organization_id = (select app.organization_id()) and event_id = %(event)s and app.room_is_there(room)
order by name limit 100
"""
CONFLICTS: LiteralString = """
select found.kind, found.details,
       one.id, one.title, one.start_time, one.end_time, one.room, one.speaker_name, one.status,
       other.id as other_id, other.title as other_title, other.start_time as other_start, other.room as other_room,
       count(*) over () as total
from app.event_conflicts(%(event)s) as found
join public.schedules as one
  on one.organization_id = (select app.organization_id()) and one.id = found.session_id
left join public.schedules as other
  on other.organization_id = (select app.organization_id()) and other.id = found.other_id
order by one.start_time, one.id, found.kind, other.start_time, other.id limit %(limit)s
"""
# Two look-ups, each on its index: the row of an event's creation cannot point to an event that was not there yet.
EXECUTED: LiteralString = """
with mine as (
    select * from public.ai_insights_log
    where organization_id = (select app.organization_id()) and event_id = %(event)s and kind = 'suggestion'
      and execution_status = 'executed' and executed_at >= %(since)s
    union all
    select * from public.ai_insights_log
    where organization_id = (select app.organization_id()) and event_id is null and kind = 'suggestion'
      and execution_status = 'executed' and executed_at >= %(since)s and action_type = 'event_create'
      and action_data -> 'args' ->> 'new_id' = %(event)s::text)
select mine.action_type, mine.effect, mine.executed_at, mine.action_data -> 'args' as args, mine.before_state,
       asker.full_name as asked_by, coalesce(
           (select string_agg(name, ', ') from jsonb_array_elements_text(mine.decided_from -> 'approvers') as name),
           approver.full_name) as approved_by
from mine
join public.user_profiles as asker
  on asker.organization_id = mine.organization_id and asker.id = mine.user_id
left join public.user_profiles as approver
  on approver.organization_id = mine.organization_id and approver.id = mine.approved_by
order by mine.executed_at desc, mine.id desc limit %(limit)s
"""
EXECUTED_OUTLINES: LiteralString = """
select action_type, effect, executed_at, jsonb_build_object('set', changed, 'title', title) as args,
       was as before_state, asked_by, approved_by
from app.suggestion_outlines(in_event => %(event)s, with_status => 'executed', executed_since => %(since)s)
order by executed_at desc, id desc limit %(limit)s
"""
# The database's own list, so that what is kept is a name that its "at time zone" understands, in its usual spelling.
ZONE: LiteralString = """
select name from pg_catalog.pg_timezone_names where lower(name) = lower(%(said)s) and name ~ '^[A-Z]' limit 1
"""
FACTS: LiteralString = """
select facts, app.digest(facts) as digest from app.event_facts(%(change)s) as facts
"""
PROOF = Proof(FACTS, "select app.assert_event_unchanged(%(change)s, %(digest)s)")
INSERT_EVENT: LiteralString = """
with written as (
    insert into public.events
        (id, organization_id, name, starts_on, ends_on, time_zone, status, source_id, source_address, created_at)
    select (%(change)s ->> 'new_id')::uuid, (select app.organization_id()), wanted ->> 'name',
           (wanted ->> 'starts_on')::date, (wanted ->> 'ends_on')::date, wanted ->> 'time_zone', 'draft',
           was ->> 'source_id', was ->> 'source_address', coalesce((was ->> 'created_at')::timestamptz, now())
    from (select %(change)s -> 'set', %(change)s -> 'restore') as given(wanted, was)
    returning 1)
select app.assert_one((select count(*) from written))
"""
UPDATE_EVENT: LiteralString = """
with written as (
    update public.events as event set
        name = coalesce(wanted ->> 'name', event.name),
        starts_on = coalesce((wanted ->> 'starts_on')::date, event.starts_on),
        ends_on = coalesce((wanted ->> 'ends_on')::date, event.ends_on),
        time_zone = coalesce(wanted ->> 'time_zone', event.time_zone),
        status = coalesce(wanted ->> 'status', event.status)
    from (select %(change)s -> 'set') as given(wanted)
    where event.organization_id = (select app.organization_id()) and event.id = (%(change)s ->> 'event_id')::uuid
    returning 1)
select app.assert_one((select count(*) from written))
"""
DELETE_EVENT: LiteralString = """
with written as (
    delete from public.events
    where organization_id = (select app.organization_id()) and id = (%(change)s ->> 'event_id')::uuid
      and status = 'draft'
    returning 1)
select app.assert_one((select count(*) from written))
"""


async def list_events(tx: Transaction, today: date) -> list[Row]:
    """Return the organisation's events: running and coming ones first, the nearest first."""
    return await (await tx.execute(LIST_EVENTS, {"today": today})).fetchall()


async def overview(ctx: ToolContext, event_id: UUID) -> Row | None:
    """Return an event's status and its counts, in one look."""
    query = as_told_to(ctx.principal, OVERVIEW, "%(event)s", _OUTLINES)
    return await (await ctx.tx.execute(query, {"event": event_id, "now": ctx.now})).fetchone()


async def now_and_next(tx: Transaction, event_id: UUID, now: datetime) -> list[Row]:
    """Return the sessions that run now (``runs``) and, for each room, the one that starts next."""
    return await (await tx.execute(NOW_AND_NEXT, {"event": event_id, "now": now})).fetchall()


async def room_names(tx: Transaction, event_id: UUID) -> list[Row]:
    """Return the event's rooms by name, at most 100."""
    return await (await tx.execute(ROOM_NAMES, {"event": event_id})).fetchall()


async def conflicts(tx: Transaction, event_id: UUID, limit: int) -> list[Row]:
    """Return the conflicts of a whole event by time; each row carries the total."""
    return await (await tx.execute(CONFLICTS, {"event": event_id, "limit": limit})).fetchall()


async def executed(ctx: ToolContext, event_id: UUID, since: datetime, limit: int) -> list[Row]:
    """Return what was approved and done in an event since a moment, newest first.

    Whoever reads no notes gets the plain values alone of ``args`` and ``before_state``.
    """
    query = EXECUTED if ctx.principal.may_read_notes else EXECUTED_OUTLINES
    return await (await ctx.tx.execute(query, {"event": event_id, "since": since, "limit": limit})).fetchall()


async def zone_name(tx: Transaction, said: str) -> str | None:
    """Return a time zone's IANA name as PostgreSQL spells it, or None where it knows none such."""
    row = await (await tx.execute(ZONE, {"said": said})).fetchone()
    return row["name"] if row else None
