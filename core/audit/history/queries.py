"""The chain of hashes from its first row to its head, and the story of one suggestion."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from core.audit.history.checkpoints import Checkpoint
from core.kernel.tools import ToolContext, Transaction

Row = dict[str, Any]

# One pass over each chain: a row is compared with the one before it, with its own hash and, where it is the last that
# tells of its entry, with the entry. What is broken stands at the first position at which the chain is not what it was.
# Where a checkpoint is given and still is in the chain, the walk begins behind it: with the rows that came since, and
# the earlier steps of the entries that they tell of. The rows are fetched in the order of the chain, organisation by
# organisation, so that a database that was never analysed reads no more than these either.
VERIFY: LiteralString = """
with organizations as (
    select organization.id, organization.name, kept.position is not null and not known.is_there as is_rewritten,
           case when known.goes_on then kept.position else 0 end as since,
           case when known.goes_on then kept.hash else repeat('0', 64) end as hash,
           -- What was being written while the chain was walked has a time from before.
           case when known.goes_on then kept.at - interval '1 hour' else '-infinity' end as since_time
    from public.organizations as organization
    left join app.ai_insights_heads as head on head.organization_id = organization.id
    left join jsonb_to_recordset(%(kept)s) as kept (
        organization_id uuid, started_at timestamptz, position bigint, hash text, at timestamptz, is_fresh boolean)
           -- A database that was set up anew begins another chain.
           on kept.organization_id = organization.id and kept.started_at = head.started_at
    cross join lateral (
        select exists (
            select from public.ai_insights_history as step
            where step.organization_id = kept.organization_id and step.position = kept.position
              and step.hash = kept.hash and app.history_hash(step) = kept.hash) as is_there) as found
    cross join lateral (select found.is_there, found.is_there and kept.is_fresh as goes_on) as known
    where %(organization)s::text is null or organization.name_key = app.name_key(%(organization)s)),
added as (
    select organization.id, organization.since, organization.hash as hash_since, step
    from organizations as organization
    cross join lateral (
        select step from public.ai_insights_history as step
        where step.organization_id = organization.id and step.position > organization.since
        order by step.position limit 9223372036854775807) as found),
steps as (
    select step, since, hash_since, true as is_added from added
    union all
    select earlier, 0, null, false
    from (select distinct id, since, (step).entry_id as entry_id from added where since > 0) as touched
    cross join lateral (
        select earlier from public.ai_insights_history as earlier
        where earlier.organization_id = touched.id and earlier.entry_id = touched.entry_id
          and earlier.position <= touched.since
        order by earlier.position limit 9223372036854775807) as found),
chain as (
    select step, is_added, (step).organization_id, (step).position, (step).entry_id, (step).hash, (step).what,
           (step).to_status,
           lag((step).position, 1, since) over in_chain as position_before,
           lag((step).hash, 1, hash_since) over in_chain as hash_before,
           lead((step).position) over of_entry is null as is_latest,
           -- What may never change is the same in every step of an entry, as long as it is told in the same form.
           lag((step).what -> 'form') over of_entry = (step).what -> 'form'
               and lag((step).what -> 'digest') over of_entry <> (step).what -> 'digest' as is_laundered
    from steps
    window in_chain as (partition by (step).organization_id, is_added order by (step).position),
           of_entry as (partition by (step).organization_id, (step).entry_id order by (step).position)),
judged as (
    select chain.organization_id, chain.position, chain.entry_id, chain.hash, chain.position_before,
           case when chain.position <> chain.position_before + 1 then 'row_missing'
                when app.history_hash(chain.step) <> chain.hash then 'row_changed'
                when (chain.step).previous_hash <> chain.hash_before then 'row_before_changed'
                when chain.is_laundered then 'entry_changed'
                when not chain.is_latest then null
                when entry.id is null then 'entry_missing'
                when entry.execution_status <> chain.to_status then 'entry_changed'
                when app.entry_facts(entry) - 'event_id' <> chain.what - 'event_id' then 'entry_changed'
                when entry.event_id is distinct from (chain.what ->> 'event_id')::uuid
                     -- An event that was deleted took itself from the entry.
                     and (entry.event_id is not null or exists (
                         select from public.events as event where event.organization_id = chain.organization_id
                           and event.id = (chain.what ->> 'event_id')::uuid)) then 'entry_changed'
           end as fault
    from chain
    left join public.ai_insights_log as entry
           on entry.organization_id = chain.organization_id and entry.id = chain.entry_id
    where chain.is_added),
chains as (
    select organization.id as organization_id, organization.since + count(judged.position) as rows,
           coalesce(max(judged.position), organization.since) as last,
           coalesce((array_agg(judged.hash order by judged.position desc))[1], organization.hash) as hash
    from organizations as organization
    left join judged on judged.organization_id = organization.id
    group by organization.id, organization.since, organization.hash),
unrecorded as (
    select entry.organization_id, min(entry.id::text)::uuid as entry_id
    from organizations as organization
    join public.ai_insights_log as entry
      on entry.organization_id = organization.id and entry.created_at >= organization.since_time
    where entry.kind <> 'read' and not exists (
        select from public.ai_insights_history as step
        where step.organization_id = entry.organization_id and step.entry_id = entry.id)
    group by entry.organization_id),
faults as (
    select organization_id, case when fault like 'entry%%' then entry_id end as entry_id,
           case fault when 'row_missing' then position_before + 1
                      when 'row_before_changed' then greatest(position_before, 1) else position end as position,
           case fault when 'row_before_changed' then 'row_changed' else fault end as fault
    from judged where fault is not null
    union all
    select head.organization_id, null, least(head.position, chains.last) + 1,
           case when head.position < chains.last then 'row_added' else 'row_missing' end
    from app.ai_insights_heads as head
    join chains on chains.organization_id = head.organization_id
    where head.position <> chains.last
    union all
    select chains.organization_id, null, chains.last, 'row_changed'
    from chains
    join app.ai_insights_heads as head on head.organization_id = chains.organization_id and head.position = chains.last
    where head.hash <> chains.hash
    union all
    select chains.organization_id, null, chains.last + 1, 'head_missing'
    from chains where chains.last > 0 and not exists (
        select from app.ai_insights_heads as head where head.organization_id = chains.organization_id)
    union all
    select organization_id, entry_id, null, 'entry_unrecorded' from unrecorded)
select organization.id as organization_id, organization.name as organization, organization.since,
       organization.is_rewritten, chains.rows, case when chains.last > 0 then chains.hash end as head,
       (select head.started_at from app.ai_insights_heads as head where head.organization_id = organization.id),
       broken.position, broken.fault, broken.entry_id
from organizations as organization
join chains on chains.organization_id = organization.id
left join lateral (
    select fault.position, fault.fault, fault.entry_id from faults as fault
    where fault.organization_id = organization.id
    -- Entries are judged by the chain: where it is broken itself, that is said.
    order by fault.fault in ('entry_changed', 'entry_missing', 'entry_unrecorded'), fault.position
    limit 1) as broken on true
order by organization.name
"""
_STORY: LiteralString = """
select entry.id, entry.action_type, app.entry_title(entry.before_state, entry.action_data) as title,
       entry.action_data, entry.before_state, entry.conflicts, entry.impact, entry.risk, entry.is_blocked, entry.zone,
       entry.suggested_at, entry.decided_at, entry.deadline, entry.origin, entry.decided_from, entry.execution_status,
       entry.execution_error, entry.superseded_by,
       (select replaced.id from public.ai_insights_log as replaced
        where replaced.organization_id = entry.organization_id and replaced.correlation_id = entry.correlation_id
          and replaced.superseded_by = entry.id order by replaced.id limit 1) as replaces,
       entry.edited_from,
       (select edited.action_data from public.ai_insights_log as edited
        where edited.organization_id = entry.organization_id and edited.id = entry.edited_from) as before_edit,
       app.shown_in(entry.organization_id, entry.id) as shown_in,
       -- Who asked sees what it took, and who leads: row-level security hides it from everybody else.
       (select jsonb_build_object(
            'model', run.model_name, 'tools', run.output_data -> 'tools', 'steps', run.steps,
            'tokens', run.total_tokens, 'cost_usd', run.estimated_cost_usd)
        from public.ai_runs as run
        where run.organization_id = entry.organization_id and run.id = entry.correlation_id) as run,
       (select full_name from public.user_profiles
        where organization_id = entry.organization_id and id = entry.user_id) as asked_by,
       (select full_name from public.user_profiles
        where organization_id = entry.organization_id and id = entry.decided_by) as decided_by,
       (select name from public.events where organization_id = entry.organization_id and id = entry.event_id) as event
from public.ai_insights_log as entry
where entry.organization_id = (select app.organization_id()) and entry.kind = 'suggestion'
"""
BY_ID: LiteralString = _STORY + "and entry.id = %(id)s"
# For who reads no notes: the same columns, those that people's own words stand in empty.
OUTLINE_BY_ID: LiteralString = """
select id, action_type, title, jsonb_build_object('args', jsonb_build_object('set', changed)) as action_data,
       was as before_state, to_jsonb(conflicts) as conflicts,
       jsonb_build_object('affected_participants', affected, 'vips', vips) as impact, risk, is_blocked, zone,
       suggested_at, decided_at, deadline, null as origin, null as decided_from, execution_status,
       null as execution_error, superseded_by, null as replaces, null as edited_from, null as before_edit,
       app.shown_in(organization_id, id) as shown_in, null as run, asked_by, decided_by, event
from app.suggestion_outlines(only_id => %(id)s)
"""
# Nobody asks for what lies thousands of suggestions back without its id; the words are compared with no more than that.
_LATEST: LiteralString = """
    select id, action_type, execution_status, created_at, zone,
           app.entry_title(before_state, action_data) as title,
           coalesce(action_data ->> 'user_message', action_data ->> 'request') as request
    from public.ai_insights_log
    where organization_id = (select app.organization_id()) and kind = 'suggestion'
    order by created_at desc, id desc limit 2000
"""
_LATEST_OUTLINES: LiteralString = """
    select id, action_type, execution_status, created_at, zone, title, null as request
    from app.suggestion_outlines(at_most => 2000)
"""
_MEANT: LiteralString = """
with wanted as (select app.name_key(%(words)s) as words),
latest as ({latest}),
likened as (
    select latest.*, strpos(app.name_key(title), words) > 0
                     or extensions.word_similarity(words, app.name_key(title)) >= 0.6 as is_titled,
           strpos(app.name_key(request), words) > 0 as is_said
    from latest cross join wanted)
select id, action_type, execution_status, created_at, zone, title from likened where is_titled or is_said
-- What is called so comes before what was only asked for in such words.
order by coalesce(is_titled, false) desc, created_at desc, id desc limit 6
"""
MEANT: LiteralString = _MEANT.replace("{latest}", _LATEST)
OUTLINES_MEANT: LiteralString = _MEANT.replace("{latest}", _LATEST_OUTLINES)
HASH_AT: LiteralString = """
select hash from public.ai_insights_history where organization_id = %(organization)s and position = %(position)s
"""
TAKE_HEADS: LiteralString = "select organization_id, position, hash from app.take_heads(%(organizations)s)"
STEPS: LiteralString = """
select step.position, step.at, step.from_status, step.to_status, step.what,
       (select full_name from public.user_profiles
        where organization_id = step.organization_id and id = step.actor) as actor
from public.ai_insights_history as step
where step.organization_id = (select app.organization_id()) and step.entry_id = %(id)s
order by step.position
"""
STEP_OUTLINES: LiteralString = "select told.*, '{}'::jsonb as what from app.step_outlines(%(id)s) as told"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """The history of one organisation: how many rows it has, and where it breaks first."""

    organization_id: UUID
    organization: str
    rows: int
    since: int
    """Rows that an earlier walk has seen and this one did not walk again; 0 where the whole chain was walked."""
    is_rewritten: bool
    """Whether the row that the checkpoint was taken at is another one now, or gone: the chain was written anew."""
    started_at: datetime | None
    """When the chain began; another one where the database was set up anew."""
    head: str | None
    """The hash of its last row; who keeps it elsewhere can tell later that nothing before it was rewritten."""
    fault: str | None
    """``row_missing``, ``row_changed``, ``row_added``, ``head_missing``, ``entry_changed``, ``entry_missing`` or
    ``entry_unrecorded``; None where all is intact."""
    position: int | None
    """Where; None for an entry that the history does not know."""
    entry_id: UUID | None
    """Which log entry, where it is an entry that is at fault."""


async def verify(
    tx: Transaction, organization: str | None, kept: Sequence[Checkpoint] = (), *, every: bool = True
) -> list[Chain]:
    """Check the chains of all organisations, or of the one with this name, as the operator; sorted by name.

    Each checkpoint of ``kept`` is looked for in its chain. Unless ``every`` row is to be walked, a fresh one is where
    the walk begins; what is broken behind it may have been broken before, so then every row is walked. The statement
    gets all the time and more memory, until the transaction ends: a chain of millions is walked at once.
    """
    await tx.execute("set local statement_timeout = 0")
    await tx.execute("set local work_mem = '128MB'")
    # To compile the statement takes longer than to walk what came since this morning.
    await tx.execute("set local jit = off")
    known = [{**each.model_dump(mode="json"), "is_fresh": each.is_fresh and not every} for each in kept]
    values = {"organization": organization, "kept": json.dumps(known)}
    chains = [Chain(**row) for row in await (await tx.execute(VERIFY, values)).fetchall()]
    if any(chain.since and chain.fault for chain in chains):
        return await verify(tx, organization, kept)
    return chains


def walked(chains: Sequence[Chain], before: Mapping[UUID, Checkpoint], at: datetime) -> list[Checkpoint]:
    """Return the checkpoints of the chains that were found intact by a walk that began at that time."""
    return [
        Checkpoint(
            organization_id=chain.organization_id,
            started_at=chain.started_at,
            position=chain.rows,
            hash=chain.head,
            at=at,
            whole_at=before[chain.organization_id].whole_at if chain.since else at,
        )
        for chain in chains
        if chain.fault is None and chain.head is not None and chain.started_at is not None
    ]


async def hash_at(tx: Transaction, organization_id: UUID, position: int) -> str | None:
    """Return the hash of a row of a chain as the operator, or None where there is none."""
    row = await (await tx.execute(HASH_AT, {"organization": organization_id, "position": position})).fetchone()
    return row["hash"] if row else None


async def suggestion_by_id(ctx: ToolContext, suggestion_id: UUID) -> Row | None:
    """Return a suggestion of the caller's organisation with everything that was shown.

    Whoever reads no notes gets its outline, in the same columns.
    """
    query = BY_ID if ctx.principal.may_read_notes else OUTLINE_BY_ID
    return await (await ctx.tx.execute(query, {"id": suggestion_id})).fetchone()


async def meant(ctx: ToolContext, words: str) -> list[Row]:
    """Return the latest suggestions that are called so, or were asked for in such words, newest first; at most 6."""
    query = MEANT if ctx.principal.may_read_notes else OUTLINES_MEANT
    return await (await ctx.tx.execute(query, {"words": words})).fetchall()


async def steps(ctx: ToolContext, entry_id: UUID) -> list[Row]:
    """Return what happened to an entry, step by step."""
    query = STEPS if ctx.principal.may_read_notes else STEP_OUTLINES
    return await (await ctx.tx.execute(query, {"id": entry_id})).fetchall()


def head_text(organization_id: UUID, position: int, digest: str) -> str:
    """Write the head of a chain as ``eventflow log verify`` takes it."""
    return f"{organization_id}:{position}:{digest}"


async def take_heads(tx: Transaction, organizations: list[UUID]) -> list[tuple[UUID, str]]:
    """Return the heads that are to be posted, each once a day and only where something was added; as the system role.

    They count as posted when the transaction commits.
    """
    rows = await (await tx.execute(TAKE_HEADS, {"organizations": organizations})).fetchall()
    return [(row["organization_id"], head_text(row["organization_id"], row["position"], row["hash"])) for row in rows]
