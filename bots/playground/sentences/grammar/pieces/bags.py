"""The small change of a sentence: day, time, room, length, in whatever order they come."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal, TypeAlias, TypedDict

from bots.playground.sentences.grammar.pieces.clock import (
    CLOCK,
    DURATION,
    clock_minutes,
    clock_text,
    read_clock,
    read_duration,
)
from bots.playground.sentences.grammar.pieces.days import DAY, Situation, read_day
from bots.playground.sentences.grammar.pieces.rooms import ROOM, read_room
from bots.playground.sentences.grammar.text import Language

Kind: TypeAlias = Literal[
    "now",
    "range",
    "at",
    "after",
    "before",
    "morning",
    "afternoon",
    "evening",
    "day",
    "room",
    "minutes",
    "places",
    "name",
]
BagName: TypeAlias = Literal["filters", "filters1", "placing", "destination", "more"]


class BagFields(TypedDict, total=False):
    """The fields of a wish that a bag can fill."""

    is_now: bool
    at: str
    end: str
    after: str
    before: str
    day: date
    room: str
    minutes: int
    number: int
    speaker: str


@dataclass(frozen=True, slots=True)
class Item:
    """One piece; ``<clock>``, ``<day>``, ``<room>``, ``<duration>`` and ``<name>`` stand for their grammars."""

    kind: Kind
    pattern: str


_ITEMS: Mapping[Language, tuple[Item, ...]] = {
    "en": (
        Item("now", r"(?:right |from )?now(?: on)?|currently|at the moment|at this moment"),
        Item("range", r"(?:from |between |at )?<clock> ?(?:-|to|until|till|and) ?<clock>"),
        Item("after", r"(?:not before|after|from|since) <clock>(?: on| onwards?)?"),
        Item("before", r"(?:before|until|till) <clock>"),
        Item("at", r"(?:at|@|around|starting at) <clock>|\d{1,2}:\d{2}"),
        Item("morning", r"(?:in the |this )?morning"),
        Item("afternoon", r"(?:in the |this )?afternoon"),
        Item("evening", r"(?:in the |this )?evening"),
        Item("room", r"(?:in|at|on|to|for) (?:the )?<room>"),
        Item("day", r"(?:on |for |of )?<day>"),
        Item("minutes", r"(?:for|of|lasting) (?:at least )?<duration>"),
    ),
    "he": (
        Item("now", r"מ?עכשיו(?: והלאה| ואילך)?|כרגע|ברגע זה"),
        Item("range", r"(?:בין |מ|ב)?<clock> ?(?:-|ועד|עד|ל) ?<clock>"),
        Item("after", r"(?:אחרי|החל מ|לא לפני|מ) ?(?:ה?שעה )?<clock>(?: והלאה| ואילך)?"),
        Item("before", r"(?:לפני|עד) <clock>"),
        Item("at", r"ב(?:ערך ב|סביבות )?<clock>|<clock>"),
        Item("morning", r"בבוקר"),
        Item("afternoon", r"אחרי? הצהריים|אחה[\"״]צ|בצהריים"),
        Item("evening", r"בערב"),
        Item("room", r"(?:ב|ל|של |על )?<room>"),
        Item("day", r"(?:ב|ל|של )?<day>"),
        Item("minutes", r"(?:ל|של |במשך |למשך )<duration>"),
    ),
}
_PLACING: Mapping[Language, tuple[Item, ...]] = {
    "en": (
        Item("places", r"(?:for|with) (?:up to )?(\d{1,6}) (?:people|participants|seats|places|guests)"),
        Item("name", r"(?:with|by|given by|presented by) <name>"),
    ),
    "he": (
        Item("places", r"(?:ל|עם )(?:עד )?(\d{1,6}) (?:איש|אנשים|משתתפים|מקומות)"),
        Item("name", r"(?:עם|מפי|בהנחיית|בהגשת) <name>"),
    ),
}
_BARE: Mapping[Language, tuple[Item, ...]] = {
    "en": (
        Item("range", r"(?:from )?<clock> ?(?:-|to|until|till) ?<clock>"),
        Item("room", r"(?:the )?<room>"),
        Item("day", r"<day>"),
        Item("at", r"<clock>"),
    ),
    "he": (
        Item("range", r"<clock> ?(?:-|ועד|עד) ?<clock>"),
        Item("room", r"<room>"),
        Item("day", r"<day>"),
        Item("at", r"<clock>"),
    ),
}
"""What may follow "to" directly, and what a follow-up such as "and tomorrow?" begins with."""
_NAME = r"[^\d\",]+?"
_SEPARATOR = r"(?: ?, ?|,? (?:and )?)"
_PARTS_OF_DAY: Mapping[str, tuple[str | None, str | None]] = {
    "morning": (None, "12:00"),
    "afternoon": ("12:00", "18:00"),
    "evening": ("17:00", None),
}


def bag_pattern(name: BagName, language: Language) -> str:
    """Return the regular expression of a bag, without groups."""
    items = f"(?:{_SEPARATOR}(?:{_alternatives(_items(name, language), language)}))"
    if name == "filters":
        return f"{items}*"
    if name in {"filters1", "placing"}:
        return f"{items}+"
    first = (*_BARE[language], *(_ITEMS[language] if name == "more" else ()))
    return f"(?:{_alternatives(first, language)}){items}*"


def read_bag(name: BagName, said: str, language: Language, situation: Situation) -> BagFields | None:
    """Return the fields that a bag's words fill, or None when a piece cannot be (25 o'clock, day 9 of 2)."""
    fields: BagFields = {}
    for item, groups in _pieces(name, said, language):
        if not _fill(fields, item.kind, groups, language, situation):
            return None
    return fields


def _items(name: BagName, language: Language) -> tuple[Item, ...]:
    return (*_PLACING[language], *_ITEMS[language]) if name == "placing" else _ITEMS[language]


def _expand(pattern: str, language: Language, *, capture: bool) -> str:
    group = "(" if capture else "(?:"
    grammars = {
        "clock": CLOCK[language],
        "day": DAY[language],
        "room": ROOM,
        "duration": DURATION[language],
        "name": _NAME,
    }
    expanded = re.sub(r"<(\w+)>", lambda found: f"{group}{grammars[found[1]]})", pattern)
    return expanded if capture else expanded.replace(r"(\d", r"(?:\d")


def _alternatives(items: tuple[Item, ...], language: Language) -> str:
    return "|".join(_expand(item.pattern, language, capture=False) for item in items)


@cache
def _compiled(name: BagName, language: Language, *, is_first: bool) -> tuple[tuple[Item, re.Pattern[str]], ...]:
    """One expression per item; each looks ahead that what is left can be read too, so that no piece takes too much."""
    items = _items(name, language)
    rest = f"(?={_SEPARATOR}(?:{_alternatives(items, language)})|$)"
    tail = f"(?=(?:{_SEPARATOR}(?:{_alternatives(items, language)}))*$)"
    separator = _SEPARATOR
    if is_first and name in {"destination", "more"}:
        separator, items = "", (*_BARE[language], *(_ITEMS[language] if name == "more" else ()))
    return tuple(
        (item, re.compile(f"{separator}(?:{_expand(item.pattern, language, capture=True)}){rest}{tail}", re.IGNORECASE))
        for item in items
    )


def _pieces(name: BagName, said: str, language: Language) -> Iterator[tuple[Item, tuple[str | None, ...]]]:
    place = 0
    while place < len(said):
        for item, pattern in _compiled(name, language, is_first=place == 0):
            if found := pattern.match(said, place):
                yield item, (found[0], *found.groups())
                place = found.end()
                break
        else:
            return


def _fill(
    fields: BagFields, kind: Kind, groups: tuple[str | None, ...], language: Language, situation: Situation
) -> bool:
    values = [value for value in groups[1:] if value is not None] or [(groups[0] or "").strip(" ,")]
    if kind in _PARTS_OF_DAY:
        return _fill_part(fields, kind)
    if kind in {"at", "range", "after", "before"}:
        return _fill_time(fields, kind, values, language)
    if kind in {"places", "name"}:
        return _fill_session(fields, kind, values[0])
    if kind == "now":
        fields["is_now"] = True
    elif kind == "day" and (day := read_day(values[0], language, situation)):
        fields["day"] = day
    elif kind == "room" and (room := read_room(values[0])):
        fields["room"] = room
    elif kind == "minutes" and (minutes := read_duration(values[0], language)):
        fields["minutes"] = minutes
    else:
        return False
    return True


def _fill_session(fields: BagFields, kind: Kind, said: str) -> bool:
    if kind == "places":
        fields["number"] = int(said)
    else:
        fields["speaker"] = said.strip()
    return True


def _fill_part(fields: BagFields, kind: Kind) -> bool:
    after, before = _PARTS_OF_DAY[kind]
    if after:
        fields["after"] = after
    if before:
        fields["before"] = before
    return True


def _fill_time(fields: BagFields, kind: Kind, values: list[str], language: Language) -> bool:
    clocks = [clock for value in values if (clock := read_clock(value, language))]
    if len(clocks) != len(values):
        return False
    if kind == "range":
        fields["at"], fields["end"] = clocks[0], _evening(clocks)
    elif kind == "after":
        fields["after"] = clocks[0]
    elif kind == "before":
        fields["before"] = clocks[0]
    else:
        fields["at"] = clocks[0]
    return True


def _evening(clocks: list[str]) -> str:
    """Return the end of a stretch; "9 to 7" and "11 to 12:30 pm" end after they begin."""
    start, end = (clock_minutes(clock) for clock in clocks)
    half_day = 12 * 60
    return clock_text(end + half_day) if end <= start < end + half_day < 2 * half_day else clocks[1]
