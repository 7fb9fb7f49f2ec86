"""Once a day the head of each log is said to the managers, where the owner of the database cannot rewrite it."""

import structlog

from core.audit.history import queries as history
from core.flows.runtime import Runtime
from core.identity import queries as identity
from core.jobs.queries import say_later
from core.kernel.phrases import phrase
from core.texts import say

_log = structlog.get_logger("flow.anchoring")


async def post_heads(rt: Runtime) -> int:
    """Queue the day's head for every managers' channel; return of how many organisations. Safe with many workers.

    Nothing is said twice on one day (UTC), nor where nothing was added since the last time.
    """
    async with rt.db.as_system() as tx:
        taken = await history.take_heads(tx, await identity.with_channel(tx))
        for organization_id, head in taken:
            for channel in await identity.managers_channels(tx, organization_id):
                # Without isolates: the command is copied into a terminal as it stands.
                told = say(channel.locale, phrase("log-head"))
                await say_later(tx, channel.address, f"{told}\neventflow log verify {head}")
    if taken:
        _log.info("heads posted", organizations=len(taken))
    return len(taken)
