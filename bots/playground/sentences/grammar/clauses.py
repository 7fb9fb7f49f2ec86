"""Several requests in one message: a list, or sentences joined by "and". Pure."""

import re
from collections.abc import Mapping

from bots.playground.sentences.grammar import english, hebrew
from bots.playground.sentences.grammar.text import Language

_MOST = 12
"""Requests of one message; a longer list is no sentence of the set."""
_BULLET = re.compile(r"^\s*(?:[-*\u2022\u2013\u2014]|\d{1,2}[.)])\s+")
_QUOTED = re.compile(r'("[^"]*")')
_JOINTS: Mapping[Language, re.Pattern[str]] = {
    "en": re.compile(
        rf" ?; ?(?:and |then )*|,? (?:and then|and also|and|then|also) (?=(?:please )?(?:{english.VERBS})\b)"
        rf"|, (?=(?:please )?(?:{english.VERBS})\b)|\. (?=(?:please )?(?:{english.VERBS})\b)",
        re.IGNORECASE,
    ),
    "he": re.compile(
        rf" ?; ?(?:וגם |ואז |ו(?=(?:{hebrew.VERBS}) ))?|,? (?:וגם|ואז|ואחר כך) (?=(?:{hebrew.VERBS}) )"
        rf"|,? ו(?=(?:{hebrew.VERBS}) )|, (?=(?:{hebrew.VERBS}) )|\. (?=(?:{hebrew.VERBS}) )"
    ),
}


def one_line(text: str) -> str:
    """Return a message on one line: bullets gone, the lines of a list joined by semicolons, its heading kept."""
    lines = [line for each in text.splitlines() if (line := _BULLET.sub("", each).strip().rstrip(";"))]
    if not lines:
        return ""
    head, *rest = lines
    if head.endswith(":") and rest:
        return f"{head} {'; '.join(rest)}"
    return "; ".join(lines)


def clauses(words: str, language: Language) -> list[str]:
    """Return the parts of a message that may be requests of their own; one part where nothing joins any.

    What stands in quotes is never taken apart. A heading ("please do the following:") is not a part.
    """
    marked = "".join(
        part if part.startswith('"') else _JOINTS[language].sub("\n", part) for part in _QUOTED.split(words)
    )
    parts = [part.strip(" ,.;") for part in marked.split("\n")]
    if len(parts) > 1:
        parts[0] = re.sub(r"^[^\":]*: (?=\S)", "", parts[0]) if ":" in parts[0] else parts[0]
    found = [part for part in parts if part]
    return found if len(found) <= _MOST else [words]
