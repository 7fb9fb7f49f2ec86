-- Every foreign key has an index that leads with its columns: what it points at can go without a look at every row.
create index if not exists acknowledgements_by_user_id
    on public.acknowledgements (organization_id, user_id);
create index if not exists ai_insights_log_by_edited_from
    on public.ai_insights_log (organization_id, edited_from);
create index if not exists ai_insights_log_by_lost_to
    on public.ai_insights_log (organization_id, lost_to);
create index if not exists ai_insights_log_by_approved_by
    on public.ai_insights_log (organization_id, approved_by);
create index if not exists ai_insights_log_by_decided_by
    on public.ai_insights_log (organization_id, decided_by);
create index if not exists ai_insights_log_by_superseded_by
    on public.ai_insights_log (organization_id, superseded_by);
create index if not exists card_questions_by_suggestion_id
    on public.card_questions (organization_id, suggestion_id);
create index if not exists card_questions_by_user_id
    on public.card_questions (organization_id, user_id);
create index if not exists delegations_by_created_by
    on public.delegations (organization_id, created_by);
create index if not exists link_tokens_by_user_id
    on public.link_tokens (organization_id, user_id);
create index if not exists messages_by_user_id_conversation_id
    on public.messages (organization_id, user_id, conversation_id);
create index if not exists organization_policies_by_changed_by
    on public.organization_policies (organization_id, changed_by);
