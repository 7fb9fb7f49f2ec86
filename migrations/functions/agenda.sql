-- Sessions: facts, free slots, search.

-- A session as a fact: everything a decision may depend on, times in UTC whatever the connection's setting.
create or replace function app.session_fact(session public.schedules) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp set timezone = 'UTC'
    as $$
        select jsonb_build_object(
            'id', session.id, 'title', session.title, 'start_time', session.start_time, 'end_time', session.end_time,
            'room', session.room, 'speaker_name', session.speaker_name, 'max_capacity', session.max_capacity,
            'status', session.status, 'row_version', session.row_version)
    $$;

-- The names of one field, as they are written there, that stand in another one too: "Dana Levi, Tom Harris".
create or replace function app.names_in(names text, others text) returns text[]
    language sql immutable set search_path = pg_catalog, pg_temp
    as $$
        select coalesce(array_agg(name order by place), '{}')
        from (
            select btrim(regexp_replace(part.name, '\s+', ' ', 'g')) as name, part.place,
                   row_number() over (partition by app.name_key(part.name) order by part.place) as time
            from regexp_split_to_table(coalesce(names, ''), '[,;&+]') with ordinality as part(name, place)
            where app.name_key(part.name) = any (app.name_keys(coalesce(others, '')))) as found
        where time = 1
    $$;

-- What comes back with a removed session ("new_id" and "restore" in the change): its people, who of them is no longer on
-- the list, who is elsewhere at that time by now, and whether it is in the agenda again already.
create or replace function app.session_returns(change jsonb, the_event public.events) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp set timezone = 'UTC'
    as $$
        with kept as (
            select seat.participant_id, seat.waiting_since, seat.removed_at, person.id, person.full_name, person.is_vip,
                   person.vip_notes
            from public.removed_registrations as seat
            left join public.participants as person
              on person.organization_id = seat.organization_id and person.id = seat.participant_id
            where seat.organization_id = (the_event).organization_id
              and seat.schedule_id = (change ->> 'new_id')::uuid)
        select jsonb_build_object(
            'registered', count(*) filter (where id is not null and waiting_since is null),
            'waiting', count(*) filter (where id is not null and waiting_since is not null),
            'gone', count(*) filter (where id is null),
            'vips', coalesce(jsonb_agg(jsonb_build_object('name', full_name, 'note', vip_notes)
                                       order by full_name, participant_id)
                             filter (where is_vip and waiting_since is null), '[]'),
            'again', exists (
                select from public.schedules as session
                where session.organization_id = (the_event).organization_id
                  and session.event_id = (the_event).id
                  and (session.id = (change ->> 'new_id')::uuid
                       or session.source_id = change -> 'restore' ->> 'source_id')),
            'elsewhere', (
                select coalesce(jsonb_agg(jsonb_build_object(
                           'session', app.session_fact(other), 'people', clash.people, 'names', clash.names)
                           order by other.start_time, other.id), '[]')
                from (
                    select seat.schedule_id, count(*) as people,
                           (array_agg(kept.full_name order by kept.full_name, kept.id))[1:5] as names
                    from kept
                    join public.participant_schedules as seat
                      on seat.organization_id = (the_event).organization_id and seat.participant_id = kept.id
                     and seat.waiting_since is null and seat.registered_at >= kept.removed_at
                    where kept.waiting_since is null
                    group by seat.schedule_id) as clash
                join public.schedules as other
                  on other.organization_id = (the_event).organization_id and other.id = clash.schedule_id
                where other.start_time < (change -> 'set' ->> 'end_time')::timestamptz
                  and other.end_time > (change -> 'set' ->> 'start_time')::timestamptz
                  and other.status <> 'cancelled'))
        from kept
    $$;
revoke execute on function app.names_in(text, text), app.session_returns(jsonb, public.events) from public;
grant execute on function app.names_in(text, text), app.session_returns(jsonb, public.events) to authenticated;

-- Everything that a proposed change of the agenda is judged by, as before, and two things more: "beside" in the change,
-- a list of other lines of its bundle ({"schedule_id" or "new_id", "set"}, {"schedule_id", "gone": true}) that count as
-- done; and the sessions that come closer than the room's buffer, where there is one.
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
    the_room jsonb;
    is_shared boolean;
    mine uuid;
    moved uuid[] := '{}';
    room_beside jsonb := '[]';
    speaker_beside jsonb := '[]';
    speakers text;
    close_beside jsonb := '[]';
    buffer interval;
    facts jsonb;
begin
    select * into the_event from public.events as event where event.id = (change ->> 'event_id')::uuid;
    if change ->> 'schedule_id' is not null then
        select * into the_session from public.schedules as session
        where session.organization_id = the_event.organization_id and session.id = (change ->> 'schedule_id')::uuid;
        if the_session.id is not null then
            current_fact := app.session_fact(the_session);
        end if;
        if not change ? 'set' then
            -- Its undo writes the whole row again.
            current_fact := current_fact || jsonb_build_object(
                'description', the_session.description, 'track', the_session.track, 'language', the_session.language,
                'source_id', the_session.source_id, 'source_code', the_session.source_code,
                'keeps_waiting_list', the_session.keeps_waiting_list,
                'created_at', the_session.created_at);
        elsif change -> 'set' ?| array['track', 'description'] then
            -- Only what such a change is judged by: what waits already keeps its digest.
            current_fact := current_fact || jsonb_build_object(
                'description', the_session.description, 'track', the_session.track);
        end if;
    end if;
    proposed := coalesce(current_fact, '{}') || coalesce(change -> 'set', '{}');
    starts := (proposed ->> 'start_time')::timestamptz;
    ends := (proposed ->> 'end_time')::timestamptz;
    speakers := coalesce(proposed ->> 'speaker_name', '');
    wanted_room := app.name_key(proposed ->> 'room');
    select jsonb_build_object('name', room.name, 'capacity', room.capacity, 'may_be_shared', room.may_be_shared)
    into the_room
    from public.rooms as room
    where room.organization_id = the_event.organization_id and room.event_id = the_event.id
      and room.name_key = wanted_room;
    is_shared := coalesce((the_room ->> 'may_be_shared')::boolean, false);
    if change -> 'set' ?| array['room', 'start_time', 'end_time'] and app.buffer_minutes() > 0 then
        buffer := make_interval(mins => app.buffer_minutes());
    end if;

    if change ? 'set' and change ? 'beside' then
        mine := coalesce(the_session.id, (change ->> 'new_id')::uuid);
        moved := array(
            select coalesce(entry ->> 'schedule_id', entry ->> 'new_id')::uuid
            from jsonb_array_elements(change -> 'beside') as given(entry));
        select coalesce(jsonb_agg(fact) filter (where in_room and not is_shared and clashes), '[]'),
               coalesce(jsonb_agg(fact || jsonb_build_object('who', app.names_in(speakers, fact ->> 'speaker_name')))
                            filter (where with_speaker and clashes), '[]'),
               coalesce(jsonb_agg(fact) filter (where in_room and not is_shared and not clashes), '[]')
        into room_beside, speaker_beside, close_beside
        from (
            select fact, in_room, with_speaker, (fact ->> 'start_time')::timestamptz < ends
                       and (fact ->> 'end_time')::timestamptz > starts as clashes
            from app.sessions_beside(
                change -> 'beside', the_event, mine, wanted_room,
                app.name_keys(speakers),
                starts - coalesce(buffer, interval '0'), ends + coalesce(buffer, interval '0'))) as other;
    end if;

    facts := jsonb_build_object(
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
        'room', the_room,
        'room_overlaps', room_beside || (
            select coalesce(jsonb_agg(app.session_fact(other) order by other.start_time, other.id), '[]')
            from public.schedules as other
            where change ? 'set' and wanted_room is not null
              and other.organization_id = the_event.organization_id and other.event_id = the_event.id
              and other.room_key = wanted_room and other.start_time < ends and other.end_time > starts
              and other.status <> 'cancelled' and not other.room_shared
              and other.id is distinct from the_session.id and other.id <> all (moved)),
        'speaker_overlaps', speaker_beside || (
            select coalesce(jsonb_agg(app.session_fact(other)
                                      || jsonb_build_object('who', app.names_in(speakers, other.speaker_name))
                                      order by other.start_time, other.id), '[]')
            from public.check_speaker_conflicts(the_event.id, proposed ->> 'speaker_name', starts, ends,
                                                the_session.id) as clash
            join public.schedules as other
              on other.organization_id = the_event.organization_id and other.id = clash.conflict_id
            where change ? 'set' and other.id <> all (moved)));
    if not change ? 'set' then
        facts := facts || jsonb_build_object('waiting', (
            select count(*) from public.participant_schedules as seat
            where seat.organization_id = the_event.organization_id and seat.schedule_id = the_session.id
              and seat.waiting_since is not null));
    elsif change ? 'restore' then
        facts := facts || app.session_returns(change, the_event);
    end if;
    if buffer is not null then
        facts := facts || jsonb_build_object('room_buffer', jsonb_build_object(
            'minutes', app.buffer_minutes(),
            'sessions', close_beside || (
                select coalesce(jsonb_agg(app.session_fact(other) order by other.start_time, other.id), '[]')
                from public.schedules as other
                where wanted_room is not null
                  and other.organization_id = the_event.organization_id and other.event_id = the_event.id
                  and other.room_key = wanted_room
                  and other.start_time < ends + buffer and other.end_time > starts - buffer
                  and not (other.start_time < ends and other.end_time > starts)
                  and other.status <> 'cancelled' and not other.room_shared
                  and other.id is distinct from the_session.id and other.id <> all (moved))));
    end if;
    return facts;
end $$;

-- The proof that a decided change may run, as before; and of two decisions about one room the second now waits and looks,
-- because no constraint keeps the minutes between two sessions.
create or replace function app.assert_schedule_unchanged(change jsonb, shown_digest text) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
    as $$
declare
    was public.schedules;
    place record;
begin
    select * into was from public.schedules as session
    where session.organization_id = (select app.organization_id()) and session.id = (change ->> 'schedule_id')::uuid
    for update;
    if change ? 'restore' then
        -- Whoever comes back with the session stays on the list until they have.
        perform from public.participants as person
        where person.organization_id = (select app.organization_id()) and person.id in (
            select seat.participant_id from public.removed_registrations as seat
            where seat.organization_id = person.organization_id and seat.schedule_id = (change ->> 'new_id')::uuid)
        order by person.id for key share;
    end if;
    if change ? 'set' then
        for place in select taken.key from app.places_taken(change, was) as taken order by taken.kind, taken.key loop
            perform pg_advisory_xact_lock(hashtextextended(place.key, 0));
        end loop;
    end if;
    perform app.assert_unchanged(app.schedule_facts(change), shown_digest);
end $$;

-- Whether a room is one of the event: not one that its file has no more while no session stands in it.
create or replace function app.room_is_there(room public.rooms) returns boolean
    language sql stable set search_path = pg_catalog, pg_temp
    as $$
        select room.in_file is distinct from false or exists (
            select from public.schedules as session
            where session.organization_id = room.organization_id and session.event_id = room.event_id
              and session.room_key = room.name_key and session.status <> 'cancelled')
    $$;

-- Stretches of at least the wanted length in which a room is empty, inside the window.
create or replace function app.free_slots(
    in_event uuid, window_start timestamptz, window_end timestamptz, minutes integer, in_room text default null)
    returns table (room text, capacity integer, start_time timestamptz, end_time timestamptz)
    language sql stable set search_path = pg_catalog, pg_temp
    as $$
        select room.name, room.capacity, lower(gap), upper(gap)
        from public.rooms as room
        join public.events as event on event.organization_id = room.organization_id and event.id = room.event_id
        cross join lateral (
            select range_agg(tstzrange(session.start_time, session.end_time, '[)')) as taken
            from public.schedules as session
            where session.organization_id = room.organization_id and session.event_id = room.event_id
              and session.room_key = room.name_key and session.status <> 'cancelled'
              and session.start_time < window_end and session.end_time > window_start) as busy
        cross join lateral unnest(
            tstzmultirange(tstzrange(window_start, window_end, '[)')) - coalesce(busy.taken, '{}'::tstzmultirange)) as gap
        where event.id = in_event and app.room_is_there(room)
          and (in_room is null or room.name_key = app.name_key(in_room))
          and upper(gap) - lower(gap) >= make_interval(mins => minutes)
        order by lower(gap), room.name
    $$;

-- Typo-tolerant search in titles and speakers. SECURITY DEFINER because trigram operators are not leakproof and could
-- not use their index under row-level security; it filters by the caller's organisation itself. An event is read whole,
-- which beats any index of trigrams; one statement for both cases would get one plan for both, the wrong one for each.
create or replace function app.search_sessions(wanted text, in_event uuid default null, at_most integer default 10)
    returns table (id uuid, event_id uuid, title text, start_time timestamptz, end_time timestamptz, room text,
                   speaker_name text, status text, match real)
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
    as $$
declare
    mine constant uuid := app.organization_id();
    words constant text := app.name_key(wanted);
    inside constant text := '%' || regexp_replace(words, '([\\%_])', '\\\1', 'g') || '%';
begin
    if in_event is not null then
        return query
            select session.id, session.event_id, session.title, session.start_time, session.end_time, session.room,
                   session.speaker_name, session.status,
                   greatest(extensions.word_similarity(words, session.search_key),
                            case when session.search_key like inside then 1 else 0 end)::real as match
            from public.schedules as session
            where session.organization_id = mine and session.event_id = in_event
              and (words operator(extensions.<%) session.search_key or session.search_key like inside)
            order by match desc, session.start_time, session.id
            limit least(at_most, 50);
    else
        return query
            select session.id, session.event_id, session.title, session.start_time, session.end_time, session.room,
                   session.speaker_name, session.status,
                   greatest(extensions.word_similarity(words, session.search_key),
                            case when session.search_key like inside then 1 else 0 end)::real as match
            from public.schedules as session
            where session.organization_id = mine
              and (words operator(extensions.<%) session.search_key or session.search_key like inside)
            order by match desc, session.start_time, session.id
            limit least(at_most, 50);
    end if;
end $$;

-- How many minutes a room stays empty between two sessions; 0 where the organisation has no such rule. Every proof of the
-- agenda asks for it: in plpgsql it keeps its plan.
create or replace function app.buffer_minutes() returns integer
    language plpgsql stable set search_path = pg_catalog, pg_temp
    as $$
begin
    return coalesce((
        select (policy.document ->> 'buffer_minutes')::integer from public.organization_policies as policy
        where policy.organization_id = (select app.organization_id())
        order by policy.version desc limit 1), 0);
end $$;

-- The sessions that the lines beside a change leave in a room or with a speaker at a time, each as it will be. Without a
-- row version, so that the answer is the same whether a line has run already or not.
create or replace function app.sessions_beside(
    beside jsonb, the_event public.events, apart_from uuid, wanted_room text, wanted_speakers text[],
    starts timestamptz, ends timestamptz)
    returns table (fact jsonb, in_room boolean, with_speaker boolean)
    language sql stable set search_path = pg_catalog, pg_temp set timezone = 'UTC'
    as $$
        with line as (
            select coalesce(entry ->> 'schedule_id', entry ->> 'new_id')::uuid as id, entry -> 'set' as wanted,
                   entry ? 'new_id' as is_new
            from jsonb_array_elements(beside) as given(entry)
            where entry ? 'set'),
        session as (
            select line.id, line.wanted, coalesce(wanted ->> 'title', was.title) as title,
                   coalesce((wanted ->> 'start_time')::timestamptz, was.start_time) as start_time,
                   coalesce((wanted ->> 'end_time')::timestamptz, was.end_time) as end_time,
                   case when wanted ? 'room' then wanted ->> 'room' else was.room end as room,
                   case when wanted ? 'speaker_name' then wanted ->> 'speaker_name' else was.speaker_name end
                       as speaker_name, was.room_key, was.speaker_keys
            from line
            left join public.schedules as was
              on was.organization_id = (the_event).organization_id and was.id = line.id
            where line.id is distinct from apart_from and (line.is_new or was.event_id = (the_event).id)
              and was.status is distinct from 'cancelled'),
        near as (
            select session.*,
                   case when wanted ? 'room' then app.name_key(room) else room_key end = wanted_room as in_room,
                   case when wanted ? 'speaker_name' then app.name_keys(coalesce(speaker_name, '')) else speaker_keys end
                       && wanted_speakers as with_speaker
            from session where session.start_time < ends and session.end_time > starts)
        select jsonb_build_object('id', id, 'title', title, 'start_time', start_time, 'end_time', end_time, 'room', room,
                                  'speaker_name', speaker_name),
               coalesce(near.in_room, false), coalesce(near.with_speaker, false)
        from near where near.in_room or near.with_speaker
        order by start_time, id
    $$;

-- The room and the speakers that a change of the agenda needs, as keys of locks; none where it has no "set".
create or replace function app.places_taken(change jsonb, was public.schedules)
    returns table (kind integer, key text)
    language sql stable set search_path = pg_catalog, pg_temp
    as $$
        select 1, (change ->> 'event_id') || '/room/'
                  || app.name_key(case when wanted ? 'room' then wanted ->> 'room' else (was).room end)
        from (select change -> 'set') as given(wanted)
        where wanted ?| array['room', 'start_time', 'end_time']
          and app.name_key(case when wanted ? 'room' then wanted ->> 'room' else (was).room end) is not null
        union
        select 2, (change ->> 'event_id') || '/' || speaker
        from (select change -> 'set') as given(wanted)
        cross join unnest(app.name_keys(coalesce(wanted ->> 'speaker_name', (was).speaker_name, ''))) as speaker
        where wanted is not null
    $$;

revoke execute on function app.room_is_there(public.rooms) from public;
grant execute on function app.room_is_there(public.rooms) to authenticated;
