"""From words to a wish: the rules of both languages, first match wins. Pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, cast, get_args

from bots.playground.sentences.grammar import english, hebrew
from bots.playground.sentences.grammar.bags import BagName, read_bag
from bots.playground.sentences.grammar.clock import read_duration
from bots.playground.sentences.grammar.days import Situation
from bots.playground.sentences.grammar.places import read_room
from bots.playground.sentences.grammar.rules import ORDINALS, Rule, compiled
from bots.playground.sentences.grammar.text import Language, has_hebrew, normalise, without_courtesy
from bots.playground.sentences.grammar.wish import IT, Wish

_RULES: Mapping[Language, tuple[Rule, ...]] = {"en": english.RULES, "he": hebrew.RULES}
_POINTING: Mapping[Language, frozenset[str]] = {"en": english.POINTING, "he": hebrew.POINTING}
_TITLE_WORDS: Mapping[Language, tuple[str, ...]] = {"en": english.TITLE_WORDS, "he": hebrew.TITLE_WORDS}
_LONGEST = 400
"""Characters; a longer text is no sentence of the set, and the patterns need not chew on it."""
_ABOUT_A_SESSION = frozenset({"shift", "lengthen"})
_BAGS = frozenset(get_args(BagName))


def language_of(text: str) -> Language:
    """Return the language in which to answer words that no rule understands."""
    return "he" if has_hebrew(text) else "en"


def understand(text: str, situation: Situation) -> Wish | None:
    """Return what a sentence asks for, or None when it is none of the set."""
    words = normalise(text)
    if not words or len(words) > _LONGEST:
        return None
    first: Language = language_of(words)
    second: Language = "en" if first == "he" else "he"
    for language in (first, second):
        bare = without_courtesy(words, language)
        # Without courtesies first: "please" at the end is no part of a title. "Hi there" is nothing but courtesy.
        for candidate in dict.fromkeys((bare, words)):
            if wish := _first_match(candidate, language, situation):
                return wish
    return None


def _first_match(words: str, language: Language, situation: Situation) -> Wish | None:
    for rule in _RULES[language]:
        for pattern in compiled(rule, language):
            found = pattern.fullmatch(words)
            wish = _wish(rule, found, language, situation) if found else None
            if wish is not None:
                return wish
    return None


def _wish(rule: Rule, found: re.Match[str], language: Language, situation: Situation) -> Wish | None:
    fields: dict[str, Any] = {}
    for name, said in found.groupdict().items():
        if not said:
            continue
        read = _read(name, said, language, situation)
        if read is None:
            return None
        fields |= read
    fixed = dict(rule.fixed)
    sign = int(fixed.pop("sign", 1))
    fields |= fixed
    wish = Wish(intent=rule.intent, language=language, **fields)
    if rule.intent in _ABOUT_A_SESSION:
        wish = replace(wish, title=wish.title or IT, minutes=sign * (wish.minutes or 0))
    return wish


def _read(name: str, said: str, language: Language, situation: Situation) -> Mapping[str, Any] | None:
    if name in _BAGS:
        return cast("Mapping[str, Any] | None", read_bag(cast("BagName", name), said, language, situation))
    return _READERS[name](said, language)


def _title(said: str, language: Language) -> dict[str, Any]:
    if said.lower() in _POINTING[language]:
        return {"title": IT}
    words = said
    for lead in _TITLE_WORDS[language]:
        if words.lower().startswith(lead) and len(words) > len(lead):
            words = words[len(lead) :]
            break
    return {"title": unquoted(words)}


def unquoted(said: str) -> str:
    """Return words without the quotes around them."""
    words = said.strip(" ,:")
    return words[1:-1].strip() if len(words) > 2 and words[0] == words[-1] and words[0] in "\"'" else words  # noqa: PLR2004 two quotes


def _field(field: str) -> Callable[[str, Language], dict[str, Any] | None]:
    def read(said: str, _language: Language) -> dict[str, Any] | None:
        words = unquoted(said)
        return {field: words} if words else None

    return read


def _room(said: str, _language: Language) -> dict[str, Any] | None:
    room = read_room(said)
    return {"room": room} if room else None


def _duration(said: str, language: Language) -> dict[str, Any] | None:
    minutes = read_duration(said, language)
    return {"minutes": minutes} if minutes else None


_READERS: Mapping[str, Callable[[str, Language], Mapping[str, Any] | None]] = {
    "title": _title,
    "new": _field("new"),
    "speaker": _field("speaker"),
    "query": _field("query"),
    "reason": _field("reason"),
    "room": _room,
    "duration": _duration,
    "number": lambda said, _language: {"number": int(said)},
    "ordinal": lambda said, language: {"number": ORDINALS[language][said.lower()]},
    "place": lambda _said, _language: {},
}
