"""What nobody ends comes to an end: suggestions that nobody decided in time, runs whose process died."""

import structlog

from core.actions import queries as actions
from core.conversations.runs import queries as runs
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


async def end_lost_runs(rt: Runtime) -> int:
    """End the runs of processes that died, in all organisations; return how many there were."""
    async with rt.db.as_system() as tx:
        lost = await runs.lose(tx)
    if lost:
        _log.warning("runs lost", runs=lost)
    return lost
