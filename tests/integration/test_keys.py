"""Rows are found by organisation first: primary keys, foreign keys, and what roles that see every row are asked."""

import importlib
import pkgutil
import re
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest

import bots.commands
import core
from migrations import schema
from migrations.apply import LEDGER, checksum, files, migrate
from tests.conftest import with_database
from tests.owner import owner_rows, owner_run

pytestmark = pytest.mark.db

TENANTS = """
select its_table.relname as name from pg_class as its_table
where its_table.relnamespace = 'public'::regnamespace and its_table.relkind = 'r'
  and coalesce(obj_description(its_table.oid, 'pg_class'), '') !~ '^(reference|local) table: '
"""
KEYS = """
select key.conrelid::regclass::text as name, key.contype::text as kind,
       array(select part.attname::text from unnest(key.conkey) with ordinality as place (number, at)
             join pg_attribute as part on part.attrelid = key.conrelid and part.attnum = place.number
             order by place.at) as columns,
       key.confrelid::regclass::text as target
from pg_constraint as key
join pg_class as its_table on its_table.oid = key.conrelid and its_table.relnamespace = 'public'::regnamespace
where key.contype in ('p', 'f')
"""
COLUMNS = """
select attrelid::regclass::text as name, array_agg(attname::text) as columns from pg_attribute
where attnum > 0 and not attisdropped and attrelid::regclass::text = any(%s) group by 1
"""


def test_every_table_of_an_organisation_is_keyed_by_it(owner_url: str) -> None:
    tenants = {row["name"] for row in owner_rows(owner_url, TENANTS)}
    columns = {row["name"]: set(row["columns"]) for row in owner_rows(owner_url, COLUMNS, [sorted(tenants)])}
    keys = {row["name"]: row["columns"] for row in owner_rows(owner_url, KEYS) if row["kind"] == "p"}
    assert "schedules" in tenants
    assert [name for name in sorted(tenants) if "organization_id" not in columns[name]] == []
    by_id = {name for name in tenants if "id" in columns[name]}
    assert {name: keys[name] for name in by_id} == {name: ["organization_id", "id"] for name in by_id}
    assert {keys[name][0] for name in tenants - by_id} == {"organization_id"}


def test_every_reference_leads_with_the_organisation(owner_url: str) -> None:
    references = [row for row in owner_rows(owner_url, KEYS) if row["kind"] == "f"]
    assert [row for row in references if row["columns"][0] != "organization_id"] == []
    assert {row["target"] for row in references if len(row["columns"]) == 1} == {"organizations"}


def test_a_table_without_the_key_is_noticed(owner_url: str) -> None:
    owner_run(owner_url, "create table public.ideas (id uuid primary key, organization_id uuid not null)")
    with pytest.raises(AssertionError):
        test_every_table_of_an_organisation_is_keyed_by_it(owner_url)


ACROSS = {
    ("core.actions.queries", "EXPIRE"): "every minute, whoever's deadline it is",
    ("core.conversations.runs.queries", "LOSE"): "upkeep, whoever's turn nobody ends any more",
    ("core.audit.history.queries", "VERIFY"): "the command line verifies the chains of all",
}
"""What is asked about the rows of all organisations at once, and why."""
YESTERDAY = "theirs"
"""The alias under which a job of yesterday's program, which names no organisation, finds its row."""


def test_no_row_is_looked_up_without_its_organisation(owner_url: str) -> None:
    """What a person asks has the organisation by row-level security; these roles see every row."""
    tenants = {row["name"] for row in owner_rows(owner_url, TENANTS)}
    naked: set[tuple[str, str]] = set()
    looked = 0
    with psycopg.connect(owner_url, autocommit=True) as conn:
        for module, name, query in _statements():
            for role in ("eventflow_system", "eventflow_operator"):
                plan = _plan(conn, role, query)
                looked += plan is not None
                if plan is not None and _bare(plan, tenants):
                    naked.add((module, name))
    assert looked > 100
    assert naked == set(ACROSS)


def test_a_lookup_without_the_organisation_is_noticed(owner_url: str) -> None:
    with psycopg.connect(owner_url, autocommit=True) as conn:
        for query, is_bare in (
            ("select text from public.messages where id = %(id)s", True),
            ("select text from public.messages where organization_id = %(mine)s and id = %(id)s", False),
            ("select title from public.schedules join public.events as event on event.id = event_id", True),
        ):
            plan = _plan(conn, None, query)
            assert plan is not None
            assert _bare(plan, {"messages", "schedules", "events"}) is is_bare


def _statements() -> list[tuple[str, str, str]]:
    modules = [
        importlib.import_module(found.name)
        for package in (core, bots.commands)
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    ]
    return [
        (module.__name__, name, value)
        for module in modules
        for name, value in vars(module).items()
        # A part of a statement has a name of the module's own.
        if isinstance(value, str)
        and not name.startswith("_")
        and re.match(r"\s*(select|insert|update|delete|with)\s", value)
    ]


def _plan(conn: psycopg.Connection, role: str | None, query: str) -> dict[str, Any] | None:
    """Return how a role would be answered; None: it may not ask this, or it is no whole statement."""
    names: list[str] = []

    def numbered(found: re.Match[str]) -> str:
        names.extend([found[1]] if found[1] not in names else [])
        return f"${names.index(found[1]) + 1}"

    text = re.sub(r"%\((\w+)\)s", numbered, query).replace("%%", "%")
    typed = re.sub(r"(\$\d+) (?=->|\?)", r"\1::jsonb ", text)
    try:
        with conn.transaction():
            conn.execute(f"set local role {role or 'none'}")  # pyright: ignore
            row = conn.execute(f"explain (generic_plan, format json) {typed}").fetchone()  # pyright: ignore
    except psycopg.ProgrammingError:
        return None
    return row[0][0]["Plan"] if row else None


def _bare(plan: dict[str, Any], tenants: set[str]) -> bool:
    nodes = _nodes(plan)
    said = " ".join(str(value) for node in nodes for part, value in node.items() if part.endswith(("Cond", "Filter")))
    return any(
        node.get("Relation Name") in tenants
        and node["Node Type"] != "ModifyTable"
        and node["Alias"] != YESTERDAY
        and f"{node['Alias']}.organization_id" not in said
        and not any("organization_id" in str(node.get(part, "")) for part in ("Index Cond", "Recheck Cond", "Filter"))
        for node in nodes
    )


def _nodes(plan: dict[str, Any]) -> list[dict[str, Any]]:
    return [plan, *(node for part in plan.get("Plans", []) for node in _nodes(part))]


@pytest.mark.parametrize("before", ["0004", "0014", "0024", "0036", "0037", "0038"])
async def test_a_database_of_yesterday_with_rows_is_carried_over(owner_url: str, before: str) -> None:
    url = _as_it_was(owner_url, before)
    owner_run(
        url,
        "insert into public.organizations (id, name) values ('00000000-0000-7000-8000-000000000001', 'North')",
        "insert into public.events (organization_id, id, name, starts_on, ends_on) "
        "select id, '00000000-0000-7000-8000-000000000002', 'Fair', '2026-06-16', '2026-06-16' from organizations",
        "insert into public.schedules (organization_id, event_id, title, start_time, end_time) "
        "select '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002', 'Talk ' || number, "
        "'2026-06-16 08:00Z', '2026-06-16 09:00Z' from generate_series(1, 2000) as number",
    )
    if before <= "0036":
        # As a try that was given up half-way leaves it.
        owner_run(url, "create unique index rooms_key on public.rooms (organization_id, id)")
        owner_run(url, "update pg_index set indisvalid = false where indexrelid = 'public.rooms_key'::regclass")
    ran = await migrate(url)
    assert [name for name in ran if name[0].isdigit()] == [
        name for name in files() if name[0].isdigit() and name > before
    ]
    assert schema.text_of(url) == schema.text_of(owner_url)
    assert owner_rows(url, "select count(*) as sessions from public.schedules") == [{"sessions": 2000}]


def _as_it_was(owner_url: str, before: str) -> str:
    """Return the URL of a fresh database that was migrated before a file was there."""
    name = f"{urlsplit(owner_url).path[1:]}_before_{before}"
    owner_run(with_database(owner_url, "postgres"), f'create database "{name}" template template0')
    url = with_database(owner_url, name)
    then = {name: path for name, path in files().items() if name < before}
    owner_run(url, LEDGER, *(path.read_text("utf-8") for path in then.values()))
    with psycopg.connect(url, autocommit=True) as conn:
        conn.cursor().executemany(
            "insert into app.migrations (name, checksum) values (%s, %s)",
            [(name, checksum(path)) for name, path in then.items()],
        )
    return url
