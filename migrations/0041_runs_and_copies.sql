-- Runs and cards' places are kept for a time that each organisation sets, like what 0029 began with.
-- Changes: retention_periods, ai_runs.

do $$
begin
    alter table public.retention_periods drop constraint if exists retention_periods_what_check;
    alter table public.retention_periods add constraint retention_periods_what_check
        check (what in ('messages', 'deliveries', 'cards', 'copies', 'runs', 'jobs', 'codes'));
    -- user_ai_stats sums up thirty days, and the ceiling today's.
    alter table public.retention_periods drop constraint if exists retention_periods_runs_check;
    alter table public.retention_periods add constraint retention_periods_runs_check check (what <> 'runs' or days >= 31);
    -- The sweep runs as the owner, who is under forced row-level security where it is no superuser.
    drop policy if exists owner_clears on public.ai_runs;
    execute format('create policy owner_clears on public.ai_runs for delete to %I using (completed_at is not null)',
                   current_user);
end $$;
create index if not exists ai_runs_by_age on public.ai_runs using brin (created_at);
