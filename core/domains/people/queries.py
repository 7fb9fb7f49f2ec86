"""The organisation's people in SQL. Row-level security limits every statement to the caller's organisation."""

from typing import Any, LiteralString

from core.kernel.tools import Transaction
from core.proof.queries import Proof

Row = dict[str, Any]

NAMED: LiteralString = """
with hit as (
    select id, full_name as name, role, is_active,
           case when id::text = lower(%(said)s) or app.name_key(full_name) = app.name_key(%(said)s)
                     or lower(email) = lower(%(said)s) then 2
                when strpos(app.name_key(full_name), app.name_key(%(said)s)) > 0 then 1
                else extensions.word_similarity(app.name_key(%(said)s), app.name_key(full_name)) end as match
    from public.user_profiles
    where organization_id = (select app.organization_id()) and kind = 'person' and erased_at is null)
select * from hit where match >= %(alike)s order by match desc, is_active desc, name, id limit 10
"""
PROOF = Proof(
    "select facts, app.digest(facts) as digest from app.access_facts(%(change)s) as facts",
    "select app.assert_access_unchanged(%(change)s, %(digest)s)",
)
# Links end and codes die with it: app.end_access.
OFF: LiteralString = """
with written as (
    update public.user_profiles set is_active = false
    where organization_id = (select app.organization_id()) and id = (%(change)s ->> 'user_id')::uuid and is_active
    returning 1)
select app.assert_one((select count(*) from written))
"""
ON: LiteralString = """
with written as (
    update public.user_profiles set is_active = true
    where organization_id = (select app.organization_id()) and id = (%(change)s ->> 'user_id')::uuid and not is_active
    returning id)
select app.assert_one((select count(*) from written)),
       (select app.restore_links(written.id, coalesce(%(change)s -> 'links', '[]')) from written)
"""
SET_ROLE: LiteralString = """
with written as (
    update public.user_profiles set role = %(change)s ->> 'role'
    where organization_id = (select app.organization_id()) and id = (%(change)s ->> 'user_id')::uuid
    returning 1)
select app.assert_one((select count(*) from written))
"""


async def named(tx: Transaction, said: str, alike: float) -> list[Row]:
    """Return the people that a name, an address or an id may mean, best first, at most 10.

    ``match`` is 2 for the very name, address or id, 1 for a part of a name, else how alike they are.
    """
    return await (await tx.execute(NAMED, {"said": said, "alike": alike})).fetchall()
