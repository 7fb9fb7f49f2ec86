"""How a bundle reads on a card: every line in one sentence, and what became of it. Pure."""

from collections.abc import Callable, Sequence

from core.actions.bundles.models import Row, lines_of, mode_of
from core.kernel.cards import Fact
from core.kernel.phrases import Phrase, phrase
from core.kernel.tools import Action, Description

_STATES = {"done": "bundle-line-done", "failed": "bundle-line-failed", "skipped": "bundle-line-skipped"}


def describe(action: Action, describe_line: Callable[[Action], Description]) -> Description:
    """Return the title, how it runs, and the lines. ``describe_line`` says one action as its own tool does."""
    lines = lines_of(action.args)
    facts = [Fact(phrase("bundle-runs"), phrase(f"bundle-runs-{mode_of(action.args).replace('_', '-')}"))]
    if action.args.get("left_out"):
        names = tuple(action.args["left_out"])
        facts.append(Fact(phrase("bundle-left-out"), phrase("bundle-left-out-why", titles=names)))
    return Description(
        phrase("card-bundle", count=len(lines)),
        facts=tuple(facts),
        lines=tuple(_line(describe_line(line.action(action.suggestion_id))) for line in lines),
    )


def lines_as_they_ran(lines: tuple[Phrase, ...], outcome: Sequence[Row]) -> tuple[Phrase, ...]:
    """Return the lines with what became of each; as they are where the bundle has not run."""
    if len(outcome) != len(lines):
        return lines
    return tuple(
        phrase(_STATES[ran["state"]], line=line, why=phrase(ran.get("reason", "bundle-line-no-reason")))
        for line, ran in zip(lines, outcome, strict=True)
    )


def counted(outcome: Sequence[Row]) -> tuple[int, int]:
    """Return how many lines are done, of how many."""
    return sum(ran["state"] == "done" for ran in outcome), len(outcome)


def _line(said: Description) -> Phrase:
    parts = [phrase("bundle-part", label=fact.label, value=fact.value) for fact in said.facts]
    parts += [
        phrase("bundle-part-changed", label=change.label, now=change.now, proposed=change.proposed)
        for change in said.changes
    ]
    return phrase("bundle-line", title=said.title, parts=tuple(parts)) if parts else said.title
