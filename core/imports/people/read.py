"""A table of people or of vendors: each row somebody, or reported with its number; pure."""

import re
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from core.imports.fields import line_of
from core.imports.models import THE_FILE, Answers, BadSchedule, Place, Reported
from core.imports.tables import agenda
from core.imports.tables.columns import Names, Table, check_given, demand, name_key, named, rating, tables_of
from core.imports.tables.sheets import Row, Sheet, is_spreadsheet, read_sheets
from core.kernel.names import name_key as person_key
from core.kernel.phrases import phrase

Kind: TypeAlias = Literal["schedule", "people", "registrations", "vendors"]

_PEOPLE = named("""
name: Full name, Name, Attendee name, Participant, Attendee, Guest, Guest name, Display name, Contact name,
    שם מלא, שם, שם המשתתף, משתתף, משתתפת, אורח, שם האורח
first: First name, Given name, Attendee first name, First, שם פרטי
last: Last name, Family name, Surname, Attendee last name, Last, שם משפחה
email: Email, E mail, Email address, Attendee email, Mail, דואל, אימייל, מייל, דואר אלקטרוני, כתובת מייל
phone: Phone, Phone number, Mobile, Cell phone, Mobile phone, Telephone, טלפון, נייד, טלפון נייד, מספר טלפון
vip: VIP, Is VIP, VIP status, חשיבות, ויאיפי, אחמ, אורח כבוד
ticket: Ticket type, Ticket, Registration type, Type, Category, Admission item, סוג כרטיס, כרטיס, סוג
note: VIP note, VIP notes, Note, Notes, Remarks, Comments, Dietary, הערה, הערות, הערות VIP, הערת VIP
sessions: Sessions, Session, Registered for, Registered sessions, Registrations, Workshops, Workshop, Session title,
    Session id, מפגשים, מפגש, רשום למפגשים, רשומה למפגשים, הרשמה, הרשמות, נרשם ל, סדנאות, סדנה
waiting: Waiting list, Waitlist, Waitlisted, Registration status, Status, רשימת המתנה, ממתין, סטטוס
""")
_VENDORS = named("""
name: Vendor, Vendor name, Supplier, Supplier name, Company, Company name, Business, Name,
    ספק, שם הספק, חברה, שם החברה, שם העסק, שם
category: Category, Service, Services, Type, Kind, What, קטגוריה, שירות, סוג, תחום
contact: Contact, Contact name, Contact person, איש קשר, אשת קשר, שם איש הקשר
email: Email, E mail, Email address, Mail, דואל, אימייל, מייל, דואר אלקטרוני
phone: Phone, Phone number, Mobile, Telephone, טלפון, נייד, מספר טלפון
status: Status, State, סטטוס, מצב
note: Note, Notes, Remarks, Comments, הערה, הערות
""")
_SURE_VENDORS = frozenset({"vendor", "vendor name", "supplier", "supplier name", "ספק", "שם הספק"})
_YES = frozenset("yes y true 1 x v vip ✓ ✔ כן אמת v.i.p".split())
_NO = frozenset("no n false 0 - regular standard לא רגיל".split())
_WAITS = re.compile(r"wait|המתנה|ממתי|^(?:yes|true|1|x|כן)$", re.IGNORECASE)
_STATUS = {
    "invited": "invited, pending, contacted, new, הוזמן, הוזמנה, ממתין",
    "confirmed": "confirmed, booked, approved, signed, אושר, אושרה, מאושר, סגור",
    "on_the_way": "on the way, on route, en route, בדרך",
    "arrived": "arrived, on site, here, checked in, הגיע, הגיעה, בשטח",
    "cancelled": "cancelled, canceled, declined, בוטל, בוטלה, מבוטל",
}
_STATUSES = {word.strip(): status for status, words in _STATUS.items() for word in words.split(",")}
_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;]+")
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person of the file; None means that the file does not say it."""

    place: Place
    name: str
    email: str | None = None
    phone: str | None = None
    is_vip: bool | None = None
    note: str | None = None
    sessions: tuple[str, ...] = ()
    """As the cells have them: a title or an id, or several in one."""
    waiting: bool = False

    @property
    def key(self) -> str:
        """By e-mail, else by name."""
        return self.email.casefold() if self.email else person_key(self.name) or self.name


@dataclass(frozen=True, slots=True)
class Supplier:
    """A vendor of the file; None means that the file does not say it."""

    place: Place
    name: str
    category: str | None = None
    email: str | None = None
    phone: str | None = None
    status: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Roster:
    """Everybody of a file. Rows read = people + vendors + merged + reported."""

    people: tuple[Somebody, ...] = ()
    vendors: tuple[Supplier, ...] = ()
    merged: int = 0
    """Further rows of somebody who is there already: one for each registration, as many tools write it."""
    reported: tuple[Reported, ...] = ()


def kind_of(body: bytes) -> Kind:
    """Return what a file holds, by its columns; a schedule where nothing else is clear."""
    start = body.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:15]
    if not is_spreadsheet(body) and (start[:1] in (b"{", b"[", b"<") or start.upper().startswith(b"BEGIN:V")):
        return "schedule"
    sheets = read_sheets(body, rating(_PEOPLE))
    agendas = [table.columns.keys() for table in tables_of(sheets, agenda.NAMES, {}, agenda.SEVERAL)]
    if any("title" in columns and columns & {"start", "date"} for columns in agendas):
        return "schedule"
    tables = tables_of(sheets, _PEOPLE, {})
    columns = {field for table in tables for field in table.columns}
    if {name_key(name) for table in tables for name in table.header} & _SURE_VENDORS:
        return "vendors"
    if columns & {"email", "first", "vip"} or {"name", "phone"} <= columns:
        return "registrations" if "sessions" in columns else "people"
    return "schedule"


def read_people(body: bytes, answers: Answers) -> Roster:
    """Read people and what they are registered for. Raises ``BadSchedule`` with one sentence."""
    tables = _tables(body, _PEOPLE, answers, ("name", "first", "email"))
    people: dict[str, Somebody] = {}
    reported: list[Reported] = []
    merged = 0
    for table in tables:
        for row in table.rows:
            try:
                found = _somebody(table, row, _place(tables, table, row))
            except BadSchedule as bad:
                reported.append(Reported(bad.place, bad.wrong, table.text(row, "name")))
                continue
            known = people.get(found.key)
            merged += known is not None
            people[found.key] = found if known is None else _joined(known, found)
    return Roster(people=tuple(people.values()), merged=merged, reported=tuple(reported))


def read_vendors(body: bytes, answers: Answers) -> Roster:
    """Read vendors. Raises ``BadSchedule`` with one sentence."""
    tables = _tables(body, _VENDORS, answers, ("name",))
    vendors: dict[str, Supplier] = {}
    reported: list[Reported] = []
    merged = 0
    for table in tables:
        for row in table.rows:
            place = _place(tables, table, row)
            try:
                found = _supplier(table, row, place)
            except BadSchedule as bad:
                reported.append(Reported(bad.place, bad.wrong, table.text(row, "name")))
                continue
            key = person_key(found.name) or found.name
            merged += key in vendors
            vendors.setdefault(key, found)
    return Roster(vendors=tuple(vendors.values()), merged=merged, reported=tuple(reported))


def _tables(body: bytes, names: Names, answers: Answers, needed: tuple[str, ...]) -> list[Table]:
    sheets: list[Sheet] = read_sheets(body, rating(names))
    tables = tables_of(sheets, names, answers.columns)
    if not tables:
        raise BadSchedule(THE_FILE, phrase("format-no-people"))
    check_given(answers.columns, names, tables)
    return demand(tables, needed, "name")


def _place(tables: list[Table], table: Table, row: Row) -> Place:
    if len(tables) > 1:
        return phrase("format-row-of", sheet=table.sheet, row=str(row.number))
    return phrase("format-row", row=str(row.number))


def _somebody(table: Table, row: Row, place: Place) -> Somebody:
    email, vip = _email(table, row, place), table.text(row, "vip")
    parts = (table.text(row, "first"), table.text(row, "last"))
    name = line_of(table.text(row, "name") or " ".join(filter(None, parts)) or email or "")
    if not name or len(name) > _LONGEST:
        raise BadSchedule(place, phrase("format-no-name"))
    said = (vip or "").casefold()
    by_ticket = True if "vip" in (table.text(row, "ticket") or "").casefold() else None
    note = table.text(row, "note")
    if vip and said not in _YES | _NO:
        # A word of its own in the column says who somebody is.
        note = "; ".join(filter(None, (vip, note)))
    return Somebody(
        place,
        name,
        email,
        table.text(row, "phone"),
        (said not in _NO) if vip else by_ticket,
        note,
        tuple(filter(None, (table.text(row, "sessions"),))),
        waiting=bool(_WAITS.search(table.text(row, "waiting") or "")),
    )


def _email(table: Table, row: Row, place: Place) -> str | None:
    given = table.text(row, "email")
    if given is None:
        return None
    found = _EMAIL.search(given)
    if found is None:
        raise BadSchedule(place, phrase("format-no-email", text=given[:60]))
    return found[0]


def _supplier(table: Table, row: Row, place: Place) -> Supplier:
    name = line_of(table.text(row, "name") or "")
    if not name or len(name) > _LONGEST:
        raise BadSchedule(place, phrase("format-no-name"))
    said = table.text(row, "status")
    status = _STATUSES.get(said.casefold()) if said else None
    if said and status is None:
        raise BadSchedule(place, phrase("format-no-status", text=said[:40], known=", ".join(_STATUS)))
    notes = filter(None, (table.text(row, "contact"), table.text(row, "note")))
    return Supplier(
        place,
        name,
        table.text(row, "category"),
        _email(table, row, place),
        table.text(row, "phone"),
        status,
        "; ".join(notes) or None,
    )


def _joined(first: Somebody, second: Somebody) -> Somebody:
    return replace(
        first,
        phone=first.phone or second.phone,
        is_vip=second.is_vip if first.is_vip is None else first.is_vip or bool(second.is_vip),
        note=first.note or second.note,
        sessions=tuple(dict.fromkeys((*first.sessions, *second.sessions))),
        waiting=first.waiting or second.waiting,
    )
