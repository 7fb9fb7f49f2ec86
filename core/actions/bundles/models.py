"""What a bundle is: its lines, each with everything that it was judged by, and how they run. Pure."""

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from core.kernel.cards import Risk
from core.kernel.proposals import Conflict, Effect, Impact, Proposal
from core.kernel.tools import Action

Row = dict[str, Any]

BUNDLE = "bundle"
"""The action type of several actions in one."""
MOST_LINES = 50
"""Lines of one bundle; a person who must read more reads none of them."""

Mode: TypeAlias = Literal["all", "until_failure"]
"""All lines or none, in one transaction; or one after the other, and the first that fails ends it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A line before it is looked at: what shall run, and what it is called where it turns out to be impossible."""

    action_type: str
    args: Row
    effect: Effect
    title: str = ""
    raised_to: Risk | None = None
    """The least risk that was asked for."""


class Line(BaseModel):
    """One action of a bundle, exactly as it is shown and will run."""

    model_config = ConfigDict(frozen=True)

    action_type: str
    args: Row
    """Canonical arguments, without the lines beside it: those follow from the bundle."""
    effect: Effect
    facts_digest: str
    before: Row | None
    zone: str
    risk: Risk
    conflicts: tuple[Conflict, ...]
    impact: Impact

    @classmethod
    def of(cls, proposal: Proposal, risk: Risk) -> "Line":
        """Return the line that a proposal becomes."""
        return cls(
            action_type=proposal.action_type,
            args=proposal.args,
            effect=proposal.effect,
            facts_digest=proposal.facts_digest,
            before=proposal.before,
            zone=proposal.zone,
            risk=risk,
            conflicts=proposal.conflicts,
            impact=proposal.impact,
        )

    def action(self, suggestion_id: UUID) -> Action:
        """Return the write of this line."""
        return Action(
            suggestion_id=suggestion_id,
            action_type=self.action_type,
            args=self.args,
            before=self.before,
            zone=self.zone,
            facts_digest=self.facts_digest,
        )


def rows_of(args: Row) -> list[Row]:
    """Return the lines of a bundle as they are stored, or as they are wanted: at least ``action_type`` and ``args``."""
    return args["lines"]


def as_line(action_type: str, args: Row) -> Row:
    """Return what is kept of a bundle that has this as one of its lines, as far as it tells."""
    return {"args": {"lines": [{"action_type": action_type, "args": args}]}}


def dropped_of(args: Row) -> list[Row]:
    """Return the lines that somebody left out, each with its place ``at`` among all."""
    return list(args.get("dropped", ()))


def left_out_of(args: Row) -> tuple[str, ...]:
    """Return the titles of the lines that are no longer possible."""
    return tuple(args.get("left_out", ()))


def lines_of(args: Row) -> tuple[Line, ...]:
    """Return the lines of a bundle from its stored arguments."""
    return tuple(Line.model_validate(line) for line in rows_of(args))


def everything_of(args: Row) -> list[tuple[Line, bool]]:
    """Return all lines as they run, each with whether it does, or was left out by somebody and may come back."""
    found = [(line, True) for line in lines_of(args)]
    for row in sorted(dropped_of(args), key=lambda row: row["at"]):
        found.insert(row["at"], (Line.model_validate(row), False))
    return found


def is_in_order(args: Row) -> bool:
    """Whether each line is judged by the world as the lines before it leave it: those that take a bundle back."""
    return bool(args.get("in_order"))


def mode_of(args: Row) -> Mode:
    """Return how a bundle runs; together where nobody chose."""
    return args.get("mode", "all")
