"""Suggestions in SQL: the row is there before the card is, and one conditional UPDATE decides."""

from datetime import timedelta
from typing import Any, LiteralString
from uuid import UUID

from psycopg.types.json import Jsonb

from core.actions.bundles.models import as_line
from core.actions.drafts import Draft
from core.actions.suggestion import Suggestion, suggestion_from_row
from core.db import Question
from core.kernel.messages import Address
from core.kernel.proposals import Proposal
from core.kernel.tools import Transaction

Row = dict[str, Any]

INSERT: LiteralString = """
insert into public.ai_insights_log (
    id, organization_id, kind, user_id, event_id, action_type, action_data, execution_status, correlation_id,
    message_id, origin, conflicts, impact, before_state, effect, zone, facts_digest, shown_hash, risk, is_blocked,
    deadline, policy, alternatives, edited_from)
values (
    %(id)s, (select app.organization_id()), 'suggestion', %(user_id)s, %(event_id)s, %(action_type)s,
    %(action_data)s::jsonb || coalesce((
        select jsonb_build_object('event', event.name) from public.events as event
        where event.organization_id = (select app.organization_id()) and event.id = %(event_id)s
          and exists (select from public.events as other
                      where other.organization_id = event.organization_id and other.id <> event.id)), '{}'),
    'suggested', %(correlation_id)s, %(message_id)s, %(origin)s, %(conflicts)s, %(impact)s, %(before)s, %(effect)s,
    %(zone)s, %(facts_digest)s, %(shown_hash)s, %(risk)s, %(is_blocked)s, %(deadline)s, %(policy)s, %(alternatives)s,
    %(edited_from)s)
"""
COLUMNS: LiteralString = """
    entry.*,
    (select full_name from public.user_profiles where organization_id = entry.organization_id and id = entry.user_id)
        as asker_name,
    (select full_name from public.user_profiles where organization_id = entry.organization_id and id = entry.decided_by)
        as decider_name,
    (select array_agg(reader.full_name order by noted.acknowledged_at, reader.full_name)
     from public.acknowledgements as noted
     join public.user_profiles as reader on reader.organization_id = noted.organization_id and reader.id = noted.user_id
     where noted.organization_id = entry.organization_id and noted.suggestion_id = entry.id
       and noted.shown_hash = entry.shown_hash and noted.withdrawn_at is null) as acknowledged_by,
    (select coalesce(max(noted.acknowledged_at) filter (where noted.withdrawn_at is null)
                     > coalesce(max(noted.withdrawn_at), '-infinity'), false)
     from public.acknowledgements as noted
     where noted.organization_id = entry.organization_id and noted.suggestion_id = entry.id
       and noted.shown_hash = entry.shown_hash) as is_ticked,
    (select array_agg(voter.full_name order by vote.approved_at, voter.full_name)
     from public.approvals as vote
     join public.user_profiles as voter on voter.organization_id = vote.organization_id and voter.id = vote.user_id
     where vote.organization_id = entry.organization_id and vote.suggestion_id = entry.id
       and vote.shown_hash = entry.shown_hash) as approved_by_names
"""
SELECT: LiteralString = (
    "select " + COLUMNS + " from public.ai_insights_log as entry "
    "where entry.organization_id = %(organization_id)s and entry.id = %(id)s and entry.kind = 'suggestion'"
)
ON_COPY: LiteralString = (
    "select "
    + COLUMNS
    + """, exists (
    select from public.ai_insights_log as undo
    where undo.organization_id = entry.organization_id and undo.correlation_id = entry.correlation_id
      and undo.kind = 'suggestion' and undo.execution_status = 'executed'
      and undo.action_data ->> 'undoes' = entry.id::text) as has_undo
from public.card_copies as copy
join public.ai_insights_log as entry
    on entry.organization_id = copy.organization_id and entry.id = copy.suggestion_id and entry.kind = 'suggestion'
where copy.organization_id = coalesce(%(organization_id)s::uuid, (
        select theirs.organization_id from public.card_copies as theirs where theirs.id = %(id)s))
  and copy.id = %(id)s
"""
)
"""The suggestion that a copy of a card shows, and whether anything may have taken back what it did."""
SELECT_ALL: LiteralString = (
    "select " + COLUMNS + " from public.ai_insights_log as entry "
    "where entry.organization_id = %(organization_id)s and entry.id = any(%(ids)s) and entry.kind = 'suggestion'"
)
SELECT_MINE: LiteralString = (
    "select " + COLUMNS + " from public.ai_insights_log as entry "
    "where entry.organization_id = (select app.organization_id()) and entry.id = %(id)s and entry.kind = 'suggestion'"
)
# What runs is checked and executed, not shown: nobody needs the names here.
CLAIM: LiteralString = """
select entry.*, '' as asker_name, null as decider_name,
    (select locale from public.user_profiles where organization_id = entry.organization_id and id = entry.user_id)
        as asker_locale,
    exists (select from public.ai_insights_log as other
            where other.organization_id = entry.organization_id and other.event_id = entry.event_id
              and other.id <> entry.id and other.execution_status = 'suggested') as has_company,
    exists (select from public.acknowledgements as noted
            where noted.organization_id = entry.organization_id and noted.suggestion_id = entry.id
              and noted.user_id = (select app.user_id()) and noted.shown_hash = entry.shown_hash
              and noted.withdrawn_at is null) as has_acknowledged
from public.ai_insights_log as entry
where entry.organization_id = (select app.organization_id()) and entry.id = %(id)s and entry.kind = 'suggestion'
  and entry.execution_status = 'suggested' and entry.deadline > now() and (not %(approve)s or not entry.is_blocked)
for no key update of entry
"""
DECIDE: LiteralString = """
with decided as (
    update public.ai_insights_log as entry set
        execution_status = %(status)s, decided_at = now(), decided_by = (select app.user_id()),
        approved_at = case when %(status)s = 'executed' then now() end,
        approved_by = case when %(status)s = 'executed' then (select app.user_id()) end,
        executed_at = case when %(status)s = 'executed' then clock_timestamp() end,
        decided_from = %(decided_from)s
    where organization_id = (select app.organization_id()) and id = %(id)s and execution_status = 'suggested'
    returning 1)
select app.assert_one((select count(*) from decided))
"""
ACKNOWLEDGE: LiteralString = """
insert into public.acknowledgements (organization_id, suggestion_id, user_id, shown_hash)
select entry.organization_id, entry.id, (select app.user_id()), entry.shown_hash
from public.ai_insights_log as entry
where entry.organization_id = (select app.organization_id()) and entry.id = %(id)s and entry.kind = 'suggestion'
  and entry.execution_status = 'suggested' and entry.deadline > now() and not entry.is_blocked
on conflict (organization_id, suggestion_id, user_id) do update
    set withdrawn_at = null, acknowledged_at = clock_timestamp(), shown_hash = excluded.shown_hash
    where %(again)s and acknowledgements.withdrawn_at is not null
returning 1
"""
# It stays on record: the same press once more does not make it the first time again.
WITHDRAW: LiteralString = """
update public.acknowledgements set withdrawn_at = clock_timestamp()
where organization_id = (select app.organization_id()) and suggestion_id = %(id)s and user_id = (select app.user_id())
  and withdrawn_at is null
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
  and deadline > now()
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
# The last one: an undo can be undone, and then asked for again.
UNDONE_BY: LiteralString = """
select id from public.ai_insights_log
where organization_id = %(organization_id)s and correlation_id = %(correlation_id)s
  and kind = 'suggestion' and execution_status = 'executed' and action_data ->> 'undoes' = %(id)s::text
order by decided_at desc limit 1
"""
WAITING: LiteralString = (
    "select "
    + COLUMNS
    + """, count(*) over () as total from public.ai_insights_log as entry
where entry.organization_id = (select app.organization_id()) and entry.execution_status = 'suggested'
  and entry.kind = 'suggestion' and entry.deadline > now()
order by entry.created_at desc limit 20
"""
)
WAITING_OUTLINES: LiteralString = """
select id, title, action_type as action, asked_by, risk, is_blocked as blocked, deadline, count(*) over () as total
from app.suggestion_outlines(with_status => 'suggested') where deadline > now()
order by created_at desc limit 20
"""
# The id of a new row is drawn anew each time and tells nothing about what is wanted.
REJECTED_ALIKE: LiteralString = (
    "select "
    + COLUMNS
    + """ from public.ai_insights_log as entry
where entry.organization_id = (select app.organization_id()) and entry.kind = 'suggestion'
  and entry.execution_status = 'rejected' and entry.event_id is not distinct from %(event_id)s
  and entry.created_at > now() - %(remembered)s
  and (entry.action_type = %(action_type)s and (entry.action_data -> 'args') - %(drawn)s::text[] = %(args)s
       -- Or as one of the lines that were rejected together.
       or entry.action_data @> %(as_line)s)
order by entry.created_at desc limit 1
"""
)
EXPIRE: LiteralString = """
with expired as (
    update public.ai_insights_log as entry set execution_status = 'expired'
    -- Whoever decides it at this very moment was in time.
    from (select id from public.ai_insights_log where execution_status = 'suggested' and deadline <= now()
          order by id for no key update skip locked) as late
    where entry.id = late.id
    returning entry.id, entry.organization_id)
select id, organization_id, app.enqueue('refresh_cards', 'cards/' || id,
    jsonb_build_object('organization_id', organization_id, 'suggestion_id', id)) as job
from expired
"""


async def insert(tx: Transaction, draft: Draft, judged: Row) -> None:
    """Queue the insert of a suggestion. ``judged`` holds ``risk``, ``shown_hash`` and ``deadline``."""
    weighed, asked = draft.weighed, draft.asked
    proposal = weighed.proposal
    values = {
        "id": draft.id,
        "user_id": asked.user_id,
        "event_id": proposal.event_id,
        "action_type": proposal.action_type,
        "action_data": Jsonb(draft.action_data()),
        "correlation_id": asked.correlation_id,
        "message_id": asked.message_id,
        "origin": Jsonb(address_data(asked.origin)) if asked.origin else None,
        "conflicts": Jsonb([conflict.model_dump(mode="json") for conflict in proposal.conflicts]),
        "impact": Jsonb(proposal.impact.model_dump(mode="json")),
        "before": Jsonb(proposal.before) if proposal.before is not None else None,
        "effect": proposal.effect,
        "zone": proposal.zone,
        "facts_digest": proposal.facts_digest,
        "is_blocked": proposal.is_blocked,
        "policy": Jsonb(weighed.policy) if weighed.policy is not None else None,
        "alternatives": Jsonb(list(weighed.alternatives)),
        "edited_from": draft.edited_from,
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


async def claim(tx: Transaction, suggestion_id: UUID, *, approve: bool) -> Suggestion | None:
    """Lock a waiting suggestion for the caller's decision until the transaction ends.

    None when it cannot be decided (any more, or by this person): of two who press at once, the second one waits here.
    """
    row = await (await tx.execute(CLAIM, {"id": suggestion_id, "approve": approve})).fetchone()
    return suggestion_from_row(row) if row else None


async def decide(tx: Transaction, suggestion_id: UUID, *, approve: bool, decided_from: Row) -> None:
    """Queue the decision about a claimed suggestion as the caller; the database judges it once more.

    An approved one is marked as executed at once: the write is queued behind it in the same transaction, and where that
    fails, or is left out, neither has happened.
    """
    values = {
        "id": suggestion_id,
        "status": "executed" if approve else "rejected",
        "decided_from": Jsonb(decided_from),
    }
    await tx.execute(DECIDE, values)


async def acknowledge(tx: Transaction, suggestion_id: UUID, *, again: bool = True) -> bool:
    """Note that the caller has read the consequences; False when they had before, or it waits for nobody any more.

    ``again``: also where they had taken it back.
    """
    return await (await tx.execute(ACKNOWLEDGE, {"id": suggestion_id, "again": again})).fetchone() is not None


async def withdraw(tx: Transaction, suggestion_id: UUID) -> bool:
    """Take the caller's acknowledgement back; False when there was none."""
    return await (await tx.execute(WITHDRAW, {"id": suggestion_id})).fetchone() is not None


async def mark_failed(tx: Transaction, suggestion_id: UUID, error: str) -> None:
    """Mark that the write could not run; ``error`` is an id or a code, never a text from the database."""
    await tx.execute(FAILED, {"id": suggestion_id, "error": error})


async def supersede(tx: Transaction, suggestion_id: UUID, by: UUID) -> bool:
    """Replace a waiting suggestion by another; False when somebody decided it in the meantime, or it has run out."""
    return await (await tx.execute(SUPERSEDE, {"id": suggestion_id, "by": by})).fetchone() is not None


async def find(tx: Transaction, suggestion_id: UUID) -> Suggestion | None:
    """Return a suggestion of the caller's organisation."""
    row = await (await tx.execute(SELECT_MINE, {"id": suggestion_id})).fetchone()
    return suggestion_from_row(row) if row else None


def asked_for_delivery(organization_id: UUID, suggestion_id: UUID) -> Question:
    """Ask for a suggestion as the system role, which renders and delivers its cards."""
    return SELECT, {"organization_id": organization_id, "id": suggestion_id}


async def find_for_delivery(tx: Transaction, organization_id: UUID, suggestion_id: UUID) -> Suggestion | None:
    """Return it."""
    row = await (await tx.execute(*asked_for_delivery(organization_id, suggestion_id))).fetchone()
    return suggestion_from_row(row) if row else None


async def find_all_for_delivery(tx: Transaction, organization_id: UUID, ids: list[UUID]) -> list[Suggestion]:
    """Return these suggestions for the system role, in one statement."""
    rows = await (await tx.execute(SELECT_ALL, {"organization_id": organization_id, "ids": ids})).fetchall()
    return [suggestion_from_row(row) for row in rows]


async def taken_back_by(tx: Transaction, done: Suggestion) -> Suggestion | None:
    """Return the undo of a suggestion that was done and was not itself taken back; None while it holds itself."""
    values = {"organization_id": done.organization_id, "correlation_id": done.request.correlation_id, "id": done.id}
    row = await (await tx.execute(UNDONE_BY, values)).fetchone()
    undo = await find_for_delivery(tx, done.organization_id, row["id"]) if row else None
    return None if undo is None or await taken_back_by(tx, undo) else undo


async def waiting(tx: Transaction) -> tuple[list[Suggestion], int]:
    """Return what waits for a decision, newest first, at most 20, and how many wait in all."""
    rows = await (await tx.execute(WAITING)).fetchall()
    return [suggestion_from_row(row) for row in rows], rows[0]["total"] if rows else 0


async def waiting_outlines(tx: Transaction) -> tuple[list[Row], int]:
    """Return the same for who reads no notes: ``id``, ``title``, ``action``, ``asked_by``, risk, block and deadline."""
    rows = await (await tx.execute(WAITING_OUTLINES)).fetchall()
    total = rows[0]["total"] if rows else 0
    return [{name: value for name, value in row.items() if name != "total"} for row in rows], total


def asked_rejected_alike(proposal: Proposal, essence: Row, remembered: timedelta) -> Question:
    """Ask for the latest suggestion of the very same action that was rejected within this time.

    ``essence``: its arguments without what is drawn anew each time.
    """
    return REJECTED_ALIKE, {
        "event_id": proposal.event_id,
        "remembered": remembered,
        "action_type": proposal.action_type,
        "args": Jsonb(essence),
        "as_line": Jsonb(as_line(proposal.action_type, essence)),
        "drawn": sorted(proposal.args.keys() - essence.keys()),
    }


async def undo_waits(tx: Transaction, undone: Suggestion) -> bool:
    """Whether the inverse of a suggestion waits for a decision; a second press at the same moment waits here."""
    values = {"id": undone.id, "correlation_id": undone.request.correlation_id}
    await tx.execute(UNDO_ALONE, values)
    return await (await tx.execute(UNDO_WAITS, values)).fetchone() is not None


async def expire(tx: Transaction) -> list[tuple[UUID, UUID]]:
    """Expire what has run out, and queue the refresh of its cards; system role only.

    Return organisation and suggestion of each.
    """
    return [(row["organization_id"], row["id"]) for row in await (await tx.execute(EXPIRE)).fetchall()]
