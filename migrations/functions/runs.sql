-- What the model costs an organisation, and when it has had enough for a day.

-- The zone in which an organisation's days begin: its own, else that of the owner who was there first.
create or replace function app.organization_zone(of_organization uuid) returns text
    language sql stable set search_path = pg_catalog, pg_temp
    as $$
        select coalesce(
            organization.time_zone,
            (select person.timezone from public.user_profiles as person
             where person.organization_id = organization.id and person.kind = 'person' and person.role = 'owner'
               and person.is_active
             order by person.created_at, person.id limit 1),
            'UTC')
        from public.organizations as organization where organization.id = of_organization
    $$;

-- Until when the caller's organisation asks the model no more: the end of its day, where what that day's runs cost has
-- reached its ceiling; else null. What a run costs is known when it ends, so those that are under way come on top.
-- SECURITY DEFINER because a person sees their own runs alone; it tells a moment and no number.
create or replace function app.paused_until() returns timestamptz
    language sql stable security definer set search_path = pg_catalog, pg_temp
    as $$
        select today.ends_at
        from public.organizations as mine
        cross join lateral (select app.organization_zone(mine.id) as zone) as there
        cross join lateral (
            select date_trunc('day', now(), there.zone) as starts_at,
                   ((now() at time zone there.zone)::date + 1)::timestamp at time zone there.zone as ends_at) as today
        where mine.id = app.organization_id() and mine.ceiling_usd is not null
          and mine.ceiling_usd <= (
              select coalesce(sum(run.estimated_cost_usd), 0) from public.ai_runs as run
              where run.organization_id = mine.id and run.created_at >= today.starts_at)
    $$;

revoke execute on function app.organization_zone(uuid), app.paused_until() from public;
grant execute on function app.organization_zone(uuid) to eventflow_operator, eventflow_system;
grant execute on function app.paused_until() to authenticated;
