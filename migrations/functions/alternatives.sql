-- Who speaks elsewhere, and what could be done instead.

-- Sessions of the same speaker that overlap a proposed time. The seed's signature and columns, and two more; half-open, so
-- that a talk may begin the moment another ends; names are compared by key, so case, spaces and % or _ change nothing.
drop function if exists public.check_speaker_conflicts(uuid, text, timestamptz, timestamptz, uuid);
create or replace function public.check_speaker_conflicts(
    p_event_id uuid, p_speaker_name text, p_start_time timestamptz, p_end_time timestamptz,
    p_exclude_schedule_id uuid default null)
    returns table (conflict_id uuid, conflict_title text, conflict_start timestamptz, conflict_end timestamptz,
                   room text, speaker_name text)
    -- One plan fits every time and speaker; planning anew for each costs four times the look-up. The few rows are said,
    -- or a caller's plan reads every session of the organisation to join a thousand with them.
    language sql stable rows 5 set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan
    as $$
        select session.id, session.title, session.start_time, session.end_time, session.room, session.speaker_name
        from public.schedules as session
        where session.organization_id = (select event.organization_id from public.events as event where event.id = p_event_id)
          and session.event_id = p_event_id
          and session.start_time < p_end_time and session.end_time > p_start_time
          and session.status <> 'cancelled'
          and session.id is distinct from p_exclude_schedule_id
          -- In a sub-select it is computed once and only when a row gets here, not again by every planning.
          and session.speaker_keys && (select app.name_keys(coalesce(p_speaker_name, '')))
        order by session.start_time, session.id
    $$;
-- A function that is made anew may be called by everybody.
revoke execute on function public.check_speaker_conflicts(uuid, text, timestamptz, timestamptz, uuid) from public;
grant execute on function public.check_speaker_conflicts(uuid, text, timestamptz, timestamptz, uuid) to authenticated;

-- Alternatives to a change of the agenda, best first: "rooms", other rooms that are free at the same time and hold
-- everybody; "slot", the next time on that day at which the room is free for as long and no speaker is elsewhere; "swap",
-- the one session that stands in the way, where it and the changed one fit into each other's rooms. Times of one day are
-- looked at, so that an event of many days costs no more; whatever is chosen is judged anew like any other change.
-- change: as in app.schedule_facts.
create or replace function app.schedule_alternatives(change jsonb) returns jsonb
    -- Planned for the values at hand: a plan for any day of any event reads more than the one that is meant.
    language plpgsql stable set search_path = pg_catalog, pg_temp set timezone = 'UTC'
        set plan_cache_mode = force_custom_plan
    as $$
declare
    mine constant uuid := app.organization_id();
    buffer constant interval := make_interval(mins => app.buffer_minutes());
    the_event public.events;
    the_session public.schedules;
    wanted jsonb := coalesce(change -> 'set', '{}');
    starts timestamptz;
    ends timestamptz;
    wanted_room text;
    speakers text[];
    seats integer;
    needed integer;
    day date;
    closing timestamptz;
    in_the_way public.schedules[];
    rooms jsonb;
    slot jsonb;
    swap jsonb;
begin
    select * into the_event from public.events as event
    where event.organization_id = mine and event.id = (change ->> 'event_id')::uuid;
    select * into the_session from public.schedules as session
    where session.organization_id = mine and session.id = (change ->> 'schedule_id')::uuid;
    starts := coalesce((wanted ->> 'start_time')::timestamptz, the_session.start_time);
    ends := coalesce((wanted ->> 'end_time')::timestamptz, the_session.end_time);
    wanted_room := app.name_key(case when wanted ? 'room' then wanted ->> 'room' else the_session.room end);
    speakers := app.name_keys(coalesce(
        case when wanted ? 'speaker_name' then wanted ->> 'speaker_name' else the_session.speaker_name end, ''));
    if the_event.id is null or wanted_room is null or ends <= starts or ends - starts >= interval '1 day' then
        return jsonb_build_object('rooms', '[]'::jsonb);
    end if;
    needed := greatest(
        coalesce(case when wanted ? 'max_capacity' then (wanted ->> 'max_capacity')::integer
                      else the_session.max_capacity end, 0),
        (select count(*) from public.participant_schedules as seat
         where seat.organization_id = mine and seat.schedule_id = the_session.id and seat.waiting_since is null));
    seats := (select room.capacity from public.rooms as room
              where room.organization_id = mine and room.event_id = the_event.id and room.name_key = wanted_room);
    day := (starts at time zone the_event.time_zone)::date;
    -- Nobody begins a session late at night because the room is free then, unless the event is awake anyway.
    closing := greatest((day + time '22:00') at time zone the_event.time_zone, ends);

    select coalesce(jsonb_agg(found.fact order by found.place), '[]') into rooms
    from (
        select jsonb_build_object('room', room.name, 'capacity', room.capacity) as fact,
               -- Where nobody is counted, a room like the one that was meant is the one that fits.
               row_number() over (order by needed = 0 and coalesce(room.capacity < seats, false),
                                           room.capacity nulls last, room.name) as place
        from public.rooms as room
        where room.organization_id = mine and room.event_id = the_event.id and room.name_key <> wanted_room
          and not room.may_be_shared and coalesce(room.capacity >= needed, true) and app.room_is_there(room)
          and room.name_key not in (
              select session.room_key from public.schedules as session
              where session.organization_id = mine and session.event_id = the_event.id
                and session.start_time > starts - interval '1 day' and session.start_time < ends + buffer
                and session.end_time > starts - buffer and session.room_key is not null
                and session.status <> 'cancelled' and session.id is distinct from the_session.id)
        order by place limit 3) as found;

    in_the_way := array(
        select session from public.schedules as session
        where session.organization_id = mine and session.event_id = the_event.id
          and session.room_key = wanted_room and session.start_time < ends and session.end_time > starts
          and session.status <> 'cancelled' and not session.room_shared
          and session.id is distinct from the_session.id
        order by session.start_time limit 2);

    if cardinality(in_the_way) > 0 and needed <= coalesce(seats, needed)
       and day between the_event.starts_on and the_event.ends_on then
        select jsonb_build_object('start_time', lower(gap), 'end_time', lower(gap) + (ends - starts)) into slot
        from (
            select range_agg(case when session.room_key = wanted_room
                                  then tstzrange(session.start_time - buffer, session.end_time + buffer, '[)')
                                  else tstzrange(session.start_time, session.end_time, '[)') end) as taken
            from public.schedules as session
            where session.organization_id = mine and session.event_id = the_event.id
              and session.start_time > starts - interval '1 day' and session.start_time < closing + buffer
              and session.end_time > starts - buffer
              and session.status <> 'cancelled' and session.id is distinct from the_session.id
              and ((session.room_key = wanted_room and not session.room_shared) or session.speaker_keys && speakers)) as busy
        cross join unnest(tstzmultirange(tstzrange(starts, closing, '[)')) - coalesce(busy.taken, '{}')) as gap
        where upper(gap) - lower(gap) >= ends - starts
        order by gap limit 1;
    end if;

    if cardinality(in_the_way) = 1 and the_session.room_key is not null
       and (the_session.room_key <> wanted_room or the_session.start_time <> (in_the_way[1]).start_time)
       and needed <= coalesce(seats, needed) then
        select jsonb_build_object('schedule_id', (in_the_way[1]).id, 'title', (in_the_way[1]).title) into swap
        from public.rooms as room
        where room.organization_id = mine and room.event_id = the_event.id and room.name_key = the_session.room_key
          and coalesce(room.capacity, 2147483647) >= greatest(
              coalesce(in_the_way[1].max_capacity, 0),
              (select count(*) from public.participant_schedules as seat
               where seat.organization_id = mine and seat.schedule_id = (in_the_way[1]).id
                 and seat.waiting_since is null));
    end if;
    return jsonb_strip_nulls(jsonb_build_object('rooms', rooms, 'slot', slot, 'swap', swap));
end $$;
