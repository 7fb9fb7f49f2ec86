"""Importing a schedule: nothing lost, nothing twice, no two sessions in one room at one time."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from core.db import Database
from core.identity import provisioning
from core.imports.demo import load_demo, write_demo
from core.imports.models import EventInfo, RoomInfo, Schedule, SessionInfo
from core.imports.planning import Kind
from core.imports.read import read_schedule
from core.imports.writing import ImportReport, write
from core.kernel.names import name_key
from core.kernel.principal import Principal
from tests.data import shared_data
from tests.world import DAY, ZONE, at

KINDS: tuple[Kind, ...] = ("added", "moved", "changed", "unchanged")
pytestmark = pytest.mark.db


def session(name: str, start: str, end: str, room: str | None = "Hall A") -> SessionInfo:
    return SessionInfo(source_id=name, title=name, start=at(start), end=at(end), room=room)


def schedule(*sessions: SessionInfo) -> Schedule:
    return Schedule(EventInfo("spring", "Spring", DAY, DAY, ZONE), (RoomInfo("Hall A", 100),), sessions)


@pytest.fixture
async def importer(db: Database) -> Principal:
    async with db.as_operator() as tx:
        organization = await provisioning.add_organization(tx, "Aleph Events", "en")
        assert organization is not None
        return await provisioning.command_line_of(tx, organization)


async def run(db: Database, importer: Principal, given: Schedule) -> ImportReport:
    async with db.acting_as(importer) as tx:
        return await write(tx, given, lambda _done, _total: None)


def counts(report: ImportReport) -> tuple[int, int, int, list[tuple[str, str]]]:
    left = [(each.session.title, each.taken_by) for each in report.unplaced]
    added, moved, changed, unchanged = (len(report.of(kind)) for kind in KINDS)
    return added, moved + changed, unchanged, left


async def test_a_second_import_changes_nothing_and_a_changed_file_only_what_changed(
    db: Database, importer: Principal
) -> None:
    first = schedule(session("A", "10:00", "11:00"), session("B", "11:00", "12:00"), session("C", "12:00", "13:00"))
    assert counts(await run(db, importer, first)) == (3, 0, 0, [])
    assert counts(await run(db, importer, first)) == (0, 0, 3, [])
    swapped = schedule(session("A", "11:00", "12:00"), session("B", "10:00", "11:00"), session("C", "12:00", "13:00"))
    assert counts(await run(db, importer, swapped)) == (0, 2, 1, [])


async def test_an_overlap_is_kept_without_a_room_and_reported(
    db: Database, importer: Principal, owner_url: str
) -> None:
    report = await run(
        db, importer, schedule(session("A", "10:00", "11:00"), session("B", "10:30", "11:30", " hall a"))
    )
    assert counts(report) == (2, 0, 0, [("B", "A")])
    with psycopg.connect(owner_url) as conn:
        rows = conn.execute("select title, room from public.schedules order by title").fetchall()
    assert rows == [("A", "Hall A"), ("B", None)]


async def test_a_session_made_in_chat_keeps_its_room(db: Database, importer: Principal) -> None:
    report = await run(db, importer, schedule(session("A", "10:00", "11:00")))
    async with db.acting_as(importer) as tx:
        await tx.execute(
            "insert into public.schedules (organization_id, event_id, title, room, start_time, end_time) "
            "values (%s, %s, 'Made in chat', 'Hall A', %s, %s)",
            (importer.organization_id, report.event_id, at("12:00"), at("13:00")),
        )
    moved = schedule(replace(session("A", "12:30", "13:30")))
    assert counts(await run(db, importer, moved)) == (0, 1, 0, [("A", "Made in chat")])


@pytest.mark.parametrize("file", ["31c3.xml", "camp2019-frab.json", "democon-pretalx.json"])
async def test_real_schedules_come_in_whole_and_once(db: Database, importer: Principal, file: str) -> None:
    given = read_schedule(shared_data(file))
    total = len(given.sessions)
    first, second = await run(db, importer, given), await run(db, importer, given)
    assert (len(first.of("added")), len(second.of("unchanged"))) == (total, total)


@pytest.mark.parametrize(
    "name", ["Hall B", " hall   b ", "HALL\u00a0B", "אולם ב\u200f", "Ｈall B", "\t", "Straße", "İstanbul", "a\u2003b"]
)
async def test_room_keys_are_the_same_in_python_and_in_sql(db: Database, importer: Principal, name: str) -> None:
    [row] = await db.read_as(importer, "select app.name_key(%(name)s) as key", {"name": name})
    assert row["key"] == name_key(name)


async def test_a_year_of_sessions_is_written_in_batches(db: Database, importer: Principal) -> None:
    many = [
        SessionInfo(
            source_id=f"s{number}",
            title=f"Session {number}",
            start=at("10:00") + timedelta(minutes=number),
            end=at("10:00") + timedelta(minutes=number + 1),
            room="Hall A",
        )
        for number in range(350)
    ]
    seen: list[tuple[int, int]] = []
    async with db.acting_as(importer) as tx:
        report = await write(tx, schedule(*many), lambda done, total: seen.append((done, total)))
    assert (len(report.of("added")), seen) == (350, [(100, 350), (200, 350), (300, 350), (350, 350)])


def test_the_shared_data_is_where_the_tests_look_for_it() -> None:
    assert isinstance(shared_data("SOURCES.md"), Path)


async def test_the_sample_conference_is_whole(db: Database, importer: Principal, owner_url: str) -> None:
    sample = load_demo(DAY)
    for expected in ((61, 0), (0, 61)):
        async with db.acting_as(importer) as tx:
            report = await write_demo(tx, sample, lambda _done, _total: None)
        assert (len(report.of("added")), len(report.of("unchanged")), report.unplaced) == (*expected, ())
    with psycopg.connect(owner_url) as conn:
        row = conn.execute(
            "select (select count(*) from rooms where capacity > 0), (select count(*) from participants), "
            "(select count(*) from participants where is_vip and vip_notes <> ''), "
            "(select count(*) from vendors), (select count(*) from event_vendors), "
            "(select count(*) from checklist_items), (select min(start_time) from schedules)"
        ).fetchone()
    assert row == (6, 200, 12, 8, 8, 16, at("09:00"))
