"""What an import asks at a real terminal, and what it does where nobody sits at one."""

import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.integration.terminal.operator import environment_of, eventflow
from tests.owner import owner_rows

pytestmark = pytest.mark.db

HEAD = "<conference><title>Harbor Days</title><time_zone_name>Asia/Jerusalem</time_zone_name></conference>"


def schedule(folder: Path, *titles: str, shift: int = 0) -> str:
    """Write a schedule whose sessions have two times, ``shift`` hours apart, and return its path."""
    events = "".join(
        f"<event guid='{title}'><date>2031-05-01T{10 + number + shift}:00:00+03:00</date>"
        f"<start>{10 + number}:00</start><duration>00:45</duration><title>{title}</title></event>"
        for number, title in enumerate(titles)
    )
    path = folder / "harbor.xml"
    path.write_text(f"<schedule>{HEAD}<day date='2031-05-01'><room name='Hall'>{events}</room></day></schedule>")
    return str(path)


@pytest.fixture
def environment(database_url: str, tmp_path: Path) -> dict[str, str]:
    environment = environment_of(database_url, tmp_path, TERM="xterm")
    assert run(environment, "org", "add", "Aleph Events")[0] == 0
    return environment


def run(environment: dict[str, str], *command: str) -> tuple[int, str]:
    """Run a command where nobody sits."""
    code, out, err = eventflow(environment, *command)
    return code, out + err


def at_terminal(environment: dict[str, str], answers: dict[str, str], *command: str) -> tuple[int, str]:
    """Run a command at a pseudo-terminal; type each answer when its question stands there."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "bots.cli", *command], env=environment, stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    said, waiting, until = "", dict(answers), time.monotonic() + 120
    while time.monotonic() < until:
        if not select.select([ours], [], [], 1)[0]:
            continue
        try:
            said += os.read(ours, 4096).decode("utf-8", "replace")
        except OSError:
            # The other side is closed: the command has ended.
            break
        for question in [each for each in waiting if each in said]:
            os.write(ours, f"{waiting.pop(question)}\n".encode())
    code = process.wait(timeout=60)
    os.close(ours)
    assert waiting == {}, said
    return code, said


def test_which_of_two_times_is_right_is_asked_and_the_answer_taken(
    environment: dict[str, str], owner_url: str, tmp_path: Path
) -> None:
    file = schedule(tmp_path, "Opening", "Maps", shift=3)
    command = ("import", file, "--org", "Aleph Events")
    starts = "select title, to_char(start_time at time zone 'Asia/Jerusalem', 'HH24:MI') as at from public.schedules"
    code, said = at_terminal(environment, {"Which": "2"}, *command)
    assert (code, "contradict each other" in said) == (0, True), said
    assert owner_rows(owner_url, f"{starts} order by title") == [
        {"title": "Maps", "at": "14:00"},
        {"title": "Opening", "at": "13:00"},
    ]
    # What is said beforehand is not asked.
    assert at_terminal(environment, {}, *command, "--clock", "start")[0] == 0
    assert [row["at"] for row in owner_rows(owner_url, f"{starts} order by title")] == ["11:00", "10:00"]
    # An answer that is none is asked again; Enter takes what the program would take.
    code, said = at_terminal(environment, {"Which": "7", "a number from 1 to 2": ""}, *command)
    assert (code, "0 new, 0 moved" in said) == (0, True)


@pytest.mark.parametrize(("answer", "status"), [("y", "cancelled"), ("", "scheduled")])
def test_what_left_the_file_is_asked_about_and_kept_unless_somebody_says_so(
    environment: dict[str, str], owner_url: str, tmp_path: Path, answer: str, status: str
) -> None:
    assert run(environment, "import", schedule(tmp_path, "Opening", "Maps"), "--org", "Aleph Events")[0] == 0
    command = ("import", schedule(tmp_path, "Opening"), "--org", "Aleph Events")
    code, said = at_terminal(environment, {"Cancel them in the agenda?": answer}, *command, "--gone", "ask")
    assert (code, "Maps" in said) == (0, True)
    rows = owner_rows(owner_url, "select title, status from public.schedules order by title")
    assert rows == [{"title": "Maps", "status": status}, {"title": "Opening", "status": "scheduled"}]


def test_where_nobody_sits_asking_is_refused_before_anything_is_written(
    environment: dict[str, str], owner_url: str, tmp_path: Path
) -> None:
    command = ("import", schedule(tmp_path, "Opening"), "--org", "Aleph Events", "--gone", "ask")
    code, said = run(environment, *command)
    assert (code, said.strip()) == (
        1,
        "✗ --gone ask needs a terminal to ask at; say --gone keep or --gone cancel.",
    )
    assert owner_rows(owner_url, "select 1 from public.schedules") == []


def test_a_file_without_a_name_goes_into_the_event_that_is_meant(
    environment: dict[str, str], owner_url: str, tmp_path: Path
) -> None:
    assert run(environment, "import", schedule(tmp_path, "Opening"), "--org", "Aleph Events")[0] == 0
    table = tmp_path / "more.csv"
    table.write_text("Title,Date,Start,End,Room\nKnots,2031-05-01,15:00,16:00,Hall\n", "utf-8")
    command = ("import", str(table), "--org", "Aleph Events", "--zone", "Asia/Jerusalem", "--event", "harbor  DAYS")
    code, said = run(environment, *command, "--gone", "keep")
    assert (code, "Harbor Days: 1 new" in said) == (0, True), said
    assert owner_rows(owner_url, "select name from public.events") == [{"name": "Harbor Days"}]
    titles = owner_rows(owner_url, "select title, status from public.schedules order by title")
    assert titles == [{"title": "Knots", "status": "scheduled"}, {"title": "Opening", "status": "scheduled"}]
    # Again is fine.
    code, said = run(environment, *command, "--gone", "keep")
    assert (code, "0 new, 0 moved, 0 changed, 1 unchanged" in said) == (0, True), said
