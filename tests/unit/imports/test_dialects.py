"""iCalendar in XML and in JSON, and c3voc's second schedule.json: the same sessions as in their better known forms."""

import json
from typing import Any

import pytest
from icalendar import Calendar

from core.imports.models import Answers, BadSchedule, MissingAnswer, Reported, Schedule, in_english
from core.imports.models import line as line_at
from core.imports.read import parse_schedule
from core.kernel.phrases import phrase

XCAL = """<?xml version="1.0" encoding="utf-8"?>
<icalendar xmlns="urn:ietf:params:xml:ns:icalendar-2.0"><vcalendar>
<properties><version><text>2.0</text></version>
<x-wr-calname><unknown>Tidepool Days</unknown></x-wr-calname></properties>
<components>{events}</components></vcalendar></icalendar>"""
TZID = "<parameters><tzid><text>Asia/Jerusalem</text></tzid></parameters>"
PENTABARF = """<?xml version="1.0" encoding="utf-8"?>
<iCalendar xmlns:xCal="urn:ietf:params:xml:ns:xcal" xmlns:pentabarf="http://pentabarf.org"><vcalendar>
<version>2.0</version><prodid>-//Pentabarf//Schedule 1.0//EN</prodid>
<x-wr-caldesc>Tidepool</x-wr-caldesc><x-wr-calname>Schedule for sessions at Tidepool</x-wr-calname>
<vevent><method>PUBLISH</method><uid>17@tide@pentabarf.org</uid><pentabarf:event-id>17</pentabarf:event-id>
<pentabarf:title>Opening</pentabarf:title><pentabarf:start>10:00</pentabarf:start><pentabarf:track>Sea</pentabarf:track>
<dtstart>20270506T100000</dtstart><dtend>20270506T110000</dtend><duration>01:00</duration>
<summary>Opening; with, marks</summary>
<description>First line
second line</description><status>CONFIRMED</status><category>Talk</category><location>Hall A</location>
<attendee>Noa Lev</attendee><attendee>Tom Bar</attendee></vevent></vcalendar></iCalendar>"""


def xcal(*events: str) -> bytes:
    return XCAL.format(
        events="".join(f"\n<vevent><properties>{each}</properties></vevent>" for each in events)
    ).encode()


def event(uid: str, start: str, **texts: str) -> str:
    given = "".join(f"<{name}><text>{text}</text></{name}>" for name, text in ({"summary": "Opening"} | texts).items())
    return f"<uid><text>{uid}</text></uid><dtstart>{start}</dtstart>{given}"


def told(schedule: Schedule) -> list[tuple[str, str, str, str | None, str | None, str | None, bool]]:
    return [
        (each.title, f"{each.start:%d %H:%M%z}", f"{each.end:%d %H:%M}", each.room, each.speaker_name, each.track,
         each.is_cancelled)
        for each in schedule.sessions
    ]  # fmt: skip


def test_a_calendar_in_xml_with_repeats_whole_days_and_what_is_off() -> None:
    weekly = (
        "<duration><duration>PT90M</duration></duration><location><text>Hall A</text></location>"
        "<rrule><recur><freq>DAILY</freq><count>3</count></recur></rrule>"
        f"<exdate>{TZID}<date-time>2027-05-07T10:00:00</date-time></exdate>"
    )
    schedule = parse_schedule(
        xcal(
            event("u1", f"{TZID}<date-time>2027-05-06T10:00:00</date-time>", summary="Knots; and, ropes") + weekly,
            event("u2", "<date>2027-05-06</date>", summary="Expo", categories="Sea"),
            event("u3", "<date-time>2027-05-06T09:00:00Z</date-time>", status="CANCELLED"),
            event("u4", "<date-time>soon</date-time>", summary="Broken"),
        )
    )
    assert schedule.event.name == "Tidepool Days"
    assert told(schedule) == [
        ("Expo", "06 00:00+0300", "07 00:00", None, None, "Sea", False),
        ("Knots; and, ropes", "06 10:00+0300", "06 11:30", "Hall A", None, None, False),
        ("Opening", "06 09:00+0000", "06 09:05", None, None, None, True),
        ("Knots; and, ropes", "08 10:00+0300", "08 11:30", "Hall A", None, None, False),
    ]
    [broken] = schedule.reported
    assert (broken.title, in_english(broken.why)) == ("Broken", '"soon" is no date; write it as 2026-05-01.')
    assert broken.place == phrase("format-field-of", place=line_at(9), name="date")


def test_pentabarfs_calendar_names_who_speaks_and_wants_the_places_time_zone() -> None:
    with pytest.raises(MissingAnswer):
        parse_schedule(PENTABARF.encode())
    schedule = parse_schedule(PENTABARF.encode("utf-16"), Answers(zone="Asia/Jerusalem"))
    assert schedule.event.name == "Tidepool"
    assert told(schedule) == [
        ("Opening; with, marks", "06 10:00+0300", "06 11:00", "Hall A", "Noa Lev, Tom Bar", "Sea", False)
    ]
    assert schedule.sessions[0].description == "First line\nsecond line"


def test_a_calendar_in_json_is_the_same_as_its_text() -> None:
    text = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nX-WR-CALNAME:Tidepool\r\nBEGIN:VEVENT\r\nUID:1\r\n"
        "DTSTART;TZID=Asia/Jerusalem:20270506T100000\r\nDTEND;TZID=Asia/Jerusalem:20270506T110000\r\n"
        "RRULE:FREQ=DAILY;COUNT=2\r\nSUMMARY:Opening\r\nLOCATION:Hall A\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    data: Any = Calendar.from_ical(text).to_jcal()
    assert parse_schedule(json.dumps(data).encode()) == parse_schedule(text.encode())
    # One bad entry stops no other.
    data[2] += [["vevent", [["uid"]], []], "nothing"]
    read = parse_schedule(json.dumps([data]).encode())
    assert len(read.sessions) == 2
    assert [each.place for each in read.reported] == ["vcalendar[0][2][1]", "vcalendar[0][2][2]"]
    with pytest.raises(BadSchedule):
        parse_schedule(b'["vcalendar", 1]')


V2: dict[str, Any] = {
    "version": "1",
    "base_url": "https://tidepool.example/",
    "conference": {
        "acronym": "tide27",
        "title": "Tidepool",
        "start": "2027-05-06T09:00:00+03:00",
        "end": "2027-05-07T18:00:00+03:00",
        "time_zone_name": "Asia/Jerusalem",
        "tracks": [{"name": "Sea", "slug": "sea"}],
        "rooms": [{"name": "Hall A", "guid": "r1", "slug": "hall-a", "capacity": 100}],
        "days": [{"index": 1, "date": "2027-05-06", "start": "2027-05-06T09:00:00+03:00"}],
    },
    "events": [
        {
            "guid": "g1",
            "start": "2027-05-06T10:00:00+03:00",
            "end": "2027-05-06T11:00:00+03:00",
            "room": {"guid": "r1"},
            "slug": "opening",
            "title": "Opening",
            "subtitle": None,
            "track": {"slug": "sea"},
            "participants": [{"name": "Noa Lev", "role": "speaker"}, {"guid": "nobody"}],
            "abstract": {"he": None, "de": "Hallo"},
        },
        None,
        {"guid": "g2", "title": "Bad", "start": "soon"},
        {"guid": "g3", "title": "Two", "start": "2027-05-07T00:30:00+03:00", "duration": "00:30",
         "room": {"name": "Tent", "guid": "r9"}, "track": "Air"},
    ],
}  # fmt: skip


def test_c3vocs_second_schedule_names_rooms_and_tracks_by_reference() -> None:
    schedule = parse_schedule(json.dumps({"schedule": V2}).encode())
    assert (schedule.event.source_id, schedule.event.name, schedule.event.address) == (
        "tide27",
        "Tidepool",
        "tidepool.example",
    )
    assert [(each.name, each.capacity, each.source_id) for each in schedule.rooms] == [
        ("Hall A", 100, "r1"),
        ("Tent", None, None),
    ]
    assert told(schedule) == [
        ("Opening", "06 10:00+0300", "06 11:00", "Hall A", "Noa Lev", "Sea", False),
        ("Two", "07 00:30+0300", "07 01:00", "Tent", None, "Air", False),
    ]
    assert schedule.sessions[0].description == "Hallo"
    assert schedule.reported == (
        Reported("schedule.events[1]", phrase("import-blank")),
        Reported(
            phrase("format-field-of", place="schedule.events[2]", name="date"),
            phrase("import-no-date", text="soon"),
            "Bad",
        ),
    )


def test_sessions_in_two_places_are_refused() -> None:
    both = {**V2, "conference": {**V2["conference"], "days": [{"date": "2027-05-06", "rooms": {"A": []}}]}}
    with pytest.raises(BadSchedule) as refused:
        parse_schedule(json.dumps({"schedule": both}).encode())
    assert refused.value.wrong == phrase("format-events-twice")


@pytest.mark.parametrize(
    ("day", "clock", "taken", "said"),
    [
        ("2027-03-26", "02:30", "03:30+0300", "put forward and never show 2027-03-26 02:30; 03:30 is taken."),
        ("2027-10-31", "01:30", "01:30+0300", "put back and show 2027-10-31 01:30 twice; the first is taken."),
    ],
)  # fmt: skip
def test_an_hour_that_does_not_exist_or_exists_twice_is_said_in_every_format(
    day: str, clock: str, taken: str, said: str
) -> None:
    moment, zone = f"{day}T{clock}:00", Answers(zone="Asia/Jerusalem", event="X")
    frab = {
        "title": "X",
        "days": [{"date": day, "rooms": {"A": [{"id": 1, "title": "T", "date": moment, "duration": "01:00"}]}}],
    }
    session = {"id": "1", "title": "T", "startsAt": moment, "endsAt": f"{day}T09:00:00", "speakers": [], "roomId": None}
    basic = moment.replace("-", "").replace(":", "")
    files = [
        json.dumps({"schedule": {"conference": frab}}),
        json.dumps({"sessions": [session], "speakers": [], "rooms": []}),
        f"Title,Date,Start,End\nT,{day},{clock},09:00\n",
        f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nSUMMARY:T\nDTSTART;TZID=Asia/Jerusalem:{basic}\nDURATION:PT1H\nEND:VEVENT\nEND:VCALENDAR\n",
        f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nSUMMARY:T\nDTSTART:{basic}\nDURATION:PT1H\nEND:VEVENT\nEND:VCALENDAR\n",
        xcal(event("1", f"{TZID}<date-time>{moment}</date-time>", summary="T")
             + "<duration><duration>PT1H</duration></duration>").decode(),
    ]  # fmt: skip
    for file in files:
        schedule = parse_schedule(file.encode(), zone)
        assert [f"{each.start:%H:%M%z}" for each in schedule.sessions] == [taken], file
        [note] = [note for note in map(in_english, schedule.notes) if "clocks" in note]
        assert note.endswith(said), file
    # An offset leaves nothing open.
    sure = parse_schedule(
        json.dumps({"sessions": [session | {"startsAt": f"{moment}+02:00"}], "speakers": [], "rooms": []}).encode(),
        zone,
    )
    assert not [note for note in map(in_english, sure.notes) if "clocks" in note]
