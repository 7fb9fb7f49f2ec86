"""Names, lists of names, addresses and statuses as people say them. Pure."""

import re
from collections.abc import Mapping

from bots.playground.sentences.grammar.text import Language

_AND: Mapping[Language, str] = {"en": r",? and (?=\S)", "he": r",? ו(?=[\w\"])"}
_PAIR = 2
EMAIL = r"[^\s@,;\"]+@[^\s@,;\"]+\.[^\s@,;\".]+"
PHONE = r"\+?\d[\d ()./-]{5,24}\d"
_LEAD = r"with|e-?mail|mail|phone|tel|telephone|mobile|ו?עם|ו?ה?מייל|ו?ה?אימייל|ו?ה?דוא[\"\u05f4]ל|ו?ה?טלפון|ו?ה?נייד"
ADDRESS = rf"{EMAIL}|{PHONE}"
CONTACT = rf",? \(?(?:(?:{_LEAD})[ :].*)?(?:{ADDRESS})\)?"
"""An e-mail address, a phone number or both, with the words that lead to them; without groups."""

_STATUSES: Mapping[str, tuple[str, ...]] = {
    "arrived": ("arrived", "here", "הגיע", "הגיעה", "הגיעו", "נמצא כאן", "כאן"),
    "on_the_way": ("on the way", "on its way", "on their way", "en route", "בדרך"),
    "confirmed": (
        *("confirmed", "מאושר", "מאושרת", "מאושרים", "אישר", "אישרה", "אישרו"),
        *("אישר הגעה", "אישרה הגעה", "אישרו הגעה"),
    ),
    "cancelled": ("cancelled", "canceled", "בוטל", "בוטלה", "מבוטל", "מבוטלת", "ביטל", "ביטלה", "ביטלו"),
    "invited": ("invited", "הוזמן", "הוזמנה", "הוזמנו", "מוזמן", "מוזמנת", "מוזמנים"),
}
_STATUS_WORDS = {word: status for status, words in _STATUSES.items() for word in words}
STATUS = "|".join(sorted(_STATUS_WORDS, key=len, reverse=True))
"""A vendor's status in either language, without groups."""

_RISKS: Mapping[str, tuple[str, ...]] = {
    "low": ("low", "נמוך", "נמוכה"),
    "medium": ("medium", "בינוני", "בינונית", "בינוניים"),
    "high": ("high", "גבוה", "גבוהה", "גבוהים"),
    "critical": ("critical", "קריטי", "קריטית", "קריטיים", "קריטיות"),
}
_RISK_WORDS = {word: risk for risk, words in _RISKS.items() for word in words}
RISK = "|".join(sorted(_RISK_WORDS, key=len, reverse=True))
"""How risky something is, in either language, without groups."""


_ROLES: Mapping[str, tuple[str, ...]] = {
    "owner": ("owner", "בעלים", "בעל", "בעלת"),
    "manager": ("manager", "מנהל", "מנהלת", "ניהול"),
    "staff": ("staff", "staff member", "צוות", "איש צוות", "אשת צוות", "חבר צוות", "חברת צוות"),
    "viewer": ("viewer", "צופה", "צפייה"),
}
_ROLE_WORDS = {word: role for role, words in _ROLES.items() for word in words}
ROLE = "|".join(sorted(_ROLE_WORDS, key=len, reverse=True))
"""Somebody's role in the organisation, in either language, without groups."""


def unquoted(said: str) -> str:
    """Return words without the quotes around them."""
    words = said.strip(" ,:")
    return words[1:-1].strip() if len(words) > _PAIR and words[0] == words[-1] and words[0] in "\"'" else words


def read_status(said: str) -> str:
    """Return the vendor tool's own word for a status. Raises ``KeyError`` for what ``STATUS`` does not match."""
    return _STATUS_WORDS[said.strip().lower()]


def read_risk(said: str) -> str:
    """Return the policy tool's own word for a risk. Raises ``KeyError`` for what ``RISK`` does not match."""
    return _RISK_WORDS[said.strip().lower()]


def read_role(said: str) -> str:
    """Return the tool's own word for a role. Raises ``KeyError`` for what ``ROLE`` does not match."""
    return _ROLE_WORDS[said.strip().lower()]


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
