"""Write people and vendors of a file: matched by e-mail, else by name; nobody twice, nobody removed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from core.imports.models import BadSchedule, Reported
from core.imports.people import queries
from core.imports.people.read import Roster, Somebody, Supplier
from core.imports.tables.agenda import names_in
from core.kernel.names import name_key
from core.kernel.phrases import phrase
from core.kernel.tools import Transaction

Row = dict[str, Any]


@dataclass(slots=True)
class PeopleReport:
    """What an import of people did. ``added + changed + unchanged`` are the people, or the vendors, of the file."""

    event: str = ""
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    registered: int = 0
    waiting: int = 0
    """Of those registered: how many stand in a line, because the session is full or the file says so."""
    merged: int = 0
    reported: list[Reported] = field(default_factory=list[Reported])


async def event_for(tx: Transaction, name: str | None) -> tuple[UUID, str]:
    """Return the event of this name; without a name the only one that is not over. Raises ``BadSchedule``."""
    found = await queries.events(tx, name)
    if len(found) == 1:
        return found[0]["id"], found[0]["name"]
    if not found:
        raise BadSchedule("", phrase("people-no-event", name=name) if name else phrase("people-no-event-at-all"))
    names = tuple(row["name"] for row in found)
    raise BadSchedule("", phrase("people-several-events", names=names))


async def write_roster(tx: Transaction, roster: Roster, event_name: str | None) -> PeopleReport:
    """Write everybody of a file. Raises ``BadSchedule`` where it is not clear for which event."""
    event, name = await event_for(tx, event_name)
    report = PeopleReport(event=name, merged=roster.merged, reported=list(roster.reported))
    if roster.vendors:
        await _write_vendors(tx, event, roster.vendors, report)
    if roster.people:
        ids = await _write_people(tx, event, roster.people, report)
        await _register(tx, event, roster.people, ids, report)
    return report


async def _write_people(
    tx: Transaction, event: UUID, people: Iterable[Somebody], report: PeopleReport
) -> dict[str, UUID]:
    known = await queries.known_people(tx, event)
    by_email = {row["email"].casefold(): row for row in known if row["email"]}
    by_name: dict[str, list[Row]] = {}
    for row in known:
        by_name.setdefault(row["name_key"], []).append(row)
    written: list[Row] = []
    ids: dict[str, UUID] = {}
    for each in people:
        namesakes = by_name.get(name_key(each.name) or "", [])
        row = by_email.get(each.email.casefold()) if each.email else None
        if row is None:
            # Somebody of the same name without an address, or without one here, is the same person.
            same = [other for other in namesakes if each.email is None or other["email"] is None]
            if len(same) > 1:
                report.reported.append(Reported(each.place, phrase("people-namesakes", count=len(same)), each.name))
                continue
            row = next(iter(same), None)
        now = _person(each, row)
        ids[each.key] = now["id"] if isinstance(now["id"], UUID) else UUID(now["id"])
        if row is None:
            report.added += 1
        elif all(row[name] == value for name, value in now.items() if name != "id"):
            report.unchanged += 1
            continue
        else:
            report.changed += 1
        written.append(now | {"id": str(now["id"])})
    if written:
        await queries.write_people(tx, event, written)
    return ids


def _person(each: Somebody, row: Row | None) -> Row:
    """Return somebody as they will be: what the file does not say stays."""
    before: Row = row or {"id": uuid4(), "email": None, "phone": None, "is_vip": False, "vip_notes": None}
    return {
        "id": before["id"],
        "full_name": row["full_name"] if row and name_key(row["full_name"]) == name_key(each.name) else each.name,
        "email": before["email"]
        if row and (row["email"] or "").casefold() == (each.email or "").casefold()
        else each.email or before["email"],
        "phone": each.phone or before["phone"],
        "is_vip": before["is_vip"] if each.is_vip is None else each.is_vip,
        "vip_notes": each.note or before["vip_notes"],
    }


async def _register(
    tx: Transaction, event: UUID, people: Iterable[Somebody], ids: dict[str, UUID], report: PeopleReport
) -> None:
    line = _Line(await queries.known_sessions(tx, event))
    seats: list[Row] = []
    for each in people:
        person = ids.get(each.key)
        for cell in each.sessions if person else ():
            for name in line.names(cell):
                sessions = line.find(name)
                if len(sessions) != 1:
                    why = "people-session-unknown" if not sessions else "people-session-twice"
                    report.reported.append(Reported(each.place, phrase(why, session=name), each.name))
                    continue
                waits = line.take(sessions[0], str(person), waits=each.waiting)
                if waits is not None:
                    report.registered += 1
                    report.waiting += waits
                    seats.append(
                        {
                            "session": str(sessions[0]["id"]),
                            "person": str(person),
                            "waits": waits,
                            "position": len(seats),
                        }
                    )
    if seats:
        await queries.write_seats(tx, seats)


class _Line:
    """The sessions of an event by title and id, and how many of their places are left."""

    def __init__(self, sessions: list[Row]) -> None:
        self._found: dict[str, list[Row]] = {}
        for row in sessions:
            row["taken"] = {str(seat["id"]) for seat in row["seats"]}
            row["seated"] = sum(not seat["waits"] for seat in row["seats"])
            row["queue"] = len(row["seats"]) - row["seated"]
            for name in {row["title"], row["source_id"], row["source_code"], str(row["id"])} - {None}:
                self._found.setdefault(name_key(name) or "", []).append(row)

    def find(self, name: str) -> list[Row]:
        """Return the sessions of a title or an id."""
        return self._found.get(name_key(name) or "", [])

    def names(self, cell: str) -> list[str]:
        """Return the titles in a cell: all of it where it is one, else its parts."""
        return [cell] if self.find(cell) else names_in(cell)

    def take(self, session: Row, person: str, *, waits: bool) -> bool | None:
        """Give somebody a place or one in the line; return whether they wait, None where they are there already."""
        if person in session["taken"]:
            return None
        session["taken"].add(person)
        # Nobody passes those who wait already.
        full = session["capacity"] is not None and (session["seated"] >= session["capacity"] or session["queue"])
        if waits or full:
            session["queue"] += 1
            return True
        session["seated"] += 1
        return False


async def _write_vendors(tx: Transaction, event: UUID, vendors: Iterable[Supplier], report: PeopleReport) -> None:
    known = {row["name_key"]: row for row in await queries.known_vendors(tx, event)}
    written: list[Row] = []
    for each in vendors:
        row = known.get(name_key(each.name) or "")
        before: Row = row or {
            "id": uuid4(),
            "name": each.name,
            "category": None,
            "phone": None,
            "email": None,
            "status": None,
            "notes": None,
        }
        now: Row = {
            "id": str(before["id"]),
            "name": before["name"],
            "category": each.category or before["category"],
            "phone": each.phone or before["phone"],
            "email": each.email or before["email"],
            "status": each.status or before["status"] or "invited",
            "notes": each.note or before["notes"],
        }
        if row is None:
            report.added += 1
        elif all(row[name] == value for name, value in now.items() if name != "id"):
            report.unchanged += 1
            continue
        else:
            report.changed += 1
        written.append(now)
    if written:
        await queries.write_vendors(tx, event, written)
