-- What an organisation rules about its decisions: its policy in versions, who stands in for whom, and who has approved
-- what takes two. Owner of: organization_policies, delegations, approvals.

-- Append-only: a change is the next version. Two changes at once want the same one, and one of them is told.
create table if not exists public.organization_policies (
    organization_id uuid not null references public.organizations (id),
    version integer not null check (version > 0),
    document jsonb not null check (jsonb_typeof(document) = 'object'),
    changed_by uuid not null,
    changed_at timestamptz not null default now(),
    primary key (organization_id, version),
    foreign key (organization_id, changed_by) references public.user_profiles (organization_id, id)
);

-- Who decides in somebody's place, and from when to when. One delegate at a time, so that everybody knows who it is.
create table if not exists public.delegations (
    id uuid primary key default app.new_id(),
    organization_id uuid not null,
    from_user uuid not null,
    to_user uuid not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    created_by uuid not null,
    created_at timestamptz not null default now(),
    ended_at timestamptz,
    unique (organization_id, id),
    foreign key (organization_id, from_user) references public.user_profiles (organization_id, id),
    foreign key (organization_id, to_user) references public.user_profiles (organization_id, id),
    foreign key (organization_id, created_by) references public.user_profiles (organization_id, id),
    constraint delegations_to_another check (from_user <> to_user),
    constraint delegations_end_after_start check (ends_at > starts_at),
    -- One that was ended early stands in nobody's way after that.
    constraint delegations_one_at_a_time exclude using gist (
        organization_id with =,
        from_user with =,
        tstzrange(starts_at, greatest(starts_at, least(ends_at, ended_at)), '[)') with &&)
);
create index if not exists delegations_to on public.delegations (organization_id, to_user, ends_at);

-- Who has approved a suggestion that takes two. It counts for what it was given to and for nothing else.
create table if not exists public.approvals (
    organization_id uuid not null,
    suggestion_id uuid not null,
    user_id uuid not null,
    shown_hash text not null,
    approved_at timestamptz not null default now(),
    primary key (organization_id, suggestion_id, user_id),
    foreign key (organization_id, suggestion_id) references public.ai_insights_log (organization_id, id) on delete cascade,
    foreign key (organization_id, user_id) references public.user_profiles (organization_id, id)
);
create index if not exists approvals_user on public.approvals (organization_id, user_id);

do $$
declare
    our_table text;
    reader text;
begin
    foreach our_table in array array['organization_policies', 'delegations', 'approvals'] loop
        execute format('alter table public.%I enable row level security', our_table);
        execute format('alter table public.%I force row level security', our_table);
        execute format('revoke all on public.%I from public', our_table);
        for reader in select rolname from pg_roles
                      where rolname in ('anon', 'authenticated', 'eventflow_system', 'eventflow_operator') loop
            execute format('revoke all on public.%I from %I', our_table, reader);
        end loop;
        execute format('drop policy if exists members_read on public.%I', our_table);
        execute format('create policy members_read on public.%I for select to authenticated '
                       'using (organization_id = (select app.organization_id()))', our_table);
        execute format('drop policy if exists system_reads on public.%I', our_table);
        execute format('create policy system_reads on public.%I for select to eventflow_system using (true)', our_table);
        execute format('grant select on public.%I to authenticated, eventflow_system', our_table);
    end loop;
end $$;

-- The newest version of the caller's organisation; 0 where nobody has changed anything yet.
create or replace function app.policy_version() returns integer
    language sql stable set search_path = pg_catalog, pg_temp
    as $$
        select coalesce(max(ruled.version), 0) from public.organization_policies as ruled
        where ruled.organization_id = (select app.organization_id())
    $$;

drop policy if exists owners_insert on public.organization_policies;
-- The next version and no other: nobody can leave a gap, or use the numbers up.
create policy owners_insert on public.organization_policies for insert to authenticated
    with check (organization_id = (select app.organization_id()) and (select app.role()) = 'owner'
                and changed_by = (select app.user_id()) and version = (select app.policy_version()) + 1);
grant insert on public.organization_policies to authenticated;

drop policy if exists owners_insert on public.delegations;
create policy owners_insert on public.delegations for insert to authenticated
    with check (organization_id = (select app.organization_id()) and (select app.role()) = 'owner'
                and created_by = (select app.user_id()) and ended_at is null);
drop policy if exists owners_update on public.delegations;
create policy owners_update on public.delegations for update to authenticated
    using (organization_id = (select app.organization_id()) and (select app.role()) = 'owner')
    with check (organization_id = (select app.organization_id()));
grant insert on public.delegations to authenticated;
grant update (ended_at) on public.delegations to authenticated;

drop policy if exists own_insert on public.approvals;
create policy own_insert on public.approvals for insert to authenticated
    with check (organization_id = (select app.organization_id()) and user_id = (select app.user_id())
                and (select app.role()) in ('owner', 'manager'));
grant insert on public.approvals to authenticated;

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

revoke execute on all functions in schema app from public;
grant execute on function app.policy_version(), app.person_fact(uuid), app.policy_facts(jsonb),
    app.assert_policy_unchanged(jsonb, text), app.delegation_facts(jsonb), app.assert_delegation_unchanged(jsonb, text)
    to authenticated;
