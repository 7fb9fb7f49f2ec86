"""Badges in SQL. Row-level security limits every statement to the caller's organisation."""

from typing import Any, LiteralString
from uuid import UUID

from core.kernel.tools import Transaction
from core.proof.queries import Proof

Row = dict[str, Any]

BADGES: LiteralString = """
select id, name from public.badges
where organization_id = (select app.organization_id()) and event_id = %(event)s order by name, id limit %(limit)s
"""
FACTS: LiteralString = """
select facts, app.digest(facts) as digest from app.badge_facts(%(change)s) as facts
"""
PROOF = Proof(FACTS, "select app.assert_badge_unchanged(%(change)s, %(digest)s)")
INSERT_BADGE: LiteralString = """
with written as (
    insert into public.badges (id, organization_id, event_id, name)
    values ((%(change)s ->> 'new_id')::uuid, (select app.organization_id()), (%(change)s ->> 'event_id')::uuid,
            %(change)s ->> 'name')
    returning 1)
select app.assert_one((select count(*) from written))
"""
DELETE_BADGE: LiteralString = """
with written as (
    delete from public.badges
    where organization_id = (select app.organization_id()) and id = (%(change)s ->> 'badge_id')::uuid
    returning 1)
select app.assert_one((select count(*) from written))
"""


async def badges(tx: Transaction, event_id: UUID, limit: int) -> list[Row]:
    """Return an event's badges in the order of their names."""
    return await (await tx.execute(BADGES, {"event": event_id, "limit": limit})).fetchall()
