"""One suggestion takes the place of another: fresh after drift, or an alternative that was offered for it."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from core.actions import queries as actions
from core.actions.drafts import Asked, Draft
from core.actions.suggestion import Suggestion
from core.db import become_system
from core.delivery import queries as copies
from core.flows.deciding.refusals import refuse, waits, why_unchanged
from core.flows.deliver import show_on_every_copy
from core.flows.policing import tell_if_stuck
from core.flows.runtime import Runtime, write_tool
from core.flows.suggesting import store, weigh
from core.kernel.messages import Decision, MessageRef
from core.kernel.phrases import Phrase, phrase
from core.kernel.principal import Principal
from core.kernel.proposals import Proposal
from core.kernel.tools import Refused, ToolContext


class RaceLost(Exception):
    """Somebody else decided or replaced the suggestion in the meantime; nothing has happened."""


async def put_in_place(rt: Runtime, ctx: ToolContext, old: Suggestion, draft: Draft, pressed: MessageRef) -> None:
    """Store a suggestion in the place of a waiting one, on the pressed copy too. The transaction ends as the system's.

    Raises ``RaceLost``, which must leave the transaction, so that nothing of it is kept.
    """
    await store(rt, ctx.tx, draft)
    if not await actions.supersede(ctx.tx, old.id, draft.id):
        raise RaceLost
    await become_system(ctx.tx)
    await copies.move(ctx.tx, ctx.principal.organization_id, old.id, draft.id)
    await show_on_every_copy(ctx.tx, ctx.principal, draft.id, pressed)
    await tell_if_stuck(rt, ctx.tx, ctx.principal.organization_id, draft.id, draft.weighed.policy)


async def renew(rt: Runtime, principal: Principal, suggestion_id: UUID, pressed: MessageRef) -> Phrase | None:
    """Replace a suggestion that the world has overtaken, on the pressed copy too; return what to tell the presser.

    None when somebody decided or renewed it in the meantime.
    """
    try:
        async with rt.db.acting_as(principal) as tx:
            old = await actions.find(tx, suggestion_id)
            if old is None or old.review.status != "suggested":
                raise RaceLost
            ctx = ToolContext(tx, principal, rt.now())
            looked = await write_tool(old.request.action_type).review(ctx, old.request.args)
            if not isinstance(looked, Refused):
                return await _replace(rt, ctx, old, looked, pressed)
            # What the suggestion was about is gone: it ends here, and says so.
            await actions.mark_failed(tx, old.id, looked.why.id)
            await become_system(tx)
            await show_on_every_copy(tx, principal, old.id, pressed)
            return looked.why
    except RaceLost:
        return None


async def _replace(rt: Runtime, ctx: ToolContext, old: Suggestion, looked: Proposal, pressed: MessageRef) -> Phrase:
    weighed = await weigh(ctx, looked, raised_to=old.request.raised_to)
    draft = Draft(
        weighed=weighed,
        asked=Asked.of(old),
        renewed=True,
        # Who edited it has still edited it.
        edited_from=old.request.edited_from,
        edited_by=old.request.editor_name,
        editor=old.request.editor,
        editors=old.request.editors,
        undoes=old.request.undoes,
    )
    await put_in_place(rt, ctx, old, draft, pressed)
    return phrase("decision-blocked-now" if weighed.proposal.is_blocked else "decision-moved")


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
