-- What the pictures of suggestions show: the rooms around a change, gathered as the person who asked.
-- Owner of: suggestion_pictures.

create table if not exists public.suggestion_pictures (
    organization_id uuid not null,
    suggestion_id uuid not null,
    timeline jsonb not null,
    primary key (organization_id, suggestion_id),
    foreign key (organization_id, suggestion_id) references public.ai_insights_log (organization_id, id) on delete cascade
);
alter table public.suggestion_pictures enable row level security;
alter table public.suggestion_pictures force row level security;
revoke all on public.suggestion_pictures from public;
do $$
declare
    reader text;
begin
    for reader in select rolname from pg_roles
                  where rolname in ('anon', 'authenticated', 'eventflow_system', 'eventflow_operator') loop
        execute format('revoke all on public.suggestion_pictures from %I', reader);
    end loop;
end $$;
drop policy if exists members_insert on public.suggestion_pictures;
create policy members_insert on public.suggestion_pictures for insert to authenticated
    with check (organization_id = (select app.organization_id())
                and (select app.role()) in ('owner', 'manager', 'staff'));
drop policy if exists members_read on public.suggestion_pictures;
create policy members_read on public.suggestion_pictures for select to authenticated
    using (organization_id = (select app.organization_id()));
grant select, insert on public.suggestion_pictures to authenticated;
drop policy if exists system_reads on public.suggestion_pictures;
create policy system_reads on public.suggestion_pictures for select to eventflow_system using (true);
grant select on public.suggestion_pictures to eventflow_system;
