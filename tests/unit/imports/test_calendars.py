"""iCalendar as tools and people write it: folded, repeated, cancelled, in any zone; nothing in it is lost unsaid."""

from datetime import UTC, datetime, timedelta

import pytest

from core.imports.models import Answers, BadSchedule, MissingAnswer, Reported, Schedule, in_english
from core.imports.read import parse_schedule
from core.kernel.phrases import phrase

HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:Tidepool Days 2027\r\nX-WR-TIMEZONE:Asia/Jerusalem\r\n"


def calendar(*events: str, head: str = HEAD) -> bytes:
    bodies = "".join(f"BEGIN:VEVENT\r\n{event.strip()}\r\nEND:VEVENT\r\n" for event in events)
    return f"{head}{bodies}END:VCALENDAR\r\n".replace("\r\n", "\n").replace("\n", "\r\n").encode()


def event(uid: str = "1", start: str = ";TZID=Asia/Jerusalem:20270506T100000", **lines: str) -> str:
    given = {"SUMMARY": "Opening", "DURATION": "PT1H"} | lines
    return "\n".join([f"UID:{uid}", f"DTSTART{start}", *(f"{name}:{value}" for name, value in given.items() if value)])


def told(schedule: Schedule) -> list[tuple[str, str, str, str | None]]:
    """Return title, start and end of each session by UTC, and its room."""
    return [
        (each.title, f"{each.start.astimezone(UTC):%d %H:%M}", f"{each.end.astimezone(UTC):%d %H:%M}", each.room)
        for each in schedule.sessions
    ]


def said(schedule: Schedule) -> list[str]:
    return [in_english(note) for note in schedule.notes]


def test_a_folded_line_an_escaped_comma_a_duration_and_a_room() -> None:
    body = calendar(
        event(
            SUMMARY="Long title that is folded over\n  the line\\, with a comma",
            LOCATION="Hall A",
            CATEGORIES="Tides,X",
        )
    )
    read = parse_schedule(body)
    assert (read.event.name, read.event.time_zone) == ("Tidepool Days 2027", "Asia/Jerusalem")
    assert told(read) == [("Long title that is folded over the line, with a comma", "06 07:00", "06 08:00", "Hall A")]
    assert (read.sessions[0].source_id, read.sessions[0].track, read.notes) == ("1", "Tides", ())


def test_a_day_lasts_from_midnight_to_midnight_and_holds_no_room() -> None:
    whole = event("2", ";VALUE=DATE:20270506", DURATION="", DTEND="20270508", SUMMARY="Exhibition", LOCATION="Foyer")
    read = parse_schedule(calendar(event(), whole))
    assert told(read) == [("Exhibition", "05 21:00", "07 21:00", None), ("Opening", "06 07:00", "06 08:00", None)]
    assert said(read) == ['"Exhibition" (line 11) lasts whole days and holds no room; the file names Foyer.']


@pytest.mark.parametrize(
    ("start", "utc"),
    [
        (";TZID=Asia/Jerusalem:20270506T100000", "06 07:00"),
        (";TZID=Israel Standard Time:20270506T100000", "06 07:00"),
        (":20270506T100000Z", "06 10:00"),
        # Floating: what the clock on the wall says at the place.
        (":20270506T100000", "06 07:00"),
        (";TZID=Europe/Berlin:20270506T100000", "06 08:00"),
        (";TZID=Nowhere/Land:20270506T100000", "06 07:00"),
    ],
)
def test_zones(start: str, utc: str) -> None:
    read = parse_schedule(calendar(event(start=start)))
    assert told(read)[0][1] == utc
    unknown = '"Opening" (line 5): the time zone "Nowhere/Land" is unknown; its times are read as local ones.'
    assert [note for note in said(read) if "unknown" in note] == ([unknown] if "Nowhere" in start else [])


def test_a_session_that_repeats_is_held_by_the_clock_on_the_wall_less_the_days_it_is_not() -> None:
    daily = event(
        "yoga",
        ";TZID=Europe/Berlin:20270327T080000",
        SUMMARY="Yoga",
        RRULE="FREQ=DAILY;UNTIL=20270330T060000Z",
        EXDATE="20270329T060000Z",
    )
    moved = event(
        "yoga", ";TZID=Europe/Berlin:20270330T090000", SUMMARY="Late yoga", **{"RECURRENCE-ID": "20270330T060000Z"}
    )
    read = parse_schedule(calendar(daily, moved))
    # The clocks are put forward on 28 March: eight in the morning is an hour earlier from then on.
    assert [(each.title, f"{each.start.astimezone(UTC):%d %H:%M}", each.source_id) for each in read.sessions] == [
        ("Yoga", "27 07:00", "yoga 20270327T070000Z"),
        ("Yoga", "28 06:00", "yoga 20270328T060000Z"),
        ("Late yoga", "30 07:00", "yoga 20270330T060000Z"),
    ]


def test_a_rule_without_an_end_stops_where_the_calendar_does() -> None:
    read = parse_schedule(calendar(event(RRULE="FREQ=DAILY"), event("2", ":20270508T100000Z", SUMMARY="Closing")))
    assert [each.title for each in read.sessions] == ["Opening", "Opening", "Opening", "Closing"]
    assert said(read) == ['"Opening" (line 5) repeats without an end; it is kept until Sat 8 May.']


def test_a_rule_nobody_understands_leaves_the_first_time() -> None:
    read = parse_schedule(calendar(event(RRULE="FREQ=NEVER")))
    assert told(read) == [("Opening", "06 07:00", "06 08:00", None)]
    assert said(read) == ['"Opening" (line 5): how it repeats cannot be read; its first time is kept.']


def test_what_stands_there_twice_word_by_word_is_read_once_and_reported() -> None:
    read = parse_schedule(calendar(event(), event()))
    assert len(read.sessions) == 1
    assert read.reported == (Reported(phrase("import-line", line="11"), phrase("format-stands-twice"), "Opening"),)


def test_a_calendar_without_a_name_asks_for_one() -> None:
    body = calendar(event(), head="BEGIN:VCALENDAR\r\n")
    with pytest.raises(MissingAnswer) as bad:
        parse_schedule(body)
    assert str(bad.value) == "the file: iCalendar does not name the conference; give its name with --event."
    read = parse_schedule(body, Answers(event="Tidepool"))
    # The zone is the one that its sessions name.
    assert (read.event.name, read.event.time_zone) == ("Tidepool", "Asia/Jerusalem")


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (
            calendar(event())[:120],
            "the file: the calendar ends in the middle of an event; export or download it again.",
        ),
        (b"BEGIN:VCALENDAR\nEND:VCALENDAR\n", "the file: iCalendar does not name the conference"),
        (b"BEGIN:VCALENDAR\nEND:VEVENT\nEND:VCALENDAR\n", "the file: this calendar cannot be read: END encountered"),
    ],
)
def test_a_broken_calendar_is_one_sentence(body: bytes, sentence: str) -> None:
    with pytest.raises(BadSchedule) as bad:
        parse_schedule(body)
    assert str(bad.value).startswith(sentence)


def test_hebrew_in_any_encoding() -> None:
    text = calendar(event(SUMMARY="פתיחה חגיגית", LOCATION="אולם א")).decode()
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1255"):
        read = parse_schedule(text.encode(encoding))
        assert told(read) == [("פתיחה חגיגית", "06 07:00", "06 08:00", "אולם א")], encoding


def test_a_thousand_events_keep_their_lines() -> None:
    first = datetime(2027, 5, 6, 10)
    events = [event(str(n), f":{first + timedelta(minutes=n):%Y%m%dT%H%M%SZ}") for n in range(1_000)]
    assert len(parse_schedule(calendar(*events)).sessions) == 1_000
