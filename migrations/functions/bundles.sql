-- Several writes as one suggestion.

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
