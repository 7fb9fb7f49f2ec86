"""Compile the rules: a pattern is plain words with ``(a|b)``, ``[optional]`` and ``{slot}``."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from bots.playground.sentences.grammar.bags import bag_pattern
from bots.playground.sentences.grammar.clock import CLOCK, DURATION
from bots.playground.sentences.grammar.days import DAY
from bots.playground.sentences.grammar.places import ROOM
from bots.playground.sentences.grammar.text import Language
from bots.playground.sentences.grammar.wish import Intent

Fixed: TypeAlias = tuple[tuple[str, str | int], ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """Sentences that mean one thing. ``fixed`` fills fields that the words do not spell out."""

    intent: Intent
    patterns: tuple[str, ...]
    fixed: Fixed = ()


_TEXT = r'"[^"]+"|.+?'
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


def compile_pattern(pattern: str, language: Language) -> re.Pattern[str]:
    """Return the regular expression of a whole sentence, its slots as named groups."""
    slots = {
        "title": _TEXT,
        "new": _TEXT,
        "speaker": r'"[^"]+"|[^"]+?',
        "query": _TEXT,
        "reason": r".+?",
        "room": ROOM,
        "clock": CLOCK[language],
        "place": f"{ROOM}|{CLOCK[language]}|{DAY[language]}",
        "duration": DURATION[language],
        "number": r"\d{1,6}",
        "ordinal": "|".join(ORDINALS[language]),
        "filters": bag_pattern("filters", language),
        "filters1": bag_pattern("filters1", language),
        "placing": bag_pattern("placing", language),
        "destination": bag_pattern("destination", language),
        "more": bag_pattern("more", language),
    }
    # Inside a Hebrew word either mark may be typed, as in the word for "timetable".
    pattern = re.sub('(?<=[\u05d0-\u05ea])"(?=[\u05d0-\u05ea])', '("|\u05f4)', pattern)
    plain = re.sub(r"\((?!\?)", "(?:", pattern).replace("[", "(?:").replace("]", ")?")
    expanded = re.sub(r"\{(\w+)\}", lambda found: f"(?P<{found[1]}>{slots[found[1]]})", plain)
    return re.compile(expanded, re.IGNORECASE)


@cache
def compiled(rule: Rule, language: Language) -> tuple[re.Pattern[str], ...]:
    """Return the rule's expressions, compiled once per process when they are first needed."""
    return tuple(compile_pattern(pattern, language) for pattern in rule.patterns)
