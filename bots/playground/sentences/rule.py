"""One way to say something, as data."""

import re
from dataclasses import dataclass

from bots.playground.sentences.building import Build
from bots.playground.sentences.intents import Language


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern that a whole sentence must match; its named groups are the slots of the tool call."""

    kind: str
    language: Language
    pattern: re.Pattern[str]
    build: Build


def rules(language: Language, kind: str, build: Build, *patterns: str) -> list[Rule]:
    """Return one rule for each pattern."""
    return [Rule(kind, language, re.compile(pattern, re.IGNORECASE), build) for pattern in patterns]
