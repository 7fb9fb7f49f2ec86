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
    case %(kind)s when 'read' then 'executed' when 'refusal' then 'rejected' else 'failed' end, %(error)s,
    case %(kind)s when 'read' then now() end, %(correlation_id)s, %(message_id)s, %(origin)s)
"""
LATEST: LiteralString = """
select entry.id, entry.created_at, entry.kind, entry.action_type, entry.execution_status, entry.execution_error,
       entry.risk, entry.action_data, entry.conflicts, entry.impact, entry.before_state, entry.approved_at,
       entry.executed_at, entry.decided_at, entry.deadline, entry.origin, entry.correlation_id, entry.shown_hash,
       asker.full_name as asked_by, decider.full_name as decided_by, event.name as event,
       organization.name as organization
from public.ai_insights_log as entry
join public.organizations as organization on organization.id = entry.organization_id
join public.user_profiles as asker on asker.organization_id = entry.organization_id and asker.id = entry.user_id
left join public.user_profiles as decider
  on decider.organization_id = entry.organization_id and decider.id = entry.decided_by
left join public.events as event on event.organization_id = entry.organization_id and event.id = entry.event_id
where (%(event)s::text is null or event.id::text = %(event)s
       or app.name_key(event.name) = app.name_key(%(event)s))
  and (%(status)s::text is null or entry.execution_status = %(status)s)
  and (%(organization)s::text is null or organization.name_key = app.name_key(%(organization)s))
order by entry.created_at desc, entry.id desc limit %(limit)s
"""


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
    tx: Transaction, entry: Entry, *, correlation_id: UUID, message_id: UUID | None, origin: Row | None
) -> None:
    """Queue the insert of an entry as the person who caused it."""
    values = {
        "kind": entry.kind,
        "event_id": entry.event_id,
        "action_type": entry.action_type,
        "action_data": Jsonb(entry.data),
        "error": entry.error,
        "correlation_id": correlation_id,
        "message_id": message_id,
        "origin": Jsonb(origin) if origin else None,
    }
    await tx.execute(INSERT, values)


async def latest(
    tx: Transaction, *, organization: str | None, event: str | None, status: str | None, limit: int
) -> list[Row]:
    """Return entries newest first, for the operator; an event by id or name."""
    values = {"organization": organization, "event": event, "status": status, "limit": limit}
    return await (await tx.execute(LATEST, values)).fetchall()
