"""Dates and times as people write them in tables, in Hebrew and English; whether the day or the month comes first."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import chain

from babel import Locale

from core.imports.models import DayOrder

_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_WORDS = re.compile(r"[^\W\d_]+")
_DAY = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?(?![\d:])", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")
_CLOCK = re.compile(
    r"(?<![\d:./-])(\d{1,2})(?:[:.h](\d{2}))?(?::\d{2}(?:\.\d+)?)?\s*(a\.?m\.?|p\.?m\.?)?(?![\w:./-])", re.IGNORECASE
)
_OFFSET = re.compile(r"\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s?(?:Z|[+-]\d{2}:?\d{2})$")
_LENGTH = re.compile(
    r"(?:(\d+(?:\.\d+)?)\s*(?:h|hr|hrs|hours?|שעות|שעה|ש׳|ש'))?\s*(?:ו-?|and)?\s*"
    r"(?:(\d+)\s*(?:m|min|mins|minutes?|דקות|דק׳|דק'|דקה)?)?\.?",
    re.IGNORECASE,
)
_CLOSEST = timedelta(days=14)
"""A conference's days lie this near to each other; an order that spreads them over months is the wrong one."""
_HOURS, _MONTHS = 24, 12
_SHORT_YEARS = 99
"""Years of two digits are of this century."""


def _month_names() -> dict[str, int]:
    found: dict[str, int] = {}
    for language in ("en", "he"):
        locale = Locale.parse(language)
        for width in ("wide", "abbreviated"):
            for number, name in locale.months["format"][width].items():
                key = name.strip("׳'.").casefold()
                found[key] = number
                if language == "he":
                    found[f"ב{key}"] = number
    return found | {"sept": 9, "מרס": 3, "במרס": 3}


_MONTH_OF = _month_names()


def order_of(texts: Sequence[str], named: str = "", days: Iterable[date] = ()) -> DayOrder | None:
    """Return whether the day or the month comes first in these dates; None where they leave it open.

    ``named`` is what the column is called: "Date (MM/DD/YYYY)" says it. ``days`` are dates beside them that are sure.
    """
    if found := re.search(r"\b(MM|DD)\s*[/.-]\s*(?:MM|DD)\b", named.upper()):
        return "day" if found[1] == "DD" else "month"
    pairs = [(int(m[1]), int(m[3]), m[2], int(m[4])) for text in texts if (m := _NUMBERS.search(text))]
    firsts, seconds = any(one > _MONTHS for one, *_ in pairs), any(two > _MONTHS for _, two, *_ in pairs)
    if firsts != seconds:
        return "day" if firsts else "month"
    if pairs and all(mark == "." for *_, mark, _ in pairs):
        return "day"
    sure = [*days, *_sure(texts)]
    by_day = _spread([(y, two, one) for one, two, _, y in pairs], sure)
    by_month = _spread([(y, one, two) for one, two, _, y in pairs], sure)
    if by_day is not None and by_month is not None and (by_day <= _CLOSEST) != (by_month <= _CLOSEST):
        return "day" if by_day <= _CLOSEST else "month"
    return None


def _sure(texts: Sequence[str]) -> Iterator[date]:
    for text in texts:
        try:
            found = None if _NUMBERS.search(text) else date_in(text, None)
        except ValueError:
            continue
        if found:
            yield found


def is_open(text: str) -> bool:
    """Tell whether a date is two dates, by which number comes first."""
    found = _NUMBERS.search(text)
    return found is not None and max(int(found[1]), int(found[3])) <= _MONTHS and int(found[1]) != int(found[3])


def _spread(days: list[tuple[int, int, int]], sure: list[date]) -> timedelta | None:
    try:
        found = [*(date(y if y > _SHORT_YEARS else 2000 + y, m, d) for y, m, d in days), *sure]
    except ValueError:
        return None
    return max(found) - min(found) if found else None


def date_in(text: str, order: DayOrder | None) -> date | None:
    """Return the date that a text names, None where it names none. Raises ``ValueError`` where there is no such day."""
    if found := _ISO.search(text):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMBERS.search(text):
        one, two, year = int(found[1]), int(found[3]), int(found[4])
        day, month = (two, one) if order == "month" else (one, two)
        return date(year if year > _SHORT_YEARS else 2000 + year, month, day)
    month = next((_MONTH_OF[w] for word in _WORDS.findall(text) if (w := word.casefold()) in _MONTH_OF), None)
    year = _YEAR.search(text)
    if month is None or year is None:
        return None
    day = _DAY.search(text[: year.start()] + " " + text[year.end() :])
    return date(int(year[1]), month, int(day[1])) if day else None


def clocks_in(text: str) -> list[time]:
    """Return the times of day that a text names, in order: one, or two of "10:00 - 11:30"."""
    bare = _ISO.sub(" ", _NUMBERS.sub(" ", text.replace("T", " ") if _ISO.search(text) else text))
    found: list[time] = []
    parts = list(chain.from_iterable(_CLOCK.finditer(part) for part in re.split(r"\s*(?:-|–|—|\bto\b|עד)\s*", bare)))
    for at, match in enumerate(parts):
        half = (
            match[3] or next((after[3] for after in parts[at + 1 :] if after[3]), None)
            if match[2] or match[3]
            else None
        )
        if match[2] is None and half is None:
            continue
        hour, minute = int(match[1]), int(match[2] or 0)
        if half:
            hour = hour % 12 + (12 if half[0] in "pP" else 0)
        if hour == _HOURS and minute == 0:
            hour = 0
        found.append(time(hour, minute))
    return found


def moment_in(text: str) -> datetime | None:
    """Return a point in time with its offset, where a text is one as machines write them."""
    if not _OFFSET.search(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def length_in(text: str) -> timedelta | None:
    """Return a length: "45", "45 min", "1:30", "01:30:00", "1h 30m", "שעה"; None where it is none."""
    if found := re.fullmatch(r"(\d{1,3}):(\d{2})(?::\d{2})?", text):
        return timedelta(hours=int(found[1]), minutes=int(found[2]))
    if text in ("שעה", "חצי שעה", "שעה וחצי", "שעתיים"):
        return timedelta(minutes={"שעה": 60, "חצי שעה": 30, "שעה וחצי": 90, "שעתיים": 120}[text])
    found = _LENGTH.fullmatch(text.strip())
    if found is None or not any(found.groups()):
        return None
    return timedelta(hours=float(found[1] or 0), minutes=int(found[2] or 0))
