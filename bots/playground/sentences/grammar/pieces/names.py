"""Names, lists of names, addresses and statuses as people say them. Pure."""

import re
from collections.abc import Mapping

from bots.playground.sentences.grammar.text import Language

_AND: Mapping[Language, str] = {"en": r",? and (?=\S)", "he": r",? ו(?=[\w\"])"}
_PAIR = 2
EMAIL = r"[^\s@,;\"]+@[^\s@,;\"]+\.[^\s@,;\".]+"
PHONE = r"\+?\d[\d ()./-]{5,24}\d"
_LEAD = r"with|e-?mail|mail|phone|tel|telephone|mobile|ו?עם|ו?ה?מייל|ו?ה?אימייל|ו?ה?דוא[\"\u05f4]ל|ו?ה?טלפון|ו?ה?נייד"
_CURRENCY = r"[$€£¥₪]|[^\W\d_]+(?:\"[^\W\d_]+)?"
MONEY = rf"(?:(?:{_CURRENCY}) ?)?\d[\d,.]*(?: ?(?:{_CURRENCY}))?"
ADDRESS = rf"{EMAIL}|{PHONE}"
CONTACT = rf",? \(?(?:(?:{_LEAD})[ :].*)?(?:{ADDRESS})\)?"
"""An e-mail address, a phone number or both, with the words that lead to them; without groups."""


def unquoted(said: str) -> str:
    """Return words without the quotes around them."""
    words = said.strip(" ,:")
    return words[1:-1].strip() if len(words) > _PAIR and words[0] == words[-1] and words[0] in "\"'" else words


def read_contact(said: str) -> dict[str, str]:
    """Return the e-mail address and the phone number in some words."""
    found: dict[str, str] = {}
    if mail := re.search(EMAIL, said):
        # A Hebrew prefix is written on to its word.
        found["email"] = re.sub(r"^[\u05d0-\u05ea]-?", "", mail[0])
    if phone := re.search(PHONE, re.sub(EMAIL, " ", said)):
        found["phone"] = phone[0]
    return found


def read_things(said: str, language: Language) -> tuple[str, ...]:
    """Return vendors or the like: split at commas and at "and"."""
    if '"' in said:
        quoted = re.findall(r'"([^"]+)"', said)
        return tuple(quoted)
    return _clean(re.split(rf" ?[,;] ?(?:and )?|{_AND[language]}", said))


def read_people(said: str, language: Language) -> tuple[str, ...]:
    """Return people: as ``read_things``, but a Hebrew name that itself begins with "and" stays whole."""
    if language == "en" or '"' in said:
        return read_things(said, language)
    names: list[str] = []
    for part in re.split(r" ?[,;] ?", said):
        words = part.removeprefix("ו").split() if names else part.split()
        if len(words) % _PAIR:
            names += read_things(part, language)
            continue
        # First and last name, two by two: only the first word of a later pair carries the "and".
        for index in range(0, len(words), _PAIR):
            first = words[index].removeprefix("ו") if index else words[index]
            names.append(f"{first} {words[index + 1]}")
    return _clean(names)


def read_items(said: str) -> tuple[str, ...]:
    """Return the lines of a list: split at semicolons, or at commas where there is none."""
    return _clean(re.split(r" ?; ?", said) if ";" in said else re.split(r" ?, ?", said))


def _clean(names: list[str]) -> tuple[str, ...]:
    return tuple(name for each in names if (name := unquoted(each)))
