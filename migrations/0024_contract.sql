-- A row that a person adds is their organisation's: plain SQL need not say so, and row-level security still judges it.
do $$
declare
    our_table text;
begin
    foreach our_table in array array[
        'events', 'rooms', 'schedules', 'participants', 'participant_schedules', 'vendors', 'event_vendors',
        'checklist_items', 'conversations', 'messages', 'ai_insights_log', 'acknowledgements', 'approvals',
        'organization_policies', 'delegations', 'suggestion_pictures'] loop
        execute format('alter table public.%I alter column organization_id set default app.organization_id()', our_table);
    end loop;
end $$;

-- The owner, whose function proves that what was executed was done, is under forced row-level security where it is no
-- superuser: it looks with the eyes of the person who decided.
do $$
declare
    our_table text;
begin
    foreach our_table in array array[
        'events', 'rooms', 'participants', 'participant_schedules', 'vendors', 'event_vendors', 'checklist_items',
        'organization_policies', 'delegations'] loop
        execute format('drop policy if exists proof_reads on public.%I', our_table);
        execute format('create policy proof_reads on public.%I for select to %I '
                       'using (organization_id = (select app.organization_id()))', our_table, current_user);
    end loop;
end $$;

-- An acknowledgement that was taken back stays on record: the last word of a person counts, however often it is said.
alter table public.acknowledgements add column if not exists withdrawn_at timestamptz;
drop policy if exists own_update on public.acknowledgements;
create policy own_update on public.acknowledgements for update to authenticated
    using (organization_id = (select app.organization_id()) and user_id = (select app.user_id())
           and (select app.role()) in ('owner', 'manager'))
    with check (organization_id = (select app.organization_id()) and user_id = (select app.user_id()));
grant update (withdrawn_at, acknowledged_at, shown_hash) on public.acknowledgements to authenticated;
