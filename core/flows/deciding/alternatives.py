"""Something else instead: an alternative that was offered takes a suggestion's place, looked at and judged anew."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from core.actions import queries as actions
from core.actions.drafts import Asked, Draft
from core.actions.suggestion import Suggestion
from core.flows.deciding.refusals import refuse, waits, why_unchanged
from core.flows.deciding.replacing import RaceLost, put_in_place
from core.flows.renewal import renew
from core.flows.runtime import Runtime, write_tool
from core.flows.suggesting import weigh
from core.kernel.messages import Decision
from core.kernel.phrases import Phrase, phrase
from core.kernel.principal import Principal
from core.kernel.tools import Refused, ToolContext


async def take(rt: Runtime, principal: Principal, suggestion_id: UUID, decision: Decision) -> Phrase | None:
    """Put the chosen alternative in a suggestion's place; one that is no longer possible brings the card up to date.

    Return what to tell the presser, or None when the card says it all.
    """
    async with rt.db.acting_as(principal) as tx:
        found = await actions.find(tx, suggestion_id)
    if found is None or not waits(rt, found):
        return await why_unchanged(rt, principal, decision, suggestion_id)
    offered = {str(place): each for place, each in enumerate(found.request.alternatives)}
    chosen = offered.get(decision.choice)
    if chosen is None:
        return await refuse(rt, principal, found, phrase("decision-unknown"))
    try:
        if await _taken(rt, principal, found, chosen, decision):
            return None
    except RaceLost:
        return await why_unchanged(rt, principal, decision, suggestion_id)
    if await renew(rt, principal, suggestion_id, decision.pressed) is None:
        return await why_unchanged(rt, principal, decision, suggestion_id)
    return await refuse(rt, principal, found, phrase("alternative-gone"))


async def _taken(
    rt: Runtime, principal: Principal, old: Suggestion, chosen: dict[str, Any], decision: Decision
) -> bool:
    async with rt.db.acting_as(principal) as tx:
        ctx = ToolContext(tx, principal, rt.now())
        looked = await write_tool(chosen["action_type"]).review(ctx, chosen["args"])
        if isinstance(looked, Refused):
            return False
        weighed = await weigh(ctx, looked, raised_to=old.request.raised_to)
        if weighed.proposal.is_blocked:
            return False
        # The model gave its reason for something else.
        asked = replace(Asked.of(old), because=None)
        draft = Draft(
            weighed=weighed, asked=asked, edited_from=old.id, edited_by=principal.name, editor=principal.user_id
        )
        await put_in_place(rt, ctx, old, draft, decision.pressed)
    return True
