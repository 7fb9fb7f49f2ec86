"""An entry of a file as the formats hand it over: it can be asked for its texts, and says where it stands."""

import re
from dataclasses import dataclass
from datetime import date, time
from typing import Protocol
from zoneinfo import ZoneInfo

from core.imports.fields import read_clock, read_date, read_time
from core.imports.models import BadSchedule, Place

NIGHT_ENDS = time(4)
"""Where a file does not say when its days begin: pretalx lets them begin at four."""
HAS_TIME = re.compile(r"[T ]\d")


class Entry(Protocol):
    """The conference, a room or a session, as one format writes it."""

    def text(self, name: str) -> str | None:
        """Return a field's text, stripped, or None when it is absent or empty."""
        ...

    def place(self, name: str | None = None) -> Place:
        """Return where the entry, or a field of it, stands in the file."""
        ...

    def persons(self) -> list[tuple[str, Place]]:
        """Return each speaker's name and its place."""
        ...


@dataclass(frozen=True, slots=True)
class Slot:
    """A session's entry with what stands around it: the name of its room, its day and when that day begins."""

    entry: Entry
    room: str
    day: date | None = None
    day_begins: time = NIGHT_ENDS


def day_change(conference: Entry) -> time:
    """Return when the conference's days begin: what comes before belongs to the night of the day before."""
    given = conference.text("day_change")
    try:
        return read_clock(given, conference.place("day_change")).replace(second=0) if given else NIGHT_ENDS
    except BadSchedule:
        return NIGHT_ENDS


def day_of(day: Entry, start: str, begins_at: time) -> tuple[date | None, time]:
    """Return a day's date and when it begins; sessions before that time belong to its night.

    A date that cannot be read is None: whether that matters depends on what the entries say themselves.
    """
    given, begins = day.text("date"), day.text(start)
    return _date(given, day.place("date")), _begins(begins, begins_at, day.place(start))


def _date(given: str | None, place: Place) -> date | None:
    try:
        return read_date(given, place) if given else None
    except BadSchedule:
        return None


def _begins(given: str | None, otherwise: time, place: Place) -> time:
    try:
        has_clock = given is not None and HAS_TIME.search(given) is not None
        return read_time(given, ZoneInfo("UTC"), place).time() if given and has_clock else otherwise
    except BadSchedule:
        return otherwise
