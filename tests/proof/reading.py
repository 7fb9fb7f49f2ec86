"""Read a posted card as a person does: words on the screen and what its buttons carry; nothing from our own rows."""

import html
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import get_day_names, get_month_names

_MARKS = dict.fromkeys([0x200E, 0x200F, 0x2060, *range(0x2066, 0x206A)])
_CLOCK = re.compile(r"(\d\d):(\d\d)(?: \(UTC([+-]\d\d):(\d\d)\))?")
_TAG = re.compile(r"</?(?:b|i|blockquote)>")


@dataclass(frozen=True, slots=True)
class Seen:
    """What stands on a card: its headline, its labelled values (now and as proposed), and what its buttons carry."""

    title: str
    values: dict[str, str]
    proposed: dict[str, str]
    buttons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """The furniture of a card in one language."""

    locale: str
    now: str
    proposed: str


WORDS = {"en": Words("en", "Now", "Proposed"), "he": Words("he", "עכשיו", "מוצע")}


def plain(text: str) -> str:
    """Return a text without the marks that nobody sees: of direction, and those that keep a name from being a link."""
    return text.translate(_MARKS)


def seen_in_slack(blocks: list[dict[str, Any]], words: Words) -> Seen:
    """Read the blocks of a message."""
    title = plain(blocks[0]["text"]["text"])
    if blocks[1]["type"] == "section" and "text" in blocks[1] and title.endswith("…"):
        title = _unescaped(blocks[1]["text"]["text"])
    values: dict[str, str] = {}
    proposed: dict[str, str] = {}
    for block in blocks:
        for field in block.get("fields", []) if block["type"] == "section" else []:
            label, _, value = _unescaped(field["text"]).partition("\n")
            _put(label.strip("*"), value, words, values, proposed)
    buttons = [element["value"] for block in blocks if block["type"] == "actions" for element in block["elements"]]
    return Seen(title, values, proposed, tuple(buttons))


def seen_in_telegram(markup: str, keyboard: dict[str, Any], words: Words) -> Seen:
    """Read the HTML of a message and its keyboard."""
    values: dict[str, str] = {}
    proposed: dict[str, str] = {}
    title, *lines = [html.unescape(plain(_TAG.sub("", line))) for line in markup.split("\n")]
    above = ""
    for line in lines:
        label, colon, value = line.partition(": ")
        if not colon:
            above = line
        elif label in {words.now, words.proposed}:
            _put(f"{above} ({label})", value, words, values, proposed)
        else:
            values.setdefault(label, value)
    buttons = [button["callback_data"] for row in keyboard["inline_keyboard"] for button in row]
    return Seen(title, values, proposed, tuple(buttons))


def read_span(said: str, locale: str, zone: str, about: date) -> tuple[datetime, datetime]:
    """Return start and end of "Thu 1 May · 10:00 to 11:00". The year is the one near ``about`` that fits."""
    clocks = list(_CLOCK.finditer(said))
    days = _days(said, locale, about)
    assert len(clocks) == 2, said
    start, end = (_at(days[0 if place == 0 else -1], clock, zone) for place, clock in enumerate(clocks))
    return start, end


def _put(label: str, value: str, words: Words, values: dict[str, str], proposed: dict[str, str]) -> None:
    for mark, found in ((words.now, values), (words.proposed, proposed)):
        if label.endswith(f" ({mark})"):
            found[label.removesuffix(f" ({mark})")] = value
            return
    values.setdefault(label, value)


def _unescaped(text: str) -> str:
    shown = plain(text)
    for entity, letter in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        shown = shown.replace(entity, letter)
    return shown


def _days(said: str, locale: str, about: date) -> list[date]:
    width = "abbreviated" if locale == "en" else "wide"
    months = {name: number for number, name in get_month_names(width, "format", locale).items()}
    weekdays = {name: number for number, name in get_day_names("abbreviated", "format", locale).items()}
    named = "|".join(map(re.escape, sorted(weekdays, key=len, reverse=True)))
    month = "|".join(map(re.escape, months))
    patterns = {
        "en": rf"(?P<weekday>{named}) (?P<day>\d+) (?P<month>{month})",
        "he": rf"(?P<weekday>{named}), (?P<day>\d+) ב(?P<month>{month})",
    }
    return [
        _dated(weekdays[found["weekday"]], months[found["month"]], int(found["day"]), about)
        for found in re.finditer(patterns[locale], said)
    ]


def _dated(weekday: int, month: int, day: int, about: date) -> date:
    fitting = []
    for year in (about.year - 1, about.year, about.year + 1):
        try:
            candidate = date(year, month, day)
        except ValueError:
            continue
        if candidate.weekday() == weekday:
            fitting.append(candidate)
    [only] = fitting
    return only


def _at(day: date, clock: re.Match[str], zone: str) -> datetime:
    local = datetime(day.year, day.month, day.day, int(clock[1]), int(clock[2]), tzinfo=ZoneInfo(zone))
    if clock[3] is None:
        return local
    offset = timedelta(hours=int(clock[3]), minutes=int(clock[4]) * (-1 if clock[3].startswith("-") else 1))
    [meant] = {each for each in (local, local.replace(fold=1)) if each.utcoffset() == offset}
    return meant
