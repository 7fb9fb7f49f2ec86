"""All writes of one turn are one suggestion, where they can be."""

from uuid import uuid4

from core.actions.risk import at_least
from core.flows.bundles.making import bundle, may_be_line
from core.flows.suggesting import weigh
from core.flows.tool_calls import Proposed
from core.kernel.cards import Risk
from core.kernel.proposals import Proposal
from core.kernel.tools import ToolContext


async def as_decided(ctx: ToolContext, proposed: list[Proposed]) -> list[Proposed]:
    """Return what a turn proposes as it will be decided: its writes together, and what is decided alone beside them."""
    lines = [each for each in proposed if may_be_line(each.weighed.proposal)]
    if len(lines) <= 1:
        return proposed
    alone = [each for each in proposed if not may_be_line(each.weighed.proposal)]
    looked = await bundle(ctx, [(each.weighed.proposal, each.weighed.raised_to) for each in lines])
    if not isinstance(looked, Proposal):
        # The world moved since the first of them: each is decided on its own, and says then what has become of it.
        first, *others = lines
        return [first, *(Proposed(uuid4(), each.weighed, each.because) for each in others), *alone]
    weighed = await weigh(ctx, looked, raised_to=_highest(lines))
    return [Proposed(lines[0].suggestion_id, weighed, _reasons(lines)), *alone]


def _highest(lines: list[Proposed]) -> Risk | None:
    highest: Risk | None = None
    for each in lines:
        if each.weighed.raised_to is not None:
            highest = at_least(each.weighed.raised_to, highest)
    return highest


def _reasons(lines: list[Proposed]) -> str | None:
    """Return the model's reasons, each said once."""
    return " ".join(dict.fromkeys(each.because for each in lines if each.because)) or None
