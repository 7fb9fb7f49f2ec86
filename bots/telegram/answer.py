"""Say the assistant's own words in Telegram's HTML: escaped, a little Markdown kept, in pieces that fit."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from telegram.constants import MessageLimit

from bots.telegram.text import (
    ELLIPSIS,
    EMAIL,
    LONGEST_EMAIL,
    clean,
    direction_mark,
    escape,
    fitting,
    inert,
    is_visible,
    parsed,
    shorten,
)
from core.kernel.phrases import phrase
from core.kernel.principal import Locale
from core.texts import is_line_right_to_left, is_mostly_right_to_left, is_right_to_left, say

_HEADING = re.compile(r"#{1,6}\s+(?P<words>.+)")
_BULLET = re.compile(r"(?P<indent>\s*)[*-]\s+(?=\S)")
_PLACE = "\ue000"
"""Where a name will stand; a letter for private use, which is in no text of ours."""
_LONGEST_NAME = 64
_BOLD = re.compile(r"\*\*(?=[^\s*])(?P<words>[^*]*[^\s*])\*\*")


def plain_message(text: str) -> list[str]:
    """Return the text as one or more messages in HTML, each of 1 to 4096 UTF-16 units after parsing.

    ``**bold**`` and headings become bold where they open and close on one line, list marks become bullets; every
    other mark stays a mark. Long texts are cut between lines, then between words, then anywhere but inside a
    character. An empty text, which Telegram refuses, becomes an ellipsis.
    """
    written = _read(inert(clean(text)))
    pieces = [written.html(start, end) for start, end in _cuts(written.text) if is_visible(written.text[start:end])]
    return pieces or [ELLIPSIS]


def caption(text: str) -> str:
    """Return the text below a picture, not parsed, of at most 1024 UTF-16 units."""
    lines = [line.rstrip() for line in inert(clean(text)).strip().split("\n")]
    is_rtl = is_mostly_right_to_left(text)
    marked = "\n".join(direction_mark(line, rtl=is_rtl or is_line_right_to_left(line)) + line for line in lines)
    return shorten(marked, MessageLimit.CAPTION_LENGTH)


def named(user: str, name: str, locale: Locale) -> str:
    """Return the words that call somebody in a group, in HTML: the one mention that is meant to reach a person."""
    shown = escape(shorten(inert(" ".join(clean(name).split())), _LONGEST_NAME))
    said = escape(say(locale, phrase("telegram-asked-you", name=_PLACE)))
    line = said.replace(_PLACE, f'<a href="tg://user?id={user}">{shown}</a>')
    return direction_mark(parsed(line), rtl=is_right_to_left(locale)) + line


@dataclass(frozen=True, slots=True)
class _Written:
    """A text without its marks, and where it is bold (character offsets, in order, not overlapping)."""

    text: str
    bold: tuple[tuple[int, int], ...]

    def html(self, start: int, end: int) -> str:
        parts: list[str] = []
        at = start
        for opening, closing in self.bold:
            first, last = max(opening, start), min(closing, end)
            if first < last:
                parts += [escape(self.text[at:first]), "<b>", escape(self.text[first:last]), "</b>"]
                at = last
        return "".join([*parts, escape(self.text[at:end])])


def _read(text: str) -> _Written:
    is_rtl = is_mostly_right_to_left(text)
    lines: list[str] = []
    bold: list[tuple[int, int]] = []
    at = 0
    for raw in text.split("\n"):
        line, spans = _read_line(raw.rstrip())
        # A line of Hebrew within an English text keeps its own direction.
        shown = direction_mark(line, rtl=is_rtl or is_line_right_to_left(line)) + line
        shift = at + len(shown) - len(line)
        bold += [(shift + start, shift + end) for start, end in spans]
        lines.append(shown)
        at += len(shown) + 1
    return _Written("\n".join(lines), tuple(bold))


def _read_line(line: str) -> tuple[str, list[tuple[int, int]]]:
    if (heading := _HEADING.fullmatch(line)) is not None:
        words = heading["words"].replace("**", "")
        return words, [(0, len(words))]
    line = _BULLET.sub(r"\g<indent>• ", line, count=1) if _BULLET.match(line) else line
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    at = length = 0
    for found in _BOLD.finditer(line):
        before = line[at : found.start()]
        start = length + len(before)
        length = start + len(found["words"])
        parts += [before, found["words"]]
        spans.append((start, length))
        at = found.end()
    return "".join([*parts, line[at:]]), spans


def _cuts(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each piece begins and ends; the white space at a cut belongs to no piece."""
    at = 0
    while (at := _skip(text, at)) < len(text):
        end = at + fitting(text[at : at + MessageLimit.MAX_TEXT_LENGTH], MessageLimit.MAX_TEXT_LENGTH)
        if end < len(text):
            end = _border(text, at, end)
        yield at, at + len(text[at:end].rstrip())
        at = end


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _border(text: str, at: int, end: int) -> int:
    half = at + (end - at) // 2
    for mark in ("\n", " "):
        if (found := text.rfind(mark, half, end + 1)) > at:
            return found
    return max(_within_a_word(text, end), half)


def _within_a_word(text: str, end: int) -> int:
    """Return where a word may be cut, so that the next piece does not begin with a mention, a command or a domain."""
    for email in EMAIL.finditer(text, max(0, end - LONGEST_EMAIL), end + LONGEST_EMAIL):
        if email.start() < end < email.end():
            end = email.start()
    while end > 0 and text[end] in "@/#$":
        end -= 1
    return end
