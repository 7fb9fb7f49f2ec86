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

-- An organisation that has an owner keeps one, by whatever SQL (SQLSTATE EF002). Two owners who go at the same moment go
-- one after the other.
create or replace function app.keep_an_owner() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $$
begin
    perform pg_advisory_xact_lock(hashtextextended(old.organization_id::text, 2));
    if not exists (select from public.user_profiles as other
                   where other.organization_id = old.organization_id and other.id <> old.id
                     and other.kind = 'person' and other.role = 'owner' and other.is_active) then
        raise exception 'an organisation keeps an owner' using errcode = 'EF002';
    end if;
    return new;
end $$;
revoke execute on function app.keep_an_owner() from public;
create or replace trigger keep_an_owner before update of role, is_active on public.user_profiles
    for each row when (old.kind = 'person' and old.role = 'owner' and old.is_active
                       and not (new.role = 'owner' and new.is_active))
    execute function app.keep_an_owner();

-- Whoever is switched off, by whatever SQL, is unlinked everywhere, and no code for them is left that could be handed over.
create or replace function app.end_access() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $$
begin
    -- Codes first: whoever hands one over at this moment is waited for, and the link that they got is seen then.
    delete from public.link_tokens where organization_id = new.organization_id and user_id = new.id and used_at is null;
    update public.chat_identities set revoked_at = now(), ended_with_access = true
    where organization_id = new.organization_id and user_id = new.id and revoked_at is null;
    return null;
end $$;
revoke execute on function app.end_access() from public;
create or replace trigger end_access after update of is_active on public.user_profiles
    for each row when (old.is_active and not new.is_active) execute function app.end_access();

-- The way back of switching somebody off: the very links that ended with it, but for chat users who are linked meanwhile.
-- SECURITY DEFINER because people write no links; it looks at the caller's role and organisation itself.
create or replace function app.restore_links(person uuid, links jsonb) returns integer
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
    as $$
declare
    restored integer;
begin
    if app.role() is distinct from 'owner' then
        raise exception 'only an owner gives access back' using errcode = 'insufficient_privilege';
    end if;
    update public.chat_identities as ended set revoked_at = null, ended_with_access = false
    where ended.organization_id = app.organization_id() and ended.user_id = person
      and ended.ended_with_access and links ? ended.id::text
      and not exists (select from public.chat_identities as live
                      where live.platform = ended.platform and live.workspace = ended.workspace
                        and live.platform_user = ended.platform_user and live.revoked_at is null);
    get diagnostics restored = row_count;
    return restored;
end $$;

-- Everything that a change of somebody's access is judged by. change: {"user_id", "role"?, "links"?}.
create or replace function app.access_facts(change jsonb) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp
    as $$
        select jsonb_build_object(
            'person', (
                select jsonb_build_object('id', person.id, 'name', person.full_name, 'role', person.role,
                                          'is_active', person.is_active, 'is_erased', person.erased_at is not null)
                from public.user_profiles as person
                where person.organization_id = (select app.organization_id()) and person.kind = 'person'
                  and person.id = (change ->> 'user_id')::uuid),
            'other_owners', (
                select count(*) from public.user_profiles as owner
                where owner.organization_id = (select app.organization_id()) and owner.kind = 'person'
                  and owner.role = 'owner' and owner.is_active and owner.id <> (change ->> 'user_id')::uuid),
            'links', (
                select coalesce(jsonb_agg(jsonb_build_object('id', link.id, 'platform', link.platform)
                                          order by link.platform, link.id), '[]')
                from public.chat_identities as link
                where link.organization_id = (select app.organization_id()) and link.revoked_at is null
                  and link.user_id = (change ->> 'user_id')::uuid))
    $$;

create or replace function app.assert_access_unchanged(change jsonb, shown_digest text) returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
    as $$
begin
    perform from public.organizations as mine where mine.id = app.organization_id() for no key update;
    perform app.assert_unchanged(app.access_facts(change), shown_digest);
end $$;

-- Take out what is kept of somebody: talks, links, codes, cards and questions in their own chats, what their chat accounts
-- delivered, the details of what they asked. Their profile stays as a name that stands for nobody, because the log and its
-- chain point to it. SECURITY DEFINER because nobody else may touch what people said.
create or replace function app.forget_person(of_organization uuid, person uuid, stand_in text) returns boolean
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
    as $$
declare
    known public.chat_identities;
begin
    update public.user_profiles as erased
    set full_name = stand_in, email = erased.id || '@erased.invalid', locale = 'en', timezone = 'UTC', is_active = false,
        erased_at = now()
    where erased.organization_id = of_organization and erased.id = person and erased.kind = 'person'
      and erased.erased_at is null;
    if not found then
        return false;
    end if;
    for known in select * from public.chat_identities where organization_id = of_organization and user_id = person loop
        delete from public.inbound_events as delivered
        where delivered.platform = known.platform and delivered.workspace = known.workspace
          and jsonb_path_exists(delivered.payload, '$.** ? (@ == $who || @ == $number)', jsonb_build_object(
              'who', known.platform_user,
              'number', case when known.platform_user ~ '^[0-9]{1,18}$' then known.platform_user::bigint end));
        delete from public.card_copies as copy
        where copy.organization_id = of_organization and copy.platform = known.platform
          and copy.workspace = known.workspace
          and (copy.channel = known.platform_user
               or (copy.channel like 'D%' and copy.channel in (
                   select talk.channel from public.conversations as talk
                   where talk.organization_id = of_organization and talk.user_id = person)));
    end loop;
    delete from public.card_questions where organization_id = of_organization and user_id = person;
    delete from public.link_tokens where organization_id = of_organization and user_id = person;
    delete from public.conversations where organization_id = of_organization and user_id = person;
    delete from public.chat_identities where organization_id = of_organization and user_id = person;
    update public.ai_insights_log as entry set action_data = '{}', origin = null
    where entry.organization_id = of_organization and entry.user_id = person and entry.kind = 'read';
    return true;
end $$;
revoke execute on function app.forget_person(uuid, uuid, text) from public;
grant execute on function app.forget_person(uuid, uuid, text) to eventflow_operator;
revoke execute on function app.restore_links(uuid, jsonb), app.access_facts(jsonb), app.assert_access_unchanged(jsonb, text)
    from public;
grant execute on function app.restore_links(uuid, jsonb), app.access_facts(jsonb), app.assert_access_unchanged(jsonb, text)
    to authenticated;
