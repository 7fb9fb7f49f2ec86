-- Several writes as one suggestion.

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
