-- Vendors and checklists.

-- Everything that a change of an event's vendors is judged by.
-- change: {"event_id", "vendors": [{"vendor_id", "status"?, "arrives_at"?, "notes"?, "cost"?}]}; an entry that takes a vendor
-- away sets nothing. Each answer is in the order of the change; a vendor that is not there is left out.
create or replace function app.vendor_facts(change jsonb) returns jsonb
    language plpgsql stable set search_path = pg_catalog, pg_temp set timezone = 'UTC'
    as $$
declare
    the_event public.events;
begin
    select * into the_event from public.events as event
    where event.organization_id = (select app.organization_id()) and event.id = (change ->> 'event_id')::uuid;

    return jsonb_build_object(
        'event', jsonb_build_object('id', the_event.id, 'name', the_event.name, 'starts_on', the_event.starts_on,
                                    'ends_on', the_event.ends_on, 'time_zone', the_event.time_zone),
        'vendors', (
            select coalesce(jsonb_agg(jsonb_build_object(
                'vendor_id', vendor.id, 'name', vendor.name,
                'now', case when seat.vendor_id is not null then jsonb_build_object(
                    'status', seat.status, 'arrives_at', seat.arrives_at, 'notes', seat.notes)
                    -- Left out where there is none: what was judged before there were costs is still what it was.
                    || case when seat.cost is not null then jsonb_build_object('cost', jsonb_build_object(
                        'amount', trim_scale(seat.cost)::text, 'currency', seat.currency)) else '{}' end end,
                'first_session', opening.fact) order by wanted.place), '[]')
            from jsonb_array_elements(change -> 'vendors') with ordinality as wanted(entry, place)
            join public.vendors as vendor
              on vendor.organization_id = the_event.organization_id
             and vendor.id = (wanted.entry ->> 'vendor_id')::uuid
            left join public.event_vendors as seat
              on seat.organization_id = vendor.organization_id and seat.event_id = the_event.id
             and seat.vendor_id = vendor.id
            cross join lateral (
                select date_trunc('day', case when wanted.entry ? 'arrives_at'
                                              then (wanted.entry ->> 'arrives_at')::timestamptz
                                              else seat.arrives_at end at time zone the_event.time_zone)) as plan(day)
            -- The first session of the day on which the vendor comes, local to the event.
            left join lateral (
                select jsonb_build_object(
                    'id', session.id, 'title', session.title, 'start_time', session.start_time,
                    'end_time', session.end_time, 'room', session.room, 'speaker_name', session.speaker_name) as fact
                from public.schedules as session
                where wanted.entry ?| array['status', 'arrives_at']
                  and session.organization_id = the_event.organization_id and session.event_id = the_event.id
                  and session.start_time >= plan.day at time zone the_event.time_zone
                  and session.start_time < (plan.day + interval '1 day') at time zone the_event.time_zone
                  and session.status <> 'cancelled'
                order by session.start_time, session.id limit 1) as opening on true));
end $$;

-- The vendors are locked first, also those who are not yet assigned: of two decisions about one vendor the second waits
-- and looks. Not against foreign keys, so that an import that only names a vendor need not wait.
create or replace function app.assert_vendor_unchanged(change jsonb, shown_digest text) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
    as $$
declare
    mine constant uuid := app.organization_id();
    in_event constant uuid := (change ->> 'event_id')::uuid;
    meant constant uuid[] := array(
        select (entry ->> 'vendor_id')::uuid from jsonb_array_elements(change -> 'vendors') as wanted(entry));
begin
    perform from public.events as event where event.organization_id = mine and event.id = in_event for share;
    perform from public.vendors as vendor where vendor.organization_id = mine and vendor.id = any (meant)
    order by vendor.id for no key update;
    perform from public.event_vendors as seat
    where seat.organization_id = mine and seat.event_id = in_event and seat.vendor_id = any (meant)
    order by seat.vendor_id for update;
    perform from public.schedules as session
    where session.organization_id = mine and session.id = any (array(
        select (fact -> 'first_session' ->> 'id')::uuid
        from jsonb_array_elements(app.vendor_facts(change) -> 'vendors') as found(fact)))
    order by session.id for share;
    perform app.assert_unchanged(app.vendor_facts(change), shown_digest);
end $$;

-- Everything that a change of the organisation's list of vendors is judged by.
-- change: {"vendor_id" or "new_id", "set": {"name", "category", "phone", "email"} (none: the vendor goes), "restore"?}
create or replace function app.vendor_record_facts(change jsonb) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp set timezone = 'UTC'
    as $$
        select jsonb_build_object(
            'vendor', (
                select jsonb_build_object(
                    'id', vendor.id, 'name', vendor.name, 'category', vendor.category, 'phone', vendor.phone,
                    'email', vendor.email, 'created_at', vendor.created_at)
                from public.vendors as vendor
                where vendor.organization_id = (select app.organization_id())
                  and vendor.id = coalesce(change ->> 'vendor_id', change ->> 'new_id')::uuid),
            'is_named', not coalesce(change -> 'set' ? 'name', false)
                or app.name_key(change -> 'set' ->> 'name') is not null,
            'namesake', (
                select vendor.name from public.vendors as vendor
                where vendor.organization_id = (select app.organization_id())
                  and vendor.name_key = app.name_key(change -> 'set' ->> 'name')
                  and vendor.id <> coalesce(change ->> 'vendor_id', change ->> 'new_id')::uuid),
            -- What goes with a vendor that goes.
            'events', (
                select count(*) from public.event_vendors as seat
                where not change ? 'set' and seat.organization_id = (select app.organization_id())
                  and seat.vendor_id = (change ->> 'vendor_id')::uuid))
    $$;

create or replace function app.assert_vendor_record_unchanged(change jsonb, shown_digest text) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
    as $$
begin
    -- A vendor that goes is locked against whoever assigns it at this moment too.
    perform from public.vendors as vendor
    where vendor.organization_id = (select app.organization_id()) and vendor.id = (change ->> 'vendor_id')::uuid
    for update;
    perform app.assert_unchanged(app.vendor_record_facts(change), shown_digest);
end $$;
revoke execute on function app.vendor_record_facts(jsonb), app.assert_vendor_record_unchanged(jsonb, text) from public;
grant execute on function app.vendor_record_facts(jsonb), app.assert_vendor_record_unchanged(jsonb, text) to authenticated;

-- Everything that a change of a checklist is judged by.
-- change: {"event_id", "item_ids": [id] (change, remove), "new_id": [id] and "items": [{"title", "assigned_to"}] (add),
-- "assigned_to" (assign)}. Items are told in the order of the change; one that is not there is left out.
create or replace function app.checklist_facts(change jsonb) returns jsonb
    language plpgsql stable set search_path = pg_catalog, pg_temp set timezone = 'UTC'
    as $$
declare
    the_event public.events;
begin
    select * into the_event from public.events as event
    where event.organization_id = (select app.organization_id()) and event.id = (change ->> 'event_id')::uuid;

    return jsonb_build_object(
        'event', jsonb_build_object('id', the_event.id, 'name', the_event.name, 'starts_on', the_event.starts_on,
                                    'ends_on', the_event.ends_on, 'time_zone', the_event.time_zone),
        'items', (
            select coalesce(jsonb_agg(jsonb_build_object(
                'id', item.id, 'title', item.title, 'due_at', item.due_at, 'assigned_to', item.assigned_to,
                'assignee', person.full_name, 'is_done', item.is_done, 'done_at', item.done_at,
                'source_id', item.source_id, 'created_at', item.created_at) order by wanted.place), '[]')
            from jsonb_array_elements_text(change -> 'item_ids') with ordinality as wanted(id, place)
            join public.checklist_items as item on item.id = wanted.id::uuid
            left join public.user_profiles as person
              on person.organization_id = item.organization_id and person.id = item.assigned_to
            where item.organization_id = the_event.organization_id and item.event_id = the_event.id),
        'people', (
            select coalesce(jsonb_agg(jsonb_build_object(
                'id', person.id, 'name', person.full_name, 'is_active', person.is_active) order by person.id), '[]')
            from public.user_profiles as person
            where person.organization_id = the_event.organization_id and person.kind = 'person'
              and (person.id = (change ->> 'assigned_to')::uuid
                   or person.id in (select (entry ->> 'assigned_to')::uuid
                                    from jsonb_array_elements(change -> 'items') as wanted(entry)))),
        -- An item that comes back after it was removed: its place may be taken by now.
        'taken', (
            select count(*) from public.checklist_items as item
            where item.organization_id = the_event.organization_id
              and (item.id in (select id::uuid from jsonb_array_elements_text(change -> 'new_id') as wanted(id))
                   or (item.event_id = the_event.id
                       and item.source_id in (select entry ->> 'source_id'
                                              from jsonb_array_elements(change -> 'items') as wanted(entry))))),
        'same_titles', (
            select coalesce(jsonb_agg(item.title order by item.title, item.id), '[]')
            from public.checklist_items as item
            where item.organization_id = the_event.organization_id and item.event_id = the_event.id
              and not item.is_done
              and app.name_key(item.title) in (select app.name_key(entry ->> 'title')
                                               from jsonb_array_elements(change -> 'items') as wanted(entry))));
end $$;

-- The people are not locked: only an owner may change them, and one who is switched off a moment after the proof was
-- still there when it was made.
create or replace function app.assert_checklist_unchanged(change jsonb, shown_digest text) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
    as $$
declare
    mine constant uuid := app.organization_id();
    in_event constant uuid := (change ->> 'event_id')::uuid;
    meant constant uuid[] := array(select id::uuid from jsonb_array_elements_text(change -> 'item_ids') as wanted(id));
    titles constant text[] := array(
        select app.name_key(entry ->> 'title') from jsonb_array_elements(change -> 'items') as wanted(entry));
begin
    perform from public.events as event where event.organization_id = mine and event.id = in_event for share;
    perform from public.checklist_items as item
    where item.organization_id = mine and item.event_id = in_event
      and (item.id = any (meant) or (not item.is_done and app.name_key(item.title) = any (titles)))
    order by item.id for update;
    perform app.assert_unchanged(app.checklist_facts(change), shown_digest);
end $$;
