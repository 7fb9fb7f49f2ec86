"""What people write into a field: several people, a word that calls a session off, a length with its unit."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from core.imports.cancelled import title_is_called_off
from core.imports.conferences import KnownEvent, address_of, choose
from core.imports.models import Answers, EventInfo
from core.imports.persons import people_in
from core.imports.read import parse_schedule
from core.imports.rooms import KnownRoom, RoomInfo, plan_rooms
from tests.unit.imports.files import conference, event, read, said, xml


@pytest.mark.parametrize(
    "title",
    [
        "CANCELLED Maps", "Cancelled: Maps", "[CANCELED] Maps", "Maps (abgesagt)", "Maps - CANCELLED",
        "ABGESAGT: Karten",
        "בוטל: מפות", "מפות (מבוטל)", "מפות – בוטל", "*** cancelled *** Maps", "Entfällt – Karten", "Cancelado: Mapas",
        "Cancelled",
    ],
)  # fmt: skip
def test_titles_that_call_a_session_off(title: str) -> None:
    assert title_is_called_off(title)


@pytest.mark.parametrize(
    "title",
    [
        "Cancelled Flights and You", "Cancel Culture", "How we cancelled a conference", "CANCELLED FLIGHTS",
        "Noise cancellation",
        "למה בוטל הכנס", "Cancelled-flight tracking", "Who is (not) cancelled today?",
    ],
)  # fmt: skip
def test_titles_of_sessions_that_take_place(title: str) -> None:
    assert not title_is_called_off(title)


@pytest.mark.parametrize(
    "fields", [{"status": "Cancelled"}, {"state": "canceled"}, {"cancelled": True}, {"title": "[CANCELLED] A"}]
)
def test_a_cancelled_session_holds_no_room(fields: dict[str, object]) -> None:
    schedule = read(conference(event(**fields), event(guid="g2", id=2, title="Instead")))
    assert {each.source_id: each.is_cancelled for each in schedule.sessions} == {"g1": True, "g2": False}


@pytest.mark.parametrize(
    ("written", "people"),
    [
        ("Noa Lev, Tom Bar", ["Noa Lev", "Tom Bar"]),
        ("Noa Lev & Tom Bar and Ada de Vries", ["Noa Lev", "Tom Bar", "Ada de Vries"]),
        ("Lev, Noa; Bar, Tom", ["Lev, Noa", "Bar, Tom"]),
        ("נעה לב, תום בר", ["נעה לב", "תום בר"]),
        ("ada, bob, eve", ["ada", "bob", "eve"]),
        ("Smith, Jane", ["Smith, Jane"]),
        ("Andrea Behrendt - read & delete", ["Andrea Behrendt - read & delete"]),
        ("Department of Maps and Water", ["Department of Maps and Water"]),
        ("Noa Lev, PhD", ["Noa Lev, PhD"]),
    ],
)
def test_people_in_one_field(written: str, people: list[str]) -> None:
    assert people_in(written) == people


@pytest.mark.parametrize(
    ("duration", "minutes"),
    [
        ("PT45M", 45),
        ("PT1H30M", 90),
        ("P1DT2H", 1560),
        ("90 min", 90),
        ("1h 30m", 90),
        ("1.5 hours", 90),
        ("45 דקות", 45),
        ("2 Std.", 120),
    ],
)
def test_lengths_with_their_units(duration: str, minutes: int) -> None:
    [session] = read(conference(event(duration=duration))).sessions
    assert session.end - session.start == timedelta(minutes=minutes)


PERSON = "<event id='1'><date>2026-05-01T10:00:00+02:00</date><duration>00:30</duration><title>A</title>{}</event>"


@pytest.mark.parametrize(
    "persons",
    [
        "<persons><person><code>Q</code><public_name>Noa Lev</public_name><biography>B.</biography></person></persons>",
        "<persons><person id='4'><name>Noa Lev</name></person></persons>",
        "<persons><person id='4' name='Noa Lev'/></persons>",
        "<persons><person><first_name>Noa</first_name><last_name>Lev</last_name></person></persons>",
        "<persons><person>Noa <b>Lev</b></person></persons>",
        "<persons><person>Noa Lev<biography>Long.</biography></person></persons>",
        "<persons>Noa Lev</persons>",
        "<speakers><speaker>Noa Lev</speaker></speakers>",
        "<person>Noa Lev</person>",
    ],
)
def test_a_person_is_a_name(persons: str) -> None:
    [session] = parse_schedule(xml(PERSON.format(persons)), Answers("Europe/Berlin")).sessions
    assert session.speakers == ("Noa Lev",)


def test_one_session_at_an_offset_of_its_own_is_legitimate() -> None:
    remote = event(guid="g2", date="2026-05-01T10:30:00-05:00", start="10:30")
    schedule = read(conference(event(), event(guid="g3", date="2026-05-01T12:00:00+02:00", start="12:00"), remote))
    assert (schedule.questions, schedule.notes) == ((), ())
    assert {each.source_id: each.start.isoformat() for each in schedule.sessions}["g2"] == "2026-05-01T10:30:00-05:00"


def test_what_stands_twice_word_by_word_is_reported() -> None:
    schedule = read(conference(event(), event()))
    assert len(schedule.sessions) == 1
    assert said(each.why for each in schedule.reported) == ("it stands in the file a second time, word by word.",)


def known(name: str, acronym: str, address: str | None = None, year: int = 2027) -> EventInfo:
    return EventInfo(acronym, name, date(year, 5, 6), date(year, 5, 7), "UTC", address_of(address))


@pytest.mark.parametrize(
    ("new", "old", "shared", "is_same"),
    [
        (
            known("Tide", "2027", "https://a.example/2027/"),
            known("Tide", "2027", "http://www.a.example/2027/schedule"),
            0,
            True,
        ),
        (known("Ridge", "2027", "https://b.example/"), known("Tide", "2027", "https://a.example/"), 0, False),
        (known("Ridge", "2027", "https://b.example/"), known("Tide", "2027", "https://a.example/"), 9, True),
        (known("Ridge", "2027"), known("Tide", "2027"), 1, False),
        (known("Tide", "tide"), known("Tide", "tide", year=2026), 0, False),
        (known("Tide and more", "tide", "https://a.example/"), known("Tide", "tide", "https://a.example/"), 0, True),
    ],
)
def test_which_event_a_file_belongs_to(new: EventInfo, old: EventInfo, shared: int, is_same: bool) -> None:
    choice = choose(new, 10, [KnownEvent(UUID(int=1), old, 10, shared)])
    assert (choice.event is not None) is is_same
    assert (choice.source_id == old.source_id) is is_same


def test_rooms_that_exchange_their_names() -> None:
    rooms = [KnownRoom(UUID(int=number), name, f"r{number}", True) for number, name in enumerate("AB")]
    plan = plan_rooms([RoomInfo("B", source_id="r0"), RoomInfo("A", source_id="r1")], rooms)
    names = {room.id: room.name for room in rooms}
    for id_, name in plan.steps():
        names[id_] = name
        assert len(set(names.values())) == 2
    assert list(names.values()) == ["B", "A"]
