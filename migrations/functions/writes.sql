-- What the database knows of the kinds of writes: what each is judged by, whether it is done, what it locks, its lines.
-- Nothing else in SQL but the subjects' own functions reads the arguments of a write by name.

-- The lines of a bundle as they are kept; null for what is no bundle.
create or replace function app.lines_of(action_data jsonb) returns jsonb
    language sql immutable parallel safe set search_path = pg_catalog, pg_temp
    as $$ select action_data #> '{args,lines}' $$;

-- The id of the row that a write makes; null where it makes none, or several.
create or replace function app.made_by(action_data jsonb) returns text
    language sql immutable parallel safe set search_path = pg_catalog, pg_temp
    as $$ select action_data -> 'args' ->> 'new_id' $$;

-- What a write is judged by, as its subject gathers it; null where that is proven elsewhere. `badge_create` is judged by
-- `app.badge_facts`. The word comes from a row that a person may have written: it is taken for a name alone, of a function
-- of these arguments in our own schema, where nobody but the owner makes any, and which runs with the caller's rights.
create or replace function app.facts_of(action_type text, args jsonb) returns jsonb
    language plpgsql stable set search_path = pg_catalog, pg_temp
    as $$
declare
    of_subject constant text := format('app.%I', split_part(action_type, '_', 1) || '_facts');
    facts jsonb;
begin
    case split_part(action_type, '_', 1)
    when 'schedule' then return app.schedule_facts(args);
    when 'participant', 'participants' then return app.participant_facts(args);
    when 'vendor' then
        return case when args ? 'vendors' then app.vendor_facts(args) else app.vendor_record_facts(args) end;
    when 'vendors' then return app.vendor_facts(args);
    when 'person' then return app.access_facts(args);
    else
        if to_regprocedure(of_subject || '(jsonb)') is not null then
            execute 'select ' || of_subject || '($1)' into facts using args;
        end if;
        return facts;
    end case;
end $$;

-- Whether one write is done: its row is what was decided, or is gone. A subject that is not told of here brings a function
-- of its own: `app.badge_is_done` for `badge_create`.
create or replace function app.is_done(of_organization uuid, action_type text, args jsonb) returns boolean
    language plpgsql stable set search_path = pg_catalog, pg_temp
    as $$
declare
    subject constant text := split_part(action_type, '_', 1);
    its_table constant text := case subject when 'schedule' then 'schedules' when 'room' then 'rooms'
        when 'event' then 'events' when 'participant' then 'participants' when 'vendor' then 'vendors' end;
    wanted constant jsonb := coalesce(args -> 'set', '{}');
    is_so boolean;
begin
    case
    when action_type in ('participant_assign', 'participant_unassign', 'participants_move') then
        return app.is_seated(of_organization, action_type, args);
    when action_type in ('vendors_assign', 'vendor_status', 'vendor_unassign') then
        return not exists (
            select from jsonb_array_elements(args -> 'vendors') as wanted(entry)
            left join public.event_vendors as seat
              on seat.organization_id = of_organization and seat.event_id = (args ->> 'event_id')::uuid
             and seat.vendor_id = (entry ->> 'vendor_id')::uuid
            where (action_type = 'vendor_unassign') = (seat.vendor_id is not null)
               or (action_type <> 'vendor_unassign' and jsonb_populate_record(seat, entry
                           || case when entry ? 'cost' then jsonb_build_object(
                                  'cost', entry -> 'cost' -> 'amount', 'currency', entry -> 'cost' -> 'currency')
                                  else '{}' end) is distinct from seat));
    when subject = 'checklist' then
        return (
            select case when action_type = 'checklist_remove' then count(item.id) = 0
                        else count(*) = count(item.id) end
               and coalesce(bool_and(case action_type when 'checklist_complete' then item.is_done
                                                      when 'checklist_reopen' then not item.is_done
                                                      when 'checklist_assign' then
                                                          item.assigned_to = (args ->> 'assigned_to')::uuid
                                                      else true end), true)
            from jsonb_array_elements_text(coalesce(args -> 'item_ids', args -> 'new_id')) as wanted(id)
            left join public.checklist_items as item
              on item.organization_id = of_organization and item.id = wanted.id::uuid);
    -- The file's sessions, as they were to be written, stand in the agenda.
    when subject = 'import' then
        return not exists (
            select from jsonb_to_recordset(args -> 'sessions')
                as wanted(source_id text, title text, start_time timestamptz, end_time timestamptz, room text)
            where not exists (
                select from public.schedules as session
                where session.organization_id = of_organization and session.source_id = wanted.source_id
                  and session.title = wanted.title and session.start_time = wanted.start_time
                  and session.end_time = wanted.end_time and session.room is not distinct from wanted.room));
    when subject = 'policy' then
        return (select ruled.document = args -> 'document' from public.organization_policies as ruled
                where ruled.organization_id = of_organization order by ruled.version desc limit 1);
    when subject = 'person' then
        return exists (
            select from public.user_profiles as person
            where person.organization_id = of_organization and person.id = (args ->> 'user_id')::uuid
              and case action_type when 'person_role' then person.role = args ->> 'role'
                                   else person.is_active = (action_type = 'person_on') end);
    when subject = 'delegation' then
        return exists (
            select from public.delegations as lent
            where lent.organization_id = of_organization
              and lent.id = coalesce(args ->> 'new_id', args ->> 'delegation_id')::uuid
              and (lent.ended_at is not null) = (action_type = 'delegation_end'));
    when its_table is not null then
        execute format('select jsonb_populate_record(it, $1) is not distinct from it from public.%I as it '
                       'where it.organization_id = $2 and it.id = $3', its_table)
            into is_so using wanted, of_organization, coalesce(args ->> 'new_id', args ->> (subject || '_id'))::uuid;
        return case when action_type ~ '_(delete|remove|delete_draft)$' then is_so is null else coalesce(is_so, false) end;
    when to_regprocedure(format('app.%I(uuid, text, jsonb)', subject || '_is_done')) is not null then
        execute format('select app.%I($1, $2, $3)', subject || '_is_done')
            into is_so using of_organization, action_type, args;
        return coalesce(is_so, false);
    else
        raise exception 'app.is_done does not know %', action_type;
    end case;
end $$;

-- The same of registrations: who comes to a session, waits for it, does not come any more.
create or replace function app.is_seated(of_organization uuid, action_type text, args jsonb) returns boolean
    language plpgsql stable set search_path = pg_catalog, pg_temp
    as $$
declare
    people constant uuid[] := coalesce(
        array(select id::uuid from jsonb_array_elements_text(args -> 'participant_ids') as who(id)), '{}')
        || array_remove(array[(args ->> 'participant_id')::uuid], null);
    here constant uuid := (args ->> 'schedule_id')::uuid;
    there constant uuid := coalesce((args ->> 'to_schedule_id')::uuid, here);
    waits constant boolean := case when args ? 'restore' then args -> 'restore' ->> 'waiting_since' is not null
                                   else (args -> 'set' ->> 'waiting')::boolean end;
    seated bigint;
    left_behind bigint;
begin
    select count(*) filter (where seat.schedule_id = there and (waits is null or waits = (seat.waiting_since is not null))),
           count(*) filter (where seat.schedule_id = here)
    into seated, left_behind
    from public.participant_schedules as seat
    where seat.organization_id = of_organization and seat.participant_id = any (people)
      and seat.schedule_id in (here, there);
    return case action_type when 'participant_unassign' then left_behind = 0
                            when 'participant_assign' then seated = 1
                            else seated = cardinality(people) and left_behind = 0 end;
end $$;

-- What a write is about, whatever its kind: every id in it but the event's.
create or replace function app.ids_of(args jsonb) returns text[]
    language sql immutable parallel safe set search_path = pg_catalog, pg_temp
    as $$
        select coalesce(array_agg(distinct found.id[1]), '{}')
        from regexp_matches((args - 'event_id')::text, '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}', 'g')
            as found(id)
    $$;

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

revoke execute on function app.lines_of(jsonb), app.made_by(jsonb), app.facts_of(text, jsonb), app.is_done(uuid, text, jsonb),
    app.is_seated(uuid, text, jsonb), app.ids_of(jsonb) from public;
-- The guard of the steps runs as whoever takes one.
grant execute on function app.facts_of(text, jsonb) to authenticated;
