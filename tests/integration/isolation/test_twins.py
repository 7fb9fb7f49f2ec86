"""The matrix bites: each defence is taken away in a database of the test's own, and the cells that fall are named."""

from dataclasses import dataclass

import pytest

from tests.integration.isolation.catalogue import (
    crossing_indexes,
    foreign_keys,
    functions,
    grants,
    open_relations,
    relations,
)
from tests.integration.isolation.expectations import CROSSING_INDEXES, EXPECTED
from tests.integration.isolation.grants import GRANTS
from tests.integration.isolation.matrix import CALLERS, DENIED, UNREADABLE, Bench, Outcome, cells
from tests.integration.isolation.tenants import claims_of
from tests.integration.isolation.test_matrix import pointing_across

pytestmark = pytest.mark.db

OWN = [caller.name for caller in CALLERS if caller.side == "own"]
OTHER = [caller.name for caller in CALLERS if caller.side == "other"]
STRANGERS = [caller.name for caller in CALLERS if caller.side == "nobody" and caller.is_readable]
GARBLED = [caller.name for caller in CALLERS if not caller.is_readable]
VIEWERS = ["own_viewer", "own_viewer_claiming_more"]
READERS = ["own_staff", *VIEWERS]
NOTED = [name for name in OWN if name not in VIEWERS]

HERE = "organization_id = (select app.organization_id())"


def _lookups(organization: str, role: str, source: str) -> str:
    """Return statements that put others in the place of the functions which say who is asking."""
    return "; ".join(
        f"create or replace function app.{name}() returns {kind} language sql stable security definer "
        f"set search_path = '' as $$ select {value} from {source} $$"
        for name, kind, value in (("organization_id", "uuid", organization), ("role", "text", role))
    )


@dataclass(frozen=True, slots=True)
class Damage:
    """What is done to the database, and what the table's cells then show: what happened, what should have."""

    table: str
    statement: str
    fallen: dict[str, tuple[Outcome, Outcome]]


def _fallen(
    table: str, verb: str, callers: list[str], got: Outcome, wanted: Outcome
) -> dict[str, tuple[Outcome, Outcome]]:
    return {f"{table}-{verb}-{caller}": (got, wanted) for caller in callers}


DAMAGES = {
    "everybody_may_read": Damage(
        "vendors",
        "create policy open on public.vendors for select to authenticated using (true)",
        _fallen("vendors", "select", NOTED, "2 foreign", 2)
        | _fallen("vendors", "select", VIEWERS, "2 foreign", 0)
        | _fallen("vendors", "select", OTHER, 2, 0)
        | _fallen("vendors", "select", STRANGERS, "2 foreign", 0)
        | _fallen("vendors", "select", GARBLED, "2 foreign", UNREADABLE),
    ),
    "the_readers_policy_is_gone": Damage(
        "vendors",
        "drop policy members_read on public.vendors",
        _fallen("vendors", "select", NOTED, 0, 2) | _fallen("vendors", "select", GARBLED, 0, UNREADABLE),
    ),
    "viewers_read_what_is_noted": Damage(
        "participants",
        f"create policy open on public.participants for select to authenticated using ({HERE})",
        _fallen("participants", "select", VIEWERS, 3, 0),
    ),
    "row_level_security_is_off": Damage(
        "workspaces",
        "alter table public.workspaces disable row level security",
        _fallen("workspaces", "select", OWN, "1 foreign", 1)
        | _fallen("workspaces", "select", OTHER, 1, 0)
        | _fallen("workspaces", "select", STRANGERS, "1 foreign", 0)
        | _fallen("workspaces", "select", GARBLED, "1 foreign", UNREADABLE),
    ),
    "any_row_may_be_added": Damage(
        "rooms",
        "create policy open on public.rooms for insert to authenticated with check (true)",
        _fallen("rooms", "insert", [*READERS, *OTHER, *STRANGERS], 1, DENIED),
    ),
    "any_role_may_write": Damage(
        "checklist_items",
        f"create policy open on public.checklist_items for update to authenticated using ({HERE})",
        _fallen("checklist_items", "update", READERS, 1, 0),
    ),
    "a_right_nobody_asked_for": Damage(
        "card_copies",
        "grant delete on public.card_copies to authenticated",
        # No policy lets a row through: nothing is deleted, but only one policy stands between.
        _fallen("card_copies", "delete", [caller.name for caller in CALLERS], 0, DENIED),
    ),
    "colleagues_are_read": Damage(
        "messages",
        f"create policy open on public.messages for select to authenticated using ({HERE})",
        _fallen("messages", "select", OWN, 5, 1),
    ),
    "a_profile_that_was_switched_off_still_works": Damage(
        "events",
        _lookups(
            "person.organization_id",
            "person.role",
            "public.user_profiles as person where person.id = app.user_id()",
        ),
        _fallen("events", "select", ["deactivated_person"], 1, 0)
        | _fallen("events", "insert", ["deactivated_person"], 1, DENIED)
        | _fallen("events", "update", ["deactivated_person"], 1, 0)
        | _fallen("events", "delete", ["deactivated_person"], 1, 0),
    ),
    "the_token_is_believed": Damage(
        "participants",
        _lookups(
            "coalesce((claims.given ->> 'organization_id')::pg_catalog.uuid, person.organization_id)",
            "coalesce(claims.given ->> 'user_role', person.role)",
            "(select nullif(current_setting('request.jwt.claims', true), '')::jsonb as given) as claims "
            "left join public.user_profiles as person on person.id = app.user_id() and person.is_active",
        ),
        _fallen("participants", "select", ["own_viewer_claiming_more"], "3 foreign", 0)
        | _fallen("participants", "update", ["own_viewer_claiming_more"], 3, 0)
        | _fallen("participants", "delete", ["own_viewer_claiming_more"], 3, 0),
    ),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=list(DAMAGES))
def test_the_cells_fall(fresh: Bench, damage: Damage) -> None:
    fresh.owner.execute(damage.statement.encode())
    assert fresh.wrong(cells([damage.table])) == damage.fallen


def test_a_row_is_moved_where_the_policy_forgets_to_look_at_the_new_one(fresh: Bench) -> None:
    aleph, beth = fresh.tenants.aleph, fresh.tenants.beth
    fresh.owner.execute("delete from public.event_vendors")
    move = "update public.vendors set organization_id = %(there)s, name = gen_random_uuid()::text"
    fresh.owner.execute(
        f"create policy open on public.vendors for update to authenticated using ({HERE}) with check (true)".encode()
    )
    assert fresh.attempt(claims_of(aleph.people["owner"]), move, {"there": beth.organization}) == 2


def test_without_force_the_owner_of_the_tables_reads_everything(fresh: Bench) -> None:
    def owner_sees() -> Outcome:
        return fresh.owner.execute("select from public.vendors").rowcount

    fresh.owner.execute("create role landlord nologin")
    try:
        fresh.owner.execute("grant usage on schema public, app to landlord")
        fresh.owner.execute("grant execute on all functions in schema app to landlord")
        fresh.owner.execute("alter table public.vendors owner to landlord")
        fresh.owner.execute("set role landlord")
        assert (owner_sees(), open_relations(fresh.owner)) == (0, {})
        fresh.owner.execute("alter table public.vendors no force row level security")
        assert (owner_sees(), open_relations(fresh.owner)) == (
            4,
            {"vendors": "row-level security is not forced on the owner"},
        )
    finally:
        fresh.owner.execute("reset role")
        fresh.owner.execute("reassign owned by landlord to postgres")
        fresh.owner.execute("drop owned by landlord")
        fresh.owner.execute("drop role landlord")


def test_a_table_and_a_view_without_cells_are_named(fresh: Bench) -> None:
    fresh.owner.execute("create table public.notes (organization_id uuid)")
    fresh.owner.execute("create view public.programme as select * from public.schedules")
    fresh.owner.execute("grant select on public.programme to authenticated")
    assert relations(fresh.owner) - set(EXPECTED) == {"notes", "programme"}
    assert open_relations(fresh.owner) == {
        "notes": "row-level security is off",
        "programme": "runs with the rights of its owner",
    }
    seen = "select from public.programme"
    beth = claims_of(fresh.tenants.beth.people["viewer"])
    assert fresh.attempt(beth, seen, {}) == 10
    fresh.owner.execute("alter view public.programme set (security_invoker = true)")
    assert fresh.attempt(beth, seen, {}) == 5


def test_a_reference_without_the_organization_points_across(fresh: Bench) -> None:
    assert pointing_across(fresh) == {}
    fresh.owner.execute("alter table public.event_vendors drop constraint event_vendors_organization_id_vendor_id_fkey")
    fresh.owner.execute("alter table public.vendors add constraint vendors_id unique (id)")
    fresh.owner.execute("alter table public.event_vendors add foreign key (vendor_id) references public.vendors (id)")
    assert pointing_across(fresh) == {"event_vendors.vendor_id": 1}
    assert ("event_vendors", "vendors", ["vendor_id"], ["id"]) in foreign_keys(fresh.owner)


def test_a_constraint_across_organizations_answers_questions(fresh: Bench) -> None:
    fresh.owner.execute("update public.vendors set phone = id::text")
    fresh.owner.execute("create unique index vendors_phone on public.vendors (phone)")
    assert crossing_indexes(fresh.owner) - set(CROSSING_INDEXES) == {"vendors_phone"}
    aleph, beth = fresh.tenants.aleph, fresh.tenants.beth
    ask = "update public.vendors set phone = %(phone)s where name = 'Catering'"
    claims = claims_of(beth.people["owner"])
    assert fresh.attempt(claims, ask, {"phone": "nobody's"}) == 1
    assert str(fresh.attempt(claims, ask, {"phone": str(aleph.ids["vendor"])})).startswith("23505 ")


def test_a_grant_and_a_function_beyond_the_lists_are_named(fresh: Bench) -> None:
    fresh.owner.execute("grant truncate on public.rooms to authenticated")
    fresh.owner.execute(
        "create function app.all_titles() returns setof text language sql security definer "
        "as 'select title from public.schedules'"
    )
    assert grants(fresh.owner)["authenticated"]["rooms"] == GRANTS["authenticated"]["rooms"] + " truncate"
    line = ("app.all_titles()", "volatile", True, False, frozenset({"public"}))
    assert line in functions(fresh.owner, "app")
    beth = claims_of(fresh.tenants.beth.people["viewer"])
    assert fresh.attempt(beth, "select app.all_titles()", {}) == 10
    with fresh.login.transaction():
        fresh.login.execute("select set_config('role', 'authenticated', true)")
        fresh.login.execute("truncate public.rooms")
    assert fresh.owner.execute("select from public.rooms").rowcount == 0
