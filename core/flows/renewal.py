"""The world moved before a decision: nothing ran; look again and show a fresh card in the place of every old one."""

from uuid import UUID

from core.actions import queries as actions
from core.actions.drafts import Asked, Draft
from core.actions.suggestion import Suggestion
from core.db import become_system
from core.flows.deciding.replacing import RaceLost, put_in_place
from core.flows.deliver import show_on_every_copy
from core.flows.runtime import Runtime, write_tool
from core.flows.suggesting import weigh
from core.kernel.messages import MessageRef
from core.kernel.phrases import Phrase, phrase
from core.kernel.principal import Principal
from core.kernel.proposals import Proposal
from core.kernel.tools import Refused, ToolContext


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
