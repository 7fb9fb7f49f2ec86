-- What a removal takes along and its undo brings back: who was registered for a session or as a person that is gone.
-- Only ids and times stand here, and no foreign key to either side: both may be gone, and come back in any order. Whose
-- row is erased for good stays gone. With the event they go too.
-- Owner of: removed_registrations.

create table if not exists public.removed_registrations (
    organization_id uuid not null,
    event_id uuid not null,
    schedule_id uuid not null,
    participant_id uuid not null,
    registered_at timestamptz not null,
    waiting_since timestamptz,
    removed_at timestamptz not null default now(),
    primary key (organization_id, schedule_id, participant_id),
    foreign key (organization_id, event_id) references public.events (organization_id, id) on delete cascade
);
create index if not exists removed_registrations_person
    on public.removed_registrations (organization_id, participant_id);
create index if not exists removed_registrations_event
    on public.removed_registrations (organization_id, event_id);
alter table public.removed_registrations enable row level security;
alter table public.removed_registrations force row level security;
revoke all on public.removed_registrations from public;
do $$
declare
    reader text;
begin
    for reader in select rolname from pg_roles
                  where rolname in ('anon', 'authenticated', 'eventflow_system', 'eventflow_operator') loop
        execute format('revoke all on public.removed_registrations from %I', reader);
    end loop;
end $$;
drop policy if exists members_read on public.removed_registrations;
create policy members_read on public.removed_registrations for select to authenticated
    using (organization_id = (select app.organization_id()));
drop policy if exists managers_insert on public.removed_registrations;
create policy managers_insert on public.removed_registrations for insert to authenticated
    with check (organization_id = (select app.organization_id()) and (select app.role()) in ('owner', 'manager'));
drop policy if exists managers_delete on public.removed_registrations;
create policy managers_delete on public.removed_registrations for delete to authenticated
    using (organization_id = (select app.organization_id()) and (select app.role()) in ('owner', 'manager'));
grant select, insert, delete on public.removed_registrations to authenticated;
