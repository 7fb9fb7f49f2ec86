"""The tools whose suggestions are bundles, and the bundle itself, which no model can call."""

from typing import Any

from pydantic import BaseModel, ConfigDict

from core.actions.bundles.describe import describe as describe_bundle
from core.actions.bundles.merging import title_of
from core.actions.bundles.models import BUNDLE, lines_of, rows_of
from core.flows.bundles.making import LINE_TOOLS, review
from core.flows.bundles.running import RUN
from core.flows.bundles.several import ShiftSessions, SwapSessions, preview_shift, preview_swap
from core.kernel.claims import Claims, Row
from core.kernel.phrases import phrase
from core.kernel.proposals import Proposal
from core.kernel.tools import Action, Description, Inverse, Refused, ToolContext, ToolSpec, WriteTool


class NoBundle(BaseModel):
    """A bundle is made of the writes of a turn; there is nothing to call."""

    model_config = ConfigDict(extra="forbid")


async def _preview_nothing(_ctx: ToolContext, _args: NoBundle) -> Proposal | Refused:
    return Refused(phrase("bundle-not-one"))


def describe(action: Action) -> Description:
    """Say a bundle on a card, each line as its own tool says it."""
    return describe_bundle(action, lambda line: LINE_TOOLS[line.action_type].describe(line))


def claims(args: Row, _before: Row | None) -> Claims:
    """Return what the lines claim."""
    return tuple(
        claim
        for line in rows_of(args)
        for claim in LINE_TOOLS[line["action_type"]].claims(line["args"], line.get("before"))
    )


def inverse(action: Action) -> Inverse | None:
    """Take back the lines that are done, the last one first; None where one of them cannot be taken back."""
    lines = lines_of(action.args)
    states = [ran["state"] for ran in action.outcome] or ["done"] * len(lines)
    found: list[tuple[Inverse, str]] = []
    for line, state in reversed(list(zip(lines, states, strict=True))):
        if state == "done":
            back = LINE_TOOLS[line.action_type].inverse(line.action(action.suggestion_id))
            if back is None:
                return None
            found.append((back, title_of(line.action_type, line.args, line.before, LINE_TOOLS)))
    if len(found) == 1:
        return found[0][0]
    lines_back: list[dict[str, Any]] = [
        {"action_type": back.action_type, "args": back.args, "before": {"title": title}} for back, title in found
    ]
    return Inverse(BUNDLE, {"mode": "all", "in_order": True, "lines": lines_back}) if found else None


TOOLS: tuple[ToolSpec, ...] = (
    WriteTool(
        name="swap_sessions",
        action_type="sessions_swap",
        description="Propose that two sessions trade start and room, both or neither.",
        args=SwapSessions,
        preview=preview_swap,
        review=review,
        execute=RUN,
        describe=describe,
        claims=claims,
        inverse=inverse,
    ),
    WriteTool(
        name="shift_sessions",
        action_type="sessions_shift",
        description="Propose to push everything from a time on, in one room or in all, by some minutes.",
        args=ShiftSessions,
        preview=preview_shift,
        review=review,
        execute=RUN,
        describe=describe,
        claims=claims,
        inverse=inverse,
    ),
    WriteTool(
        name="bundle",
        action_type=BUNDLE,
        description="Several writes in one suggestion; made of all the writes of a turn.",
        args=NoBundle,
        preview=_preview_nothing,
        review=review,
        execute=RUN,
        describe=describe,
        claims=claims,
        inverse=inverse,
        # Offered to nobody: it is what several writes of one turn become.
        roles=frozenset(),
    ),
)
