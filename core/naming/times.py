"""Local times at an event: read as people write them, refused where a clock change makes them unclear. Pure."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from core.kernel.phrases import Phrase, phrase
from core.texts import plain

_LATEST_AFTER_MIDNIGHT = time(6, 0)
"""A last evening may run past midnight; an event's last day ends at this local hour of the next."""
_CLOCK = re.compile(r"^(\d{1,2}):(\d{2})$")
YEARS = range(1900, 3000)
"""Another one was mistyped; the hours beside the calendar's last one cannot be reckoned with."""


class UnclearTime(Exception):
    """A time that cannot be read, does not exist or exists twice; ``phrase`` asks back."""

    def __init__(self, said: Phrase) -> None:
        super().__init__(said.id)
        self.phrase = said


def read_time(text: str, zone: str, day: date | None) -> datetime:
    """Return the moment in UTC. ``text`` is ISO 8601 (with or without offset) or ``HH:MM`` on ``day``.

    Raises ``UnclearTime``, for a time that a clock change removes or doubles too: we ask, we never guess; and
    ``OverflowError`` for a year that nobody means.
    """
    text = ascii_digits(text)
    clock = _CLOCK.match(text)
    if clock and day is not None:
        hour, minute = int(clock[1]), int(clock[2])
        if hour < 24 and minute < 60:  # noqa: PLR2004
            return _in_zone(datetime.combine(day, time(hour, minute)), zone, text)
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        raise UnclearTime(phrase("time-unreadable", text=text)) from None
    if read.year not in YEARS:
        raise OverflowError(f"A year is from {YEARS[0]} to {YEARS[-1]}.")
    if len(text) <= len("YYYY-MM-DD"):
        raise UnclearTime(phrase("time-unreadable", text=text))
    if read.tzinfo is not None:
        return read.astimezone(UTC)
    return _in_zone(read, zone, text)


def ascii_digits(text: str) -> str:
    """Return a time as a typewriter writes it: phones have digits of other scripts and widths."""
    wide = unicodedata.normalize("NFKC", plain(text)).strip()
    return "".join(str(unicodedata.digit(letter)) if letter.isdecimal() else letter for letter in wide)


def _in_zone(local: datetime, zone: str, text: str) -> datetime:
    here = ZoneInfo(zone)
    first, second = local.replace(tzinfo=here, fold=0), local.replace(tzinfo=here, fold=1)
    if first.utcoffset() != second.utcoffset():
        # In a gap the two folds convert to instants whose local time is another one (PEP 495).
        exists = first.astimezone(UTC).astimezone(here).replace(tzinfo=None, fold=0) == local
        raise UnclearTime(phrase("time-twice" if exists else "time-never", text=text, zone=zone))
    return first.astimezone(UTC)


def local_text(at: datetime, zone: str) -> str:
    """Return the moment as the model reads it: local ISO 8601 to the minute, without offset."""
    return at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M")


def local_day(at: datetime, zone: str) -> date:
    """Return the local calendar day of a moment."""
    return at.astimezone(ZoneInfo(zone)).date()


def span_of(first: date, last: date, zone: str) -> tuple[datetime, datetime, datetime]:
    """Return the moments between which an event's sessions belong: they start from the first and before the second.

    None ends after the third. Twin in SQL: ``app.event_span``.
    """
    after = last + timedelta(days=1)
    return _first(first, time(0), zone), _first(after, time(0), zone), _first(after, _LATEST_AFTER_MIDNIGHT, zone)


def _first(day: date, clock: time, zone: str) -> datetime:
    """Return a local time in UTC: the next one that there is, and the later one of two, as PostgreSQL reads it."""
    read = datetime.combine(day, clock, ZoneInfo(zone))
    return max(read.astimezone(UTC), read.replace(fold=1).astimezone(UTC))


def current_day(now: datetime, event: Mapping[str, Any]) -> date:
    """Return the local day that is meant where none is named: today while the event runs, else its first."""
    today = local_day(now, event["time_zone"])
    return today if event["starts_on"] <= today <= event["ends_on"] else event["starts_on"]
