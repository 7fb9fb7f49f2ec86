-- Who is asking: read from the claims of the transaction, looked up once a statement.

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
