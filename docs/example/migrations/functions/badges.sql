-- Badges. A change: {"event_id", "new_id" and "name" (create) or "badge_id" (remove)}.

-- Everything that a change of badges is judged by.
create or replace function app.badge_facts(change jsonb) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp set timezone = 'UTC'
    as $$
        select jsonb_build_object(
            'zone', (
                select event.time_zone from public.events as event
                where event.organization_id = (select app.organization_id())
                  and event.id = (change ->> 'event_id')::uuid),
            'now', (
                select jsonb_build_object('id', badge.id, 'name', badge.name) from public.badges as badge
                where badge.organization_id = (select app.organization_id())
                  and badge.event_id = (change ->> 'event_id')::uuid
                  and badge.id = coalesce(change ->> 'badge_id', change ->> 'new_id')::uuid),
            'is_known', exists (
                select from public.badges as badge
                where badge.organization_id = (select app.organization_id())
                  and badge.event_id = (change ->> 'event_id')::uuid
                  and app.name_key(badge.name) = app.name_key(change ->> 'name')))
    $$;

create or replace function app.assert_badge_unchanged(change jsonb, shown_digest text) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
    as $$
begin
    -- Two badges of one event are decided one after the other.
    perform from public.events as event
    where event.organization_id = (select app.organization_id()) and event.id = (change ->> 'event_id')::uuid
    for no key update;
    perform app.assert_unchanged(app.badge_facts(change), shown_digest);
end $$;

-- Whether a change of badges is done.
create or replace function app.badge_is_done(of_organization uuid, action_type text, args jsonb) returns boolean
    language sql stable set search_path = pg_catalog, pg_temp
    as $$
        select case action_type
            when 'badge_create' then exists (
                select from public.badges as badge
                where badge.organization_id = of_organization and badge.id = (args ->> 'new_id')::uuid
                  and badge.name = args ->> 'name')
            when 'badge_remove' then not exists (
                select from public.badges as badge
                where badge.organization_id = of_organization and badge.id = (args ->> 'badge_id')::uuid) end
    $$;

revoke execute on function app.badge_facts(jsonb), app.assert_badge_unchanged(jsonb, text),
    app.badge_is_done(uuid, text, jsonb) from public;
grant execute on function app.badge_facts(jsonb), app.assert_badge_unchanged(jsonb, text) to authenticated;
