-- The log by key, so that what is asked of it takes as long in a large organisation as in a small one.

-- The operator reads it newest first over all organisations.
create index if not exists ai_insights_log_newest on public.ai_insights_log (created_at desc, id desc);

-- Whole, not of suggestions alone: in a database that was never analysed a partial index is taken for as good as any
-- other of the same condition.
create index if not exists ai_insights_log_by_message_id on public.ai_insights_log (organization_id, message_id);
drop index if exists public.ai_insights_log_of_message;
