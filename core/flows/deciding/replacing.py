"""One suggestion takes the place of another: the old one ends, and every copy of its card shows the new one."""

from core.actions import queries as actions
from core.actions.drafts import Draft
from core.actions.suggestion import Suggestion
from core.db import become_system
from core.delivery import queries as copies
from core.flows.deciding.policing import tell_if_stuck
from core.flows.deliver import show_on_every_copy
from core.flows.runtime import Runtime
from core.flows.suggesting import store
from core.kernel.messages import MessageRef
from core.kernel.tools import ToolContext


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
