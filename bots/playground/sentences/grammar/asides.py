"""What is said beside a change: why it is wanted, and that it is asked for again. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

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
