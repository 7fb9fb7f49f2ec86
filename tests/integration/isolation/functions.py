"""Every function of the program's schemas: how it may be planned, with whose rights it runs, and who may call it."""

from tests.integration.isolation.rights import (
    ANYBODY,
    EVERYBODY,
    LOG_READERS,
    NOBODY,
    OPERATOR,
    PEOPLE,
    SYSTEM,
    Function,
)
from tests.subjects import known

FUNCTIONS: dict[str, Function] = {
    "app.access_facts(jsonb)": Function("stable", PEOPLE),
    "app.assert_access_unchanged(jsonb, text)": Function("volatile", PEOPLE),
    "app.end_access()": Function("volatile", NOBODY, "nobody but the operator writes links, whoever is switched off"),
    "app.forget_person(uuid, uuid, text)": Function(
        "volatile", OPERATOR, "nobody else may touch what people said; it deletes, and returns nothing of it"
    ),
    "app.keep_an_owner()": Function("volatile", NOBODY, "it counts owners that who changes a row may not see"),
    "app.restore_links(uuid, jsonb)": Function(
        "volatile", PEOPLE, "people write no links; it looks at the caller's role and organisation itself"
    ),
    "app.append_history(ai_insights_log, text)": Function("volatile", NOBODY),
    "app.applied_migrations()": Function("stable", SYSTEM, "the ledger belongs to the owner alone"),
    "app.assert_checklist_unchanged(jsonb, text)": Function("volatile", PEOPLE),
    "app.assert_delegation_unchanged(jsonb, text)": Function("volatile", PEOPLE),
    "app.assert_event_unchanged(jsonb, text)": Function("volatile", PEOPLE),
    "app.assert_one(bigint)": Function("immutable", EVERYBODY),
    "app.assert_participant_unchanged(jsonb, text)": Function("volatile", PEOPLE),
    "app.assert_policy_unchanged(jsonb, text)": Function("volatile", PEOPLE),
    "app.assert_room_unchanged(jsonb, text)": Function("volatile", PEOPLE),
    "app.assert_schedule_unchanged(jsonb, text)": Function("volatile", PEOPLE),
    "app.assert_unchanged(jsonb, text)": Function("stable", EVERYBODY),
    "app.assert_vendor_unchanged(jsonb, text)": Function("volatile", PEOPLE),
    "app.chain_step()": Function("volatile", NOBODY, "no role may write the history, whichever caused the step"),
    "app.has_broken_glass(jsonb)": Function("stable", PEOPLE),
    "app.has_gesture(ai_insights_log, jsonb)": Function("stable", PEOPLE),
    "app.has_votes(ai_insights_log)": Function("stable", PEOPLE),
    "app.ids_of(jsonb)": Function("immutable", NOBODY),
    "app.lines_of(jsonb)": Function("immutable", NOBODY),
    "app.made_by(jsonb)": Function("immutable", NOBODY),
    "app.facts_of(text, jsonb)": Function("stable", PEOPLE),
    "app.is_a_word(ai_insights_log, text)": Function("stable", PEOPLE),
    "app.is_all_done(ai_insights_log)": Function("stable", NOBODY),
    "app.is_done(uuid, text, jsonb)": Function("stable", NOBODY),
    "app.is_moved(ai_insights_log)": Function("stable", PEOPLE),
    "app.is_seated(uuid, text, jsonb)": Function("stable", NOBODY),
    "app.letters(text)": Function("immutable", PEOPLE),
    "app.may_approve(ai_insights_log, uuid)": Function("stable", PEOPLE),
    "app.prove_executed()": Function(
        "volatile", NOBODY, "the program is the system role by then, which sees no agenda; it looks as who decided"
    ),
    "app.why_not_decide(ai_insights_log, ai_insights_log)": Function("stable", PEOPLE),
    "app.check_step()": Function("volatile", NOBODY),
    "app.checklist_facts(jsonb)": Function("stable", PEOPLE),
    "app.copy_room_rule()": Function("volatile", PEOPLE),
    "app.delegation_facts(jsonb)": Function("stable", PEOPLE),
    "app.digest(jsonb)": Function("immutable", EVERYBODY),
    "app.enqueue(text, text, jsonb, timestamp with time zone, text)": Function("volatile", SYSTEM),
    "app.event_conflicts(uuid)": Function("stable", PEOPLE),
    "app.event_fact(events)": Function("stable", PEOPLE),
    "app.event_facts(jsonb)": Function("stable", PEOPLE),
    "app.event_span(date, date, text)": Function("immutable", PEOPLE),
    "app.first_waiting(schedules, uuid[])": Function("stable", PEOPLE),
    "app.entry_facts(ai_insights_log)": Function("stable", OPERATOR),
    "app.entry_title(jsonb, jsonb)": Function("immutable", LOG_READERS),
    "app.free_slots(uuid, timestamp with time zone, timestamp with time zone, integer, text)": Function(
        "stable", PEOPLE
    ),
    "app.room_is_there(rooms)": Function("stable", PEOPLE),
    "app.history_hash(ai_insights_history)": Function("stable", OPERATOR),
    "app.buffer_minutes()": Function("stable", PEOPLE),
    "app.lock_lines(jsonb)": Function("volatile", PEOPLE),
    "app.schedule_alternatives(jsonb)": Function("stable", PEOPLE),
    "app.name_key(text)": Function("immutable", EVERYBODY),
    "app.name_keys(text)": Function("immutable", EVERYBODY),
    "app.names_in(text, text)": Function("immutable", PEOPLE),
    "app.new_id()": Function("volatile", EVERYBODY),
    "app.note_step()": Function("volatile", NOBODY),
    "app.organization_id()": Function("stable", EVERYBODY, "the policies of user_profiles themselves need the answer"),
    "app.participant_outlines(uuid, uuid)": Function(
        "stable", PEOPLE, "viewers read no row of participants; it returns names and no notes, of the own organisation"
    ),
    "app.vendor_outlines(uuid)": Function(
        "stable", PEOPLE, "viewers read no row of vendors; it returns names and times, of the own organisation"
    ),
    "app.plain_values(jsonb)": Function("immutable", NOBODY),
    "app.suggestion_outlines(uuid, uuid, text, timestamp with time zone, integer)": Function(
        "stable", PEOPLE, "viewers read no row of the log; it returns titles, states and plain values, of the own one"
    ),
    "app.step_outlines(uuid)": Function(
        "stable", PEOPLE, "viewers read no row of the history; it returns states, times and names, of the own one"
    ),
    "app.participant_fact(participants)": Function("stable", PEOPLE),
    "app.participant_facts(jsonb)": Function("stable", PEOPLE),
    "app.person_fact(uuid)": Function("stable", PEOPLE),
    "app.person_returns(uuid, events)": Function("stable", PEOPLE),
    "app.policy_facts(jsonb)": Function("stable", PEOPLE),
    "app.policy_version()": Function("stable", PEOPLE),
    "app.organization_of_copy(jsonb)": Function("stable", SYSTEM),
    "app.queue_of(text, jsonb)": Function("stable", SYSTEM),
    "app.receive(text, text, text, text, jsonb, text, text)": Function("volatile", SYSTEM),
    "app.sort_queue()": Function("volatile", SYSTEM),
    "app.organization_zone(uuid)": Function("stable", OPERATOR | SYSTEM),
    "app.paused_until()": Function(
        "stable", PEOPLE, "a person sees their own runs alone; it tells a moment and no number, of the own organisation"
    ),
    "app.organization_of_chat(text, text, text)": Function("stable", NOBODY),
    "app.organization_of_job(jsonb)": Function("stable", NOBODY),
    "app.retention_days(uuid)": Function("stable", OPERATOR),
    "app.sweep(text, bigint, boolean, uuid)": Function(
        "volatile", SYSTEM, "nobody else may delete what people said; it goes by the kept periods and returns counts"
    ),
    "app.role()": Function("stable", EVERYBODY, "the policies of user_profiles themselves need the answer"),
    "app.room_fact(rooms)": Function("stable", PEOPLE),
    "app.room_facts(jsonb)": Function("stable", PEOPLE),
    "app.schedule_facts(jsonb)": Function("stable", PEOPLE),
    "app.search_sessions(text, uuid, integer)": Function(
        "stable", PEOPLE, "trigram operators cannot use their index under a policy; it filters by itself"
    ),
    "app.session_capacity(schedules)": Function("stable", PEOPLE),
    "app.session_fact(schedules)": Function("stable", PEOPLE),
    "app.session_returns(jsonb, events)": Function("stable", PEOPLE),
    "app.settle_head()": Function("volatile", NOBODY, "no role may write the history, whichever caused the step"),
    "app.people_touched(uuid[], uuid[])": Function("stable", PEOPLE),
    "app.places_taken(jsonb, schedules)": Function("stable", PEOPLE),
    "app.seats_beside(jsonb)": Function("immutable", PEOPLE),
    (
        "app.sessions_beside(jsonb, events, uuid, text, text[], timestamp with time zone, timestamp with time zone)"
    ): Function("stable", PEOPLE),
    "app.shared_rooms(uuid, uuid)": Function(
        "stable",
        frozenset({"authenticated", "eventflow_system"}),
        "the system role renders cards and sees no agenda; of people it filters by their organisation itself",
    ),
    "app.shown_in(uuid, uuid)": Function("stable", LOG_READERS),
    "app.spread_room_rule()": Function("volatile", PEOPLE),
    "app.touch_row()": Function("volatile", EVERYBODY),
    "app.user_id()": Function("stable", EVERYBODY),
    "app.take_heads(uuid[])": Function(
        "volatile", SYSTEM, "it tells the last hash of a chain, and the system role reads no history"
    ),
    "app.vendor_facts(jsonb)": Function("stable", PEOPLE),
    "app.vendor_record_facts(jsonb)": Function("stable", PEOPLE),
    "app.assert_vendor_record_unchanged(jsonb, text)": Function("volatile", PEOPLE),
    "auth.uid()": Function("stable", ANYBODY),
    "auth.user_organization_id()": Function("stable", ANYBODY),
    ("public.check_speaker_conflicts(uuid, text, timestamp with time zone, timestamp with time zone, uuid)"): Function(
        "stable", PEOPLE
    ),
    **{name: each for subject in known().values() for name, each in subject.functions.items()},
}
