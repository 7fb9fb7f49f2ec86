"""Say the assistant's own words as plain text: the marks of Markdown taken out, in pieces that Slack shows whole."""

import re

from bots.slack.text import ELLIPSIS, clean, escape, is_visible, ltr_line, pieces, rtl_line
from core.texts import is_mostly_right_to_left

LONGEST_MESSAGE = 4000
"""Characters of a message's ``text``, counted as sent; Slack's documentation recommends no more."""
_HEADING = re.compile(r"#{1,6}\s+(?=\S)")
_BULLET = re.compile(r"(?P<indent>\s*)[*-]\s+(?=\S)")
_BOLD = re.compile(r"\*\*(?=[^\s*])(?P<words>[^*\n]*[^\s*])\*\*")


def plain_message(text: str) -> list[str]:
    """Return the text as one or more messages, escaped, each of 1 to 4000 characters.

    It is posted with formatting switched off, so marks of headings and bold type are dropped and list marks become
    bullets; every other mark stays. Long texts are cut between lines, then between words, then anywhere. An empty
    text, which Slack refuses, becomes an ellipsis.
    """
    shown = _read(clean(text))
    return [escape(piece) for piece in pieces(shown, LONGEST_MESSAGE) if is_visible(piece)] or [ELLIPSIS]


def _read(text: str) -> str:
    lines = [_read_line(line.rstrip()) for line in text.split("\n")]
    if is_mostly_right_to_left(text):
        lines = [rtl_line(line) if line else line for line in lines]
    else:
        lines = [ltr_line(line) for line in lines]
    return "\n".join(lines)


def _read_line(line: str) -> str:
    line = _HEADING.sub("", line, count=1) if _HEADING.match(line) else line
    line = _BULLET.sub(r"\g<indent>• ", line, count=1) if _BULLET.match(line) else line
    return _BOLD.sub(r"\g<words>", line)
