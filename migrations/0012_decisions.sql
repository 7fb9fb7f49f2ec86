-- Decisions beyond yes and no: what a suggestion was made from, whom its policy lets decide, what it lost to, and what
-- became of its lines; menus of cards and questions that wait for somebody's answer. Owner of: card_questions.

alter table public.ai_insights_log
    -- The organisation's policy for this action when it was suggested; a later change of the policy changes nothing here.
    add column if not exists policy jsonb,
    -- What could be done instead, each as the canonical arguments of the same kind of action.
    add column if not exists alternatives jsonb not null default '[]',
    -- The suggestion that somebody edited, or chose an alternative to, and so made this one.
    add column if not exists edited_from uuid,
    -- The suggestion for the same session, room or speaker that was approved instead.
    add column if not exists lost_to uuid,
    -- What became of each line of a bundle.
    add column if not exists outcome jsonb;
do $$
begin
    if not exists (select from pg_constraint where conname = 'ai_insights_log_edited_from'
                   and conrelid = 'public.ai_insights_log'::regclass) then
        alter table public.ai_insights_log
            add constraint ai_insights_log_edited_from foreign key (organization_id, edited_from)
                references public.ai_insights_log (organization_id, id),
            add constraint ai_insights_log_lost_to foreign key (organization_id, lost_to)
                references public.ai_insights_log (organization_id, id);
    end if;
end $$;
grant update (lost_to, outcome) on public.ai_insights_log to authenticated;

-- Form 1 is the entry without any of the columns above, so that chains from before them are still what they were.
create or replace function app.entry_facts(entry public.ai_insights_log) returns jsonb
    language plpgsql stable set search_path = pg_catalog, pg_temp set timezone = 'UTC'
    as $$
declare
    is_first_form constant boolean := entry.policy is null and entry.alternatives = '[]' and entry.edited_from is null
        and entry.lost_to is null and entry.outcome is null;
    fixed jsonb := jsonb_build_array(
        entry.id, entry.organization_id, entry.kind, entry.user_id, entry.action_type, entry.action_data,
        entry.suggested_at, entry.created_at, entry.correlation_id, entry.origin, entry.conflicts, entry.impact,
        entry.before_state, entry.effect, entry.zone, entry.facts_digest, entry.shown_hash, entry.risk,
        entry.is_blocked, entry.deadline);
    may_change jsonb := jsonb_build_object(
        'form', 1, 'kind', entry.kind, 'action_type', entry.action_type, 'shown_hash', entry.shown_hash,
        'event_id', entry.event_id, 'decided_at', entry.decided_at, 'decided_by', entry.decided_by,
        'decided_from', entry.decided_from, 'approved_at', entry.approved_at, 'approved_by', entry.approved_by,
        'executed_at', entry.executed_at, 'execution_error', entry.execution_error,
        'superseded_by', entry.superseded_by);
begin
    if not is_first_form then
        fixed := fixed || jsonb_build_array(entry.policy, entry.alternatives, entry.edited_from);
        may_change := may_change
            || jsonb_build_object('form', 2, 'lost_to', entry.lost_to, 'outcome', entry.outcome);
    end if;
    return jsonb_strip_nulls(may_change
        || jsonb_build_object('digest', encode(sha256(convert_to(fixed::text, 'UTF8')), 'hex')));
end $$;

-- A card whose buttons are a menu for the moment (the reasons of a rejection, what may be edited), on this copy alone.
alter table public.card_copies add column if not exists menu text;
-- Where in its chat a copy stands; null for one that was adopted when somebody pressed it.
alter table public.card_copies add column if not exists thread text;
grant update (menu) on public.card_copies to eventflow_system;

-- A question of ours about a suggestion, which somebody answers by replying to it: "Which room?".
create table if not exists public.card_questions (
    organization_id uuid not null,
    platform text not null,
    workspace text not null,
    channel text not null,
    message text not null,
    suggestion_id uuid not null,
    user_id uuid not null,
    -- The verdict and the choice that the answer completes, such as edit and room.
    verdict text not null,
    choice text not null,
    -- The copy of the card that was pressed.
    pressed jsonb not null,
    asked_at timestamptz not null default now(),
    primary key (organization_id, platform, workspace, channel, message),
    foreign key (organization_id, suggestion_id) references public.ai_insights_log (organization_id, id) on delete cascade,
    foreign key (organization_id, user_id) references public.user_profiles (organization_id, id)
);
alter table public.card_questions enable row level security;
alter table public.card_questions force row level security;
revoke all on public.card_questions from public;
do $$
declare
    reader text;
begin
    for reader in select rolname from pg_roles
                  where rolname in ('anon', 'authenticated', 'eventflow_system', 'eventflow_operator') loop
        execute format('revoke all on public.card_questions from %I', reader);
    end loop;
end $$;
drop policy if exists system_asks on public.card_questions;
create policy system_asks on public.card_questions to eventflow_system using (true) with check (true);
grant select, insert, delete on public.card_questions to eventflow_system;
drop policy if exists own_read on public.card_questions;
create policy own_read on public.card_questions for select to authenticated
    using (organization_id = (select app.organization_id()) and user_id = (select app.user_id()));
grant select on public.card_questions to authenticated;

revoke execute on all functions in schema app from public;
grant execute on function app.entry_facts(public.ai_insights_log) to eventflow_operator;
