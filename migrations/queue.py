"""Put procrastinate's tables into their own schema, closed to everybody but the system role."""

import asyncio
import importlib
from importlib.metadata import version
from pathlib import Path
from typing import Any, LiteralString, cast

from psycopg import AsyncConnection

_LEDGER: LiteralString = (
    "insert into app.migrations (name, checksum) values ('procrastinate', %s) "
    "on conflict (name) do update set checksum = excluded.checksum"
)
_SEARCH_PATHS: LiteralString = """
do $$
declare
    each regprocedure;
begin
    -- The library's functions name their tables without a schema; a fixed path keeps anybody from shadowing them.
    for each in select oid::regprocedure from pg_proc
                where pronamespace = 'procrastinate'::regnamespace and prokind = 'f' loop
        execute format('alter function %s set search_path = procrastinate, pg_catalog, pg_temp', each);
    end loop;
end $$;
grant usage on schema procrastinate to eventflow_system;
revoke execute on all functions in schema procrastinate from public;
grant select, insert, update, delete on all tables in schema procrastinate to eventflow_system;
grant usage on all sequences in schema procrastinate to eventflow_system;
grant execute on all functions in schema procrastinate to eventflow_system;
"""


# The library tells workers of new jobs only; whoever waits for a lock would be found by the next poll, seconds later.
_WAKE_NEXT: LiteralString = """
create index if not exists eventflow_jobs_waiting_for_lock
    on procrastinate.procrastinate_jobs (lock, priority desc, id) where status = 'todo';
create or replace function procrastinate.eventflow_wake_next() returns trigger
    language plpgsql
    as $$
declare
    waiting record;
begin
    select job.id, job.scheduled_at, job.queue_name into waiting from procrastinate.procrastinate_jobs as job
    where job.lock = old.lock and job.status = 'todo' order by job.priority desc, job.id limit 1;
    if found and (waiting.scheduled_at is null or waiting.scheduled_at <= now()) then
        perform pg_notify(channel, json_build_object('type', 'job_inserted', 'job_id', waiting.id)::text)
        from unnest(array['procrastinate_any_queue_v1', 'procrastinate_queue_v1#' || waiting.queue_name]) as channel;
    end if;
    return null;
end $$;
create or replace trigger eventflow_wake_next_after_delete
    after delete on procrastinate.procrastinate_jobs
    for each row when (old.status = 'doing' and old.lock is not null)
    execute function procrastinate.eventflow_wake_next();
create or replace trigger eventflow_wake_next_after_update
    after update of status on procrastinate.procrastinate_jobs
    for each row when (old.status = 'doing' and new.status <> 'doing' and old.lock is not null)
    execute function procrastinate.eventflow_wake_next();
"""

# The library's own statement reads whatever waits: half a second with 5,000 jobs before the first ANALYZE, 4 ms each
# time with 20,000 that are to be tried again later. This one asks each queue for its first job, which an index has in
# front, whatever the planner knows. Same rules: the jobs of a lock one after the other, higher priority and lower
# number first; what was put off comes when it is due, the longest due first.
_MAY_RUN: LiteralString = """
    job.id <> all (tried) and (job.lock is null or not exists (
        select from procrastinate.procrastinate_jobs as running
        where running.lock = job.lock and running.status = 'doing')
    and not exists (
        select from procrastinate.procrastinate_jobs as earlier
        where earlier.lock = job.lock and earlier.status = 'todo'
          and (earlier.priority > job.priority or (earlier.priority = job.priority and earlier.id < job.id))))
"""
_FETCH: LiteralString = (
    """
create index if not exists eventflow_jobs_ready on procrastinate.procrastinate_jobs (queue_name, priority desc, id)
    where status = 'todo' and scheduled_at is null;
create index if not exists eventflow_jobs_put_off on procrastinate.procrastinate_jobs (queue_name, scheduled_at, id)
    where status = 'todo' and scheduled_at is not null;
create or replace function procrastinate.procrastinate_fetch_job_v2(
    target_queue_names character varying[], p_worker_id bigint) returns procrastinate.procrastinate_jobs
    language plpgsql
    as $$
declare
    queues constant text[] := coalesce(target_queue_names, array(
        select distinct queue_name from procrastinate.procrastinate_jobs where status = 'todo'));
    tried bigint[] := '{}';
    first bigint;
    fetched procrastinate.procrastinate_jobs;
begin
    loop
        select waiting.id into first
        from unnest(queues) as queue (name)
        cross join lateral (
            (select job.id, job.priority from procrastinate.procrastinate_jobs as job
             where job.queue_name = queue.name and job.status = 'todo' and job.scheduled_at is null
               and """
    + _MAY_RUN
    + """
             order by job.priority desc, job.id limit 1)
            union all
            (select job.id, job.priority from procrastinate.procrastinate_jobs as job
             where job.queue_name = queue.name and job.status = 'todo' and job.scheduled_at <= now()
               and """
    + _MAY_RUN
    + """
             order by job.scheduled_at, job.id limit 1)) as waiting
        order by waiting.priority desc, waiting.id limit 1;
        if not found then
            return null;
        end if;
        update procrastinate.procrastinate_jobs as job set status = 'doing', worker_id = p_worker_id
        where job.id = (select mine.id from procrastinate.procrastinate_jobs as mine
                        where mine.id = first and mine.status = 'todo' for update skip locked)
        returning job.* into fetched;
        if found then
            return fetched;
        end if;
        -- Another worker has it at this moment.
        tried := tried || first;
    end loop;
end $$;
"""
)


async def apply_queue_schema(conn: AsyncConnection[dict[str, Any]]) -> None:
    """Create the queue's schema, or bring it from the version in the ledger to the installed one."""
    installed = version("procrastinate")
    async with conn.transaction():
        cursor = await conn.execute("select checksum from app.migrations where name = 'procrastinate'")
        row = await cursor.fetchone()
        await conn.execute("set local search_path = procrastinate, pg_catalog")
        await conn.execute("set local check_function_bodies = off")
        if row is None:
            await conn.execute("create schema if not exists procrastinate")
            await conn.execute(_library().get_schema())
        else:
            for path in _newer_than(row["checksum"]):
                await conn.execute(cast(LiteralString, await asyncio.to_thread(path.read_text, "utf-8")))
        await conn.execute(_WAKE_NEXT)
        await conn.execute(_FETCH)
        await conn.execute(_SEARCH_PATHS)
        await conn.execute("select app.sort_queue()")
        await conn.execute(_LEDGER, (installed,))


def _library() -> Any:
    # Not at the top: who only reads which migrations there are, such as the web part, needs no queue.
    return importlib.import_module("procrastinate.schema").SchemaManager


def _newer_than(applied: str) -> list[Path]:
    folder = Path(_library().get_migrations_path())
    key = _key(applied)
    return [path for path in sorted(folder.glob("*.sql")) if _key(path.name.split("_")[0]) > key]


def _key(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.split("."))
