-- What stopped working (an installation, a right, a chat, the model) and since when: told once, until it works again.
create table if not exists public.breakages (
    platform text not null,
    kind text not null,
    workspace text not null default '',
    place text not null default '',
    why text not null,
    since timestamptz not null default now(),
    primary key (platform, kind, workspace, place)
);
alter table public.breakages enable row level security;
alter table public.breakages force row level security;
revoke all on public.breakages from public;
do $$
declare
    reader text;
begin
    for reader in select rolname from pg_roles
                  where rolname in ('anon', 'authenticated', 'eventflow_system', 'eventflow_operator') loop
        execute format('revoke all on public.breakages from %I', reader);
    end loop;
end $$;
drop policy if exists system_reads on public.breakages;
create policy system_reads on public.breakages for select to eventflow_system using (true);
drop policy if exists system_adds on public.breakages;
create policy system_adds on public.breakages for insert to eventflow_system with check (true);
drop policy if exists system_clears on public.breakages;
create policy system_clears on public.breakages for delete to eventflow_system using (true);
grant select, insert, delete on public.breakages to eventflow_system;
