-- The log's history: every step of a suggestion, refusal or error, in one chain of hashes per organisation; and the
-- views that answer what people ask of the log. Owner of: ai_insights_history, app.ai_insights_heads.

-- No foreign keys: the history outlives what it tells of, so that a log entry that vanished is noticed.
create table if not exists public.ai_insights_history (
    organization_id uuid not null,
    -- 1, 2, 3 ... in each organisation, without gaps, in the order of the commits.
    position bigint not null check (position > 0),
    entry_id uuid not null,
    at timestamptz not null,
    -- Who caused it; null where nobody did (a deadline), or where it was there before the history was.
    actor uuid,
    from_status text,
    to_status text not null,
    -- What app.entry_facts says of the entry after this step.
    what jsonb not null,
    previous_hash text not null,
    hash text not null,
    primary key (organization_id, position)
);
create index if not exists ai_insights_history_of_entry
    on public.ai_insights_history (organization_id, entry_id, position);

-- Where each chain ends: the row that whoever adds to it locks, and what tells that its last rows were cut off.
create table if not exists app.ai_insights_heads (
    organization_id uuid primary key references public.organizations (id),
    position bigint not null default 0,
    hash text not null default repeat('0', 64),
    -- True while a transaction adds rows that the head does not point to yet; never true in what is committed.
    is_adding boolean not null default false
);

-- Who brought the entry into its present state, kept by a trigger: when the history is written, at the end of the
-- transaction, the person who caused it may no longer be who is acting.
alter table public.ai_insights_log add column if not exists changed_by uuid;

-- What a step is judged by later: what may change with it, and a digest over all that may never change. The event and
-- the message are taken from the entry when they are deleted, so the digest leaves them out; the event is said.
-- "form" tells which columns the digest covers, for the day when there are more.
-- (plpgsql, because it keeps its plan: a function in SQL that fixes its settings is planned anew by every statement.)
create or replace function app.entry_facts(entry public.ai_insights_log) returns jsonb
    language plpgsql stable set search_path = pg_catalog, pg_temp set timezone = 'UTC'
    as $$
begin
    return jsonb_strip_nulls(jsonb_build_object(
        'form', 1, 'kind', entry.kind, 'action_type', entry.action_type, 'shown_hash', entry.shown_hash,
        'event_id', entry.event_id, 'decided_at', entry.decided_at, 'decided_by', entry.decided_by,
        'decided_from', entry.decided_from, 'approved_at', entry.approved_at, 'approved_by', entry.approved_by,
        'executed_at', entry.executed_at, 'execution_error', entry.execution_error,
        'superseded_by', entry.superseded_by,
        'digest', encode(sha256(convert_to(jsonb_build_array(
            entry.id, entry.organization_id, entry.kind, entry.user_id, entry.action_type, entry.action_data,
            entry.suggested_at, entry.created_at, entry.correlation_id, entry.origin, entry.conflicts, entry.impact,
            entry.before_state, entry.effect, entry.zone, entry.facts_digest, entry.shown_hash, entry.risk,
            entry.is_blocked, entry.deadline)::text, 'UTF8')), 'hex')));
end $$;

-- SHA-256 over everything that a row says and the hash of the row before.
create or replace function app.history_hash(step public.ai_insights_history) returns text
    language plpgsql stable set search_path = pg_catalog, pg_temp set timezone = 'UTC'
    as $$
begin
    return encode(sha256(convert_to(jsonb_build_array(
        step.organization_id, step.position, step.entry_id, step.at, step.actor, step.from_status, step.to_status,
        step.what, step.previous_hash)::text, 'UTF8')), 'hex');
end $$;

-- Add one row to the organisation's chain; its head is locked until the transaction ends. The head points to the last row
-- again when the transaction has added all of its rows: thousands of versions of one row would have to be walked.
create or replace function app.append_history(entry public.ai_insights_log, status_before text) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
    as $$
declare
    head app.ai_insights_heads;
    step public.ai_insights_history;
begin
    select * into head from app.ai_insights_heads where organization_id = entry.organization_id for update;
    if not found then
        insert into app.ai_insights_heads (organization_id) values (entry.organization_id) on conflict do nothing;
        select * into head from app.ai_insights_heads where organization_id = entry.organization_id for update;
    end if;
    if head.is_adding then
        select last.position, last.hash into head.position, head.hash from public.ai_insights_history as last
        where last.organization_id = entry.organization_id order by last.position desc limit 1;
    end if;
    step.organization_id := entry.organization_id;
    step.position := head.position + 1;
    step.entry_id := entry.id;
    -- After the lock was waited for: the times of a chain stand in the order of its positions.
    step.at := clock_timestamp();
    step.actor := entry.changed_by;
    step.from_status := status_before;
    step.to_status := entry.execution_status;
    step.what := app.entry_facts(entry);
    step.previous_hash := head.hash;
    step.hash := app.history_hash(step);
    insert into public.ai_insights_history values (step.*);
    if not head.is_adding then
        update app.ai_insights_heads set is_adding = true where organization_id = entry.organization_id;
    end if;
end $$;

-- After the last row that a transaction adds: the head points to it.
create or replace function app.settle_head() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $$
begin
    update app.ai_insights_heads as head set position = last.position, hash = last.hash, is_adding = false
    from (select step.position, step.hash from public.ai_insights_history as step
          where step.organization_id = new.organization_id order by step.position desc limit 1) as last
    where head.organization_id = new.organization_id;
    return null;
end $$;
drop trigger if exists settle_head on app.ai_insights_heads;
create constraint trigger settle_head after update on app.ai_insights_heads deferrable initially deferred
    for each row when (new.is_adding) execute function app.settle_head();

-- Before the step: who causes it, and which chains this transaction will add to.
create or replace function app.note_step() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp
    as $$
declare
    noted constant text := coalesce(current_setting('eventflow.chains', true), '');
begin
    new.changed_by := app.user_id();
    if strpos(noted, new.organization_id::text) = 0 then
        perform set_config('eventflow.chains', ltrim(noted || ',' || new.organization_id, ','), true);
    end if;
    return new;
end $$;

-- At the very end of the transaction, when every other lock is held already: nobody who holds a chain waits for
-- anything but another chain, and whoever adds to several (the sweeper) locks them all in one order first.
-- SECURITY DEFINER because no role may write the history, whichever caused the step.
create or replace function app.chain_step() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $$
declare
    noted constant text := coalesce(current_setting('eventflow.chains', true), '');
    each uuid;
begin
    if strpos(noted, ',') > 0 then
        for each in select distinct unnest(string_to_array(noted, ',')::uuid[]) order by 1 loop
            insert into app.ai_insights_heads (organization_id) values (each) on conflict do nothing;
            perform from app.ai_insights_heads where organization_id = each for update;
        end loop;
        perform set_config('eventflow.chains', '', true);
    end if;
    perform app.append_history(new, case when tg_op = 'UPDATE' then old.execution_status end);
    return null;
end $$;

drop trigger if exists note_insert on public.ai_insights_log;
create trigger note_insert before insert on public.ai_insights_log
    for each row when (new.kind <> 'read') execute function app.note_step();
drop trigger if exists note_step on public.ai_insights_log;
create trigger note_step before update on public.ai_insights_log
    for each row when (new.kind <> 'read' and old.execution_status is distinct from new.execution_status)
    execute function app.note_step();
-- Reads change nothing and are most of the log: they are not chained.
drop trigger if exists chain_insert on public.ai_insights_log;
create constraint trigger chain_insert after insert on public.ai_insights_log deferrable initially deferred
    for each row when (new.kind <> 'read') execute function app.chain_step();
drop trigger if exists chain_step on public.ai_insights_log;
create constraint trigger chain_step after update on public.ai_insights_log deferrable initially deferred
    for each row when (new.kind <> 'read' and old.execution_status is distinct from new.execution_status)
    execute function app.chain_step();

-- What a log entry is about, as people call it: the title or name of the one thing that it changes, else of each.
create or replace function app.entry_title(before_state jsonb, action_data jsonb) returns text
    language sql immutable parallel safe set search_path = pg_catalog, pg_temp
    as $$
        select coalesce(
            before_state ->> 'title', before_state ->> 'name', before_state ->> 'full_name',
            action_data -> 'args' -> 'set' ->> 'title', action_data -> 'args' -> 'set' ->> 'name',
            action_data -> 'args' -> 'set' ->> 'full_name',
            (select string_agg(found #>> '{}', ', ') from jsonb_path_query(before_state, '$.*.title') as found),
            (select string_agg(found #>> '{}', ', ') from jsonb_path_query(before_state, '$.*.name') as found),
            (select string_agg(found #>> '{}', ', ') from jsonb_path_query(action_data -> 'args', '$.*.title') as found),
            (select string_agg(found #>> '{}', ', ') from jsonb_path_query(action_data -> 'args', '$.*.name') as found))
    $$;

-- The chats that a suggestion's card stands in, first one first.
create or replace function app.shown_in(of_organization uuid, suggestion uuid) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp set timezone = 'UTC'
    as $$
        select coalesce(jsonb_agg(jsonb_build_object('platform', copy.platform, 'channel', copy.channel,
                                                     'posted_at', copy.posted_at) order by copy.posted_at, copy.id), '[]')
        from public.card_copies as copy
        where copy.organization_id = of_organization and copy.suggestion_id = suggestion
    $$;

-- Names are looked up for the rows that are shown, by key: a join may read everybody of a large organisation.
create or replace view public.ai_actions_of_event with (security_invoker = true) as
select entry.organization_id, entry.event_id,
       (select event.name from public.events as event
        where event.organization_id = entry.organization_id and event.id = entry.event_id) as event,
       entry.id as entry_id, entry.created_at, entry.kind, entry.action_type,
       app.entry_title(entry.before_state, entry.action_data) as title, entry.risk, entry.is_blocked,
       entry.execution_status, entry.execution_error, entry.user_id as asked_by,
       (select person.full_name from public.user_profiles as person
        where person.organization_id = entry.organization_id and person.id = entry.user_id) as asked_by_name,
       entry.origin ->> 'platform' as asked_on, entry.decided_by,
       (select person.full_name from public.user_profiles as person
        where person.organization_id = entry.organization_id and person.id = entry.decided_by) as decided_by_name,
       entry.decided_from ->> 'platform' as decided_on, entry.decided_at, entry.executed_at
from public.ai_insights_log as entry
where entry.event_id is not null;

-- Every suggestion that came to an end: who was shown what and where, who decided what, from which chat, how soon.
create or replace view public.ai_decisions with (security_invoker = true) as
select entry.organization_id, entry.event_id,
       (select event.name from public.events as event
        where event.organization_id = entry.organization_id and event.id = entry.event_id) as event,
       entry.id as suggestion_id, entry.action_type, app.entry_title(entry.before_state, entry.action_data) as title,
       entry.risk, entry.is_blocked, entry.shown_hash, entry.suggested_at, entry.user_id as asked_by,
       (select person.full_name from public.user_profiles as person
        where person.organization_id = entry.organization_id and person.id = entry.user_id) as asked_by_name,
       entry.origin ->> 'platform' as asked_on, entry.origin ->> 'channel' as asked_in,
       app.shown_in(entry.organization_id, entry.id) as shown_in,
       entry.execution_status as decision, entry.decided_by,
       (select person.full_name from public.user_profiles as person
        where person.organization_id = entry.organization_id and person.id = entry.decided_by) as decided_by_name,
       entry.decided_from ->> 'platform' as decided_on, entry.decided_from ->> 'channel' as decided_in,
       entry.decided_from ->> 'reason' as reason, entry.decided_at, entry.decided_at - entry.suggested_at as took,
       -- What ran out was decided by nobody; it ended at its deadline.
       coalesce(entry.decided_at, entry.deadline) as ended_at, entry.execution_error, entry.superseded_by
from public.ai_insights_log as entry
where entry.kind = 'suggestion' and entry.execution_status <> 'suggested';

create or replace view public.ai_rejections with (security_invoker = true) as
select entry.organization_id, entry.event_id, entry.action_type, entry.decided_from ->> 'reason' as reason,
       count(*) as rejected, max(entry.decided_at) as last_at
from public.ai_insights_log as entry
where entry.kind = 'suggestion' and entry.execution_status = 'rejected'
group by 1, 2, 3, 4;

-- How many suggestions of each type touch VIPs, how many VIPs they name, and what became of them.
create or replace view public.ai_vip_impact with (security_invoker = true) as
select entry.organization_id, entry.event_id, entry.action_type, count(*) as suggestions,
       count(*) filter (where named.vips > 0) as with_vips, sum(named.vips)::bigint as vips_named,
       count(*) filter (where named.vips > 0 and entry.execution_status = 'executed') as executed,
       count(*) filter (where named.vips > 0 and entry.execution_status = 'rejected') as rejected,
       count(*) filter (where named.vips > 0 and entry.execution_status in ('suggested', 'approved')) as waiting,
       count(*) filter (where named.vips > 0 and entry.execution_status in ('failed', 'expired', 'superseded')) as lapsed
from public.ai_insights_log as entry
cross join lateral (select coalesce(jsonb_array_length(entry.impact -> 'vips'), 0) as vips) as named
where entry.kind = 'suggestion'
group by 1, 2, 3;

-- What conflict checks caught: a blocked suggestion cannot be approved, a warned one says what speaks against it.
create or replace view public.ai_conflict_catches with (security_invoker = true) as
select entry.organization_id, entry.event_id, entry.action_type,
       case when entry.is_blocked then 'blocked' when entry.conflicts <> '[]' then 'warned' else 'clear' end as caught,
       count(*) as suggestions,
       count(*) filter (where entry.execution_status = 'executed') as executed,
       count(*) filter (where entry.execution_status = 'rejected') as rejected,
       count(*) filter (where entry.execution_status = 'superseded') as superseded,
       count(*) filter (where entry.execution_status = 'expired') as expired,
       count(*) filter (where entry.execution_status = 'failed') as failed,
       count(*) filter (where entry.execution_status in ('suggested', 'approved')) as waiting
from public.ai_insights_log as entry
where entry.kind = 'suggestion'
group by 1, 2, 3, 4;

-- Who sees it: the organisation its own, the operator everything. Nobody adds, changes or removes a row.
do $$
declare
    relation text;
    reader text;
begin
    foreach relation in array array['public.ai_insights_history', 'app.ai_insights_heads', 'public.ai_actions_of_event',
                                    'public.ai_decisions', 'public.ai_rejections', 'public.ai_vip_impact',
                                    'public.ai_conflict_catches'] loop
        execute format('revoke all on %s from public', relation);
        for reader in select rolname from pg_roles
                      where rolname in ('anon', 'authenticated', 'eventflow_system', 'eventflow_operator') loop
            execute format('revoke all on %s from %I', relation, reader);
        end loop;
    end loop;
    foreach relation in array array['public.ai_insights_history', 'app.ai_insights_heads'] loop
        execute format('alter table %s enable row level security', relation);
        execute format('alter table %s force row level security', relation);
        execute format('drop policy if exists operator_reads on %s', relation);
        execute format('create policy operator_reads on %s for select to eventflow_operator using (true)', relation);
        execute format('grant select on %s to eventflow_operator', relation);
    end loop;
    -- The triggers run as the owner, who is under forced row-level security too where it is no superuser.
    drop policy if exists chain_reads on public.ai_insights_history;
    drop policy if exists chain_inserts on public.ai_insights_history;
    drop policy if exists chain_heads on app.ai_insights_heads;
    execute format('create policy chain_reads on public.ai_insights_history for select to %I using (true)', current_user);
    execute format('create policy chain_inserts on public.ai_insights_history for insert to %I with check (true)',
                   current_user);
    execute format('create policy chain_heads on app.ai_insights_heads to %I using (true) with check (true)',
                   current_user);
end $$;
drop policy if exists members_read on public.ai_insights_history;
create policy members_read on public.ai_insights_history for select to authenticated
    using (organization_id = (select app.organization_id()));
grant select on public.ai_insights_history, public.ai_actions_of_event, public.ai_decisions, public.ai_rejections,
    public.ai_vip_impact, public.ai_conflict_catches to authenticated, eventflow_operator;
-- Where cards were shown is part of who was shown what.
drop policy if exists operator_reads on public.card_copies;
create policy operator_reads on public.card_copies for select to eventflow_operator using (true);
grant select on public.card_copies to eventflow_operator;

-- Entries from before the history: their chain begins as they are now. Only where there is no chain yet, so that
-- running this again takes in nothing that was slipped past the triggers later.
do $$
declare
    entry public.ai_insights_log;
begin
    drop policy if exists chain_catches_up on public.ai_insights_log;
    execute format('create policy chain_catches_up on public.ai_insights_log for select to %I using (true)', current_user);
    for entry in
        select known.* from public.ai_insights_log as known
        where known.kind <> 'read' and not exists (
            select from app.ai_insights_heads as head
            where head.organization_id = known.organization_id and head.position > 0)
        order by known.organization_id, known.created_at, known.id loop
        perform app.append_history(entry, null);
    end loop;
    drop policy chain_catches_up on public.ai_insights_log;
end $$;

revoke execute on all functions in schema app from public;
grant execute on function app.entry_title(jsonb, jsonb), app.shown_in(uuid, uuid) to authenticated, eventflow_operator;
-- Whoever verifies the chain computes it again.
grant execute on function app.entry_facts(public.ai_insights_log), app.history_hash(public.ai_insights_history)
    to eventflow_operator;
