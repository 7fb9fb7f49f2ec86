"""Suggestions that nobody decided in time come to an end, and their cards say so."""

import structlog

from core.actions import queries as actions
from core.flows.runtime import Runtime
from core.flows.waiting.telling import tell_expired

_log = structlog.get_logger("flow.expire")


async def expire(rt: Runtime) -> int:
    """Expire what has run out, in all organisations, and queue the edit of every copy; return how many there were."""
    async with rt.db.as_system() as tx:
        expired = await actions.expire(tx)
        for organization_id, suggestion_id in expired:
            await tell_expired(tx, organization_id, suggestion_id)
    if expired:
        _log.info("expired", suggestions=len(expired))
    return len(expired)
