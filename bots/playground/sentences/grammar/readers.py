"""What stands in a slot becomes fields of a wish. Pure."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, cast, get_args

from bots.playground.sentences.grammar import english, hebrew
from bots.playground.sentences.grammar.pieces.bags import BagName, read_bag
from bots.playground.sentences.grammar.pieces.clock import read_clock, read_duration
from bots.playground.sentences.grammar.pieces.days import Situation, read_day
from bots.playground.sentences.grammar.pieces.names import (
    read_contact,
    read_items,
    read_people,
    read_risk,
    read_role,
    read_status,
    read_things,
    unquoted,
)
from bots.playground.sentences.grammar.pieces.places import read_room
from bots.playground.sentences.grammar.rules import ORDINALS
from bots.playground.sentences.grammar.text import Language
from bots.playground.sentences.grammar.wish import IT

Fields: TypeAlias = Mapping[str, Any]
_Reader: TypeAlias = Callable[[str, Language, Situation], Fields | None]

_WORDS = {"en": english, "he": hebrew}
_BAGS = frozenset(get_args(BagName))


def read_slot(name: str, said: str, language: Language, situation: Situation) -> Fields | None:
    """Return the fields that a slot's words fill, or None when they cannot be what the slot is for."""
    if name in _BAGS:
        return cast("Fields | None", read_bag(cast("BagName", name), said, language, situation))
    return _READERS[name](said, language, situation)


def _session(field: str) -> _Reader:
    def read(said: str, language: Language, _situation: Situation) -> Fields:
        if said.lower() in _WORDS[language].POINTING:
            return {field: IT}
        return {field: unquoted(_without_lead(said, _WORDS[language].TITLE_WORDS))}

    return read


def _person(said: str, language: Language, _situation: Situation) -> Fields | None:
    if said.lower() in _WORDS[language].POINTING_TO_PEOPLE:
        return {"person": IT}
    name = unquoted(_without_lead(said, _WORDS[language].PERSON_WORDS))
    return {"person": name} if name else None


def _event(said: str, language: Language, _situation: Situation) -> Fields:
    words = said.lower()
    if words in _WORDS[language].THE_EVENT:
        return {}
    return {"event": unquoted(_without_lead(said, _WORDS[language].EVENT_WORDS))}


def _subject(said: str, language: Language, _situation: Situation) -> Fields:
    if said.lower() in _WORDS[language].THE_SUGGESTION | _WORDS[language].POINTING:
        return {"thing": IT}
    about = _without_lead(said, _WORDS[language].SUBJECT_WORDS)
    return {"thing": unquoted(_without_lead(about, _WORDS[language].TITLE_WORDS))}


def _thing(said: str, language: Language, _situation: Situation) -> Fields | None:
    words = unquoted(_without_lead(said, _WORDS[language].THING_WORDS))
    return {"thing": words} if words else None


def _without_lead(said: str, leads: tuple[str, ...]) -> str:
    for lead in leads:
        if said.lower().startswith(lead) and len(said) > len(lead):
            return said[len(lead) :]
    return said


def _words(field: str) -> _Reader:
    def read(said: str, _language: Language, _situation: Situation) -> Fields | None:
        words = unquoted(said)
        return {field: words} if words else None

    return read


def _room(said: str, _language: Language, _situation: Situation) -> Fields | None:
    room = read_room(said)
    return {"room": room} if room else None


def _any_room(said: str, language: Language, situation: Situation) -> Fields | None:
    """A room that is new, or that the sample conference does not have, keeps the name that it was given."""
    return _room(said, language, situation) or _words("room")(said, language, situation)


def _duration(said: str, language: Language, _situation: Situation) -> Fields | None:
    minutes = read_duration(said, language)
    return {"minutes": minutes} if minutes else None


def _clock(said: str, language: Language, _situation: Situation) -> Fields | None:
    clock = read_clock(said, language)
    return {"at": clock} if clock else None


def _day(field: str) -> _Reader:
    def read(said: str, language: Language, situation: Situation) -> Fields | None:
        day = read_day(said, language, situation)
        return {field: day} if day else None

    return read


def _several(read_names: Callable[[str, Language], tuple[str, ...]]) -> _Reader:
    def read(said: str, language: Language, _situation: Situation) -> Fields | None:
        names = read_names(said, language)
        return {"names": names} if names else None

    return read


_PEOPLE = _several(read_people)
_READERS: Mapping[str, _Reader] = {
    "title": _session("title"),
    "other": _session("other"),
    "new": _words("new"),
    "speaker": _words("speaker"),
    "query": _words("query"),
    "reason": _words("reason"),
    "note": _words("note"),
    "zone": _words("zone"),
    "person": _person,
    "fullname": _person,
    "people": _PEOPLE,
    "fullnames": _PEOPLE,
    "things": _several(read_things),
    "items": _several(lambda said, _language: read_items(said)),
    "thing": _thing,
    "event": _event,
    "subject": _subject,
    "contact": lambda said, _language, _situation: read_contact(said),
    "address": lambda said, _language, _situation: read_contact(said),
    "status": lambda said, _language, _situation: {"status": read_status(said)},
    "risk": lambda said, _language, _situation: {"status": read_risk(said)},
    "role": lambda said, _language, _situation: {"status": read_role(said)},
    "room": _room,
    "anyroom": _any_room,
    "duration": _duration,
    "clock": _clock,
    "day": _day("day"),
    "last": _day("last_day"),
    "number": lambda said, _language, _situation: {"number": int(said)},
    "ordinal": lambda said, language, _situation: {"number": ORDINALS[language][said.lower()]},
    "place": lambda _said, _language, _situation: {},
    "rest": lambda _said, _language, _situation: {},
}
