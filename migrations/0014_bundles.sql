-- Bundles: several changes decided as one. A change is judged as if the lines beside it were already done; rooms keep the
-- organisation's minutes between sessions; two sessions may trade places inside one transaction.

-- A swap passes through a moment in which both sessions stand in one place. Checked after each statement as before,
-- unless a transaction says "set constraints public.no_room_overlap deferred".
do $$
begin
    if not exists (select from pg_constraint where conname = 'no_room_overlap'
                   and conrelid = 'public.schedules'::regclass and condeferrable) then
        alter table public.schedules
            drop constraint if exists no_room_overlap,
            add constraint no_room_overlap exclude using gist (
                organization_id with =,
                event_id with =,
                room_key with =,
                tstzrange(start_time, end_time, '[)') with &&
            ) where (room_key is not null and not room_shared and status <> 'cancelled')
            deferrable initially immediate;
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
    end if;
    proposed := coalesce(current_fact, '{}') || coalesce(change -> 'set', '{}');
    starts := (proposed ->> 'start_time')::timestamptz;
    ends := (proposed ->> 'end_time')::timestamptz;
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
               coalesce(jsonb_agg(fact) filter (where with_speaker and clashes), '[]'),
               coalesce(jsonb_agg(fact) filter (where in_room and not is_shared and not clashes), '[]')
        into room_beside, speaker_beside, close_beside
        from (
            select fact, in_room, with_speaker, (fact ->> 'start_time')::timestamptz < ends
                       and (fact ->> 'end_time')::timestamptz > starts as clashes
            from app.sessions_beside(
                change -> 'beside', the_event, mine, wanted_room,
                app.name_keys(coalesce(proposed ->> 'speaker_name', '')),
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
            select coalesce(jsonb_agg(app.session_fact(other) order by other.start_time, other.id), '[]')
            from public.check_speaker_conflicts(the_event.id, proposed ->> 'speaker_name', starts, ends,
                                                the_session.id) as clash
            join public.schedules as other
              on other.organization_id = the_event.organization_id and other.id = clash.id
            where change ? 'set' and other.id <> all (moved)));
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
    if change ? 'set' then
        for place in select taken.key from app.places_taken(change, was) as taken order by taken.kind, taken.key loop
            perform pg_advisory_xact_lock(hashtextextended(place.key, 0));
        end loop;
    end if;
    perform app.assert_unchanged(app.schedule_facts(change), shown_digest);
end $$;

-- Every lock that the proofs of a bundle's lines will want, in the one order in which anybody takes them: events (where a
-- line is about more than sessions and people), sessions, people, rooms and speakers. Two bundles then wait for each other
-- once, and never both ways.
create or replace function app.lock_lines(lines jsonb) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
    as $$
declare
    place record;
    mine constant uuid := app.organization_id();
begin
    perform from public.events as event
    where event.organization_id = mine and event.id in (
        select (line -> 'args' ->> 'event_id')::uuid from jsonb_array_elements(lines) as given(line)
        where line ->> 'action_type' not like 'schedule\_%' and line ->> 'action_type' not like 'participant%')
    order by event.id for no key update;
    perform from public.schedules as session
    where session.organization_id = mine and session.id in (
        select unnest(array[line -> 'args' ->> 'schedule_id', line -> 'args' ->> 'to_schedule_id'])::uuid
        from jsonb_array_elements(lines) as given(line))
    order by session.id for update;
    perform from public.participants as person
    where person.organization_id = mine and person.id in (
        select (line -> 'args' ->> 'participant_id')::uuid from jsonb_array_elements(lines) as given(line)
        union
        select id::uuid from jsonb_array_elements(lines) as given(line)
        cross join jsonb_array_elements_text(line -> 'args' -> 'participant_ids') as moved(id))
    order by person.id for update;
    for place in
        select distinct taken.kind, taken.key
        from jsonb_array_elements(lines) as given(line)
        left join public.schedules as was on was.organization_id = mine
            and was.id = (line -> 'args' ->> 'schedule_id')::uuid
        cross join app.places_taken(line -> 'args', was) as taken
        where line ->> 'action_type' like 'schedule\_%'
        order by taken.kind, taken.key loop
        perform pg_advisory_xact_lock(hashtextextended(place.key, 0));
    end loop;
    for place in
        select distinct (line -> 'args' ->> 'event_id') || '/person/'
                        || coalesce(app.name_key(line -> 'args' -> 'set' ->> 'full_name'), '') as key
        from jsonb_array_elements(lines) as given(line)
        where line ->> 'action_type' = 'participant_add' order by 1 loop
        perform pg_advisory_xact_lock(hashtextextended(place.key, 0));
    end loop;
end $$;

-- How many people the lines of a bundle touch, each counted once.
create or replace function app.people_touched(sessions uuid[], people uuid[]) returns bigint
    language sql stable set search_path = pg_catalog, pg_temp
    as $$
        select count(*) from (
            select seat.participant_id from public.participant_schedules as seat
            where seat.organization_id = (select app.organization_id()) and seat.schedule_id = any (sessions)
              and seat.waiting_since is null
            union
            select unnest(people)) as touched
    $$;

-- What became of a bundle's lines is noted after the claim, in the same transaction: the step that the chain tells of is
-- the entry as it then is.
create or replace function app.chain_step() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $$
declare
    noted constant text := coalesce(current_setting('eventflow.chains', true), '');
    each uuid;
begin
    if strpos(noted, ',') > 0 then
        for each in select distinct unnest(string_to_array(noted, ',')::uuid[]) order by 1 loop
            insert into app.ai_insights_heads (organization_id) values (each) on conflict do nothing;
            perform from app.ai_insights_heads where organization_id = each for update;
        end loop;
        perform set_config('eventflow.chains', '', true);
    end if;
    if new.execution_status = 'executed' and new.action_type = 'bundle' then
        select entry.outcome into new.outcome from public.ai_insights_log as entry where entry.id = new.id;
    end if;
    perform app.append_history(new, case when tg_op = 'UPDATE' then old.execution_status end);
    return null;
end $$;
-- It runs as the owner, who is under forced row-level security too where it is no superuser.
do $$
begin
    drop policy if exists chain_looks on public.ai_insights_log;
    execute format('create policy chain_looks on public.ai_insights_log for select to %I using (action_type = ''bundle'')',
                   current_user);
end $$;

-- Once, by who decided, before anybody else can see the bundle as executed.
drop policy if exists deciders_note_outcome on public.ai_insights_log;
create policy deciders_note_outcome on public.ai_insights_log for update to authenticated
    using (organization_id = (select app.organization_id()) and kind = 'suggestion' and action_type = 'bundle'
           and execution_status = 'executed' and decided_by = (select app.user_id()) and outcome is null)
    with check (organization_id = (select app.organization_id()) and execution_status = 'executed'
                and decided_by = (select app.user_id()) and outcome is not null);

revoke execute on all functions in schema app from public;
grant execute on function app.buffer_minutes(), app.schedule_facts(jsonb), app.assert_schedule_unchanged(jsonb, text),
    app.sessions_beside(jsonb, public.events, uuid, text, text[], timestamptz, timestamptz),
    app.places_taken(jsonb, public.schedules), app.lock_lines(jsonb), app.people_touched(uuid[], uuid[]) to authenticated;
