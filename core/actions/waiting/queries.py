"""Waiting suggestions in SQL: which get in whose way, and what a conversation has not heard of yet."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, LiteralString
from uuid import UUID

from psycopg.types.json import Jsonb

from core.actions.waiting.competing import Thing
from core.db import Question, ask_together
from core.kernel.claims import Claim, Claims
from core.kernel.messages import Address
from core.kernel.tools import Action, Transaction

Row = dict[str, Any]

_MOST_WAITING = 2000
"""Waiting suggestions of one event that are compared; nobody decides among more."""

# Before anything is claimed: of two rivals approved at one moment the second waits here, and then finds itself lost.
ONE_AT_A_TIME: LiteralString = """
select pg_advisory_xact_lock(hashtextextended(entry.event_id::text, 2)) from public.ai_insights_log as entry
where entry.organization_id = (select app.organization_id()) and entry.id = %(id)s and entry.event_id is not null
  and entry.execution_status = 'suggested'
  and (entry.action_data -> 'claims' @> '[{"is_exclusive": true}]'
       -- From before claims were kept.
       or not entry.action_data ? 'claims')
"""
# What claims nothing for itself is left out, and with "things" what has nothing to do with them.
CLAIMING: LiteralString = """
select entry.id, entry.action_data -> 'claims' as claims from public.ai_insights_log as entry
where entry.organization_id = %(organization_id)s and entry.event_id = %(event_id)s
  and entry.kind = 'suggestion' and entry.execution_status = 'suggested' and entry.deadline > now()
  and entry.action_data -> 'claims' @> '[{"is_exclusive": true}]'
  and (%(things)s::jsonb is null or exists (
      select from jsonb_array_elements(%(things)s::jsonb) as thing
      where entry.action_data -> 'claims' @> jsonb_build_array(thing)))
order by entry.created_at, entry.id limit %(most)s
"""
FREE: LiteralString = """
select 'room' as kind, app.shared_rooms(%(organization_id)s, %(event_id)s) as id
"""
NAMED: LiteralString = """
select entry.id, entry.user_id, entry.action_type, entry.action_data -> 'args' as args, entry.before_state as before,
    entry.zone, entry.facts_digest, entry.origin, entry.action_data ->> 'undoes' as undoes,
    (select full_name from public.user_profiles where organization_id = entry.organization_id and id = entry.user_id)
        as asker_name
from public.ai_insights_log as entry
where entry.organization_id = %(organization_id)s and entry.id = any(%(ids)s)
order by entry.created_at, entry.id
"""
REPLACED: LiteralString = """
select action_data -> 'claims' as claims from public.ai_insights_log
where organization_id = %(organization_id)s and correlation_id = %(correlation_id)s and kind = 'suggestion'
  and superseded_by = %(id)s and action_data ? 'claims'
"""
LOSE: LiteralString = """
with lost as (
    select id from public.ai_insights_log
    where organization_id = (select app.organization_id()) and id = any(%(ids)s) and execution_status = 'suggested'
    order by id for no key update)
update public.ai_insights_log as entry set execution_status = 'superseded', lost_to = %(to)s,
    decided_at = now(), decided_by = (select app.user_id())
from lost where entry.organization_id = (select app.organization_id()) and entry.id = lost.id
returning entry.id
"""
# Step by step by key, whatever is known of the tables. Without "offset 0" a database that was never analysed may join
# the organisation's suggestions with each other first; what is asked of the kind stands outside, because with it the
# planner of such a database takes every partial index for as good as the right one.
UNHEARD: LiteralString = """
with talk as materialized (
    select id from public.conversations
    where organization_id = (select app.organization_id()) and user_id = (select app.user_id())
      and platform = %(platform)s and workspace = %(workspace)s and channel = %(channel)s and thread = %(thread)s),
answered as (
    select created_at from public.messages
    where organization_id = (select app.organization_id()) and conversation_id = (select id from talk)
      and role = 'assistant'
    order by created_at desc, id desc limit 1),
asked as (
    select id from public.messages
    where organization_id = (select app.organization_id()) and conversation_id = (select id from talk) and role = 'user'
    order by created_at desc, id desc limit 50),
story as (
    select distinct root.correlation_id from asked
    cross join lateral (
        select correlation_id, kind from public.ai_insights_log
        where organization_id = (select app.organization_id()) and message_id = asked.id
        offset 0) as root
    where root.kind = 'suggestion')
select jsonb_build_object(
        'id', entry.id, 'user_id', entry.user_id, 'asker_name', '', 'action_type', entry.action_type,
        'args', entry.action_data -> 'args', 'before', entry.before_state, 'zone', entry.zone,
        'facts_digest', entry.facts_digest, 'origin', entry.origin, 'undoes', entry.action_data ->> 'undoes') as waited,
    entry.execution_status as status, entry.decided_from ->> 'reason' as reason,
    (select full_name from public.user_profiles where organization_id = entry.organization_id and id = entry.decided_by)
        as name
from answered
cross join story
cross join lateral (
    select * from public.ai_insights_log
    where organization_id = (select app.organization_id()) and correlation_id = story.correlation_id
    offset 0) as entry
cross join lateral (
    select at from public.ai_insights_history
    where organization_id = (select app.organization_id()) and entry_id = entry.id
      and to_status = entry.execution_status and at > answered.created_at
    offset 0) as step
where entry.kind = 'suggestion' and entry.execution_status <> 'suggested'
  -- Who is told of the newest version has heard of those that it replaced.
  and entry.superseded_by is null
order by step.at desc, entry.id limit %(most)s
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A waiting suggestion, as far as it can get in another's way."""

    id: UUID
    user_id: UUID
    asker_name: str
    origin: Row | None
    action: Action

    @classmethod
    def of(cls, row: Row) -> "Waiting":
        """Read a row of ``WAITING`` or what stands under ``waited`` in one of ``UNHEARD``."""
        action = Action(
            suggestion_id=row["id"],
            action_type=row["action_type"],
            args=row["args"],
            before=row["before"],
            zone=row["zone"],
            facts_digest=row["facts_digest"],
            is_undo=row["undoes"] is not None,
        )
        return cls(row["id"], row["user_id"], row["asker_name"], row["origin"], action)


@dataclass(frozen=True, slots=True)
class Unheard:
    """What became of a suggestion since its conversation was answered last."""

    waited: Waiting
    status: str
    name: str | None
    """Who decided; None where nobody did."""
    reason: str | None
    """Why it was rejected: a code, or somebody's own words."""


async def one_at_a_time(tx: Transaction, suggestion_id: UUID) -> None:
    """Queue the wait for whoever approves something else of the same event at this moment."""
    await tx.execute(ONE_AT_A_TIME, {"id": suggestion_id})


def asked_claiming(
    organization_id: UUID, event_id: UUID, things: Collection[Thing] | None = None
) -> tuple[Question, Question]:
    """Ask what waits in an event and what each claims, oldest first, and which things several may have at once.

    ``things``: only those that claim one of these.
    """
    values = {
        "organization_id": organization_id,
        "event_id": event_id,
        "things": None if things is None else Jsonb([{"kind": kind, "id": ident} for kind, ident in sorted(things)]),
        "most": _MOST_WAITING,
    }
    return (CLAIMING, values), (FREE, values)


def claiming_from(found: list[Row], free: list[Row]) -> tuple[dict[UUID, Claims], frozenset[Thing]]:
    """Read what the two return."""
    waiting = {row["id"]: _claims(row["claims"]) for row in found}
    return waiting, frozenset((row["kind"], row["id"]) for row in free)


async def claiming(
    tx: Transaction, organization_id: UUID, event_id: UUID, things: Collection[Thing] | None = None
) -> tuple[dict[UUID, Claims], frozenset[Thing]]:
    """Return what ``asked_claiming`` asks for."""
    found, free = await ask_together(tx, *asked_claiming(organization_id, event_id, things))
    return claiming_from(found, free)


def asked_waiting(organization_id: UUID, ids: Sequence[UUID]) -> Question:
    """Ask for these suggestions, oldest first."""
    return NAMED, {"organization_id": organization_id, "ids": list(ids)}


async def waiting(tx: Transaction, organization_id: UUID, ids: Sequence[UUID]) -> list[Waiting]:
    """Return these suggestions, oldest first."""
    return [Waiting.of(row) for row in await (await tx.execute(*asked_waiting(organization_id, ids))).fetchall()]


async def replaced_by(tx: Transaction, organization_id: UUID, correlation_id: UUID, suggestion_id: UUID) -> Claims:
    """Return what those claimed that a suggestion stands in the place of."""
    values = {"organization_id": organization_id, "correlation_id": correlation_id, "id": suggestion_id}
    rows = await (await tx.execute(REPLACED, values)).fetchall()
    return tuple(claim for row in rows for claim in _claims(row["claims"]))


def _claims(rows: list[Row]) -> Claims:
    return tuple(Claim.model_validate(row) for row in rows)


async def lose(tx: Transaction, ids: list[UUID], to: UUID) -> frozenset[UUID]:
    """End these as the caller, because another was approved; return those that still waited."""
    rows = await (await tx.execute(LOSE, {"ids": ids, "to": to})).fetchall()
    return frozenset(row["id"] for row in rows)


def asked_unheard(address: Address, most: int) -> Question:
    """Ask what became of a conversation's suggestions since the assistant spoke last, newest first."""
    return UNHEARD, {
        "platform": address.platform,
        "workspace": address.workspace,
        "channel": address.channel,
        "thread": address.thread or "",
        "most": most,
    }


def unheard(rows: Sequence[Row]) -> list[Unheard]:
    """Read what ``UNHEARD`` returns."""
    return [Unheard(Waiting.of(row["waited"]), row["status"], row["name"], row["reason"]) for row in rows]
