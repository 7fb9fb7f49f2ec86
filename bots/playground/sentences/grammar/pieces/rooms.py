"""Rooms as people say them, and the names that the sample conference gives them."""

import re
from collections.abc import Mapping

_KINDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Hall", ("hall", "האולם", "אולם")),
    ("Workshop", ("workshop room", "workshop", "חדר סדנאות", "חדר סדנה", "סדנה")),
    ("Room", ("room", "חדר")),
    ("Stage", ("stage", "במה")),
)
"""Rooms that are told apart by a letter or a number."""
_ALONE: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Terrace", ("terrace", "הטרסה", "טרסה", "המרפסת", "מרפסת")),
    ("Main Hall", ("main hall", "האולם הראשי", "אולם ראשי")),
)
_LABELS: Mapping[str, str] = dict(zip("אבגדהוזחטי", "ABCDEFGHIJ", strict=True)) | {
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "אחת": "1",
    "אחד": "1",
    "שתיים": "2",
    "שניים": "2",
    "שלוש": "3",
}
_KIND_WORDS = {word: name for name, words in _KINDS for word in words}
_ALONE_WORDS = {word: name for name, words in _ALONE for word in words}
_LABEL = r"(?:\d{1,2}|one|two|three|four|אחת|אחד|שתיים|שניים|שלוש|[א-י]|[a-z])"

ROOM = rf"(?:(?:{'|'.join(_KIND_WORDS)}) {_LABEL}(?!\w)'?|(?:{'|'.join(_ALONE_WORDS)})(?!\w)|\"[^\"]{{1,80}}\")"
"""A room, without groups; matched without regard to case. In quotes it may be called anything."""


def read_room(said: str) -> str | None:
    """Return the room's name as the agenda has it (``Hall B``), or None for what is no room."""
    if said[:1] == said[-1:] == '"':
        return said[1:-1].strip() or None
    words = said.strip().lower().rstrip("'")
    if words in _ALONE_WORDS:
        return _ALONE_WORDS[words]
    kind, _, label = words.rpartition(" ")
    if kind not in _KIND_WORDS or not re.fullmatch(_LABEL, label):
        return None
    return f"{_KIND_WORDS[kind]} {_LABELS.get(label, label.upper())}"
