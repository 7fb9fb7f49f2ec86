"""Compile the rules: a pattern is plain words with ``(a|b)``, ``[optional]`` and ``{slot}``."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TypeAlias, get_args

from bots.playground.sentences.grammar.pieces.bags import BagName, bag_pattern
from bots.playground.sentences.grammar.pieces.clock import CLOCK, DURATION
from bots.playground.sentences.grammar.pieces.days import DAY
from bots.playground.sentences.grammar.pieces.names import ADDRESS, CONTACT, RISK, ROLE, STATUS
from bots.playground.sentences.grammar.pieces.places import ROOM
from bots.playground.sentences.grammar.text import Language
from bots.playground.sentences.grammar.wish import Intent

Fixed: TypeAlias = tuple[tuple[str, str | int | bool], ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """Sentences that mean one thing. ``fixed`` fills fields that the words do not spell out."""

    intent: Intent
    patterns: tuple[str, ...]
    fixed: Fixed = ()
    is_statement: bool = False
    """Tells what is so now, without a verb that asks for anything: with a question mark it asks whether it is so."""


_SLOT = re.compile(r"\{(\w+)\}")
_TEXT = r'"[^"]+"|.+?'
_WORD = r"[^\s\d\",;:]+"
_FULL_NAME = f"{_WORD} {_WORD}"
ORDINALS: Mapping[Language, Mapping[str, int]] = {
    "en": {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "fifth": 5, "last": -1},
    "he": {
        "ראשונה": 1,
        "ראשון": 1,
        "שנייה": 2,
        "שניה": 2,
        "שני": 2,
        "שלישית": 3,
        "שלישי": 3,
        "רביעית": 4,
        "רביעי": 4,
        "חמישית": 5,
        "חמישי": 5,
        "אחרונה": -1,
        "אחרון": -1,
    },
}
"""Which of several; -1 is the last."""
ONLY = 0
"""What a bare "yes" chooses: the one that there is."""


class Pattern:
    """A pattern as a regular expression; the expensive grammars of its slots are compiled when its words occur."""

    def __init__(self, pattern: str, language: Language) -> None:
        # Inside a Hebrew word either mark may be typed, as in the word for "timetable".
        pattern = re.sub('(?<=[\u05d0-\u05ea])"(?=[\u05d0-\u05ea])', '("|\u05f4)', pattern)
        self._plain = re.sub(r"\((?!\?)", "(?:", pattern).replace("[", "(?:").replace("]", ")?")
        self._language: Language = language
        self._rough = re.compile(_SLOT.sub(".*", self._plain), re.IGNORECASE)

    @cached_property
    def _exact(self) -> re.Pattern[str]:
        slots = _slots(self._language)
        return re.compile(_SLOT.sub(lambda slot: f"(?P<{slot[1]}>{slots[slot[1]]})", self._plain), re.IGNORECASE)

    def match(self, words: str) -> re.Match[str] | None:
        """Return the match of a whole sentence, its slots as named groups."""
        return self._exact.fullmatch(words) if self._rough.fullmatch(words) else None


@cache
def compiled(rule: Rule, language: Language) -> tuple[Pattern, ...]:
    """Return the rule's patterns, made once per process when they are first needed."""
    return tuple(Pattern(pattern, language) for pattern in rule.patterns)


@cache
def _slots(language: Language) -> Mapping[str, str]:
    """The grammars of the slots, without groups."""
    text = dict.fromkeys(
        ("title", "other", "new", "query", "note", "thing", "event", "subject", "anyroom", "things", "items"), _TEXT
    )
    bags = {name: bag_pattern(name, language) for name in get_args(BagName)}
    return {
        **text,
        **bags,
        "speaker": r'"[^"]+"|[^"]+?',
        "person": r'"[^"]+"|[^\d",;:]+?',
        # Where a prefix is written on to the next word, a name that itself begins with that letter would be cut.
        "fullname": f'"[^"]+"|{_FULL_NAME}',
        "people": r"[^\d;:]+?",
        "fullnames": f"{_FULL_NAME}(?:,? {_FULL_NAME})*",
        "reason": r".+?",
        "rest": r".+?",
        "contact": CONTACT,
        "address": ADDRESS,
        "status": STATUS,
        "risk": RISK,
        "role": ROLE,
        "zone": r"[A-Za-z]+(?:[_-][A-Za-z]+)*(?:/[A-Za-z_-]+)+|UTC",
        "room": ROOM,
        "clock": CLOCK[language],
        "day": DAY[language],
        "last": DAY[language],
        "place": f"{ROOM}|{CLOCK[language]}|{DAY[language]}",
        "duration": DURATION[language],
        "number": r"\d{1,6}",
        "ordinal": "|".join(ORDINALS[language]),
    }
