"""A copy of a card shows other buttons for a moment: reasons of a rejection, what can be edited, everything else."""

from uuid import UUID

from core.actions import queries as actions
from core.db import become_system
from core.delivery import queries as copies
from core.flows.deciding.refusals import refuse, waits, why_unchanged
from core.flows.deliver import show_menu
from core.flows.runtime import Runtime
from core.kernel.messages import Decision
from core.kernel.phrases import Phrase, phrase
from core.kernel.principal import Principal

_MENUS = frozenset({"", "reject", "edit", "more"})
"""The first leads back."""


async def menu(rt: Runtime, principal: Principal, suggestion_id: UUID, decision: Decision) -> Phrase | None:
    """Open a menu on the pressed copy, or close it; nothing is decided. Return what to tell the presser instead."""
    if decision.choice not in _MENUS:
        return await refuse(rt, principal, None, phrase("decision-unknown"))
    async with rt.db.acting_as(principal) as tx:
        found = await actions.find(tx, suggestion_id)
        if found is not None and waits(rt, found):
            await become_system(tx)
            organization_id, pressed = principal.organization_id, decision.pressed
            # We may have lost track of it: a crash after posting.
            await copies.add(
                tx, organization_id, found.id, pressed, principal.locale, can_decide=principal.may_decide, shown=""
            )
            await show_menu(tx, organization_id, found.id, pressed, decision.choice or None)
            return None
    return await why_unchanged(rt, principal, decision, suggestion_id)
