"""When a session starts: its point in time, its local time of day, and what to take where the two contradict. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.imports.fields import fixed, note_of_clock_change, read_clock, read_date, read_moment, read_time
from core.imports.models import BadSchedule, Clock, Option, Question
from core.imports.slots import HAS_TIME, Slot
from core.kernel.phrases import Phrase, phrase

_FAR = timedelta(hours=36)
"""No offset that is added once too often leads so far: the entry is listed under a day that is not its own."""


@dataclass(frozen=True, slots=True)
class TwoTimes:
    """An entry whose two times contradict each other."""

    title: str
    clock: str
    by_date: datetime
    by_start: datetime


@dataclass(slots=True)
class Clocks:
    """How one file's times are read; ``chosen`` is which of two is right, as a person said."""

    zone: ZoneInfo | None
    chosen: Clock | None
    contradicting: dict[int, TwoTimes] = field(default_factory=dict[int, TwoTimes])
    """By the number of the slot."""
    compared: int = 0
    changes: list[Phrase] = field(default_factory=list[Phrase])
    """Of times on the nights when the clocks are moved."""

    def look_at(self, slots: Iterable[Slot]) -> None:
        """Find the entries whose two times contradict each other.

        A time at another offset that shows the same hands is somebody's own and legitimate, unless most are so: then
        the file writes local times at a wrong offset, such as UTC.
        """
        elsewhere: dict[int, TwoTimes] = {}
        for number, slot in enumerate(slots):
            try:
                at, clock = self._both(slot)
            except BadSchedule:
                continue
            if at is None or clock is None:
                continue
            self.compared += 1
            here = at.astimezone(self.zone) if self.zone else at
            if _hands(here) == clock:
                continue
            two = TwoTimes(slot.entry.text("title") or "", f"{clock:%H:%M}", here, self._by_start(slot, at, clock))
            (elsewhere if _hands(at) == clock else self.contradicting)[number] = two
        if len(elsewhere) * 2 > self.compared and self._is_a_place():
            self.contradicting |= elsewhere

    def _is_a_place(self) -> bool:
        # UTC is what tools name where nobody set a zone: there it is the zone that is wrong, and a note says so.
        return self.zone is not None and self.zone.key not in ("UTC", "Etc/UTC", "Etc/GMT", "GMT")

    def _both(self, slot: Slot) -> tuple[datetime | None, time | None]:
        given, clock = slot.entry.text("date"), slot.entry.text("start")
        if given is None or clock is None or not HAS_TIME.search(given):
            return None, None
        at = read_time(given, self.zone, slot.entry.place("date"))
        return at, read_clock(clock, slot.entry.place("start")).replace(second=0)

    def _by_start(self, slot: Slot, at: datetime, clock: time) -> datetime:
        """Return the local time on the day that the entry is listed under, else on the one that is nearest."""
        zone, place = self.zone, slot.entry.place("start")
        days = [at.date() + timedelta(days=offset) for offset in (-1, 0, 1)]
        near = [fixed(datetime.combine(day, clock, None if zone else at.tzinfo), zone, place) for day in days]
        if slot.day is not None:
            day = slot.day + timedelta(days=1) if clock < slot.day_begins else slot.day
            listed = fixed(datetime.combine(day, clock, None if zone else at.tzinfo), zone, place)
            if abs(listed - at) <= _FAR:
                return listed
        return min(near, key=lambda each: abs(each - at))

    def start(self, number: int, slot: Slot) -> tuple[datetime, timedelta]:
        """Return when the slot of this number starts, and how far that is from its ``date``, which its end follows."""
        two = self.contradicting.get(number)
        if two is not None and self.chosen != "date":
            return two.by_start, two.by_start - two.by_date
        return self._said(slot), timedelta(0)

    def _said(self, slot: Slot) -> datetime:
        """Return ``date`` where it has a time, else the day with the time of ``start``, after midnight included."""
        entry = slot.entry
        given, clock = entry.text("date"), entry.text("start")
        if given is not None and HAS_TIME.search(given):
            return self.moment(slot, read_moment(given, entry.place("date")), "date")
        if given is None and clock is not None and HAS_TIME.search(clock):
            return self.moment(slot, read_moment(clock, entry.place("start")), "start")
        day = read_date(given, entry.place("date")) if given else slot.day
        if day is None or clock is None:
            raise BadSchedule(entry.place("date" if day is None else "start"), phrase("import-missing"))
        at = read_clock(clock, entry.place("start"))
        # A date of its own is the calendar's; the day that an entry is listed under lasts until its night ends.
        if not given and at < slot.day_begins:
            day += timedelta(days=1)
        return self.moment(slot, datetime.combine(day, at), "start")

    def moment(self, slot: Slot, read: datetime, name: str) -> datetime:
        """Return a time of an entry with its offset; a local one that the clocks leave out or show twice is noted."""
        place = slot.entry.place(name)
        if note := note_of_clock_change(read, self.zone, slot.entry.text("title") or "", place):
            self.changes.append(note)
        return fixed(read, self.zone, place)

    def question(self) -> Question | None:
        """Return what has to be asked, if anything; ``start`` was right in every real file of this kind."""
        if not self.contradicting or self.chosen is not None:
            return None
        return Question(
            "clock",
            self._said_of("import-two-times"),
            (
                Option("start", phrase("import-clock-start", at=self._first().by_start.strftime("%Y-%m-%d %H:%M"))),
                Option("date", phrase("import-clock-date", at=self._first().by_date.strftime("%Y-%m-%d %H:%M"))),
            ),
            "start",
        )

    def note(self) -> Phrase | None:
        """Return what has to be said where nobody was asked."""
        return self._said_of("import-note-two-times") if self.question() is not None else None

    def _said_of(self, id_: str) -> Phrase:
        first = self._first()
        return Phrase(
            id_,
            {
                "count": len(self.contradicting),
                "of": self.compared,
                "title": first.title,
                "start": first.clock,
                "date": first.by_date.strftime("%Y-%m-%d %H:%M"),
            },
        )

    def _first(self) -> TwoTimes:
        return next(iter(self.contradicting.values()))


def _hands(at: datetime) -> time:
    return time(at.hour, at.minute)
