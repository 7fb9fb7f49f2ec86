"""A bundle with some of its lines ticked off, or run in the other way: a proposal of its own."""

from core.actions.bundles.build import look
from core.actions.bundles.models import BUNDLE, Mode
from core.actions.suggestion import Suggestion
from core.flows.bundles.making import LINE_TOOLS, wanted_line
from core.kernel.phrases import phrase
from core.kernel.proposals import Proposal
from core.kernel.tools import Refused, ToolContext


async def without_lines(ctx: ToolContext, suggestion: Suggestion, out: set[int], mode: Mode) -> Proposal | Refused:
    """Return the bundle without the lines of these numbers (from 1, as the card shows them), looked at again.

    One line that stays is that plain action.
    """
    if suggestion.action_type != BUNDLE:
        return Refused(phrase("bundle-not-one"))
    lines = suggestion.args["lines"]
    if not out <= set(range(1, len(lines) + 1)):
        return Refused(phrase("bundle-no-such-line"))
    kept = [wanted_line(line) for number, line in enumerate(lines, 1) if number not in out]
    if not kept:
        return Refused(phrase("bundle-none-left"))
    looked, _left_out = await look(ctx, LINE_TOOLS, kept, mode)
    return looked
