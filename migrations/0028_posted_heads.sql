-- The head of an organisation's chain is posted to its managers once a day: since when there is one, and what was posted.
alter table app.ai_insights_heads add column if not exists started_at timestamptz not null default now();
alter table app.ai_insights_heads add column if not exists posted_position bigint not null default 0;
alter table app.ai_insights_heads add column if not exists posted_at timestamptz;
