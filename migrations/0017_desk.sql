-- The lists of a desk: what somebody asked for, and what was decided today.

create index if not exists ai_insights_log_mine on public.ai_insights_log (organization_id, user_id, created_at desc)
    where kind = 'suggestion';
create index if not exists ai_insights_log_decided on public.ai_insights_log (organization_id, decided_at desc)
    where kind = 'suggestion' and decided_at is not null;

revoke execute on all functions in schema app from public;
