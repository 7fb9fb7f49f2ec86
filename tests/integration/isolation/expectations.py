"""What each role may do to each table, written down by hand and not read from the policies: the cells of the matrix."""

from tests.integration.isolation.rights import (
    CLOSED,
    MEMBERS,
    NOTED,
    OWNERS,
    SUGGESTING,
    WRITERS,
    Rights,
    agenda,
    shown,
)
from tests.subjects import known

EXPECTED: dict[str, Rights] = {
    "organizations": Rights(
        select=MEMBERS,
        insert=CLOSED,
        update=OWNERS,
        delete=CLOSED,
        add="(name) values ('Gimel')",
        change="locale = 'he'",
        owned_by="id",
    ),
    "user_profiles": Rights(
        select=MEMBERS,
        insert=CLOSED,
        update=OWNERS,
        delete=CLOSED,
        add="(organization_id, email, full_name, role) values (%(org)s, 'new@example.org', 'New', 'viewer')",
        change="full_name = 'Changed'",
    ),
    "workspaces": shown(
        add="(organization_id, platform, workspace, managers_channel) values (%(org)s, 'slack', 'T9', 'C9')",
        change="managers_channel = 'C9'",
    ),
    "chat_identities": shown(
        add="(organization_id, user_id, platform, workspace, platform_user, linked_by) "
        "values (%(org)s, %(user)s, 'slack', 'T9', 'U9', 'token')",
        change="revoked_at = null",
    ),
    "link_tokens": Rights(
        select=CLOSED,
        insert=CLOSED,
        update=CLOSED,
        delete=CLOSED,
        add="(token_hash, organization_id, user_id, expires_at) values ('x', %(org)s, %(user)s, '2040-01-01')",
        change="used_at = null",
    ),
    "events": agenda(
        add="(organization_id, name, starts_on, ends_on) values (%(org)s, 'Autumn', '2031-10-01', '2031-10-01')",
        change="name = gen_random_uuid()::text",
    ),
    "rooms": agenda(
        add="(organization_id, event_id, name) values (%(org)s, %(event)s, 'Garden')",
        change="capacity = 1",
    ),
    "schedules": agenda(
        add="(organization_id, event_id, title, start_time, end_time) "
        "values (%(org)s, %(event)s, 'Lunch', '2031-05-01 09:00Z', '2031-05-01 10:00Z')",
        change="title = 'Changed'",
    ),
    "participants": agenda(
        to=NOTED,
        add="(organization_id, event_id, full_name) values (%(org)s, %(event)s, 'Late Guest')",
        change="full_name = 'Changed'",
    ),
    "participant_schedules": agenda(
        add="(organization_id, schedule_id, participant_id) values (%(org)s, %(session)s, %(participant)s)",
        change="registered_at = now()",
    ),
    "vendors": agenda(
        to=NOTED,
        add="(organization_id, name) values (%(org)s, 'Flowers')",
        change="name = gen_random_uuid()::text",
    ),
    "event_vendors": agenda(
        to=NOTED,
        add="(organization_id, event_id, vendor_id) values (%(org)s, %(event)s, %(spare_vendor)s)",
        change="status = 'arrived'",
    ),
    "checklist_items": agenda(
        add="(organization_id, event_id, title) values (%(org)s, %(event)s, 'Print badges')",
        change="title = 'Changed'",
    ),
    "conversations": Rights(
        select=MEMBERS,
        insert=MEMBERS,
        update=MEMBERS,
        delete=CLOSED,
        add="(organization_id, user_id, platform, workspace, channel) "
        "values (%(org)s, %(user)s, 'slack', 'T9', 'another')",
        change="last_message_at = now()",
        reach="person",
    ),
    "messages": Rights(
        select=MEMBERS,
        insert=MEMBERS,
        update=CLOSED,
        delete=CLOSED,
        add="(organization_id, conversation_id, user_id, role, text) "
        "values (%(org)s, %(conversation)s, %(user)s, 'user', 'And at eleven?')",
        change="text = 'Changed'",
        reach="person",
    ),
    "ai_runs": Rights(
        select=MEMBERS,
        insert=MEMBERS,
        update=CLOSED,
        delete=CLOSED,
        add="(organization_id, id, user_id, conversation_id) "
        "values (%(org)s, gen_random_uuid(), %(user)s, %(conversation)s)",
        change="status = 'success'",
        reach="person",
        led=WRITERS,
    ),
    "user_ai_stats": Rights(
        select=MEMBERS,
        insert=CLOSED,
        update=CLOSED,
        delete=CLOSED,
        add="(organization_id, user_id) values (%(org)s, %(user)s)",
        change="total_cost = 0",
        reach="person",
        led=WRITERS,
    ),
    "ai_insights_log": Rights(
        select=NOTED,
        insert=SUGGESTING,
        update=WRITERS,
        delete=CLOSED,
        add="(organization_id, kind, user_id, action_type, execution_status, correlation_id, effect, zone, "
        "facts_digest, shown_hash, risk, deadline) values (%(org)s, 'suggestion', %(user)s, "
        "'create_schedule_item', 'suggested', gen_random_uuid(), 'create', 'UTC', 'd', 'h', 'low', '2040-01-01')",
        change="execution_status = 'rejected', decided_by = app.user_id()",
        changeable="kind = 'suggestion' and execution_status = 'suggested'",
    ),
    "ai_insights_history": shown(
        to=NOTED,
        add="(organization_id, position, entry_id, at, to_status, what, previous_hash, hash) "
        "values (%(org)s, 99, %(suggestion)s, now(), 'executed', '{}', '', '')",
        change="what = '{}'",
    ),
    "ai_actions_of_event": shown(
        to=NOTED,
        add="(organization_id, event_id, kind) values (%(org)s, %(event)s, 'read')",
        change="kind = 'read'",
    ),
    "ai_decisions": shown(
        to=NOTED,
        add="(organization_id, event_id, decision) values (%(org)s, %(event)s, 'executed')",
        change="decision = 'executed'",
    ),
    "ai_rejections": shown(to=NOTED, add="(organization_id) values (%(org)s)", change="rejected = 0"),
    "ai_vip_impact": shown(to=NOTED, add="(organization_id) values (%(org)s)", change="with_vips = 0"),
    "ai_edited_approvals": shown(to=NOTED, add="(organization_id) values (%(org)s)", change="edited = 0"),
    "ai_conflict_catches": shown(to=NOTED, add="(organization_id) values (%(org)s)", change="suggestions = 0"),
    "card_copies": shown(
        add="(organization_id, suggestion_id, platform, workspace, channel, message, locale, can_decide, shown_status) "
        "values (%(org)s, %(suggestion)s, 'slack', 'T9', 'C9', '9.9', 'en', true, 'suggested')",
        change="is_lost = true",
    ),
    "acknowledgements": Rights(
        select=MEMBERS,
        insert=WRITERS,
        update=WRITERS,
        delete=WRITERS,
        add="(organization_id, suggestion_id, user_id, shown_hash) values (%(org)s, %(unread)s, %(user)s, 'hash')",
        change="shown_hash = 'another'",
        reach="person",
    ),
    "card_questions": Rights(
        select=MEMBERS,
        insert=CLOSED,
        update=CLOSED,
        delete=CLOSED,
        add="(organization_id, platform, workspace, channel, message, suggestion_id, user_id, verdict, choice, "
        "pressed) values (%(org)s, 'telegram', '7', '9', '99', %(suggestion)s, %(user)s, 'edit', 'room', '{}')",
        change="choice = 'title'",
        reach="person",
    ),
    "organization_policies": Rights(
        select=MEMBERS,
        insert=OWNERS,
        update=CLOSED,
        delete=CLOSED,
        add="(organization_id, version, document, changed_by) values (%(org)s, 2, '{}', %(user)s)",
        change="document = '{}'",
    ),
    "delegations": Rights(
        select=MEMBERS,
        insert=OWNERS,
        update=OWNERS,
        delete=CLOSED,
        add="(organization_id, from_user, to_user, starts_at, ends_at, created_by) "
        "values (%(org)s, %(user)s, %(colleague)s, '2031-06-01', '2031-06-02', %(user)s)",
        change="ended_at = now()",
    ),
    "removed_registrations": Rights(
        select=MEMBERS,
        insert=WRITERS,
        update=CLOSED,
        delete=WRITERS,
        add="(organization_id, event_id, schedule_id, participant_id, registered_at) "
        "values (%(org)s, %(event)s, %(session)s, %(participant)s, now())",
        change="registered_at = now()",
    ),
    "suggestion_pictures": Rights(
        select=MEMBERS,
        insert=SUGGESTING,
        update=CLOSED,
        delete=CLOSED,
        add="(organization_id, suggestion_id, timeline) values (%(org)s, %(unread)s, '{}')",
        change="timeline = '[]'",
    ),
    "approvals": Rights(
        select=MEMBERS,
        insert=WRITERS,
        update=CLOSED,
        delete=CLOSED,
        add="(organization_id, suggestion_id, user_id, shown_hash) values (%(org)s, %(unread)s, %(user)s, 'hash')",
        change="shown_hash = 'another'",
    ),
    "suggestion_reminders": Rights(
        select=CLOSED,
        insert=CLOSED,
        update=CLOSED,
        delete=CLOSED,
        add="(organization_id, suggestion_id) values (%(org)s, %(unread)s)",
        change="sent = 0",
    ),
    "retention_periods": shown(
        add="(organization_id, what, days) values (%(org)s, 'codes', 1)",
        change="days = 1",
    ),
    "inbound_events": Rights(
        select=CLOSED,
        insert=CLOSED,
        update=CLOSED,
        delete=CLOSED,
        add="(platform, workspace, event_id, payload) values ('slack', 'T9', 'E9', '{}')",
        change="handled_at = null",
        owned_by=None,
    ),
    "invitations": Rights(
        select=CLOSED,
        insert=CLOSED,
        update=CLOSED,
        delete=CLOSED,
        add="(platform, workspace, platform_user) values ('slack', 'T9', 'U9')",
        change="invited_at = now()",
        owned_by=None,
    ),
    "breakages": Rights(
        select=CLOSED,
        insert=CLOSED,
        update=CLOSED,
        delete=CLOSED,
        add="(platform, kind, why) values ('slack', 'installation', 'invalid_auth')",
        change="since = now()",
        owned_by=None,
    ),
    **{table: rights for subject in known().values() for table, rights in subject.tables.items()},
}

TOLD_TO_VIEWERS: dict[str, str] = {
    "organizations": "name name_key locale time_zone",
    "user_profiles": "kind email full_name role locale timezone",
    "workspaces": "platform workspace managers_channel",
    "chat_identities": "platform workspace platform_user linked_by",
    "events": "name time_zone status source_id source_address",
    "rooms": "name name_key source_id",
    "schedules": "title description room room_key speaker_name speaker_keys search_key status track language source_id "
    "source_code",
    "checklist_items": "title source_id",
    "card_copies": "platform workspace channel message locale shown_status menu thread picture",
    "organization_policies": "document",
    "suggestion_pictures": "timeline",
    "approvals": "shown_hash",
    "retention_periods": "what",
    **{table: words for subject in known().values() for table, words in subject.told_to_viewers.items()},
}
"""The columns with words in them that every member reads of others' rows. No notes about people, no way to reach them,
nobody's own words: what holds such things is closed to viewers. A picture holds the agenda alone, a policy holds roles
and people's ids; a table with a new column of words is decided about here."""

CROSSING_INDEXES: dict[str, str] = {
    "organizations_name_key_key": "the command line goes by name; only the operator adds and renames",
    "workspaces_claimed_once": "a workspace means one organisation; only the operator claims",
    "chat_identities_one_person": "a chat user is one person; only the system and the operator link",
    "link_tokens_pkey": "hashes of 192 random bits; only the operator adds them",
    "inbound_events_platform_workspace_event_id_key": "deliveries, before anybody knows whose; system only",
    "invitations_pkey": "strangers, who belong to nobody; system only",
    "breakages_pkey": "what concerns the whole installation or a chat that nobody is asked about; system only",
}
"""The unique indexes across organisations, and why each must be: their errors tell that somebody else has the value."""
