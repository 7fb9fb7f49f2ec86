-- The life of a suggestion and its hash-chained steps.

-- A suggestion goes its way once: decided, then run. Nobody takes a step back or leaves one out, by whatever SQL; and where it
-- is a person who takes it, the policy that the suggestion keeps has to allow it.
create or replace function app.check_step() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp
    as $$
declare
    why_not text;
begin
    if old.execution_status is distinct from new.execution_status and not (
        (old.execution_status = 'suggested'
             and new.execution_status in ('approved', 'rejected', 'failed', 'expired', 'superseded'))
        -- Approved and run in one transaction is one step, with both on record.
        or (old.execution_status = 'suggested' and new.execution_status = 'executed'
             and new.approved_by is not null and new.approved_at is not null and new.executed_at is not null)
        or (old.execution_status = 'approved' and new.execution_status in ('executed', 'failed'))) then
        raise exception 'a suggestion cannot go from % to %', old.execution_status, new.execution_status
            using errcode = 'insufficient_privilege';
    end if;
    if new.execution_status in ('approved', 'executed') and old.is_blocked then
        raise exception 'a blocked suggestion cannot be approved' using errcode = 'insufficient_privilege';
    end if;
    if current_user = 'authenticated' then
        if old.execution_status is distinct from new.execution_status then
            why_not := app.why_not_decide(old, new);
        elsif (old.decided_at, old.decided_by, old.decided_from, old.approved_at, old.approved_by, old.executed_at,
               old.execution_error, old.superseded_by, old.lost_to)
              is distinct from (new.decided_at, new.decided_by, new.decided_from, new.approved_at, new.approved_by,
                                new.executed_at, new.execution_error, new.superseded_by, new.lost_to) then
            why_not := 'what was decided changes with a step alone';
        end if;
        if why_not is not null then
            raise exception '%', why_not using errcode = 'insufficient_privilege';
        end if;
        if old.execution_status = 'suggested' and new.execution_status in ('approved', 'executed') and app.is_moved(old) then
            raise exception 'the world moved since this was shown' using errcode = 'EF001';
        end if;
    end if;
    return new;
end $$;

-- Form 1 is the entry without any of the columns above, so that chains from before them are still what they were.
create or replace function app.entry_facts(entry public.ai_insights_log) returns jsonb
    language plpgsql stable set search_path = pg_catalog, pg_temp set timezone = 'UTC'
    as $$
declare
    is_first_form constant boolean := entry.policy is null and entry.alternatives = '[]' and entry.edited_from is null
        and entry.lost_to is null and entry.outcome is null;
    fixed jsonb := jsonb_build_array(
        entry.id, entry.organization_id, entry.kind, entry.user_id, entry.action_type, entry.action_data,
        entry.suggested_at, entry.created_at, entry.correlation_id, entry.origin, entry.conflicts, entry.impact,
        entry.before_state, entry.effect, entry.zone, entry.facts_digest, entry.shown_hash, entry.risk,
        entry.is_blocked, entry.deadline);
    may_change jsonb := jsonb_build_object(
        'form', 1, 'kind', entry.kind, 'action_type', entry.action_type, 'shown_hash', entry.shown_hash,
        'event_id', entry.event_id, 'decided_at', entry.decided_at, 'decided_by', entry.decided_by,
        'decided_from', entry.decided_from, 'approved_at', entry.approved_at, 'approved_by', entry.approved_by,
        'executed_at', entry.executed_at, 'execution_error', entry.execution_error,
        'superseded_by', entry.superseded_by);
begin
    if not is_first_form then
        fixed := fixed || jsonb_build_array(entry.policy, entry.alternatives, entry.edited_from);
        may_change := may_change
            || jsonb_build_object('form', 2, 'lost_to', entry.lost_to, 'outcome', entry.outcome);
    end if;
    return jsonb_strip_nulls(may_change
        || jsonb_build_object('digest', encode(sha256(convert_to(fixed::text, 'UTF8')), 'hex')));
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
-- (No sequential scans: a session keeps the plan that it made when the chain was short, and read all of it for each row.)
create or replace function app.append_history(entry public.ai_insights_log, status_before text) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp set enable_seqscan = off
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
    language plpgsql security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off
    as $$
begin
    update app.ai_insights_heads as head set position = last.position, hash = last.hash, is_adding = false
    from (select step.position, step.hash from public.ai_insights_history as step
          where step.organization_id = new.organization_id order by step.position desc limit 1) as last
    where head.organization_id = new.organization_id;
    return null;
end $$;

-- The heads that are to be posted today, of these organisations: what was added since the last one, once a
-- day (UTC), for the first time on the day after the chain began.
-- Whoever takes them posts them in the same transaction. The system role adds to no chain and reads none.
create or replace function app.take_heads(of_organizations uuid[])
    returns table (organization_id uuid, "position" bigint, hash text)
    language sql volatile security definer set search_path = pg_catalog, pg_temp
    as $$
        update app.ai_insights_heads as head set posted_position = head.position, posted_at = now()
        where head.organization_id = any (of_organizations) and head.position > head.posted_position
          and not head.is_adding
          and coalesce(head.posted_at, head.started_at) < date_trunc('day', now(), 'UTC')
        returning head.organization_id, head.position, head.hash
    $$;
revoke execute on function app.take_heads(uuid[]) from public;
grant execute on function app.take_heads(uuid[]) to eventflow_system;

-- Before the step: who causes it, and which chains this transaction will add to.
create or replace function app.note_step() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp
    as $$
declare
    noted constant text := coalesce(current_setting('eventflow.chains', true), '');
begin
    new.changed_by := app.user_id();
    -- A person adds to their own organisation's chain alone; whoever acts for nobody may add to several.
    if new.changed_by is null and strpos(noted, new.organization_id::text) = 0 then
        perform set_config('eventflow.chains', ltrim(noted || ',' || new.organization_id, ','), true);
    end if;
    return new;
end $$;

-- What became of a bundle's lines is noted after the claim, in the same transaction: the step that the chain tells of is
-- the entry as it then is.
create or replace function app.chain_step() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $$
declare
    noted constant text := coalesce(current_setting('eventflow.chains', true), '');
    each uuid;
begin
    -- Never what a person has put there: they would hold up the chains of others, and learn which there are.
    if new.changed_by is null and strpos(noted, ',') > 0 then
        for each in select distinct unnest(string_to_array(noted, ',')::uuid[]) order by 1 loop
            insert into app.ai_insights_heads (organization_id) values (each) on conflict do nothing;
            perform from app.ai_insights_heads where organization_id = each for update;
        end loop;
        perform set_config('eventflow.chains', '', true);
    end if;
    if new.execution_status = 'executed' and new.action_type = 'bundle' then
        select entry.outcome into new.outcome from public.ai_insights_log as entry where entry.id = new.id;
    end if;
    perform app.append_history(new, case when tg_op = 'UPDATE' then old.execution_status end);
    return null;
end $$;

-- What a log entry is about, as people call it: the titles or names of what its claims say that it is about, each once, in
-- their order. What was suggested before claims were kept has them in its rows. Twin in Python: core.kernel.claims.subject.
create or replace function app.entry_title(before_state jsonb, action_data jsonb) returns text
    language sql immutable parallel safe set search_path = pg_catalog, pg_temp
    as $$
        select coalesce(
            (select string_agg(name, ', ' order by place) from (
                select claim ->> 'name' as name, min(place) as place
                from jsonb_array_elements(action_data -> 'claims') with ordinality as claimed(claim, place)
                where claim ->> 'part' = 'about' and claim ->> 'name' <> '' group by claim ->> 'name') as called),
            before_state ->> 'title', before_state ->> 'name', before_state ->> 'full_name',
            action_data -> 'proposed_state' ->> 'title', action_data -> 'proposed_state' ->> 'name',
            action_data -> 'proposed_state' ->> 'full_name',
            (select string_agg(found #>> '{}', ', ') from jsonb_path_query(before_state, '$.*.title') as found),
            (select string_agg(found #>> '{}', ', ') from jsonb_path_query(before_state, '$.*.name') as found),
            (select string_agg(found #>> '{}', ', ')
             from jsonb_path_query(action_data, '$.args.*.keyvalue() ? (@.key == "title" || @.key == "name").value')
                 as found))
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
