-- What the program itself refused has failed; "rejected" is what a person said about a suggestion, and nothing else.

do $$
begin
    -- The owner is under forced row-level security too where it is no superuser.
    drop policy if exists refusals_fail on public.ai_insights_log;
    execute format('create policy refusals_fail on public.ai_insights_log to %I using (kind = ''refusal'') '
                   'with check (kind = ''refusal'')', current_user);
    -- Nobody else may take this step, ever: it is put right once, and the chain of each organisation tells that it was.
    alter table public.ai_insights_log disable trigger check_step;
    update public.ai_insights_log set execution_status = 'failed'
    where kind = 'refusal' and execution_status = 'rejected';
    -- The chains are written now: a table with triggers still to come cannot be altered.
    set constraints all immediate;
    alter table public.ai_insights_log enable trigger check_step;
    drop policy refusals_fail on public.ai_insights_log;
    if not exists (select from pg_constraint where conname = 'only_suggestions_are_decided'
                   and conrelid = 'public.ai_insights_log'::regclass) then
        alter table public.ai_insights_log add constraint only_suggestions_are_decided check (
            kind = 'suggestion' or execution_status = case kind when 'read' then 'executed' else 'failed' end);
    end if;
end $$;
