"""What could be done instead of what a conflict stands against: looked for, and kept where it can be done."""

from typing import Any

from core.flows.runtime import write_tool
from core.kernel.proposals import Proposal
from core.kernel.tools import Alternative, Refused, ToolContext


async def offered(ctx: ToolContext, proposal: Proposal) -> tuple[dict[str, Any], ...]:
    """Return ``{"action_type", "args", "label"}`` for each alternative, best first; none where no conflict is."""
    look = write_tool(proposal.action_type).alternatives
    if look is None or not proposal.conflicts:
        return ()
    found = [await _kept(ctx, each) for each in await look(ctx, proposal)]
    return tuple(each for each in found if each is not None)


async def _kept(ctx: ToolContext, alternative: Alternative) -> dict[str, Any] | None:
    kept = {"action_type": alternative.action_type, "label": alternative.label}
    if alternative.args is not None:
        return {**kept, "args": alternative.args}
    tool = write_tool(alternative.action_type)
    looked = await tool.preview(ctx, tool.args.model_validate(alternative.said))
    if isinstance(looked, Refused) or looked.is_blocked:
        return None
    return {**kept, "action_type": looked.action_type, "args": looked.args}
