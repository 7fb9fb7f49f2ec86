-- Policies and delegations.

-- The newest version of the caller's organisation; 0 where nobody has changed anything yet.
create or replace function app.policy_version() returns integer
    language sql stable set search_path = pg_catalog, pg_temp
    as $$
        select coalesce(max(ruled.version), 0) from public.organization_policies as ruled
        where ruled.organization_id = (select app.organization_id())
    $$;

-- Somebody as a fact; null for nobody, for another organisation's, and for what is no person.
create or replace function app.person_fact(person uuid) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp
    as $$
        select jsonb_build_object('id', found.id, 'name', found.full_name, 'role', found.role)
        from public.user_profiles as found
        where found.organization_id = (select app.organization_id()) and found.id = person
          and found.is_active and found.kind = 'person'
    $$;

-- Everything that a change of the policy is judged by: the version in force, everybody who may decide at all, and
-- everybody whom it names. change: {"wish", "document"}.
create or replace function app.policy_facts(change jsonb) returns jsonb
    language plpgsql stable set search_path = pg_catalog, pg_temp
    as $$
declare
    mine constant uuid := app.organization_id();
    named constant text[] := array(select who #>> '{}' from jsonb_path_query(change, '$.document.backup[*]') as who
                                   union select who #>> '{}' from jsonb_path_query(change, '$.document.approvals[*].people[*]') as who);
begin
    return jsonb_build_object(
        'version', app.policy_version(),
        'document', (select ruled.document from public.organization_policies as ruled
                     where ruled.organization_id = mine order by ruled.version desc limit 1),
        'deciders', (select coalesce(jsonb_agg(app.person_fact(person.id) order by person.full_name, person.id), '[]')
                     from public.user_profiles as person
                     where person.organization_id = mine and person.is_active and person.kind = 'person'
                       and person.role in ('owner', 'manager')),
        'named', (select coalesce(jsonb_agg(app.person_fact(person.id) order by person.full_name, person.id), '[]')
                  from public.user_profiles as person
                  where person.organization_id = mine and person.id::text = any (named)
                    and person.is_active and person.kind = 'person'));
end $$;

-- Everything that a delegation is judged by: both people, and what would overlap it.
-- change: {"new_id", "from_user", "to_user", "starts_at", "ends_at"} adds, {"delegation_id"} ends or resumes.
create or replace function app.delegation_facts(change jsonb) returns jsonb
    language plpgsql stable set search_path = pg_catalog, pg_temp set timezone = 'UTC'
    as $$
declare
    mine constant uuid := app.organization_id();
    current_row public.delegations;
    giver uuid;
    since timestamptz;
    until timestamptz;
begin
    select * into current_row from public.delegations as delegation
    where delegation.organization_id = mine
      and delegation.id = coalesce(change ->> 'delegation_id', change ->> 'new_id')::uuid;
    giver := coalesce(current_row.from_user, (change ->> 'from_user')::uuid);
    since := coalesce(current_row.starts_at, (change ->> 'starts_at')::timestamptz);
    until := coalesce(current_row.ends_at, (change ->> 'ends_at')::timestamptz);
    return jsonb_build_object(
        'now', case when current_row.id is not null then jsonb_build_object(
            'id', current_row.id, 'from_user', current_row.from_user, 'to_user', current_row.to_user,
            'starts_at', current_row.starts_at, 'ends_at', current_row.ends_at, 'ended_at', current_row.ended_at) end,
        'from', app.person_fact(giver),
        'to', app.person_fact(coalesce(current_row.to_user, (change ->> 'to_user')::uuid)),
        'overlap', (
            select jsonb_build_object('to', (app.person_fact(other.to_user)) ->> 'name',
                                      'starts_at', other.starts_at, 'ends_at', other.ends_at)
            from public.delegations as other
            where other.organization_id = mine and other.from_user = giver and other.id is distinct from current_row.id
              and other.starts_at < until and least(other.ends_at, other.ended_at) > since
              and least(other.ends_at, other.ended_at) > other.starts_at
            order by other.starts_at limit 1));
end $$;

-- The proofs. One organisation's rules change one after the other: who comes second sees what the first has done.
create or replace function app.assert_policy_unchanged(change jsonb, shown_digest text) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
    as $$
begin
    perform from public.organizations as mine where mine.id = app.organization_id() for no key update;
    perform app.assert_unchanged(app.policy_facts(change), shown_digest);
end $$;

create or replace function app.assert_delegation_unchanged(change jsonb, shown_digest text) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
    as $$
begin
    perform from public.organizations as mine where mine.id = app.organization_id() for no key update;
    perform app.assert_unchanged(app.delegation_facts(change), shown_digest);
end $$;
