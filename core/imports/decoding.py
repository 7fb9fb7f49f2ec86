"""Bytes to text: UTF-8, what a byte order mark says, or what the letters make likely (Hebrew Windows files, Latin)."""

import codecs
import re
from itertools import pairwise

from charset_normalizer import from_bytes

from core.imports.models import THE_FILE, BadSchedule
from core.kernel.phrases import phrase

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LIKELY = ["cp1255", "cp1252", "iso8859_8", "iso8859_15", "utf_16_le", "utf_16_be", "cp1251", "mac_roman"]
"""What spreadsheets on desks in Israel and Europe save as; a free choice would take Hebrew for Thai."""
_HEBREW = frozenset(chr(code) for code in range(0x5D0, 0x5EB))
_DECLARED = re.compile(rb"<\?xml\b[^>]*\bencoding\s*=\s*['\"]([\w.-]+)['\"][^>]*\?>")
_ENOUGH_TO_JUDGE = 60_000


def decoded(body: bytes) -> str:
    """Return the text of a file. Raises ``BadSchedule`` where it is none."""
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return _strict(body, encoding)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return _guessed(body)
    if "\0" in text:
        return _guessed(body)
    return text


def in_utf8(body: bytes) -> bytes:
    """Return an XML document as UTF-8, unless it names an encoding of one byte a letter, which its parser reads."""
    is_wide = any(body.startswith(mark) for mark, _ in _MARKS[1:]) or body[:200].count(0) * 4 > len(body[:200])
    declared = _DECLARED.search(body[:200])
    is_named = declared is not None and declared[1].lower() not in (b"utf-8", b"utf8", b"us-ascii")
    if not is_wide and (is_named or _is_utf8(body)):
        return body
    return _DECLARED.sub(b"<?xml version='1.0'?>", decoded(body).encode("utf-8", "replace"), count=1)


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _strict(body: bytes, encoding: str) -> str:
    try:
        return body.decode(encoding)
    except UnicodeDecodeError:
        raise BadSchedule(THE_FILE, phrase("format-encoding-damaged")) from None


def _guessed(body: bytes) -> str:
    hebrew = _hebrew(body)
    if hebrew is not None:
        return hebrew
    best = from_bytes(body[:_ENOUGH_TO_JUDGE], cp_isolation=_LIKELY).best()
    if best is None or "\0" in str(best):
        raise BadSchedule(THE_FILE, phrase("format-no-text"))
    return body.decode(best.encoding, errors="replace")


def _hebrew(body: bytes) -> str | None:
    """Return the text where the letters outside ASCII are Hebrew ones, as Excel in Israel saves them."""
    try:
        text = body.decode("cp1255")
    except UnicodeDecodeError:
        return None
    foreign = [letter for letter in text if letter.isalpha() and not letter.isascii()]
    hebrew = sum(letter in _HEBREW for letter in foreign)
    # Single accented letters among ASCII read as Hebrew too: words of them are Hebrew, one by one they are Latin.
    pairs = sum(first in _HEBREW and second in _HEBREW for first, second in pairwise(text))
    return text if foreign and hebrew > 0.9 * len(foreign) and pairs * 2 >= hebrew else None
