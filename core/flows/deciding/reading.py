"""What somebody types as a value, read by its type: numbers, days, times, yes and no, in every language. Pure."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import get_day_names, get_month_names

from core.kernel.fields import FieldKind, Slot
from core.kernel.money import Unclear, read_money
from core.kernel.names import name_key
from core.kernel.phrases import Phrase, phrase
from core.naming.times import ascii_digits
from core.texts import LOCALES, say

_NUMBER = re.compile(r"-?(?:\d{1,3}(?:[, ]\d{3})+|\d+)")
_LENGTH = re.compile(r"(\d{1,3}):(\d{2})")
_DAY = re.compile(r"(\d{1,2})[./](\d{1,2})(?:[./](\d{4}))?")
_DAY_AND_MONTH = re.compile(r"(\d{1,2})\s+(\D+?)(?:\s+(\d{4}))?")
_MONTH_AND_DAY = re.compile(r"(\D+?)\s+(\d{1,2})(?:,?\s+(\d{4}))?")
_JOINED = re.compile(r"^ב[־-]?(?=\d)")
"""What Hebrew joins to a day: "on the"."""
_LAST_CLOCK = re.compile(r"(.*?)[\s,T]+(\d{1,2}:\d{2})")
_WEEK = 7


class BadValue(Exception):
    """A value that cannot be read as what it has to be; ``phrase`` says how it is written."""

    def __init__(self, said: Phrase) -> None:
        super().__init__(said.id)
        self.phrase = said

    @classmethod
    def of(cls, slot: Slot) -> "BadValue":
        """Return that something cannot be the value of this."""
        if slot.choices:
            return cls(phrase("edit-field-choice", label=slot.label, options=tuple(said for _, said in slot.choices)))
        least, most = slot.least, slot.most
        if slot.kind in {"number", "duration"} and least is not None and most is not None:
            return cls(phrase("edit-field-range", label=slot.label, least=least, most=most))
        return cls(phrase(f"edit-field-{slot.kind}", label=slot.label))


def read_value(slot: Slot, typed: str, *, now: datetime, zone: str, may_be_empty: bool = False) -> Any:
    """Return a value as its tool takes it, None for an empty one; raises ``BadValue``.

    Days without a year are the next ones, seen from today in the zone. ``may_be_empty``: the tool says itself of what.
    """
    if not typed:
        if slot.is_optional or may_be_empty:
            return None
        raise BadValue(phrase("edit-field-empty", label=slot.label))
    read = _READERS.get(slot.kind)
    if read is None:
        return typed
    found = read(ascii_digits(typed), slot, now.astimezone(ZoneInfo(zone)).date())
    if found is None:
        raise BadValue.of(slot)
    return found


def read_day(text: str, today: date) -> date | None:
    """Return the day that is meant: written with digits, by month or by a word; None for what is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    word = name_key(text) or ""
    if word in _words():
        return today + timedelta(days=_words()[word])
    if word in _weekdays():
        return today + timedelta(days=(_weekdays()[word] - today.weekday()) % _WEEK)
    found = _parted(_JOINED.sub("", text))
    return None if found is None else _next(*found, today)


def _parted(text: str) -> tuple[int, int, int | None] | None:
    """Return a day and month, and the year where one is said."""
    if digits := _DAY.fullmatch(text):
        return int(digits[1]), int(digits[2]), int(digits[3]) if digits[3] else None
    for pattern, day, month in ((_DAY_AND_MONTH, 1, 2), (_MONTH_AND_DAY, 2, 1)):
        if (named := pattern.fullmatch(text)) and (name_key(named[month]) or "") in _months():
            return int(named[day]), _months()[name_key(named[month]) or ""], int(named[3]) if named[3] else None
    return None


def _next(day: int, month: int, year: int | None, today: date) -> date | None:
    # The 29th of February is there every four years, and once every eight.
    years = [year] if year is not None else range(today.year, today.year + 9)
    for each in years:
        try:
            found = date(each, month, day)
        except ValueError:
            continue
        if year is not None or found >= today:
            return found
    return None


def _number(text: str, slot: Slot, _today: date) -> int | None:
    if not _NUMBER.fullmatch(text):
        return None
    number = int(re.sub("[, ]", "", text))
    is_less, is_more = slot.least is not None and number < slot.least, slot.most is not None and number > slot.most
    return None if is_less or is_more else number


def _length(text: str, slot: Slot, today: date) -> int | None:
    clock = _LENGTH.fullmatch(text)
    return _number(str(int(clock[1]) * 60 + int(clock[2])) if clock else text, slot, today)


def _amount(text: str, _slot: Slot, _today: date) -> str:
    """Return an amount as it was said: its tool reads it, and what it cannot read is told by the same words."""
    try:
        read_money(text)
    except Unclear as unclear:
        raise BadValue(unclear.phrase) from None
    return text


def _date(text: str, _slot: Slot, today: date) -> str | None:
    day = read_day(text, today)
    return None if day is None else day.isoformat()


def _moment(text: str, _slot: Slot, today: date) -> str:
    """Return a day in words as a date; what is left the tool reads, which knows the day that is meant."""
    parts = _LAST_CLOCK.fullmatch(text)
    day = read_day(parts[1], today) if parts else None
    return text if parts is None or day is None else f"{day.isoformat()}T{parts[2].zfill(5)}"


def _chosen(text: str, slot: Slot, _today: date) -> str | None:
    return _called(text, slot.choices)


def _flag(text: str, _slot: Slot, _today: date) -> bool | None:
    found = _called(text, (("yes", phrase("field-yes")), ("no", phrase("field-no"))))
    return None if found is None else found == "yes"


def _called(text: str, options: tuple[tuple[str, Phrase], ...]) -> str | None:
    """Return the option that is called so in any language, or that has the very value."""
    key = name_key(text)
    names = {name_key(say(locale, said)): value for value, said in options for locale in LOCALES}
    return ({name_key(value): value for value, _said in options} | names).get(key)


@cache
def _words() -> dict[str, int]:
    ids = ("day-today", "day-tomorrow", "day-after-tomorrow")
    return {name_key(say(locale, phrase(id_))) or "": days for days, id_ in enumerate(ids) for locale in LOCALES}


@cache
def _weekdays() -> dict[str, int]:
    return _named(get_day_names)


@cache
def _months() -> dict[str, int]:
    return _named(get_month_names)


def _named(names: Callable[..., Any]) -> dict[str, int]:
    found: dict[str, int] = {}
    for locale in LOCALES:
        for width in ("wide", "abbreviated"):
            for number, name in names(width, locale=locale).items():
                key = (name_key(name) or "").removesuffix(".")
                # "ב־14 במאי": Hebrew joins "in" to the month.
                found |= {key: number, f"ב{key}": number} if locale == "he" else {key: number}
    return found


_READERS: dict[FieldKind, Callable[[str, Slot, date], Any]] = {
    "number": _number,
    "duration": _length,
    "money": _amount,
    "date": _date,
    "moment": _moment,
    "choice": _chosen,
    "flag": _flag,
}
"""Names of people and rooms, and words, the tools read themselves."""
