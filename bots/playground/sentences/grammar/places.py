"""The typed places of the table: what may stand in each, and the values that it gives. Pure."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeAlias, cast, get_args

from bots.playground.sentences.grammar.files import choices
from bots.playground.sentences.grammar.pieces.bags import BagName, bag_pattern, read_bag
from bots.playground.sentences.grammar.pieces.clock import CLOCK, DURATION, read_clock, read_duration
from bots.playground.sentences.grammar.pieces.days import DAY, Situation, read_day
from bots.playground.sentences.grammar.pieces.names import (
    ADDRESS,
    CONTACT,
    MONEY,
    read_contact,
    read_items,
    read_people,
    read_things,
    unquoted,
)
from bots.playground.sentences.grammar.pieces.rooms import ROOM, read_room
from bots.playground.sentences.grammar.text import Language

Fields: TypeAlias = Mapping[str, Any]
_Reader: TypeAlias = Callable[[str, Language, Situation], Any]

IT = "\x00it"
"""Stands for a session, a person or a suggestion where the sentence only points: "move it", "check her in"."""
ONLY = 0
"""What a bare "yes" chooses: the one that there is."""
LISTS = frozenset(get_args(BagName))
"""Places for day, time, room and length, in whatever order they come."""
NAMES = ("session", "other", "person", "thing", "names")
"""Values that name a row of some answer, and may turn out to fit several."""
NOTHING = object()
"""Words that are understood and give no value: "the event" where there is but one."""
_ANY = ("session", "other", "new", "query", "note", "thing", "event", "subject", "anyroom", "things", "items", "rest")
FREE = frozenset((*_ANY, "speaker", "person", "people", "fullnames"))
"""Places that any words fit."""

_WORD = r"[^\s\d\",;:]+"
_FULL_NAME = f"{_WORD} {_WORD}"
_ORDINALS: Mapping[Language, Mapping[str, int]] = {
    "en": {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "fifth": 5, "last": -1},
    "he": {
        **dict.fromkeys(("ראשונה", "ראשון"), 1),
        **dict.fromkeys(("שנייה", "שניה", "שני"), 2),
        **dict.fromkeys(("שלישית", "שלישי"), 3),
        **dict.fromkeys(("רביעית", "רביעי"), 4),
        **dict.fromkeys(("חמישית", "חמישי"), 5),
        **dict.fromkeys(("אחרונה", "אחרון"), -1),
    },
}
"""Which of several; -1 is the last."""
_POINTING: Mapping[Language, frozenset[str]] = {
    "en": frozenset("it/this/that/them/this one/that one/the workshop/him/her/he/she/they".split("/"))
    | {f"{which} {what}" for which in ("this", "that", "the") for what in ("session", "talk", "suggestion", "proposal")}
    | {f"the {which} {what}" for which in ("last", "latest") for what in ("suggestion", "one", "request")},
    "he": frozenset("אותו/אותה/אותם/אותן/זה/זאת/זו/את זה/הוא/היא/הבקשה/הבקשה האחרונה".split("/"))
    | {
        f"{what}{which}"
        for what in ("המושב", "ההרצאה", "הסדנה", "הפאנל", "ההצעה")
        for which in ("", " הזה", " הזאת", " הזו", " ההוא", " ההיא", " האחרונה")
    },
}
_THE_EVENT: Mapping[Language, frozenset[str]] = {
    "en": frozenset({"it", "everything"})
    | {
        f"{which} {what}"
        for which in ("the", "our", "this")
        for what in ("event", "conference", "festival", "agenda", "schedule", "programme", "program", "whole event")
    },
    "he": frozenset(
        'האירוע/אירוע/הכנס/כנס/הלוח/לוח/לוח הזמנים/הפסטיבל/תוכנית/התוכנית/הכול/הכל/לו"ז/הלו"ז/אותו/זה'.split("/")
    ),
}
_LEADS: Mapping[str, tuple[str, ...]] = {
    "session": (
        *("the session ", "the talk ", "the lecture ", "session ", "talk ", "the "),
        *("את המושב ", "את ההרצאה ", "את ", "המושב ", "ההרצאה ", "מושב ", "הרצאה "),
    ),
    "person": (
        *("the participant ", "the guest ", "participant ", "guest ", "את המשתתף ", "את המשתתפת "),
        *("המשתתף ", "המשתתפת ", "האורח ", "האורחת ", "את "),
    ),
    "thing": (
        *("the vendor ", "the supplier ", "vendor ", "the task ", "the item ", "the checklist item ", "task "),
        *("את הספק ", "הספק ", "הספקית ", "את המשימה ", "המשימה ", "המטלה ", "את "),
    ),
    "event": ("the event ", "the conference ", "event ", "את האירוע ", "האירוע ", "הכנס "),
    "subject": (
        *(
            f"{lead}{what} {link} "
            for lead in ("the ", "my ", "")
            for what in ("suggestion", "request", "proposal")
            for link in ("about", "for", "of", "to", "on")
        ),
        *(f"{what} {link}" for what in ("ההצעה", "הבקשה") for link in ("על ", "לגבי ", "של ", "ל", "עבור ")),
    ),
}
"""Words before a name that are not its own."""


@cache
def grammars(language: Language) -> Mapping[str, str]:
    """Return the expressions of the places, without groups."""
    return {
        **{place: "|".join(sorted(words, key=len, reverse=True)) for place, words in choices().items()},
        **dict.fromkeys(_ANY, r'"[^"]+"|.+?'),
        **{name: bag_pattern(name, language) for name in get_args(BagName)},
        "speaker": r'"[^"]+"|[^"]+?',
        "person": r'"[^"]+"|[^\d",;:]+?',
        # Where a prefix is written on to the next word, a name that itself begins with that letter would be cut.
        "fullname": f'"[^"]+"|{_FULL_NAME}',
        "people": r"[^\d;:]+?",
        "fullnames": f"{_FULL_NAME}(?:,? {_FULL_NAME})*",
        "contact": CONTACT,
        "address": ADDRESS,
        "zone": r"[A-Za-z]+(?:[_-][A-Za-z]+)*(?:/[A-Za-z_-]+)+|UTC",
        "room": ROOM,
        "clock": CLOCK[language],
        "day": DAY[language],
        "last": DAY[language],
        "place": f"{ROOM}|{CLOCK[language]}|{DAY[language]}",
        "duration": DURATION[language],
        "number": r"\d{1,6}",
        "cost": MONEY,
        "ordinal": "|".join(_ORDINALS[language]),
    }


def read_place(name: str, said: str, language: Language, situation: Situation) -> Fields | None:
    """Return the values that a place's words give, or None when they cannot be what the place is for."""
    if name in LISTS:
        found = read_bag(cast("BagName", name), said, language, situation)
        return {**found, "day": found["day"].isoformat()} if found and "day" in found else found
    if name in choices():
        return {name: choices()[name][said.lower()]}
    if name in {"contact", "address"}:
        return read_contact(said)
    field, read = _READERS[name]
    value = read(said, language, situation)
    if value is NOTHING:
        return {}
    return None if value in (None, (), "") else {field: value}


def _named(kind: str) -> _Reader:
    def read(said: str, language: Language, _situation: Situation) -> str:
        if kind != "thing" and said.lower() in _POINTING[language]:
            return IT
        words = said
        for lead in _LEADS[kind]:
            if words.lower().startswith(lead) and len(words) > len(lead):
                words = words[len(lead) :]
                break
        if kind == "subject" and words != said:
            return _named("session")(words, language, _situation)
        return unquoted(words)

    return read


def _event(said: str, language: Language, situation: Situation) -> Any:
    return NOTHING if said.lower() in _THE_EVENT[language] else _named("event")(said, language, situation)


def _room(said: str, _language: Language, _situation: Situation) -> str | None:
    return read_room(said)


def _day(said: str, language: Language, situation: Situation) -> str | None:
    day = read_day(said, language, situation)
    return day.isoformat() if day else None


def _text(said: str, _language: Language, _situation: Situation) -> str:
    return unquoted(said)


_FULL: Mapping[str, tuple[str, _Reader]] = {
    "person": ("person", _named("person")),
    "people": ("names", lambda said, language, _: read_people(said, language)),
}
_READERS: Mapping[str, tuple[str, _Reader]] = {
    **{name: (name, _text) for name in ("new", "speaker", "query", "note", "zone")},
    **{name: (name, _named("session")) for name in ("session", "other")},
    **_FULL,
    "fullname": _FULL["person"],
    "fullnames": _FULL["people"],
    "thing": ("thing", _named("thing")),
    "things": ("names", lambda said, language, _: read_things(said, language)),
    "items": ("names", lambda said, _language, _situation: read_items(said)),
    "event": ("event", _event),
    "subject": ("subject", _named("subject")),
    "room": ("room", _room),
    # A room that is new, or that the sample conference does not have, keeps the name that it was given.
    "anyroom": ("room", lambda said, _language, _situation: read_room(said) or unquoted(said)),
    "clock": ("at", lambda said, language, _: read_clock(said, language)),
    "duration": ("minutes", lambda said, language, _: read_duration(said, language) or None),
    "day": ("day", _day),
    "last": ("last", _day),
    "number": ("number", lambda said, _language, _situation: int(said)),
    "ordinal": ("number", lambda said, language, _: _ORDINALS[language][said.lower()]),
    "cost": ("cost", _text),
    "place": ("", lambda _said, _language, _situation: NOTHING),
    "rest": ("", lambda _said, _language, _situation: NOTHING),
}
