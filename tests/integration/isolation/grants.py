"""What each role of the program holds on each table, written down by hand: the verbs, and of some the columns."""

from tests.subjects import known

_ALL = "select insert update delete"
_READ_THE_HISTORY = {
    "ai_actions_of_event": "select",
    "ai_conflict_catches": "select",
    "ai_decisions": "select",
    "ai_edited_approvals": "select",
    "ai_insights_history": "select",
    "ai_rejections": "select",
    "ai_vip_impact": "select",
}
GRANTS: dict[str, dict[str, str]] = {
    "authenticated": {
        "acknowledgements": "select insert update(acknowledged_at, shown_hash, withdrawn_at) delete",
        **_READ_THE_HISTORY,
        "ai_runs": "select insert(conversation_id, event_id, id, input_data, model_name, organization_id, provider, "
        "toolsets, user_id)",
        "ai_insights_log": "select insert update(approved_at, approved_by, decided_at, decided_by, decided_from, "
        "executed_at, execution_error, execution_status, lost_to, outcome, superseded_by)",
        "approvals": "select insert",
        "card_copies": "select",
        "card_questions": "select",
        "chat_identities": "select",
        "checklist_items": _ALL,
        "conversations": "select insert update(last_message_at, open_tools)",
        "delegations": "select insert update(ended_at)",
        "event_vendors": _ALL,
        "events": _ALL,
        "messages": "select insert",
        "organization_policies": "select insert",
        "organizations": "select update(locale)",
        "participant_schedules": _ALL,
        "participants": _ALL,
        "removed_registrations": "select insert delete",
        "retention_periods": "select",
        "rooms": _ALL,
        "schedules": _ALL,
        "suggestion_pictures": "select insert",
        "user_ai_stats": "select",
        "user_profiles": "select update(full_name, is_active, locale, role, timezone)",
        "vendors": _ALL,
        "workspaces": "select",
        **{table: _ALL for subject in known().values() for table in subject.tables},
    },
    "eventflow_system": {
        "acknowledgements": "select",
        "ai_insights_log": "select update(execution_status)",
        "ai_runs": "select update(cached_tokens, completed_at, duration_ms, error_message, estimated_cost_usd, "
        "event_id, hit_limit, input_tokens, output_data, output_tokens, status, steps, thought_tokens, tool_calls, "
        "toolsets)",
        "approvals": "select",
        "breakages": "select insert delete",
        "card_copies": (
            "select insert update(can_decide, is_lost, menu, picture, picture_of, shown_status, suggestion_id)"
        ),
        "card_questions": "select insert delete",
        "chat_identities": "select insert",
        "delegations": "select",
        "inbound_events": "select insert update(handled_at)",
        "invitations": "select insert update(invited_at)",
        "link_tokens": "select update(used_at)",
        "organization_policies": "select",
        "organizations": "select update(ceiling_told_until)",
        "suggestion_reminders": "select insert update(escalated_at, next_at, sent)",
        "suggestion_pictures": "select",
        "user_profiles": "select",
        "workspaces": "select",
    },
    "eventflow_operator": {
        **_READ_THE_HISTORY,
        "ai_insights_heads": "select",
        "ai_insights_log": "select",
        "ai_runs": "select",
        "card_copies": "select",
        "chat_identities": "select insert update",
        "events": "select",
        "link_tokens": "select insert update",
        "organizations": "select insert update",
        "retention_periods": "select insert update(days)",
        "user_ai_stats": "select",
        "user_profiles": "select insert update",
        "workspaces": "select insert update delete",
    },
}
"""Every right that anybody but the owner holds on a table; what is not here (TRUNCATE above all) nobody holds."""
