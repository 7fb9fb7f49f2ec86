"""A bundle with some of its lines ticked off, or run in the other way: a proposal of its own."""

from core.actions.bundles.build import look
from core.actions.bundles.describe import numbered
from core.actions.bundles.in_order import look_in_order
from core.actions.bundles.models import BUNDLE, Mode, everything_of, is_in_order
from core.actions.suggestion import Suggestion
from core.flows.bundles.making import LINE_TOOLS, wanted_line
from core.kernel.phrases import phrase
from core.kernel.proposals import Proposal
from core.kernel.tools import Refused, ToolContext


async def without_lines(ctx: ToolContext, suggestion: Suggestion, out: set[int], mode: Mode) -> Proposal | Refused:
    """Return the bundle without the lines of these numbers (from 1, as the card shows them), looked at again.

    What was left out before and is not among them comes back.
    """
    if suggestion.request.action_type != BUNDLE:
        return Refused(phrase("bundle-not-one"))
    lines = [line for line, _runs in everything_of(suggestion.request.args)]
    numbers = numbered(lines, lambda line: LINE_TOOLS[line.action_type].describe(line))
    if not out <= set(numbers):
        return Refused(phrase("bundle-no-such-line"))
    left = {numbers[number] for number in out}
    rows = [line.model_dump(mode="json") for line in lines]
    kept = [wanted_line(row) for at, row in enumerate(rows) if at not in left]
    if not kept:
        return Refused(phrase("bundle-none-left"))
    dropped = [{**row, "at": at} for at, row in enumerate(rows) if at in left]
    if is_in_order(suggestion.request.args):
        return await look_in_order(ctx, LINE_TOOLS, kept, mode, dropped)
    looked, _left_out = await look(ctx, LINE_TOOLS, kept, mode, dropped)
    return looked


def out_of(suggestion: Suggestion) -> set[int]:
    """Return the numbers of the lines that are left out now."""
    everything = everything_of(suggestion.request.args)
    numbers = numbered([line for line, _runs in everything], lambda line: LINE_TOOLS[line.action_type].describe(line))
    return {number for number, at in numbers.items() if not everything[at][1]}
