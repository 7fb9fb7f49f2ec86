"""Agendas in tables, as tools export them and people write them: each row is a session or reported with its number."""

import io
from datetime import date, datetime, time, timedelta

import pytest
from openpyxl import Workbook

from core.imports.models import Answers, BadSchedule, MissingAnswer, Schedule, at_place, in_english
from core.imports.read import parse_schedule

HERE = Answers(zone="Asia/Jerusalem", event="Tidepool")
OPENING = ("Opening", "2027-05-06 10:00", "11:00", "Hall A", "Noa Lev")


def read(text: str, answers: Answers = HERE) -> Schedule:
    return parse_schedule(text.encode(), answers)


def told(schedule: Schedule) -> list[tuple[str, str, str, str | None, str | None]]:
    return [
        (each.title, f"{each.start:%Y-%m-%d %H:%M}", f"{each.end:%H:%M}", each.room, each.speaker_name)
        for each in schedule.sessions
    ]


def reported(schedule: Schedule) -> list[str]:
    return [in_english(at_place(each.place, each.why)) for each in schedule.reported]


def notes(schedule: Schedule) -> list[str]:
    return [in_english(note) for note in schedule.notes]


def workbook(*sheets: tuple[str, list[list[object]]], merge: str | None = None) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        if merge:
            sheet.merge_cells(merge)
    body = io.BytesIO()
    book.save(body)
    return body.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        # Google Sheets.
        "Title,Date,Start,End,Room,Speakers\nOpening,2027-05-06,10:00,11:00,Hall A,Noa Lev\n",
        # Sched.
        "event_key,name,active,event_start,event_end,event_type,description,seats,speakers,venue\n"
        "k1,Opening,Y,2027-05-06 10:00,2027-05-06 11:00,Talk,Words,100,Noa Lev,Hall A\n",
        # Whova, with tabs.
        "*Date (MM/DD/YYYY)\t*Time Start (HH:MM AM/PM)\t*Time End (HH:MM AM/PM)\tTracks (Optional)\t*Session Title\t"
        "Room/Location (Optional)\tSpeakers (Optional)\n05/06/2027\t10:00 AM\t11:00 AM\tA\tOpening\tHall A\tNoa Lev\n",
        # Cvent.
        '"Session Name","Session Code","Start Date","Start Time","End Date","End Time","Location","Speaker(s)"\n'
        '"Opening","K1","May 6, 2027","10:00 AM","May 6, 2027","11:00 AM","Hall A","Noa Lev"\n',
        # Sessionize's table.
        "Session Id,Title,Description,Room,Scheduled At,Scheduled Duration,Status,Speakers\n"
        "12,Opening,,Hall A,06 May 2027 10:00 AM,60,Accepted,Noa Lev\n",
        # pretalx.
        "ID,Proposal title,Session type,Track,State,Start,End,Room,Speaker names\n"
        "QX7,Opening,Talk,Tides,confirmed,2027-05-06T10:00:00+03:00,2027-05-06T11:00:00+03:00,Hall A,Noa Lev\n",
        # A heading for each day, both times in one cell.
        'Tidepool 2027,,,\n"Thursday, May 6, 2027",,,\nTime,What,Where,Speaker\n10:00 - 11:00,Opening,Hall A,Noa Lev\n',
        # A length in place of an end; as Excel in Israel and Germany saves it.
        "sep=;\nTitle;Date;Start;Duration;Room;Speaker\nOpening;6.5.2027;10:00;1h;Hall A;Noa Lev\n",
    ],
)
def test_the_same_session_as_each_tool_writes_it(text: str) -> None:
    schedule = read(text)
    assert (told(schedule), reported(schedule)) == ([OPENING], [])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1255"])
def test_hebrew_columns_in_any_encoding(encoding: str) -> None:
    header = "כותרת,תאריך,שעת התחלה,שעת סיום,אולם,דוברים,מסלול,קיבולת"
    text = f"{header}\nפתיחה,6 במאי 2027,10:00,11:00,אולם א,נועה לב,גאות,120\n"
    schedule = parse_schedule(text.encode(encoding), HERE)
    assert told(schedule) == [("פתיחה", "2027-05-06 10:00", "11:00", "אולם א", "נועה לב")]
    assert (schedule.sessions[0].track, schedule.sessions[0].max_capacity) == ("גאות", 120)


def test_accents_of_a_western_file_stay() -> None:
    text = "Title,Date,Start,End,Room\nCafé société,2027-05-06,10:00,11:00,Große Halle\n"
    assert told(parse_schedule(text.encode("cp1252"), HERE)) == [
        ("Café société", "2027-05-06 10:00", "11:00", "Große Halle", None)
    ]


def test_a_workbook_with_dates_clocks_and_lengths_of_its_own() -> None:
    rows: list[list[object]] = [
        ["Title", "Date", "Start", "End", "Room", "Speaker 1", "Speaker 2"],
        ["Opening", date(2027, 5, 6), time(10), time(11), "Hall A", "Noa Lev", "Tom Bar"],
        ["Panel", None, time(23, 30), time(0, 30), "Hall A", None, None],
        ["Closing", datetime(2027, 5, 7), datetime(2027, 5, 7, 17), datetime(2027, 5, 7, 18), "Hall B", None, None],
    ]
    schedule = parse_schedule(workbook(("Agenda", rows)), HERE)
    assert told(schedule) == [
        ("Opening", "2027-05-06 10:00", "11:00", "Hall A", "Noa Lev, Tom Bar"),
        ("Panel", "2027-05-06 23:30", "00:30", "Hall A", None),
        ("Closing", "2027-05-07 17:00", "18:00", "Hall B", None),
    ]
    lengths: list[list[object]] = [
        ["Title", "Start", "Duration"],
        ["A", datetime(2027, 5, 6, 9), timedelta(minutes=45)],
    ]
    assert told(parse_schedule(workbook(("Agenda", lengths)), HERE)) == [("A", "2027-05-06 09:00", "09:45", None, None)]


def test_a_sheet_for_each_day_merged_cells_and_a_sheet_of_something_else() -> None:
    day: list[list[object]] = [
        ["Room", "Title", "Start", "End"],
        ["Hall A", "One", "9:00", "10:00"],
        [None, "Two", "10:00", "11:00"],
    ]
    other: list[list[object]] = [["Budget"], [12]]
    body = workbook(("2027-05-06", day), ("7 May 2027", day), ("Money", other), merge="A2:A3")
    schedule = parse_schedule(body, HERE)
    assert told(schedule) == [
        ("One", "2027-05-06 09:00", "10:00", "Hall A", None),
        ("Two", "2027-05-06 10:00", "11:00", "Hall A", None),
        ("One", "2027-05-07 09:00", "10:00", "Hall A", None),
        ("Two", "2027-05-07 10:00", "11:00", "Hall A", None),
    ]
    assert 'The sheet "Money" holds no agenda and is not read.' in notes(schedule)


def test_every_row_is_a_session_or_reported_with_its_number() -> None:
    schedule = read(
        "Title,Date,Start,End,Status\n"
        '"Two\nlines",2027-05-06,10:00,11:00,\n'
        ",2027-05-06,12:00,13:00,\n"
        "No such day,2027-13-45,9:00,10:00,\n"
        "No clock,2027-05-06,early,10:00,\n"
        "No time,,,,\n"
        "Refused,2027-05-06,14:00,15:00,rejected\n"
        "Last,2027-05-06,16:00,17:00,accepted\n"
    )
    assert [each.title for each in schedule.sessions] == ["Two lines", "Last"]
    assert reported(schedule) == [
        "row 4: the session has no title.",
        'row 5: "2027-13-45" is no date that exists.',
        'row 6: "early" is no time of day; write it as 10:00.',
        "row 7: it has no time yet.",
        'row 8: its status is "rejected".',
    ]
    assert schedule.entries == 7


@pytest.mark.parametrize(
    ("dates", "first"),
    [
        (["13/6/2027", "12/6/2027"], date(2027, 6, 12)),
        (["6/13/2027", "6/12/2027"], date(2027, 6, 12)),
        # Three days in a row one way, three months the other.
        (["5/6/2027", "5/7/2027", "5/8/2027"], date(2027, 5, 6)),
        (["6/5/2027", "7/5/2027", "2027-05-08"], date(2027, 5, 6)),
        (["6.5.2027"], date(2027, 5, 6)),
        (["6.5.27"], date(2027, 5, 6)),
    ],
)
def test_what_comes_first_follows_from_all_dates(dates: list[str], first: date) -> None:
    schedule = read("Title,Date,Start,End\n" + "".join(f"T{n},{day},10:00,11:00\n" for n, day in enumerate(dates)))
    assert (schedule.event.starts_on, reported(schedule)) == (first, [])


def test_a_date_that_can_be_read_in_two_ways_is_asked() -> None:
    text = "Title,Date,Start,End\nA,5/6/2027,10:00,11:00\n"
    with pytest.raises(MissingAnswer) as bad:
        read(text)
    asked = 'the file: "5/6/2027" can be read in two ways; say with --dates day or --dates month what comes first.'
    assert str(bad.value) == asked
    for order, day in (("day", date(2027, 6, 5)), ("month", date(2027, 5, 6))):
        answers = Answers(zone="Asia/Jerusalem", event="T", dates=order)  # pyright: ignore[reportArgumentType] both are orders
        assert read(text, answers).event.starts_on == day


def test_columns_that_nobody_knows_are_asked_and_can_be_said() -> None:
    text = "Vortrag,Wann,Wo\nA,2027-05-06 10:00,Saal 1\n"
    named = {"title": "vortrag", "start": "Wann", "room": "WO"}
    schedule = read(text, Answers(zone="Europe/Berlin", event="T", columns=named))
    assert told(schedule) == [("A", "2027-05-06 10:00", "10:05", "Saal 1", None)]
    for given, sentence in (
        ({"title": "Vortrag"}, "no column is known as start; the columns are Vortrag, Wann, Wo. Say which it is with"),
        ({"tilte": "Vortrag", "start": "Wann"}, 'there is no "tilte" to map to; there are id, title, date'),
        ({"title": "Talk", "start": "Wann"}, 'no column is called "Talk"; the columns are Vortrag, Wann, Wo.'),
    ):
        with pytest.raises(BadSchedule) as bad:
            read(text, Answers(zone="Europe/Berlin", event="T", columns=given))
        assert sentence in str(bad.value)


def test_rows_keep_their_identity_when_they_move() -> None:
    before = read("Title,Speakers,Date,Start,End\nA,Noa,2027-05-06,10:00,11:00\nB,Tom,2027-05-06,12:00,13:00\n")
    after = read("Title,Speakers,Date,Start,End\nB,Tom,2027-05-06,09:00,10:00\nA,Noa,2027-05-06,15:00,16:00\n")
    assert {each.title: each.source_id for each in before.sessions} == {
        each.title: each.source_id for each in after.sessions
    }


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"just some words\nand more of them\n", "the file: this is neither a schedule nor a table"),
        (b"PK\x03\x04 is no archive", "the file: this spreadsheet is damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 is no book", "the file: this spreadsheet is damaged"),
        (bytes(range(128, 256)) * 40, "the file: this is n"),
        (workbook(("Empty", [])), "the file: this is neither a schedule nor a table"),
    ],
)
def test_a_file_that_is_no_table_is_one_sentence(body: bytes, sentence: str) -> None:
    with pytest.raises(BadSchedule) as bad:
        parse_schedule(body, HERE)
    assert str(bad.value).startswith(sentence)


def test_five_thousand_rows() -> None:
    rows = "".join(f"T{n},2027-05-{6 + n % 5:02},{9 + n % 9}:00,{10 + n % 9}:00,Hall {n % 40}\n" for n in range(5_000))
    assert len(read(f"Title,Date,Start,End,Room\n{rows}").sessions) == 5_000
