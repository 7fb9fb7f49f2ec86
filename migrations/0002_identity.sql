-- Identity: organisations, the people in them, and how chat users are linked to people.
-- Owner of: organizations, user_profiles, workspaces, chat_identities, link_tokens.

create table if not exists public.organizations (
    id uuid primary key default app.new_id(),
    name text not null check (length(btrim(name)) between 1 and 200),
    name_key text not null generated always as (app.name_key(name)) stored unique,
    locale text not null default 'en',
    created_at timestamptz not null default now()
);

create table if not exists public.user_profiles (
    id uuid primary key default app.new_id(),
    organization_id uuid not null references public.organizations (id),
    kind text not null default 'person' check (kind in ('person', 'command_line')),
    email text,
    full_name text not null check (length(btrim(full_name)) between 1 and 200),
    role text not null check (role in ('owner', 'manager', 'staff', 'viewer')),
    locale text not null default 'en',
    timezone text not null default 'UTC',
    is_active boolean not null default true,
    created_at timestamptz not null default now(),
    unique (organization_id, id),
    check (kind = 'command_line' or email is not null)
);
create unique index if not exists user_profiles_email on public.user_profiles (organization_id, lower(email));
create unique index if not exists user_profiles_command_line
    on public.user_profiles (organization_id) where kind = 'command_line';

-- A Slack workspace or Telegram bot that an organisation has claimed, and its managers' channel there.
create table if not exists public.workspaces (
    organization_id uuid not null references public.organizations (id),
    platform text not null,
    workspace text not null,
    managers_channel text not null,
    created_at timestamptz not null default now(),
    primary key (organization_id, platform, workspace)
);
-- One workspace belongs to one organisation: an e-mail match there can mean only one person.
create unique index if not exists workspaces_claimed_once on public.workspaces (platform, workspace);

create table if not exists public.chat_identities (
    id uuid primary key default app.new_id(),
    organization_id uuid not null,
    user_id uuid not null,
    platform text not null,
    workspace text not null,
    platform_user text not null,
    linked_by text not null check (linked_by in ('email', 'token', 'operator')),
    linked_at timestamptz not null default now(),
    revoked_at timestamptz,
    foreign key (organization_id, user_id) references public.user_profiles (organization_id, id)
);
create unique index if not exists chat_identities_one_person
    on public.chat_identities (platform, workspace, platform_user) where revoked_at is null;
create index if not exists chat_identities_user on public.chat_identities (organization_id, user_id);

-- One-time tokens: only the hash is kept, they die after use or after a few minutes.
create table if not exists public.link_tokens (
    token_hash bytea primary key,
    organization_id uuid not null,
    user_id uuid not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    created_at timestamptz not null default now(),
    foreign key (organization_id, user_id) references public.user_profiles (organization_id, id)
);

-- Claims read back as '' after a transaction that set them: nullif keeps that from being an error.
create or replace function app.user_id() returns uuid
    language sql stable parallel safe set search_path = pg_catalog, pg_temp
    as $$ select nullif(nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub', '')::uuid $$;

-- The caller's organisation and role, from the table and not from the token, so that neither can be stale.
-- SECURITY DEFINER because the policies of user_profiles themselves need the answer. Both run once per statement in
-- every policy, so each is one look-up and calls no other function; the sub-select reads the claims once, where a scan of
-- a small table would read them again for every person.
create or replace function app.organization_id() returns uuid
    language sql stable security definer parallel safe set search_path = pg_catalog, pg_temp
    as $$
        select person.organization_id from public.user_profiles as person
        where person.id = (select nullif(nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub', '')::uuid)
          and person.is_active
    $$;

create or replace function app.role() returns text
    language sql stable security definer parallel safe set search_path = pg_catalog, pg_temp
    as $$
        select person.role from public.user_profiles as person
        where person.id = (select nullif(nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub', '')::uuid)
          and person.is_active
    $$;

-- Supabase's names, where schema auth is ours to write.
do $$
begin
    if to_regnamespace('auth') is null then
        create schema auth;
        grant usage on schema auth to authenticated;
    end if;
    if has_schema_privilege(current_user, 'auth', 'create') then
        if to_regprocedure('auth.uid()') is null then
            create function auth.uid() returns uuid
                language sql stable set search_path = pg_catalog, pg_temp as 'select app.user_id()';
            grant execute on function auth.uid() to authenticated;
        end if;
        create or replace function auth.user_organization_id() returns uuid
            language sql stable set search_path = pg_catalog, pg_temp as 'select app.organization_id()';
        grant execute on function auth.user_organization_id() to authenticated;
    end if;
end $$;

revoke execute on all functions in schema app from public;
grant execute on function app.user_id(), app.organization_id(), app.role()
    to authenticated, eventflow_system, eventflow_operator;
