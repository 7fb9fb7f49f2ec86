"""The sample conference: nobody in two places at once, and the stories that the tour tells are in it."""

from datetime import date, datetime, time
from itertools import combinations
from zoneinfo import ZoneInfo

import pytest

from core.imports.demo import Demo, load_demo
from core.imports.models import SessionInfo
from core.imports.placement import place

FIRST_DAY = date(2031, 5, 1)
ZONE = ZoneInfo("Asia/Jerusalem")


@pytest.fixture
def sample() -> Demo:
    return load_demo(FIRST_DAY)


def registered(sample: Demo, session: SessionInfo) -> list[str]:
    return sample.people["registrations"].get(session.source_id, [])


def named(sample: Demo, title: str) -> SessionInfo:
    [session] = [each for each in sample.schedule.sessions if each.title == title]
    return session


def clashes(sessions: list[SessionInfo]) -> list[tuple[str, str]]:
    return [
        (one.title, other.title)
        for one, other in combinations(sessions, 2)
        if one.start < other.end and other.start < one.end
    ]


def test_its_size(sample: Demo) -> None:
    assert (len(sample.schedule.sessions), len(sample.schedule.rooms), sample.schedule.notes) == (61, 6, ())
    assert {room.name: room.capacity for room in sample.schedule.rooms} == {
        "Hall A": 400,
        "Hall B": 180,
        "Hall C": 120,
        "Workshop 1": 40,
        "Workshop 2": 30,
        "Terrace": 80,
    }
    assert {name: len(sample.people[name]) for name in ("participants", "vendors", "checklist")} == {
        "participants": 200,
        "vendors": 8,
        "checklist": 16,
    }
    assert {session.language for session in sample.schedule.sessions} == {"en", "he"}
    assert len([person for person in sample.people["participants"] if person.get("vip")]) == 12


def test_nobody_is_in_two_places_at_once(sample: Demo) -> None:
    sessions = sample.schedule.sessions
    assert place(sample.schedule).unplaced == ()
    speakers = {name for session in sessions for name in session.speakers}
    guests = {person["id"] for person in sample.people["participants"]}
    assert {who: found for who in speakers if (found := clashes([s for s in sessions if who in s.speakers]))} == {}
    assert {who: f for who in guests if (f := clashes([s for s in sessions if who in registered(sample, s)]))} == {}


def test_every_registration_is_of_a_guest_for_a_session_with_a_seat(sample: Demo) -> None:
    guests = {person["id"] for person in sample.people["participants"]}
    seats = {room.name: room.capacity or 0 for room in sample.schedule.rooms}
    assert set(sample.people["registrations"]) <= {session.source_id for session in sample.schedule.sessions}
    for session in sample.schedule.sessions:
        there = registered(sample, session)
        assert set(there) <= guests
        assert len(there) == len(set(there)) <= min(session.max_capacity or 999, seats[session.room or ""])


def test_its_stories(sample: Demo) -> None:
    vips = {person["id"] for person in sample.people["participants"] if person.get("vip")}
    keynote = named(sample, "Opening Keynote: Doors at Eight")
    assert len(vips & set(registered(sample, keynote))) >= 3
    first_aid = named(sample, "Workshop: First Aid for Crews")
    assert (len(registered(sample, first_aid)), first_aid.max_capacity, first_aid.room) == (40, 40, "Workshop 1")
    alike = [each.title for each in sample.schedule.sessions if "Stage Management" in each.title]
    assert alike == ["Stage Management 101", "Stage Management for Festivals"]
    sharon = [each for each in sample.schedule.sessions if "יואב שרון" in each.speakers]
    assert [each.start.astimezone(ZONE).time() for each in sharon] == [time(10, 15), time(11, 30), time(15, 45)]


@pytest.mark.parametrize("first_day", [date(2026, 1, 15), date(2026, 3, 26), date(2026, 10, 24)])
def test_local_times_stay_whatever_the_clocks_do(sample: Demo, first_day: date) -> None:
    # In 2026 the clocks of Jerusalem move on 27 March and on 25 October: between the sample's two days.
    def local(found: Demo, start: date) -> list[tuple[str, int, time]]:
        starts = [(each.source_id, each.start.astimezone(ZONE)) for each in found.schedule.sessions]
        return [(source_id, (at.date() - start).days, at.time()) for source_id, at in starts]

    moved = load_demo(first_day)
    assert local(moved, first_day) == local(sample, FIRST_DAY)
    assert (moved.schedule.event.starts_on, (moved.schedule.event.ends_on - first_day).days) == (first_day, 1)
    assert {session.end - session.start for session in moved.schedule.sessions} == {
        session.end - session.start for session in sample.schedule.sessions
    }


def test_checklists_and_vendors_are_due_on_the_first_day(sample: Demo) -> None:
    due = [item["due_at"] for item in sample.people["checklist"]]
    arriving = [vendor["arrives_at"] for vendor in sample.people["vendors"] if vendor["arrives_at"]]
    assert {datetime.fromisoformat(at).astimezone(ZONE).date() for at in [*due, *arriving]} == {FIRST_DAY}
