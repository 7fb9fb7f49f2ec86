"""Text as Slack reads it: escaped, cut so that it fits when escaped, each line in the direction of its language."""

import re
import unicodedata
from collections.abc import Iterator

from core.kernel.principal import Locale
from core.texts import is_line_right_to_left, is_right_to_left

ELLIPSIS = "\u2026"
_LEFT_TO_RIGHT_MARK, _RIGHT_TO_LEFT_MARK = "\u200e", "\u200f"
_ISOLATE, _POP = "\u2068", "\u2069"
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
"""The three characters that can make a mention, a link or an entity of a value, as Slack's documentation says."""
_JOINER = "\u2060"
"""Word joiner: it has no width, and a mark beside it stands within a word, where Slack takes it for a letter."""
_MARKS = re.compile(r"(?<!\w)[*_~`]+|[*_~`]+(?!\w)|:(?=[^\s:]*[^\W\d_][^\s:]*:|[+-]?\d+:(?!\d))")
_UNSEEN = dict.fromkeys([*range(0x20), 0x7F, *range(0x202A, 0x202F)], "") | {ord("\t"): " ", ord("\n"): "\n"}


def escape(text: str) -> str:
    """Escape a value for ``mrkdwn`` and for a message's ``text``."""
    return text.translate(str.maketrans(_ESCAPES))


def inert(text: str) -> str:
    """Return a text in which Slack finds no bold, italics, strike-through, code or emoji; it looks the same.

    Others' titles stand on a card among our own marks: nobody's words may pass for them.
    """
    return _MARKS.sub(rf"{_JOINER}\g<0>{_JOINER}", text)


def clean(text: str) -> str:
    """Return a text without control characters, direction overrides and halves of surrogate pairs."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\r\n", "\n").translate(_UNSEEN)


def fitting(text: str, limit: int) -> int:
    """Return how many characters of the text fit into ``limit`` characters once they are escaped."""
    used = 0
    for index, letter in enumerate(text):
        used += len(_ESCAPES.get(letter, letter))
        if used > limit:
            return index
    return len(text)


def shorten(text: str, limit: int) -> str:
    """Cut a text so that it has at most ``limit`` characters once it is escaped, its end marked, isolates closed."""
    if fitting(text, limit) == len(text):
        return text
    for size in range(fitting(text, limit - 1), -1, -1):
        kept = text[:size].rstrip("\u200d ")
        unclosed = max(kept.count(_ISOLATE) - kept.count(_POP), 0)
        if fitting(kept, limit - 1 - unclosed) == len(kept):
            return kept + ELLIPSIS + _POP * unclosed
    return ELLIPSIS


def at_a_word(text: str, limit: int) -> str:
    """Cut a text to ``limit`` characters behind a word, its end marked, isolates closed."""
    if len(text) <= limit:
        return text
    room = limit - 1
    while room > 0:
        end = text.rfind(" ", 0, room + 1)
        kept = text[: end if end > 0 else room].rstrip(" ,;:·")
        unclosed = max(kept.count(_ISOLATE) - kept.count(_POP), 0)
        if len(kept) + 1 + unclosed <= limit:
            return kept + ELLIPSIS + _POP * unclosed
        room -= 1
    return ELLIPSIS


def pieces(text: str, limit: int) -> Iterator[str]:
    """Yield the pieces of a text, each of 1 to ``limit`` characters once escaped; the white space at a cut is nobody's.

    It is cut between lines, then between words, then anywhere.
    """
    while text := text.strip("\n"):
        end = fitting(text, limit)
        if end < len(text):
            end = _border(text, end)
        yield text[:end].rstrip()
        text = text[end:].lstrip(" ")


def _border(text: str, end: int) -> int:
    for mark in ("\n", " "):
        if (found := text.rfind(mark, end // 2, end + 1)) > 0:
            return found
    return end


def isolated(text: str) -> str:
    """Return a value that keeps its own direction inside a line of another one."""
    return f"{_ISOLATE}{text}{_POP}"


def directed(text: str, locale: Locale) -> str:
    """Return a text that reads in the direction of its language, whatever its lines begin with.

    Slack has no attribute for direction; it looks for the first strong character of each line, which may belong to a
    name, also to an isolated one in clients that do not look at isolates.
    """
    line = rtl_line if is_right_to_left(locale) else ltr_line
    return "\n".join(line(each) for each in text.split("\n"))


def rtl_line(line: str) -> str:
    """Return a line that reads from right to left whatever it begins with."""
    return _RIGHT_TO_LEFT_MARK + line


def ltr_line(line: str) -> str:
    """Return a line that reads from left to right whatever it begins with; one whose own words do not is left alone."""
    directions = (unicodedata.bidirectional(letter) for letter in line)
    first = next((found for found in directions if found in {"L", "R", "AL"}), "L")
    return line if first == "L" or is_line_right_to_left(line) else _LEFT_TO_RIGHT_MARK + line


def is_visible(text: str) -> bool:
    """Whether anything of a text is seen; Slack refuses a message of white space."""
    return any(unicodedata.category(letter)[0] not in "CZ" for letter in text)
