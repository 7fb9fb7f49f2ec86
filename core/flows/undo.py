"""What was done is taken back: its exact inverse becomes a suggestion, checked and decided like any other."""

from uuid import UUID

from core.actions import queries as actions
from core.actions.drafts import Asked, Draft
from core.actions.suggestion import Suggestion
from core.db import become_system
from core.flows.policing import tell_if_stuck
from core.flows.runtime import Runtime, write_tool
from core.flows.suggesting import store, weigh
from core.jobs.queries import post_card_later, refresh_cards_later
from core.kernel.messages import Address, MessageRef
from core.kernel.phrases import Phrase, phrase
from core.kernel.principal import Principal
from core.kernel.proposals import Proposal
from core.kernel.tools import Refused, ToolContext, Transaction


async def undo(rt: Runtime, principal: Principal, suggestion_id: UUID, pressed: MessageRef) -> Phrase | None:
    """Suggest the inverse where the button was pressed; return why there is none, or None when its card comes."""
    there = Address(pressed.platform, pressed.workspace, pressed.channel)
    async with rt.db.acting_as(principal) as tx:
        ctx = ToolContext(tx, principal, rt.now())
        done = await actions.find(tx, suggestion_id)
        if done is None or done.review.status != "executed":
            return phrase("decision-unknown" if done is None else "undo-not-done")
        if await actions.undo_waits(tx, done):
            return phrase("undo-waits")
        looked = await _inverse(ctx, done)
        if isinstance(looked, Refused):
            return looked.why
        # The same story, from the asking to the taking back.
        asked = Asked(
            user_id=principal.user_id,
            words=None,
            correlation_id=done.request.correlation_id,
            message_id=None,
            origin=there,
        )
        draft = Draft(weighed=await weigh(ctx, looked), asked=asked, undoes=done.id)
        await store(rt, tx, draft)
        await become_system(tx)
        await tell_if_stuck(rt, tx, principal.organization_id, draft.id, draft.weighed.policy)
        await post_card_later(tx, principal.organization_id, draft.id, there, principal.locale, can_decide=True)
    return None


async def show_taken_back(tx: Transaction, undo: Suggestion, *, is_done: bool) -> None:
    """Queue the cards of what an undo took back, and of what that took back before: it holds no longer, or again."""
    undone = undo.request.undoes if is_done else None
    while undone is not None:
        await refresh_cards_later(tx, undo.organization_id, undone)
        found = await actions.find_for_delivery(tx, undo.organization_id, undone)
        undone = found.request.undoes if found else None


async def _inverse(ctx: ToolContext, done: Suggestion) -> Proposal | Refused:
    inverse = write_tool(done.request.action_type).inverse(done.action())
    if inverse is None:
        return Refused(phrase("undo-impossible"))
    return await write_tool(inverse.action_type).review(ctx, inverse.args)
