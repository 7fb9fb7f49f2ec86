-- What people do before they approve what is risky: they acknowledge its consequences, one person at a time.
-- Owner of: acknowledgements.

create table if not exists public.acknowledgements (
    organization_id uuid not null,
    suggestion_id uuid not null,
    user_id uuid not null,
    -- What was acknowledged: a card that shows anything else has to be read again.
    shown_hash text not null,
    acknowledged_at timestamptz not null default now(),
    primary key (organization_id, suggestion_id, user_id),
    foreign key (organization_id, suggestion_id) references public.ai_insights_log (organization_id, id) on delete cascade,
    foreign key (organization_id, user_id) references public.user_profiles (organization_id, id)
);
alter table public.acknowledgements enable row level security;
alter table public.acknowledgements force row level security;
revoke all on public.acknowledgements from public;
do $$
declare
    reader text;
begin
    for reader in select rolname from pg_roles
                  where rolname in ('anon', 'authenticated', 'eventflow_system', 'eventflow_operator') loop
        execute format('revoke all on public.acknowledgements from %I', reader);
    end loop;
end $$;

drop policy if exists own_read on public.acknowledgements;
create policy own_read on public.acknowledgements for select to authenticated
    using (organization_id = (select app.organization_id()) and user_id = (select app.user_id()));
drop policy if exists own_insert on public.acknowledgements;
create policy own_insert on public.acknowledgements for insert to authenticated
    with check (organization_id = (select app.organization_id()) and user_id = (select app.user_id())
                and (select app.role()) in ('owner', 'manager'));
drop policy if exists own_delete on public.acknowledgements;
create policy own_delete on public.acknowledgements for delete to authenticated
    using (organization_id = (select app.organization_id()) and user_id = (select app.user_id())
           and (select app.role()) in ('owner', 'manager'));
grant select, insert, delete on public.acknowledgements to authenticated;
drop policy if exists system_reads on public.acknowledgements;
create policy system_reads on public.acknowledgements for select to eventflow_system using (true);
grant select on public.acknowledgements to eventflow_system;
