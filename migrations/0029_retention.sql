-- How long what is not the log is kept, as each organisation wants it; functions/retention.sql sweeps the rest out.
-- Owner of: retention_periods.

create table if not exists public.retention_periods (
    organization_id uuid not null references public.organizations (id),
    what text not null check (what in ('messages', 'deliveries', 'cards', 'jobs', 'codes')),
    -- A delivery that a platform repeats within days has to be known again.
    days integer not null check (days between 1 and 3650 and (what <> 'deliveries' or days >= 3)),
    primary key (organization_id, what)
);
alter table public.retention_periods enable row level security;
alter table public.retention_periods force row level security;

-- Who sent a delivery, as its platform says: whose organisation says how long it is kept.
alter table public.inbound_events add column if not exists sender text;
-- What is old stands together in both tables, so the smallest kind of index finds it.
create index if not exists inbound_events_by_age on public.inbound_events using brin (received_at);
create index if not exists messages_by_age on public.messages using brin (created_at);

do $$
declare
    reader text;
    emptied text;
begin
    execute 'revoke all on public.retention_periods from public';
    for reader in select rolname from pg_roles
                  where rolname in ('anon', 'authenticated', 'eventflow_system', 'eventflow_operator') loop
        execute format('revoke all on public.retention_periods from %I', reader);
    end loop;
    -- The sweep runs as the owner, who is under forced row-level security where it is no superuser.
    foreach emptied in array array['invitations', 'acknowledgements', 'suggestion_pictures', 'suggestion_reminders'] loop
        execute format('drop policy if exists owner_clears on public.%I', emptied);
        execute format('create policy owner_clears on public.%I to %I using (true) with check (true)', emptied, current_user);
    end loop;
    drop policy if exists owner_reads on public.workspaces;
    execute format('create policy owner_reads on public.workspaces for select to %I using (true)', current_user);
    drop policy if exists owner_reads on public.retention_periods;
    execute format('create policy owner_reads on public.retention_periods for select to %I using (true)', current_user);
end $$;

drop policy if exists members_read on public.retention_periods;
create policy members_read on public.retention_periods for select to authenticated
    using (organization_id = (select app.organization_id()));
drop policy if exists operator_reads on public.retention_periods;
create policy operator_reads on public.retention_periods for select to eventflow_operator using (true);
drop policy if exists operator_inserts on public.retention_periods;
create policy operator_inserts on public.retention_periods for insert to eventflow_operator with check (true);
drop policy if exists operator_updates on public.retention_periods;
create policy operator_updates on public.retention_periods for update to eventflow_operator using (true) with check (true);
grant select on public.retention_periods to authenticated;
grant select, insert, update (days) on public.retention_periods to eventflow_operator;
