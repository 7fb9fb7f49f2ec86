"""The JSON of Sessionize and Indico: every session of it is in the agenda or reported."""

import json
from typing import Any

import pytest

from core.imports.models import Answers, BadSchedule, MissingAnswer, Reported, Schedule, in_english
from core.imports.read import parse_schedule
from core.kernel.phrases import phrase

HERE = Answers(zone="Asia/Jerusalem", event="Tidepool")


def read(data: object, answers: Answers = HERE) -> Schedule:
    return parse_schedule(json.dumps(data).encode(), answers)


def told(schedule: Schedule) -> list[tuple[str, str, str, str | None, str | None, str | None]]:
    return [
        (each.title, f"{each.start:%d %H:%M%z}", f"{each.end:%H:%M}", each.room, each.speaker_name, each.track)
        for each in schedule.sessions
    ]


def session(id_: object, title: str, start: str | None, end: str | None, **more: object) -> dict[str, Any]:
    return {"id": id_, "title": title, "startsAt": start, "endsAt": end, "speakers": [], "roomId": None, **more}


OPENING = session("101", "Opening", "2027-05-06T09:00:00", "2027-05-06T09:30:00", speakers=["u1"], roomId=7)
ALL: dict[str, Any] = {
    "sessions": [
        OPENING | {"categoryItems": [31]},
        session("5b1f", "Lunch", "2027-05-06T12:00:00", "2027-05-06T13:00:00", isServiceSession=True, roomId=7),
        session("102", "Not Yet Placed", None, None, speakers=["u1"]),
    ],
    "speakers": [{"id": "u1", "firstName": "Noa", "lastName": "Lev", "fullName": "Noa Lev"}],
    "questions": [],
    "categories": [
        {"id": 1, "title": "Level", "items": [{"id": 30, "name": "Easy"}]},
        {"id": 2, "title": "Track", "items": [{"id": 31, "name": "Tides"}]},
    ],
    "rooms": [{"id": 7, "name": "Hall A", "sort": 0}, {"id": 8, "name": "Hall B", "sort": 1}],
}
UNPLACED = (Reported("sessions[2]", phrase("format-not-placed"), "Not Yet Placed"),)


def test_sessionize_all_is_read_in_the_places_own_time() -> None:
    schedule = read(ALL)
    assert told(schedule) == [
        ("Opening", "06 09:00+0300", "09:30", "Hall A", "Noa Lev", "Tides"),
        ("Lunch", "06 12:00+0300", "13:00", "Hall A", None, None),
    ]
    assert [room.name for room in schedule.rooms] == ["Hall A", "Hall B"]
    assert schedule.reported == UNPLACED
    assert [each.source_id for each in schedule.sessions] == ["101", "5b1f"]


def test_sessionize_grid_lists_a_plenary_under_every_room_and_it_is_one_session() -> None:
    named = {"speakers": [{"id": "u1", "name": "Noa Lev"}], "room": "Hall A", "roomId": 7}
    rooms = [
        {"id": 7, "name": "Hall A", "sessions": [OPENING | named]},
        {"id": 8, "name": "Hall B", "sessions": [OPENING | named]},
    ]
    grid = [{"date": "2027-05-06T00:00:00", "rooms": rooms, "timeSlots": []}]
    assert told(read(grid)) == [("Opening", "06 09:00+0300", "09:30", "Hall A", "Noa Lev", None)]


def test_sessionize_sessions_by_group() -> None:
    track = {"id": 2, "name": "Track", "categoryItems": [{"id": 31, "name": "Tides"}]}
    given = OPENING | {"speakers": [{"id": "u1", "name": "Noa Lev"}], "room": "Hall A", "categories": [track]}
    groups = [{"groupId": None, "groupName": "All", "sessions": [given]}]
    assert told(read(groups)) == [("Opening", "06 09:00+0300", "09:30", "Hall A", "Noa Lev", "Tides")]


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        (Answers(event="T"), "Sessionize writes the place's own times and names no time zone; give one with --zone."),
        (Answers(zone="Asia/Jerusalem"), "Sessionize does not name the conference; give its name with --event."),
    ],
)
def test_what_sessionize_does_not_say_is_asked(answers: Answers, sentence: str) -> None:
    with pytest.raises(MissingAnswer) as bad:
        read(ALL, answers)
    assert str(bad.value) == f"the file: {sentence}"


def test_sessionize_with_nothing_placed() -> None:
    with pytest.raises(BadSchedule, match="no session has a time yet"):
        read(ALL | {"sessions": ALL["sessions"][2:]})


def moment(time: str, tz: str = "Asia/Jerusalem") -> dict[str, str]:
    return {"date": "2027-05-06", "time": f"{time}:00", "tz": tz}


def entry(kind: str, title: str, start: str, end: str, **more: object) -> dict[str, Any]:
    return {"entryType": kind, "title": title, "startDate": moment(start), "endDate": moment(end), **more}


def timetable(**entries: object) -> dict[str, Any]:
    return {"count": 1, "additionalInfo": {}, "_type": "HTTPAPIResult", "results": {"77": {"20270506": entries}}}


def test_indico_blocks_are_tracks_and_posters_hang_in_one_session() -> None:
    people = [{"name": "Lev, Noa", "firstName": "Noa", "familyName": "Lev"}, {"name": "Bar, Tom"}]
    talk = entry("Contribution", "Beams", "09:00", "09:30", id="c1", room="Main", presenters=people)
    posters = {
        "c8": entry("Contribution", "First", "11:00", "12:00"),
        "c9": entry("Contribution", "Second", "11:00", "12:00"),
    }
    schedule = read(
        timetable(
            s1=entry("Session", "Optics", "09:00", "10:30", id="s1", room="Main", entries={"c1": talk}),
            s2=entry("Session", "Poster hour", "11:00", "12:00", id="s2", room="Foyer", isPoster=True, entries=posters),
            b1=entry("Break", "Coffee", "10:30", "11:00", id="b1", room=""),
        ),
        Answers(event="Beam Days"),
    )
    assert told(schedule) == [
        ("Beams", "06 09:00+0300", "09:30", "Main", "Noa Lev, Tom Bar", "Optics"),
        ("Coffee", "06 10:30+0300", "11:00", None, None, None),
        ("Poster hour", "06 11:00+0300", "12:00", "Foyer", None, None),
    ]
    assert schedule.sessions[2].description == "First\nSecond"
    assert (schedule.event.source_id, schedule.event.time_zone) == ("indico-77", "Asia/Jerusalem")
    assert [in_english(note) for note in schedule.notes] == [
        "One block of Indico is kept as the track of the contributions in it.",
        "2 posters are kept in the texts of the poster sessions that show them.",
    ]


def test_indicos_other_exports_are_named() -> None:
    with pytest.raises(BadSchedule, match="this is Indico's list of events; export the timetable"):
        read({"count": 1, "additionalInfo": {}, "_type": "HTTPAPIResult", "results": [{"title": "Beam"}]})
