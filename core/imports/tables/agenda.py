"""An agenda as a table: each row a session, or reported with its number, however dates and lengths are written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from core.imports.entry import Slot, read_conference
from core.imports.models import THE_FILE, Answers, BadSchedule, DayOrder, MissingAnswer, Place, Reported, Schedule
from core.imports.record import Record, conference_of
from core.imports.tables.columns import Table, check_given, demand, named, rating, tables_of
from core.imports.tables.moments import clocks_in, date_in, is_open, length_in, moment_in, order_of
from core.imports.tables.sheets import Cell, Row, is_spreadsheet, read_sheets
from core.kernel.phrases import Phrase, phrase

NAMES = named("""
id: session id, id, event key, session code, code, guid, uid, proposal id, session key, מזהה, קוד
title: session title, title, session name, proposal title, talk title, name, session, event name, talk, topic,
    presentation title, activity, subject, event title, summary, what, כותרת, שם המפגש, שם ההרצאה, כותרת
    המפגש, כותרת ההרצאה, מפגש, הרצאה, שם, נושא, פעילות, תוכן
date: date, session date, start date, day, event date, תאריך, תאריך התחלה, יום
start: start, start time, time start, starts at, scheduled at, event start, session start, begin, begins,
    from, starts, start date time, session start date time, session start time, start datetime, time, hours,
    when, התחלה, שעת התחלה, זמן התחלה, משעה, שעה, שעות, זמן, מ שעה, תחילה, מועד
end_date: end date, תאריך סיום
end: end, end time, time end, ends at, event end, session end, finish, to, until, ends, end date time, session
    end date time, session end time, end datetime, סיום, שעת סיום, זמן סיום, עד, עד שעה, סוף
duration: duration, scheduled duration, length, duration minutes, length minutes, minutes, mins, duration min,
    משך, אורך, משך בדקות, דקות, זמן בדקות
room: room, room name, venue, location, room location, hall, stage, place, where, session location, חדר, אולם,
    מיקום, מקום, במה
speakers: speakers, speaker, speaker names, speaker name, speaker full name, presenters, presenter, host,
    hosts, lecturer, lecturers, panelists, by, דוברים, דובר, דוברת, מרצה, מרצים, מציגים, מנחה, שם המרצה, שם
    הדובר, דוברות
track: track, tracks, event type, category, stream, session type, type, מסלול, קטגוריה, סוג, ערוץ
description: description, abstract, session description, details, summary text, תיאור, תקציר, פירוט, פרטים
capacity: capacity, seats, max capacity, maximum capacity, max attendees, קיבולת, מקומות, מספר מקומות, תכולה
language: language, session language, שפה
status: status, state, session status, active, סטטוס, מצב
zone: time zone, timezone, tz, אזור זמן
""")
"""Of Sched, Whova, Cvent, Sessionize, pretalx, and of sheets that people write themselves."""
SEVERAL = frozenset({"speakers"})
RATING = rating(NAMES, SEVERAL)
_SEPARATORS = (re.compile(r"[;|\n]"), re.compile(r"[,،]|\s&\s"))
_CANCELLED = frozenset("cancelled canceled withdrawn בוטל מבוטל בוטלה מבוטלת".split())
_NOT_HELD = frozenset("rejected declined deleted draft n no false inactive waitlisted נדחה נדחתה טיוטה לא".split())
_MIDNIGHT = time()


def read_agenda(body: bytes, answers: Answers) -> Schedule:
    """Read the agenda in a text or a spreadsheet. Raises ``BadSchedule`` with one sentence."""
    sheets = read_sheets(body, RATING)
    tables = tables_of(sheets, NAMES, answers.columns, SEVERAL)
    if not tables:
        raise BadSchedule(THE_FILE, phrase("format-no-agenda"))
    check_given(answers.columns, NAMES, tables)
    agendas = demand(demand(tables, ("title",), "title"), ("start", "date"), "start")
    notes = [
        phrase("format-sheet-unread", sheet=sheet.name)
        for sheet in sheets
        if sheet.rows and all(table.sheet != sheet.name for table in agendas)
    ]
    reading = _Reading(_order(agendas, answers, notes), len(agendas) > 1)
    slots = [slot for table in agendas for slot in reading.slots(table)]
    if not slots and reading.reported:
        first = reading.reported[0]
        raise BadSchedule(first.place, first.why)
    zone = answers.zone or next(
        filter(None, (table.text(row, "zone") for table in agendas for row in table.rows)), None
    )
    conference = conference_of(None, zone, answers, "Excel" if is_spreadsheet(body) else "CSV")
    read = read_conference(conference, slots, (), answers)
    return replace(read, notes=(*read.notes, *notes), reported=(*read.reported, *reading.reported))


def _order(tables: list[Table], answers: Answers, notes: list[Phrase]) -> DayOrder | None:
    """Return whether the day or the month comes first. Raises ``MissingAnswer`` where nobody can know."""
    if answers.dates:
        return answers.dates
    names = " ".join(str(cell) for table in tables for cell in table.header)
    texts = [
        str(cell)
        for table in tables
        for row in table.rows
        for name in ("date", "start", "end", "end_date")
        for cell in table.cells(row, name)
        if isinstance(cell, str)
    ]
    days = [
        cell for table in tables for row in table.rows for cell in table.cells(row, "date") if isinstance(cell, date)
    ]
    order, open_ = order_of(texts, names, days), [text for text in texts if is_open(text)]
    if open_ and order is None:
        raise MissingAnswer(THE_FILE, phrase("format-day-or-month", text=open_[0]))
    if open_:
        notes.append(phrase(f"format-{order}-first", text=open_[0]))
    return order


@dataclass(slots=True)
class _Reading:
    order: DayOrder | None
    several_sheets: bool
    reported: list[Reported] = field(default_factory=list[Reported])
    day: date | None = None
    """The date that stands above: of the sheet, of a heading, or of the row before."""

    def slots(self, table: Table) -> Iterator[Slot]:
        """Yield the sessions of a sheet; what is none is reported."""
        above = [date for row in table.above for cell in row.cells if (date := self._date(cell))]
        self.day = self._date(table.sheet) or next(iter(above), None)
        for row in table.rows:
            place = self._place(table, row)
            try:
                slot = self._slot(table, row, place)
            except BadSchedule as bad:
                self.reported.append(Reported(bad.place, bad.wrong, table.text(row, "title")))
                continue
            if slot is not None:
                yield slot

    def _place(self, table: Table, row: Row) -> Place:
        if self.several_sheets:
            return phrase("format-row-of", sheet=table.sheet, row=str(row.number))
        return phrase("format-row", row=str(row.number))

    def _slot(self, table: Table, row: Row, place: Place) -> Slot | None:
        filled = [cell for cell in row.cells if str(cell).strip()]
        if len(filled) == 1 and (heading := self._date(filled[0])):
            self.day = heading
            return None
        status = (table.text(row, "status") or "").casefold()
        if status in _NOT_HELD:
            raise BadSchedule(place, phrase("format-not-held", status=status))
        if not table.text(row, "title"):
            raise BadSchedule(place, phrase("import-session-no-title"))
        start, end = self._times(table, row, place)
        texts = {name: table.text(row, name) for name in ("title", "description", "track", "language")}
        seats = table.text(row, "capacity")
        record = Record(
            {
                **texts,
                "guid": table.text(row, "id"),
                "date": start.isoformat(),
                "end": None if end is None else end.isoformat(),
                "duration": "00:00" if end is None else None,
                "max_capacity": seats,
                "status": "cancelled" if status in _CANCELLED else None,
            },
            place,
            tuple(name for cell in table.cells(row, "speakers") for name in names_in(str(cell))),
        )
        return Slot(record, table.text(row, "room") or "")

    def _times(self, table: Table, row: Row, place: Place) -> tuple[datetime, datetime | None]:
        """Return when a row's session starts and ends, local where no offset is said."""
        began, ended = table.cell(row, "start"), table.cell(row, "end")
        start = _moment(began)
        day = self._day_of(table, row, place)
        clocks = _clocks(began) or _clocks(table.cell(row, "date"))
        if start is None:
            if day is None:
                raise BadSchedule(place, phrase("format-row-no-date" if began is not None else "format-not-placed"))
            if not clocks:
                raise BadSchedule(place, self._unread(began))
            start = datetime.combine(day, clocks[0])
        self.day = start.date()
        end = _moment(ended)
        if end is None and (until := _clocks(ended) or clocks[1:]):
            end = datetime.combine(
                self._date(table.cell(row, "end_date")) or self._date(ended) or start.date(), until[0], start.tzinfo
            )
        elif end is None and ended is not None:
            raise BadSchedule(place, self._unread(ended))
        length = table.cell(row, "duration")
        if end is None and length is not None:
            end = start + _length(length, place)
        if end is not None and end.replace(tzinfo=None) < start.replace(tzinfo=None) and end.date() == start.date():
            # Past midnight, by the clock alone.
            end += timedelta(days=1)
        return start, end

    def _unread(self, cell: Cell | None) -> Phrase:
        return phrase("format-not-placed") if cell is None else phrase("format-no-clock", text=str(cell)[:40])

    def _day_of(self, table: Table, row: Row, place: Place) -> date | None:
        given = table.cell(row, "date")
        found = self._date(given) or self._date(table.cell(row, "start"))
        if found is None and given is not None and isinstance(given, str) and re.search(r"\d[./-]\d", given):
            raise BadSchedule(place, phrase("format-no-date", text=given[:40]))
        return found or self.day

    def _date(self, cell: Cell | None) -> date | None:
        if isinstance(cell, datetime):
            return cell.date()
        if isinstance(cell, date):
            return cell
        try:
            return date_in(cell, self.order) if isinstance(cell, str) else None
        except ValueError:
            return None


def names_in(cell: str) -> list[str]:
    """Return the people of one cell: one a line, or parted by the strongest separator that it has."""
    for separator in _SEPARATORS:
        if separator.search(cell):
            return [name for part in separator.split(cell) if (name := part.strip())]
    return [cell.strip()] if cell.strip() else []


def _moment(cell: Cell | None) -> datetime | None:
    if isinstance(cell, datetime):
        return cell
    return moment_in(cell) if isinstance(cell, str) else None


def _clocks(cell: Cell | None) -> list[time]:
    if isinstance(cell, datetime):
        return [cell.time()] if cell.time() != _MIDNIGHT else []
    if isinstance(cell, time):
        return [cell]
    if isinstance(cell, timedelta):
        return [(datetime.min + cell % timedelta(days=1)).time()]
    if isinstance(cell, float) and 0 <= cell < 1:
        # A clock that lost its format is a part of a day.
        return [(datetime.min + timedelta(minutes=round(cell * 1440))).time()]
    try:
        return clocks_in(cell) if isinstance(cell, str) else []
    except ValueError:
        return []


def _length(cell: Cell, place: Place) -> timedelta:
    found: timedelta | None
    if isinstance(cell, timedelta):
        found = cell
    elif isinstance(cell, time):
        found = timedelta(hours=cell.hour, minutes=cell.minute)
    elif isinstance(cell, datetime):
        # A duration that a spreadsheet shows as a clock counts from its first day.
        found = timedelta(hours=cell.hour, minutes=cell.minute)
    elif isinstance(cell, int | float):
        found = timedelta(minutes=round(cell * 1440)) if 0 < cell < 1 else timedelta(minutes=float(cell))
    else:
        found = length_in(str(cell))
    if found is None or not timedelta(0) <= found <= timedelta(days=31):
        raise BadSchedule(place, phrase("format-no-length", text=str(cell)[:40]))
    return found
