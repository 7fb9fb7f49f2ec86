-- Events and rooms: facts, conflicts, which rooms may be shared.

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

-- The moments between which an event's sessions belong: they start from its first midnight and before the one after its
-- last day; a last evening may run until six in the morning. Twin in Python: core.naming.times.span_of.
create or replace function app.event_span(first_day date, last_day date, zone text)
    returns table (opens timestamptz, last_start timestamptz, closes timestamptz)
    language sql immutable rows 1 set search_path = pg_catalog, pg_temp
    as $$
        select first_day::timestamp at time zone zone, (last_day + 1)::timestamp at time zone zone,
               (last_day + 1 + time '06:00') at time zone zone
    $$;

-- Every conflict of a whole event, computed at once: speakers in two places (each pair of sessions once, with everybody
-- who stands in both), sessions that are larger than their room (who waits needs no place), sessions outside the dates.
-- Cancelled sessions collide with nothing.
create or replace function app.event_conflicts(in_event uuid)
    returns table (kind text, session_id uuid, other_id uuid, details jsonb)
    language sql stable rows 20 set search_path = pg_catalog, pg_temp
    as $$
        with session as materialized (
            select one.id, one.event_id, one.start_time, one.end_time, one.room_key, one.speaker_name, one.speaker_keys,
                   one.max_capacity
            from public.schedules as one
            where one.organization_id = (select app.organization_id()) and one.event_id = in_event
              and one.status <> 'cancelled'),
        spoken as materialized (
            select session.id, session.start_time, session.end_time, session.speaker_name, speaker.key
            from session cross join lateral unnest(session.speaker_keys) as speaker(key)),
        pair as (
            select one.id as session_id, other.id as other_id,
                   app.names_in(min(one.speaker_name), min(other.speaker_name)) as names
            from spoken as one
            join spoken as other on other.key = one.key
             and (other.start_time, other.id) > (one.start_time, one.id) and other.start_time < one.end_time
            group by one.id, other.id),
        taken as (
            select seat.schedule_id, count(*) as number from public.participant_schedules as seat
            where seat.organization_id = (select app.organization_id()) and seat.waiting_since is null
              and seat.schedule_id in (select session.id from session where session.room_key is not null)
            group by seat.schedule_id),
        needed as (
            select session.id, session.room_key,
                   greatest(coalesce(session.max_capacity, 0), coalesce(taken.number, 0)) as places
            from session left join taken on taken.schedule_id = session.id where session.room_key is not null)
        select 'speaker_overlap', pair.session_id, pair.other_id,
               jsonb_build_object('speaker', array_to_string(pair.names, ', '), 'people', cardinality(pair.names))
        from pair
        union all
        select 'room_too_small', needed.id, null,
               jsonb_build_object('room', room.name, 'seats', room.capacity, 'needed', needed.places)
        from needed
        join public.rooms as room on room.organization_id = (select app.organization_id()) and room.event_id = in_event
         and room.name_key = needed.room_key and room.capacity < needed.places
        union all
        select 'outside_event', session.id, null, '{}'
        from public.events as event
        cross join lateral app.event_span(event.starts_on, event.ends_on, event.time_zone) as span
        join session on session.start_time < span.opens or session.start_time >= span.last_start
                     or session.end_time > span.closes
        where event.organization_id = (select app.organization_id()) and event.id = in_event
    $$;

-- An event and a room as facts.
create or replace function app.event_fact(event public.events) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp set timezone = 'UTC'
    as $$
        select jsonb_build_object(
            'id', event.id, 'name', event.name, 'starts_on', event.starts_on, 'ends_on', event.ends_on,
            'time_zone', event.time_zone, 'status', event.status, 'row_version', event.row_version,
            'source_id', event.source_id, 'source_address', event.source_address, 'created_at', event.created_at)
    $$;

create or replace function app.room_fact(room public.rooms) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp set timezone = 'UTC'
    as $$
        select jsonb_build_object('id', room.id, 'name', room.name, 'capacity', room.capacity,
                                  'may_be_shared', room.may_be_shared, 'source_id', room.source_id,
                                  'in_file', room.in_file, 'created_at', room.created_at)
    $$;

-- Everything that a change of an event is judged by; what plays no part in it is null and so moves no digest.
-- change: {"new_id", "set"} creates, {"event_id", "set"} changes or publishes, {"event_id"} removes.
create or replace function app.event_facts(change jsonb) returns jsonb
    language plpgsql stable set search_path = pg_catalog, pg_temp set timezone = 'UTC'
    as $$
declare
    mine constant uuid := app.organization_id();
    the_id constant uuid := coalesce(change ->> 'event_id', change ->> 'new_id')::uuid;
    wanted constant jsonb := coalesce(change -> 'set', '{}');
    moves constant boolean := change ? 'event_id' and wanted ?| array['starts_on', 'ends_on', 'time_zone'];
    shows constant boolean := change ? 'event_id' and wanted ? 'status';
    the_event public.events;
    current_fact jsonb;
    proposed jsonb;
begin
    select * into the_event from public.events as event where event.organization_id = mine and event.id = the_id;
    if the_event.id is not null then
        current_fact := app.event_fact(the_event);
    end if;
    proposed := coalesce(current_fact, '{}') || wanted;

    return jsonb_build_object(
        'now', current_fact,
        'namesake', (
            select min(event.name) from public.events as event
            where change ? 'new_id' and event.organization_id = mine
              and event.starts_on = (proposed ->> 'starts_on')::date and event.ends_on = (proposed ->> 'ends_on')::date
              and app.name_key(event.name) = app.name_key(proposed ->> 'name') and event.id <> the_id),
        'sessions', case when moves or shows then (
            select count(*) from public.schedules as session
            where session.organization_id = mine and session.event_id = the_id and session.status <> 'cancelled') end,
        'participants', case when moves or shows then (
            select count(*) from public.participants as person
            where person.organization_id = mine and person.event_id = the_id) end,
        -- Sessions that stand outside already keep nobody from setting the dates right.
        'left_out', case when moves then (
            with gone as (
                select session.* from public.schedules as session
                cross join lateral app.event_span(the_event.starts_on, the_event.ends_on, the_event.time_zone) as old
                cross join lateral app.event_span((proposed ->> 'starts_on')::date, (proposed ->> 'ends_on')::date,
                                                  proposed ->> 'time_zone') as new
                where session.organization_id = mine and session.event_id = the_id and session.status <> 'cancelled'
                  and (session.start_time < new.opens or session.start_time >= new.last_start
                       or session.end_time > new.closes)
                  and session.start_time >= old.opens and session.start_time < old.last_start
                  and session.end_time <= old.closes)
            select jsonb_build_object('count', (select count(*) from gone), 'first', (
                select app.session_fact(session) from public.schedules as session
                where session.organization_id = mine
                  and session.id = (select gone.id from gone order by gone.start_time, gone.id limit 1)))) end,
        'conflicts', case when shows and wanted ->> 'status' = 'published' then (
            select coalesce(jsonb_object_agg(counted.kind, counted.number), '{}')
            from (select found.kind, count(*) as number from app.event_conflicts(the_id) as found
                  group by found.kind) as counted) end,
        'contents', case when change ? 'event_id' and not change ? 'set' then
            (select count(*) from public.schedules as each where each.organization_id = mine and each.event_id = the_id)
            + (select count(*) from public.rooms as each where each.organization_id = mine and each.event_id = the_id)
            + (select count(*) from public.participants as each where each.organization_id = mine and each.event_id = the_id)
            + (select count(*) from public.event_vendors as each where each.organization_id = mine and each.event_id = the_id)
            + (select count(*) from public.checklist_items as each
               where each.organization_id = mine and each.event_id = the_id) end);
end $$;

-- The proof that a decided change of an event may run. The event is locked first: whatever is to be added to it points
-- to it and waits. Then its sessions, where they are judged. Of two equal new events the second waits and looks.
create or replace function app.assert_event_unchanged(change jsonb, shown_digest text) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
    as $$
declare
    mine constant uuid := app.organization_id();
begin
    if change ? 'new_id' then
        perform pg_advisory_xact_lock(hashtextextended(mine || '/events/' || (change -> 'set' ->> 'name'), 0));
    else
        perform from public.events as event
        where event.organization_id = mine and event.id = (change ->> 'event_id')::uuid for update;
        if change -> 'set' ?| array['starts_on', 'ends_on', 'time_zone', 'status'] then
            perform from public.schedules as session
            where session.organization_id = mine and session.event_id = (change ->> 'event_id')::uuid
            order by session.id for update;
        end if;
    end if;
    perform app.assert_unchanged(app.event_facts(change), shown_digest);
end $$;

-- Everything that a change of a room is judged by.
-- change: {"event_id", "new_id", "set"} adds, {"event_id", "room_id", "set"} changes, {"event_id", "room_id"} removes.
create or replace function app.room_facts(change jsonb) returns jsonb
    language plpgsql stable set search_path = pg_catalog, pg_temp set timezone = 'UTC'
    as $$
declare
    mine constant uuid := app.organization_id();
    wanted constant jsonb := coalesce(change -> 'set', '{}');
    renames constant boolean := change ? 'room_id' and wanted ? 'name';
    the_event public.events;
    the_room public.rooms;
    current_fact jsonb;
    proposed jsonb;
    new_key text;
    keys text[];
begin
    select * into the_event from public.events as event
    where event.organization_id = mine and event.id = (change ->> 'event_id')::uuid;
    select * into the_room from public.rooms as room
    where room.organization_id = mine and room.event_id = the_event.id
      and room.id = coalesce(change ->> 'room_id', change ->> 'new_id')::uuid;
    if the_room.id is not null then
        current_fact := app.room_fact(the_room);
    end if;
    proposed := coalesce(current_fact, '{}') || wanted;
    new_key := app.name_key(proposed ->> 'name');
    keys := array[the_room.name_key, new_key];

    return jsonb_build_object(
        'event', jsonb_build_object('id', the_event.id, 'name', the_event.name, 'time_zone', the_event.time_zone),
        'now', current_fact,
        'key', new_key,
        'namesake', (
            select room.name from public.rooms as room
            where change ? 'set' and room.organization_id = mine and room.event_id = the_event.id
              and room.name_key = new_key and room.id is distinct from the_room.id),
        'sessions', case when renames or not change ? 'set' then (
            select count(*) from public.schedules as session
            where session.organization_id = mine and session.event_id = the_event.id
              and session.room_key = the_room.name_key) end,
        'registered', case when renames then (
            select count(distinct seat.participant_id) from public.schedules as session
            join public.participant_schedules as seat
              on seat.organization_id = mine and seat.schedule_id = session.id and seat.waiting_since is null
            where session.organization_id = mine and session.event_id = the_event.id
              and session.room_key = the_room.name_key and session.status <> 'cancelled') end,
        'vips', case when renames then (
            select coalesce(jsonb_agg(jsonb_build_object('name', person.full_name, 'note', person.vip_notes)
                                      order by person.full_name, person.id), '[]')
            from public.participants as person
            where person.organization_id = mine and person.event_id = the_event.id and person.is_vip
              and exists (
                  select from public.participant_schedules as seat
                  join public.schedules as session
                    on session.organization_id = mine and session.id = seat.schedule_id
                  where seat.organization_id = mine and seat.participant_id = person.id and seat.waiting_since is null
                    and session.room_key = the_room.name_key and session.event_id = the_event.id
                    and session.status <> 'cancelled')) end,
        'too_full', case when change ? 'room_id' and wanted ->> 'capacity' is not null then (
            select coalesce(jsonb_agg(app.session_fact(session) || jsonb_build_object('registered', taken.number)
                                      order by taken.number desc, session.start_time, session.id), '[]')
            from public.schedules as session
            cross join lateral (
                select count(*) as number from public.participant_schedules as seat
                where seat.organization_id = mine and seat.schedule_id = session.id and seat.waiting_since is null) as taken
            where session.organization_id = mine and session.event_id = the_event.id
              and session.room_key = the_room.name_key and session.status <> 'cancelled'
              and taken.number > (wanted ->> 'capacity')::integer) end,
        'overlap', case when change ? 'room_id' and wanted ?| array['name', 'may_be_shared']
                             and not (proposed ->> 'may_be_shared')::boolean then (
            select jsonb_build_object('first', app.session_fact(one), 'second', app.session_fact(other))
            from public.schedules as one
            join public.schedules as other
              on other.organization_id = mine and other.event_id = the_event.id and other.room_key = any (keys)
             and other.start_time < one.end_time and (other.start_time, other.id) > (one.start_time, one.id)
             and other.status <> 'cancelled'
            where one.organization_id = mine and one.event_id = the_event.id and one.room_key = any (keys)
              and one.status <> 'cancelled'
            order by one.start_time, one.id, other.start_time, other.id limit 1) end,
        -- What sessions call the room when it is not its own name, so that the way back is exact.
        'written', case when renames then (
            select coalesce(jsonb_object_agg(session.id, session.room), '{}') from public.schedules as session
            where session.organization_id = mine and session.event_id = the_event.id and session.room_key = any (keys)
              and session.room <> the_room.name) end);
end $$;

-- The proof that a decided change of a room may run. One event's rooms change one after the other; the room is locked,
-- then the sessions that stand in it, so that nobody can move one or register for it between the proof and the write.
create or replace function app.assert_room_unchanged(change jsonb, shown_digest text) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
    as $$
declare
    mine constant uuid := app.organization_id();
    the_event constant uuid := (change ->> 'event_id')::uuid;
    old_key text;
begin
    perform from public.events as event where event.organization_id = mine and event.id = the_event for no key update;
    select room.name_key into old_key from public.rooms as room
    where room.organization_id = mine and room.event_id = the_event and room.id = (change ->> 'room_id')::uuid for update;
    perform from public.schedules as session
    where session.organization_id = mine and session.event_id = the_event
      and session.room_key = any (array[old_key, app.name_key(change -> 'set' ->> 'name')])
    order by session.id for update;
    perform app.assert_unchanged(app.room_facts(change), shown_digest);
end $$;

-- Cards say which suggestions want one room, and the system role that renders them sees no agenda: which rooms may be shared
-- is all that it learns, and people learn it of their own organisation alone.
create or replace function app.shared_rooms(of_organization uuid, of_event uuid) returns setof text
    language sql stable security definer set search_path = pg_catalog, pg_temp
    as $$
        select room.name_key from public.rooms as room
        where room.organization_id = of_organization and room.event_id = of_event and room.may_be_shared
          and (current_setting('role', true) = 'eventflow_system' or room.organization_id = (select app.organization_id()))
    $$;
