"""Suggestions in SQL: the row is there before the card is, and one conditional UPDATE decides."""

from typing import Any, LiteralString
from uuid import UUID

from psycopg.types.json import Jsonb

from core.actions.suggestion import Suggestion, suggestion_from_row
from core.kernel.messages import Address
from core.kernel.proposals import Proposal
from core.kernel.tools import Transaction

Row = dict[str, Any]

INSERT: LiteralString = """
insert into public.ai_insights_log (
    id, organization_id, kind, user_id, event_id, action_type, action_data, execution_status, correlation_id,
    message_id, origin, conflicts, impact, before_state, effect, zone, facts_digest, shown_hash, risk, is_blocked,
    deadline)
values (
    %(id)s, (select app.organization_id()), 'suggestion', %(user_id)s, %(event_id)s, %(action_type)s, %(action_data)s,
    'suggested', %(correlation_id)s, %(message_id)s, %(origin)s, %(conflicts)s, %(impact)s, %(before)s, %(effect)s,
    %(zone)s, %(facts_digest)s, %(shown_hash)s, %(risk)s, %(is_blocked)s, %(deadline)s)
"""
_COLUMNS: LiteralString = """
    entry.*,
    (select full_name from public.user_profiles where organization_id = entry.organization_id and id = entry.user_id)
        as asker_name,
    (select full_name from public.user_profiles where organization_id = entry.organization_id and id = entry.decided_by)
        as decider_name,
    (select array_agg(reader.full_name order by noted.acknowledged_at, reader.full_name)
     from public.acknowledgements as noted
     join public.user_profiles as reader on reader.organization_id = noted.organization_id and reader.id = noted.user_id
     where noted.organization_id = entry.organization_id and noted.suggestion_id = entry.id
       and noted.shown_hash = entry.shown_hash) as acknowledged_by
"""
SELECT: LiteralString = (
    "select " + _COLUMNS + " from public.ai_insights_log as entry "
    "where entry.organization_id = %(organization_id)s and entry.id = %(id)s and entry.kind = 'suggestion'"
)
SELECT_MINE: LiteralString = (
    "select " + _COLUMNS + " from public.ai_insights_log as entry "
    "where entry.organization_id = (select app.organization_id()) and entry.id = %(id)s and entry.kind = 'suggestion'"
)
CLAIM: LiteralString = """
update public.ai_insights_log as entry set
    execution_status = %(status)s, decided_at = now(), decided_by = (select app.user_id()),
    approved_at = case when %(status)s = 'executed' then now() end,
    approved_by = case when %(status)s = 'executed' then (select app.user_id()) end,
    executed_at = case when %(status)s = 'executed' then clock_timestamp() end,
    decided_from = %(decided_from)s
where organization_id = (select app.organization_id()) and id = %(id)s and kind = 'suggestion'
  and execution_status = 'suggested' and deadline > now()
  and (%(status)s = 'rejected' or not is_blocked)
-- What runs is checked and executed, not shown: nobody needs the names here.
returning entry.*, '' as asker_name, null as decider_name,
    exists (select from public.acknowledgements as noted
            where noted.organization_id = entry.organization_id and noted.suggestion_id = entry.id
              and noted.user_id = (select app.user_id()) and noted.shown_hash = entry.shown_hash) as has_acknowledged
"""
ACKNOWLEDGE: LiteralString = """
insert into public.acknowledgements (organization_id, suggestion_id, user_id, shown_hash)
select entry.organization_id, entry.id, (select app.user_id()), entry.shown_hash
from public.ai_insights_log as entry
where entry.organization_id = (select app.organization_id()) and entry.id = %(id)s and entry.kind = 'suggestion'
  and entry.execution_status = 'suggested' and entry.deadline > now() and not entry.is_blocked
on conflict (organization_id, suggestion_id, user_id) do nothing
returning 1
"""
WITHDRAW: LiteralString = """
delete from public.acknowledgements
where organization_id = (select app.organization_id()) and suggestion_id = %(id)s and user_id = (select app.user_id())
returning 1
"""
FAILED: LiteralString = """
update public.ai_insights_log set execution_status = 'failed', execution_error = %(error)s,
    decided_at = now(), decided_by = (select app.user_id())
where organization_id = (select app.organization_id()) and id = %(id)s and execution_status = 'suggested'
"""
SUPERSEDE: LiteralString = """
update public.ai_insights_log set execution_status = 'superseded', superseded_by = %(by)s,
    decided_at = now(), decided_by = (select app.user_id())
where organization_id = (select app.organization_id()) and id = %(id)s and execution_status = 'suggested'
returning id
"""
# One press after the other, so that two at once ask for one inverse.
UNDO_ALONE: LiteralString = "select pg_advisory_xact_lock(hashtextextended(%(id)s::text, 1))"
UNDO_WAITS: LiteralString = """
select from public.ai_insights_log
where organization_id = (select app.organization_id()) and correlation_id = %(correlation_id)s
  and kind = 'suggestion' and execution_status = 'suggested' and deadline > now()
  and action_data ->> 'undoes' = %(id)s::text
"""
WAITING: LiteralString = (
    "select "
    + _COLUMNS
    + """ from public.ai_insights_log as entry
where entry.organization_id = (select app.organization_id()) and entry.execution_status = 'suggested'
  and entry.kind = 'suggestion' and entry.deadline > now()
order by entry.created_at desc limit 20
"""
)
EXPIRE: LiteralString = """
with expired as (
    update public.ai_insights_log set execution_status = 'expired'
    where execution_status = 'suggested' and deadline <= now()
    returning id, organization_id)
select id, app.enqueue('refresh_cards', 'cards/' || id,
    jsonb_build_object('organization_id', organization_id, 'suggestion_id', id)) as job
from expired
"""


async def insert(
    tx: Transaction,
    *,
    suggestion_id: UUID,
    user_id: UUID,
    proposal: Proposal,
    judged: Row,
    request: str | None,
    correlation_id: UUID,
    message_id: UUID | None,
    origin: Address | None,
    renewed: bool = False,
    undoes: UUID | None = None,
) -> None:
    """Queue the insert of a suggestion. ``judged`` holds ``risk``, ``shown_hash`` and ``deadline``."""
    values = {
        "id": suggestion_id,
        "user_id": user_id,
        "event_id": proposal.event_id,
        "action_type": proposal.action_type,
        "action_data": Jsonb(
            {"args": proposal.args, "request": request, "renewed": renewed, "undoes": str(undoes) if undoes else None}
        ),
        "correlation_id": correlation_id,
        "message_id": message_id,
        "origin": Jsonb(address_data(origin)) if origin else None,
        "conflicts": Jsonb([conflict.model_dump(mode="json") for conflict in proposal.conflicts]),
        "impact": Jsonb(proposal.impact.model_dump(mode="json")),
        "before": Jsonb(proposal.before) if proposal.before is not None else None,
        "effect": proposal.effect,
        "zone": proposal.zone,
        "facts_digest": proposal.facts_digest,
        "is_blocked": proposal.is_blocked,
        **judged,
    }
    await tx.execute(INSERT, values)


def address_data(address: Address) -> Row:
    """Return an address as JSON data."""
    return {
        "platform": address.platform,
        "workspace": address.workspace,
        "channel": address.channel,
        "thread": address.thread,
    }


async def claim(tx: Transaction, suggestion_id: UUID, *, approve: bool, decided_from: Row) -> Suggestion | None:
    """Decide a waiting suggestion as the caller; None when it cannot be decided (any more, or by this person).

    An approved one is marked as executed at once: the write is queued behind it in the same transaction, and where that
    fails neither has happened.
    """
    values = {
        "id": suggestion_id,
        "status": "executed" if approve else "rejected",
        "decided_from": Jsonb(decided_from),
    }
    row = await (await tx.execute(CLAIM, values)).fetchone()
    return suggestion_from_row(row) if row else None


async def acknowledge(tx: Transaction, suggestion_id: UUID) -> bool:
    """Note that the caller has read the consequences; False when they had before, or it waits for nobody any more."""
    return await (await tx.execute(ACKNOWLEDGE, {"id": suggestion_id})).fetchone() is not None


async def withdraw(tx: Transaction, suggestion_id: UUID) -> bool:
    """Take the caller's acknowledgement back; False when there was none."""
    return await (await tx.execute(WITHDRAW, {"id": suggestion_id})).fetchone() is not None


async def mark_failed(tx: Transaction, suggestion_id: UUID, error: str) -> None:
    """Mark that the write could not run; ``error`` is an id or a code, never a text from the database."""
    await tx.execute(FAILED, {"id": suggestion_id, "error": error})


async def supersede(tx: Transaction, suggestion_id: UUID, by: UUID) -> bool:
    """Replace a waiting suggestion by another; False when somebody decided it in the meantime."""
    return await (await tx.execute(SUPERSEDE, {"id": suggestion_id, "by": by})).fetchone() is not None


async def find(tx: Transaction, suggestion_id: UUID) -> Suggestion | None:
    """Return a suggestion of the caller's organisation."""
    row = await (await tx.execute(SELECT_MINE, {"id": suggestion_id})).fetchone()
    return suggestion_from_row(row) if row else None


async def find_for_delivery(tx: Transaction, organization_id: UUID, suggestion_id: UUID) -> Suggestion | None:
    """Return a suggestion for the system role, which renders and delivers its cards."""
    values = {"organization_id": organization_id, "id": suggestion_id}
    row = await (await tx.execute(SELECT, values)).fetchone()
    return suggestion_from_row(row) if row else None


async def waiting(tx: Transaction) -> list[Suggestion]:
    """Return what waits for a decision, newest first, at most 20."""
    return [suggestion_from_row(row) for row in await (await tx.execute(WAITING)).fetchall()]


async def undo_waits(tx: Transaction, undone: Suggestion) -> bool:
    """Whether the inverse of a suggestion waits for a decision; a second press at the same moment waits here."""
    values = {"id": undone.id, "correlation_id": undone.correlation_id}
    await tx.execute(UNDO_ALONE, values)
    return await (await tx.execute(UNDO_WAITS, values)).fetchone() is not None


async def expire(tx: Transaction) -> int:
    """Expire what has run out, in all organisations, and queue the refresh of its cards; system role only."""
    return len(await (await tx.execute(EXPIRE)).fetchall())
