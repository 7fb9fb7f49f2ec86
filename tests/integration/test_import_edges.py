"""Importing what is odd but readable: nothing that a reader lets through may break a write."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from core.db import Database
from core.identity import provisioning
from core.imports.models import EventInfo, RoomInfo, Schedule, SessionInfo
from core.imports.report import counts
from core.imports.writing import ImportReport, cancel_left, write
from core.kernel.principal import Principal
from tests.unit.imports.files import conference, event, read
from tests.world import DAY, ZONE, at

pytestmark = pytest.mark.db


def session(name: str, start: str, end: str, room: str | None = "Hall A") -> SessionInfo:
    return SessionInfo(source_id=name, title=name, start=at(start), end=at(end), room=room)


def schedule(*sessions: SessionInfo, rooms: tuple[RoomInfo, ...] = (RoomInfo("Hall A", 100),)) -> Schedule:
    return Schedule(EventInfo("spring", "Spring", DAY, DAY, ZONE), rooms, sessions)


@pytest.fixture
async def importer(db: Database) -> Principal:
    return await command_line_of(db, "Aleph Events")


async def command_line_of(db: Database, name: str) -> Principal:
    async with db.as_operator() as tx:
        organization = await provisioning.add_organization(tx, name, "en")
        assert organization is not None
        return await provisioning.command_line_of(tx, organization)


async def run(db: Database, importer: Principal, given: Schedule) -> ImportReport:
    async with db.acting_as(importer) as tx:
        return await write(tx, given, lambda _done, _total: None)


def did(report: ImportReport) -> tuple[int, int, int]:
    """Return how many sessions are new, different and as they were."""
    numbers = counts(report)
    return numbers["added"], numbers["moved"] + numbers["changed"], numbers["unchanged"]


def rows(owner_url: str, query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(owner_url) as conn:
        return conn.execute(query.encode()).fetchall()


async def test_a_second_import_touches_no_row(db: Database, importer: Principal, owner_url: str) -> None:
    given = schedule(session("A", "10:00", "11:00"), session("B", "10:30", "11:30"))
    await run(db, importer, given)
    # A suggestion is bound to these versions; an import that changes nothing must not make it stale.
    versions = "select 'event', row_version from events union all select title, row_version from schedules order by 1"
    before = rows(owner_url, versions)
    report = await run(db, importer, given)
    assert (report.event_is_new, did(report)) == (False, (0, 0, 2))
    assert [(each.session.title, each.taken_by) for each in report.unplaced] == [("B", "A")]
    assert rows(owner_url, versions) == before


async def test_a_changed_conference_is_the_same_event(db: Database, importer: Principal, owner_url: str) -> None:
    first = schedule(session("A", "10:00", "11:00"))
    await run(db, importer, first)
    moved = replace(first.event, name="Spring again", ends_on=DAY + timedelta(days=1), time_zone="Europe/Berlin")
    report = await run(db, importer, replace(first, event=moved, rooms=(RoomInfo(" HALL  A ", 120),)))
    assert (report.event_is_new, did(report)) == (False, (0, 0, 1))
    assert rows(owner_url, "select name, starts_on, ends_on, time_zone, row_version from events") == [
        ("Spring again", DAY, DAY + timedelta(days=1), "Europe/Berlin", 2)
    ]
    assert rows(owner_url, "select name, capacity from rooms") == [("Hall A", 120)]


async def test_rooms_that_are_one_or_none_do_not_stop_an_import(
    db: Database, importer: Principal, owner_url: str
) -> None:
    rooms = (RoomInfo("hall a"), RoomInfo("Hall A", 100), RoomInfo("\u200f", 5), RoomInfo("Foyer"))
    report = await run(db, importer, schedule(session("A", "10:00", "11:00", "\u200f"), rooms=rooms))
    assert did(report) == (1, 0, 0)
    assert rows(owner_url, "select lower(name), capacity from rooms order by 1") == [("foyer", None), ("hall a", 100)]


async def test_a_shared_room_holds_what_the_file_says(db: Database, importer: Principal, owner_url: str) -> None:
    given = schedule(session("A", "10:00", "11:00"), session("B", "10:30", "11:30"))
    assert len((await run(db, importer, given)).unplaced) == 1
    with psycopg.connect(owner_url) as conn:
        conn.execute("set row_security = off")
        conn.execute("update rooms set may_be_shared = true")
    report = await run(db, importer, given)
    assert (did(report), report.unplaced) == ((0, 1, 1), ())
    assert rows(owner_url, "select title, room from schedules order by 1") == [("A", "Hall A"), ("B", "Hall A")]


async def test_a_room_that_becomes_free_is_given_back(db: Database, importer: Principal, owner_url: str) -> None:
    crowded = schedule(session("A", "10:00", "11:00"), session("B", "10:30", "11:30"))
    await run(db, importer, crowded)
    report = await run(db, importer, schedule(session("A", "09:00", "10:00"), session("B", "10:30", "11:30")))
    assert (did(report), report.unplaced) == ((0, 2, 0), ())
    assert rows(owner_url, "select title, room from schedules order by 1") == [("A", "Hall A"), ("B", "Hall A")]


async def test_a_session_that_left_the_file_stays_and_gives_its_room_to_one_that_is_in_it(
    db: Database, importer: Principal, owner_url: str
) -> None:
    await run(db, importer, schedule(session("A", "10:00", "11:00"), session("C", "12:00", "13:00")))
    report = await run(db, importer, schedule(session("B", "10:30", "11:30")))
    assert [(each.session.title, each.taken_by) for each in report.left] == [("A", "B"), ("C", None)]
    assert report.unplaced == ()
    titles = "select title, room, status from schedules order by title"
    assert rows(owner_url, titles) == [
        ("A", None, "scheduled"),
        ("B", "Hall A", "scheduled"),
        ("C", "Hall A", "scheduled"),
    ]
    async with db.acting_as(importer) as tx:
        assert await cancel_left(tx, report) == 2
    assert [status for *_, status in rows(owner_url, titles)] == ["cancelled", "scheduled", "cancelled"]
    # A version may lose sessions by mistake, and the next one have them back.
    whole = schedule(session("A", "09:00", "10:00"), session("B", "10:30", "11:30"), session("C", "12:00", "13:00"))
    report = await run(db, importer, whole)
    assert (did(report), report.left) == ((0, 2, 1), ())
    assert rows(owner_url, titles) == [(title, "Hall A", "scheduled") for title in "ABC"]


async def test_an_import_that_fails_leaves_nothing(db: Database, importer: Principal, owner_url: str) -> None:
    many = [session(f"s{number}", "10:00", "11:00", None) for number in range(150)]

    def fail_after_the_last_batch(done: int, total: int) -> None:
        if done == total:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        async with db.acting_as(importer) as tx:
            await write(tx, schedule(*many), fail_after_the_last_batch)
    assert rows(owner_url, "select count(*) from events") == [(0,)]
    assert rows(owner_url, "select count(*) from schedules") == [(0,)]


async def test_two_organisations_import_one_file_side_by_side(
    db: Database, importer: Principal, owner_url: str
) -> None:
    given = schedule(session("A", "10:00", "11:00"))
    other = await command_line_of(db, "Beth Events")
    first, second = await run(db, importer, given), await run(db, other, given)
    assert (did(first), did(second)) == ((1, 0, 0), (1, 0, 0))
    assert first.event_id != second.event_id
    assert rows(owner_url, "select count(distinct organization_id), count(*) from schedules") == [(2, 2)]


async def test_what_the_reader_lets_through_can_be_stored(db: Database, importer: Principal, owner_url: str) -> None:
    odd = event(
        title="a\x00b" + "x" * 600,
        description="<p>\ud800 \u202e</p>" + "y" * 30_000,
        guid="g" * 200,
        persons=[{"name": "𝒟" * 200}, {"name": "\u200f"}],
        max_capacity=1_000_000,
        duration="744:00",
        track="\x07",
    )
    days = [{"date": "2026-05-01", "rooms": {"ﷺ" * 11: [odd], "": [event()]}}]
    given = read(conference(days=days, title="T" * 900, acronym=None, end="2199-12-31"))
    report = await run(db, importer, given)
    assert (did(report), report.unplaced) == ((2, 0, 0), ())
    assert rows(owner_url, "select length(title), room is null from schedules order by 1") == [(7, True), (500, False)]
