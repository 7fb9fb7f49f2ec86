"""People's words before they are read: one kind of quote and dash, no niqqud, no courtesies around the sentence."""

import re
import unicodedata
from typing import Literal, TypeAlias

Language: TypeAlias = Literal["en", "he"]

_INVISIBLE = re.compile("[\u0591-\u05bd\u05bf-\u05c7\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Niqqud and cantillation, bidi controls, zero-width characters."""
_HEBREW = re.compile("[\u05d0-\u05ea]")
_SAME = str.maketrans(
    {
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"'),
        **dict.fromkeys("\u2018\u2019\u201a\u2032`\u05f3", "'"),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\u05be", "-"),
        "\u00a0": " ",
    }
)
_GERESHAYIM = re.compile("(?<![\u05d0-\u05ea])\u05f4|\u05f4(?![\u05d0-\u05ea])")
"""Used as a quote; between two letters it belongs to the word."""
_PREFIX = re.compile(r"(?<![\w\"'])(ו?[בלמהכש]{1,2})-(?=[\w\"])")
"""A Hebrew prefix is written on to its word, whatever the keyboard put between them."""
_TO_LATIN = re.compile(r"(?<![\w\"'])(ו?ל) (?=[\dA-Za-z\"])")
_COURTESY = {
    "en": re.compile(
        r"(?:(?:please|pls|hi|hey|hello|ok|okay|so|well|now then|eventflow|@\w+)[,!.:]? |"
        r"(?:can|could|would|will) you |(?:i|we)(?:'d| would) like (?:you )?to |(?:i|we) (?:want|need) (?:you )?to |"
        r"let's |do you know |tell me (?=when|where|who|what|which|how))",
        re.IGNORECASE,
    ),
    "he": re.compile(
        r"(?:(?:בבקשה|היי|הי|שלום|אהלן|אוקיי|טוב|אז|@\w+)[,!.:]? |(?:אתה |את )?(?:יכול|יכולה|תוכל|תוכלי) (?=ל)|"
        r"אפשר (?:בבקשה )?(?=ל)|(?:אני |אנחנו )?(?:רוצה|רוצים|צריך|צריכה|צריכים|מבקש|מבקשת) (?=ל)|"
        r"(?:נא|אשמח) (?=ל)|(?:תגיד|תגידי|אמור|אמרי)(?: לי)? |אפשר לדעת )"
    ),
}
_PLEASE = re.compile(r"^(\S+),? (?:please|בבקשה),? ", re.IGNORECASE)
"""Behind the verb."""
_IS = re.compile(r"^(what|who|when|where|how)(?:'s|'re|(?<=what)s|(?<=who)s) ", re.IGNORECASE)
_THANKS = re.compile(r"[, ]+(?:please|pls|thanks|thank you|בבקשה|תודה|תודה רבה)$", re.IGNORECASE)


def has_hebrew(text: str) -> bool:
    """Whether there is a Hebrew letter in the text."""
    return _HEBREW.search(text) is not None


def is_question(text: str) -> bool:
    """Whether a text ends in a question mark."""
    return text.rstrip(" \u200e\u200f\"'").endswith("?")


def normalise(text: str) -> str:
    """Return the words in one spelling of marks; letters, and their case, stay as the person wrote them."""
    words = _INVISIBLE.sub("", unicodedata.normalize("NFC", text)).translate(_SAME)
    words = " ".join(_GERESHAYIM.sub('"', words).split())
    words = words.strip("?!.,;: ")
    return _IS.sub(r"\1 is ", _TO_LATIN.sub(r"\1", _PREFIX.sub(r"\1", words)))


def without_courtesy(words: str, language: Language) -> str:
    """Return normalised words without greetings and politeness around the sentence."""
    pattern = _COURTESY[language]
    while found := pattern.match(words):
        words = words[found.end() :]
    while found := _THANKS.search(words):
        words = words[: found.start()]
    words = _PLEASE.sub(r"\1 ", words)
    return words.strip("?!.,;: ")
