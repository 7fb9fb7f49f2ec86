"""People, registrations and vendors in SQL: as the caller, under row-level security; whole lists at a time."""

from collections.abc import Sequence
from typing import Any, LiteralString
from uuid import UUID

from psycopg.types.json import Jsonb

from core.kernel.tools import Transaction

Row = dict[str, Any]

EVENTS: LiteralString = """
select id, name from public.events
where organization_id = (select app.organization_id())
  and (case when %(name)s::text is null then ends_on >= current_date - 1
            else app.name_key(name) = app.name_key(%(name)s) end)
order by starts_on, name
"""
PEOPLE: LiteralString = """
select id, full_name, email, phone, is_vip, vip_notes, name_key from public.participants
where organization_id = (select app.organization_id()) and event_id = %(event)s
order by created_at, id
for update
"""
# Seats are locked with their sessions: nobody else can take one between counting and writing.
SESSIONS: LiteralString = """
with locked as (
    select session as whole from public.schedules as session
    where organization_id = (select app.organization_id()) and event_id = %(event)s and status <> 'cancelled'
    order by start_time, id
    for update)
select (whole).id, (whole).title, (whole).source_id, (whole).source_code, app.session_capacity(whole) as capacity, (
    select coalesce(jsonb_agg(jsonb_build_object('id', seat.participant_id, 'waits', seat.waiting_since is not null)),
                    '[]')
    from public.participant_schedules as seat
    where seat.organization_id = (select app.organization_id()) and seat.schedule_id = (whole).id) as seats
from locked
"""
WRITE_PEOPLE: LiteralString = """
insert into public.participants as person
    (id, organization_id, event_id, full_name, email, phone, is_vip, vip_notes)
select given.id, (select app.organization_id()), %(event)s, given.full_name, given.email, given.phone, given.is_vip,
       given.vip_notes
from jsonb_to_recordset(%(people)s)
    as given(id uuid, full_name text, email text, phone text, is_vip boolean, vip_notes text)
on conflict (organization_id, id) do update set
    full_name = excluded.full_name, email = excluded.email, phone = excluded.phone, is_vip = excluded.is_vip,
    vip_notes = excluded.vip_notes
"""
# Who comes first in the file stands first in the line.
WRITE_SEATS: LiteralString = """
insert into public.participant_schedules (organization_id, schedule_id, participant_id, waiting_since)
select (select app.organization_id()), given.session, given.person,
       case when given.waits then clock_timestamp() + given.position * interval '1 microsecond' end
from jsonb_to_recordset(%(seats)s) as given(session uuid, person uuid, waits boolean, position integer)
on conflict do nothing
"""
VENDORS: LiteralString = """
select vendor.id, vendor.name, vendor.name_key, vendor.category, vendor.phone, vendor.email, booked.status, booked.notes
from public.vendors as vendor
left join public.event_vendors as booked
    on booked.organization_id = vendor.organization_id and booked.vendor_id = vendor.id and booked.event_id = %(event)s
where vendor.organization_id = (select app.organization_id())
"""
WRITE_VENDORS: LiteralString = """
with given as (
    select * from jsonb_to_recordset(%(vendors)s)
        as given(id uuid, name text, category text, phone text, email text, status text, notes text)),
known as (
    insert into public.vendors (id, organization_id, name, category, phone, email)
    select id, (select app.organization_id()), name, category, phone, email from given
    on conflict (organization_id, id) do update set
        category = excluded.category, phone = excluded.phone, email = excluded.email
    returning organization_id, id)
insert into public.event_vendors (organization_id, event_id, vendor_id, status, notes)
select known.organization_id, %(event)s, known.id, given.status, given.notes from known join given using (id)
on conflict (organization_id, event_id, vendor_id) do update set status = excluded.status, notes = excluded.notes
"""


async def _rows(tx: Transaction, statement: LiteralString, values: Row) -> list[Row]:
    return await (await tx.execute(statement, values)).fetchall()


async def events(tx: Transaction, name: str | None) -> list[Row]:
    """Return the events of a name; without one, those that are not over, the next one first."""
    return await _rows(tx, EVENTS, {"name": name})


async def known_people(tx: Transaction, event: UUID) -> list[Row]:
    """Return the event's participants, locked."""
    return await _rows(tx, PEOPLE, {"event": event})


async def known_sessions(tx: Transaction, event: UUID) -> list[Row]:
    """Return the event's sessions, locked, with their places and who has them."""
    return await _rows(tx, SESSIONS, {"event": event})


async def known_vendors(tx: Transaction, event: UUID) -> list[Row]:
    """Return the organisation's vendors and what they are booked as for the event."""
    return await _rows(tx, VENDORS, {"event": event})


async def write_people(tx: Transaction, event: UUID, people: Sequence[Row]) -> None:
    """Add or change participants."""
    await tx.execute(WRITE_PEOPLE, {"event": event, "people": Jsonb(people)})


async def write_seats(tx: Transaction, seats: Sequence[Row]) -> None:
    """Add registrations and places in lines."""
    await tx.execute(WRITE_SEATS, {"seats": Jsonb(seats)})


async def write_vendors(tx: Transaction, event: UUID, vendors: Sequence[Row]) -> None:
    """Add or change vendors, and book them for the event."""
    await tx.execute(WRITE_VENDORS, {"event": event, "vendors": Jsonb(vendors)})
