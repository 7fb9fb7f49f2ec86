-- Every table of an organisation has (organization_id, id) as its primary key, so that its rows can be distributed by
-- organisation. First of three: the keys, and foreign keys that point to them, not yet checked. The indexes are built
-- beforehand while everybody works (apply.py); what is left takes a moment whatever the size.
-- first: create unique index concurrently if not exists ai_insights_log_key on public.ai_insights_log (organization_id, id)
-- first: create unique index concurrently if not exists card_copies_key on public.card_copies (organization_id, id)
-- first: create unique index concurrently if not exists chat_identities_key on public.chat_identities (organization_id, id)
-- first: create unique index concurrently if not exists checklist_items_key on public.checklist_items (organization_id, id)
-- first: create unique index concurrently if not exists conversations_key on public.conversations (organization_id, id)
-- first: create unique index concurrently if not exists delegations_key on public.delegations (organization_id, id)
-- first: create unique index concurrently if not exists events_key on public.events (organization_id, id)
-- first: create unique index concurrently if not exists messages_key on public.messages (organization_id, id)
-- first: create unique index concurrently if not exists participants_key on public.participants (organization_id, id)
-- first: create unique index concurrently if not exists rooms_key on public.rooms (organization_id, id)
-- first: create unique index concurrently if not exists schedules_key on public.schedules (organization_id, id)
-- first: create unique index concurrently if not exists user_profiles_key on public.user_profiles (organization_id, id)
-- first: create unique index concurrently if not exists vendors_key on public.vendors (organization_id, id)
-- first: create unique index concurrently if not exists user_profiles_by_id on public.user_profiles (id)

-- Whoever calls is known by their id alone, in one place: it means one person of one organisation.
create unique index if not exists user_profiles_by_id on public.user_profiles (id);

do $$
declare
    keyed text;
    former text;
    pointing record;
begin
    foreach keyed in array array[
        'ai_insights_log', 'card_copies', 'chat_identities', 'checklist_items', 'conversations',
        'delegations', 'events', 'messages', 'participants', 'rooms',
        'schedules', 'user_profiles', 'vendors'] loop
        execute format('create unique index if not exists %I on public.%I (organization_id, id)', keyed || '_key', keyed);
        select key.conname into former from pg_constraint as key
        where key.conrelid = ('public.' || keyed)::regclass and key.contype = 'p' and key.conname <> keyed || '_key';
        if found then
            execute format('alter table public.%1$I drop constraint %2$I, add constraint %3$I primary key using index %3$I',
                           keyed, former, keyed || '_key');
        end if;
    end loop;

    -- A foreign key holds on to the index that it was made with; its successor names no columns, and takes the new one.
    set local search_path = pg_catalog;
    for pointing in select key.oid, key.conrelid::regclass as of_table, pg_get_constraintdef(key.oid) as wanted
                    from pg_constraint as key
                    join pg_constraint as target on target.conrelid = key.confrelid and target.contype = 'u'
                     and target.conindid = key.conindid and target.conname = substr(
                         (select relname from pg_class where oid = key.confrelid) || '_organization_id_id_key', 1, 63)
                    where key.contype = 'f' and key.conname not like 'rekeyed\_%'
                      and not exists (select from pg_constraint as successor where successor.conrelid = key.conrelid
                                      and successor.conname = 'rekeyed_' || key.oid) loop
        execute format('alter table %s add constraint %I %s not valid', pointing.of_table, 'rekeyed_' || pointing.oid,
                       regexp_replace(pointing.wanted, '( REFERENCES public\.\w+)\([^)]*\)', '\1'));
    end loop;
end $$;

-- What finds the organisation is the same on every node, and small. What comes before anybody knows whose it is stays on one.
comment on table public.organizations is 'reference table: which organisations there are';
comment on table public.user_profiles is 'reference table: whose organisation a caller belongs to';
comment on table public.workspaces is 'reference table: whose organisation a workspace belongs to';
comment on table public.chat_identities is 'reference table: who a chat user is, and whose';
comment on table public.link_tokens is 'reference table: whom a code is for';
comment on table public.retention_periods is 'reference table: the sweep compares every row with them';
comment on table public.inbound_events is 'local table: deliveries, before anybody knows whose';
comment on table public.invitations is 'local table: strangers, who belong to nobody';
comment on table public.breakages is 'local table: what concerns the whole installation';
comment on table app.migrations is 'local table: the ledger';
