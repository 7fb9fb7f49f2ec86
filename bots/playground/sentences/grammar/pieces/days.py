"""Days as people say them, seen from the day and the events that the request's context names. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bots.playground.sentences.grammar.text import Language

_WEEKDAYS: Mapping[Language, tuple[str, ...]] = {
    "en": ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    "he": ("שני", "שלישי", "רביעי", "חמישי", "שישי", "שבת", "ראשון"),
}
_HEBREW_LETTERS = {"ב": 0, "ג": 1, "ד": 2, "ה": 3, "ו": 4, "ש": 5, "א": 6}
_MONTHS: Mapping[Language, tuple[str, ...]] = {
    "en": tuple("january february march april may june july august september october november december".split()),
    "he": tuple("ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר".split()),
}
_RELATIVE = {"today": 0, "tonight": 0, "tomorrow": 1, "the day after tomorrow": 2, "yesterday": -1} | {
    "היום": 0,
    "מחר": 1,
    "מחרתיים": 2,
    "אתמול": -1,
    "שלשום": -2,
}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "last": -1, "one": 1, "two": 2, "three": 3} | {
    "ראשון": 1,
    "שני": 2,
    "שלישי": 3,
    "אחרון": -1,
    "אחד": 1,
    "שניים": 2,
}
_DATE = r"(?P<iso>\d{4}-\d{2}-\d{2})|(?P<day>\d{1,2})[./](?P<month>\d{1,2})(?:[./](?P<year>\d{4}|\d{2}))?"
_FULL: Mapping[Language, str] = {
    "en": (
        r"(?:(?P<relative>today|tonight|tomorrow|yesterday|the day after tomorrow)"
        rf"|(?:next |this |the )?(?P<weekday>{'|'.join(_WEEKDAYS['en'])})"
        rf"|{_DATE}"
        rf"|(?P<month_first>{'|'.join(_MONTHS['en'])}) (?P<day_after>\d{{1,2}})(?:st|nd|rd|th)?"
        rf"|(?:the )?(?P<day_first>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month_after>{'|'.join(_MONTHS['en'])})"
        r"|day (?P<number>\d|one|two|three)|(?:the )?(?P<ordinal>first|second|third|last) day)(?![\w:])"
    ),
    "he": (
        r"(?:(?P<relative>היום|מחרתיים|מחר|אתמול|שלשום)(?! ה)"
        r"|יום ה(?P<ordinal>ראשון|שני|שלישי|אחרון)"
        rf"|(?:יום )?(?P<weekday>{'|'.join(_WEEKDAYS['he'])})(?: הקרוב)?|יום (?P<letter>[א-וש])'?"
        rf"|{_DATE}"
        rf"|(?P<day_first>\d{{1,2}}) ב?(?P<month_after>{'|'.join(_MONTHS['he'])})"
        r"|יום (?P<number>\d|אחד|שניים))(?![\w:])"
    ),
}
DAY: Mapping[Language, str] = {language: re.sub(r"\?P<\w+>", "?:", pattern) for language, pattern in _FULL.items()}
"""A day, without groups."""
_CENTURY = 2000
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Event:
    """An event that the context names."""

    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Situation:
    """When a sentence was said (local, without zone), and which events are current then."""

    now: datetime
    events: tuple[Event, ...] = ()
    zone: str | None = None


def read_day(said: str, language: Language, situation: Situation) -> date | None:
    """Return the day, or None for what is no day.

    A weekday is the event's one with that name, else the next; a date without a year is the event's, else the next.
    """
    found = re.fullmatch(_FULL[language], said.strip().lower())
    if found is None:
        return None
    given = {name: value for name, value in found.groupdict().items() if value is not None}
    today = situation.now.date()
    if "relative" in given:
        return today + timedelta(days=_RELATIVE[given["relative"]])
    if "iso" in given:
        return _date(given["iso"])
    if "weekday" in given or "letter" in given:
        index = _HEBREW_LETTERS.get(given.get("letter", ""), -1)
        return _weekday(index if index >= 0 else _WEEKDAYS[language].index(given["weekday"]), situation)
    if "ordinal" in given or "number" in given:
        number = given.get("number") or given["ordinal"]
        return _nth(int(number) if number.isdigit() else _ORDINALS[number], situation)
    return _calendar(given, language, situation)


def _date(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None


def _event_days(situation: Situation) -> list[date]:
    days: list[date] = []
    for event in situation.events:
        length = min((event.last - event.first).days, 60)
        days += [event.first + timedelta(days=number) for number in range(length + 1)]
    return days


def _weekday(index: int, situation: Situation) -> date:
    today = situation.now.date()
    for day in _event_days(situation):
        if day.weekday() == index and day >= today:
            return day
    return today + timedelta(days=(index - today.weekday()) % _WEEK)


def _nth(number: int, situation: Situation) -> date | None:
    days = _event_days(situation)
    index = number - 1 if number > 0 else number
    return days[index] if -len(days) <= index < len(days) else None


def _calendar(given: Mapping[str, str], language: Language, situation: Situation) -> date | None:
    day = int(given.get("day") or given.get("day_first") or given["day_after"])
    name = given.get("month_first") or given.get("month_after")
    month = _MONTHS[language].index(name) + 1 if name else int(given["month"])
    year = given.get("year")
    if year:
        return _date(f"{int(year) + (0 if len(year) > 2 else _CENTURY)}-{month:02}-{day:02}")  # noqa: PLR2004 two digits
    for event_day in _event_days(situation):
        if (event_day.day, event_day.month) == (day, month):
            return event_day
    this_year = _date(f"{situation.now.year}-{month:02}-{day:02}")
    if this_year is not None and this_year < situation.now.date():
        return _date(f"{situation.now.year + 1}-{month:02}-{day:02}")
    return this_year
