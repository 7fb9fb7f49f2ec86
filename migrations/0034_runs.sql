-- Every turn of the model is a row before the model is asked: who, what it took, what it cost, how it ended. No words.
-- Owner of: ai_runs. What messages counted of a turn until now moves here, so that no number is kept twice.

create table if not exists public.ai_runs (
    organization_id uuid not null,
    -- The correlation id of what the turn left in ai_insights_log.
    id uuid not null,
    user_id uuid not null,
    conversation_id uuid,
    -- What the turn was about: of its tool calls, else the one current event.
    event_id uuid,
    agent_name text not null default 'eventflow',
    agent_type text not null default 'event_curator' check (agent_type in (
        'local_scout', 'dining_orchestrator', 'event_curator', 'itinerary_optimizer', 'budget_guardian',
        'booking_assistant', 'general_concierge')),
    status text not null default 'running'
        check (status in ('pending', 'running', 'success', 'error', 'timeout', 'cancelled')),
    -- The id of what went wrong, such as model-timeout; never a person's words, a provider's or a token.
    error_message text,
    -- Ids and sizes, no copies of words.
    input_data jsonb not null default '{}',
    output_data jsonb,
    -- Null: nobody knows. input_tokens has cached_tokens in it; thought_tokens are paid for like output_tokens.
    input_tokens integer check (input_tokens >= 0),
    cached_tokens integer check (cached_tokens >= 0),
    output_tokens integer check (output_tokens >= 0),
    thought_tokens integer check (thought_tokens >= 0),
    total_tokens integer generated always as (input_tokens + output_tokens + coalesce(thought_tokens, 0)) stored,
    duration_ms integer check (duration_ms >= 0),
    estimated_cost_usd numeric(12, 6) check (estimated_cost_usd >= 0),
    provider text,
    model_name text,
    temperature numeric(3, 2),
    steps integer check (steps >= 0),
    tool_calls integer check (tool_calls >= 0),
    hit_limit boolean not null default false,
    toolsets text[] not null default '{}',
    created_at timestamptz not null default now(),
    completed_at timestamptz,
    primary key (organization_id, id),
    foreign key (organization_id, user_id) references public.user_profiles (organization_id, id),
    foreign key (organization_id, user_id, conversation_id)
        references public.conversations (organization_id, user_id, id) on delete set null (conversation_id),
    foreign key (organization_id, event_id) references public.events (organization_id, id) on delete set null (event_id),
    constraint what_ended_has_an_end check ((status in ('pending', 'running')) = (completed_at is null))
);
create index if not exists ai_runs_latest on public.ai_runs (organization_id, created_at desc);
create index if not exists ai_runs_of_conversation on public.ai_runs (organization_id, user_id, conversation_id);
create index if not exists ai_runs_of_event on public.ai_runs (organization_id, event_id);
-- Upkeep looks across organisations for what nobody ends any more.
create index if not exists ai_runs_running on public.ai_runs (created_at) where completed_at is null;

alter table public.ai_runs enable row level security;
alter table public.ai_runs force row level security;
do $$
declare
    reader text;
begin
    execute 'revoke all on public.ai_runs from public';
    for reader in select rolname from pg_roles
                  where rolname in ('anon', 'authenticated', 'eventflow_system', 'eventflow_operator') loop
        execute format('revoke all on public.ai_runs from %I', reader);
    end loop;
end $$;

-- One's own; owners and managers see those of the organisation, in which there are no words.
drop policy if exists own_or_led_read on public.ai_runs;
create policy own_or_led_read on public.ai_runs for select to authenticated
    using (organization_id = (select app.organization_id())
           and (user_id = (select app.user_id()) or (select app.role()) in ('owner', 'manager')));
-- A person begins a run of their own; what it cost and how it ended is written by the program alone.
drop policy if exists own_insert on public.ai_runs;
create policy own_insert on public.ai_runs for insert to authenticated
    with check (organization_id = (select app.organization_id()) and user_id = (select app.user_id())
                and status = 'running');
drop policy if exists system_reads on public.ai_runs;
create policy system_reads on public.ai_runs for select to eventflow_system using (true);
drop policy if exists system_ends on public.ai_runs;
create policy system_ends on public.ai_runs for update to eventflow_system using (true) with check (true);
drop policy if exists operator_reads on public.ai_runs;
create policy operator_reads on public.ai_runs for select to eventflow_operator using (true);
grant select, insert (organization_id, id, user_id, conversation_id, event_id, input_data, provider, model_name, toolsets)
    on public.ai_runs to authenticated;
grant select, update (
    event_id, status, error_message, output_data, input_tokens, cached_tokens, output_tokens, thought_tokens, duration_ms,
    estimated_cost_usd, steps, tool_calls, hit_limit, toolsets, completed_at) on public.ai_runs to eventflow_system;
grant select on public.ai_runs to eventflow_operator;

-- What was counted with the answer. Thoughts were in output_tokens; what was cached nobody knows any more.
do $$
begin
    if exists (select from pg_attribute where attrelid = 'public.messages'::regclass and attname = 'input_tokens'
               and not attisdropped) then
        drop policy if exists moves_to_runs on public.messages;
        execute format('create policy moves_to_runs on public.messages to %I using (true) with check (true)', current_user);
        drop policy if exists moves_to_runs on public.ai_runs;
        execute format('create policy moves_to_runs on public.ai_runs to %I using (true) with check (true)', current_user);
        drop policy if exists moves_to_runs on public.ai_insights_log;
        execute format('create policy moves_to_runs on public.ai_insights_log for select to %I using (true)', current_user);
        insert into public.ai_runs (
            organization_id, id, user_id, conversation_id, status, error_message, input_data, input_tokens, output_tokens,
            duration_ms, estimated_cost_usd, provider, model_name, steps, hit_limit, created_at, completed_at)
        select answer.organization_id, coalesce(logged.correlation_id, answer.id), answer.user_id, answer.conversation_id,
               case when logged.error is null then 'success' else 'error' end, logged.error,
               jsonb_strip_nulls(jsonb_build_object('message_id', asked.id)),
               answer.input_tokens, answer.output_tokens, answer.latency_ms, answer.cost_microdollars / 1000000.0, 'gemini',
               answer.model, answer.steps, answer.hit_limit,
               answer.created_at - make_interval(secs => coalesce(answer.latency_ms, 0) / 1000.0), answer.created_at
        from public.messages as answer
        left join public.messages as asked
            on asked.organization_id = answer.organization_id and asked.conversation_id = answer.conversation_id
           and asked.inbound_event_id = answer.inbound_event_id and asked.role = 'user'
        left join lateral (
            select (array_agg(entry.correlation_id order by entry.created_at, entry.id))[1] as correlation_id,
                   max(entry.execution_error) filter (where entry.kind = 'error' and entry.action_type = 'turn'
                                                      and entry.execution_error <> 'step-limit') as error
            from public.ai_insights_log as entry
            where entry.organization_id = asked.organization_id and entry.message_id = asked.id) as logged on true
        where answer.role = 'assistant' and answer.model is not null
        on conflict do nothing;
        drop policy moves_to_runs on public.messages;
        drop policy moves_to_runs on public.ai_runs;
        drop policy moves_to_runs on public.ai_insights_log;
    end if;
end $$;
alter table public.messages
    drop column if exists model, drop column if exists input_tokens, drop column if exists output_tokens,
    drop column if exists cost_microdollars, drop column if exists latency_ms, drop column if exists steps,
    drop column if exists hit_limit;
