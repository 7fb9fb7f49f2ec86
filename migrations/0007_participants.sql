-- The people of an event: waiting lists, check-in, and what a change of somebody's registration is judged by.

-- A registration without waiting_since holds a place; with it, it is a place in the line, in the order of that time.
alter table public.participant_schedules add column if not exists waiting_since timestamptz;
-- Whether a full session goes on taking names. Where it does not, a full session takes nobody.
alter table public.schedules add column if not exists keeps_waiting_list boolean not null default true;
alter table public.participants add column if not exists checked_in_at timestamptz;
-- Stored, because a function of ours may not be looked up in an index before row-level security has judged the row.
alter table public.participants
    add column if not exists name_key text generated always as (app.name_key(full_name)) stored;
create index if not exists participants_names on public.participants (organization_id, event_id, name_key);

-- Everything that a proposed change of the agenda is judged by, as before, but for one thing: who only waits for a place
-- is not registered.
create or replace function app.schedule_facts(change jsonb) returns jsonb
    language plpgsql stable set search_path = pg_catalog, pg_temp set timezone = 'UTC'
    as $$
declare
    the_event public.events;
    the_session public.schedules;
    current_fact jsonb;
    proposed jsonb;
    starts timestamptz;
    ends timestamptz;
    wanted_room text;
begin
    select * into the_event from public.events as event where event.id = (change ->> 'event_id')::uuid;
    if change ->> 'schedule_id' is not null then
        select * into the_session from public.schedules as session
        where session.organization_id = the_event.organization_id and session.id = (change ->> 'schedule_id')::uuid;
        if the_session.id is not null then
            current_fact := app.session_fact(the_session);
        end if;
    end if;
    proposed := coalesce(current_fact, '{}') || coalesce(change -> 'set', '{}');
    starts := (proposed ->> 'start_time')::timestamptz;
    ends := (proposed ->> 'end_time')::timestamptz;
    wanted_room := app.name_key(proposed ->> 'room');

    return jsonb_build_object(
        'event', jsonb_build_object('id', the_event.id, 'name', the_event.name, 'starts_on', the_event.starts_on,
                                    'ends_on', the_event.ends_on, 'time_zone', the_event.time_zone),
        'now', current_fact,
        'registered', (
            select count(*) from public.participant_schedules as seat
            where seat.organization_id = the_event.organization_id and seat.schedule_id = the_session.id
              and seat.waiting_since is null),
        'vips', (
            select coalesce(jsonb_agg(jsonb_build_object('name', person.full_name, 'note', person.vip_notes)
                                      order by person.full_name, person.id), '[]')
            from public.participant_schedules as seat
            join public.participants as person
              on person.organization_id = seat.organization_id and person.id = seat.participant_id
            where seat.organization_id = the_event.organization_id and seat.schedule_id = the_session.id
              and seat.waiting_since is null and person.is_vip),
        'room', (
            select jsonb_build_object('name', room.name, 'capacity', room.capacity, 'may_be_shared', room.may_be_shared)
            from public.rooms as room
            where room.organization_id = the_event.organization_id and room.event_id = the_event.id
              and room.name_key = wanted_room),
        'room_overlaps', (
            select coalesce(jsonb_agg(app.session_fact(other) order by other.start_time, other.id), '[]')
            from public.schedules as other
            where change ? 'set' and wanted_room is not null
              and other.organization_id = the_event.organization_id and other.event_id = the_event.id
              and other.room_key = wanted_room and other.start_time < ends and other.end_time > starts
              and other.status <> 'cancelled' and not other.room_shared
              and other.id is distinct from the_session.id),
        'speaker_overlaps', (
            select coalesce(jsonb_agg(app.session_fact(other) order by other.start_time, other.id), '[]')
            from public.check_speaker_conflicts(the_event.id, proposed ->> 'speaker_name', starts, ends,
                                                the_session.id) as clash
            join public.schedules as other
              on other.organization_id = the_event.organization_id and other.id = clash.id
            where change ? 'set'));
end $$;

-- A person as a fact: everything of the row that a change may touch or a card may show.
create or replace function app.participant_fact(person public.participants) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp set timezone = 'UTC'
    as $$
        select jsonb_build_object(
            'id', person.id, 'full_name', person.full_name, 'email', person.email, 'phone', person.phone,
            'is_vip', person.is_vip, 'vip_notes', person.vip_notes, 'checked_in_at', person.checked_in_at,
            'source_id', person.source_id, 'created_at', person.created_at)
    $$;

-- How many places a session has: its own limit, else the seats of its room; null where nobody counts them.
create or replace function app.session_capacity(session public.schedules) returns integer
    language sql stable set search_path = pg_catalog, pg_temp
    as $$
        select coalesce(session.max_capacity, (
            select room.capacity from public.rooms as room
            where room.organization_id = session.organization_id and room.event_id = session.event_id
              and room.name_key = session.room_key))
    $$;

-- Who is the first in a session's line, apart from the people that a change is about.
create or replace function app.first_waiting(session public.schedules, apart_from uuid[]) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp
    as $$
        select jsonb_build_object('name', person.full_name, 'is_vip', person.is_vip, 'note', person.vip_notes)
        from public.participant_schedules as seat
        join public.participants as person
          on person.organization_id = seat.organization_id and person.id = seat.participant_id
        where seat.organization_id = session.organization_id and seat.schedule_id = session.id
          and seat.waiting_since is not null and seat.participant_id <> all (apart_from)
        order by seat.waiting_since, seat.participant_id limit 1
    $$;

-- Everything that a change of people is judged by. It holds what a decision depends on and no more: that there is a
-- place, not how many are left, or every registration would make the cards of all the others stale.
-- change: {"event_id"} and
--   for a registration {"schedule_id", "participant_id", "set" or "restore"}, to end one the same without these two;
--   for a move {"schedule_id", "to_schedule_id", "participant_ids", "everyone", "waiting": {participant: time}};
--   for a person's own row {"participant_id", "set"}, for a new one {"new_id", "set"}, to remove one {"participant_id"}.
create or replace function app.participant_facts(change jsonb) returns jsonb
    language plpgsql stable set search_path = pg_catalog, pg_temp set timezone = 'UTC'
    as $$
declare
    the_event public.events;
    the_session public.schedules;
    the_target public.schedules;
    destination public.schedules;
    named uuid[];
    coming uuid[];
    people jsonb;
    needed bigint;
    capacity integer;
    taken bigint;
    line_time timestamptz;
begin
    select * into the_event from public.events as event
    where event.organization_id = (select app.organization_id()) and event.id = (change ->> 'event_id')::uuid;
    select * into the_session from public.schedules as session
    where session.organization_id = the_event.organization_id and session.event_id = the_event.id
      and session.id = (change ->> 'schedule_id')::uuid;
    select * into the_target from public.schedules as session
    where session.organization_id = the_event.organization_id and session.event_id = the_event.id
      and session.id = (change ->> 'to_schedule_id')::uuid;

    if coalesce((change ->> 'everyone')::boolean, false) then
        named := array(
            select seat.participant_id from public.participant_schedules as seat
            where seat.organization_id = the_event.organization_id and seat.schedule_id = the_session.id
              and seat.waiting_since is null);
    else
        named := array(
            select id::uuid from jsonb_array_elements_text(change -> 'participant_ids') as given(id)
            union select (change ->> 'participant_id')::uuid where change ? 'participant_id');
    end if;
    select coalesce(jsonb_agg(jsonb_build_object(
               'id', person.id, 'name', person.full_name, 'is_vip', person.is_vip, 'note', person.vip_notes,
               'seat', case when seat.participant_id is not null then jsonb_build_object(
                   'registered_at', seat.registered_at, 'waiting_since', seat.waiting_since) end,
               'in_target', there.participant_id is not null) order by person.full_name, person.id), '[]'),
           coalesce(array_agg(person.id) filter (
               where not change ? 'to_schedule_id' or (seat.participant_id is not null and there.participant_id is null)),
               '{}'),
           coalesce(max(seat.waiting_since), (change -> 'restore' ->> 'waiting_since')::timestamptz)
    into people, coming, line_time
    from public.participants as person
    left join public.participant_schedules as seat on seat.organization_id = person.organization_id
        and seat.schedule_id = the_session.id and seat.participant_id = person.id
    left join public.participant_schedules as there on there.organization_id = person.organization_id
        and there.schedule_id = the_target.id and there.participant_id = person.id
    where person.organization_id = the_event.organization_id and person.event_id = the_event.id
      and person.id = any (named);

    if change ? 'to_schedule_id' then
        destination := the_target;
        line_time := null;
    elsif change ? 'set' or change ? 'restore' then
        destination := the_session;
    end if;
    if change -> 'restore' ->> 'waiting_since' is not null then
        line_time := (change -> 'restore' ->> 'waiting_since')::timestamptz;
    end if;
    if destination.id is not null then
        capacity := app.session_capacity(destination);
        needed := (select count(*) from unnest(coming) as mover(id)
                   where not coalesce(change -> 'waiting', '{}') ? mover.id::text);
        taken := (select count(*) from public.participant_schedules as seat
                  where seat.organization_id = the_event.organization_id and seat.schedule_id = destination.id
                    and seat.waiting_since is null and seat.participant_id <> all (coming));
    end if;

    return jsonb_build_object(
        'event', jsonb_build_object('id', the_event.id, 'name', the_event.name, 'time_zone', the_event.time_zone),
        'session', case when the_session.id is not null then app.session_fact(the_session) end,
        'target', case when the_target.id is not null then app.session_fact(the_target) end,
        'people', people,
        'record', (
            select app.participant_fact(person) from public.participants as person
            where not change ? 'schedule_id' and person.organization_id = the_event.organization_id
              and person.event_id = the_event.id
              and person.id = coalesce(change ->> 'participant_id', change ->> 'new_id')::uuid),
        'place', case when destination.id is not null then jsonb_build_object(
            'capacity', capacity, 'keeps_waiting_list', destination.keeps_waiting_list, 'needed', needed,
            'fits', capacity is null or taken + needed <= capacity,
            'free', case when taken + needed > capacity then greatest(capacity - taken, 0) end) end,
        -- Those who wait and would be overtaken, or stand before the person in the line.
        'ahead', (
            select count(*) from public.participant_schedules as seat
            where seat.organization_id = the_event.organization_id
              and seat.schedule_id = coalesce(destination.id, the_session.id)
              and seat.waiting_since is not null and seat.participant_id <> all (named)
              and (destination.id is not null or line_time is not null)
              and (line_time is null or (seat.waiting_since, seat.participant_id)
                                      < (line_time, (change ->> 'participant_id')::uuid))),
        'first_waiting', case when destination.id is not null then app.first_waiting(destination, named) end,
        -- Whom a place that becomes free would go to; nobody gets it without a decision of its own.
        'next', case when destination.id is distinct from the_session.id and the_session.id is not null
                     then app.first_waiting(the_session, named) end,
        'overlaps', (
            select coalesce(jsonb_agg(jsonb_build_object(
                       'session', app.session_fact(other), 'people', clash.people, 'names', clash.names)
                       order by other.start_time, other.id), '[]')
            from (
                select seat.schedule_id, count(*) as people,
                       (array_agg(person.full_name order by person.full_name, person.id))[1:5] as names
                from public.participant_schedules as seat
                join public.participants as person
                  on person.organization_id = seat.organization_id and person.id = seat.participant_id
                where destination.id is not null and seat.organization_id = the_event.organization_id
                  and seat.participant_id = any (coming) and seat.waiting_since is null
                group by seat.schedule_id) as clash
            join public.schedules as other
              on other.organization_id = the_event.organization_id and other.id = clash.schedule_id
            where other.start_time < destination.end_time and other.end_time > destination.start_time
              and other.status <> 'cancelled'
              and other.id is distinct from the_session.id and other.id is distinct from the_target.id),
        'namesakes', (
            select coalesce(jsonb_agg(jsonb_build_object('name', person.full_name, 'email', person.email)
                                      order by person.full_name, person.id), '[]')
            from public.participants as person
            where change ? 'new_id' and person.organization_id = the_event.organization_id
              and person.event_id = the_event.id
              and (person.name_key = app.name_key(change -> 'set' ->> 'full_name')
                   or lower(person.email) = lower(change -> 'set' ->> 'email'))),
        -- Counted only where they would go with the person.
        'registrations', (
            select count(*) from public.participant_schedules as seat
            where not change ? 'schedule_id' and not change ? 'set'
              and seat.organization_id = the_event.organization_id and seat.participant_id = any (named)));
end $$;

-- The proof that a decided change of people may run. The sessions are locked first, then the people, each in the order
-- of their ids, so that no two decisions wait for each other: of two for the last place the second waits, looks again
-- and finds it taken. A locked row lets nobody register who is not yet registered: the foreign key needs it too.
create or replace function app.assert_participant_unchanged(change jsonb, shown_digest text) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
    as $$
begin
    perform from public.schedules as session
    where session.organization_id = (select app.organization_id())
      and session.id in ((change ->> 'schedule_id')::uuid, (change ->> 'to_schedule_id')::uuid)
    order by session.id for update;
    perform from public.participants as person
    where person.organization_id = (select app.organization_id())
      and person.id in (
          select id::uuid from jsonb_array_elements_text(change -> 'participant_ids') as given(id)
          union select (change ->> 'participant_id')::uuid)
    order by person.id for update;
    if change ? 'new_id' then
        -- Nobody is there to be locked yet: of two that add the same name the second sees the first.
        perform pg_advisory_xact_lock(hashtextextended(
            (change ->> 'event_id') || '/person/' || coalesce(app.name_key(change -> 'set' ->> 'full_name'), ''), 0));
    end if;
    perform app.assert_unchanged(app.participant_facts(change), shown_digest);
end $$;

revoke execute on all functions in schema app from public;
grant execute on function app.schedule_facts(jsonb), app.participant_fact(public.participants),
    app.session_capacity(public.schedules), app.first_waiting(public.schedules, uuid[]), app.participant_facts(jsonb),
    app.assert_participant_unchanged(jsonb, text) to authenticated;
