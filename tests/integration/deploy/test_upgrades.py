"""`eventflow backup` into its folder, and `eventflow upgrade --rehearse`: on a copy, beside, and only the truth."""

import asyncio
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from migrations.apply import MigrationError, migrate
from migrations.backup import back_up
from tests.integration.isolation.tenants import seed
from tests.integration.terminal.operator import environment_of, eventflow
from tests.owner import owner_rows, owner_run

pytestmark = pytest.mark.db

REHEARSE = ("upgrade", "--rehearse", "--backup")


@pytest.fixture
def backup(owner_url: str, database_url: str, tmp_path: Path) -> Path:
    """A backup of two organisations with a row of everything."""
    seed(owner_url, database_url)
    file = tmp_path / "eventflow-20311120T020000Z.sql"
    asyncio.run(back_up(owner_url, file))
    return file


def test_a_rehearsal_says_how_long_it_takes_and_touches_nothing(
    backup: Path, owner_url: str, database_url: str, tmp_path: Path
) -> None:
    counts = "select (select count(*) from app.migrations) as files, (select max(applied_at) from app.migrations) as at"
    before, home = owner_rows(owner_url, counts), tmp_path / "home"
    environment = environment_of(database_url, home, EVENTFLOW_BACKUPS=str(backup.parent))
    code, said, err = eventflow(environment, "upgrade", "--rehearse")
    lines = [line.partition(",")[0].partition(":")[0] for line in said.splitlines()]
    assert (code, err, lines) == (
        0,
        "",
        [
            "✓ eventflow-20311120T020000Z.sql is restored beside",
            "✓ It is brought to this version",
            "✓ The schema is this version's.",
            "✓ Isolation holds",
            "✓ The log is intact",
            "✓ The upgrade is rehearsed",
        ],
    )
    assert "Isolation holds: 2 organisations" in said
    assert owner_rows(owner_url, counts) == before
    assert list(home.iterdir()) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            ("\nSET default_tablespace", "\nSET default_tablespace"),
            "✓ The upgrade is rehearsed",
        ),
        (
            (
                "COPY app.migrations (name, checksum, applied_at) FROM stdin;\n",
                "COPY app.migrations (name, checksum, applied_at) FROM stdin;\n9999_later.sql\tx\t2031-01-01\n",
            ),
            "✗ A newer version wrote",
        ),
        (
            (
                "\n-- PostgreSQL database dump complete",
                "\ncreate policy wide on public.rooms for select using (true);\n--",
            ),
            "✗ Isolation does not hold: somebody of one organisation sees rows of another in rooms.",
        ),
        (
            (
                "\n-- PostgreSQL database dump complete",
                "\nupdate public.ai_insights_history set at = at - interval '1 day';\n--",
            ),
            "✗ The log of",
        ),
        (
            ("\n-- PostgreSQL database dump complete", "\nalter table public.rooms drop column capacity cascade;\n--"),
            "✗ ",
        ),
    ],
    ids=["as it is", "newer", "open", "rewritten", "lacking"],
)
def test_what_is_wrong_with_a_backup_is_one_sentence(
    backup: Path, database_url: str, tmp_path: Path, change: tuple[str, str], sentence: str
) -> None:
    text = backup.read_text("utf-8")
    assert change[0] in text
    backup.write_text(text.replace(*change), "utf-8")
    home = tmp_path / "home"
    code, said, err = eventflow(environment_of(database_url, home), *REHEARSE, str(backup))
    assert (code == 0) == sentence.startswith("✓")
    assert sentence in (said if code == 0 else err)
    assert len(err.splitlines()) == (1 if code else 0)
    assert list(home.iterdir()) == []


def test_no_backup_no_room_and_no_rehearsal_are_said(database_url: str, tmp_path: Path) -> None:
    environment = environment_of(database_url, tmp_path / "home")
    huge = tmp_path / "huge.sql"
    with huge.open("wb") as file:
        file.truncate(8 * 10**12)  # a hole: it takes no room itself
    told = [
        eventflow(environment, "upgrade", "--rehearse"),
        eventflow(environment, *REHEARSE, str(tmp_path / "none.sql")),
        eventflow(environment, *REHEARSE, str(huge)),
        eventflow(environment, "upgrade"),
    ]
    assert [code for code, _said, _err in told] == [1, 1, 1, 1]
    assert [err.partition("(")[0][:30] for _code, _said, err in told] == [
        f"✗ There is no backup in {tmp_path}"[:30],
        f"✗ {tmp_path / 'none.sql'} cannot be read"[:30],
        f"✗ A rehearsal of {huge}"[:30],
        "✗ The upgrade itself is `event",
    ]


async def test_an_older_program_does_not_put_its_functions_over_newer_ones(owner_url: str) -> None:
    owner_run(owner_url, "insert into app.migrations (name, checksum) values ('9999_later.sql', 'x')")
    with pytest.raises(MigrationError, match=r"newer than this program: it has 9999_later\.sql"):
        await migrate(owner_url)


def test_the_folder_keeps_as_many_as_it_shall_and_what_is_not_ours(
    owner_url: str, database_url: str, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    for name in ("eventflow-20200101T000000Z.sql", "eventflow-20210101T000000Z.sql", "eventflow-before.sql"):
        (folder / name).write_text("old", "utf-8")
    (folder / "eventflow-20220101T000000Z.sql.part").write_text("half", "utf-8")
    environment = environment_of(
        database_url, tmp_path / "home", DATABASE_OWNER_URL=owner_url, EVENTFLOW_BACKUPS=str(folder)
    )
    code, _said, err = eventflow(environment, "backup", "--keep", "2")
    assert (code, err) == (0, "")
    kept = sorted(path.name for path in folder.iterdir())
    [new] = [name for name in kept if name > "eventflow-2022" and name != "eventflow-before.sql"]
    assert kept == ["eventflow-20210101T000000Z.sql", new, "eventflow-before.sql"]
    assert (folder / new).stat().st_mode & 0o777 == 0o600


def test_one_that_stays_writes_when_it_is_time_and_ends_when_it_is_asked(
    owner_url: str, database_url: str, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    environment = environment_of(
        database_url, tmp_path / "home", DATABASE_OWNER_URL=owner_url, EVENTFLOW_BACKUPS=str(folder)
    )
    command = [sys.executable, "-m", "bots.cli", "backup", "--every", "24"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith(f"✓ Everything is in {folder}/eventflow-")
        time.sleep(0.5)
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
    assert len(list(folder.iterdir())) == 1
