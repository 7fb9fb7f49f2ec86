"""Who speaks: several people that a file wrote into one field, and one person whose name has a comma. Pure."""

import re
from collections.abc import Iterable

from core.imports.fields import line_of, plain, shortened_name
from core.imports.models import Place
from core.kernel.phrases import Phrase

_SURE = re.compile(";")
"""What never stands inside of a name."""
_LIKELY = re.compile(r"\s*[,&+]\s*|\s+(?:and|und|et|y|e|en|og|och|i|וגם)\s+", re.IGNORECASE)
_PARTICLES = frozenset(
    "al af ap bar bat ben bin da das de del della den der di do dos du el ibn la le ter van von zu".split()
)
_SEPARATORS = str.maketrans({",": " ", ";": " ", "&": " ", "+": " "})
"""Characters that part several speakers in the agenda's one field; inside one name they would make two of it."""
_NAME_WORDS = range(2, 5)
_LONGEST_WORD_LIST = 2


def speakers_of(names: Iterable[tuple[str, Place]], notes: list[Phrase]) -> tuple[str, ...]:
    """Return the given (name, place) pairs as names, each once, none that reads as two; note what was shortened."""
    found: dict[str, None] = {}
    for written, place in names:
        for part in people_in(written):
            name, note = shortened_name(part.translate(_SEPARATORS), place)
            notes += note
            found[line_of(name)] = None
    return tuple(name for name in found if name)


def people_in(written: str) -> list[str]:
    """Return the people that one field names.

    A comma, an ampersand or an "and" parts people only where every part looks like a whole name ("Noa Lev, Tom Bar"),
    or where there are three words or more ("ada, bob, eve"): "Smith, Jane" is one.
    """
    return [name for part in _SURE.split(plain(written)) for name in _likely_people(line_of(part)) if name]


def _likely_people(written: str) -> list[str]:
    parts = [part for part in _LIKELY.split(written) if part]
    if len(parts) > 1 and all(_is_whole_name(part) for part in parts):
        return parts
    words = [part.strip() for part in written.split(",")]
    if len(words) > _LONGEST_WORD_LIST and all(word and " " not in word for word in words):
        return words
    return [written]


def _is_whole_name(part: str) -> bool:
    words = part.split()
    return len(words) in _NAME_WORDS and all(
        word.casefold() in _PARTICLES or (word[0].isalpha() and word[0] == word[0].upper()) for word in words
    )
