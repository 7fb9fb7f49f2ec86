"""The people around the sample conference in SQL."""

from typing import Any, LiteralString
from uuid import UUID

from psycopg.types.json import Jsonb

from core.kernel.tools import Transaction

PARTICIPANTS: LiteralString = """
insert into public.participants (organization_id, event_id, full_name, email, is_vip, vip_notes, source_id)
select (select app.organization_id()), %(event)s, given.name, given.email, given.vip is not null, given.vip, given.id
from jsonb_to_recordset(%(people)s -> 'participants') as given(id text, name text, email text, vip text)
on conflict (organization_id, event_id, source_id) do nothing
"""
REGISTRATIONS: LiteralString = """
insert into public.participant_schedules (organization_id, schedule_id, participant_id)
select person.organization_id, session.id, person.id
from jsonb_each(%(people)s -> 'registrations') as given(session_id, people)
cross join lateral jsonb_array_elements_text(given.people) as registered(person_id)
join public.schedules as session on session.organization_id = (select app.organization_id())
    and session.event_id = %(event)s and session.source_id = given.session_id
join public.participants as person on person.organization_id = session.organization_id
    and person.event_id = %(event)s and person.source_id = registered.person_id
on conflict do nothing
"""
VENDORS: LiteralString = """
insert into public.vendors (organization_id, name, category, phone)
select (select app.organization_id()), given.name, given.category, given.phone
from jsonb_to_recordset(%(people)s -> 'vendors') as given(name text, category text, phone text)
on conflict (organization_id, name_key) do nothing
"""
EVENT_VENDORS: LiteralString = """
insert into public.event_vendors (organization_id, event_id, vendor_id, status, arrives_at, notes)
select vendor.organization_id, %(event)s, vendor.id, given.status, given.arrives_at, given.notes
from jsonb_to_recordset(%(people)s -> 'vendors')
    as given(name text, status text, arrives_at timestamptz, notes text)
join public.vendors as vendor on vendor.organization_id = (select app.organization_id())
    and vendor.name_key = app.name_key(given.name)
on conflict do nothing
"""
CHECKLIST: LiteralString = """
insert into public.checklist_items (organization_id, event_id, title, due_at, is_done, source_id)
select (select app.organization_id()), %(event)s, given.title, given.due_at, given.done, given.id
from jsonb_to_recordset(%(people)s -> 'checklist') as given(id text, title text, due_at timestamptz, done boolean)
on conflict (organization_id, event_id, source_id) do nothing
"""


async def write_people(tx: Transaction, event_id: UUID, people: dict[str, Any]) -> None:
    """Queue the participants, their registrations, the vendors and the checklist of an event."""
    values = {"event": event_id, "people": Jsonb(people)}
    for statement in (PARTICIPANTS, REGISTRATIONS, VENDORS, EVENT_VENDORS, CHECKLIST):
        await tx.execute(statement, values)
