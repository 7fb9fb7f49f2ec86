"""Say a phrase in a language: Fluent messages, isolated values, dates and times by Babel."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale as BabelLocale
from babel.dates import format_date, format_time
from babel.lists import format_list
from fluent.runtime import FluentBundle, FluentResource

from core.kernel.phrases import Moment, Phrase, PhraseValue, Span
from core.kernel.principal import Locale

_FOLDER = Path(__file__).parent
LOCALES: tuple[Locale, ...] = tuple(sorted({path.parent.name for path in _FOLDER.glob("*/*.ftl")}))
"""The languages there are; adding one is adding its folder of ``.ftl`` files."""

_FALLBACK: Locale = "en"
_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"
_LONGEST_VALUE = 2000
"""Characters; Fluent refuses a value of more than 2,500 with its isolates."""
_INVISIBLE = dict.fromkeys(
    [
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2065),
        *range(0x2066, 0x2070),
        *range(0xE0000, 0xE0080),
        0x061C,
        0xFEFF,
        *(code for code in range(0x20) if code not in (0x09, 0x0A)),
        0x7F,
    ]
)
"""Bidi controls, zero-width and tag characters: in a value they can make a card read as something else (UAX #9)."""


def plain(text: str) -> str:
    """Return somebody's text without invisible characters that could reorder or hide what is read."""
    return text.translate(_INVISIBLE)


def on_one_line(text: str) -> str:
    """Return somebody's text as a card shows it: nothing invisible, and every stretch of white space one space."""
    return " ".join(plain(text).split())


def locale_of_text(text: str) -> Locale:
    """Guess the language of a person we do not know yet: Hebrew letters mean Hebrew."""
    return "he" if any("\u0590" <= letter <= "\u05ff" for letter in text) else _FALLBACK


def say(locale: Locale, said: Phrase, *, reader_zone: str | None = None) -> str:
    """Return the phrase in the language, or in English where the language is unknown.

    ``reader_zone`` is the reader's IANA zone; times name the event's zone where the two differ.

    Raises ``LookupError`` for a message that does not exist and ``ValueError`` for one that cannot be formatted.
    """
    known = locale if locale in LOCALES else _FALLBACK
    if said.id == "verbatim":
        return plain(str(said.args["text"]))
    bundle = _bundle(known)
    if not bundle.has_message(said.id):
        raise LookupError(said.id)
    pattern = bundle.get_message(said.id).value
    if pattern is None:
        raise LookupError(said.id)
    values = {name: _value(known, value, reader_zone) for name, value in said.args.items()}
    stand_ins = _stand_ins(values)
    text, errors = bundle.format_pattern(pattern, values | {name: mark for mark, name in stand_ins.items()})
    if errors:
        raise ValueError(f"{said.id}: {errors[0]}")
    return _with_long_values(str(text), stand_ins, values)


def _stand_ins(values: Mapping[str, str | int]) -> dict[str, str]:
    """Return a mark for each value that is longer than Fluent takes, with the value's name.

    No text of anybody's holds such a mark: ``plain`` takes the invisible character out.
    """
    long = (name for name, value in values.items() if isinstance(value, str) and len(value) > _LONGEST_VALUE)
    return {f"\u2060{place}\u2060": name for place, name in enumerate(long)}


def _with_long_values(text: str, stand_ins: Mapping[str, str], values: Mapping[str, str | int]) -> str:
    for mark, name in stand_ins.items():
        text = text.replace(mark, str(values[name]))
    return text


@cache
def _bundle(locale: Locale) -> FluentBundle:
    bundle = FluentBundle([locale], use_isolating=True)
    for path in sorted((_FOLDER / locale).glob("*.ftl")):
        bundle.add_resource(FluentResource(path.read_text("utf-8")))
    return bundle


def _value(locale: Locale, value: PhraseValue, zone: str | None) -> str | int:
    if isinstance(value, int):
        return value
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, Phrase):
        return say(locale, value, reader_zone=zone)
    if isinstance(value, Moment):
        return _moment(locale, value, zone)
    if isinstance(value, Span):
        return _span(locale, value, zone)
    if isinstance(value, tuple):
        return _list(locale, value, zone)
    return _day(locale, value)


def _list(locale: Locale, items: tuple[Phrase | str, ...], zone: str | None) -> str:
    said = [f"{_FIRST_STRONG_ISOLATE}{_value(locale, item, zone)}{_POP_ISOLATE}" for item in items]
    return format_list(said, locale=BabelLocale.parse(locale))


def _day(locale: Locale, day: date) -> str:
    pattern = "EEEE, d בMMMM" if locale == "he" else "EEEE, MMMM d"
    return format_date(day, pattern, locale=locale)


def _time(locale: Locale, at: datetime) -> str:
    said = format_time(at, "HH:mm", locale=locale)
    # When the clocks go back an hour happens twice: only the offset tells which of the two is meant.
    is_twice = at.replace(fold=0).utcoffset() != at.replace(fold=1).utcoffset()
    return (
        say(locale, Phrase("time-twice-on-that-day", {"time": said, "offset": at.isoformat()[-6:]}))
        if is_twice
        else said
    )


def _zone_note(locale: Locale, at: datetime, zone: str, reader_zone: str | None) -> str:
    if reader_zone is None or at.astimezone(ZoneInfo(reader_zone)).utcoffset() == at.utcoffset():
        return ""
    return " " + say(locale, Phrase("time-zone-note", {"zone": zone}))


def _moment(locale: Locale, moment: Moment, reader_zone: str | None) -> str:
    at = moment.at.astimezone(ZoneInfo(moment.zone))
    said = Phrase("time-moment", {"day": at.date(), "time": _time(locale, at)})
    return say(locale, said) + _zone_note(locale, at, moment.zone, reader_zone)


def _span(locale: Locale, span: Span, reader_zone: str | None) -> str:
    zone = ZoneInfo(span.zone)
    start, end = span.start.astimezone(zone), span.end.astimezone(zone)
    values: dict[str, PhraseValue] = {"day": start.date(), "start": _time(locale, start), "end": _time(locale, end)}
    if start.date() == end.date():
        said = Phrase("time-span", values)
    else:
        said = Phrase("time-span-days", {**values, "endday": end.date()})
    return say(locale, said) + _zone_note(locale, start, span.zone, reader_zone)
