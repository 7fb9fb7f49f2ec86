"""From several writes to one suggestion: merged, ordered, looked at together, or with some of its lines left out."""

from collections.abc import Sequence
from typing import Any

from core.actions.bundles.build import look
from core.actions.bundles.describe import numbered
from core.actions.bundles.in_order import look_in_order
from core.actions.bundles.merging import Tools, merge, title_of, wanted_of, why_not_together
from core.actions.bundles.models import (
    BUNDLE,
    Mode,
    Row,
    Wanted,
    dropped_of,
    everything_of,
    is_in_order,
    mode_of,
    rows_of,
)
from core.actions.suggestion import Suggestion
from core.domains import TOOLS
from core.kernel.cards import Risk
from core.kernel.phrases import Phrase, phrase
from core.kernel.proposals import Proposal
from core.kernel.tools import Refused, ToolContext, WriteTool

LINE_TOOLS: Tools = {tool.action_type: tool for tool in TOOLS if isinstance(tool, WriteTool)}
"""What may be a line: every write of every domain. What is about the organisation itself is decided alone."""


def may_be_line(proposal: Proposal) -> bool:
    """Whether a proposal can stand in a bundle, as a line or as several."""
    lines = rows_of(proposal.args) if proposal.action_type == BUNDLE else [{"action_type": proposal.action_type}]
    return all(each["action_type"] in LINE_TOOLS for each in lines)


def refusal(proposals: Sequence[Proposal]) -> Phrase | None:
    """Return why these proposals cannot be one bundle, or None."""
    wanted = [line for proposal in proposals for line in wanted_of(proposal, LINE_TOOLS)]
    return why_not_together(merge(wanted, LINE_TOOLS), LINE_TOOLS)


async def bundle(ctx: ToolContext, proposals: Sequence[tuple[Proposal, Risk | None]]) -> Proposal | Refused:
    """Return one proposal for several: a bundle whose lines run all or none, or the one action that they come to."""
    wanted = [line for proposal, raised_to in proposals for line in wanted_of(proposal, LINE_TOOLS, raised_to)]
    return await bundle_of(ctx, wanted)


async def bundle_of(
    ctx: ToolContext, wanted: Sequence[Wanted], mode: Mode = "all", dropped: Sequence[Row] = ()
) -> Proposal | Refused:
    """Return one proposal for lines as they are wanted: merged, in the order in which they run."""
    merged = merge(wanted, LINE_TOOLS)
    why = why_not_together(merged, LINE_TOOLS)
    if why is not None:
        return Refused(why)
    looked, _out = await look(ctx, LINE_TOOLS, merged, mode, dropped)
    return looked


async def review(ctx: ToolContext, args: Row) -> Proposal | Refused:
    """Look again at a bundle. A line that is no longer possible is left out, and the card says so.

    The lines need no more than ``action_type`` and ``args``; everything else is looked up.
    """
    wanted, mode, dropped = [wanted_line(line) for line in rows_of(args)], mode_of(args), dropped_of(args)
    if is_in_order(args):
        # Nothing is merged or sorted: what is taken back goes the way that it came.
        return await look_in_order(ctx, LINE_TOOLS, wanted, mode, dropped)
    return await bundle_of(ctx, wanted, mode, dropped)


def wanted_line(line: Row) -> Wanted:
    """Return a stored line as it is wanted, whatever it was judged to be."""
    tool: WriteTool[Any] = LINE_TOOLS[line["action_type"]]
    title = title_of(tool.action_type, line["args"], line.get("before"), LINE_TOOLS)
    return Wanted(tool.action_type, line["args"], line.get("effect", "update"), title)


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
