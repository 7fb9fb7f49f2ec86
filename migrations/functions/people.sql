-- Participants and their places.

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

-- What comes back with a person who was taken off the list: their registrations, and what of them cannot or goes past a limit.
create or replace function app.person_returns(person uuid, the_event public.events) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp set timezone = 'UTC'
    as $$
        select jsonb_build_object(
            'returning', count(*) filter (where session.id is not null),
            'gone', count(*) filter (where session.id is null),
            'full', coalesce(jsonb_agg(app.session_fact(session) || jsonb_build_object(
                        'capacity', app.session_capacity(session)) order by session.start_time, session.id)
                    filter (where seat.waiting_since is null and app.session_capacity(session) <= (
                        select count(*) from public.participant_schedules as other
                        where other.organization_id = seat.organization_id and other.schedule_id = seat.schedule_id
                          and other.waiting_since is null)), '[]'))
        from public.removed_registrations as seat
        left join public.schedules as session
          on session.organization_id = seat.organization_id and session.id = seat.schedule_id
        where seat.organization_id = (the_event).organization_id and seat.event_id = (the_event).id
          and seat.participant_id = person
    $$;
revoke execute on function app.person_returns(uuid, public.events) from public;
grant execute on function app.person_returns(uuid, public.events) to authenticated;

-- Everything that a change of people is judged by, as before; and "beside" in the change, a list of what other lines of
-- its bundle make of registrations ({"schedule_id", "participant_id", "comes", "waiting", "since"}), counts as done.
-- change: {"event_id"} and
--   for a registration {"schedule_id", "participant_id", "set" or "restore"}, to end one the same without these two;
--   for a move {"schedule_id", "to_schedule_id", "participant_ids", "everyone", "waiting": {participant: time}};
--   for a person's own row {"participant_id", "set"}, for a new one {"new_id", "set"}, to remove one {"participant_id"},
--   for one who comes back {"new_id", "set", "restore": {}}.
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
    beside constant jsonb := coalesce(change -> 'beside', '[]');
    here uuid;
    settled uuid[] := '{}';
    seated bigint := 0;
    lined bigint := 0;
    left_behind uuid[] := '{}';
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
    -- The session whose places and line count, and what the lines beside make of them.
    here := coalesce(destination.id, the_session.id);
    if beside <> '[]' then
        select coalesce(array_agg(seat.participant_id), '{}'),
               count(*) filter (where seat.comes and not seat.waiting),
               count(*) filter (where seat.comes and seat.waiting and (line_time is null or seat.since < line_time))
        into settled, seated, lined
        from app.seats_beside(beside) as seat where seat.schedule_id = here;
        left_behind := array(select seat.participant_id from app.seats_beside(beside) as seat
                             where seat.schedule_id = the_session.id);
    end if;
    if destination.id is not null then
        capacity := app.session_capacity(destination);
        needed := (select count(*) from unnest(coming) as mover(id)
                   where not coalesce(change -> 'waiting', '{}') ? mover.id::text);
        taken := (select count(*) from public.participant_schedules as seat
                  where seat.organization_id = the_event.organization_id and seat.schedule_id = destination.id
                    and seat.waiting_since is null and seat.participant_id <> all (coming)
                    and seat.participant_id <> all (settled)) + seated;
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
            select count(*) + case when destination.id is not null or line_time is not null then lined else 0 end
            from public.participant_schedules as seat
            where seat.organization_id = the_event.organization_id
              and seat.schedule_id = here
              and seat.waiting_since is not null and seat.participant_id <> all (named || settled)
              and (destination.id is not null or line_time is not null)
              and (line_time is null or (seat.waiting_since, seat.participant_id)
                                      < (line_time, (change ->> 'participant_id')::uuid))),
        'first_waiting', case when destination.id is not null then app.first_waiting(destination, named || settled) end,
        -- Whom a place that becomes free would go to; nobody gets it without a decision of its own.
        'next', case when destination.id is distinct from the_session.id and the_session.id is not null
                     then app.first_waiting(the_session, named || left_behind) end,
        'overlaps', (
            select coalesce(jsonb_agg(jsonb_build_object(
                       'session', app.session_fact(other), 'people', clash.people, 'names', clash.names)
                       order by other.start_time, other.id), '[]')
            from (
                select seat.schedule_id, count(*) as people,
                       (array_agg(person.full_name order by person.full_name, person.id))[1:5] as names
                from (
                    select held.organization_id, held.schedule_id, held.participant_id
                    from public.participant_schedules as held
                    where destination.id is not null and held.organization_id = the_event.organization_id
                      and held.participant_id = any (coming) and held.waiting_since is null
                      and (beside = '[]' or (held.schedule_id, held.participant_id) not in (
                          select moot.schedule_id, moot.participant_id from app.seats_beside(beside) as moot))
                    union all
                    select the_event.organization_id, coming_too.schedule_id, coming_too.participant_id
                    from app.seats_beside(beside) as coming_too
                    where destination.id is not null and coming_too.participant_id = any (coming)
                      and coming_too.comes and not coming_too.waiting) as seat
                join public.participants as person
                  on person.organization_id = seat.organization_id and person.id = seat.participant_id
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
              and seat.organization_id = the_event.organization_id and seat.participant_id = any (named)))
        || case when change ? 'new_id' and change ? 'restore'
                then app.person_returns((change ->> 'new_id')::uuid, the_event) else '{}' end;
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
    if change ? 'new_id' and change ? 'restore' then
        -- The sessions that they come back to stay, and nobody takes a place in them meanwhile.
        perform from public.schedules as session
        where session.organization_id = (select app.organization_id()) and session.id in (
            select seat.schedule_id from public.removed_registrations as seat
            where seat.organization_id = session.organization_id and seat.participant_id = (change ->> 'new_id')::uuid)
        order by session.id for update;
    end if;
    if change ? 'new_id' then
        -- Nobody is there to be locked yet: of two that add the same name the second sees the first.
        perform pg_advisory_xact_lock(hashtextextended(
            (change ->> 'event_id') || '/person/' || coalesce(app.name_key(change -> 'set' ->> 'full_name'), ''), 0));
    end if;
    perform app.assert_unchanged(app.participant_facts(change), shown_digest);
end $$;

-- What the lines beside make of registrations: who comes to which session (to a place, or to the line at a time; none for
-- "now", behind everybody), and who no longer does.
create or replace function app.seats_beside(beside jsonb)
    returns table (schedule_id uuid, participant_id uuid, comes boolean, waiting boolean, since timestamptz)
    language sql immutable set search_path = pg_catalog, pg_temp
    as $$
        select * from jsonb_to_recordset(beside)
            as seat(schedule_id uuid, participant_id uuid, comes boolean, waiting boolean, since timestamptz)
    $$;
