-- The policy, proven by the database too: who may bring a suggestion to which end, and that what is executed was done.

-- Whether somebody may approve, by the policy that the suggestion keeps and by who lends them a right meanwhile.
-- Twin in Python: core.policies.rules.why_not_approve.
create or replace function app.may_approve(entry public.ai_insights_log, person uuid) returns boolean
    language plpgsql stable set search_path = pg_catalog, pg_temp
    as $$
declare
    askers constant text[] := array[entry.user_id::text, entry.action_data ->> 'editor']
        || array(select jsonb_array_elements_text(coalesce(entry.action_data -> 'editors', '[]')));
    askers_may constant boolean := coalesce((entry.policy ->> 'askers_may_approve')::boolean, true);
    role_of_person text;
begin
    select found.role into role_of_person from public.user_profiles as found
    where found.organization_id = entry.organization_id and found.id = person and found.is_active
      and found.role in ('owner', 'manager');
    if role_of_person is null
       or (coalesce((entry.policy ->> 'owners_only')::boolean, false) and role_of_person <> 'owner')
       or (not askers_may and person::text = any (askers)) then
        return false;
    end if;
    return not exists (
        select from jsonb_array_elements(
            coalesce(entry.policy -> 'rights', '[{"roles": ["owner", "manager"], "people": []}]')) as needed(claim)
        where not exists (
            select from (
                select person as id, role_of_person as role
                union all
                select lender.id, lender.role
                from public.delegations as lent
                join public.user_profiles as lender
                  on lender.organization_id = lent.organization_id and lender.id = lent.from_user
                 and lender.is_active and lender.role in ('owner', 'manager')
                where lent.organization_id = entry.organization_id and lent.to_user = person
                  and lent.starts_at <= now() and lent.ends_at > now()
                  and (lent.ended_at is null or lent.ended_at > now())
                  and (askers_may or lender.id::text <> all (array_remove(askers, null)))) as holder
            where needed.claim -> 'roles' ? holder.role
               or needed.claim -> 'people' @> jsonb_build_array(jsonb_build_object('id', holder.id::text))));
end $$;

-- As many different people as the policy wants, each of whom may.
create or replace function app.has_votes(entry public.ai_insights_log) returns boolean
    language sql stable set search_path = pg_catalog, pg_temp
    as $$
        select coalesce((entry.policy ->> 'votes')::integer, 1) <= 1 or (
            select count(distinct vote.user_id) from public.approvals as vote
            where vote.organization_id = entry.organization_id and vote.suggestion_id = entry.id
              and vote.shown_hash = entry.shown_hash and app.may_approve(entry, vote.user_id)
        ) >= (entry.policy ->> 'votes')::integer
    $$;

-- Something said without whatever is no letter and no digit.
create or replace function app.letters(said text) returns text
    language sql immutable parallel safe set search_path = pg_catalog, pg_temp
    as $$
        select regexp_replace(replace(replace(lower(normalize(said, NFKC)), 'ß', 'ss'), 'ς', 'σ'), '[^[:alnum:]]', '', 'g')
    $$;

-- Whether something typed is a word that approves what is critical: the program knows which of them this card wants; here it
-- must be one, or what the card is about. The words stand in core/texts/*/gestures.ftl; letters alone are compared.
create or replace function app.is_a_word(entry public.ai_insights_log, typed text) returns boolean
    language sql stable set search_path = pg_catalog, pg_temp
    as $$
        select typed <> '' and exists (
            select from unnest(array['delete', 'confirm', 'מחק', 'אשר', entry.before_state ->> 'title']) as wanted(word)
            where app.letters(wanted.word) = app.letters(typed))
    $$;

-- Whether what the risk asks of whoever approves has been done. Twin in Python: core.actions.gestures.missing.
create or replace function app.has_gesture(entry public.ai_insights_log, evidence jsonb) returns boolean
    language plpgsql stable set search_path = pg_catalog, pg_temp
    as $$
declare
    vips constant integer := coalesce(jsonb_array_length(entry.impact -> 'vips'), 0);
    consequences constant integer := greatest(1, (entry.effect = 'delete')::integer
        + (coalesce((entry.impact ->> 'affected_participants')::integer, 0) > 0)::integer
        + (coalesce((entry.impact ->> 'waiting')::integer, 0) > 0)::integer
        -- More than five VIPs stand on one line, by name (core.actions.gestures.consequences).
        + case when vips > 5 then 1 else vips end + jsonb_array_length(entry.conflicts));
begin
    if entry.risk = 'critical' then
        return coalesce(app.is_a_word(entry, evidence ->> 'word'), false);
    elsif entry.risk <> 'high' then
        return true;
    end if;
    return exists (
        select from public.acknowledgements as noted
        where noted.organization_id = entry.organization_id and noted.suggestion_id = entry.id
          and noted.user_id = app.user_id() and noted.shown_hash = entry.shown_hash and noted.withdrawn_at is null
    ) or (coalesce(evidence ->> 'shown' = entry.shown_hash, false)
          -- Nothing ticked is no: a null here would be neither yes nor no, and let it through.
          and coalesce(string_to_array(evidence ->> 'read', ',')
              @> array(select number::text from generate_series(0, consequences - 1) as number), false));
end $$;

-- Past the policy, and past nothing else: an owner who says why.
create or replace function app.has_broken_glass(decided_from jsonb) returns boolean
    language sql stable set search_path = pg_catalog, pg_temp
    as $$
        select coalesce((decided_from -> 'past_policy')::boolean, false) and app.role() = 'owner'
           and length(regexp_replace(coalesce(decided_from ->> 'reason', ''), '[^[:alpha:]]', '', 'g')) >= 10
    $$;

-- Why a person may not bring a suggestion to this end; null where they may. Called before the step is written.
create or replace function app.why_not_decide(before public.ai_insights_log, after public.ai_insights_log) returns text
    language plpgsql stable set search_path = pg_catalog, pg_temp
    as $$
begin
    if after.execution_status = 'expired' then
        return 'nobody lets a suggestion run out';
    elsif after.execution_status = 'superseded' then
        return case when coalesce(after.superseded_by, after.lost_to) is null then 'what takes its place is not said' end;
    elsif after.execution_status not in ('approved', 'executed') or before.execution_status = 'approved' then
        return null;
    elsif after.approved_by is distinct from app.user_id() or after.approved_at is distinct from now()
          or after.decided_at is distinct from now() then
        return 'an approval is in one''s own name, and of now';
    elsif before.deadline <= now() then
        return 'its time has run out';
    elsif not app.has_gesture(before, after.decided_from) then
        return 'what its risk asks for has not been done';
    elsif not app.has_broken_glass(after.decided_from)
          and not (app.may_approve(before, app.user_id()) and app.has_votes(before)) then
        return 'the policy does not let it be approved so';
    end if;
    return null;
end $$;

-- Whether the facts of a suggestion are no longer those that were shown. Of a bundle each line has facts of its own, which
-- depend on the lines beside it: they are proven where it runs.
create or replace function app.is_moved(entry public.ai_insights_log) returns boolean
    language plpgsql stable set search_path = pg_catalog, pg_temp
    as $$
declare
    facts constant jsonb := app.facts_of(entry.action_type, entry.action_data -> 'args');
begin
    return facts is not null and app.digest(facts) <> entry.facts_digest;
end $$;

-- Whether everything that a suggestion would do is done. A line of a bundle may be overtaken by another one that is about the
-- same thing, or by the new name of a room; each of the others is as it was decided.
create or replace function app.is_all_done(entry public.ai_insights_log) returns boolean
    language plpgsql stable set search_path = pg_catalog, pg_temp
    as $$
declare
    lines constant jsonb := app.lines_of(entry.action_data);
    each jsonb;
    number bigint;
begin
    if entry.action_type <> 'bundle' then
        return app.is_done(entry.organization_id, entry.action_type, entry.action_data -> 'args');
    elsif entry.outcome is null or not entry.outcome @> '[{"state": "done"}]' then
        return false;
    end if;
    for each, number in select * from jsonb_array_elements(lines) with ordinality loop
        if entry.outcome -> (number - 1)::integer ->> 'state' = 'done'
           and not app.is_done(entry.organization_id, each ->> 'action_type', each -> 'args')
           and not exists (
               select from jsonb_array_elements(lines) with ordinality as other(line, place)
               where place <> number and entry.outcome -> (place - 1)::integer ->> 'state' = 'done'
                 and (other.line ->> 'action_type' = 'room_update'
                      or app.ids_of(other.line -> 'args') && app.ids_of(each -> 'args'))) then
            return false;
        end if;
    end loop;
    return true;
end $$;

-- At the end of the transaction in which a suggestion was marked as executed: its write stands there too, or nothing does.
-- SECURITY DEFINER because the program has gone on as the system role by then, which sees no agenda; under row-level
-- security the owner looks as the person who decided.
create or replace function app.prove_executed() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $$
declare
    claims constant text := coalesce(current_setting('request.jwt.claims', true), '');
    entry public.ai_insights_log;
    is_proven boolean;
begin
    perform set_config('request.jwt.claims', json_build_object('sub', new.decided_by)::text, true);
    select * into entry from public.ai_insights_log as kept
    where kept.organization_id = new.organization_id and kept.id = new.id;
    is_proven := app.is_all_done(entry);
    perform set_config('request.jwt.claims', claims, true);
    if not is_proven then
        raise exception 'what is marked as executed was not done' using errcode = 'insufficient_privilege';
    end if;
    return null;
end $$;

do $$
begin
    -- Made once: a trigger that is made again waits for everybody who uses the table.
    if not exists (select from pg_trigger where tgname = 'prove_executed'
                   and tgrelid = 'public.ai_insights_log'::regclass) then
        create constraint trigger prove_executed after update on public.ai_insights_log deferrable initially deferred
            for each row when (new.changed_by is not null
                and new.execution_status = 'executed' and old.execution_status <> 'executed')
            execute function app.prove_executed();
    end if;
end $$;
revoke execute on function app.may_approve(public.ai_insights_log, uuid), app.has_votes(public.ai_insights_log),
    app.is_a_word(public.ai_insights_log, text), app.letters(text), app.has_gesture(public.ai_insights_log, jsonb),
    app.has_broken_glass(jsonb), app.why_not_decide(public.ai_insights_log, public.ai_insights_log),
    app.is_moved(public.ai_insights_log), app.is_all_done(public.ai_insights_log), app.prove_executed() from public;
-- The guard of the steps runs as whoever takes one.
grant execute on function app.may_approve(public.ai_insights_log, uuid), app.has_votes(public.ai_insights_log),
    app.is_a_word(public.ai_insights_log, text), app.letters(text), app.has_gesture(public.ai_insights_log, jsonb),
    app.has_broken_glass(jsonb), app.why_not_decide(public.ai_insights_log, public.ai_insights_log),
    app.is_moved(public.ai_insights_log) to authenticated;
