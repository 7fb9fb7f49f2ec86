"""From a delivery to rows: who speaks, whose rows they see, and what the model may hand on."""

from tests.defences.removing import Defence

_SLACK, _TELEGRAM = "bots/slack/webhook.py", "bots/telegram/webhook.py"
_SLACK_TESTS, _TELEGRAM_TESTS = "tests/unit/slack/test_webhook.py", "tests/unit/telegram/test_webhook.py"
_STORABLE = "bots/storable.py"
_INCOMING, _SLOW = "bots/incoming.py", "tests/contract/test_slow_clients.py"
_UNSTORABLE = f"{_TELEGRAM_TESTS}::test_what_is_no_storable_update_is_refused"
_VOUCHED = "tests/contract/slack/test_outbound.py::test_nobody_else_is_vouched_for"
_ACCESS = "tests/integration/access/test_way_out.py"
_OFF = f"{_ACCESS}::test_who_is_switched_off_is_found_by_no_e_mail_and_by_no_link_that_was_left"
_CODE = f"{_ACCESS}::test_a_code_links_the_first_who_brings_it_in_time_and_nobody_else"
_REVOKED = f"{_ACCESS}::test_a_link_that_was_revoked_stays_so_though_the_platform_still_vouches"
_IDENTITY, _IDENTITY_SQL = "core/identity/queries.py", "migrations/functions/identity.sql"
_HOSTILE = "tests/unit/imports/test_hostile_files.py"
_DOWNLOADS = "tests/contract/slack/test_downloads.py"

WAY_IN = (
    Defence(
        name="Slack's signature is compared",
        path=_SLACK,
        text="    return hmac.compare_digest(expected, given)\n",
        instead="    return True\n",
        test=f"{_SLACK_TESTS}::test_forged_requests_store_nothing",
    ),
    Defence(
        name="a recorded request of Slack's is too old after five minutes",
        path=_SLACK,
        text="    return abs(now - int(signed_at[0])) <= _TOLERANCE\n",
        instead="    return True\n",
        test=f"{_SLACK_TESTS}::test_a_request_counts_for_five_minutes",
    ),
    Defence(
        name="two signatures are none",
        path=_SLACK,
        text="len(given) != 1 or len(signed_at) != 1 or not",
        instead="not given or not signed_at or not",
        test=f"{_SLACK_TESTS}::test_forged_requests_store_nothing",
    ),
    Defence(
        name="an empty signing secret lets nobody in",
        path=_SLACK,
        text="    if not signing_secret.get_secret_value():\n",
        instead="    if False:\n",
        test=f"{_SLACK_TESTS}::test_an_empty_secret_is_refused_at_start",
    ),
    Defence(
        name="a body of Slack's has a limit",
        path=_STORABLE,
        text="bounded(request.stream(), MAX_BODY)",
        instead="request.stream()",
        test=f"{_SLACK_TESTS}::test_a_body_above_the_limit_is_refused_however_it_comes",
    ),
    Defence(
        name="what Slack signed and is no payload is a 400",
        path=_SLACK,
        text="        except ValueError:\n            return Response(status_code=400)\n",
        instead="        except ValueError:\n            return Response(status_code=500)\n",
        test=f"{_SLACK_TESTS}::test_what_is_signed_and_no_payload_is_refused",
    ),
    Defence(
        name="Telegram's secret is compared",
        path=_TELEGRAM,
        text="len(given) == 1 and hmac.compare_digest(given[0], secret.get_secret_value().encode())",
        instead="len(given) == 1 and bool(secret)",
        test=f"{_TELEGRAM_TESTS}::test_forged_requests_store_nothing",
    ),
    Defence(
        name="Telegram's secret is one that cannot be empty",
        path=_TELEGRAM,
        text="    check_secret(secret)\n",
        instead="",
        test=f"{_TELEGRAM_TESTS}::test_a_secret_that_telegram_would_not_take_is_refused_at_start",
    ),
    Defence(
        name="a body of Telegram's has a limit",
        path=_STORABLE,
        text="bounded(request.stream(), MAX_BODY)",
        instead="request.stream()",
        test=f"{_TELEGRAM_TESTS}::test_a_body_above_the_limit_is_refused_however_it_comes",
    ),
    Defence(
        name="a body that says it is too long is not waited for",
        path=_STORABLE,
        text="    if declared.isdecimal() and int(declared[:12]) > MAX_BODY:\n",
        instead="    if False:\n",
        test=f"{_SLOW}::test_a_body_that_says_it_is_too_long_is_refused_before_it_comes",
    ),
    Defence(
        name="who shows no signature is not listened to",
        path=_SLACK,
        text='        if not looks_signed(request.scope["headers"], now()):\n',
        instead="        if False:\n",
        test=f"{_SLACK_TESTS}::test_the_body_of_who_shows_no_signature_is_not_read",
    ),
    Defence(
        name="a request comes in whole within its deadline",
        path=_INCOMING,
        text="self._deadline = self.loop.call_later(self.seconds, self.transport.abort)",
        instead="self._deadline = self.loop.call_later(3600, self.transport.abort)",
        test=f"{_SLOW}::test_bytes_that_drip_do_not_put_the_deadline_off",
    ),
    Defence(
        name="unfinished bodies share one memory",
        path=_INCOMING,
        text="        while self.together > self._most:\n",
        instead="        while False:\n",
        test=f"{_SLOW}::test_unfinished_bodies_hold_no_more_than_their_share_and_the_slowest_are_told_to_come_again",
    ),
    Defence(
        name="a delivery of ordinary size needs no share",
        path=_INCOMING,
        text="        beyond = max(0, held - FREE)\n",
        instead="        beyond = held\n",
        test=f"{_SLOW}::test_a_delivery_of_ordinary_size_comes_in_whatever_strangers_hold",
    ),
    Defence(
        name="at the ceiling the slowest makes room",
        path=_INCOMING,
        text="            self.unfinished.make_room(self.loop.time())\n",
        instead="            pass\n",
        test=f"{_SLOW}::test_at_the_ceiling_whoever_takes_longest_makes_room",
    ),
    Defence(
        name="a header has a limit",
        path=_INCOMING,
        text="        if self._is_in_head and self._held > MAX_HEAD:\n",
        instead="        if False:\n",
        test=f"{_SLOW}::test_headers_have_a_limit[one-without-end]",
    ),
    Defence(
        name="headers have a number",
        path=_INCOMING,
        text="        if len(self.headers) >= MAX_HEADERS:\n",
        instead="        if False:\n",
        test=f"{_SLOW}::test_headers_have_a_limit[too-many]",
    ),
    Defence(
        name="what nests too deeply is refused",
        path=_STORABLE,
        text='    if depth == 0:\n        raise ValueError("nested too deeply")\n',
        instead="",
        test=_UNSTORABLE,
    ),
    Defence(
        name="what PostgreSQL cannot store is refused",
        path=_STORABLE,
        text="    if _UNSTORABLE.search(text):\n",
        instead="    if False:\n",
        test=_UNSTORABLE,
    ),
    Defence(
        name="a delivery is kept once",
        path="migrations/functions/inbox.sql",
        text="    if kept is null then\n        return false;\n    end if;\n",
        instead="",
        test="tests/integration/test_web.py::test_what_is_signed_is_stored_once_and_everything_else_leaves_no_trace",
    ),
    Defence(
        name="the bot's token is fetched with by Slack's hosts alone",
        path="bots/slack/downloads.py",
        text="    if not _is_slacks(source, client.base_url):\n",
        instead="    if False:\n",
        test=f"{_DOWNLOADS}::test_the_token_goes_nowhere_else",
    ),
    Defence(
        name="a shared file that is too large is not fetched",
        path="core/flows/shared_files.py",
        text="    if file.size > LARGEST:\n",
        instead="    if False:\n",
        test="tests/integration/flows/test_shared_files.py::test_a_file_that_is_too_large_is_not_fetched",
    ),
    Defence(
        name="a workbook has so many cells",
        path="core/imports/tables/workbook.py",
        text="                if sheet.total_height * sheet.total_width > _MOST_CELLS:\n",
        instead="                if False:\n",
        test=f"{_HOSTILE}::test_a_wide_workbook_that_fits_into_memory_is_refused_too",
    ),
    Defence(
        name="a workbook takes so much memory, and then its own process ends",
        path="core/imports/tables/sheets.py",
        text='        answer = {"wrong": "heavy"}\n',
        instead="        raise\n",
        test=f"{_HOSTILE}::test_a_workbook_that_claims_a_billion_cells_ends_its_own_process_alone",
    ),
    Defence(
        name="a file has so many sessions",
        path="core/imports/entry.py",
        text="    if len(slots) > MOST_SESSIONS:\n",
        instead="    if False:\n",
        test=f"{_HOSTILE}::test_a_million_rows_or_sessions_are_refused",
    ),
    Defence(
        name="guests and strangers of a workspace are not vouched for",
        path="bots/slack/outbound.py",
        text="if any(person.get(flag) for flag in _NO_FULL_MEMBER) or user.workspace",
        instead="if user.workspace",
        test=_VOUCHED,
    ),
    Defence(
        name="people of other workspaces are not vouched for",
        path="bots/slack/outbound.py",
        text=" or user.workspace not in _workspaces_of(person):\n",
        instead=":\n",
        test=_VOUCHED,
    ),
    Defence(
        name="an address that is not confirmed vouches for nobody",
        path="bots/slack/outbound.py",
        text=' or person.get("is_email_confirmed") is not True:\n',
        instead=":\n",
        test=_VOUCHED,
    ),
    Defence(
        name="an e-mail address links in the claimed workspace alone",
        path=_IDENTITY,
        text="where claimed.platform = %(platform)s and claimed.workspace = %(workspace)s\n  and lower",
        instead="where claimed.platform = %(platform)s\n  and lower",
        test=f"{_ACCESS}::test_an_e_mail_links_in_the_claimed_workspace_alone",
    ),
    Defence(
        name="an e-mail address links nobody who is switched off",
        path=_IDENTITY,
        text="\n  and person.is_active and person.kind = 'person'\n  -- A link",
        instead="\n  and person.kind = 'person'\n  -- A link",
        test=_OFF,
    ),
    Defence(
        name="letters that only fold into others make nobody an owner",
        path=_IDENTITY,
        text='  and lower(person.email collate "C") = lower(%(email)s::text collate "C")\n',
        instead="",
        test=f"{_ACCESS}::test_letters_that_only_look_alike_in_another_case_are_another_address",
    ),
    Defence(
        name="a link that was revoked is not made again by e-mail",
        path=_IDENTITY,
        text="and revoked.revoked_at is not null and not revoked.ended_with_access)",
        instead="and false)",
        test=_REVOKED,
    ),
    Defence(
        name="a link that was revoked leads to nobody",
        path=_IDENTITY,
        text="  and link.revoked_at is null and person.is_active\n",
        instead="  and person.is_active\n",
        test=_REVOKED,
    ),
    Defence(
        name="a link leads to nobody who is switched off",
        path=_IDENTITY,
        text="  and link.revoked_at is null and person.is_active\n",
        instead="  and link.revoked_at is null\n",
        test=_OFF,
    ),
    Defence(
        name="links end with access",
        path=_IDENTITY_SQL,
        text="    update public.chat_identities set revoked_at = now(), ended_with_access = true\n"
        "    where organization_id = new.organization_id and user_id = new.id and revoked_at is null;\n",
        instead="",
        test=f"{_ACCESS}::test_links_end_with_off_by_whatever_sql_and_an_e_mail_links_again_after_on",
    ),
    Defence(
        name="codes end with access",
        path=_IDENTITY_SQL,
        text="    delete from public.link_tokens where organization_id = new.organization_id "
        "and user_id = new.id and used_at is null;\n",
        instead="",
        test=f"{_ACCESS}::test_a_code_dies_with_its_person_and_never_comes_alive_again[end0]",
    ),
    Defence(
        name="a one-time code dies",
        path=_IDENTITY,
        text=" and handed.expires_at > now()\n",
        instead="\n",
        test=_CODE,
    ),
    Defence(
        name="a one-time code is used once",
        path=_IDENTITY,
        text=" and handed.used_at is null and handed.expires_at",
        instead=" and handed.expires_at",
        test=f"{_ACCESS}::test_a_code_is_used_once_whoever_runs_the_statement",
    ),
    Defence(
        name="the database lets a one-time code be used once",
        path="migrations/0005_policies.sql",
        text="    using (used_at is null) with check (used_at is not null);\n",
        instead="    using (true) with check (true);\n",
        test="tests/integration/isolation/test_roles.py::test_a_used_link_token_stays_used",
    ),
    Defence(
        name="the code of somebody who is off links nobody",
        path=_IDENTITY,
        text="                    and person.is_active)\n",
        instead="                    )\n",
        test=f"{_ACCESS}::test_a_code_handed_over_while_its_person_is_off_links_nobody",
    ),
    Defence(
        name="an organisation keeps an owner",
        path=_IDENTITY_SQL,
        text="other.kind = 'person' and other.role = 'owner' and other.is_active) then",
        instead="other.kind = 'person') then",
        test=f"{_ACCESS}::test_no_sql_leaves_an_organisation_without_an_owner",
    ),
    Defence(
        name="a code is never kept in clear",
        path="core/flows/receive.py",
        text="replace(event, payload=veiled(event.payload))",
        instead="event",
        test=f"{_ACCESS}::test_a_code_is_never_kept_in_clear_however_it_is_delivered",
    ),
)
