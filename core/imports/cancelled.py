"""Whether a file calls a session off: by a field, or by a word in its title, as people do it. Pure."""

import re
from typing import Protocol

FLAGS = ("cancelled", "canceled", "is_cancelled", "is_canceled")
"""Fields that say it with yes or no."""
_STATES = frozenset(
    "cancelled canceled cancel withdrawn deleted rejected abgesagt ausgefallen annulé annule cancelado annullato "
    "geannuleerd בוטל בוטלה מבוטל מבוטלת מבוטלים".split()
)
_YES = frozenset({"true", "1", "yes", "y", "on"})
_WORDS = (
    "cancelled|canceled|cancellation|called off|withdrawn|abgesagt|entfällt|fällt aus|ausgefallen|abgesetzt|storniert|"
    "annulée?|cancelad[oa]|suspendid[oa]|annullat[oa]|geannuleerd|vervallen|inställd|inställt|aflyst|avlyst|peruttu|"
    "peruutettu|odwołan[eyao]|zrušeno|отменено|отменён|отменен|отменяется|скасовано|ακυρώθηκε|iptal|取消|中止|"
    "בוטל|בוטלה|מבוטל|מבוטלת|התבטל|התבטלה|ملغى|ملغاة|ألغيت"
)
_SET_APART = rf"[\[({{<*_!【]+\s*(?:{_WORDS})\s*[\])}}>*_!】]+"
_ENCLOSED = re.compile(rf"^\W*{_SET_APART}|{_SET_APART}\W*$", re.IGNORECASE)
_BEFORE = re.compile(rf"^\W*(?:{_WORDS})(?:\s*(?:[:;|!.•–—]|$)|\s+[-/־])", re.IGNORECASE)
_AFTER = re.compile(rf"(?:\s*[;|!•–—]|\s[-/־])\s*(?:{_WORDS})\W*$", re.IGNORECASE)
_BARE = re.compile(rf"^\W*(?P<before>{_WORDS})\s+(?P<rest>.+)$|^(?P<head>.+?)\s+(?P<after>{_WORDS})\W*$", re.IGNORECASE)


class Fields(Protocol):
    """What can be asked for its texts."""

    def text(self, name: str) -> str | None:
        """Return a field's text, or None."""
        ...


def is_called_off(entry: Fields, title: str) -> bool:
    """Tell whether an entry, or its title, says that the session is cancelled."""
    if any((entry.text(name) or "").casefold() in _YES for name in FLAGS):
        return True
    states = (entry.text(name) or "" for name in ("status", "state"))
    return any(state.casefold().strip(" .!") in _STATES for state in states) or title_is_called_off(title)


def title_is_called_off(title: str) -> bool:
    """Tell whether a title says it: set apart from the rest, or in capitals before or after words that are not.

    "Cancelled: Maps", "Maps (abgesagt)" and "CANCELLED Maps" are; "Cancelled Flights and You" is a talk.
    """
    if _ENCLOSED.search(title) or _BEFORE.match(title) or _AFTER.search(title):
        return True
    bare = _BARE.match(title)
    if bare is None:
        return False
    word, rest = bare["before"] or bare["after"], bare["rest"] or bare["head"]
    return word.isupper() and word != word.lower() and rest != rest.upper()
