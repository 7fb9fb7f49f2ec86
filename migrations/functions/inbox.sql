-- Storing a delivery and queueing its job in one round trip.

-- Enqueue a job in the caller's transaction; the queue lives in schema procrastinate.
create or replace function app.enqueue(task text, job_lock text, job_args jsonb, runs_at timestamptz default null)
    returns bigint
    language plpgsql set search_path = pg_catalog, pg_temp
    as $$
begin
    return (procrastinate.procrastinate_defer_jobs_v1(array[
        row('default', task, 0, job_lock, null, job_args, runs_at)::procrastinate.procrastinate_job_to_defer_v1
    ]))[1];
end $$;

-- Keep a delivery and queue its handling, in one round trip; false when it was delivered before.
create or replace function app.receive(from_platform text, from_workspace text, delivery text, job_lock text, body jsonb)
    returns boolean
    language plpgsql set search_path = pg_catalog, pg_temp
    as $$
declare
    kept uuid;
begin
    insert into public.inbound_events (platform, workspace, event_id, payload)
    values (from_platform, from_workspace, delivery, body)
    on conflict (platform, workspace, event_id) do nothing
    returning id into kept;
    if kept is null then
        return false;
    end if;
    perform app.enqueue('handle_event', job_lock, jsonb_build_object('inbound_id', kept));
    return true;
end $$;
