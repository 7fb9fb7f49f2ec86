-- The event and its agenda, people, vendors and checklists.
-- Owner of: events, rooms, schedules, participants, participant_schedules, vendors, event_vendors, checklist_items.

create table if not exists public.events (
    id uuid primary key default app.new_id(),
    organization_id uuid not null references public.organizations (id),
    name text not null check (length(btrim(name)) between 1 and 300),
    starts_on date not null,
    ends_on date not null,
    time_zone text not null default 'UTC',
    status text not null default 'draft' check (status in ('draft', 'published')),
    source_id text,
    row_version bigint not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (organization_id, id),
    unique (organization_id, source_id),
    check (ends_on >= starts_on)
);
create index if not exists events_by_date on public.events (organization_id, starts_on);

create table if not exists public.rooms (
    id uuid primary key default app.new_id(),
    organization_id uuid not null,
    event_id uuid not null,
    name text not null,
    name_key text generated always as (app.name_key(name)) stored not null,
    capacity integer check (capacity > 0),
    may_be_shared boolean not null default false,
    created_at timestamptz not null default now(),
    foreign key (organization_id, event_id) references public.events (organization_id, id) on delete cascade,
    unique (organization_id, event_id, name_key)
);

create table if not exists public.schedules (
    id uuid primary key default app.new_id(),
    organization_id uuid not null,
    event_id uuid not null,
    title text not null check (length(btrim(title)) between 1 and 500),
    description text,
    start_time timestamptz not null,
    end_time timestamptz not null,
    room text,
    room_key text generated always as (app.name_key(room)) stored,
    room_shared boolean not null default false,
    speaker_name text,
    speaker_keys text[] generated always as (app.name_keys(coalesce(speaker_name, ''))) stored not null,
    search_key text generated always as (app.name_key(title || ' ' || coalesce(speaker_name, ''))) stored not null,
    max_capacity integer check (max_capacity > 0),
    status text not null default 'scheduled' check (status in ('scheduled', 'cancelled')),
    track text,
    language text,
    source_id text,
    row_version bigint not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    foreign key (organization_id, event_id) references public.events (organization_id, id) on delete cascade,
    unique (organization_id, id),
    unique (organization_id, event_id, source_id),
    constraint schedules_end_after_start check (end_time > start_time)
);

-- Two sessions cannot stand in one room at one time, whatever the application believes.
-- Half-open: a session may begin the moment another ends. Rooms that may be shared are left out by rule.
do $$
begin
    if not exists (select from pg_constraint where conname = 'no_room_overlap'
                   and conrelid = 'public.schedules'::regclass) then
        alter table public.schedules add constraint no_room_overlap exclude using gist (
            organization_id with =,
            event_id with =,
            room_key with =,
            tstzrange(start_time, end_time, '[)') with &&
        ) where (room_key is not null and not room_shared and status <> 'cancelled');
    end if;
end $$;

-- The conflict look-up leads with the organisation and compares with < and >: && cannot use an index under RLS.
create index if not exists schedules_room_times
    on public.schedules (organization_id, event_id, room_key, start_time) include (end_time);
create index if not exists schedules_times
    on public.schedules (organization_id, event_id, start_time) include (end_time);
create index if not exists schedules_org_times on public.schedules (organization_id, start_time);
-- Led by the organisation, or every search would read what all the others called their sessions.
create index if not exists schedules_search
    on public.schedules using gin (organization_id, search_key extensions.gin_trgm_ops);

create or replace function app.copy_room_rule() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp
    as $$
begin
    new.room_shared := coalesce((
        select room.may_be_shared from public.rooms as room
        where room.organization_id = new.organization_id and room.event_id = new.event_id
          and room.name_key = app.name_key(new.room)), false);
    return new;
end $$;

create or replace function app.spread_room_rule() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp
    as $$
begin
    -- Touching the flag lets copy_room_rule look the rule up again, also where the room was renamed or removed.
    update public.schedules as session set room_shared = session.room_shared
    where (tg_op <> 'DELETE' and session.organization_id = new.organization_id and session.event_id = new.event_id
           and session.room_key = new.name_key)
       or (tg_op <> 'INSERT' and session.organization_id = old.organization_id and session.event_id = old.event_id
           and session.room_key = old.name_key);
    return null;
end $$;

revoke execute on all functions in schema app from public;
grant execute on function app.copy_room_rule(), app.spread_room_rule() to authenticated;

drop trigger if exists copy_room_rule on public.schedules;
create trigger copy_room_rule before insert or update of room, room_shared, event_id, organization_id on public.schedules
    for each row execute function app.copy_room_rule();
drop trigger if exists spread_room_rule on public.rooms;
create trigger spread_room_rule after insert or delete or update of may_be_shared, name on public.rooms
    for each row execute function app.spread_room_rule();
drop trigger if exists touch_row on public.schedules;
create trigger touch_row before update on public.schedules for each row execute function app.touch_row();
drop trigger if exists touch_row on public.events;
create trigger touch_row before update on public.events for each row execute function app.touch_row();

create table if not exists public.participants (
    id uuid primary key default app.new_id(),
    organization_id uuid not null,
    event_id uuid not null,
    full_name text not null,
    email text,
    phone text,
    is_vip boolean not null default false,
    vip_notes text,
    source_id text,
    created_at timestamptz not null default now(),
    foreign key (organization_id, event_id) references public.events (organization_id, id) on delete cascade,
    unique (organization_id, id),
    unique (organization_id, event_id, source_id)
);
create index if not exists participants_vips on public.participants (organization_id, event_id) where is_vip;

create table if not exists public.participant_schedules (
    organization_id uuid not null,
    schedule_id uuid not null,
    participant_id uuid not null,
    registered_at timestamptz not null default now(),
    primary key (organization_id, schedule_id, participant_id),
    foreign key (organization_id, schedule_id) references public.schedules (organization_id, id) on delete cascade,
    foreign key (organization_id, participant_id) references public.participants (organization_id, id) on delete cascade
);
create index if not exists participant_schedules_participant
    on public.participant_schedules (organization_id, participant_id);

create table if not exists public.vendors (
    id uuid primary key default app.new_id(),
    organization_id uuid not null references public.organizations (id),
    name text not null,
    name_key text generated always as (app.name_key(name)) stored not null,
    category text,
    phone text,
    email text,
    created_at timestamptz not null default now(),
    unique (organization_id, id),
    unique (organization_id, name_key)
);

create table if not exists public.event_vendors (
    organization_id uuid not null,
    event_id uuid not null,
    vendor_id uuid not null,
    status text not null default 'invited'
        check (status in ('invited', 'confirmed', 'on_the_way', 'arrived', 'cancelled')),
    arrives_at timestamptz,
    notes text,
    primary key (organization_id, event_id, vendor_id),
    foreign key (organization_id, event_id) references public.events (organization_id, id) on delete cascade,
    foreign key (organization_id, vendor_id) references public.vendors (organization_id, id) on delete cascade
);
create index if not exists event_vendors_vendor on public.event_vendors (organization_id, vendor_id);

create table if not exists public.checklist_items (
    id uuid primary key default app.new_id(),
    organization_id uuid not null,
    event_id uuid not null,
    title text not null,
    due_at timestamptz,
    assigned_to uuid,
    is_done boolean not null default false,
    done_at timestamptz,
    source_id text,
    created_at timestamptz not null default now(),
    foreign key (organization_id, event_id) references public.events (organization_id, id) on delete cascade,
    foreign key (organization_id, assigned_to) references public.user_profiles (organization_id, id),
    unique (organization_id, event_id, source_id)
);
create index if not exists checklist_items_open
    on public.checklist_items (organization_id, event_id, due_at) where not is_done;
create index if not exists checklist_items_assignee on public.checklist_items (organization_id, assigned_to);
