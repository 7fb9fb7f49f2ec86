"""The world moved before a decision: nothing ran; look again and show a fresh card in the place of every old one."""

from datetime import timedelta
from uuid import UUID, uuid4

from core.actions import queries as actions
from core.actions.risk import assess
from core.actions.suggestion import Suggestion, judge
from core.db import become_system
from core.delivery import queries as copies
from core.flows.deliver import show_on_every_copy
from core.flows.runtime import Runtime, write_tool
from core.kernel.messages import MessageRef
from core.kernel.phrases import Phrase, phrase
from core.kernel.principal import Principal
from core.kernel.proposals import Proposal
from core.kernel.tools import Refused, ToolContext, Transaction


class _RaceLost(Exception):
    """Somebody else decided or renewed the suggestion in the meantime."""


async def renew(rt: Runtime, principal: Principal, suggestion_id: UUID, pressed: MessageRef) -> Phrase | None:
    """Replace a suggestion that the world has overtaken, on the pressed copy too; return what to tell the presser.

    None when somebody decided or renewed it in the meantime.
    """
    try:
        async with rt.db.acting_as(principal) as tx:
            old = await actions.find(tx, suggestion_id)
            if old is None or old.status != "suggested":
                raise _RaceLost
            looked = await write_tool(old.action_type).review(ToolContext(tx, principal, rt.now()), old.args)
            if isinstance(looked, Refused):
                # What the suggestion was about is gone: it ends here, and says so.
                await actions.mark_failed(tx, old.id, looked.why.id)
                shown, told = old.id, looked.why
            else:
                shown = await _replace(rt, tx, old, looked)
                told = phrase("decision-blocked-now" if looked.is_blocked else "decision-moved")
            await become_system(tx)
            await copies.move(tx, principal.organization_id, old.id, shown)
            await show_on_every_copy(tx, principal, shown, pressed)
            return told
    except _RaceLost:
        return None


async def _replace(rt: Runtime, tx: Transaction, old: Suggestion, looked: Proposal) -> UUID:
    fresh, now = uuid4(), rt.now()
    longest = timedelta(hours=rt.settings.eventflow_suggestion_hours)
    await actions.insert(
        tx,
        suggestion_id=fresh,
        user_id=old.user_id,
        proposal=looked,
        judged=judge(looked, assess(looked, now), now, longest),
        request=old.request,
        correlation_id=old.correlation_id,
        message_id=old.message_id,
        origin=old.origin,
        renewed=True,
    )
    if not await actions.supersede(tx, old.id, fresh):
        raise _RaceLost
    return fresh
