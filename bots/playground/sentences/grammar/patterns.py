"""A sentence of the table as an expression: ``(a|b)``, ``[left out]``, ``{place=example}``, words of the lexicon."""

import re
from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path

from bots.playground.sentences.grammar.places import FREE, LISTS, grammars
from bots.playground.sentences.grammar.text import Language, normalise

_PLACE = re.compile(r"\{(\w+)(?:=([^{}]*))?\}")
_LEXICON = Path(__file__).with_name("lexicon.txt")
_OPTIONAL = re.compile(r"\[[^\[\]]*\]")
_CHOICE = re.compile(r"\(([^()|]*)(?:\|[^()]*)?\)")
_PREFIX = re.compile("(?<![\u05d0-\u05ea])(\u05d5?[\u05d1\u05dc\u05de\u05db])(?=[A-Za-z0-9])")
_GERESHAYIM = '["\u05f4]?'
_QUOTED = re.compile(r'"[^"]*"')
_FIRST_SIGN = 0xE000
"""Of Unicode's private area: one stands for a place or a word of the lexicon while a sentence is taken apart."""

_ARTICLES: Mapping[Language, tuple[tuple[str, str], ...]] = {
    "en": ((r"\bthe ", "(?:(?:the|our|my|this|all|all the) )?"), (r"\ban? ", "(?:(?:a|an|any|some|the) )?(?:new )?")),
    "he": (("\\bאת ", "(?:את )?"),),
}
"""What may be left out: articles, and the Hebrew mark of an object."""


def example_of(said: str) -> str:
    """Return a sentence of the table as somebody would say it: nothing optional, the first of every choice."""
    signs: dict[str, str] = {}

    def sign(found: re.Match[str]) -> str:
        signs[letter := chr(_FIRST_SIGN + len(signs))] = found[2] or ""
        return letter

    text = _PLACE.sub(sign, said)
    for pattern, keep in ((_OPTIONAL, ""), (_CHOICE, r"\1")):
        while pattern.search(text):
            text = pattern.sub(keep, text)
    text = "".join(signs.get(letter, letter) for letter in text).strip()
    return _PREFIX.sub(r"\1-", text[:1].upper() + text[1:]).removesuffix(".")


class Pattern:
    """A sentence to match; the expensive grammars of its places are compiled when its words occur."""

    def __init__(self, said: str, language: Language) -> None:
        self._language: Language = language
        self.places = tuple(found[1] for found in _PLACE.finditer(said))
        self.bags = sum(place in LISTS for place in self.places)
        self._plain = _plain(said, language)
        self._rough = re.compile(re.sub(r"<\w+>", ".*", self._plain), re.IGNORECASE)

    @cached_property
    def _exact(self) -> re.Pattern[str]:
        slots = grammars(self._language)
        return re.compile(
            re.sub(r"<(\w+)>", lambda place: f"(?P<{place[1]}>{slots[place[1]]})", self._plain), re.IGNORECASE
        )

    @cached_property
    def first_words(self) -> frozenset[str]:
        """What the sentence may begin with, where it begins with a word of its own."""
        head = re.match(r"(?:\(\?:)*(?P<words>(?:[^\W\d_]|[|'\\ -])+)", self._plain)
        words = head["words"].replace("\\", "").split("|") if head else []
        return frozenset(word.split()[0] for word in words if word.strip())

    def match(self, words: str) -> Mapping[str, str] | None:
        """Return what stands in the places of a whole sentence, or None."""
        found = self._exact.fullmatch(words) if self._rough.fullmatch(words) else None
        return None if found is None else {name: said for name, said in found.groupdict().items() if said}

    def freedom(self, said: Mapping[str, str]) -> tuple[int, int]:
        """Return how little a match says for the sentence: letters that any words could be, then lists of anything."""
        free = (words if place in FREE else "".join(_QUOTED.findall(words)) for place, words in said.items())
        return sum(map(len, free)), self.bags


def _plain(said: str, language: Language) -> str:
    signs: dict[str, str] = {}

    def sign(expression: str) -> str:
        signs[letter := chr(_FIRST_SIGN + len(signs))] = expression
        return letter

    text = _PLACE.sub(lambda found: sign(f"<{found[1]}>"), said.strip().rstrip("?.!"))
    text = normalise(text).replace("\u05f4", '"')
    for head, words in lexicon()[language]:
        text = re.sub(rf"(?<!\w){re.escape(head)}(?!\w)", lambda _, words=words: sign(words), text, flags=re.IGNORECASE)
    text = text.replace('"', sign(_GERESHAYIM))
    for article, expression in _ARTICLES[language]:
        text = re.sub(article, lambda _, expression=expression: sign(expression), text)
    marks = {"(": "(?:", "[": "(?:", "]": ")?", "|": "|", ")": ")"}
    return "".join(signs.get(letter) or marks.get(letter) or re.escape(letter) for letter in text)


@cache
def lexicon() -> Mapping[Language, tuple[tuple[str, str], ...]]:
    """Return the words of the table with all that may be said instead of them, the longest first."""
    found: dict[Language, list[tuple[str, str]]] = {"en": [], "he": []}
    for line in _LEXICON.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            words = [word.strip() for word in line.split(",")]
            language: Language = "he" if "\u05d0" <= words[0][0] <= "\u05ea" else "en"
            found[language].append((words[0], f"(?:{'|'.join(map(re.escape, words))})".replace('"', _GERESHAYIM)))
    return {language: tuple(sorted(sets, key=lambda each: -len(each[0]))) for language, sets in found.items()}
