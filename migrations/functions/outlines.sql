-- What a viewer is told of rows that they do not read: no notes, no addresses, no numbers, nobody's own words. SECURITY
-- DEFINER because row-level security closes those rows to them; each filters by the caller's organisation itself. The
-- owner, who is under row-level security where it is no superuser, reads by proof_reads, owner_reads and chain_reads.

-- The people of an event, or who holds a place in a session.
create or replace function app.participant_outlines(in_event uuid, in_session uuid default null)
    returns table (organization_id uuid, event_id uuid, id uuid, full_name text, name_key text, is_vip boolean,
                   checked_in_at timestamptz)
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
    as $$
declare
    mine constant uuid := app.organization_id();
begin
    if in_session is null then
        return query
            select person.organization_id, person.event_id, person.id, person.full_name, person.name_key, person.is_vip,
                   person.checked_in_at
            from public.participants as person
            where person.organization_id = mine and person.event_id = in_event;
    else
        return query
            select person.organization_id, person.event_id, person.id, person.full_name, person.name_key, person.is_vip,
                   person.checked_in_at
            from public.participant_schedules as seat
            join public.participants as person
              on person.organization_id = seat.organization_id and person.id = seat.participant_id
            where seat.organization_id = mine and seat.schedule_id = in_session and seat.waiting_since is null;
    end if;
end $$;

-- Who comes to an event, as what and when.
create or replace function app.vendor_outlines(in_event uuid)
    returns table (organization_id uuid, event_id uuid, id uuid, name text, category text, status text,
                   arrives_at timestamptz)
    language sql stable security definer set search_path = pg_catalog, pg_temp
    as $$
        select seat.organization_id, seat.event_id, vendor.id, vendor.name, vendor.category, seat.status, seat.arrives_at
        from public.event_vendors as seat
        join public.vendors as vendor
          on vendor.organization_id = seat.organization_id and vendor.id = seat.vendor_id
        where seat.organization_id = (select app.organization_id()) and seat.event_id = in_event
    $$;

-- The values of a row that everybody may know. What is not named here is left out, whatever a later tool writes there.
create or replace function app.plain_values(of_row jsonb) returns jsonb
    language sql immutable set search_path = pg_catalog, pg_temp
    as $$
        select coalesce(jsonb_object_agg(key, value), '{}')
        from jsonb_each(case jsonb_typeof(of_row) when 'object' then of_row else '{}' end)
        where jsonb_typeof(value) not in ('object', 'array') and key = any ('{
            title, name, full_name, start_time, end_time, room, speaker_name, max_capacity, track, language, status,
            starts_on, ends_on, time_zone, capacity, may_be_shared, keeps_waiting_list, category, arrives_at, due_at,
            is_done, done_at, is_vip, checked_in_at, role, is_active}'::text[])
    $$;

-- Suggestions: what they are about, whom they touch and what became of them. Only what was asked for stands in the
-- statement: "or it is null" would keep its indexes from being used.
create or replace function app.suggestion_outlines(
    only_id uuid default null, in_event uuid default null, with_status text default null,
    executed_since timestamptz default null, at_most integer default null)
    returns table (organization_id uuid, id uuid, event_id uuid, event text, kind text, action_type text, title text,
                   effect text, zone text, risk text, is_blocked boolean, execution_status text,
                   suggested_at timestamptz, created_at timestamptz, decided_at timestamptz, executed_at timestamptz,
                   deadline timestamptz, asked_by text, decided_by text, approved_by text, superseded_by uuid,
                   conflicts text[], affected integer, vips text[], changed jsonb, was jsonb)
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
    as $$
begin
    return query execute
        'select entry.organization_id, entry.id, entry.event_id, '
        '    (select event.name from public.events as event '
        '     where event.organization_id = entry.organization_id and event.id = entry.event_id), '
        '    entry.kind, entry.action_type, app.entry_title(entry.before_state, entry.action_data), entry.effect, '
        '    entry.zone, entry.risk, entry.is_blocked, entry.execution_status, entry.suggested_at, entry.created_at, '
        '    entry.decided_at, entry.executed_at, entry.deadline, '
        '    (select person.full_name from public.user_profiles as person '
        '     where person.organization_id = entry.organization_id and person.id = entry.user_id) as asked_by, '
        '    (select person.full_name from public.user_profiles as person '
        '     where person.organization_id = entry.organization_id and person.id = entry.decided_by), '
        '    coalesce((select string_agg(name, '', '') '
        '              from jsonb_array_elements_text(entry.decided_from -> ''approvers'') as name), '
        '             (select person.full_name from public.user_profiles as person '
        '              where person.organization_id = entry.organization_id and person.id = entry.approved_by)), '
        '    entry.superseded_by, '
        '    array(select each ->> ''kind'' from jsonb_array_elements(entry.conflicts) as each), '
        '    coalesce((entry.impact ->> ''affected_participants'')::integer, 0), '
        '    array(select each ->> ''name'' from jsonb_array_elements(entry.impact -> ''vips'') as each), '
        '    app.plain_values(entry.action_data -> ''changes''), app.plain_values(entry.before_state) '
        'from public.ai_insights_log as entry '
        'where entry.organization_id = (select app.organization_id()) and entry.kind = ''suggestion'''
        || case when only_id is not null then ' and entry.id = $1' else '' end
        -- The row of an event's creation cannot point to an event that was not there yet.
        || case when in_event is not null then ' and (entry.event_id = $2 or (entry.event_id is null '
            'and entry.action_type = ''event_create'' and app.made_by(entry.action_data) = $2::text))'
            else '' end
        || case when with_status is not null then ' and entry.execution_status = $3' else '' end
        || case when executed_since is not null then ' and entry.executed_at >= $4' else '' end
        || ' order by entry.created_at desc, entry.id desc'
        || case when at_most is not null then ' limit $5' else '' end
    using only_id, in_event, with_status, executed_since, at_most;
end $$;

-- The steps of one suggestion: when, from what to what, by whom.
create or replace function app.step_outlines(of_suggestion uuid)
    returns table ("position" bigint, at timestamptz, from_status text, to_status text, actor text)
    language sql stable security definer set search_path = pg_catalog, pg_temp
    as $$
        select step.position, step.at, step.from_status, step.to_status,
               (select person.full_name from public.user_profiles as person
                where person.organization_id = step.organization_id and person.id = step.actor)
        from public.ai_insights_history as step
        where step.organization_id = (select app.organization_id()) and step.entry_id = of_suggestion
        order by step.position
    $$;

revoke execute on function app.participant_outlines(uuid, uuid), app.vendor_outlines(uuid), app.plain_values(jsonb),
    app.suggestion_outlines(uuid, uuid, text, timestamptz, integer), app.step_outlines(uuid) from public;
grant execute on function app.participant_outlines(uuid, uuid), app.vendor_outlines(uuid),
    app.suggestion_outlines(uuid, uuid, text, timestamptz, integer), app.step_outlines(uuid) to authenticated;
