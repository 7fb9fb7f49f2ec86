"""From words to wishes: the rules of both languages, first match wins. Pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from bots.playground.sentences.grammar import english, hebrew
from bots.playground.sentences.grammar.asides import apart
from bots.playground.sentences.grammar.clauses import clauses, one_line
from bots.playground.sentences.grammar.pieces.days import Situation
from bots.playground.sentences.grammar.readers import read_slot
from bots.playground.sentences.grammar.rules import Rule, compiled
from bots.playground.sentences.grammar.text import Language, has_hebrew, is_question, normalise, without_courtesy
from bots.playground.sentences.grammar.wish import CHANGES, IT, Wish

_LeftOut: TypeAlias = Callable[[Rule], bool]
_RULES: Mapping[Language, tuple[Rule, ...]] = {"en": english.RULES, "he": hebrew.RULES}
_LONGEST = 400
"""Characters; a longer sentence is none of the set, and the patterns need not chew on it."""
_LONGEST_LIST = 2000
_ABOUT_A_SESSION = frozenset({"shift", "lengthen"})


def language_of(text: str) -> Language:
    """Return the language in which to answer words that no rule understands."""
    return "he" if has_hebrew(text) else "en"


def understand(text: str, situation: Situation) -> Wish | None:
    """Return what one sentence asks for, or None when it is none of the set."""
    words = normalise(text)
    if not words or len(words) > _LONGEST:
        return None
    first: Language = language_of(words)
    second: Language = "en" if first == "he" else "he"
    for language in (first, second):
        bare = without_courtesy(words, language)
        left_out = _left_out(text, bare)
        # Without courtesies first: "please" at the end is no part of a title. "Hi there" is nothing but courtesy.
        for candidate in dict.fromkeys((bare, words)):
            if wish := _with_asides(candidate, language, situation, left_out):
                return wish
    return None


def understand_all(text: str, situation: Situation) -> tuple[Wish, ...]:
    """Return what a message asks for: several changes, or one thing, or nothing that is of the set."""
    line = one_line(text)
    if len(line) > _LONGEST_LIST:
        return ()
    words = normalise(line)
    parts = clauses(without_courtesy(words, language_of(words)), language_of(words))
    if len(parts) > 1 and not _asks_what_was_done(text, parts[0]):
        wishes = [understand(part, situation) for part in parts]
        changes = tuple(wish for wish in wishes if wish is not None and wish.intent in CHANGES)
        if len(changes) == len(parts):
            return _together(changes)
    wish = understand(line, situation)
    return (wish,) if wish else ()


def _left_out(text: str, words: str) -> _LeftOut:
    """Return which rules do not count for a text: a question is neither a statement nor a request in the past tense."""
    if not is_question(text):
        return lambda _rule: False
    if _asks_what_was_done(text, words):
        return lambda rule: rule.intent in CHANGES
    return lambda rule: rule.is_statement


def _asks_what_was_done(text: str, words: str) -> bool:
    """Whether a Hebrew question is spelled like a request: "they moved it?" and "move it" are one word."""
    return is_question(text) and words.split(" ", maxsplit=1)[0] in hebrew.PAST


def _together(wishes: tuple[Wish, ...]) -> tuple[Wish, ...]:
    """A reason at the end, and "it" after a session, hold for what is said around them."""
    reason, again = wishes[-1].reason, any(wish.again for wish in wishes)
    found: list[Wish] = []
    title = IT
    for wish in wishes:
        named = replace(wish, title=title) if wish.title == IT else wish
        title = named.title or title
        found.append(replace(named, reason=wish.reason or reason, again=again))
    return tuple(found)


def _with_asides(words: str, language: Language, situation: Situation, left_out: _LeftOut) -> Wish | None:
    for said in apart(words, language):
        wish = _first_match(said.words, language, situation, left_out)
        if wish is None:
            continue
        if said.words == words:
            return wish
        if wish.intent in CHANGES:
            return replace(wish, reason=wish.reason or said.reason, again=said.again)
    return None


def _first_match(words: str, language: Language, situation: Situation, left_out: _LeftOut) -> Wish | None:
    for rule in _RULES[language]:
        if left_out(rule):
            continue
        for pattern in compiled(rule, language):
            found = pattern.match(words)
            wish = _wish(rule, found, language, situation) if found else None
            if wish is not None:
                return wish
    return None


def _wish(rule: Rule, found: re.Match[str], language: Language, situation: Situation) -> Wish | None:
    fields: dict[str, Any] = {}
    for name, said in found.groupdict().items():
        if not said:
            continue
        read = read_slot(name, said, language, situation)
        if read is None:
            return None
        fields |= read
    fixed = dict(rule.fixed)
    sign = int(fixed.pop("sign", 1))
    fields |= fixed
    wish = Wish(intent=rule.intent, language=language, **fields)
    if rule.intent in _ABOUT_A_SESSION:
        wish = replace(wish, title=wish.title or IT)
    return replace(wish, minutes=sign * wish.minutes) if wish.minutes else wish
