"""Indico's export of a timetable as JSON: days of contributions, breaks and blocks of sessions with entries in them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import cast
from zoneinfo import ZoneInfo

from core.imports.entry import Slot, read_conference
from core.imports.models import THE_FILE, Answers, BadSchedule, Schedule
from core.imports.record import Record, conference_of, fields_of, items_of, text_in
from core.kernel.phrases import Phrase, phrase


def is_indico(data: object) -> bool:
    """Tell whether this JSON is an answer of Indico's export."""
    return (
        isinstance(data, dict)
        and "results" in data
        and (data.get("_type") == "HTTPAPIResult" or "additionalInfo" in data)
    )


def read_indico(data: object, answers: Answers) -> Schedule:
    """Read ``/export/timetable/ID.json``. Raises ``BadSchedule`` with one sentence."""
    results = fields_of(data, THE_FILE).get("results")
    if not isinstance(results, dict):
        raise BadSchedule("results", phrase("format-indico-list"))
    events = fields_of(results, "results")
    if len(events) != 1:
        raise BadSchedule("results", phrase("format-indico-events", count=len(events)))
    [(number, days)] = events.items()
    reading = _Reading()
    slots = [
        slot
        for day, entries in fields_of(days, f"results.{number}").items()
        for slot in reading.day(entries, f"results.{number}.{day}")
    ]
    zone = answers.zone or reading.zone
    conference = conference_of(None, zone, answers, "Indico")
    conference = Record({**conference.fields, "acronym": f"indico-{number}"}, THE_FILE)
    read = read_conference(conference, slots, (), answers)
    return replace(read, notes=(*read.notes, *reading.notes()))


@dataclass(slots=True)
class _Reading:
    zone: str | None = None
    blocks: int = 0
    posters: int = 0

    def day(self, entries: object, path: str) -> Iterator[Slot]:
        """Yield the sessions of one day."""
        # PHP and old releases write an empty object as a list.
        for key, given in fields_of(entries or {}, path).items():
            entry, place = _entry(given), f"{path}.{key}"
            inner = entry.get("entries")
            if not inner:
                yield self._slot(entry, place)
            elif entry.get("isPoster"):
                # Posters hang in one place at one time: one session, whose text names them.
                yield self._slot(entry, place, named=self._posters(inner, place))
            else:
                self.blocks += 1
                for inner_key, each in fields_of(inner, f"{place}.entries").items():
                    where = f"{place}.entries.{inner_key}"
                    yield self._slot(_entry(each), where, block=entry)

    def notes(self) -> list[Phrase]:
        """Say what became of entries that are not sessions of their own."""
        found: list[Phrase] = []
        if self.blocks:
            found.append(phrase("format-indico-blocks", count=self.blocks))
        if self.posters:
            found.append(phrase("format-indico-posters", count=self.posters))
        return found

    def _posters(self, inner: object, place: str) -> str:
        titles = [text_in(fields_of(each, place).get("title")) or "" for each in fields_of(inner, place).values()]
        self.posters += len(titles)
        return "\n".join(titles)

    def _slot(
        self, entry: dict[str, object], place: str, *, block: dict[str, object] | None = None, named: str = ""
    ) -> Slot:
        around = block or {}
        fields = {
            # A contribution keeps its number when it moves to another block; a break has its place alone.
            "guid": text_in(entry.get("uniqueId")) or text_in(entry.get("id")),
            "title": text_in(entry.get("title")),
            "abstract": text_in(entry.get("description")),
            "description": named or None,
            "track": text_in(around.get("title")) or text_in(entry.get("sessionTitle")),
            "date": self._moment(entry, "startDate", place),
            "end": self._moment(entry, "endDate", place),
            "duration": _length(entry) if not entry.get("endDate") else None,
        }
        room = text_in(entry.get("room")) or text_in(around.get("room"))
        return Slot(Record(fields, place, tuple(_people(entry, place))), room or "")

    def _moment(self, entry: dict[str, object], name: str, place: str) -> str | None:
        given = entry.get(name)
        if not given:
            return None
        at = fields_of(given, f"{place}.{name}")
        day, clock, zone = (text_in(at.get(part)) for part in ("date", "time", "tz"))
        if zone and self.zone is None and _is_zone(zone):
            self.zone = zone
        return f"{day}T{clock}" if day and clock else day


def _entry(given: object) -> dict[str, object]:
    """Return an entry; what is no object is an empty one, and reported as such."""
    return cast("dict[str, object]", given) if isinstance(given, dict) else {}


def _is_zone(name: str) -> bool:
    try:
        return bool(ZoneInfo(name).key)
    except (KeyError, ValueError, OSError):
        return False


def _length(entry: dict[str, object]) -> str:
    minutes = entry.get("duration")
    whole = round(minutes) if isinstance(minutes, int | float) and not isinstance(minutes, bool) else 0
    return f"{whole // 60:02}:{whole % 60:02}"


def _people(entry: dict[str, object], place: str) -> Iterator[str]:
    for kind in ("presenters", "speakers"):
        people = items_of(entry.get(kind), f"{place}.{kind}")
        for _, person in people:
            first, last = (text_in(person.get(name)) for name in ("firstName", "familyName"))
            name = text_in(person.get("name")) or text_in(person.get("fullName")) or ""
            if first and last:
                yield f"{first} {last}"
            elif name.count(",") == 1:
                yield " ".join(reversed([part.strip() for part in name.split(",")]))
            elif name:
                yield name
        if people:
            return
