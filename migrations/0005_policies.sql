-- Who may see and change what: row-level security, enabled and forced on every table, and the grants below it.
-- The organisation is compared with a value that is looked up once per statement, never once per row.

-- Everything is closed until a policy opens it; the owner is not exempt. Grants that a platform gives by default
-- (TRUNCATE, which row-level security does not judge, or every column of the log) are taken back first.
do $$
declare
    our_table text;
    reader text;
begin
    foreach our_table in array array[
        'organizations', 'user_profiles', 'workspaces', 'chat_identities', 'link_tokens', 'events', 'rooms', 'schedules',
        'participants', 'participant_schedules', 'vendors', 'event_vendors', 'checklist_items', 'conversations',
        'messages', 'ai_insights_log', 'card_copies', 'inbound_events'] loop
        execute format('alter table public.%I enable row level security', our_table);
        execute format('alter table public.%I force row level security', our_table);
        execute format('revoke all on public.%I from public', our_table);
        for reader in select rolname from pg_roles
                      where rolname in ('anon', 'authenticated', 'eventflow_system', 'eventflow_operator') loop
            execute format('revoke all on public.%I from %I', our_table, reader);
        end loop;
    end loop;
end $$;

-- The agenda and its people: everybody in the organisation reads, owners and managers write.
do $$
declare
    tenant_table text;
    here constant text := 'organization_id = (select app.organization_id())';
    may_write constant text := here || ' and (select app.role()) in (''owner'', ''manager'')';
begin
    foreach tenant_table in array array['events', 'rooms', 'schedules', 'participants', 'participant_schedules',
                                        'vendors', 'event_vendors', 'checklist_items'] loop
        execute format('drop policy if exists members_read on public.%I', tenant_table);
        execute format('drop policy if exists managers_insert on public.%I', tenant_table);
        execute format('drop policy if exists managers_update on public.%I', tenant_table);
        execute format('drop policy if exists managers_delete on public.%I', tenant_table);
        execute format('create policy members_read on public.%I for select to authenticated using (%s)',
                       tenant_table, here);
        execute format('create policy managers_insert on public.%I for insert to authenticated with check (%s)',
                       tenant_table, may_write);
        execute format('create policy managers_update on public.%I for update to authenticated using (%s) with check (%s)',
                       tenant_table, may_write, may_write);
        execute format('create policy managers_delete on public.%I for delete to authenticated using (%s)',
                       tenant_table, may_write);
        execute format('grant select, insert, update, delete on public.%I to authenticated', tenant_table);
    end loop;
end $$;

-- Organisations and people.
drop policy if exists members_read on public.organizations;
create policy members_read on public.organizations for select to authenticated
    using (id = (select app.organization_id()));
drop policy if exists owners_update on public.organizations;
create policy owners_update on public.organizations for update to authenticated
    using (id = (select app.organization_id()) and (select app.role()) = 'owner')
    with check (id = (select app.organization_id()));
grant select on public.organizations to authenticated;
-- Not the name: it is unique across organisations, and a refusal would tell that another one has it.
grant update (locale) on public.organizations to authenticated;

drop policy if exists members_read on public.user_profiles;
create policy members_read on public.user_profiles for select to authenticated
    using (organization_id = (select app.organization_id()));
drop policy if exists owners_update on public.user_profiles;
create policy owners_update on public.user_profiles for update to authenticated
    using (organization_id = (select app.organization_id()) and (select app.role()) = 'owner')
    with check (organization_id = (select app.organization_id()));
grant select on public.user_profiles to authenticated;
grant update (full_name, role, locale, timezone, is_active) on public.user_profiles to authenticated;

drop policy if exists members_read on public.chat_identities;
create policy members_read on public.chat_identities for select to authenticated
    using (organization_id = (select app.organization_id()));
grant select on public.chat_identities to authenticated;
drop policy if exists members_read on public.workspaces;
create policy members_read on public.workspaces for select to authenticated
    using (organization_id = (select app.organization_id()));
grant select on public.workspaces to authenticated;

-- app.organization_id() and app.role() run as the owner, who is under forced row-level security too where it is no superuser.
do $$
begin
    drop policy if exists caller_lookup on public.user_profiles;
    execute format('create policy caller_lookup on public.user_profiles for select to %I using (true)', current_user);
    drop policy if exists search_lookup on public.schedules;
    execute format('create policy search_lookup on public.schedules for select to %I '
                   'using (organization_id = (select app.organization_id()))', current_user);
end $$;

-- Conversations belong to the person who had them.
drop policy if exists own_read on public.conversations;
create policy own_read on public.conversations for select to authenticated
    using (organization_id = (select app.organization_id()) and user_id = (select app.user_id()));
drop policy if exists own_insert on public.conversations;
create policy own_insert on public.conversations for insert to authenticated
    with check (organization_id = (select app.organization_id()) and user_id = (select app.user_id()));
drop policy if exists own_update on public.conversations;
create policy own_update on public.conversations for update to authenticated
    using (organization_id = (select app.organization_id()) and user_id = (select app.user_id()))
    with check (organization_id = (select app.organization_id()) and user_id = (select app.user_id()));
grant select, insert on public.conversations to authenticated;
grant update (last_message_at) on public.conversations to authenticated;
drop policy if exists own_read on public.messages;
create policy own_read on public.messages for select to authenticated
    using (organization_id = (select app.organization_id()) and user_id = (select app.user_id()));
drop policy if exists own_insert on public.messages;
create policy own_insert on public.messages for insert to authenticated
    with check (organization_id = (select app.organization_id()) and user_id = (select app.user_id()));
grant select, insert on public.messages to authenticated;

-- The log: everybody in the organisation reads it; people add what they cause; only owners and managers decide;
-- nobody deletes. What was proposed can never be changed afterwards: no grant covers those columns.
drop policy if exists members_read on public.ai_insights_log;
create policy members_read on public.ai_insights_log for select to authenticated
    using (organization_id = (select app.organization_id()));
drop policy if exists members_insert on public.ai_insights_log;
create policy members_insert on public.ai_insights_log for insert to authenticated
    with check (
        organization_id = (select app.organization_id())
        and approved_by is null and decided_by is null
        and (user_id = (select app.user_id()) or (select app.role()) in ('owner', 'manager'))
        and (kind <> 'suggestion'
             or (execution_status = 'suggested' and (select app.role()) in ('owner', 'manager', 'staff'))));
drop policy if exists managers_decide on public.ai_insights_log;
create policy managers_decide on public.ai_insights_log for update to authenticated
    using (organization_id = (select app.organization_id())
           and kind = 'suggestion' and (select app.role()) in ('owner', 'manager')
           and (execution_status = 'suggested'
                or (execution_status = 'approved' and decided_by = (select app.user_id()))))
    with check (organization_id = (select app.organization_id())
                and decided_by is not distinct from (select app.user_id())
                and (approved_by is null or approved_by = (select app.user_id())));
grant select, insert on public.ai_insights_log to authenticated;
grant update (execution_status, approved_at, approved_by, decided_at, decided_by, decided_from,
              executed_at, execution_error, superseded_by) on public.ai_insights_log to authenticated;

drop policy if exists members_read on public.card_copies;
create policy members_read on public.card_copies for select to authenticated
    using (organization_id = (select app.organization_id()));
grant select on public.card_copies to authenticated;

-- The system role: inbox, outbox, links, deliveries and expiry.
do $$
declare
    system_table text;
begin
    foreach system_table in array array['organizations', 'user_profiles', 'workspaces', 'chat_identities', 'link_tokens',
                                        'ai_insights_log', 'card_copies', 'inbound_events'] loop
        execute format('drop policy if exists system_reads on public.%I', system_table);
        execute format('create policy system_reads on public.%I for select to eventflow_system using (true)', system_table);
        execute format('grant select on public.%I to eventflow_system', system_table);
    end loop;
    foreach system_table in array array['chat_identities', 'card_copies', 'inbound_events'] loop
        execute format('drop policy if exists system_inserts on public.%I', system_table);
        execute format('create policy system_inserts on public.%I for insert to eventflow_system with check (true)', system_table);
        execute format('grant insert on public.%I to eventflow_system', system_table);
    end loop;
end $$;
drop policy if exists system_uses on public.link_tokens;
create policy system_uses on public.link_tokens for update to eventflow_system
    using (used_at is null) with check (used_at is not null);
grant update (used_at) on public.link_tokens to eventflow_system;
drop policy if exists system_marks on public.inbound_events;
create policy system_marks on public.inbound_events for update to eventflow_system using (true) with check (true);
grant update (handled_at) on public.inbound_events to eventflow_system;
drop policy if exists system_updates on public.card_copies;
create policy system_updates on public.card_copies for update to eventflow_system using (true) with check (true);
grant update (suggestion_id, shown_status, is_lost, can_decide) on public.card_copies to eventflow_system;
drop policy if exists system_expires on public.ai_insights_log;
create policy system_expires on public.ai_insights_log for update to eventflow_system
    using (execution_status = 'suggested' and deadline <= now()) with check (execution_status = 'expired');
grant update (execution_status) on public.ai_insights_log to eventflow_system;

-- The operator at the command line: organisations, people, claims of workspaces and links; reads the log.
do $$
declare
    operator_table text;
begin
    foreach operator_table in array array['organizations', 'user_profiles', 'workspaces', 'chat_identities', 'link_tokens'] loop
        execute format('drop policy if exists operator_reads on public.%I', operator_table);
        execute format('drop policy if exists operator_inserts on public.%I', operator_table);
        execute format('drop policy if exists operator_updates on public.%I', operator_table);
        execute format('create policy operator_reads on public.%I for select to eventflow_operator using (true)', operator_table);
        execute format('create policy operator_inserts on public.%I for insert to eventflow_operator with check (true)', operator_table);
        execute format('create policy operator_updates on public.%I for update to eventflow_operator using (true) with check (true)', operator_table);
        execute format('grant select, insert, update on public.%I to eventflow_operator', operator_table);
    end loop;
    foreach operator_table in array array['ai_insights_log', 'events'] loop
        execute format('drop policy if exists operator_reads on public.%I', operator_table);
        execute format('create policy operator_reads on public.%I for select to eventflow_operator using (true)', operator_table);
        execute format('grant select on public.%I to eventflow_operator', operator_table);
    end loop;
end $$;
