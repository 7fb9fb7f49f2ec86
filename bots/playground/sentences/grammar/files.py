"""Where the table is written: ``sentences.txt`` in the folder of every subject, and the talk around them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import core

_CHOICE = re.compile(r": (?P<place>\w+) (?P<value>\w+) = (?P<words>.+)")
_TALK = Path(__file__).parents[1] / "talk.txt"


@dataclass(frozen=True, slots=True)
class Source:
    """The lines of one subject, without comments."""

    subject: str
    lines: Sequence[str]


@cache
def sources() -> tuple[Source, ...]:
    """Return the lines of every subject, the talk first."""
    files = [(_TALK, "talk"), *((path, path.parent.name) for path in sorted(_subjects()))]
    return tuple(Source(subject, _lines(path)) for path, subject in files)


@cache
def choices() -> Mapping[str, Mapping[str, str]]:
    """Return the words that stand for a value of a tool, by place: ``status``, ``is here`` -> ``arrived``."""
    found: dict[str, dict[str, str]] = {}
    for source in sources():
        for line in source.lines:
            if choice := _CHOICE.fullmatch(line):
                words = dict.fromkeys(choice["words"].split(", "), choice["value"])
                found.setdefault(choice["place"], {}).update(words)
    return found


def _subjects() -> list[Path]:
    return list(Path(core.__file__).parent.rglob("sentences.txt"))


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text("utf-8").splitlines() if line.strip() and not line.startswith("#")]
