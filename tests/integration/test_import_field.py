"""What real schedules did to the importer, reduced: each input with what the agenda must hold after it."""

import os
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest

from core.db import Database
from core.identity import provisioning
from core.imports.models import Answers, BadSchedule
from core.imports.read import read_schedule
from core.imports.report import counts, sections
from core.imports.writing import ImportReport, plan, write
from core.kernel.principal import Principal
from core.texts import plain, say

pytestmark = pytest.mark.db
JERUSALEM = Answers("Asia/Jerusalem")
_ZONE = ZoneInfo("Asia/Jerusalem")


def field(name: str) -> Path:
    """Return a reduced input of the shared folder; without it the test is skipped, and says what is missing."""
    folders = [Path(given)] if (given := os.environ.get("EVENTFLOW_TEST_FIELD")) else []
    folders += [parent / "shared" / "field" / "imports" for parent in Path(__file__).resolve().parents]
    for folder in folders:
        if (folder / name).is_file():
            return folder / name
    pytest.skip(f"{name} is not here; put it into ../shared/field/imports or name its folder in EVENTFLOW_TEST_FIELD")


@pytest.fixture
async def importer(db: Database) -> Principal:
    async with db.as_operator() as tx:
        organization = await provisioning.add_organization(tx, "Aleph Events", "en")
        assert organization is not None
        return await provisioning.command_line_of(tx, organization)


async def run(db: Database, importer: Principal, name: str, answers: Answers = JERUSALEM) -> ImportReport:
    """Import a file: the plan says what the write does, each entry counts once, and a second time changes nothing."""
    schedule = read_schedule(field(name), answers)
    async with db.acting_as(importer) as tx:
        planned = await plan(tx, schedule)
    async with db.acting_as(importer) as tx:
        report = await write(tx, schedule, lambda _done, _total: None)
    assert replace(planned, event_id=report.event_id) == report
    async with db.acting_as(importer) as tx:
        again = await write(tx, schedule, lambda _done, _total: None)
    numbers = counts(report)
    assert numbers["read"] == sum(numbers[each] for each in ("added", "moved", "changed", "unchanged", "reported"))
    assert again.changes_nothing
    assert counts(again)["unchanged"] == len(schedule.sessions)
    return report


def agenda(owner_url: str, columns: str = "title, room") -> list[tuple[Any, ...]]:
    """Return the agenda in order of time: local start, and what is asked for."""
    with psycopg.connect(owner_url) as conn:
        query = f"select start_time, {columns} from schedules order by start_time, title"
        rows = conn.execute(query.encode()).fetchall()
    return [(f"{row[0].astimezone(_ZONE):%d %H:%M}", *row[1:]) for row in rows]


def told(report: ImportReport) -> str:
    """Return the report as it reads in English; in Hebrew it must exist as well."""
    lines = [line for section in sections(report) for line in (section.title, *section.lines)]
    assert all(say("he", line) for line in lines)
    return "\n".join(plain(say("en", line)) for line in lines)


async def test_a_workshop_that_is_held_twice(db: Database, importer: Principal, owner_url: str, tmp_path: Path) -> None:
    report = await run(db, importer, "repeated-session.xml")
    workshop, tent = "Knots for Beginners", "Workshop Tent"
    assert agenda(owner_url) == [
        ("06 10:00", workshop, tent),
        ("07 14:00", workshop, tent),
        ("07 17:00", "Closing", tent),
    ]
    assert told(report).count("One id stands at 2 sessions") == 1
    moved = field("repeated-session.xml").read_text("utf-8").replace("2027-05-07T14:00", "2027-05-07T15:00")
    (tmp_path / "moved.xml").write_text(moved.replace("<start>14:00", "<start>15:00"), "utf-8")
    async with db.acting_as(importer) as tx:
        numbers = counts(await write(tx, read_schedule(tmp_path / "moved.xml"), lambda _done, _total: None))
    assert (numbers["moved"], numbers["unchanged"], numbers["left"]) == (1, 2, 0)
    assert agenda(owner_url)[1] == ("07 15:00", workshop, tent)


async def test_two_sessions_under_one_id(db: Database, importer: Principal, owner_url: str) -> None:
    report = await run(db, importer, "same-id-two-sessions.xml")
    assert agenda(owner_url) == [
        ("06 14:00", "Proofs over Coffee", "Hall"),
        ("06 16:05", "Ask the Lighthouse Keeper", "Stage"),
    ]
    assert "7b0f0000-0000-4000-8000-000000000001" in told(report)


async def test_a_session_of_the_file_has_the_room_of_one_that_left(
    db: Database, importer: Principal, owner_url: str
) -> None:
    await run(db, importer, "left-and-replaced-1.xml")
    report = await run_once(db, importer, "left-and-replaced-2.xml")
    assert agenda(owner_url, "title, room, status") == [
        ("06 10:00", "Maps Without Borders", None, "scheduled"),
        ("06 10:00", "Stands In: Compass Basics", "Hall", "scheduled"),
        ("06 11:00", "Trail Signs", "Hall", "scheduled"),
    ]
    assert "One session is no longer in the file. It stays in the agenda:\nMaps Without Borders" in told(report)


async def run_once(db: Database, importer: Principal, name: str) -> ImportReport:
    async with db.acting_as(importer) as tx:
        return await write(tx, read_schedule(field(name), JERUSALEM), lambda _done, _total: None)


async def test_a_second_slot_changes_the_id_of_the_first(db: Database, importer: Principal, owner_url: str) -> None:
    await run(db, importer, "second-slot-1.xml")
    report = await run(db, importer, "second-slot-2.xml")
    assert agenda(owner_url) == [("06 10:00", "Rope Workshop", "Hall"), ("06 15:00", "Rope Workshop", "Hall")]
    numbers = counts(report)
    assert (numbers["added"], numbers["unchanged"], numbers["left"]) == (1, 1, 0)


async def test_a_room_that_got_another_name(db: Database, importer: Principal, owner_url: str) -> None:
    await run(db, importer, "room-renamed-1.json")
    report = await run(db, importer, "room-renamed-2.json")
    with psycopg.connect(owner_url) as conn:
        rooms = conn.execute("select name, capacity from rooms order by name").fetchall()
    assert rooms == [("Auditorium", 200), ("Hall B", 80)]
    assert "Hall A is Auditorium now" in told(report)
    assert [room for _, _, room in agenda(owner_url)] == ["Auditorium", "Hall B", "Auditorium"]


async def test_two_conferences_of_one_acronym(db: Database, importer: Principal, owner_url: str) -> None:
    await run(db, importer, "same-acronym-1.xml")
    report = await run(db, importer, "same-acronym-2.xml")
    with psycopg.connect(owner_url) as conn:
        events = conn.execute(
            "select event.name, session.title from events as event join schedules as session "
            "on session.event_id = event.id order by 1"
        ).fetchall()
    assert events == [("Ridge Summit 2027", "Peaks"), ("Tidepool Days 2027", "Tides")]
    assert "Ridge Summit 2027 is an event of its own, although Tidepool Days 2027 looks like it." in told(report)
    assert (await run(db, importer, "same-acronym-1.xml")).event.name == "Tidepool Days 2027"


@pytest.mark.parametrize(
    ("name", "starts", "other"),
    [
        ("start-against-date.xml", ["06 09:30", "06 10:30"], ["06 12:30", "06 13:30"]),
        ("clock-called-utc.xml", ["06 10:00", "06 11:00"], ["06 13:00", "06 14:00"]),
    ],
)
async def test_two_times_that_contradict_each_other(
    db: Database, importer: Principal, owner_url: str, name: str, starts: list[str], other: list[str]
) -> None:
    schedule = read_schedule(field(name), JERUSALEM)
    [question] = schedule.questions
    assert ([option.value for option in question.options], question.taken) == (["start", "date"], "start")
    assert "In 2 of 2 sessions start and date contradict each other" in told(await run(db, importer, name))
    assert [at for at, *_ in agenda(owner_url)] == starts
    answered = read_schedule(field(name), Answers("Asia/Jerusalem", "date"))
    assert (answered.questions, answered.notes) == ((), ())
    await run(db, importer, name, Answers("Asia/Jerusalem", "date"))
    assert [at for at, *_ in agenda(owner_url)] == other


async def test_persons_that_are_more_than_a_name(db: Database, importer: Principal, owner_url: str) -> None:
    report = await run(db, importer, "person-elements.xml")
    assert agenda(owner_url, "title, speaker_name") == [
        ("06 10:00", "River Software", "Noa Lev"),
        ("06 10:30", "Elsewhere at Once", "Noa Lev"),
        ("06 11:00", "Bridges", "Tom Bar"),
    ]
    with psycopg.connect(owner_url) as conn:
        found = conn.execute(
            "select conflict_title as title from public.check_speaker_conflicts("
            "%s, 'Noa Lev', '2027-05-06T07:30Z', '2027-05-06T08:30Z')",
            (report.event_id,),
        ).fetchall()
    assert [title for (title,) in found] == ["River Software", "Elsewhere at Once"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("flat-day.xml", [("06 10:00", "One", "Hall A"), ("06 11:00", "Two", "Hall B")]),
        ("mixed-day.xml", [("06 10:00", "Plenary Outside the Rooms", "Hall A"), ("06 11:00", "Two", "Hall B")]),
        ("day-change.xml", [("06 22:00", "Evening", "Tent"), ("07 04:30", "Before Sunrise", "Tent")]),
        ("blank-slot.xml", [("06 10:00", "One", "Hall"), ("06 11:00", "Two", "Hall")]),
    ],
)
async def test_what_stands_elsewhere_or_is_nothing(
    db: Database, importer: Principal, owner_url: str, name: str, expected: list[tuple[str, str, str]]
) -> None:
    report = await run(db, importer, name)
    assert agenda(owner_url) == expected
    blanks = [plain(say("en", each.why)) for each in report.schedule.reported]
    assert blanks == (["an empty slot: no title and no id."] if name == "blank-slot.xml" else [])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "calendar.ics",
            [
                ("06 00:00", "Exhibition", None, "scheduled"),
                ("06 10:00", "Opening - Noa Lev", "Hall A", "scheduled"),
                ("06 12:00", "Long title that is folded over the line, with a comma and more", "Hall B", "cancelled"),
            ],
        ),
        ("indico-timetable.json", [("06 09:00", "Beam Day", "Main", "scheduled")]),
        (
            "sessionize-all.json",
            [("06 09:00", "Opening", "Hall A", "scheduled"), ("06 12:00", "Lunch", "Hall A", "scheduled")],
        ),
    ],
)
async def test_other_formats(
    db: Database, importer: Principal, owner_url: str, name: str, expected: list[tuple[Any, ...]]
) -> None:
    await run(db, importer, name, Answers("Asia/Jerusalem", event="Spring 2027"))
    assert agenda(owner_url, "title, room, status") == expected


def test_a_page_that_asks_for_a_login() -> None:
    with pytest.raises(BadSchedule) as refused:
        read_schedule(field("login-page.html"))
    assert "web page" in str(refused.value)
    assert "login" in str(refused.value)
