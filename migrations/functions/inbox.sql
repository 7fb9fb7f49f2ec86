-- Storing a delivery and queueing its job in one round trip.

-- Their parameters grew; a caller of yesterday's program still finds them.
drop function if exists app.enqueue(text, text, jsonb, timestamptz);
drop function if exists app.receive(text, text, text, text, jsonb);

-- Whose card a job edits: jobs of yesterday's program do not say it.
create or replace function app.organization_of_copy(job_args jsonb) returns uuid
    language sql stable set search_path = pg_catalog, pg_temp
    as $$
        select coalesce((job_args ->> 'organization_id')::uuid, (
            select copy.organization_id from public.card_copies as copy where copy.id = (job_args ->> 'copy_id')::uuid))
    $$;

-- Which queue a job belongs to: what is sent waits for a worker that has its platform, the rest for any.
create or replace function app.queue_of(task text, job_args jsonb) returns text
    language plpgsql stable set search_path = pg_catalog, pg_temp
    as $$
declare
    platform text;
begin
    if task in ('say', 'post_document', 'post_card') then
        platform := job_args -> 'address' ->> 'platform';
    elsif task in ('replace_card', 'show_picture') then
        select copy.platform || case task when 'show_picture' then '/pictures' else '/sending' end into platform
        from public.card_copies as copy
        where copy.organization_id = app.organization_of_copy(job_args) and copy.id = (job_args ->> 'copy_id')::uuid;
        return coalesce(platform, 'upkeep');
    elsif task = 'handle_event' then
        -- Only where nobody said of which kind it is: yesterday's program.
        select event.platform || case
            when event.payload ? 'callback_query' or event.payload ->> 'type' = 'block_actions' then '/decisions'
            else '/turns' end
        into platform from public.inbound_events as event where event.id = (job_args ->> 'inbound_id')::uuid;
        return coalesce(platform, 'upkeep');
    end if;
    return coalesce(platform || '/sending', 'upkeep');
end $$;

-- Enqueue a job in the caller's transaction; the queue lives in schema procrastinate.
create or replace function app.enqueue(
    task text, job_lock text, job_args jsonb, runs_at timestamptz default null, to_queue text default null)
    returns bigint
    language plpgsql set search_path = pg_catalog, pg_temp
    as $$
begin
    return (procrastinate.procrastinate_defer_jobs_v1(array[
        row(coalesce(to_queue, app.queue_of(task, job_args)), task, 0, job_lock, null, job_args, runs_at)
            ::procrastinate.procrastinate_job_to_defer_v1
    ]))[1];
end $$;

-- Keep a delivery and queue its handling, in one round trip; false when it was delivered before. What somebody unknown
-- wrote has a queue of its own: a crowd of strangers must put nobody back.
create or replace function app.receive(
    from_platform text, from_workspace text, delivery text, job_lock text, body jsonb, kind text default null,
    sender text default null)
    returns boolean
    language plpgsql set search_path = pg_catalog, pg_temp
    as $$
declare
    kept uuid;
begin
    insert into public.inbound_events (platform, workspace, event_id, payload, sender)
    values (from_platform, from_workspace, delivery, body, sender)
    on conflict (platform, workspace, event_id) do nothing
    returning id into kept;
    if kept is null then
        return false;
    end if;
    if kind = 'turns' and sender is not null and not exists (
        select from public.chat_identities as link
        where link.platform = from_platform and link.workspace = from_workspace and link.platform_user = sender
          and link.revoked_at is null) then
        kind := 'strangers';
    end if;
    perform app.enqueue('handle_event', job_lock, jsonb_build_object('inbound_id', kept), null,
                        from_platform || '/' || kind);
    return true;
end $$;

-- Give the jobs of the one queue of yesterday's program to those of today's; how many there were.
create or replace function app.sort_queue() returns bigint
    language plpgsql set search_path = pg_catalog, pg_temp
    as $$
declare
    sorted bigint;
begin
    update procrastinate.procrastinate_jobs as job set queue_name = app.queue_of(job.task_name, job.args)
    where job.queue_name = 'default' and job.status = 'todo';
    get diagnostics sorted = row_count;
    return sorted;
end $$;

revoke execute on function app.organization_of_copy(jsonb), app.queue_of(text, jsonb), app.enqueue(text, text, jsonb, timestamptz, text),
    app.receive(text, text, text, text, jsonb, text, text), app.sort_queue() from public;
grant execute on function app.organization_of_copy(jsonb), app.queue_of(text, jsonb), app.enqueue(text, text, jsonb, timestamptz, text),
    app.receive(text, text, text, text, jsonb, text, text), app.sort_queue() to eventflow_system;
