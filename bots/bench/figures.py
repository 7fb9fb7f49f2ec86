"""A figure: ours against a named floor or peer, measured in the same run, beside its target. Pure."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Better: TypeAlias = Literal["lower", "higher"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line of the table."""

    number: str
    """``P1`` to ``P22``."""
    what: str
    floor: str
    """What ``theirs`` measures."""
    ours: float
    theirs: float
    unit: Literal["ms", "/s", "MB", "trips"]
    target: float
    """Of the ratio, or of ``ours`` itself where there is no floor (round trips)."""
    better: Better = "lower"

    @property
    def ratio(self) -> float:
        """Ours over theirs; for rates more is better, for times and memory less."""
        return self.ours / self.theirs

    @property
    def is_met(self) -> bool:
        """Whether the target holds in this run."""
        return self.ratio <= self.target if self.better == "lower" else self.ratio >= self.target

    def as_json(self) -> dict[str, str | float | bool]:
        """Return every value, the ratio and whether the target holds, for machines."""
        return {
            "figure": self.number,
            "what": self.what,
            "floor": self.floor,
            "ours": round(self.ours, 4),
            "theirs": round(self.theirs, 4),
            "unit": self.unit,
            "ratio": round(self.ratio, 3),
            "target": self.target,
            "better": self.better,
            "met": self.is_met,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """How much is measured. ``--quick`` gives a first impression, the tests a proof that it runs."""

    calls: int = 600
    """Per contender, where single calls are timed."""
    rounds: int = 3
    """Per contender, where rates are taken; the median counts."""
    per_round: int = 800
    """Operations in one round of a rate."""
    starts: int = 7
    """Fresh processes per contender."""
    rows: int = 1_000_000
    """Agenda rows of the large database."""
    organizations: int = 2_000
    """Organisations in it; one holds a tenth of all rows."""
    jobs: int = 50_000
    """That wait in the queue, or have passed through it."""

    def quick(self) -> "Sizes":
        """Return sizes for a first impression of about a minute; the large database keeps its size."""
        return Sizes(calls=150, rounds=1, per_round=200, starts=3, rows=self.rows, organizations=self.organizations)
