"""Times of day and lengths as people say them, in English and in Hebrew. Pure."""

import re
from collections.abc import Mapping

from bots.playground.sentences.grammar.text import Language

_HOURS: Mapping[Language, Mapping[str, int]] = {
    "en": {
        "eleven": 11,
        "twelve": 12,
        "one": 1,
        "two": 2,
        "three": 3,
        "four": 4,
        "five": 5,
        "six": 6,
        "seven": 7,
        "eight": 8,
        "nine": 9,
        "ten": 10,
    },
    "he": {
        "אחת עשרה": 11,
        "אחת-עשרה": 11,
        "שתים עשרה": 12,
        "שתים-עשרה": 12,
        "שתיים עשרה": 12,
        "אחת": 1,
        "שתיים": 2,
        "שתים": 2,
        "שלוש": 3,
        "ארבע": 4,
        "חמש": 5,
        "שש": 6,
        "שבע": 7,
        "שמונה": 8,
        "תשע": 9,
        "עשר": 10,
    },
}
_MINUTES: Mapping[Language, Mapping[str, int]] = {
    "en": {
        "half": 30,
        "a quarter": 15,
        "quarter": 15,
        "twenty-five": 25,
        "twenty five": 25,
        "twenty": 20,
        "fifteen": 15,
        "thirty": 30,
        "forty-five": 45,
        "forty five": 45,
        "forty": 40,
        "fifty": 50,
        "five": 5,
        "ten": 10,
        "o'clock": 0,
    },
    "he": {
        "חצי": 30,
        "שלושת רבעי": 45,
        "רבע": 15,
        "עשרים וחמש": 25,
        "עשרים וחמישה": 25,
        "עשרים": 20,
        "שלושים": 30,
        "ארבעים וחמש": 45,
        "ארבעים": 40,
        "חמישים": 50,
        "עשרה": 10,
        "עשר": 10,
        "חמישה": 5,
        "חמש": 5,
    },
}
_NAMED: Mapping[str, str] = {"noon": "12:00", "midday": "12:00", "midnight": "00:00", "חצות": "00:00"}
_MORNING, _LATER, _NOON, _NIGHT = "morning", "later", "noon", "night"
_PARTS: Mapping[str, str] = {
    "am": _MORNING,
    "a.m": _MORNING,
    "in the morning": _MORNING,
    "pm": _LATER,
    "p.m": _LATER,
    "in the afternoon": _LATER,
    "in the evening": _LATER,
    "at night": _NIGHT,
    "בבוקר": _MORNING,
    "לפנות בוקר": _MORNING,
    "בצהריים": _NOON,
    "בצהרים": _NOON,
    "אחר הצהריים": _LATER,
    "אחרי הצהריים": _LATER,
    'אחה"צ': _LATER,
    "אחה\u05f4צ": _LATER,
    "בערב": _LATER,
    "בלילה": _NIGHT,
}
_NOON_HOUR, _HALF_DAY, _DAY_HOURS, _HOUR_MINUTES = 12, 12, 24, 60
_EARLIEST_BARE = 7
"""A bare hour below this is in the afternoon: nobody means a session at three in the night."""


def _any(words: Mapping[str, object]) -> str:
    return "|".join(re.escape(word) for word in words)


_DIGITS = r"(?P<hour>\d{1,2})(?::(?P<digits>[0-5]\d)|\.(?P<dotted>00|15|30|45))?"
_SPOKEN: Mapping[Language, str] = {
    "en": (
        rf"(?:(?P<first>{_any(_MINUTES['en'])}) (?P<way>past|to) )?(?:{_DIGITS}|(?P<word>{_any(_HOURS['en'])}))"
        rf"(?: (?P<after>fifteen|thirty|forty[- ]five|o'clock))?"
        r"(?: ?(?P<part>am|pm|a\.m|p\.m|in the morning|in the afternoon|in the evening|at night))?\.?"
    ),
    "he": (
        rf"(?:שעה |ה)?(?:(?P<first>{_any(_MINUTES['he'])})(?P<way> ל))?(?:{_DIGITS}|(?P<word>{_any(_HOURS['he'])}))"
        rf"(?: ו(?P<after>{_any(_MINUTES['he'])})(?: דקות)?)?"
        r"(?: (?P<part>בבוקר|לפנות בוקר|בצהריים|בצהרים|אחרי? הצהריים|אחה[\"״]צ|בערב|בלילה))?"
    ),
}
_CLOCK: Mapping[Language, str] = {
    language: rf"(?:(?P<name>{_any(_NAMED)})|{spoken})(?![\w:])" for language, spoken in _SPOKEN.items()
}
CLOCK: Mapping[Language, str] = {language: re.sub(r"\?P<\w+>", "?:", pattern) for language, pattern in _CLOCK.items()}
"""A time of day, without groups."""

_COUNT = {
    "en": f"\\d{{1,3}}|{_any(_MINUTES['en'])}|sixty|ninety",
    "he": f"\\d{{1,3}}|{_any(_MINUTES['he'])}|שישים|תשעים",
}
_COUNTS: Mapping[Language, Mapping[str, int]] = {
    "en": {**_MINUTES["en"], "sixty": 60, "ninety": 90},
    "he": {**_MINUTES["he"], "שישים": 60, "תשעים": 90},
}
_PHRASES: Mapping[str, int] = {
    "half an hour": 30,
    "a quarter of an hour": 15,
    "three quarters of an hour": 45,
    "an hour and a half": 90,
    "an hour": 60,
    "a hour": 60,
    "one hour": 60,
    "two hours": 120,
    "three hours": 180,
    "hour": 60,
    "חצי שעה": 30,
    "רבע שעה": 15,
    "שלושת רבעי שעה": 45,
    "שעה וחצי": 90,
    "שעה ורבע": 75,
    "שעה אחת": 60,
    "שעתיים וחצי": 150,
    "שעתיים": 120,
    "שלוש שעות": 180,
    "שעה": 60,
    "השעתיים": 120,
    "השעה": 60,
}
_UNITS: Mapping[Language, tuple[str, str]] = {
    "en": (r"(?:minutes?|mins?)", r"(?:hours?|hrs?|h)"),
    "he": (r"(?:ה?דקות|דקה|דק'?)", r"(?:ה?שעות|שעה)"),
}
DURATION: Mapping[Language, str] = {
    language: rf"(?:{_any(_PHRASES)}|(?:{_COUNT[language]})[ -]?{minutes}|\d{{1,2}} ?{hours})(?!\w)"
    for language, (minutes, hours) in _UNITS.items()
}
"""A length of time, without groups."""


def read_clock(said: str, language: Language) -> str | None:
    """Return ``HH:MM``, or None for what is no time of day.

    Without "morning" or "pm", a bare hour from 1 to 6 is in the afternoon; a leading zero (``02:30``) means the night.
    """
    found = re.fullmatch(_CLOCK[language], said.strip(), re.IGNORECASE)
    if found is None:
        return None
    if found["name"]:
        return _NAMED[found["name"].lower()]
    hour = int(found["hour"]) if found["hour"] else _HOURS[language][found["word"].lower()]
    hour = _in_day(hour, _part(found["part"]), has_zero=(found["hour"] or "").startswith("0"))
    minutes = hour * _HOUR_MINUTES + int(found["digits"] or found["dotted"] or 0)
    minutes += _MINUTES[language].get((found["after"] or "").lower(), 0)
    first = _MINUTES[language].get((found["first"] or "").lower(), 0)
    minutes += first if found["way"] == "past" else -first
    if hour >= _DAY_HOURS:
        return None
    return f"{minutes // _HOUR_MINUTES % _DAY_HOURS:02}:{minutes % _HOUR_MINUTES:02}"


def _part(said: str | None) -> str | None:
    return _PARTS[said.lower()] if said else None


def _in_day(hour: int, part: str | None, *, has_zero: bool) -> int:
    if part == _MORNING:
        return hour % _HALF_DAY
    if part == _LATER:
        return hour + _HALF_DAY if hour < _NOON_HOUR else hour
    if part == _NIGHT:
        return hour + _HALF_DAY if _EARLIEST_BARE <= hour < _NOON_HOUR else hour % _HALF_DAY
    is_small = 0 < hour < _EARLIEST_BARE and not has_zero
    return hour + _HALF_DAY if is_small else hour


def read_duration(said: str, language: Language) -> int | None:
    """Return a length in minutes, or None for what is no length."""
    words = said.strip().lower()
    if words in _PHRASES:
        return _PHRASES[words]
    minutes, hours = _UNITS[language]
    if found := re.fullmatch(rf"({_COUNT[language]})[ -]?{minutes}", words):
        return int(found[1]) if found[1].isdigit() else _COUNTS[language][found[1]]
    found = re.fullmatch(rf"(\d{{1,2}}) ?{hours}", words)
    return int(found[1]) * _HOUR_MINUTES if found else None


def clock_minutes(clock: str) -> int:
    """Return the minutes since midnight of ``HH:MM``."""
    hour, minute = clock.split(":")
    return int(hour) * _HOUR_MINUTES + int(minute)


def clock_text(minutes: int) -> str:
    """Return minutes since midnight as ``HH:MM``."""
    return f"{minutes // _HOUR_MINUTES % _DAY_HOURS:02}:{minutes % _HOUR_MINUTES:02}"
