"""Behind the program: what the database lets no SQL of a person's own reach, and what the log proves."""

from tests.defences.removing import Defence

_BY_HAND = "tests/integration/policies/test_by_hand.py"
_ATTACKS = f"{_BY_HAND}::test_no_statement_reaches_an_approval_past_the_policy"
_DECISIONS, _HISTORY = "migrations/functions/decisions.sql", "migrations/functions/history.sql"
_VERIFY = "core/audit/history/queries.py"
_TAMPERING = "tests/integration/history/test_verify.py::test_tampering_is_found_where_it_was_done"
_CEILING = "tests/integration/flows/test_ceiling.py"
_CHAIN = "tests/integration/history/test_chain.py"
_ANCHOR = "tests/integration/history/test_anchor.py"
_CHECKPOINTS = "tests/integration/history/test_checkpoints.py"

BY_HAND = (
    Defence(
        name="no SQL takes a step back",
        path=_HISTORY,
        text="    if old.execution_status is distinct from new.execution_status and not (\n",
        instead="    if false and not (\n",
        test=f"{_BY_HAND}::test_not_even_the_owner_of_the_tables_takes_a_step_back",
    ),
    Defence(
        name="no SQL approves what is blocked",
        path=_HISTORY,
        text="in ('approved', 'executed') and old.is_blocked then",
        instead="in ('approved', 'executed') and false then",
        test=f"{_ATTACKS}[blocked]",
    ),
    Defence(
        name="no SQL approves what the world has overtaken",
        path=_HISTORY,
        text=" and new.execution_status in ('approved', 'executed') and app.is_moved(old) then",
        instead=" and false then",
        test=f"{_BY_HAND}::test_what_the_world_has_overtaken_is_not_approved_by_hand_either",
    ),
    Defence(
        name="no SQL changes what was decided without a step",
        path=_HISTORY,
        text="            why_not := 'what was decided changes with a step alone';\n",
        instead="            null;\n",
        test=f"{_ATTACKS}[decided-without-a-step]",
    ),
    Defence(
        name="no SQL lets a suggestion run out",
        path=_DECISIONS,
        text="        return 'nobody lets a suggestion run out';\n",
        instead="        return null;\n",
        test=f"{_ATTACKS}[nobody-lets-it-run-out]",
    ),
    Defence(
        name="no SQL backdates an approval",
        path=_DECISIONS,
        text=" or after.approved_at is distinct from now()\n",
        instead="\n",
        test=f"{_ATTACKS}[backdated]",
    ),
    Defence(
        name="no SQL approves after the deadline",
        path=_DECISIONS,
        text="    elsif before.deadline <= now() then\n",
        instead="    elsif false then\n",
        test=f"{_BY_HAND}::test_what_comes_late_is_late_by_hand_too",
    ),
    Defence(
        name="no SQL approves without the gesture",
        path=_DECISIONS,
        text="    elsif not app.has_gesture(before, after.decided_from) then\n",
        instead="    elsif false then\n",
        test=f"{_ATTACKS}[no-box-ticked]",
    ),
    Defence(
        name="no SQL ticks boxes of another card",
        path=_DECISIONS,
        text="    ) or (coalesce(evidence ->> 'shown' = entry.shown_hash, false)\n",
        instead="    ) or (true\n",
        test=f"{_BY_HAND}::test_boxes_of_another_card_are_none_by_hand_either",
    ),
    Defence(
        name="no SQL leaves out which boxes it ticked",
        path=_DECISIONS,
        text="          and coalesce(string_to_array(evidence ->> 'read', ',')\n"
        "              @> array(select number::text from generate_series(0, consequences - 1) as number), false));\n",
        instead="          and string_to_array(evidence ->> 'read', ',')\n"
        "              @> array(select number::text from generate_series(0, consequences - 1) as number));\n",
        test=f"{_ATTACKS}[no-word-of-boxes]",
    ),
    Defence(
        name="no SQL approves with another word",
        path=_DECISIONS,
        text="        return coalesce(app.is_a_word(entry, evidence ->> 'word'), false);\n",
        instead="        return evidence ? 'word';\n",
        test=f"{_ATTACKS}[not-the-word]",
    ),
    Defence(
        name="no SQL approves without the policy's role",
        path=_DECISIONS,
        text="            where needed.claim -> 'roles' ? holder.role\n",
        instead="            where true\n",
        test=f"{_ATTACKS}[not-the-role]",
    ),
    Defence(
        name="no SQL approves one's own wish",
        path=_DECISIONS,
        text="       or (not askers_may and person::text = any (askers)) then\n",
        instead="       then\n",
        test=f"{_ATTACKS}[the-asker]",
    ),
    Defence(
        name="no SQL is one of two and enough",
        path=_DECISIONS,
        text="and app.has_votes(before)) then",
        instead=") then",
        test=f"{_ATTACKS}[one-of-two]",
    ),
    Defence(
        name="no SQL breaks the glass for a manager",
        path=_DECISIONS,
        text="false) and app.role() = 'owner'\n",
        instead="false)\n",
        test=f"{_ATTACKS}[a-manager-breaks-no-glass]",
    ),
    Defence(
        name="no SQL marks as executed what was not done",
        path=_DECISIONS,
        text="    if not is_proven then\n",
        instead="    if false then\n",
        test=f"{_ATTACKS}[no-write]",
    ),
    Defence(
        name="a row of the chain is what it was",
        path=_VERIFY,
        text="                when app.history_hash(chain.step) <> chain.hash then 'row_changed'\n",
        instead="",
        test=_TAMPERING,
    ),
    Defence(
        name="a row of the chain holds the one before it",
        path=_VERIFY,
        text="                when (chain.step).previous_hash <> chain.hash_before then 'row_before_changed'\n",
        instead="",
        test=_TAMPERING,
    ),
    Defence(
        name="the chain has no gaps",
        path=_VERIFY,
        text="           case when chain.position <> chain.position_before + 1 then",
        instead="           case when false then",
        test=_TAMPERING,
    ),
    Defence(
        name="the log's entries are what the chain tells",
        path=_VERIFY,
        text="when app.entry_facts(entry) - 'event_id' <> chain.what - 'event_id' then",
        instead="when false then",
        test=_TAMPERING,
    ),
    Defence(
        name="an entry that was changed is not laundered by its next step",
        path=_VERIFY,
        text="                when chain.is_laundered then 'entry_changed'\n",
        instead="",
        test=f"{_ANCHOR}::test_a_waiting_row_that_was_changed_is_noticed_after_its_next_step_too",
    ),
    Defence(
        name="the chain ends where its head says",
        path=_VERIFY,
        text="    where head.hash <> chains.hash\n",
        instead="    where false\n",
        test=_TAMPERING,
    ),
    Defence(
        name="a checkpoint that is not in the chain any more tells that it was written anew",
        path=_VERIFY,
        text="kept.position is not null and not known.is_there as is_rewritten",
        instead="false as is_rewritten",
        test=f"{_CHECKPOINTS}::test_a_chain_that_was_written_anew_before_the_checkpoint_is_told",
    ),
    Defence(
        name="rows that were walked are walked again within a day",
        path="core/audit/history/checkpoints.py",
        text="return datetime.now(UTC) - self.whole_at < _FRESH",
        instead="return True",
        test=f"{_CHECKPOINTS}::test_a_row_from_before_is_found_when_every_row_is_walked",
    ),
    Defence(
        name="a step behind a checkpoint is compared with the one before it",
        path=_VERIFY,
        text="          and earlier.position <= touched.since\n",
        instead="          and false\n",
        test=f"{_CHECKPOINTS}::test_a_step_that_changes_what_was_walked_is_found",
    ),
    Defence(
        name="steps at once stand in one line",
        path=_HISTORY,
        text="where organization_id = entry.organization_id for update;\n    if not found then",
        instead="where organization_id = entry.organization_id;\n    if not found then",
        test=f"{_CHAIN}::test_decisions_at_once_stand_in_one_line_without_gaps",
    ),
    Defence(
        name="what a person says of other chains is not believed",
        path=_HISTORY,
        text="    if new.changed_by is null and strpos(noted, ',') > 0 then\n",
        instead="    if strpos(noted, ',') > 0 then\n",
        test=f"{_CHAIN}::test_what_a_person_says_of_other_chains_is_not_believed",
    ),
    Defence(
        name="over its ceiling an organisation asks no model",
        path="core/conversations/queries.py",
        text=" and not is_answered and pause.until is null\n",
        instead=" and not is_answered\n",
        test=f"{_CEILING}::test_fifty_at_once_go_no_further_than_those_under_way",
    ),
)
