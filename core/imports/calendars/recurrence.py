"""When something that repeats happens: RRULE and RDATE less EXDATE, by the clock on the wall."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import islice
from typing import cast

from dateutil.rrule import rrule, rruleset, rrulestr

MOST = 1_000
"""Occurrences of one event that are kept; a conference has no session more often."""
_WITHOUT_END = timedelta(days=31)
"""How far a rule without an end is followed where nothing else in the calendar says how long the conference lasts."""


_MOST_PARTS = 60
"""Hours, minutes and days that one rule may list."""
_HOURLY, _RARER = timedelta(days=60), timedelta(days=3_660)
"""How far a rule is followed that says how often and not until when, and may never come true."""
_LATEST = date(2200, 1, 1)
_COUNT = re.compile(r";?COUNT=(\d{1,6})(?=;|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Repeats:
    """How an event repeats: the rules' texts without their ends, those ends, further and left out starts."""

    rules: tuple[tuple[str, date | None], ...]
    further: tuple[date, ...] = ()
    without: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Occurrences:
    """The starts of one event, in order, and what was cut off: ``until`` for a rule without an end."""

    starts: tuple[date, ...]
    until: date | None = None
    too_many: bool = False


def occurrences(start: date, repeats: Repeats, last: date) -> Occurrences:
    """Return when an event happens. ``last`` is the last day that the calendar names: rules without end stop there.

    Starts are of the kind of ``start``: dates, or times with its zone. Raises ``ValueError`` for a rule that is none.
    """
    zone = start.tzinfo if isinstance(start, datetime) else None
    first = _wall(start, zone)
    until: date | None = None
    found = rruleset()
    found.rdate(first)
    for text, given in repeats.rules:
        counted = _COUNT.search(text)
        end = given
        if end is None and counted is None:
            end = until = last if last > first.date() else first.date() + _WITHOUT_END
        farthest = _reach(text, first.date())
        end = farthest if end is None or _day(end) > farthest else end
        ends = f";UNTIL={_wall(end, zone, late=True):%Y%m%dT%H%M%S}"
        rule = cast("rrule", rrulestr(_COUNT.sub("", text) + ends, dtstart=first))
        if counted is None:
            found.rrule(rule)
        else:
            for at in islice(cast("Iterable[datetime]", rule), min(int(counted[1]), MOST + 1)):
                found.rdate(at)
    for each in repeats.further:
        found.rdate(_wall(each, zone, at=first.time()))
    for each in repeats.without:
        # An exception that is a bare date means the occurrence of that day.
        found.exdate(_wall(each, zone, at=first.time()))
    walls = list(islice(cast("Iterable[datetime]", found), MOST + 1))
    starts = tuple(wall.replace(tzinfo=zone) if isinstance(start, datetime) else wall.date() for wall in walls[:MOST])
    return Occurrences(starts, until, too_many=len(walls) > MOST)


def _reach(text: str, first: date) -> date:
    """Return until when a rule is followed. Raises ``ValueError`` for one that could be followed for hours.

    "Each second of the 30th of February, once" is looked for until the end of the calendar.
    """
    said = text.upper()
    if "FREQ=SECONDLY" in said or "FREQ=MINUTELY" in said or said.count(",") > _MOST_PARTS:
        raise ValueError(text)
    return min(first, _LATEST) + (_HOURLY if "FREQ=HOURLY" in said else _RARER)


def _day(at: date) -> date:
    return at.date() if isinstance(at, datetime) else at


def _wall(given: date, zone: tzinfo | None, *, at: time = time(), late: bool = False) -> datetime:
    """Return what the clock on the wall says there."""
    if not isinstance(given, datetime):
        return datetime.combine(given, time(23, 59, 59) if late else at)
    if given.tzinfo is not None:
        given = given.astimezone(zone or UTC)
    return given.replace(tzinfo=None)
