-- The way out: somebody is switched off, demoted, unlinked or erased, and what led to them dies with it.

-- When somebody's personal data was taken out; such a profile never comes back.
alter table public.user_profiles add column if not exists erased_at timestamptz;
-- A link that ended because its person was switched off. Once they are back, their verified e-mail may link them again;
-- a link that somebody revoked stays revoked.
alter table public.chat_identities add column if not exists ended_with_access boolean not null default false;

-- The functions of functions/identity.sql that take access and personal data away run as the owner, who is under forced
-- row-level security where it is no superuser. Nobody else gets a right on what people said.
do $$
declare
    emptied text;
begin
    foreach emptied in array array['conversations', 'messages', 'chat_identities', 'link_tokens', 'card_copies',
                                   'card_questions', 'inbound_events'] loop
        execute format('drop policy if exists owner_clears on public.%I', emptied);
        execute format('create policy owner_clears on public.%I to %I using (true) with check (true)', emptied, current_user);
    end loop;
    drop policy if exists owner_reads on public.ai_insights_log;
    execute format('create policy owner_reads on public.ai_insights_log for select to %I using (true)', current_user);
    -- Of the log only what no chain covers: what somebody asked, which changed nothing.
    drop policy if exists owner_clears on public.ai_insights_log;
    execute format('create policy owner_clears on public.ai_insights_log for update to %I using (kind = ''read'') '
                   'with check (kind = ''read'')', current_user);
end $$;

-- A claim of a workspace is the operator's to take back.
drop policy if exists operator_deletes on public.workspaces;
create policy operator_deletes on public.workspaces for delete to eventflow_operator using (true);
grant delete on public.workspaces to eventflow_operator;
