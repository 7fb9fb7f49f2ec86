"""What the program's other roles may do: the system, the operator, and the login role before it is anybody."""

from typing import LiteralString

import pytest

from tests.integration.isolation.catalogue import functions, grants
from tests.integration.isolation.expectations import EXPECTED
from tests.integration.isolation.functions import FUNCTIONS
from tests.integration.isolation.grants import GRANTS
from tests.integration.isolation.matrix import DENIED, Bench, tried
from tests.integration.isolation.rights import Function
from tests.integration.isolation.tenants import claims_of

pytestmark = pytest.mark.db

_ROLES: LiteralString = """
select role.rolname,
       role.rolsuper or role.rolbypassrls or role.rolcreaterole or role.rolcreatedb or role.rolreplication,
       role.rolcanlogin, role.rolinherit,
       (select array_agg(parent.rolname::text order by parent.rolname)
        from pg_auth_members as member join pg_roles as parent on parent.oid = member.roleid
        where member.member = role.oid)
from pg_roles as role
where role.rolname in ('authenticated', 'eventflow', 'eventflow_operator', 'eventflow_system') order by role.rolname
"""
_BEYOND = (
    "select from app.migrations",
    "select from procrastinate.procrastinate_jobs",
    "select from procrastinate.procrastinate_events",
    "select app.applied_migrations()",
    "select app.enqueue('handle_event', 'lock', '{}')",
    "select app.receive('slack', 'T1', 'Ev1', 'lock', '{}')",
    "create table public.mine (id int)",
    "create function app.mine() returns int language sql as 'select 1'",
)


def test_no_role_has_more_than_was_granted_on_purpose(bench: Bench) -> None:
    assert grants(bench.owner) == GRANTS


def test_no_role_has_powers_or_parents(bench: Bench) -> None:
    mine = ["authenticated", "eventflow_operator", "eventflow_system"]
    assert bench.owner.execute(_ROLES).fetchall() == [
        ("authenticated", False, False, False, None),
        ("eventflow", False, True, False, mine),
        ("eventflow_operator", False, False, False, None),
        ("eventflow_system", False, False, False, None),
    ]


@pytest.mark.parametrize("role", ["eventflow_system", "eventflow_operator"])
@pytest.mark.parametrize("table", EXPECTED)
def test_the_system_and_the_operator_read_what_they_need_and_no_agenda(bench: Bench, role: str, table: str) -> None:
    everything = tried(bench.owner, f"select from public.{table}", {})
    expected = everything if table in GRANTS[role] else DENIED
    assert bench.attempt("", f"select from public.{table}", {}, role) == expected


def test_the_agenda_and_the_talks_are_closed_to_both() -> None:
    """Whatever people write whole is theirs alone: no list to forget a new table in."""
    written = {table for table, verbs in GRANTS["authenticated"].items() if verbs == "select insert update delete"}
    assert written >= {"schedules", "participants", "vendors", "checklist_items"}
    # The name of an event stands in what the operator is told of runs and costs.
    private = written - {"events"} | {"removed_registrations", "conversations", "messages"}
    assert private.isdisjoint(GRANTS["eventflow_system"])
    assert private.isdisjoint(GRANTS["eventflow_operator"])


@pytest.mark.parametrize("role", ["eventflow_system", "eventflow_operator"])
def test_neither_becomes_a_person_by_claims(bench: Bench, role: str) -> None:
    claims = claims_of(bench.tenants.aleph.people["owner"])
    assert bench.attempt(claims, "select from public.schedules", {}, role) == DENIED
    assert bench.attempt(claims, "select app.search_sessions('keynote')", {}, role) == DENIED


def test_the_system_expires_what_has_run_out_and_decides_nothing(fresh: Bench) -> None:
    def sets(status: str) -> int | str:
        statement = "update public.ai_insights_log set execution_status = %(status)s"
        return fresh.attempt("", statement, {"status": status}, "eventflow_system")

    assert sets("expired") == 0
    fresh.owner.execute("update public.ai_insights_log set deadline = now() where kind = 'suggestion'")
    assert (sets("expired"), sets("approved"), sets("executed"), sets("suggested")) == (2, DENIED, DENIED, DENIED)


def test_a_used_link_token_stays_used(fresh: Bench) -> None:
    def marks(value: str) -> int | str:
        return fresh.attempt("", f"update public.link_tokens set used_at = {value}", {}, "eventflow_system")

    assert (marks("now()"), marks("null")) == (2, DENIED)
    fresh.owner.execute("update public.link_tokens set used_at = now()")
    assert (marks("now()"), marks("null")) == (0, 0)


@pytest.mark.parametrize("claims", ["", "somebody's"])
@pytest.mark.parametrize("table", EXPECTED)
def test_the_login_role_itself_reaches_nothing(bench: Bench, table: str, claims: str) -> None:
    given = claims_of(bench.tenants.aleph.people["owner"]) if claims else ""
    for statement in (f"select from public.{table}", f"delete from public.{table}"):
        assert bench.attempt(given, statement, {}, "none") == DENIED


@pytest.mark.parametrize("statement", _BEYOND)
@pytest.mark.parametrize("role", ["authenticated", "eventflow_operator", "none"])
def test_the_queue_the_ledger_and_the_schemas_are_closed(bench: Bench, role: str, statement: str) -> None:
    assert bench.attempt(claims_of(bench.tenants.aleph.people["owner"]), statement, {}, role) == DENIED


def test_every_function_is_known_with_its_volatility_its_rights_and_its_callers(bench: Bench) -> None:
    found = {
        name: (volatility, is_definer, executors)
        for name, volatility, is_definer, _, executors in functions(bench.owner, "public", "app", "auth")
    }
    assert found == {name: _line(function) for name, function in FUNCTIONS.items()}


def _line(function: Function) -> tuple[str, bool, frozenset[str]]:
    return function.volatility, function.why_definer is not None, function.executors


def test_every_function_has_a_fixed_search_path(bench: Bench) -> None:
    found = functions(bench.owner, "public", "app", "auth", "procrastinate")
    assert [name for name, _, _, is_fixed, _ in found if not is_fixed] == []


def test_the_queues_functions_run_as_the_system_and_nobody_else(bench: Bench) -> None:
    found = functions(bench.owner, "procrastinate")
    assert {(is_definer, executors) for _, _, is_definer, _, executors in found} == {
        (False, frozenset({"eventflow_system"}))
    }
