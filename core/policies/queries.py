"""Policies, delegations and votes in SQL. Row-level security limits every statement to the caller's organisation."""

from typing import Any, LiteralString
from uuid import UUID

from core.kernel.tools import Transaction
from core.policies.models import Current, Person, Policy
from core.proof.queries import Proof

Row = dict[str, Any]

_PERSON: LiteralString = "person.id, person.full_name as name, person.role, person.timezone"
_WHOLE: LiteralString = """
select ruled.version, ruled.document, (
    select coalesce(jsonb_object_agg(person.id, person.full_name), '{}')
    from (select who #>> '{}' as id from jsonb_path_query(ruled.document, '$.backup[*]') as who
          union select who #>> '{}' from jsonb_path_query(ruled.document, '$.approvals[*].people[*]') as who) as named
    join public.user_profiles as person
      on person.organization_id = ruled.organization_id and person.id = named.id::uuid) as names
from public.organization_policies as ruled
"""
CURRENT: LiteralString = (
    _WHOLE + " where ruled.organization_id = (select app.organization_id()) order by ruled.version desc limit 1"
)
# An organisation has no zone of its own: that of the event that is on, or comes first.
VERSIONS: LiteralString = """
select ruled.version, ruled.changed_at, person.full_name as changed_by,
       (select time_zone from public.events where organization_id = (select app.organization_id())
        order by ends_on < current_date, starts_on, id limit 1) as zone
from public.organization_policies as ruled
join public.user_profiles as person
  on person.organization_id = ruled.organization_id and person.id = ruled.changed_by
where ruled.organization_id = (select app.organization_id())
order by ruled.version desc limit %(limit)s
"""
PEOPLE_LIKE: LiteralString = (
    "select "
    + _PERSON
    + """,
       (lower(person.email) = lower(btrim(%(said)s)) or person.id::text = lower(btrim(%(said)s))
        or app.name_key(person.full_name) = app.name_key(%(said)s)) as is_meant
from public.user_profiles as person
where person.organization_id = (select app.organization_id()) and person.is_active and person.kind = 'person'
  and (lower(person.email) = lower(btrim(%(said)s)) or person.id::text = lower(btrim(%(said)s))
       or strpos(app.name_key(person.full_name), app.name_key(%(said)s)) > 0)
order by is_meant desc, person.full_name, person.id limit 6
"""
)
# Only from one who still works here and may decide; what nobody has, nobody can hand on.
_LENT: LiteralString = (
    "select delegation.to_user, "
    + _PERSON
    + """ from public.delegations as delegation
join public.user_profiles as person
  on person.organization_id = delegation.organization_id and person.id = delegation.from_user
 and person.is_active and person.role in ('owner', 'manager')
where delegation.organization_id = %(organization)s and delegation.starts_at <= now() and delegation.ends_at > now()
  and (delegation.ended_at is null or delegation.ended_at > now())
"""
)
LENDERS: LiteralString = _LENT + " and delegation.to_user = %(user)s order by person.full_name, person.id"
ALL_LENT: LiteralString = _LENT + " order by person.full_name, person.id"
# Days away begin where whoever is away is.
DELEGATIONS: LiteralString = """
select delegation.id, giver.full_name as from_name, taker.full_name as to_name, delegation.from_user,
       delegation.to_user, delegation.starts_at, delegation.ends_at, delegation.ended_at, giver.timezone as zone
from public.delegations as delegation
join public.user_profiles as giver
  on giver.organization_id = delegation.organization_id and giver.id = delegation.from_user
join public.user_profiles as taker
  on taker.organization_id = delegation.organization_id and taker.id = delegation.to_user
where delegation.organization_id = (select app.organization_id())
  and delegation.ended_at is null and delegation.ends_at > now()
order by delegation.starts_at, delegation.id limit 100
"""
VOTE: LiteralString = """
insert into public.approvals (organization_id, suggestion_id, user_id, shown_hash)
select entry.organization_id, entry.id, (select app.user_id()), entry.shown_hash
from public.ai_insights_log as entry
where entry.organization_id = (select app.organization_id()) and entry.id = %(id)s and entry.kind = 'suggestion'
  and entry.execution_status = 'suggested' and entry.deadline > now() and not entry.is_blocked
on conflict (organization_id, suggestion_id, user_id) do nothing
"""
# Only of those who may still decide, and for what the card still shows.
VOTES: LiteralString = """
select person.id, person.full_name as name, person.role, person.timezone
from public.approvals as vote
join public.ai_insights_log as entry
  on entry.organization_id = vote.organization_id and entry.id = vote.suggestion_id
 and entry.shown_hash = vote.shown_hash
join public.user_profiles as person
  on person.organization_id = vote.organization_id and person.id = vote.user_id
 and person.is_active and person.role in ('owner', 'manager')
where vote.organization_id = %(organization)s and vote.suggestion_id = %(id)s
order by vote.approved_at, person.full_name
"""
POLICY = Proof(
    "select facts, app.digest(facts) as digest from app.policy_facts(%(change)s) as facts",
    "select app.assert_policy_unchanged(%(change)s, %(digest)s)",
)
DELEGATION = Proof(
    "select facts, app.digest(facts) as digest from app.delegation_facts(%(change)s) as facts",
    "select app.assert_delegation_unchanged(%(change)s, %(digest)s)",
)
# The version after the one that was looked at, and no other: whoever is second is told, also inside one transaction.
INSERT_POLICY: LiteralString = """
with written as (
    insert into public.organization_policies (organization_id, version, document, changed_by)
    select (select app.organization_id()), latest.version + 1, %(change)s -> 'document', (select app.user_id())
    from (select app.policy_version()) as latest(version)
    where latest.version = (%(change)s ->> 'base')::integer
    on conflict (organization_id, version) do nothing
    returning 1)
select app.assert_one((select count(*) from written))
"""
INSERT_DELEGATION: LiteralString = """
with written as (
    insert into public.delegations (id, organization_id, from_user, to_user, starts_at, ends_at, created_by)
    values ((%(change)s ->> 'new_id')::uuid, (select app.organization_id()), (%(change)s ->> 'from_user')::uuid,
            (%(change)s ->> 'to_user')::uuid, (%(change)s ->> 'starts_at')::timestamptz,
            (%(change)s ->> 'ends_at')::timestamptz, (select app.user_id()))
    returning 1)
select app.assert_one((select count(*) from written))
"""
END_DELEGATION: LiteralString = """
with written as (
    update public.delegations set ended_at = now()
    where organization_id = (select app.organization_id()) and id = (%(change)s ->> 'delegation_id')::uuid
      and ended_at is null
    returning 1)
select app.assert_one((select count(*) from written))
"""
RESUME_DELEGATION: LiteralString = """
with written as (
    update public.delegations set ended_at = null
    where organization_id = (select app.organization_id()) and id = (%(change)s ->> 'delegation_id')::uuid
      and ended_at is not null
    returning 1)
select app.assert_one((select count(*) from written))
"""


async def current(tx: Transaction) -> Current:
    """Return the policy of the caller's organisation; the default where nobody has changed it."""
    return current_from(await (await tx.execute(CURRENT)).fetchone())


async def versions(tx: Transaction, limit: int) -> list[Row]:
    """Return who changed the policy when, newest first: ``version``, ``changed_at``, ``changed_by``, ``zone``."""
    return await (await tx.execute(VERSIONS, {"limit": limit})).fetchall()


async def people_like(tx: Transaction, said: str) -> tuple[list[Person], list[Person]]:
    """Return whom an id, an e-mail address or a whole name means, and whose name has it as a part."""
    rows = await (await tx.execute(PEOPLE_LIKE, {"said": said})).fetchall()
    meant, like = list[Person](), list[Person]()
    for row in rows:
        (meant if row["is_meant"] else like).append(_person(row))
    return meant, like


async def lenders_to(tx: Transaction, organization: UUID, user: UUID) -> tuple[Person, ...]:
    """Return who is away now and has handed somebody their right to decide."""
    rows = await (await tx.execute(LENDERS, {"organization": organization, "user": user})).fetchall()
    return tuple(_person(row) for row in rows)


async def all_lent(tx: Transaction, organization: UUID) -> dict[UUID, tuple[Person, ...]]:
    """Return, by delegate, who has handed them their right to decide for now."""
    rows = await (await tx.execute(ALL_LENT, {"organization": organization})).fetchall()
    lent: dict[UUID, tuple[Person, ...]] = {}
    for row in rows:
        lent[row["to_user"]] = (*lent.get(row["to_user"], ()), _person(row))
    return lent


async def delegations(tx: Transaction) -> list[Row]:
    """Return the delegations that hold now or will, of the caller's organisation, at most 100."""
    return await (await tx.execute(DELEGATIONS)).fetchall()


async def vote(tx: Transaction, organization: UUID, suggestion_id: UUID) -> tuple[Person, ...]:
    """Approve as the caller, and return every different person whose approval counts now, in order.

    Whoever calls this has claimed the suggestion in the same transaction, and holds its row until that ends: of two who
    press at once the second one waits there and then counts the first. And has found that the caller may
    (``rules.why_not_approve``); an approval counts once, however often it is given.
    """
    await tx.execute(VOTE, {"id": suggestion_id})
    return await votes(tx, organization, suggestion_id)


async def votes(tx: Transaction, organization: UUID, suggestion_id: UUID) -> tuple[Person, ...]:
    """Return every different person whose approval counts now; as a member, or as the system role."""
    rows = await (await tx.execute(VOTES, {"organization": organization, "id": suggestion_id})).fetchall()
    return tuple(map(_person, rows))


def _person(row: Row) -> Person:
    return Person(row["id"], row["name"], row["role"], row["timezone"])


def current_from(row: Row | None) -> Current:
    """Read what ``CURRENT`` returns."""
    if row is None:
        return Current(0, Policy(), {})
    names = {UUID(who): name for who, name in row["names"].items()}
    return Current(row["version"], Policy.model_validate(row["document"]), names)
