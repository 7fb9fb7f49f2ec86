"""The database is what the migrations say, however often they run."""

import re
import subprocess
from difflib import unified_diff

import pytest

from migrations import embedded, schema
from migrations.apply import MigrationError, files, migrate
from tests.owner import owner_run

pytestmark = pytest.mark.db


def _dump(url: str) -> str:
    done = subprocess.run(
        [str(embedded.binary("pg_dump")), "--schema-only", url], capture_output=True, text=True, check=True
    )
    # pg_dump guards its output with a random key.
    return "\n".join(line for line in done.stdout.splitlines() if not line.startswith(("\\restrict", "\\unrestrict")))


async def test_running_the_sequence_again_changes_nothing(owner_url: str) -> None:
    before = _dump(owner_url)
    assert await migrate(owner_url) == []
    assert await migrate(owner_url, replay=True) == list(files())
    assert _dump(owner_url) == before


def test_the_schema_to_be_read_is_todays(owner_url: str) -> None:
    written, today = schema.FILE.read_text("utf-8"), schema.text_of(owner_url)
    other = "\n".join(unified_diff(written.splitlines(), today.splitlines(), "written", "today", lineterm="", n=0))
    assert not other, f"migrations/schema.sql is not today's schema. Run `make schema`.\n{other}"


def test_the_schema_to_be_read_notices_a_change(owner_url: str) -> None:
    owner_run(owner_url, "alter table public.rooms add column colour text")
    assert set(schema.text_of(owner_url).splitlines()) - set(schema.FILE.read_text("utf-8").splitlines()) == {
        "    colour text,"
    }


async def test_a_file_that_was_changed_after_it_ran_is_refused(owner_url: str) -> None:
    owner_run(owner_url, "update app.migrations set checksum = 'other' where name = '0003_events.sql'")
    with pytest.raises(MigrationError, match=r"^0003_events\.sql was changed after it was applied\."):
        await migrate(owner_url)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("alter table public.vendors no force row level security", "row-level security is not forced on vendors"),
        ("drop table public.card_copies", "table card_copies is missing"),
        ("alter table public.schedules drop constraint no_room_overlap", "constraint no_room_overlap is missing"),
        ("drop function app.assert_one(bigint)", "function app.assert_one(bigint) is missing"),
        ("create table public.notes (id int)", "row-level security is not forced on notes"),
    ],
)
async def test_verification_names_what_is_missing_or_open(owner_url: str, damage: str, said: str) -> None:
    owner_run(owner_url, damage)
    with pytest.raises(MigrationError) as caught:
        await migrate(owner_url)
    assert str(caught.value) == f"The database is not as the migrations left it: {said}"


async def test_todays_text_of_a_function_is_applied_when_it_changes(owner_url: str) -> None:
    before = _dump(owner_url)
    owner_run(
        owner_url, "create or replace function app.name_key(name text) returns text language sql as 'select 1::text'"
    )
    owner_run(owner_url, "update app.migrations set checksum = 'older' where name = 'functions/foundation.sql'")
    assert await migrate(owner_url) == ["functions/foundation.sql"]
    assert _dump(owner_url) == before


async def test_todays_text_stays_when_an_older_file_runs_late(owner_url: str) -> None:
    owner_run(owner_url, "delete from app.migrations where name = '0017_desk.sql'")
    assert await migrate(owner_url) == ["0017_desk.sql", *(name for name in files() if name.startswith("functions/"))]


def test_a_function_stands_once() -> None:
    texts = {name: path.read_text("utf-8") for name, path in files().items() if name >= "0020"}
    defined = [
        found for text in texts.values() for found in re.findall(r"(?m)^create or replace function ([a-z_.]+)", text)
    ]
    assert sorted(defined) == sorted(set(defined))
    assert not [name for name, text in texts.items() if name[0].isdigit() and "create or replace function" in text]
