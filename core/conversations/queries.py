"""Conversations and their messages in SQL, as the person whose they are."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from psycopg.types.json import Jsonb

from core.conversations.runs.models import Run
from core.db import Question
from core.kernel.messages import Address
from core.kernel.tools import Transaction

Row = dict[str, Any]

LATEST_TURNS = 12
"""Turns of history that the model sees; older ones stay in the table."""
_LATEST_ABOVE = 100
"""Turns among which the answer is looked for under which somebody writes."""

OPEN: LiteralString = """
with conversation as (
    insert into public.conversations (organization_id, user_id, platform, workspace, channel, thread)
    values ((select app.organization_id()), (select app.user_id()),
        %(platform)s, %(workspace)s, %(channel)s, %(thread)s)
    on conflict (organization_id, user_id, platform, workspace, channel, thread)
        do update set last_message_at = now()
    returning id, organization_id, user_id, open_tools),
message as (
    insert into public.messages (organization_id, conversation_id, user_id, role, text, inbound_event_id)
    select organization_id, id, user_id, 'user', %(text)s, %(event_id)s from conversation
    on conflict (organization_id, conversation_id, inbound_event_id, role) where inbound_event_id is not null do nothing
    returning id),
opened as (
    select conversation.organization_id, conversation.user_id, conversation.open_tools,
           conversation.id as conversation_id,
           coalesce(
               (select id from message),
               (select id from public.messages as kept
                where kept.organization_id = conversation.organization_id and kept.conversation_id = conversation.id
                  and kept.inbound_event_id = %(event_id)s and kept.role = 'user')) as message_id,
           exists (
               select from public.messages as answer
               where answer.organization_id = conversation.organization_id and answer.conversation_id = conversation.id
                 and answer.inbound_event_id = %(event_id)s and answer.role = 'assistant') as is_answered
    from conversation),
-- Nothing is begun on a day that has cost enough.
pause as materialized (select case when %(run_id)s::uuid is not null then app.paused_until() end as until),
-- The run's row is committed with the message, before the model is asked: no trip of its own.
run as (
    insert into public.ai_runs (organization_id, id, user_id, conversation_id, input_data, provider, model_name)
    select organization_id, %(run_id)s::uuid, user_id, conversation_id,
           jsonb_build_object('message_id', message_id, 'characters', length(%(text)s)), %(provider)s, %(model)s
    from opened, pause where %(run_id)s::uuid is not null and not is_answered and pause.until is null
    -- The answer to it was lost with its connection, and it is asked again.
    on conflict (organization_id, id) do nothing)
select conversation_id, message_id, is_answered, open_tools, pause.until as paused_until from opened, pause
"""
# By its place, not its id: what is asked of a conversation travels with what opens it.
_HERE: LiteralString = """(
    select id from public.conversations
    where organization_id = (select app.organization_id()) and user_id = (select app.user_id())
      and platform = %(platform)s and workspace = %(workspace)s and channel = %(channel)s and thread = %(thread)s)
"""
HISTORY: LiteralString = (
    """
select contents from (
    select contents, created_at, id from public.messages
    where organization_id = (select app.organization_id()) and conversation_id = """
    + _HERE
    + """
      and role = 'assistant' and contents is not null
    order by created_at desc, id desc limit %(turns)s) as latest
order by created_at, id
"""
)
SAID_LAST: LiteralString = """
select answer.text, answer.contents, answer.created_at as answered_at, asked.created_at as asked_at
from public.conversations as talk
join public.messages as answer
    on answer.organization_id = talk.organization_id and answer.conversation_id = talk.id and answer.role = 'assistant'
join public.messages as asked
    on asked.organization_id = answer.organization_id and asked.conversation_id = answer.conversation_id
   and asked.inbound_event_id = answer.inbound_event_id and asked.role = 'user'
where talk.organization_id = (select app.organization_id()) and talk.user_id = (select app.user_id())
  and talk.platform = %(platform)s and talk.workspace = %(workspace)s and talk.channel = %(channel)s
  and talk.thread = %(thread)s
order by answer.created_at desc, answer.id desc limit %(turns)s
"""
ANSWER: LiteralString = """
insert into public.messages (
    organization_id, conversation_id, user_id, role, text, contents, inbound_event_id)
values ((select app.organization_id()), %(conversation_id)s, (select app.user_id()), 'assistant', %(text)s,
    %(contents)s, %(event_id)s)
"""
KEEP_OPEN: LiteralString = """
update public.conversations set open_tools = %(open_tools)s
where organization_id = (select app.organization_id()) and id = %(id)s
"""


@dataclass(frozen=True, slots=True)
class Opened:
    """A message that was kept: which conversation, which row, and whether it was answered before a crash."""

    conversation_id: UUID
    message_id: UUID
    is_answered: bool
    open_tools: list[Any]
    """The subjects whose writes the model is told of, and when each was used last."""
    paused_until: datetime | None = None
    """When the model is asked again, whose ceiling of cost is reached; no run was begun."""


@dataclass(frozen=True, slots=True)
class Said:
    """An answer of the assistant as it was kept."""

    text: str
    contents: list[Row]
    answered_at: datetime
    asked_at: datetime
    """When the message came that it answers."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the assistant said. ``contents`` is the turn as the model saw it, verbatim."""

    text: str
    contents: list[Row] | None = None


def _place(address: Address) -> Row:
    """Return the parameters that say where a conversation of the caller is."""
    return {
        "platform": address.platform,
        "workspace": address.workspace,
        "channel": address.channel,
        "thread": address.thread or "",
    }


def asked_to_open(address: Address, text: str, event_id: str, run: Run | None = None) -> Question:
    """Ask to keep what the person said; saying it again (the same delivery) keeps nothing new.

    ``run``: what is about to be asked of the model for it, begun in the same statement unless it was answered.
    """
    return OPEN, {
        **_place(address),
        "text": text,
        "event_id": event_id,
        "run_id": run.id if run else None,
        "provider": run.provider if run else None,
        "model": run.model if run else None,
    }


def opened(rows: list[Row]) -> Opened:
    """Read what ``OPEN`` returns: one row, always."""
    [row] = rows
    return Opened(row["conversation_id"], row["message_id"], row["is_answered"], row["open_tools"], row["paused_until"])


def asked_history(address: Address) -> Question:
    """Ask for the ``contents`` of the latest turns, oldest first, each whole: a call is never without its response."""
    return HISTORY, {**_place(address), "turns": LATEST_TURNS}


async def said_last(tx: Transaction, address: Address, turns: int = _LATEST_ABOVE) -> list[Said]:
    """Return what the caller was answered last at an address, the newest first."""
    rows = await (await tx.execute(SAID_LAST, {**_place(address), "turns": turns})).fetchall()
    return [Said(row["text"], row["contents"] or [], row["answered_at"], row["asked_at"]) for row in rows]


async def keep_answer(tx: Transaction, conversation_id: UUID, event_id: str, answer: Answer) -> None:
    """Queue the insert of the assistant's answer."""
    values = {
        "conversation_id": conversation_id,
        "event_id": event_id,
        "text": answer.text,
        "contents": Jsonb(answer.contents) if answer.contents else None,
    }
    await tx.execute(ANSWER, values)


async def keep_open_tools(tx: Transaction, conversation_id: UUID, open_tools: list[list[Any]]) -> None:
    """Queue the note of what is open in a conversation."""
    await tx.execute(KEEP_OPEN, {"id": conversation_id, "open_tools": Jsonb(open_tools)})
