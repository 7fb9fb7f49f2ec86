"""Files that would take all memory or all time: each is refused with one sentence, and the program lives on."""

import io
import json
import zipfile
from datetime import datetime

import pytest

from core.imports.calendars.recurrence import Repeats, occurrences
from core.imports.models import THE_FILE, Answers, BadSchedule
from core.imports.read import LARGEST, parse_schedule
from core.imports.tables import workbook
from core.kernel.phrases import Phrase, phrase

HERE = Answers(zone="Asia/Jerusalem", event="Tidepool")
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}content-types"/>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}relationships"><Relationship Id="r1" '
    f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="A" sheetId="1" r:id="r1"/>'
    "</sheets></workbook>",
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}relationships"><Relationship Id="r1" '
    f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


def book(*rows: tuple[int, dict[str, str]]) -> bytes:
    """Return a workbook with these cells, by row and column."""
    cells = "".join(
        f'<row r="{row}">'
        + "".join(f'<c r="{column}{row}" t="inlineStr"><is><t>{text}</t></is></c>' for column, text in texts.items())
        + "</row>"
        for row, texts in rows
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in PARTS.items():
            archive.writestr(name, content)
        archive.writestr(
            "xl/worksheets/sheet1.xml", f'<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>'
        )
    return file.getvalue()


def refused(body: bytes) -> Phrase:
    with pytest.raises(BadSchedule) as bad:
        parse_schedule(body, HERE)
    assert bad.value.place == THE_FILE
    return bad.value.wrong


def test_a_small_workbook_is_read_and_a_formula_is_a_text() -> None:
    head = {"A": "Title", "B": "Date", "C": "Start", "D": "Speaker"}
    row = {"A": "=cmd|' /C calc'!A0", "B": "2027-05-06", "C": "10:00", "D": "@SUM(1)"}
    schedule = parse_schedule(book((1, head), (2, row)), HERE)
    assert [(each.title, each.speakers) for each in schedule.sessions] == [("=cmd|' /C calc'!A0", ("@SUM(1)",))]


@pytest.mark.parametrize("row", [90_000, 1_048_576])
def test_a_workbook_that_claims_a_billion_cells_ends_its_own_process_alone(row: int) -> None:
    body = book((1, {"A": "Title"}), (row, {"XFD": "far away"}))
    assert len(body) < 3_000
    assert refused(body) == phrase("format-workbook-too-heavy")


def test_a_wide_workbook_that_fits_into_memory_is_refused_too() -> None:
    assert workbook.read(book((1, {"A": "Title"}), (1000, {"XFD": "x"})), 100_000) == {"wrong": "heavy"}
    assert workbook.read(book((1, {"A": "Title"}), (1000, {"C": "x"})), 900) == {"wrong": "rows"}
    assert workbook.read(b"PK\x03\x04", 1) == {"wrong": "damaged"}


def test_a_million_rows_or_sessions_are_refused() -> None:
    assert refused(b"Title,Date,Start\n" + b"A,2027-05-06,10:00\n" * 200_000) == phrase(
        "format-too-many-rows", most=100_000
    )
    too_many = phrase("import-too-many-sessions", most=20_000)
    event = {"id": 1, "title": "T", "start": "10:00", "duration": "00:10"}
    conference = {"title": "X", "days": [{"date": "2027-05-06", "rooms": {"A": [event] * 20_001}}]}
    assert refused(json.dumps({"schedule": {"conference": conference}}).encode()) == too_many
    lines = "UID:{}\nSUMMARY:T\nDTSTART:20270506T100000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=900"
    events = "".join(f"BEGIN:VEVENT\n{lines.format(number)}\nEND:VEVENT\n" for number in range(200))
    assert refused(f"BEGIN:VCALENDAR\n{events}END:VCALENDAR\n".encode()) == too_many
    assert LARGEST == 50_000_000


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30;COUNT=1",
        "FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30;COUNT=1",
        "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30;COUNT=1",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;UNTIL=99991231",
        f"FREQ=DAILY;BYHOUR={','.join(map(str, range(24)))};BYMINUTE={','.join(map(str, range(60)))};BYSETPOS=-1",
    ],
)
def test_a_rule_that_never_comes_true_keeps_the_first_time_and_nobody_waiting(rule: str) -> None:
    lines = f"UID:1\nSUMMARY:T\nDTSTART:20270506T100000\nDURATION:PT1H\nRRULE:{rule}"
    schedule = parse_schedule(f"BEGIN:VCALENDAR\nBEGIN:VEVENT\n{lines}\nEND:VEVENT\nEND:VCALENDAR\n".encode(), HERE)
    assert [f"{each.start:%d %H:%M}" for each in schedule.sessions] == ["06 10:00"]


def test_a_counted_rule_happens_as_often_as_it_says() -> None:
    start = datetime(2027, 5, 6, 10)
    found = occurrences(start, Repeats((("FREQ=WEEKLY;COUNT=3;BYDAY=TH", None),)), start.date())
    assert [f"{each:%d.%m}" for each in found.starts] == ["06.05", "13.05", "20.05"]
    assert len(occurrences(start, Repeats((("FREQ=DAILY;COUNT=5000", None),)), start.date()).starts) == 1000
