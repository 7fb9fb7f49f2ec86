"""The log's views, summed up for the operator: of everything, of one organisation or of one event."""

from typing import Any, LiteralString

from core.audit.queries import OF_EVENT, OF_ORGANIZATION
from core.kernel.tools import Transaction

Row = dict[str, Any]

# Moments are told in the time of the event; of a sum, of the event where the last one was.
_ZONE: LiteralString = """(select time_zone from public.events
    where organization_id = entry.organization_id and id = entry.event_id)"""
_LAST_ZONE: LiteralString = "(array_agg(" + _ZONE + " order by entry.last_at desc nulls last))[1] as zone"
_DECISIONS: LiteralString = (
    """
select entry.*, (select name from public.organizations where id = entry.organization_id) as organization,
    coalesce(
        (select string_agg(name, ', ') from public.ai_insights_log as logged,
             jsonb_array_elements_text(logged.decided_from -> 'approvers') as name
         where logged.organization_id = entry.organization_id and logged.id = entry.suggestion_id),
        entry.decided_by_name) as decided_by_names, """
    + _ZONE
    + " as zone from public.ai_decisions as entry\n"
)
_COUNT_DECISIONS: LiteralString = "select count(*) as total from public.ai_decisions as entry\n"
_LATEST_DECISIONS: LiteralString = " order by ended_at desc, suggestion_id desc limit %(limit)s"
_REJECTIONS: LiteralString = (
    "select action_type, reason, sum(rejected)::bigint as rejected, max(last_at) as last_at, "
    + _LAST_ZONE
    + " from public.ai_rejections as entry\n"
)
_VIPS: LiteralString = """
select action_type, sum(suggestions)::bigint as suggestions, sum(with_vips)::bigint as with_vips,
       sum(vips_named)::bigint as vips_named, sum(executed)::bigint as executed, sum(rejected)::bigint as rejected,
       sum(waiting)::bigint as waiting, sum(lapsed)::bigint as lapsed
from public.ai_vip_impact as entry
"""
_EDITED: LiteralString = (
    "select action_type, sum(approved)::bigint as approved, sum(edited)::bigint as edited, max(last_at) as last_at, "
    + _LAST_ZONE
    + " from public.ai_edited_approvals as entry\n"
)
_CATCHES: LiteralString = """
select caught, sum(suggestions)::bigint as suggestions, sum(executed)::bigint as executed,
       sum(rejected)::bigint as rejected, sum(superseded)::bigint as superseded, sum(expired)::bigint as expired,
       sum(failed)::bigint as failed, sum(waiting)::bigint as waiting
from public.ai_conflict_catches as entry
"""


async def decisions(
    tx: Transaction, *, organization: str | None, event: str | None, limit: int
) -> tuple[list[Row], int]:
    """Return the newest suggestions that came to an end, each with who decided, where and after how long; and of how
    many they are."""
    query = _DECISIONS + _given(organization, event) + _LATEST_DECISIONS
    rows = await _rows(tx, query, organization, event, limit)
    if len(rows) < limit:
        return rows, len(rows)
    [every] = await _rows(tx, _COUNT_DECISIONS + _given(organization, event), organization, event)
    return rows, every["total"]


async def rejections(tx: Transaction, *, organization: str | None, event: str | None) -> list[Row]:
    """Return how often each type of action was rejected for each reason, most often first."""
    query = _REJECTIONS + _given(organization, event) + " group by 1, 2 order by rejected desc, 1, 2 nulls last"
    return await _rows(tx, query, organization, event)


async def vip_impact(tx: Transaction, *, organization: str | None, event: str | None) -> list[Row]:
    """Return per type of action how many suggestions touched VIPs, and what became of those."""
    query = _VIPS + _given(organization, event) + " group by 1 order by with_vips desc, suggestions desc, 1"
    return await _rows(tx, query, organization, event)


async def edited_approvals(tx: Transaction, *, organization: str | None, event: str | None) -> list[Row]:
    """Return per type of action how many suggestions were approved, and how many of those had been edited before."""
    query = _EDITED + _given(organization, event) + " group by 1 order by edited desc, approved desc, 1"
    return await _rows(tx, query, organization, event)


async def conflict_catches(tx: Transaction, *, organization: str | None, event: str | None) -> list[Row]:
    """Return how many suggestions were ``blocked``, ``warned`` or ``clear``, and what became of them."""
    query = (
        _CATCHES + _given(organization, event) + " group by 1 order by array_position('{blocked,warned,clear}', caught)"
    )
    return await _rows(tx, query, organization, event)


def _given(organization: str | None, event: str | None) -> LiteralString:
    # Only what was asked for stands in the statement, so that its indexes are used.
    given: list[LiteralString] = []
    if organization is not None:
        given.append(OF_ORGANIZATION)
    if event is not None:
        given.append(OF_EVENT)
    return "where " + " and ".join(given) if given else ""


async def _rows(
    tx: Transaction, query: LiteralString, organization: str | None, event: str | None, limit: int | None = None
) -> list[Row]:
    values = {"organization": organization, "event": event, "limit": limit}
    return await (await tx.execute(query, values)).fetchall()
