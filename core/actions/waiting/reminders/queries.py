"""Reminders in SQL, for the system role: one row per suggestion that waits, locked by the worker that is at it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from core.actions.waiting.pace import Tick
from core.kernel.messages import Address
from core.kernel.principal import Locale, Role
from core.kernel.tools import Transaction

Row = dict[str, Any]

# What is blocked nobody can approve: whoever asked has been told, and nobody is waited for.
UNPLANNED: LiteralString = """
select entry.organization_id, entry.id as suggestion_id, entry.suggested_at, entry.deadline
from public.ai_insights_log as entry
where entry.kind = 'suggestion' and entry.execution_status = 'suggested' and entry.deadline > now()
  and not entry.is_blocked
  and not exists (select from public.suggestion_reminders as known
                  where known.organization_id = entry.organization_id and known.suggestion_id = entry.id)
order by entry.deadline limit 500
"""
PLAN: LiteralString = """
insert into public.suggestion_reminders (organization_id, suggestion_id, next_at)
values (%(organization_id)s, %(suggestion_id)s, %(next_at)s)
on conflict (organization_id, suggestion_id) do nothing
"""
DUE: LiteralString = """
select plan.organization_id, plan.suggestion_id, plan.sent, plan.escalated_at is not null as escalated,
    entry.suggested_at, entry.deadline, entry.execution_status = 'suggested' as waits, now() as now
from public.suggestion_reminders as plan
join public.ai_insights_log as entry
  on entry.organization_id = plan.organization_id and entry.id = plan.suggestion_id
where plan.next_at <= now()
order by plan.next_at, plan.suggestion_id limit %(most)s
for update of plan skip locked
"""
DONE: LiteralString = """
update public.suggestion_reminders set sent = %(sent)s, next_at = %(next_at)s,
    escalated_at = case when %(escalates)s then now() else escalated_at end
where organization_id = %(organization_id)s and suggestion_id = %(suggestion_id)s
"""
DECIDERS: LiteralString = """
select person.id, person.full_name as name, person.role, person.locale, link.platform, link.workspace,
    link.platform_user
from public.user_profiles as person
left join public.chat_identities as link
  on link.organization_id = person.organization_id and link.user_id = person.id and link.revoked_at is null
where person.organization_id = %(organization_id)s and person.is_active and person.kind = 'person'
  and person.role in ('owner', 'manager')
order by person.full_name, person.id, link.platform, link.workspace, link.platform_user
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A suggestion whose reminder, or escalation, is due by the database's clock."""

    organization_id: UUID
    suggestion_id: UUID
    sent: int
    escalated: bool
    suggested_at: datetime
    deadline: datetime
    waits: bool
    """False where it was decided since."""
    now: datetime


@dataclass(frozen=True, slots=True)
class Decider:
    """Somebody who may decide things, and where they can be addressed directly."""

    id: UUID
    name: str
    role: Role
    locale: Locale
    chats: tuple[Address, ...]


async def unplanned(tx: Transaction) -> list[Row]:
    """Return the suggestions that wait and have no reminders planned, at most 500, the most urgent first."""
    return await (await tx.execute(UNPLANNED)).fetchall()


async def plan(tx: Transaction, organization_id: UUID, suggestion_id: UUID, next_at: datetime | None) -> None:
    """Queue the plan for a suggestion; of two workers that plan at once, one does."""
    await tx.execute(PLAN, {"organization_id": organization_id, "suggestion_id": suggestion_id, "next_at": next_at})


async def due(tx: Transaction, most: int) -> list[Due]:
    """Lock what is due, and return it; what another worker is at is left out."""
    return [Due(**row) for row in await (await tx.execute(DUE, {"most": most})).fetchall()]


async def done(tx: Transaction, of: Due, tick: Tick) -> None:
    """Queue the note of what was done, and of when to look again."""
    values = {
        "organization_id": of.organization_id,
        "suggestion_id": of.suggestion_id,
        "sent": tick.sent,
        "next_at": tick.next_at,
        "escalates": tick.escalates,
    }
    await tx.execute(DONE, values)


async def deciders(tx: Transaction, organization_id: UUID) -> list[Decider]:
    """Return the active owners and managers with the chats in which each can be addressed directly.

    A person's id is their private chat with the bot: Telegram's chat id is the user's, and Slack opens the
    conversation by itself (https://docs.slack.dev/reference/methods/chat.postMessage).
    """
    found: dict[UUID, Decider] = {}
    for row in await (await tx.execute(DECIDERS, {"organization_id": organization_id})).fetchall():
        known = found.get(row["id"])
        chats = known.chats if known else ()
        if row["platform"] is not None:
            chats = (*chats, Address(row["platform"], row["workspace"], row["platform_user"]))
        found[row["id"]] = Decider(row["id"], row["name"], row["role"], row["locale"], chats)
    return list(found.values())
