"""Words that no row fits: said plainly, with the three rows that have most words in common with them. Pure."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache

from bots.playground.sentences import EXAMPLES
from bots.playground.sentences.conversation.say import isolated, say
from bots.playground.sentences.grammar.rows import table
from bots.playground.sentences.grammar.text import Language, normalise

_NEAREST = 3
_HEBREW_PREFIX = re.compile("^[\u05d5\u05d4\u05d1\u05dc\u05de\u05db\u05e9](?=[\u05d0-\u05ea]{3})")


def not_understood(language: Language, words: str) -> str:
    """Say plainly what this is, and the three sentences of the table that come nearest; each stands on its own line."""
    return "\n".join((say(language, "not-understood"), *map(isolated, nearest(words, language))))


def nearest(words: str, language: Language) -> tuple[str, ...]:
    """Return the sentences that have most words in common with these, a rare word counting more than a common one.

    Two that lead to the same call are one choice; where nothing is in common, the page's first examples are named.
    """
    said = set(_words(words))
    rare = _rarity(language)
    scored: dict[str, tuple[float, str]] = {}
    for row in table():
        if row.language != language or row.ask.talk:
            continue
        own = set(_words(row.said))
        score = sum(rare[word] for word in said & own) / math.sqrt(len(own) or 1)
        if score > scored.get(row.ask.source, (0.0, ""))[0]:
            scored[row.ask.source] = (score, row.example)
    best = [example for _, example in sorted(scored.values(), key=lambda each: -each[0])]
    return tuple(dict.fromkeys((*best, *examples(language))))[:_NEAREST]


def known_sentences() -> tuple[str, ...]:
    """Return every sentence that an answer may name: the page makes a line that is one of them a button."""
    own = (row.example for row in table() if not row.ask.talk)
    return tuple(dict.fromkeys((*own, *(each.text for each in EXAMPLES))))


def examples(language: Language) -> tuple[str, ...]:
    """Return sentences for a good first tour."""
    return tuple(each.text for each in EXAMPLES if each.locale == language)


@cache
def _rarity(language: Language) -> Mapping[str, float]:
    rows = [set(_words(row.said)) for row in table() if row.language == language]
    counts = Counter(word for words in rows for word in words)
    return {word: math.log(1 + len(rows) / count) for word, count in counts.items()}


def _words(text: str) -> Iterable[str]:
    for word in re.findall(r"[^\W\d_]{3,}", re.sub(r"\{(\w+)=?[^}]*\}", " ", normalise(text)).casefold()):
        yield _HEBREW_PREFIX.sub("", word)
