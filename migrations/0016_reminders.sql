-- What waits for a decision is not forgotten, and two suggestions that cannot both be know of each other.
-- Owner of: suggestion_reminders.

create table if not exists public.suggestion_reminders (
    organization_id uuid not null,
    suggestion_id uuid not null,
    sent integer not null default 0 check (sent >= 0),
    -- When a worker looks at it again; null when nothing is left to do.
    next_at timestamptz,
    -- When somebody else was asked as well.
    escalated_at timestamptz,
    primary key (organization_id, suggestion_id),
    foreign key (organization_id, suggestion_id) references public.ai_insights_log (organization_id, id) on delete cascade
);
-- The worker looks across organisations for what is due.
create index if not exists suggestion_reminders_due on public.suggestion_reminders (next_at) where next_at is not null;
alter table public.suggestion_reminders enable row level security;
alter table public.suggestion_reminders force row level security;
revoke all on public.suggestion_reminders from public;
do $$
declare
    reader text;
begin
    for reader in select rolname from pg_roles
                  where rolname in ('anon', 'authenticated', 'eventflow_system', 'eventflow_operator') loop
        execute format('revoke all on public.suggestion_reminders from %I', reader);
    end loop;
end $$;
drop policy if exists system_reminds on public.suggestion_reminders;
create policy system_reminds on public.suggestion_reminders to eventflow_system using (true) with check (true);
grant select, insert, update (sent, next_at, escalated_at) on public.suggestion_reminders to eventflow_system;

-- Cards say which suggestions want one room, and the system role that renders them sees no agenda: which rooms may be shared
-- is all that it learns, and people learn it of their own organisation alone.
create or replace function app.shared_rooms(of_organization uuid, of_event uuid) returns setof text
    language sql stable security definer set search_path = pg_catalog, pg_temp
    as $$
        select room.name_key from public.rooms as room
        where room.organization_id = of_organization and room.event_id = of_event and room.may_be_shared
          and (current_setting('role', true) = 'eventflow_system' or room.organization_id = (select app.organization_id()))
    $$;
-- It runs as the owner, who is under forced row-level security too where it is no superuser.
do $$
begin
    drop policy if exists shared_lookup on public.rooms;
    execute format('create policy shared_lookup on public.rooms for select to %I using (may_be_shared)', current_user);
end $$;

-- What became of the suggestions of a conversation is looked up by the messages in it.
create index if not exists ai_insights_log_of_message
    on public.ai_insights_log (organization_id, message_id) where kind = 'suggestion';

revoke execute on all functions in schema app from public;
grant execute on function app.shared_rooms(uuid, uuid) to authenticated, eventflow_system;
