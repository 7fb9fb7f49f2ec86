"""The parts of a message: several requests, and what is said beside one (why, and that it is asked for again). Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from bots.playground.sentences.grammar.rows import table
from bots.playground.sentences.grammar.text import Language

_OUTSIDE_QUOTES = r'(?:[^"]|"[^"]*")+?'
_WHY: Mapping[Language, str] = {
    "en": r"because of|because|due to|since|so that",
    "he": r"בגלל ש|בגלל|מכיוון ש|כיוון ש|מאחר ש|משום ש|מפני ש|עקב|כדי ש|כי",
}
_AFTER: Mapping[Language, re.Pattern[str]] = {
    language: re.compile(rf"(?P<rest>{_OUTSIDE_QUOTES}),? (?:{why}) ?(?P<reason>\S.*)", re.IGNORECASE)
    for language, why in _WHY.items()
}
_BEFORE: Mapping[Language, re.Pattern[str]] = {
    language: re.compile(rf"(?:{why}) ?(?P<reason>[^,]*[^, ]) ?, ?(?P<rest>.+)", re.IGNORECASE)
    for language, why in _WHY.items()
}
_AGAIN: Mapping[Language, str] = {
    "en": r"again|once more|one more time|anyway",
    "he": r"שוב פעם|שוב|עוד פעם|פעם נוספת|שנית|בכל זאת",
}
_AGAIN_AFTER, _AGAIN_BEFORE = (
    {language: re.compile(pattern.format(words), re.IGNORECASE) for language, words in _AGAIN.items()}
    for pattern in (r"(?P<rest>.+?),? (?:{})", r"(?:{})[,:]? (?P<rest>.+)")
)
_AGAIN_INSIDE = re.compile(rf"(?P<verb>\S+) (?:{_AGAIN['he']}) (?P<rest>.+)")
"""In Hebrew the word stands behind the verb as well."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence without what is said beside it."""

    words: str
    reason: str | None = None
    again: bool = False


def apart(words: str, language: Language) -> tuple[Said, ...]:
    """Return the ways to read a sentence, the one that takes most aside first, the whole sentence last."""
    readings = [Said(words)]
    for pattern in (_AFTER[language], _BEFORE[language]):
        if found := pattern.fullmatch(words):
            readings.append(Said(found["rest"], reason=found["reason"]))
    for said in tuple(readings):
        for pattern in (_AGAIN_AFTER[language], _AGAIN_BEFORE[language]):
            if found := pattern.fullmatch(said.words):
                readings.append(Said(found["rest"], said.reason, again=True))
        if language == "he" and (found := _AGAIN_INSIDE.fullmatch(said.words)):
            readings.append(Said(f"{found['verb']} {found['rest']}", said.reason, again=True))
    return tuple(reversed(readings))


_MOST = 12
"""Requests of one message; a longer list is no sentence of the table."""
_BULLET = re.compile(r"^\s*(?:[-*\u2022\u2013\u2014]|\d{1,2}[.)])\s+")
_QUOTED = re.compile(r'("[^"]*")')


@cache
def _joints(language: Language) -> re.Pattern[str]:
    """What stands between two requests: before "and" or a comma there is one only if a change may begin after it."""
    asking = "|".join(
        sorted({word for row in table() if row.language == language and row.asks for word in row.pattern.first_words})
    )
    if language == "en":
        verb = rf"(?=(?:please )?(?:{asking})\b)"
        return re.compile(
            rf" ?; ?(?:and |then )*|,? (?:and then|and also|and|then|also) {verb}|, {verb}|\. {verb}", re.IGNORECASE
        )
    verb = f"(?=(?:{asking}) )"
    return re.compile(rf" ?; ?(?:וגם |ואז |ו{verb})?|,? (?:וגם|ואז|ואחר כך) {verb}|,? ו{verb}|, {verb}|\. {verb}")


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
        part if part.startswith('"') else _joints(language).sub("\n", part) for part in _QUOTED.split(words)
    )
    parts = [part.strip(" ,.;") for part in marked.split("\n")]
    if len(parts) > 1:
        parts[0] = re.sub(r"^[^\":]*: (?=\S)", "", parts[0]) if ":" in parts[0] else parts[0]
    found = [part for part in parts if part]
    return found if len(found) <= _MOST else [words]
