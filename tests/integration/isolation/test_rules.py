"""What a verb per table is too coarse for: whose name a row carries, and which of its columns may change."""

import psycopg
import pytest

from core.kernel.principal import Role
from tests.integration.isolation.catalogue import relations, words
from tests.integration.isolation.expectations import EXPECTED, TOLD_TO_VIEWERS
from tests.integration.isolation.matrix import DENIED, Bench, Outcome, tried
from tests.integration.isolation.tenants import OUTLINES, claims_of

pytestmark = pytest.mark.db

LOG = (
    "insert into public.ai_insights_log (organization_id, kind, user_id, action_type, execution_status, correlation_id"
)
READ = f"{LOG}) values (%(org)s, 'read', %(user)s, 'get_agenda', 'executed', gen_random_uuid())"
APPROVED = f"{LOG}, approved_by) values (%(org)s, 'read', %(user)s, 'x', 'executed', gen_random_uuid(), %(user)s)"
DECIDED = f"{LOG}, decided_by) values (%(org)s, 'read', %(user)s, 'x', 'executed', gen_random_uuid(), %(user)s)"
EXECUTED = (
    f"{LOG}, effect, zone, facts_digest, shown_hash, risk, deadline) values (%(org)s, 'suggestion', %(user)s, 'x', "
    "'executed', gen_random_uuid(), 'create', 'UTC', 'd', 'h', 'low', '2040-01-01')"
)
TALK = (
    "insert into public.conversations (organization_id, user_id, platform, workspace, channel) "
    "values (%(org)s, %(user)s, 'slack', 'T9', 'D9')"
)
SAY = (
    "insert into public.messages (organization_id, conversation_id, user_id, role, text) "
    "values (%(org)s, %(conversation)s, %(user)s, 'user', 'I never said that')"
)
DECIDE = (
    "update public.ai_insights_log set execution_status = 'rejected', decided_by = %(user)s where kind = 'suggestion'"
)


def _attempt(bench: Bench, who: Role, statement: str, author: Role) -> Outcome:
    """Run a statement as one person of Aleph with another's id in it."""
    aleph = bench.tenants.aleph
    user = aleph.people[author]
    values = aleph.values(user) | {"conversation": aleph.ids[f"conversation_{user}"]}
    return bench.attempt(claims_of(aleph.people[who]), statement, values)


@pytest.mark.parametrize(
    ("who", "statement", "author", "outcome"),
    [
        pytest.param("viewer", READ, "viewer", 1, id="a-viewer-has-their-reading-noted"),
        pytest.param("staff", READ, "viewer", DENIED, id="staff-notes-nothing-in-anothers-name"),
        pytest.param("staff", APPROVED, "staff", DENIED, id="no-row-is-born-approved"),
        pytest.param("owner", APPROVED, "owner", DENIED, id="no-row-is-born-approved-by-an-owner"),
        pytest.param("owner", DECIDED, "owner", DENIED, id="no-row-is-born-decided"),
        pytest.param("owner", EXECUTED, "owner", DENIED, id="no-suggestion-is-born-executed"),
        pytest.param("manager", DECIDE, "manager", 1, id="a-manager-decides"),
        pytest.param("manager", DECIDE, "owner", DENIED, id="a-manager-decides-in-no-other-name"),
        pytest.param("staff", DECIDE, "staff", 0, id="staff-decides-nothing"),
        pytest.param("staff", DECIDE, "manager", 0, id="staff-decides-nothing-in-a-managers-name"),
        pytest.param("owner", TALK, "viewer", DENIED, id="a-conversation-belongs-to-who-has-it"),
        pytest.param("owner", SAY, "viewer", DENIED, id="nobody-speaks-for-another"),
    ],
)
def test_rows_carry_the_name_of_who_caused_them(
    bench: Bench, who: Role, statement: str, author: Role, outcome: Outcome
) -> None:
    assert _attempt(bench, who, statement, author) == outcome


@pytest.mark.parametrize(
    "column",
    [
        *("action_data", "action_type", "conflicts", "impact", "before_state", "facts_digest", "shown_hash", "risk"),
        *("is_blocked", "deadline", "event_id", "user_id", "effect", "zone", "kind", "suggested_at"),
    ],
)
def test_what_was_shown_can_never_be_changed(bench: Bench, column: str) -> None:
    """Not even along with a step that may be taken."""
    change = DECIDE.replace(" set ", f" set {column} = {column}, ")
    assert _attempt(bench, "owner", change, "owner") == DENIED


@pytest.mark.parametrize("column", ["organization_id", "id", "email", "kind"])
def test_an_owner_does_not_make_a_person_into_another(bench: Bench, column: str) -> None:
    assert _attempt(bench, "owner", f"update public.user_profiles set {column} = {column}", "owner") == DENIED


@pytest.mark.parametrize("who", ["owner", "manager", "staff"])
def test_a_colleagues_conversation_is_not_read(bench: Bench, who: Role) -> None:
    for table in ("conversations", "messages"):
        statement = f"select from public.{table} where user_id = %(user)s"
        assert _attempt(bench, who, statement, "viewer") == 0
        assert _attempt(bench, "viewer", statement, "viewer") == 1


def test_row_level_security_cannot_be_switched_off_by_a_session(bench: Bench) -> None:
    """PostgreSQL then refuses the statement instead of showing less than all."""
    aleph = bench.tenants.aleph
    with bench.login.transaction(force_rollback=True):
        bench.login.execute("set local row_security = off")
        outcome = bench.attempt(claims_of(aleph.people["owner"]), "select from public.schedules", {})
    assert outcome == DENIED


def test_a_talkative_function_hears_of_no_other_organization(fresh: Bench) -> None:
    """A cheap function in WHERE runs early, but not before the policy: it is not leakproof."""
    heard: list[str] = []

    def listen(notice: psycopg.errors.Diagnostic) -> None:
        heard.append(notice.message_primary or "")

    fresh.owner.execute(
        "create function public.tell(organization uuid) returns boolean language plpgsql cost 0.000001 "
        "as $$ begin raise notice '%', organization; return true; end $$"
    )
    fresh.login.add_notice_handler(listen)
    # An index on the organisation would hide what this is about: the order in which one row's conditions are tried.
    for scan in ("indexscan", "indexonlyscan", "bitmapscan"):
        fresh.login.execute(f"set enable_{scan} = off".encode())
    claims = claims_of(fresh.tenants.beth.people["viewer"])
    query = "select from public.schedules where public.tell(organization_id)"
    assert fresh.attempt(claims, query, {}) == 5
    assert set(heard) == {str(fresh.tenants.beth.organization)}
    heard.clear()
    fresh.owner.execute("alter function public.tell(uuid) leakproof")
    fresh.attempt(claims, query, {})
    assert set(heard) == {str(fresh.tenants.aleph.organization), str(fresh.tenants.beth.organization)}


def test_a_search_that_runs_with_its_owners_rights_finds_ones_own_sessions_alone(bench: Bench) -> None:
    aleph, beth = bench.tenants.aleph, bench.tenants.beth
    theirs, mine = {"event": beth.ids["event"]}, {"event": aleph.ids["event"]}
    found = "select from app.search_sessions('Opening Keynote', {}, 50) as hit where hit.event_id = %(event)s"
    claims = claims_of(aleph.people["viewer"])
    for inside in ("null", "%(event)s"):
        assert bench.attempt(claims, found.format(inside), mine) != 0
        assert bench.attempt(claims, found.format(inside), theirs) == 0


def test_which_rooms_may_be_shared_is_told_to_nobody_of_another_organization(fresh: Bench) -> None:
    aleph, beth = fresh.tenants.aleph, fresh.tenants.beth
    fresh.owner.execute("update public.rooms set may_be_shared = true")
    rooms = "select from app.shared_rooms(%(organization)s, %(event)s)"
    of_aleph = {"organization": aleph.organization, "event": aleph.ids["event"]}
    assert fresh.attempt(claims_of(aleph.people["viewer"]), rooms, of_aleph) != 0
    assert fresh.attempt(claims_of(beth.people["owner"]), rooms, of_aleph) == 0


def test_links_are_given_back_by_an_owner_of_the_same_organization(fresh: Bench) -> None:
    aleph, beth = fresh.tenants.aleph, fresh.tenants.beth
    fresh.owner.execute("update public.chat_identities set revoked_at = now(), ended_with_access = true")
    restored = (
        "select from app.restore_links(%(person)s, (select jsonb_agg(link.id) from public.chat_identities as link)) "
        "as count where count > 0"
    )
    person = {"person": aleph.people["staff"]}
    links = "select from public.chat_identities where user_id = %(person)s"
    assert fresh.owner.execute(links.encode(), person).rowcount > 0
    fresh.owner.execute("grant select on public.chat_identities to authenticated")
    fresh.owner.execute("create policy everybody on public.chat_identities for select to authenticated using (true)")
    assert fresh.attempt(claims_of(aleph.people["owner"]), restored, person) == 1
    assert fresh.attempt(claims_of(aleph.people["manager"]), restored, person) == DENIED
    assert fresh.attempt(claims_of(beth.people["owner"]), restored, person) == 0


def test_no_row_names_another_organizations_vendor(bench: Bench) -> None:
    """As the superuser, whom no policy stops: the key itself carries the organisation."""
    aleph, beth = bench.tenants.aleph, bench.tenants.beth
    seat = (
        "insert into public.event_vendors (organization_id, event_id, vendor_id) values (%(org)s, %(event)s, %(who)s)"
    )
    values = {"org": aleph.organization, "event": aleph.ids["event"], "who": beth.ids["spare_vendor"]}
    with bench.owner.transaction(force_rollback=True):
        assert str(tried(bench.owner, seat, values)).startswith("23503 ")


def told_to_viewers(bench: Bench) -> dict[str, str]:
    """Return the columns of words of every relation in which a viewer reads rows that are not their own alone."""
    claims, columns = claims_of(bench.tenants.aleph.people["viewer"]), words(bench.owner)
    own = {table for table, rights in EXPECTED.items() if rights.reach == "person"}
    return {
        table: columns[table]
        for table in relations(bench.owner) - own
        if table in columns and bench.attempt(claims, f"select from public.{table}", {}) not in (0, DENIED)
    }


def test_a_viewer_reads_the_words_that_were_written_down_and_no_others(bench: Bench) -> None:
    assert told_to_viewers(bench) == TOLD_TO_VIEWERS


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("alter table public.rooms add column notes text", {"rooms": f"{TOLD_TO_VIEWERS['rooms']} notes"}),
        (
            "create table public.guests as select organization_id, 'Ruth' as name, '+972' as phone "
            "from public.organizations as it (organization_id); "
            "grant select on public.guests to authenticated",
            {"guests": "name phone"},
        ),
        (
            "create policy open on public.vendors for select to authenticated using (true)",
            {"vendors": "name name_key category phone email"},
        ),
        (
            "create view public.contacts as select organization_id, email from public.participants; "
            "grant select on public.contacts to authenticated",
            {"contacts": "email"},
        ),
    ],
    ids=["a-new-column", "a-new-table", "an-opened-table", "a-new-view"],
)
def test_new_words_that_a_viewer_reads_are_noticed(fresh: Bench, change: str, told: dict[str, str]) -> None:
    fresh.owner.execute(change.encode())
    assert told_to_viewers(fresh) == TOLD_TO_VIEWERS | told


def test_outlines_run_with_their_owners_rights_and_tell_of_ones_own_organization(bench: Bench) -> None:
    aleph, beth = bench.tenants.aleph, bench.tenants.beth
    values = aleph.ids
    for outline in OUTLINES:
        assert bench.attempt(claims_of(aleph.people["viewer"]), f"select from {outline}", values) != 0, outline
        assert bench.attempt(claims_of(beth.people["owner"]), f"select from {outline}", values) == 0, outline
        assert bench.attempt("{}", f"select from {outline}", values) == 0, outline
    everything = "select from app.suggestion_outlines() as it where it.organization_id <> %(mine)s"
    assert bench.attempt(claims_of(beth.people["owner"]), everything, {"mine": beth.organization}) == 0
