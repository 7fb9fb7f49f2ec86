"""Vendors in SQL. Row-level security limits every statement to the caller's organisation."""

from typing import Any, LiteralString
from uuid import UUID

from core.kernel.tools import ToolContext, Transaction
from core.proof.queries import Proof

Row = dict[str, Any]

NAMED: LiteralString = """
with hit as (
    select vendor.id, vendor.name, vendor.category, seat.status, seat.arrives_at,
           seat.vendor_id is not null as is_assigned,
           case when vendor.id::text = lower(%(said)s) or vendor.name_key = app.name_key(%(said)s) then 2
                when strpos(vendor.name_key, app.name_key(%(said)s)) > 0 then 1
                else extensions.word_similarity(app.name_key(%(said)s), vendor.name_key) end as match
    from public.vendors as vendor
    left join public.event_vendors as seat on seat.organization_id = vendor.organization_id
        and seat.event_id = %(event)s::uuid and seat.vendor_id = vendor.id
    where vendor.organization_id = (select app.organization_id()))
select * from hit where match >= %(alike)s order by match desc, is_assigned desc, name, id limit 10
"""
OF_EVENT: LiteralString = """
select vendor.id, vendor.name, vendor.category, seat.status, seat.arrives_at, seat.notes,
       trim_scale(seat.cost)::text as cost, seat.currency
from public.event_vendors as seat
join public.vendors as vendor on vendor.organization_id = seat.organization_id and vendor.id = seat.vendor_id
where seat.organization_id = (select app.organization_id()) and seat.event_id = %(event)s
order by seat.arrives_at nulls last, vendor.name, vendor.id limit %(limit)s
"""
OUTLINES: LiteralString = """
select id, name, category, status, arrives_at, null as notes, null as cost, null as currency
from app.vendor_outlines(%(event)s)
order by arrives_at nulls last, name, id limit %(limit)s
"""
FACTS: LiteralString = """
select facts, app.digest(facts) as digest from app.vendor_facts(%(change)s) as facts
"""
PROOF = Proof(FACTS, "select app.assert_vendor_unchanged(%(change)s, %(digest)s)")
# All or none: whoever else took a place in the meantime makes the count differ, and nothing of it stays.
ASSIGN: LiteralString = """
with written as (
    insert into public.event_vendors (organization_id, event_id, vendor_id, status, arrives_at, notes, cost, currency)
    select (select app.organization_id()), (%(change)s ->> 'event_id')::uuid, (entry ->> 'vendor_id')::uuid,
           entry ->> 'status', (entry ->> 'arrives_at')::timestamptz, entry ->> 'notes',
           (entry -> 'cost' ->> 'amount')::numeric, entry -> 'cost' ->> 'currency'
    from jsonb_array_elements(%(change)s -> 'vendors') as wanted(entry)
    on conflict do nothing
    returning 1)
select app.assert_one((count(*) = jsonb_array_length(%(change)s -> 'vendors'))::integer) from written
"""
UNASSIGN: LiteralString = """
with written as (
    delete from public.event_vendors as seat
    using jsonb_array_elements(%(change)s -> 'vendors') as wanted(entry)
    where seat.organization_id = (select app.organization_id())
      and seat.event_id = (%(change)s ->> 'event_id')::uuid and seat.vendor_id = (entry ->> 'vendor_id')::uuid
    returning 1)
select app.assert_one((count(*) = jsonb_array_length(%(change)s -> 'vendors'))::integer) from written
"""
SET_STATUS: LiteralString = """
with written as (
    update public.event_vendors as seat set
        status = coalesce(entry ->> 'status', seat.status),
        arrives_at = case when entry ? 'arrives_at' then (entry ->> 'arrives_at')::timestamptz
                          else seat.arrives_at end,
        cost = case when entry ? 'cost' then (entry -> 'cost' ->> 'amount')::numeric else seat.cost end,
        currency = case when entry ? 'cost' then entry -> 'cost' ->> 'currency' else seat.currency end
    from jsonb_array_elements(%(change)s -> 'vendors') as wanted(entry)
    where seat.organization_id = (select app.organization_id())
      and seat.event_id = (%(change)s ->> 'event_id')::uuid and seat.vendor_id = (entry ->> 'vendor_id')::uuid
    returning 1)
select app.assert_one((count(*) = jsonb_array_length(%(change)s -> 'vendors'))::integer) from written
"""
# Of the organisation's own list, whichever event they come to.
RECORD = Proof(
    "select facts, app.digest(facts) as digest from app.vendor_record_facts(%(change)s) as facts",
    "select app.assert_vendor_record_unchanged(%(change)s, %(digest)s)",
)
INSERT_VENDOR: LiteralString = """
with written as (
    insert into public.vendors (id, organization_id, name, category, phone, email, created_at)
    select (%(change)s ->> 'new_id')::uuid, (select app.organization_id()), wanted ->> 'name', wanted ->> 'category',
           wanted ->> 'phone', wanted ->> 'email',
           coalesce((%(change)s -> 'restore' ->> 'created_at')::timestamptz, now())
    from (select %(change)s -> 'set') as given(wanted)
    returning 1)
select app.assert_one((select count(*) from written))
"""
UPDATE_VENDOR: LiteralString = """
with written as (
    update public.vendors as vendor set
        name = coalesce(wanted ->> 'name', vendor.name),
        category = case when wanted ? 'category' then wanted ->> 'category' else vendor.category end,
        phone = case when wanted ? 'phone' then wanted ->> 'phone' else vendor.phone end,
        email = case when wanted ? 'email' then wanted ->> 'email' else vendor.email end
    from (select %(change)s -> 'set') as given(wanted)
    where vendor.organization_id = (select app.organization_id()) and vendor.id = (%(change)s ->> 'vendor_id')::uuid
    returning 1)
select app.assert_one((select count(*) from written))
"""
DELETE_VENDOR: LiteralString = """
with written as (
    delete from public.vendors
    where organization_id = (select app.organization_id()) and id = (%(change)s ->> 'vendor_id')::uuid
    returning 1)
select app.assert_one((select count(*) from written))
"""


async def named(tx: Transaction, said: str, event_id: UUID | None, alike: float) -> list[Row]:
    """Return the organisation's vendors that a name or an id may mean, best first, at most 10.

    ``match`` is 2 for the very name or id, 1 for a part of a name, else how alike they are, at least ``alike``;
    ``is_assigned`` and ``status`` tell how the vendor stands with the event, where there is one.
    """
    values = {"said": said, "event": event_id, "alike": alike}
    return await (await tx.execute(NAMED, values)).fetchall()


async def of_event(ctx: ToolContext, event_id: UUID, limit: int) -> list[Row]:
    """Return an event's vendors in order of arrival; whoever reads no notes gets None for them."""
    query = OF_EVENT if ctx.principal.may_read_notes else OUTLINES
    return await (await ctx.tx.execute(query, {"event": event_id, "limit": limit})).fetchall()
