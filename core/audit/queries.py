"""Entries of ``ai_insights_log`` that are no suggestions, and the log as people read it."""

from dataclasses import dataclass
from typing import Any, LiteralString
from uuid import UUID

from psycopg.types.json import Jsonb

from core.kernel.tools import Transaction

Row = dict[str, Any]

INSERT: LiteralString = """
insert into public.ai_insights_log (
    organization_id, kind, user_id, event_id, action_type, action_data, execution_status, execution_error,
    executed_at, correlation_id, message_id, origin)
values (
    (select app.organization_id()), %(kind)s, (select app.user_id()), %(event_id)s, %(action_type)s, %(action_data)s,
    -- What the program refuses has failed: "rejected" is a person's word about a suggestion.
    case %(kind)s when 'read' then 'executed' else 'failed' end, %(error)s,
    case %(kind)s when 'read' then now() end, %(correlation_id)s, %(message_id)s, %(origin)s)
"""
_LOG: LiteralString = """
select entry.id, entry.created_at, entry.kind, entry.action_type, entry.execution_status, entry.execution_error,
       entry.risk, entry.action_data, entry.conflicts, entry.impact, entry.before_state, entry.approved_at,
       entry.executed_at, entry.decided_at, entry.deadline, entry.origin, entry.correlation_id, entry.shown_hash,
       entry.zone, entry.decided_from,
       -- Looked up for the rows that are shown, by key; a join may read all events of a large organisation.
       (select full_name from public.user_profiles
        where organization_id = entry.organization_id and id = entry.user_id) as asked_by,
       (select full_name from public.user_profiles
        where organization_id = entry.organization_id and id = entry.decided_by) as decided_by,
       (select name from public.events where organization_id = entry.organization_id and id = entry.event_id) as event,
       (select name from public.organizations where id = entry.organization_id) as organization
from public.ai_insights_log as entry
"""
OF_ORGANIZATION: LiteralString = """
entry.organization_id = (select id from public.organizations where name_key = app.name_key(%(organization)s))
"""
OF_EVENT: LiteralString = """
(entry.organization_id, entry.event_id) in (
    select organization_id, id from public.events
    where id::text = %(event)s or app.name_key(name) = app.name_key(%(event)s))
"""
_OF_STATUS: LiteralString = "entry.execution_status = %(status)s"
_NEWEST_FIRST: LiteralString = " order by entry.created_at desc, entry.id desc limit %(limit)s"
LATEST: LiteralString = _LOG + _NEWEST_FIRST
_COUNT: LiteralString = "select count(*) as total from public.ai_insights_log as entry "


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something that the assistant did or refused, to be logged with the message that caused it."""

    kind: str
    """``read``, ``refusal`` or ``error``."""
    action_type: str
    data: Row
    event_id: UUID | None = None
    error: str | None = None


async def record(
    tx: Transaction,
    entry: Entry,
    *,
    words: str | None,
    correlation_id: UUID,
    message_id: UUID | None,
    origin: Row | None,
) -> None:
    """Queue the insert of an entry as the person who caused it. ``words``: what somebody said that led to it."""
    told = {"correlation_id": str(correlation_id)} | ({"user_message": words} if words is not None else {})
    values = {
        "kind": entry.kind,
        "event_id": entry.event_id,
        "action_type": entry.action_type,
        "action_data": Jsonb({**entry.data, **told}),
        "error": entry.error,
        "correlation_id": correlation_id,
        "message_id": message_id,
        "origin": Jsonb(origin) if origin else None,
    }
    await tx.execute(INSERT, values)


async def latest(
    tx: Transaction, *, organization: str | None, event: str | None, status: str | None, limit: int
) -> tuple[list[Row], int]:
    """Return the newest entries for the operator, and of how many they are; an event by id or name."""
    given: list[LiteralString] = []
    if organization is not None:
        given.append(OF_ORGANIZATION)
    if event is not None:
        given.append(OF_EVENT)
    if status is not None:
        given.append(_OF_STATUS)
    # Only what was asked for stands in the statement: "or it is null" would keep its indexes from being used.
    where: LiteralString = "where " + " and ".join(given) if given else ""
    values = {"organization": organization, "event": event, "status": status, "limit": limit}
    rows = await (await tx.execute(_LOG + where + _NEWEST_FIRST, values)).fetchall()
    if len(rows) < limit:
        return rows, len(rows)
    [every] = await (await tx.execute(_COUNT + where, values)).fetchall()
    return rows, every["total"]
