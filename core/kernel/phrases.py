"""A sentence before it has a language: a Fluent message id and the values to put into it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time (aware) as people at the event read it; ``zone`` is the event's IANA name."""

    at: datetime
    zone: str


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time, half-open, in the event's zone. Written with words, never with a dash or an arrow."""

    start: datetime
    end: datetime
    zone: str
    is_dated: bool = True
    """False where the day stands beside it already."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in whole units of a currency (ISO 4217)."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Parts:
    """What stands beside each other on one line, divided by a dot in the middle: a day, the hours, a room."""

    items: "tuple[Phrase | str, ...]"


@dataclass(frozen=True, slots=True)
class Phrase:
    """One sentence, to be said in the reader's language by ``core.texts``."""

    id: str
    args: "Mapping[str, PhraseValue]" = field(default_factory=dict[str, "PhraseValue"])


PhraseValue: TypeAlias = str | int | date | Moment | Span | Money | Phrase | Parts | tuple[Phrase | str, ...]
"""What may be put into a sentence. Text is stripped of bidi controls and isolated; a tuple becomes a list."""


def phrase(id_: str, **args: PhraseValue) -> Phrase:
    """Build a phrase in one line: ``phrase("event-unknown", name="Spring")``."""
    return Phrase(id_, args)


def personal(value: Phrase) -> Phrase:
    """Mark a value as personal: where others read along it is left out (``core.actions.discretion``)."""
    return Phrase("personal", {"value": value})


def internal(value: Phrase) -> Phrase:
    """Mark a value as one for those who work with it: a viewer is not shown it (``core.actions.discretion``)."""
    return Phrase("internal", {"value": value})


def verbatim(text: str) -> Phrase:
    """Wrap somebody's own words so that they can stand where a sentence is expected."""
    return Phrase("verbatim", {"text": text})
