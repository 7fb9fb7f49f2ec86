"""Checklists in SQL. Row-level security limits every statement to the caller's organisation."""

from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from core.kernel.tools import Transaction
from core.proof.queries import Proof

Row = dict[str, Any]

ITEM_BY_ID: LiteralString = """
select id, event_id, title, due_at, is_done from public.checklist_items
where organization_id = (select app.organization_id()) and id = %(id)s
"""
ITEMS_NAMED: LiteralString = """
with hit as (
    select id, event_id, title, due_at, is_done,
           case when app.name_key(title) = app.name_key(%(said)s) then 2
                when strpos(app.name_key(title), app.name_key(%(said)s)) > 0 then 1
                else extensions.word_similarity(app.name_key(%(said)s), app.name_key(title)) end as match
    from public.checklist_items
    where organization_id = (select app.organization_id()) and event_id = %(event)s)
select * from hit where match >= %(alike)s order by match desc, is_done, due_at, title, id limit 10
"""
PEOPLE_NAMED: LiteralString = """
with hit as (
    select id, full_name as name, role, is_active,
           case when id::text = lower(%(said)s) or app.name_key(full_name) = app.name_key(%(said)s)
                     or lower(email) = lower(%(said)s) then 2
                when strpos(app.name_key(full_name), app.name_key(%(said)s)) > 0 then 1
                else extensions.word_similarity(app.name_key(%(said)s), app.name_key(full_name)) end as match
    from public.user_profiles
    where organization_id = (select app.organization_id()) and kind = 'person')
select * from hit where match >= %(alike)s order by match desc, is_active desc, name, id limit 10
"""
PROGRESS: LiteralString = """
select count(*) as total, count(*) filter (where is_done) as done,
       count(*) filter (where not is_done and due_at < %(now)s) as overdue
from public.checklist_items
where organization_id = (select app.organization_id()) and event_id = %(event)s
"""
OPEN_ITEMS: LiteralString = """
select item.id, item.title, item.due_at, person.full_name as assignee
from public.checklist_items as item
left join public.user_profiles as person
  on person.organization_id = item.organization_id and person.id = item.assigned_to
where item.organization_id = (select app.organization_id()) and item.event_id = %(event)s and not item.is_done
order by item.due_at nulls last, item.title, item.id limit %(limit)s
"""
FACTS: LiteralString = """
select facts, app.digest(facts) as digest from app.checklist_facts(%(change)s) as facts
"""
PROOF = Proof(FACTS, "select app.assert_checklist_unchanged(%(change)s, %(digest)s)")
# All or none: an item whose place was taken in the meantime makes the count differ, and nothing of it stays.
ADD: LiteralString = """
with written as (
    insert into public.checklist_items
        (id, organization_id, event_id, title, due_at, assigned_to, is_done, done_at, source_id, created_at)
    select added.id::uuid, (select app.organization_id()), (%(change)s ->> 'event_id')::uuid, entry ->> 'title',
           (entry ->> 'due_at')::timestamptz, (entry ->> 'assigned_to')::uuid,
           coalesce((entry ->> 'is_done')::boolean, false), (entry ->> 'done_at')::timestamptz, entry ->> 'source_id',
           coalesce((entry ->> 'created_at')::timestamptz, now())
    from rows from (jsonb_array_elements_text(%(change)s -> 'new_id'), jsonb_array_elements(%(change)s -> 'items'))
         as added(id, entry)
    on conflict do nothing
    returning 1)
select app.assert_one((count(*) = jsonb_array_length(%(change)s -> 'items'))::integer) from written
"""
REMOVE: LiteralString = """
with written as (
    delete from public.checklist_items as item
    using jsonb_array_elements_text(%(change)s -> 'item_ids') as wanted(id)
    where item.organization_id = (select app.organization_id())
      and item.event_id = (%(change)s ->> 'event_id')::uuid and item.id = wanted.id::uuid
    returning 1)
select app.assert_one((count(*) = jsonb_array_length(%(change)s -> 'item_ids'))::integer) from written
"""
# Only the taking back of a reopening knows when it had been done.
COMPLETE: LiteralString = """
with written as (
    update public.checklist_items as item
    set is_done = true, done_at = coalesce((%(change)s ->> 'done_at')::timestamptz, now())
    from jsonb_array_elements_text(%(change)s -> 'item_ids') as wanted(id)
    where item.organization_id = (select app.organization_id())
      and item.event_id = (%(change)s ->> 'event_id')::uuid and item.id = wanted.id::uuid
    returning 1)
select app.assert_one((count(*) = jsonb_array_length(%(change)s -> 'item_ids'))::integer) from written
"""
REOPEN: LiteralString = """
with written as (
    update public.checklist_items as item set is_done = false, done_at = null
    from jsonb_array_elements_text(%(change)s -> 'item_ids') as wanted(id)
    where item.organization_id = (select app.organization_id())
      and item.event_id = (%(change)s ->> 'event_id')::uuid and item.id = wanted.id::uuid
    returning 1)
select app.assert_one((count(*) = jsonb_array_length(%(change)s -> 'item_ids'))::integer) from written
"""
ASSIGN: LiteralString = """
with written as (
    update public.checklist_items as item set assigned_to = (%(change)s ->> 'assigned_to')::uuid
    from jsonb_array_elements_text(%(change)s -> 'item_ids') as wanted(id)
    where item.organization_id = (select app.organization_id())
      and item.event_id = (%(change)s ->> 'event_id')::uuid and item.id = wanted.id::uuid
    returning 1)
select app.assert_one((count(*) = jsonb_array_length(%(change)s -> 'item_ids'))::integer) from written
"""


async def item_by_id(tx: Transaction, item_id: UUID) -> Row | None:
    """Return one item of the caller's organisation."""
    return await (await tx.execute(ITEM_BY_ID, {"id": item_id})).fetchone()


async def items_named(tx: Transaction, said: str, event_id: UUID, alike: float) -> list[Row]:
    """Return the event's items that a title may mean, best first, open before done, at most 10.

    ``match`` is 2 for the very title, 1 for a part of it, else how alike they are, at least ``alike``.
    """
    values = {"said": said, "event": event_id, "alike": alike}
    return await (await tx.execute(ITEMS_NAMED, values)).fetchall()


async def people_named(tx: Transaction, said: str, alike: float) -> list[Row]:
    """Return the organisation's people that a name, an e-mail or an id may mean, ``match`` as for items."""
    return await (await tx.execute(PEOPLE_NAMED, {"said": said, "alike": alike})).fetchall()


async def progress(tx: Transaction, event_id: UUID, now: datetime) -> Row:
    """Return how many items there are: ``total``, ``done``, and ``overdue`` at this moment."""
    row = await (await tx.execute(PROGRESS, {"event": event_id, "now": now})).fetchone()
    assert row is not None  # noqa: S101 an aggregate always answers with one row
    return row


async def open_items(tx: Transaction, event_id: UUID, limit: int) -> list[Row]:
    """Return what is still to be done, the most urgent first."""
    return await (await tx.execute(OPEN_ITEMS, {"event": event_id, "limit": limit})).fetchall()
