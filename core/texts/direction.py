"""Which way a text runs: from its language where that is known, else from its letters. Pure."""

import unicodedata

from babel import Locale as BabelLocale

from core.kernel.principal import Locale

_ISOLATES, _POP = frozenset("\u2066\u2067\u2068"), "\u2069"
_RIGHT_TO_LEFT = frozenset({"R", "AL"})


def is_right_to_left(locale: Locale) -> bool:
    """Whether a language is written from right to left."""
    return BabelLocale.parse(locale).text_direction == "rtl"


def is_mostly_right_to_left(text: str) -> bool:
    """Whether a sentence has more right-to-left letters than others.

    What stands isolated in it (a name, a title) has a direction of its own and counts only where there is nothing else.
    """
    directions = [unicodedata.bidirectional(letter) for letter in _own_letters(text) or _letters(text)]
    return sum(direction in _RIGHT_TO_LEFT for direction in directions) * 2 > len(directions)


def is_line_right_to_left(line: str) -> bool:
    """Whether a line of an answer in another language reads from right to left for itself.

    By its own words alone: a line of names and times, all of them isolated, reads as the lines around it do.
    """
    return bool(_own_letters(line)) and is_mostly_right_to_left(line)


def _letters(text: str) -> list[str]:
    return [letter for letter in text if letter.isalpha()]


def _own_letters(text: str) -> list[str]:
    depth = 0
    letters: list[str] = []
    for letter in text:
        if letter in _ISOLATES:
            depth += 1
        elif letter == _POP:
            depth = max(depth - 1, 0)
        elif depth == 0 and letter.isalpha():
            letters.append(letter)
    return letters
