"""Lines that stand on each other, such as those that take a bundle back: each is looked at as those before it leave the
world, which is found out by writing them and taking it all back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from core.actions.bundles import queries
from core.actions.bundles.build import assemble, beside
from core.actions.bundles.merging import Tools
from core.actions.bundles.models import Mode, Row, Wanted
from core.db import StatementFailed, WorldMoved, rehearsal, savepoint
from core.kernel.phrases import phrase
from core.kernel.proposals import Proposal
from core.kernel.tools import Action, Beside, Refused, ToolContext

_NOWHERE = UUID(int=0)
"""A line that is rehearsed belongs to no suggestion yet."""
_IS_SO = "change-nothing"
"""What every tool says of a change that has been made already: nobody misses it."""


@dataclass(slots=True)
class _Way:
    """How a rehearsal went: which lines can run in which order, and why the others cannot."""

    lines: list[tuple[Wanted, Proposal]]
    out: list[tuple[Wanted, Refused]]


async def look_in_order(
    ctx: ToolContext, tools: Tools, wanted: Sequence[Wanted], mode: Mode, dropped: Sequence[Row] = ()
) -> Proposal | Refused:
    """Return what lines become that run one after the other, each on what those before it have done.

    A line that is refused waits for those after it. What is refused to the end is left out: the card says what does not
    come back, and whoever approves has read it. ``dropped``: as ``build.look`` takes them.
    """
    left, out, passed = list(wanted), list[tuple[Wanted, Refused]](), 0
    while left:
        way = await _rehearse(ctx, tools, left, mode, is_fixed=passed > 0)
        passed += 1
        out += way.out
        found = [replace(each, args=line.args) for each, line in way.lines]
        if [each.args for each in found] == [each.args for each in left]:
            break
        # What lines clear for those before them has changed with their order: they are looked at once more.
        left = found
    else:
        return out[-1][1]
    missed = [each.title for each, why in out if why.why.id != _IS_SO]
    if len(way.lines) == 1 and not missed and not dropped:
        return way.lines[0][1]
    args: Row = {"mode": mode, "in_order": True} | ({"dropped": list(dropped)} if dropped else {})
    return await assemble(ctx, tools, way.lines, args | ({"left_out": missed} if missed else {}))


async def _rehearse(ctx: ToolContext, tools: Tools, left: list[Wanted], mode: Mode, *, is_fixed: bool) -> _Way:
    """Write the lines as far as they can be, and take it back. ``is_fixed``: no line waits for others."""
    way, waiting = _Way([], []), left
    async with rehearsal(ctx.tx):
        await queries.let_places_be_traded(ctx.tx)
        while waiting:
            refused: list[tuple[Wanted, Refused]] = []
            for place, each in enumerate(waiting):
                rest = [*(line for line, _why in refused), *waiting[place + 1 :]]
                line = await _written(ctx, tools, [each, *rest], mode)
                if isinstance(line, Refused):
                    refused.append((each, line))
                else:
                    way.lines.append((each, line))
            if is_fixed or len(refused) == len(waiting):
                way.out = refused
                break
            waiting = [line for line, _why in refused]
    return way


async def _written(ctx: ToolContext, tools: Tools, lines: list[Wanted], mode: Mode) -> Proposal | Refused:
    """Look at the first of the lines that are still to run, and write it for the others to see."""
    tool = tools[lines[0].action_type]
    others = beside(0, lines, mode, tools, in_order=True)
    looked = await tool.review(ctx, Beside.among(lines[0].args, others))
    if isinstance(looked, Refused):
        return looked
    line = looked.model_copy(update={"args": Beside.alone(looked.args)})
    action = Action(_NOWHERE, line.action_type, line.args, line.before, line.zone, line.facts_digest)
    try:
        async with savepoint(ctx.tx):
            await tool.execute.write(ctx.tx, action)
    except (WorldMoved, StatementFailed):
        return Refused(phrase("bundle-line-error"))
    return line
