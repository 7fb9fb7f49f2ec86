-- Whom the assistant has invited to link: once an hour is enough, however often a stranger writes. System only.
create table if not exists public.invitations (
    platform text not null,
    workspace text not null,
    platform_user text not null,
    invited_at timestamptz not null default now(),
    primary key (platform, workspace, platform_user)
);
alter table public.invitations enable row level security;
alter table public.invitations force row level security;
revoke all on public.invitations from public;
do $$
declare
    reader text;
begin
    for reader in select rolname from pg_roles
                  where rolname in ('anon', 'authenticated', 'eventflow_system', 'eventflow_operator') loop
        execute format('revoke all on public.invitations from %I', reader);
    end loop;
end $$;
drop policy if exists system_reads on public.invitations;
create policy system_reads on public.invitations for select to eventflow_system using (true);
drop policy if exists system_adds on public.invitations;
create policy system_adds on public.invitations for insert to eventflow_system with check (true);
drop policy if exists system_repeats on public.invitations;
create policy system_repeats on public.invitations for update to eventflow_system using (true) with check (true);
grant select, insert, update (invited_at) on public.invitations to eventflow_system;
