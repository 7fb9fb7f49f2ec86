-- Which subjects' writes the model is told of stays with the conversation: pairs of a subject and when it was used last.
alter table public.conversations add column if not exists open_tools jsonb not null default '[]';
grant update (open_tools) on public.conversations to authenticated;
