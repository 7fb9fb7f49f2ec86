"""Participants in SQL. Row-level security limits every statement to the caller's organisation."""

from typing import Any, LiteralString
from uuid import UUID

from core.kernel.tools import ToolContext, Transaction
from core.naming.queries import as_told_to
from core.proof.queries import Proof

Row = dict[str, Any]

_PERSON: LiteralString = """
select person.id, person.event_id, person.full_name, person.email, person.is_vip, person.vip_notes,
       person.checked_in_at
"""
BY_ID: LiteralString = (
    _PERSON
    + """from public.participants as person
where person.organization_id = (select app.organization_id()) and person.event_id = %(event)s and person.id = %(id)s
"""
)
_AMONG: LiteralString = """
  and (%(session)s::uuid is null or exists (
      select from public.participant_schedules as seat
      where seat.organization_id = person.organization_id and seat.participant_id = person.id
        and seat.schedule_id = %(session)s))
"""
BY_NAME: LiteralString = (
    _PERSON
    + """from public.participants as person
where person.organization_id = (select app.organization_id()) and person.event_id = %(event)s
  and person.name_key = app.name_key(%(name)s)
"""
    + _AMONG
    + "order by person.id limit 10"
)
# An event's people are few enough to be read whole; there is no index of trigrams to keep.
LIKE_NAME: LiteralString = (
    _PERSON
    + """, extensions.word_similarity(app.name_key(%(name)s), person.name_key) as match
from public.participants as person
where person.organization_id = (select app.organization_id()) and person.event_id = %(event)s
  and app.name_key(%(name)s) operator(extensions.<%%) person.name_key
"""
    + _AMONG
    + "order by match desc, person.full_name, person.id limit 10"
)
AGENDA: LiteralString = """
select session.id, session.title, session.start_time, session.end_time, session.room, session.speaker_name,
       session.status,
       case when seat.waiting_since is not null then (
           select count(*) from public.participant_schedules as other
           where other.organization_id = seat.organization_id and other.schedule_id = seat.schedule_id
             and (other.waiting_since, other.participant_id) <= (seat.waiting_since, seat.participant_id))
       end as position
from public.participant_schedules as seat
join public.schedules as session
  on session.organization_id = seat.organization_id and session.id = seat.schedule_id
where seat.organization_id = (select app.organization_id()) and seat.participant_id = %(id)s
order by session.start_time, session.id limit 200
"""
VIPS: LiteralString = """
select person.id as person_id, person.full_name, person.vip_notes, person.checked_in_at,
       coming.id, coming.title, coming.start_time, coming.end_time, coming.room, coming.speaker_name, coming.status
from (
    select known.* from public.participants as known
    where known.organization_id = (select app.organization_id()) and known.event_id = %(event)s and known.is_vip
    order by known.full_name, known.id limit %(limit)s) as person
left join lateral (
    select session.* from public.participant_schedules as seat
    join public.schedules as session
      on session.organization_id = seat.organization_id and session.id = seat.schedule_id
    where seat.organization_id = person.organization_id and seat.participant_id = person.id
      and seat.waiting_since is null and session.status <> 'cancelled' and session.end_time > %(now)s
    order by session.start_time, session.id limit 3) as coming on true
order by person.full_name, person.id, coming.start_time, coming.id
"""
FACTS: LiteralString = """
select facts, app.digest(facts) as digest from app.participant_facts(%(change)s) as facts
"""
PROOF = Proof(FACTS, "select app.assert_participant_unchanged(%(change)s, %(digest)s)")
# A new registration, a place for somebody who waits, or a registration that comes back as it was. The time is the
# clock's and not the transaction's: of two that wait for one lock, the later one stands behind in the line.
REGISTER: LiteralString = """
with written as (
    insert into public.participant_schedules as seat
        (organization_id, schedule_id, participant_id, registered_at, waiting_since)
    select (select app.organization_id()), (%(change)s ->> 'schedule_id')::uuid,
           (%(change)s ->> 'participant_id')::uuid,
           coalesce((%(change)s -> 'restore' ->> 'registered_at')::timestamptz, clock_timestamp()),
           case when %(change)s ? 'restore' then (%(change)s -> 'restore' ->> 'waiting_since')::timestamptz
                when (%(change)s -> 'set' ->> 'waiting')::boolean then clock_timestamp() end
    on conflict (organization_id, schedule_id, participant_id) do update set
        waiting_since = excluded.waiting_since,
        registered_at = coalesce((%(change)s -> 'restore' ->> 'registered_at')::timestamptz, seat.registered_at)
    returning 1)
select app.assert_one((select count(*) from written))
"""
UNREGISTER: LiteralString = """
with written as (
    delete from public.participant_schedules
    where organization_id = (select app.organization_id())
      and schedule_id = (%(change)s ->> 'schedule_id')::uuid
      and participant_id = (%(change)s ->> 'participant_id')::uuid
    returning 1)
select app.assert_one((select count(*) from written))
"""
MOVE: LiteralString = """
with written as (
    update public.participant_schedules set
        schedule_id = (%(change)s ->> 'to_schedule_id')::uuid,
        waiting_since = (%(change)s -> 'waiting' ->> participant_id::text)::timestamptz
    where organization_id = (select app.organization_id())
      and schedule_id = (%(change)s ->> 'schedule_id')::uuid
      and participant_id in (select id::uuid from jsonb_array_elements_text(%(change)s -> 'participant_ids') as who(id))
    returning 1)
-- All of them or none.
select app.assert_one((select count(*) from written) - jsonb_array_length(%(change)s -> 'participant_ids') + 1)
"""
# Who comes back after a removal is registered again where they were.
INSERT_PERSON: LiteralString = """
with written as (
    insert into public.participants
        (id, organization_id, event_id, full_name, email, phone, is_vip, vip_notes, checked_in_at, source_id,
         created_at)
    select (%(change)s ->> 'new_id')::uuid, (select app.organization_id()), (%(change)s ->> 'event_id')::uuid,
           wanted ->> 'full_name', wanted ->> 'email', wanted ->> 'phone',
           coalesce((wanted ->> 'is_vip')::boolean, false), wanted ->> 'vip_notes',
           (wanted ->> 'checked_in_at')::timestamptz, wanted ->> 'source_id',
           coalesce((wanted ->> 'created_at')::timestamptz, now())
    from (select %(change)s -> 'set') as given(wanted)
    on conflict (organization_id, id) do nothing
    returning 1),
back as (
    delete from public.removed_registrations as seat
    using public.schedules as session
    where %(change)s ? 'restore' and seat.organization_id = (select app.organization_id())
      and seat.participant_id = (%(change)s ->> 'new_id')::uuid
      and session.organization_id = seat.organization_id and session.id = seat.schedule_id
    returning seat.*),
seated as (
    insert into public.participant_schedules
        (organization_id, schedule_id, participant_id, registered_at, waiting_since)
    select organization_id, schedule_id, participant_id, registered_at, waiting_since from back
    on conflict do nothing)
select app.assert_one((select count(*) from written))
"""
UPDATE_PERSON: LiteralString = """
with written as (
    update public.participants as person set
        full_name = coalesce(wanted ->> 'full_name', person.full_name),
        email = case when wanted ? 'email' then wanted ->> 'email' else person.email end,
        phone = case when wanted ? 'phone' then wanted ->> 'phone' else person.phone end,
        is_vip = coalesce((wanted ->> 'is_vip')::boolean, person.is_vip),
        vip_notes = case when wanted ? 'vip_notes' then wanted ->> 'vip_notes' else person.vip_notes end,
        checked_in_at = case when wanted ? 'checked_in_at' then (wanted ->> 'checked_in_at')::timestamptz
                             else person.checked_in_at end
    from (select %(change)s -> 'set') as given(wanted)
    where person.organization_id = (select app.organization_id())
      and person.id = (%(change)s ->> 'participant_id')::uuid
    returning 1)
select app.assert_one((select count(*) from written))
"""
DELETE_PERSON: LiteralString = """
with kept as (
    insert into public.removed_registrations
        (organization_id, event_id, schedule_id, participant_id, registered_at, waiting_since)
    select seat.organization_id, (%(change)s ->> 'event_id')::uuid, seat.schedule_id, seat.participant_id,
           seat.registered_at, seat.waiting_since
    from public.participant_schedules as seat
    where seat.organization_id = (select app.organization_id())
      and seat.participant_id = (%(change)s ->> 'participant_id')::uuid
    on conflict do nothing),
written as (
    delete from public.participants
    where organization_id = (select app.organization_id()) and id = (%(change)s ->> 'participant_id')::uuid
    returning 1)
select app.assert_one((select count(*) from written))
"""


async def by_id(ctx: ToolContext, event_id: UUID, participant_id: UUID) -> Row | None:
    """Return one person of the event."""
    return await (await ctx.tx.execute(_told(ctx, BY_ID), {"event": event_id, "id": participant_id})).fetchone()


async def by_name(ctx: ToolContext, event_id: UUID, name: str, session_id: UUID | None) -> list[Row]:
    """Return the people of exactly this name, whatever its case and spaces; of one session only, if it is given."""
    values = {"event": event_id, "name": name, "session": session_id}
    return await (await ctx.tx.execute(_told(ctx, BY_NAME), values)).fetchall()


async def like_name(ctx: ToolContext, event_id: UUID, name: str, session_id: UUID | None) -> list[Row]:
    """Return the people whose name is like this one, best first, with ``match`` from 0.6 to 1."""
    values = {"event": event_id, "name": name, "session": session_id}
    return await (await ctx.tx.execute(_told(ctx, LIKE_NAME), values)).fetchall()


async def agenda(tx: Transaction, participant_id: UUID) -> list[Row]:
    """Return a person's sessions in order; ``position`` is their place in the line where they wait, else None."""
    return await (await tx.execute(AGENDA, {"id": participant_id})).fetchall()


async def vips(ctx: ToolContext, event_id: UUID, limit: int) -> list[Row]:
    """Return the VIPs with up to three sessions that run or come, one row per session, or one without."""
    values = {"event": event_id, "now": ctx.now, "limit": limit}
    return await (await ctx.tx.execute(_told(ctx, VIPS), values)).fetchall()


def _told(ctx: ToolContext, query: LiteralString) -> LiteralString:
    return as_told_to(ctx.principal, query, "%(event)s")
