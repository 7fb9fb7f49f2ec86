-- What the model costs: per person as the seeds name it, and how much of it an organisation allows itself in a day.

create or replace view public.user_ai_stats with (security_invoker = true) as
select user_id, count(distinct conversation_id) as total_conversations, count(*) as total_runs,
       sum(total_tokens) as total_tokens, sum(estimated_cost_usd) as total_cost, avg(duration_ms) as avg_duration_ms,
       max(created_at) as last_run_at, organization_id
from public.ai_runs
where created_at >= now() - interval '30 days'
group by organization_id, user_id;

alter table public.organizations
    -- Null: that of the owner who was there first.
    add column if not exists time_zone text check (length(time_zone) between 1 and 100),
    -- Null: no ceiling.
    add column if not exists ceiling_usd numeric(12, 2) check (ceiling_usd >= 0),
    -- Until when the pause holds that the owners were told of.
    add column if not exists ceiling_told_until timestamptz;

do $$
declare
    reader text;
begin
    execute 'revoke all on public.user_ai_stats from public';
    for reader in select rolname from pg_roles
                  where rolname in ('anon', 'authenticated', 'eventflow_system', 'eventflow_operator') loop
        execute format('revoke all on public.user_ai_stats from %I', reader);
    end loop;
    -- app.paused_until looks as the owner, who is under forced row-level security where it is no superuser.
    drop policy if exists owner_reads on public.ai_runs;
    execute format('create policy owner_reads on public.ai_runs for select to %I using (true)', current_user);
    drop policy if exists owner_reads on public.organizations;
    execute format('create policy owner_reads on public.organizations for select to %I using (true)', current_user);
end $$;
grant select on public.user_ai_stats to authenticated, eventflow_operator;
drop policy if exists system_tells on public.organizations;
create policy system_tells on public.organizations for update to eventflow_system using (true) with check (true);
grant update (ceiling_told_until) on public.organizations to eventflow_system;
