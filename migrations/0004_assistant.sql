-- What the assistant says, proposes and does.
-- Owner of: conversations, messages, ai_insights_log, card_copies, inbound_events.

create table if not exists public.conversations (
    id uuid primary key default app.new_id(),
    organization_id uuid not null,
    user_id uuid not null,
    platform text not null,
    workspace text not null,
    channel text not null,
    thread text not null default '',
    created_at timestamptz not null default now(),
    last_message_at timestamptz not null default now(),
    foreign key (organization_id, user_id) references public.user_profiles (organization_id, id),
    unique (organization_id, id),
    unique (organization_id, user_id, id),
    unique (organization_id, user_id, platform, workspace, channel, thread)
);

create table if not exists public.messages (
    id uuid primary key default app.new_id(),
    organization_id uuid not null,
    conversation_id uuid not null,
    user_id uuid not null,
    role text not null check (role in ('user', 'assistant')),
    text text not null,
    -- The model's side of the turn, verbatim: thought signatures must come back as they were given.
    contents jsonb,
    inbound_event_id text,
    model text,
    input_tokens integer check (input_tokens >= 0),
    output_tokens integer check (output_tokens >= 0),
    cost_microdollars bigint check (cost_microdollars >= 0),
    latency_ms integer check (latency_ms >= 0),
    created_at timestamptz not null default now(),
    -- A message stands in a conversation of its own person.
    foreign key (organization_id, user_id, conversation_id)
        references public.conversations (organization_id, user_id, id) on delete cascade,
    foreign key (organization_id, user_id) references public.user_profiles (organization_id, id),
    unique (organization_id, id)
);
create index if not exists messages_of_conversation
    on public.messages (organization_id, conversation_id, created_at, id);
-- A message that is handled a second time after a crash is not kept twice.
create unique index if not exists messages_of_event on public.messages (organization_id, conversation_id, inbound_event_id, role)
    where inbound_event_id is not null;

create table if not exists public.ai_insights_log (
    id uuid primary key default app.new_id(),
    organization_id uuid not null,
    kind text not null check (kind in ('suggestion', 'read', 'refusal', 'error')),
    user_id uuid not null,
    event_id uuid,
    action_type text not null check (length(action_type) between 1 and 100),
    action_data jsonb not null default '{}',
    suggested_at timestamptz not null default now(),
    approved_at timestamptz,
    approved_by uuid,
    decided_at timestamptz,
    decided_by uuid,
    decided_from jsonb,
    executed_at timestamptz,
    execution_status text not null
        check (execution_status in ('suggested', 'approved', 'rejected', 'executed', 'failed', 'expired', 'superseded')),
    execution_error text,
    created_at timestamptz not null default now(),
    -- One turn of the assistant: its reads, suggestions, refusals and errors carry the same one.
    correlation_id uuid not null,
    message_id uuid,
    -- Where it was asked: platform, workspace, channel, thread.
    origin jsonb,
    conflicts jsonb not null default '[]',
    impact jsonb not null default '{}',
    before_state jsonb,
    effect text check (effect in ('create', 'update', 'delete')),
    zone text,
    facts_digest text,
    -- SHA-256 of tool, arguments, conflicts, impact and facts, as the card showed them.
    shown_hash text,
    risk text check (risk in ('low', 'medium', 'high', 'critical')),
    is_blocked boolean not null default false,
    deadline timestamptz,
    superseded_by uuid,
    foreign key (organization_id, user_id) references public.user_profiles (organization_id, id),
    foreign key (organization_id, approved_by) references public.user_profiles (organization_id, id),
    foreign key (organization_id, decided_by) references public.user_profiles (organization_id, id),
    foreign key (organization_id, event_id) references public.events (organization_id, id) on delete set null (event_id),
    foreign key (organization_id, message_id) references public.messages (organization_id, id) on delete set null (message_id),
    unique (organization_id, id),
    foreign key (organization_id, superseded_by) references public.ai_insights_log (organization_id, id),
    constraint suggestion_is_complete check (kind <> 'suggestion' or (
        shown_hash is not null and facts_digest is not null and risk is not null and deadline is not null
        and effect is not null and zone is not null))
);
create index if not exists ai_insights_log_latest on public.ai_insights_log (organization_id, created_at desc, id desc);
create index if not exists ai_insights_log_waiting
    on public.ai_insights_log (organization_id, created_at desc) where execution_status = 'suggested';
create index if not exists ai_insights_log_event on public.ai_insights_log (organization_id, event_id, created_at desc);
create index if not exists ai_insights_log_turn on public.ai_insights_log (organization_id, correlation_id);
-- The sweeper looks across organisations for what has run out.
create index if not exists ai_insights_log_deadline on public.ai_insights_log (deadline) where execution_status = 'suggested';

-- A suggestion goes its way once: decided, then run. Nobody takes a step back or leaves one out, by whatever SQL.
create or replace function app.check_step() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp
    as $$
begin
    if old.execution_status is distinct from new.execution_status and not (
        (old.execution_status = 'suggested'
             and new.execution_status in ('approved', 'rejected', 'failed', 'expired', 'superseded'))
        -- Approved and run in one transaction is one step, with both on record.
        or (old.execution_status = 'suggested' and new.execution_status = 'executed'
             and new.approved_by is not null and new.approved_at is not null and new.executed_at is not null)
        or (old.execution_status = 'approved' and new.execution_status in ('executed', 'failed'))) then
        raise exception 'a suggestion cannot go from % to %', old.execution_status, new.execution_status
            using errcode = 'insufficient_privilege';
    end if;
    if new.execution_status in ('approved', 'executed') and old.is_blocked then
        raise exception 'a blocked suggestion cannot be approved' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
revoke execute on function app.check_step() from public;
drop trigger if exists check_step on public.ai_insights_log;
create trigger check_step before update on public.ai_insights_log for each row execute function app.check_step();

-- Where each card was posted, so that every copy can be edited when it is decided.
create table if not exists public.card_copies (
    id uuid primary key default app.new_id(),
    organization_id uuid not null,
    suggestion_id uuid not null,
    platform text not null,
    workspace text not null,
    channel text not null,
    message text not null,
    locale text not null,
    -- Whether this copy carries buttons: the chat of somebody who may not decide gets none.
    can_decide boolean not null,
    shown_status text not null,
    is_lost boolean not null default false,
    posted_at timestamptz not null default now(),
    foreign key (organization_id, suggestion_id) references public.ai_insights_log (organization_id, id),
    unique (organization_id, platform, workspace, channel, message)
);
create index if not exists card_copies_of_suggestion on public.card_copies (organization_id, suggestion_id);

-- What the platforms delivered, before anybody looked inside. Belongs to no organisation yet; system only.
create table if not exists public.inbound_events (
    id uuid primary key default app.new_id(),
    platform text not null,
    workspace text not null,
    event_id text not null,
    payload jsonb not null,
    received_at timestamptz not null default now(),
    handled_at timestamptz,
    unique (platform, workspace, event_id)
);

-- Enqueue a job in the caller's transaction; the queue lives in schema procrastinate.
create or replace function app.enqueue(task text, job_lock text, job_args jsonb, runs_at timestamptz default null)
    returns bigint
    language plpgsql set search_path = pg_catalog, pg_temp
    as $$
begin
    return (procrastinate.procrastinate_defer_jobs_v1(array[
        row('default', task, 0, job_lock, null, job_args, runs_at)::procrastinate.procrastinate_job_to_defer_v1
    ]))[1];
end $$;

-- Keep a delivery and queue its handling, in one round trip; false when it was delivered before.
create or replace function app.receive(from_platform text, from_workspace text, delivery text, job_lock text, body jsonb)
    returns boolean
    language plpgsql set search_path = pg_catalog, pg_temp
    as $$
declare
    kept uuid;
begin
    insert into public.inbound_events (platform, workspace, event_id, payload)
    values (from_platform, from_workspace, delivery, body)
    on conflict (platform, workspace, event_id) do nothing
    returning id into kept;
    if kept is null then
        return false;
    end if;
    perform app.enqueue('handle_event', job_lock, jsonb_build_object('inbound_id', kept));
    return true;
end $$;

revoke execute on all functions in schema app from public;
grant execute on function app.enqueue(text, text, jsonb, timestamptz), app.receive(text, text, text, text, jsonb)
    to eventflow_system;
