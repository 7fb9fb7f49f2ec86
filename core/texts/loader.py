"""Say a phrase in a language: Fluent messages, isolated values, dates and times by Babel."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from itertools import accumulate
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale as BabelLocale
from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.numbers import format_currency
from fluent.runtime import FluentBundle, FluentResource

from core.kernel.phrases import Moment, Money, Parts, Phrase, PhraseValue, Span
from core.kernel.principal import Locale
from core.texts.direction import is_right_to_left

_FOLDER = Path(__file__).parent
LOCALES: tuple[Locale, ...] = tuple(sorted({path.parent.name for path in _FOLDER.glob("*/*.ftl")}))
"""The languages there are; adding one is adding its folder of ``.ftl`` files."""

_FALLBACK: Locale = "en"
_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"
_RIGHT_TO_LEFT_MARK = "\u200f"
_LONGEST_VALUE = 2000
"""Characters; Fluent refuses a value of more than 2,500 with its isolates."""
_MAQAF = "\u05be"
_PREFIX = re.compile(r"(?<![א-ת׳״])(?P<prefix>[ובהכלמש]{1,2})[\u05be-]?(?=\u2068(?P<value>.{1,200}))", re.DOTALL)
"""Letters that Hebrew joins to the next word, before a value."""
_PICTURE = "\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff"
_JOINING = "\u0600-\u08ff\u0900-\u0dff"
_INVISIBLE = re.compile(
    "(?P<flag>\U0001f3f4\U000e0067\U000e0062(?:\U000e0065\U000e006e\U000e0067|\U000e0073\U000e0063\U000e0074"
    "|\U000e0077\U000e006c\U000e0073)\U000e007f)"
    f"|(?P<joined>(?<=[{_PICTURE}\ufe0f])\u200d(?=[{_PICTURE}])|(?<=[{_JOINING}])[\u200c\u200d](?=[{_JOINING}])"
    f"|(?<=[0-9#*{_PICTURE}])[\ufe0e\ufe0f])"
    "|[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Bidi controls, zero-width, filling and tag characters, and variation selectors, in which whole sentences are hidden:
in a value they can make a card read as something else (UAX #9), and tell a model what nobody sees. What joins emoji and
letters of scripts that join, and the three flags that are written with tags, are seen and stay."""


_ISOLATES = "\u2066\u2067\u2068\u2069"
_MARKS, _DIRECTION = re.compile("([\u200e\u200f])"), re.compile(f"([\u200e\u200f{_ISOLATES}])")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
"""Spaces that keyboards and copied pages write: not line breaks."""


def plain(text: str) -> str:
    """Return somebody's text without invisible characters that could reorder or hide what is read."""
    return _INVISIBLE.sub(lambda found: found[0] if found.lastgroup else "", text)


def plain_answer(text: str) -> str:
    """Return a model's words without what nobody sees.

    What keeps names in their place stays: direction marks, and the isolates of a line that closes each it opens.
    """
    return "\n".join(map(_plain_line, text.split("\n"))) if plain(text).strip() else ""


def _plain_line(line: str) -> str:
    depth = [0]
    depth += [1 if letter in "\u2066\u2067\u2068" else -1 for letter in line if letter in _ISOLATES]
    sums = list(accumulate(depth))
    kept = _DIRECTION if min(sums) == sums[-1] == 0 else _MARKS
    return "".join(part if kept.fullmatch(part) else plain(part) for part in _DIRECTION.split(line))


def typed(text: str) -> str:
    """Return what somebody typed, for reading it: nothing invisible in it or around it, and every space a plain one."""
    return _SPACES.sub(" ", plain(text)).strip()


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
    said_so = _with_long_values(str(text), stand_ins, values)
    return joined_by_maqaf(said_so) if known == "he" else said_so


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


def joined_by_maqaf(text: str) -> str:
    """Return a Hebrew text in which a prefix (in, to, from, and) is joined as the value after it wants it.

    "ב־Hall B" and "ל־12:30", but "באולם": what a value begins with is known only once it stands there.
    """

    def joined(found: re.Match[str]) -> str:
        first = next((letter for letter in found["value"] if letter.isalnum()), "א")
        return found["prefix"] + ("" if "א" <= first <= "ת" else _MAQAF)

    return _PREFIX.sub(joined, text)


@cache
def _bundle(locale: Locale) -> FluentBundle:
    bundle = FluentBundle([locale], use_isolating=True)
    for path in sorted((_FOLDER / locale).glob("*.ftl")):
        bundle.add_resource(FluentResource(path.read_text("utf-8")))
    return bundle


def _value(locale: Locale, value: PhraseValue, zone: str | None) -> str | int:
    if isinstance(value, int | str):
        return value if isinstance(value, int) else plain(value)
    if isinstance(value, Phrase):
        return say(locale, value, reader_zone=zone)
    if isinstance(value, Moment | Span):
        return _moment(locale, value, zone) if isinstance(value, Moment) else _span(locale, value, zone)
    if isinstance(value, Parts | tuple):
        return _parts(locale, value, zone) if isinstance(value, Parts) else _list(locale, value, zone)
    # Babel's marks keep the sign of the currency on its side in Hebrew; nobody's words are in them.
    return (
        format_currency(value.amount, value.currency, locale=locale)
        if isinstance(value, Money)
        else _day(locale, value)
    )


def _parts(locale: Locale, value: Parts, zone: str | None) -> str:
    said = " · ".join(_isolated(locale, value.items, zone))
    # There is not one letter between the parts that would tell which of them is the first.
    return _RIGHT_TO_LEFT_MARK + said if is_right_to_left(locale) else said


def _list(locale: Locale, items: tuple[Phrase | str, ...], zone: str | None) -> str:
    said = format_list(_isolated(locale, items, zone), locale=BabelLocale.parse(locale))
    return joined_by_maqaf(said) if locale == "he" else said


def _isolated(locale: Locale, items: tuple[Phrase | str, ...], zone: str | None) -> list[str]:
    return [f"{_FIRST_STRONG_ISOLATE}{_value(locale, item, zone)}{_POP_ISOLATE}" for item in items]


def _day(locale: Locale, day: date) -> str:
    """Short: on a card a day stands beside a time, and is read at a glance."""
    return format_date(day, "EEE, d בMMMM" if locale == "he" else "EEE d MMM", locale=locale)


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
    if not span.is_dated:
        said = Phrase("time-hours", values)
    elif start.date() == end.date():
        said = Phrase("time-span", values)
    else:
        said = Phrase("time-span-days", {**values, "endday": end.date()})
    return say(locale, said) + _zone_note(locale, start, span.zone, reader_zone)
