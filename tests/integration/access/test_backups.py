"""The drill: a filled database is backed up, restored into an empty cluster, and compared row by row."""

import asyncio
import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from core.db import Database
from core.flows.on_decision import on_decision
from core.jobs import retention
from migrations import embedded
from migrations.apply import MigrationError, migrate
from migrations.backup import back_up, restore
from migrations.embedded import Embedded
from migrations.login import ensure_login
from migrations.verify import TABLES
from tests.conftest import with_database
from tests.fakes import calls, runtime, says
from tests.integration.access.test_retention import age
from tests.integration.flows.office import MOVE, press, slack_message, suggested
from tests.integration.isolation.tenants import OUTLINES, Tenants, claims_of, seed
from tests.integration.terminal.operator import environment_of, eventflow
from tests.owner import owner_rows, owner_run
from tests.world import make_world

pytestmark = pytest.mark.db

_ALL = (
    "select table_schema || '.' || table_name as name from information_schema.tables where table_type = 'BASE TABLE' "
)
_OURS = "and table_schema in ('public', 'app', 'procrastinate') order by 1"


@pytest.fixture
def elsewhere() -> Generator[Embedded]:
    """Another cluster that has never heard of the program."""
    home = Path(tempfile.mkdtemp(prefix="eventflow-restore-"))
    started = asyncio.run(embedded.start(home))
    yield started
    started.stop()
    shutil.rmtree(home, ignore_errors=True)


def _rows(owner_url: str) -> dict[str, list[str]]:
    """Return every row of every table as text; when a migration was applied is not part of it."""
    found: dict[str, list[str]] = {}
    for table in owner_rows(owner_url, _ALL + _OURS):
        what = "name || checksum" if table["name"] == "app.migrations" else "row::text"
        rows = owner_rows(owner_url, f"select {what} as text from {table['name']} as row order by 1")
        found[table["name"]] = [row["text"] for row in rows]
    return found


def _policies(owner_url: str) -> list[dict[str, Any]]:
    return owner_rows(owner_url, "select polrelid::regclass::text, polname, polcmd from pg_policy order by 1, 2")


def test_every_row_of_every_table_comes_back_in_an_empty_cluster(
    database_url: str, owner_url: str, elsewhere: Embedded, tmp_path: Path
) -> None:
    seed(owner_url, database_url)
    file = tmp_path / "backup.sql"
    asyncio.run(back_up(owner_url, file))
    assert file.stat().st_mode & 0o777 == 0o600
    asyncio.run(restore(elsewhere.owner_url, file))
    asyncio.run(ensure_login(elsewhere.owner_url, elsewhere.login_url))
    before, after = _rows(owner_url), _rows(elsewhere.owner_url)
    assert all(before[f"public.{table}"] for table in TABLES)
    assert after == before
    assert _policies(elsewhere.owner_url) == _policies(owner_url)
    assert asyncio.run(migrate(elsewhere.owner_url)) == []
    with pytest.raises(MigrationError, match="holds something already"):
        asyncio.run(restore(elsewhere.owner_url, file))


async def test_a_restored_log_verifies_and_goes_on(
    db: Database, database_url: str, owner_url: str, elsewhere: Embedded, tmp_path: Path
) -> None:
    await make_world(db)
    rt, slack, *_ = runtime(db, calls(MOVE), says("It waits."))
    await suggested(rt, slack_message("please"), database_url)
    [card] = slack.cards.values()
    await back_up(owner_url, tmp_path / "b.sql")
    await restore(elsewhere.owner_url, tmp_path / "b.sql")
    await ensure_login(elsewhere.owner_url, elsewhere.login_url)
    again = Database(elsewhere.login_url, size=4)
    await again.open()
    try:
        other, *_ = runtime(again)
        assert await on_decision(other, press(card.suggestion_id)) is None
    finally:
        await again.close()
    code, said, _err = eventflow(environment_of(elsewhere.login_url, tmp_path), "log", "verify")
    assert (code, said) == (0, "✓ The log is intact: 2 rows of history in 1 organisation.")


def test_an_owner_who_is_no_superuser_backs_up_and_restores_everything(
    server: Embedded, owner_url: str, database_url: str, tmp_path: Path
) -> None:
    seed(owner_url, database_url)
    file = tmp_path / "managed.sql"
    with _managed(server, owner_url, file) as url:
        again = tmp_path / "again.sql"
        asyncio.run(back_up(url, again))
        assert _copies(again) == _copies(file)


def test_what_runs_with_the_owners_rights_runs_for_an_owner_who_is_no_superuser(
    server: Embedded, owner_url: str, database_url: str, tmp_path: Path
) -> None:
    """Row-level security is forced on such an owner: without policies for it, each of these would find nothing."""
    tenants = seed(owner_url, database_url)
    age(owner_url, tenants)
    with _managed(server, owner_url, tmp_path / "managed.sql") as url:
        login_url = with_database(server.login_url, urlsplit(url).path[1:])
        here, there = [_told(each, tenants) | asyncio.run(_swept(each, tenants)) for each in (database_url, login_url)]
    assert there == here
    assert [name for name, rows in here.items() if not rows] == []
    assert {each.table for each in here["went"]} == set(retention.TABLES)


def _told(login_url: str, tenants: Tenants) -> dict[str, Any]:
    """Return what a viewer is told in outline."""
    claims = claims_of(tenants.aleph.people["viewer"])
    with psycopg.connect(login_url) as conn:
        conn.execute("select set_config('role', 'authenticated', true)")
        conn.execute("select set_config('request.jwt.claims', %s, true)", (claims,))
        return {
            outline: conn.execute(
                f"select to_jsonb(it) from {outline} as it order by 1".encode(), tenants.aleph.ids
            ).fetchall()
            for outline in OUTLINES
        }


async def _swept(login_url: str, tenants: Tenants) -> dict[str, Any]:
    """Return what would go and what goes when both organisations keep things for 60 days."""
    db = Database(login_url, size=1)
    await db.open()
    try:
        async with db.as_operator() as tx:
            for tenant in (tenants.aleph, tenants.beth):
                shorter = {"messages": 60, "deliveries": 60, "cards": 60, "copies": 60, "runs": 60}
                await retention.set_days(tx, tenant.organization, shorter)
        return {"would go": await retention.sweep(db, is_dry=True), "went": await retention.sweep(db)}
    finally:
        await db.close()


@contextmanager
def _managed(server: Embedded, owner_url: str, file: Path) -> Generator[str]:
    """Restore a backup as on a managed server: its owner may create roles, and bypasses nothing."""
    asyncio.run(back_up(owner_url, file))
    maintenance = with_database(server.owner_url, "postgres")
    owner_run(
        maintenance,
        "drop role if exists landlord",
        "create role landlord login createrole password 'p' "
        "in role authenticated, eventflow_system, eventflow_operator",
        "create database managed owner landlord template template0",
    )
    url = _as(with_database(server.owner_url, "managed"), "landlord")
    try:
        asyncio.run(restore(url, file))
        yield url
    finally:
        owner_run(maintenance, "drop database managed with (force)")
        owner_run(maintenance, "drop role landlord")


def _as(url: str, user: str) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=f"{user}:p@{parts.netloc.rpartition('@')[2]}"))


def _copies(file: Path) -> dict[str, list[str]]:
    """Return the rows in a dump by their table; the ledger's times aside."""
    found: dict[str, list[str]] = {}
    table = ""
    for line in file.read_text("utf-8").splitlines():
        if line.startswith("COPY "):
            table = line.split()[1]
            found[table] = []
        elif line == r"\.":
            table = ""
        elif table and table != "app.migrations":
            found[table].append(line)
    return {name: sorted(rows) for name, rows in found.items()}


def test_without_the_owners_policies_a_backup_is_refused_and_not_half(
    server: Embedded, owner_url: str, tmp_path: Path
) -> None:
    """The twin: what PostgreSQL itself would have written is a file without a row."""
    owner_run(owner_url, "drop role if exists tenant_owner", "create role tenant_owner login password 'p'")
    try:
        with pytest.raises(MigrationError, match="cannot see every row of"):
            asyncio.run(back_up(_as(owner_url, "tenant_owner"), tmp_path / "half.sql"))
        assert list(tmp_path.iterdir()) == []
    finally:
        owner_run(owner_url, "drop role tenant_owner")


def test_a_file_that_is_no_backup_is_refused_in_one_sentence(elsewhere: Embedded, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("-- PostgreSQL database dump\nselect 1;")
    with pytest.raises(MigrationError, match="is no backup that `eventflow backup` has written"):
        asyncio.run(restore(elsewhere.owner_url, tmp_path / "notes.txt"))
