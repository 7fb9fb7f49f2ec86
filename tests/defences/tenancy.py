"""Between organisations and between roles: identity in the database, row-level security, keys, functions."""

from tests.defences.removing import Defence

_POLICIES, _AGENDA = "migrations/0005_policies.sql", "migrations/functions/agenda.sql"
_MATRIX, _RULES = "tests/integration/isolation/test_matrix.py", "tests/integration/isolation/test_rules.py"
_SAFETY = "tests/integration/test_safety.py"
_SEARCH = f"{_RULES}::test_a_search_that_runs_with_its_owners_rights_finds_ones_own_sessions_alone"
_OUTLINES = "migrations/functions/outlines.sql"
_TOLD = f"{_RULES}::test_outlines_run_with_their_owners_rights_and_tell_of_ones_own_organization"
_NAMES = f"{_RULES}::test_rows_carry_the_name_of_who_caused_them"

TENANCY = (
    Defence(
        name="a person acts as authenticated",
        path="core/db.py",
        text='        return self._as("authenticated", _claims(principal))\n',
        instead="        return self._as(_SYSTEM, _claims(principal))\n",
        test=f"{_SAFETY}::test_people_at_the_same_time_stay_apart",
    ),
    Defence(
        name="identity ends with its transaction",
        path="core/db.py",
        text="select set_config('role', %s, true), set_config('request.jwt.claims', %s, true)\"",
        instead="select set_config('role', %s, false), set_config('request.jwt.claims', %s, false)\"",
        test=f"{_SAFETY}::test_identity_ends_with_every_other_way_in",
    ),
    Defence(
        name="a statement that sets more than it may is forgotten",
        path="core/db.py",
        text="                    if not self._pooled:\n                        await conn.execute(_FORGET)\n",
        instead="",
        test=f"{_SAFETY}::test_a_statement_that_sets_more_than_it_may_is_forgotten",
    ),
    Defence(
        name="the program refuses to run where rules are not forced",
        path="core/safety.py",
        text="and not (open.relrowsecurity and open.relforcerowsecurity)) as is_open",
        instead="and false) as is_open",
        test=f"{_SAFETY}::test_a_table_whose_rules_are_not_forced_stops_the_program",
    ),
    Defence(
        name="the program refuses to run past the rules",
        path="core/safety.py",
        text="where (other.rolsuper or other.rolbypassrls) and pg_has_role",
        instead="where false and pg_has_role",
        test=f"{_SAFETY}::test_who_bypasses_row_level_security_is_refused",
    ),
    Defence(
        name="who is switched off belongs nowhere",
        path="migrations/functions/identity.sql",
        text="        select person.organization_id from public.user_profiles as person\n"
        "        where person.id = (select nullif(nullif(current_setting('request.jwt.claims', true), '')::jsonb"
        " ->> 'sub', '')::uuid)\n          and person.is_active\n",
        instead="        select person.organization_id from public.user_profiles as person\n"
        "        where person.id = (select nullif(nullif(current_setting('request.jwt.claims', true), '')::jsonb"
        " ->> 'sub', '')::uuid)\n",
        test=f"{_MATRIX}::test_cell[events-select-deactivated_person]",
    ),
    Defence(
        name="the agenda's rows are read by their organisation",
        path=_POLICIES,
        text="    here constant text := 'organization_id = (select app.organization_id())';\n",
        instead="    here constant text := 'true';\n",
        test=f"{_MATRIX}::test_cell[schedules-select-other_viewer]",
    ),
    Defence(
        name="the agenda's rows are written by owners and managers",
        path=_POLICIES,
        text="here || ' and (select app.role()) in (''owner'', ''manager'')';",
        instead="here;",
        test=f"{_MATRIX}::test_cell[schedules-update-own_staff]",
    ),
    Defence(
        name="people are read by their organisation",
        path=_POLICIES,
        text="create policy members_read on public.user_profiles for select to authenticated\n"
        "    using (organization_id = (select app.organization_id()));",
        instead="create policy members_read on public.user_profiles for select to authenticated\n    using (true);",
        test=f"{_MATRIX}::test_cell[user_profiles-select-other_owner]",
    ),
    Defence(
        name="people are changed by owners",
        path=_POLICIES,
        text="create policy owners_update on public.user_profiles for update to authenticated\n"
        "    using (organization_id = (select app.organization_id()) and (select app.role()) = 'owner')",
        instead="create policy owners_update on public.user_profiles for update to authenticated\n"
        "    using (organization_id = (select app.organization_id()))",
        test=f"{_MATRIX}::test_cell[user_profiles-update-own_manager]",
    ),
    Defence(
        name="a conversation is read by who had it",
        path=_POLICIES,
        text="create policy own_read on public.messages for select to authenticated\n"
        "    using (organization_id = (select app.organization_id()) and user_id = (select app.user_id()));",
        instead="create policy own_read on public.messages for select to authenticated\n"
        "    using (organization_id = (select app.organization_id()));",
        test=f"{_RULES}::test_a_colleagues_conversation_is_not_read[owner]",
    ),
    Defence(
        name="the log is read by its organisation",
        path="migrations/0032_viewers.sql",
        text="'using (organization_id = (select app.organization_id()) and ",
        instead="'using (",
        test=f"{_MATRIX}::test_cell[ai_insights_log-select-other_owner]",
    ),
    Defence(
        name="no row of the log is born decided",
        path=_POLICIES,
        text="        and approved_by is null and decided_by is null\n",
        instead="",
        test=f"{_NAMES}[no-row-is-born-decided]",
    ),
    Defence(
        name="staff decide nothing",
        path=_POLICIES,
        text="and kind = 'suggestion' and (select app.role()) in ('owner', 'manager')\n           and (exec",
        instead="and kind = 'suggestion'\n           and (exec",
        test=f"{_NAMES}[staff-decides-nothing]",
    ),
    Defence(
        name="nobody decides in another's name",
        path=_POLICIES,
        text="                and decided_by is not distinct from (select app.user_id())\n",
        instead="",
        test=f"{_NAMES}[a-manager-decides-in-no-other-name]",
    ),
    Defence(
        name="what was shown can be changed by no grant",
        path=_POLICIES,
        text="grant update (execution_status, approved_at,",
        instead="grant update (action_data, execution_status, approved_at,",
        test=f"{_RULES}::test_what_was_shown_can_never_be_changed[action_data]",
    ),
    Defence(
        name="nobody votes in another's name",
        path="migrations/0013_policies.sql",
        text="with check (organization_id = (select app.organization_id()) and user_id = (select app.user_id())\n"
        "                and (select app.role()) in ('owner', 'manager'));",
        instead="with check (organization_id = (select app.organization_id())\n"
        "                and (select app.role()) in ('owner', 'manager'));",
        test="tests/integration/policies/test_votes.py::test_nobody_votes_in_anothers_name_and_staff_not_at_all",
    ),
    Defence(
        name="a policy is written by an owner",
        path="migrations/0013_policies.sql",
        text="with check (organization_id = (select app.organization_id()) and (select app.role()) = 'owner'\n"
        "                and changed_by",
        instead="with check (organization_id = (select app.organization_id())\n                and changed_by",
        test=f"{_MATRIX}::test_cell[organization_policies-insert-own_manager]",
    ),
    Defence(
        name="references carry the organisation",
        path="migrations/0003_events.sql",
        text="foreign key (organization_id, vendor_id) references public.vendors (organization_id, id)"
        " on delete cascade",
        instead="check (vendor_id is not null)",
        test=f"{_RULES}::test_no_row_names_another_organizations_vendor",
    ),
    Defence(
        name="migrate looks whether the rules are forced on the tables' owner",
        path="migrations/verify.py",
        text='        elif row["open"]:\n',
        instead="        elif False:\n",
        test="tests/integration/isolation/test_attacks.py::"
        "test_verify_sees_a_table_whose_rules_do_not_hold_for_its_owner",
    ),
    Defence(
        name="migrate looks whether a view shows rows past the rules",
        path="migrations/verify.py",
        text="""        problems.append(f"view {row['relname']} shows rows past row-level security")\n""",
        instead="        pass\n",
        test="tests/integration/isolation/test_attacks.py::test_verify_sees_a_view_that_runs_as_its_owner",
    ),
    Defence(
        name="an outline of people tells of ones own organisation",
        path=_OUTLINES,
        text="            where person.organization_id = mine and person.event_id = in_event;\n",
        instead="            where person.event_id = in_event;\n",
        test=_TOLD,
    ),
    Defence(
        name="an outline of a session tells of ones own organisation",
        path=_OUTLINES,
        text="            where seat.organization_id = mine and seat.schedule_id = in_session ",
        instead="            where seat.schedule_id = in_session ",
        test=_TOLD,
    ),
    Defence(
        name="an outline of vendors tells of ones own organisation",
        path=_OUTLINES,
        text="        where seat.organization_id = (select app.organization_id()) and seat.event_id = in_event\n",
        instead="        where seat.event_id = in_event\n",
        test=_TOLD,
    ),
    Defence(
        name="an outline of the log tells of ones own organisation",
        path=_OUTLINES,
        text="'where entry.organization_id = (select app.organization_id()) and entry.kind",
        instead="'where entry.kind",
        test=_TOLD,
    ),
    Defence(
        name="an outline of a story tells of ones own organisation",
        path=_OUTLINES,
        text="        where step.organization_id = (select app.organization_id()) and step.entry_id = of_suggestion\n",
        instead="        where step.entry_id = of_suggestion\n",
        test=_TOLD,
    ),
    Defence(
        name="a search finds ones own sessions alone",
        path=_AGENDA,
        text="where session.organization_id = mine\n",
        instead="where true\n",
        test=_SEARCH,
    ),
    Defence(
        name="a search in an event finds ones own sessions alone",
        path=_AGENDA,
        text="where session.organization_id = mine and session.event_id = in_event\n",
        instead="where session.event_id = in_event\n",
        test=_SEARCH,
    ),
    Defence(
        name="shared rooms are told to their own organisation",
        path="migrations/functions/events.sql",
        text="          and (current_setting('role', true) = 'eventflow_system' "
        "or room.organization_id = (select app.organization_id()))\n",
        instead="",
        test=f"{_RULES}::test_which_rooms_may_be_shared_is_told_to_nobody_of_another_organization",
    ),
    Defence(
        name="only an owner gives links back",
        path="migrations/functions/identity.sql",
        text="    if app.role() is distinct from 'owner' then\n",
        instead="    if false then\n",
        test=f"{_RULES}::test_links_are_given_back_by_an_owner_of_the_same_organization",
    ),
    Defence(
        name="links are given back in ones own organisation",
        path="migrations/functions/identity.sql",
        text="where ended.organization_id = app.organization_id() and ended.user_id = person\n",
        instead="where ended.user_id = person\n",
        test=f"{_RULES}::test_links_are_given_back_by_an_owner_of_the_same_organization",
    ),
    Defence(
        name="the kind of a write is a name and no SQL",
        path="migrations/functions/writes.sql",
        text="    of_subject constant text := format('app.%I', split_part(action_type, '_', 1) || '_facts');\n",
        instead="    of_subject constant text := format('app.%s', split_part(action_type, '_', 1) || '_facts');\n",
        test="tests/integration/isolation/test_attacks.py"
        "::test_the_kind_of_a_write_is_taken_for_a_name_and_never_for_sql",
    ),
    Defence(
        name="two sessions do not stand in one room",
        path="migrations/0014_bundles.sql",
        text=") where (room_key is not null and not room_shared and status <> 'cancelled')\n",
        instead=") where (false)\n",
        test="tests/integration/test_races.py::test_the_constraint_alone_keeps_two_sessions_out_of_one_room",
    ),
)
