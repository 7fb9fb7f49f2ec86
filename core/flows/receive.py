"""A platform delivered something: keep it and queue its handling, before anybody is told that it arrived."""

from core.flows.runtime import Runtime
from core.jobs.queries import RECEIVE, receive_values
from core.kernel.messages import InboundEvent


async def receive(rt: Runtime, event: InboundEvent) -> bool:
    """Store a delivery in one round trip; False when it was delivered before.

    Raises ``DatabaseDown`` when it could not be stored: the platform must deliver it again.
    """
    rows = await rt.db.run_as_system(RECEIVE, receive_values(event))
    return bool(rows[0]["is_new"])
