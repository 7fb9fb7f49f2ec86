"""The lists of a desk in SQL: what waits for whom, what somebody asked for, what was decided today."""

from dataclasses import dataclass, replace
from typing import Any, LiteralString
from uuid import UUID

from psycopg.types.json import Jsonb

from core.actions.queries import COLUMNS
from core.actions.suggestion import Suggestion, suggestion_from_row
from core.kernel.cards import Risk
from core.kernel.principal import Principal
from core.kernel.tools import Transaction

Row = dict[str, Any]

_OURS: LiteralString = "entry.organization_id = %(organization)s and entry.kind = 'suggestion'"
# The same as `core.policies.rules.why_not_approve`, so that what waits for somebody can be counted without being read.
# Whoever holds a right for another who is away is a holder as well.
WAITING: LiteralString = (
    _OURS
    + """ and entry.execution_status = 'suggested' and entry.deadline > now()
  and (entry.policy is null or (
    (%(role)s = 'owner' or coalesce(entry.policy -> 'owners_only', 'false') = 'false')
    and (coalesce(entry.policy -> 'askers_may_approve', 'true') = 'true'
         or (entry.user_id <> %(user_id)s and entry.action_data ->> 'editor' is distinct from %(user_id)s::text
             and not coalesce(entry.action_data -> 'editors' ? %(user_id)s::text, false)))
    and not exists (
        select from jsonb_array_elements(coalesce(entry.policy -> 'rights', '[]')) as needed (claim)
        where not exists (
            select from jsonb_array_elements(%(holders)s::jsonb) as holder (one)
            where (holder.one ->> 'id' = %(user_id)s::text
                   or coalesce(entry.policy -> 'askers_may_approve', 'true') = 'true'
                   or holder.one ->> 'id' <> entry.user_id::text)
              and ((needed.claim -> 'roles') ? (holder.one ->> 'role')
                   or (needed.claim -> 'people') @> jsonb_build_array(jsonb_build_object('id', holder.one -> 'id')))))))
  -- Whoever has given their approval waits with it for somebody else's.
  and not exists (
    select from public.approvals as given
    where given.organization_id = entry.organization_id and given.suggestion_id = entry.id
      and given.user_id = %(user_id)s and given.shown_hash = entry.shown_hash)
"""
)
# What was replaced is there again as what replaced it.
MINE: LiteralString = (
    _OURS
    + """ and entry.user_id = %(user_id)s and entry.superseded_by is null
  and entry.created_at > now() - interval '7 days'
"""
)
# The index finds the last day and a bit, the day of the event's own zone decides.
DECIDED: LiteralString = (
    _OURS
    + """ and entry.execution_status in ('executed', 'rejected', 'failed')
  and entry.decided_at > now() - interval '26 hours'
  and entry.decided_at >= date_trunc('day', now(), entry.zone)
"""
)
_OF_EVENT: LiteralString = " and entry.event_id = any (%(events)s)"
NAMED: LiteralString = """
select id from public.events
where organization_id = (select app.organization_id())
  and (id::text = %(event)s or app.name_key(name) = app.name_key(%(event)s))
"""
EVENTS: LiteralString = """
select id, name from public.events where organization_id = (select app.organization_id())
order by ends_on < current_date, starts_on, id limit %(most)s
"""
_OF_RISK: LiteralString = " and entry.risk = %(risk)s"
# For the operator, who sees every organisation; who has acknowledged what is nobody's business there.
_SEEN: LiteralString = """
select entry.*,
    (select full_name from public.user_profiles where organization_id = entry.organization_id and id = entry.user_id)
        as asker_name,
    (select full_name from public.user_profiles where organization_id = entry.organization_id and id = entry.decided_by)
        as decider_name,
    (select name from public.organizations where id = entry.organization_id) as organization,
    (select name from public.events where organization_id = entry.organization_id and id = entry.event_id) as event,
    (select coalesce(array_agg(distinct copy.platform || ' ' || copy.channel), '{}') from public.card_copies as copy
     where copy.organization_id = entry.organization_id and copy.suggestion_id = entry.id and not copy.is_lost)
        as stands_in
from public.ai_insights_log as entry
where entry.kind = 'suggestion'
"""
_COUNT_SEEN: LiteralString = """
select count(*) as total from public.ai_insights_log as entry where entry.kind = 'suggestion'
"""
_SEEN_WAITING: LiteralString = " and entry.execution_status = 'suggested' and entry.deadline > now()"
_SEEN_MINE: LiteralString = """
  and (entry.organization_id, entry.user_id) in (
      select organization_id, id from public.user_profiles where lower(email) = lower(%(email)s))
  and entry.superseded_by is null and entry.created_at > now() - interval '7 days'
"""
_SEEN_ORGANIZATION: LiteralString = """
  and entry.organization_id = (select id from public.organizations where name_key = app.name_key(%(organization)s))
"""
_SEEN_EVENT: LiteralString = """
  and (entry.organization_id, entry.event_id) in (
      select organization_id, id from public.events
      where id::text = %(event)s or app.name_key(name) = app.name_key(%(event)s))
"""
_NEWEST: LiteralString = " order by entry.created_at desc, entry.id desc limit %(most)s"


@dataclass(frozen=True, slots=True)
class Listed:
    """The newest of a list, and how many it has."""

    shown: tuple[Suggestion, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Seen:
    """A suggestion as the operator sees it."""

    suggestion: Suggestion
    organization: str
    event: str | None
    stands_in: tuple[str, ...]
    """The chats that its card stands in, as platform and channel."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which part of a list: an event by id or name, a risk, the newest so many."""

    event: str | None = None
    risk: Risk | None = None
    most: int = 10
    skip: int = 0
    """How many of the newest come before them, for the next pages."""
    events: tuple[UUID, ...] = ()
    """The ids of the event, once they are looked up."""


def listed(which: LiteralString, order: LiteralString, of: Filter) -> LiteralString:
    """Return the statement of a list, newest first by ``order``: the page is found and counted before it is read."""
    # Only what was asked for stands in the statement: "or it is null" would keep its indexes from being used.
    event, risk = (_OF_EVENT if of.event is not None else ""), (_OF_RISK if of.risk is not None else "")
    page = (
        "select entry.id, count(*) over () as total from public.ai_insights_log as entry where "
        + which
        + event
        + risk
        + " order by "
        + order
        + " desc, entry.id desc limit %(most)s offset %(skip)s"
    )
    return (
        "with page as ("
        + page
        + ") select page.total, "
        + COLUMNS
        + " from page join public.ai_insights_log as entry on entry.id = page.id "
        + "and entry.organization_id = %(organization)s order by "
        + order
        + " desc, entry.id desc"
    )


async def waiting(tx: Transaction, principal: Principal, lenders: tuple[tuple[UUID, str], ...], of: Filter) -> Listed:
    """Return what waits and this person may decide. ``lenders``: whose right they hold meanwhile, with their role."""
    holders = [{"id": str(who), "role": role} for who, role in ((principal.user_id, principal.role), *lenders)]
    values = {**_values(principal, of), "role": principal.role, "holders": Jsonb(holders)}
    return await _read(tx, listed(WAITING, "entry.created_at", of), values)


async def mine(tx: Transaction, principal: Principal, of: Filter) -> Listed:
    """Return what this person asked for in the last seven days, whatever became of it."""
    return await _read(tx, listed(MINE, "entry.created_at", of), _values(principal, of))


async def decided(tx: Transaction, principal: Principal, of: Filter) -> Listed:
    """Return what anybody decided today, as the day is where the event is."""
    return await _read(tx, listed(DECIDED, "entry.decided_at", of), _values(principal, of))


async def seen(
    tx: Transaction, of: Filter, *, organization: str | None = None, email: str | None = None
) -> tuple[list[Seen], int]:
    """Return the newest that wait, for the operator, and of how many they are; with an e-mail address, what that person
    asked for."""
    query = _SEEN_MINE if email is not None else _SEEN_WAITING
    query += _SEEN_ORGANIZATION if organization is not None else ""
    query += _SEEN_EVENT if of.event is not None else ""
    query += _OF_RISK if of.risk is not None else ""
    values = {"organization": organization, "email": email, "event": of.event, "risk": of.risk, "most": of.most}
    rows = await (await tx.execute(_SEEN + query + _NEWEST, values)).fetchall()
    found = [Seen(suggestion_from_row(row), row["organization"], row["event"], tuple(row["stands_in"])) for row in rows]
    if len(found) < of.most:
        return found, len(found)
    [every] = await (await tx.execute(_COUNT_SEEN + query, values)).fetchall()
    return found, every["total"]


async def of_event(tx: Transaction, of: Filter) -> Filter:
    """Return the filter with its event looked up, as the person who filters."""
    rows = await (await tx.execute(NAMED, {"event": of.event})).fetchall() if of.event is not None else []
    return replace(of, events=tuple(row["id"] for row in rows))


async def events(tx: Transaction, most: int) -> list[tuple[UUID, str]]:
    """Return the organisation's events by id and name: what is on or comes first, what is over after that."""
    rows = await (await tx.execute(EVENTS, {"most": most})).fetchall()
    return [(row["id"], row["name"]) for row in rows]


def _values(principal: Principal, of: Filter) -> Row:
    return {
        "organization": principal.organization_id,
        "user_id": principal.user_id,
        "events": list(of.events),
        "risk": of.risk,
        "most": of.most,
        "skip": of.skip,
    }


async def _read(tx: Transaction, query: LiteralString, values: Row) -> Listed:
    rows = await (await tx.execute(query, values)).fetchall()
    if not rows and values["skip"]:
        # A page that others have emptied meanwhile: how many there are leads back.
        first = await (await tx.execute(query, {**values, "skip": 0, "most": 1})).fetchall()
        return Listed((), first[0]["total"] if first else 0)
    return Listed(tuple(suggestion_from_row(row) for row in rows), rows[0]["total"] if rows else 0)
