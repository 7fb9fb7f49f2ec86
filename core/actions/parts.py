"""The parts of a card in the one order in which every chat shows them, their headings and their marks. Pure."""

from collections.abc import Iterator, Mapping
from typing import Literal, TypeAlias, TypeVar, get_args

from core.kernel.cards import Card, Risk, Severity, Status
from core.kernel.phrases import Phrase, phrase

Part: TypeAlias = Literal[
    "head",
    "notes",
    "changes",
    "lines",
    "facts",
    "conflicts",
    "impact",
    "rivals",
    "asked_by",
    "why",
    "gesture",
    "footer",
]
Shown = TypeVar("Shown")

ORDER: tuple[Part, ...] = get_args(Part)
"""What it is and how it stands, what changes, what stays, what speaks against it, whom it touches, who asked."""

RISK_MARKS: dict[Risk, str] = {"low": "🟢", "medium": "🟡", "high": "🟠", "critical": "🔴"}
CAUTION_MARKS: dict[Severity, str] = {"error": "⛔", "warning": "⚠️"}
STATE_MARKS: dict[Status, str] = {
    "suggested": "⏳",
    "approved": "👍",
    "rejected": "🚫",
    "executed": "✅",
    "failed": "❌",
    "expired": "⌛",
    "superseded": "🔄",
}
HEADINGS: dict[Part, Phrase] = {
    "lines": phrase("card-lines"),
    "conflicts": phrase("card-conflicts"),
    "impact": phrase("card-impact"),
    "rivals": phrase("waiting-rivals"),
    "asked_by": phrase("card-asked"),
}


def in_order(parts: Mapping[Part, list[Shown]]) -> Iterator[list[Shown]]:
    """Yield what a chat makes of each part, in order; a part that is nothing there is left out."""
    return (parts[name] for name in ORDER if parts.get(name))


def sides(card: Card) -> tuple[Phrase, Phrase]:
    """Return what the two sides of a change are called: as it shall be, and as it is; once done, as it was."""
    if card.state == "executed":
        return phrase("card-after"), phrase("card-before")
    return phrase("card-proposed"), phrase("card-now")
