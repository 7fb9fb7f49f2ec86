"""No organisation sees, changes, adds to or takes from another: every table, every verb, every caller."""

import pytest

from tests.integration.isolation.catalogue import crossing_indexes, foreign_keys, open_relations, relations
from tests.integration.isolation.expectations import CROSSING_INDEXES, EXPECTED
from tests.integration.isolation.matrix import DENIED, Bench, Cell, cells, tried
from tests.integration.isolation.tenants import claims_of

pytestmark = pytest.mark.db

OWNED = {table: rights.owned_by for table, rights in EXPECTED.items() if rights.owned_by is not None}


def test_every_table_and_view_has_cells(bench: Bench) -> None:
    assert relations(bench.owner) == set(EXPECTED)


def test_nothing_stands_outside_row_level_security(bench: Bench) -> None:
    assert open_relations(bench.owner) == {}


def test_every_table_has_rows_of_both_organizations(bench: Bench) -> None:
    found = {
        (table, name)
        for table, column in OWNED.items()
        for name, tenant in (("aleph", bench.tenants.aleph), ("beth", bench.tenants.beth))
        if tried(bench.owner, f"select from {table} where {column} = %(org)s", {"org": tenant.organization})
    }
    assert found == {(table, name) for table in OWNED for name in ("aleph", "beth")}


@pytest.mark.parametrize("cell", cells(), ids=str)
def test_cell(bench: Bench, cell: Cell) -> None:
    assert bench.outcome(cell) == bench.expected(cell)


@pytest.mark.parametrize("table", OWNED)
def test_a_row_cannot_be_moved_to_another_organization(bench: Bench, table: str) -> None:
    aleph, beth = bench.tenants.aleph, bench.tenants.beth
    move = f"update public.{table} set {OWNED[table]} = %(there)s"
    assert bench.attempt(claims_of(aleph.people["owner"]), move, {"there": beth.organization}) == DENIED


def test_every_reference_carries_the_organization(bench: Bench) -> None:
    loose = [
        (child, parent, columns)
        for child, parent, columns, targets in foreign_keys(bench.owner)
        if ("organization_id", "id" if parent == "organizations" else "organization_id")
        not in zip(columns, targets, strict=True)
    ]
    assert loose == []


def test_no_row_can_refer_to_another_organizations_row(bench: Bench) -> None:
    """Tried as the superuser, whom no policy stops: the system role and a flaw in our code cannot do it either."""
    assert pointing_across(bench) == {}


def pointing_across(bench: Bench) -> dict[str, int | str]:
    """Return the references that could be bent to a row of the other organisation."""
    values = {"here": bench.tenants.aleph.organization, "there": bench.tenants.beth.organization}
    bent: dict[str, int | str] = {}
    for child, parent, columns, _ in foreign_keys(bench.owner):
        for column in set(columns) - {"organization_id"}:
            statement = (
                f"update {child} set {column} = (select id from {parent} where organization_id = %(there)s limit 1) "
                f"where ctid = (select ctid from {child} where organization_id = %(here)s limit 1)"
            )
            with bench.owner.transaction(force_rollback=True):
                outcome = tried(bench.owner, statement, values)
            if not str(outcome).startswith("23503 "):
                bent[f"{child}.{column}"] = outcome
    return bent


def test_uniqueness_is_judged_inside_an_organization(bench: Bench) -> None:
    assert crossing_indexes(bench.owner) == set(CROSSING_INDEXES)


@pytest.mark.parametrize(
    ("table", "row", "other_row"),
    [
        (
            "schedules",
            "(organization_id, event_id, title, room, start_time, end_time) "
            "values (%(org)s, %(event)s, 'Spy', 'Hall A', '2031-05-01 07:30Z', '2031-05-01 07:45Z')",
            "(organization_id, event_id, title, room, start_time, end_time) "
            "values (%(org)s, %(event)s, 'Spy', 'Hall A', '2031-05-01 20:30Z', '2031-05-01 20:45Z')",
        ),
        (
            "vendors",
            "(organization_id, name) values (%(org)s, 'sound and LIGHT')",
            "(organization_id, name) values (%(org)s, 'Nobody')",
        ),
        (
            "rooms",
            "(organization_id, event_id, name) values (%(org)s, %(event)s, 'Hall A')",
            "(organization_id, event_id, name) values (%(org)s, gen_random_uuid(), 'Hall A')",
        ),
    ],
    ids=["a-room-that-is-taken-or-free", "a-name-that-exists-or-not", "an-event-that-exists-or-not"],
)
def test_a_constraint_answers_no_question_about_another_organization(
    bench: Bench, table: str, row: str, other_row: str
) -> None:
    aleph, beth = bench.tenants.aleph, bench.tenants.beth
    owner = beth.people["owner"]
    for attempt in (row, other_row):
        statement = f"insert into public.{table} {attempt}"
        assert bench.attempt(claims_of(owner), statement, aleph.values(owner)) == DENIED


def test_another_organizations_event_is_one_that_does_not_exist(bench: Bench) -> None:
    aleph, beth = bench.tenants.aleph, bench.tenants.beth
    claims = claims_of(beth.people["owner"])
    add = "insert into public.rooms (organization_id, event_id, name) values (%(org)s, %(event)s, 'Spy')"
    missing = "00000000-0000-7000-8000-000000000000"
    theirs, nobodys = (
        str(bench.attempt(claims, add, {"org": beth.organization, "event": event}))
        for event in (aleph.ids["event"], missing)
    )
    assert theirs.replace(str(aleph.ids["event"]), missing) == nobodys
    assert nobodys.startswith("23503 ")
