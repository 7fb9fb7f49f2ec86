"""From a suggestion to its end: what was shown is what runs, once, in time, by who may."""

from tests.defences.removing import Defence

_DRIFT = "tests/integration/flows/test_drift.py"
_GESTURES = "tests/integration/flows/test_gestures.py"
_BY_HAND = "tests/integration/policies/test_by_hand.py"
_DECIDING = "tests/integration/policies/test_deciding.py"
_WHO_MAY = "tests/unit/policies/test_who_may.py"
_GLASS = f"{_WHO_MAY}::test_the_glass_is_broken_by_an_owner_who_says_why"
_SETTLING, _QUERIES = "core/flows/deciding/settling.py", "core/actions/queries.py"
_JUDGED, _RULING = "core/policies/rules.py", "core/policies/queries.py"
_DONE, _FRAME = "core/actions/gestures.py", "bots/slack/modals/frame.py"
_TOOLSETS, _COPIES = "tests/unit/core/test_toolsets.py", "core/delivery/queries.py"
_BEGUN = "tests/integration/pictures/test_pictures.py::test_a_picture_is_begun_once_and_never_of_what_is_decided"
_MODAL = "tests/unit/slack/test_modals.py::test_only_what_we_wrote_for_that_person_is_read"

WAY_THROUGH = (
    Defence(
        name="what runs has the hash that was shown",
        path=_SETTLING,
        text="        if not claimed.request.is_as_shown():\n            raise WorldMoved\n",
        instead="",
        test=f"{_DRIFT}::test_what_somebody_wrote_into_the_row_behind_the_card_is_never_run",
    ),
    Defence(
        name="a claim comes before the deadline",
        path=_QUERIES,
        text="and entry.execution_status = 'suggested' and entry.deadline > now() and (not %(approve)s or",
        instead="and entry.execution_status = 'suggested' and (not %(approve)s or",
        test=f"{_DRIFT}::test_a_press_after_the_deadline_decides_nothing",
    ),
    Defence(
        name="what was decided is claimed by nobody",
        path=_QUERIES,
        text="  and entry.execution_status = 'suggested' and entry.deadline > now() and (not %(approve)s or",
        instead="  and entry.deadline > now() and (not %(approve)s or",
        test=f"{_DRIFT}::test_what_was_decided_is_claimed_by_nobody",
    ),
    Defence(
        name="what is blocked is claimed by no approval",
        path=_QUERIES,
        text=" and (not %(approve)s or not entry.is_blocked)\nfor",
        instead="\nfor",
        test=f"{_DRIFT}::test_a_blocked_suggestion_is_told_so_and_still_waits",
    ),
    Defence(
        name="of two who press at once the second waits for the first",
        path=_QUERIES,
        text="\nfor no key update of entry\n",
        instead="\n",
        test="tests/integration/policies/test_votes.py::"
        "test_of_two_who_press_at_once_the_second_waits_and_counts_the_first",
    ),
    Defence(
        name="the facts are those that were shown, when it runs",
        path="migrations/functions/foundation.sql",
        text="    if app.digest(facts) is distinct from shown_digest then\n",
        instead="    if false then\n",
        test="tests/integration/waiting/test_rivals_at_once.py::test_the_proof_alone_keeps_a_speaker_out_of_two_places",
    ),
    Defence(
        name="a write hits one row or nothing happens",
        path="migrations/functions/foundation.sql",
        text="    if rows_hit is distinct from 1 then\n",
        instead="    if false then\n",
        test=f"{_DRIFT}::test_a_write_that_hits_no_row_has_not_happened",
    ),
    Defence(
        name="the proof keeps the session for itself",
        path="migrations/functions/agenda.sql",
        text="session.id = (change ->> 'schedule_id')::uuid\n    for update;",
        instead="session.id = (change ->> 'schedule_id')::uuid;",
        test=f"{_DRIFT}::test_nobody_is_registered_between_the_proof_and_the_write",
    ),
    Defence(
        name="of two who need a place the second waits and looks",
        path="migrations/functions/agenda.sql",
        text="            perform pg_advisory_xact_lock(hashtextextended(place.key, 0));\n",
        instead="            null;\n",
        test=f"{_DRIFT}::test_of_two_who_need_one_speaker_the_second_waits_and_looks",
    ),
    Defence(
        name="of two rivals approved at once the second waits its turn",
        path=_SETTLING,
        text="            await take_turn(tx, self.suggestion_id)\n",
        instead="            pass\n",
        test="tests/integration/waiting/test_rivals_at_once.py::"
        "test_an_approval_waits_until_another_of_the_same_event_has_ended",
    ),
    Defence(
        name="who does not decide presses in vain",
        path="core/flows/on_decision.py",
        text="    if not principal.may_decide and decision.verdict not in _FOR_EVERYBODY:\n",
        instead="    if False:\n",
        test=f"{_GESTURES}::test_only_who_may_decide_can_acknowledge[USTAFF]",
    ),
    Defence(
        name="a tool that a role has not got does not exist",
        path="core/flows/tool_calls.py",
        text="(tool for tool in tools_for(self.principal.role) if tool.name == call.name)",
        instead='(tool for tool in tools_for("owner") if tool.name == call.name)',
        test="tests/integration/test_message_to_change.py::test_a_viewer_is_offered_no_write_tool_and_cannot_reach_one",
    ),
    Defence(
        name="a tool of another role or of none is refused by its name",
        path="core/flows/runtime.py",
        text="    return tuple(tool for tool in TOOLS if role in tool.roles)\n",
        instead="    return TOOLS\n",
        test=f"{_TOOLSETS}::test_a_tool_that_the_role_has_not_or_nobody_has_is_refused_and_nothing_runs[staff]",
    ),
    Defence(
        name="a subject is opened for who has its tools",
        path="core/flows/toolsets.py",
        text="        return offer_for(self.role)\n",
        instead='        return offer_for("owner")\n',
        test="tests/integration/flows/test_toolsets.py::test_a_subject_that_the_role_has_not_stays_shut",
    ),
    Defence(
        name="a conversation opens nothing that its person has lost",
        path="core/flows/toolsets.py",
        text="for name, used in kept if name in opened.offer.sets}",
        instead='for name, used in kept if name in offer_for("owner").sets}',
        test=f"{_TOOLSETS}::test_what_a_conversation_kept_of_a_role_that_somebody_lost_is_not_opened",
    ),
    Defence(
        name="a wrong argument is told to the model and goes no further",
        path="core/flows/tool_calls.py",
        text="            args = tool.args.model_validate(said)\n",
        instead="            args = tool.args.model_construct(**said)\n",
        test="tests/integration/flows/test_wrong_arguments.py::"
        "test_each_wrong_argument_is_one_sentence_for_the_model[add_room]",
    ),
    Defence(
        name="of two workers one brings a card's picture",
        path=_COPIES,
        text="  and copy.picture_of is distinct from copy.suggestion_id\n",
        instead="",
        test=_BEGUN,
    ),
    Defence(
        name="no picture comes to what is decided",
        path=_COPIES,
        text="  and suggestion.execution_status = 'suggested' and not copy.is_lost\nreturning copy.id\n",
        instead="  and not copy.is_lost\nreturning copy.id\n",
        test=_BEGUN,
    ),
    Defence(
        name="what nobody can see is taken out of the model's words",
        path="core/flows/tool_calls.py",
        text="        seen = _each_text(call.args, on_one_line)\n",
        instead="        seen = call.args\n",
        test="tests/integration/flows/test_true_cards.py::"
        "test_what_nobody_can_see_is_taken_out_of_what_the_model_says_before_it_becomes_an_action",
    ),
    Defence(
        name="the gesture is asked for where it is decided",
        path=_SETTLING,
        text="        if more := missing(claimed, self.decision.evidence, has",
        instead="        more = None\n        if not claimed and missing(claimed, {}, has",
        test=f"{_GESTURES}::test_a_risky_change_runs_only_when_every_consequence_was_ticked",
    ),
    Defence(
        name="every box is ticked",
        path=_DONE,
        text=" and ticked >= needed\n",
        instead=" and bool(ticked | needed)\n",
        test="tests/unit/core/test_gestures.py::test_all_boxes_of_the_card_as_it_is_have_to_be_ticked",
    ),
    Defence(
        name="ticked boxes are those of what is shown",
        path=_DONE,
        text='    return evidence.get("shown") == suggestion.request.shown_hash and ticked',
        instead="    return ticked",
        test="tests/unit/core/test_gestures.py::test_all_boxes_of_the_card_as_it_is_have_to_be_ticked",
    ),
    Defence(
        name="the word is typed",
        path=_DONE,
        text='    if gesture == "type_word" and not is_the_word(suggestion, evidence.get("word", "")):\n',
        instead='    if gesture == "type_word" and "word" not in evidence:\n',
        test="tests/unit/core/test_gestures.py::test_another_word_is_told_the_right_one",
    ),
    Defence(
        name="an acknowledgement is one person's",
        path=_QUERIES,
        text="              and noted.user_id = (select app.user_id()) and noted.shown_hash",
        instead="              and noted.shown_hash",
        test=f"{_GESTURES}::test_what_others_acknowledged_is_theirs_though_it_could_be_read",
    ),
    Defence(
        name="what a modal remembers is sealed",
        path=_FRAME,
        text="        return text if hmac.compare_digest(mark.encode(), self._mark(text).encode()) else None\n",
        instead="        return text if mark else None\n",
        test=_MODAL,
    ),
    Defence(
        name="a modal is good for who opened it",
        path=_FRAME,
        text='        is_for_them = said["user"] == user and said["verdict"] in get_args(Verdict)\n',
        instead='        is_for_them = said["verdict"] in get_args(Verdict)\n',
        test=_MODAL,
    ),
    Defence(
        name="the policy is asked where it is decided",
        path=_SETTLING,
        text="        if not past_policy and (why := await",
        instead="        if not claimed and (why := await",
        test=f"{_DECIDING}::test_a_manager_cannot_approve_what_owners_decide",
    ),
    Defence(
        name="two people are two",
        path=_SETTLING,
        text="        if approve and takes_two(claimed) and not past_policy:\n",
        instead="        if False:\n",
        test=f"{_DECIDING}::test_two_different_people_approve_what_is_critical",
    ),
    Defence(
        name="an asker does not approve where the policy says so",
        path=_JUDGED,
        text="    if is_asker and not kept.askers_may_approve:\n",
        instead="    if False:\n",
        test=f"{_WHO_MAY}::test_who_may_approve",
    ),
    Defence(
        name="whose wish it is counts everybody who changed it",
        path="core/actions/suggestion.py",
        text="(self.user_id, *self.editors, *(() if self.editor is None else (self.editor,)))",
        instead="(self.user_id,)",
        test=f"{_DECIDING}::test_an_asker_cannot_approve_their_own_nor_what_they_edited",
    ),
    Defence(
        name="an asker lends nobody the right to approve it",
        path=_JUDGED,
        text="if kept.askers_may_approve or each.id not in {asker, *editors}]",
        instead="]",
        test=f"{_WHO_MAY}::test_a_delegate_counts_as_the_one_who_is_away[who-may-not-approve-it-lends-nothing]",
    ),
    Defence(
        name="what owners decide managers do not",
        path=_JUDGED,
        text='    if kept.owners_only and role != "owner":\n',
        instead="    if False:\n",
        test=f"{_WHO_MAY}::test_what_only_an_owner_may_write_is_lent_to_nobody",
    ),
    Defence(
        name="a right is lent from its first day",
        path=_RULING,
        text=" and delegation.starts_at <= now() and delegation.ends_at > now()\n  and",
        instead=" and delegation.ends_at > now()\n  and",
        test="tests/integration/policies/test_delegations.py::test_a_right_is_held_between_the_dates",
    ),
    Defence(
        name="a right is lent to its last day",
        path=_RULING,
        text=" and delegation.starts_at <= now() and delegation.ends_at > now()\n  and",
        instead=" and delegation.starts_at <= now()\n  and",
        test="tests/integration/policies/test_delegations.py::test_a_right_is_held_between_the_dates",
    ),
    Defence(
        name="the glass is broken by an owner",
        path=_JUDGED,
        text='    if role != "owner":\n        return phrase("policy-glass-owners")\n',
        instead="",
        test=_GLASS,
    ),
    Defence(
        name="the glass is not broken past a conflict",
        path=_JUDGED,
        text='    if is_blocked:\n        return phrase("policy-glass-blocked")\n',
        instead="",
        test=_GLASS,
    ),
    Defence(
        name="the glass is broken with a reason",
        path=_JUDGED,
        text="    if words is not None and sum(letter.isalpha() for letter in words) < _LEAST_WORDS:\n",
        instead="    if words is None and not role:\n",
        test=_GLASS,
    ),
    Defence(
        name="the glass is broken where there is a policy to go past",
        path=_JUDGED,
        text='    if may_alone:\n        return phrase("policy-glass-nothing")\n',
        instead="",
        test=f"{_BY_HAND}::test_past_the_policy_takes_something_to_go_past",
    ),
    Defence(
        name="an edit stays about what was suggested",
        path="core/flows/deciding/fields.py",
        text="    return looked.args if is_same_write(tool, action, looked) else Refused(",
        instead="    return looked.args if looked.args else Refused(",
        test="tests/integration/decisions/test_fields.py::test_an_edit_that_would_be_about_something_else_changes_nothing",
    ),
    Defence(
        name="who may not suggest a write does not edit it",
        path="core/flows/deciding/fields.py",
        text="    if ctx.principal.role not in tool.roles:\n",
        instead="    if not tool.roles:\n",
        test="tests/integration/decisions/test_fields.py::"
        "test_a_role_is_another_one_and_only_owners_change_what_they_alone_may_suggest",
    ),
)
