"""The one door through which every suggestion comes: judged by the organisation's rules, then stored."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from core.actions import queries as actions
from core.actions.bundles.models import BUNDLE, rows_of
from core.actions.drafts import Draft, Weighed
from core.actions.risk import assess, at_least
from core.actions.suggestion import judge
from core.flows.runtime import Runtime, write_tool
from core.kernel.cards import Risk
from core.kernel.proposals import Proposal
from core.kernel.tools import Alternative, Refused, ToolContext, Transaction
from core.pictures import queries as pictures
from core.pictures.gathering import timeline_of
from core.policies import queries as policies
from core.policies.models import Current
from core.policies.rules import apply_levels, snapshot


async def weigh(
    ctx: ToolContext, proposal: Proposal, *, raised_to: Risk | None = None, now: Current | None = None
) -> Weighed:
    """Judge a proposal by facts and rules. ``raised_to``: what the model asks for at least; it lowers nothing.

    ``now``: the policy, where it was asked for in the same transaction.
    """
    now = now or await policies.current(ctx.tx)
    claims = write_tool(proposal.action_type).claims(proposal.args, proposal.before)
    conflicts = apply_levels(now.policy, proposal.conflicts)
    weighed = proposal.model_copy(update={"conflicts": conflicts, "claims": claims})
    risk = at_least(assess(weighed, ctx.now), raised_to)
    kept = snapshot(now, weighed.action_type, risk, _lines(weighed))
    return Weighed(weighed, risk, raised_to, kept.data(), await _offered(ctx, weighed))


def _lines(proposal: Proposal) -> list[tuple[str, Risk]]:
    if proposal.action_type != BUNDLE:
        return []
    return [(line["action_type"], line["risk"]) for line in rows_of(proposal.args)]


async def store(rt: Runtime, tx: Transaction, draft: Draft) -> UUID:
    """Queue the insert of a suggestion and return its id."""
    weighed = draft.weighed
    longest = timedelta(hours=rt.settings.eventflow_suggestion_hours)
    await actions.insert(tx, draft, judge(weighed.proposal, weighed.risk, rt.now(), longest))
    timeline = await timeline_of(tx, weighed.proposal, rt.now())
    if timeline is not None:
        await pictures.keep(tx, draft.id, timeline)
    return draft.id


async def _offered(ctx: ToolContext, proposal: Proposal) -> tuple[dict[str, Any], ...]:
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
