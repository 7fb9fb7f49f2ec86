"""A platform delivered something: keep it and queue its handling, before anybody is told that it arrived."""

from core.db import Database
from core.jobs.queries import RECEIVE, receive_values
from core.kernel.messages import InboundEvent


async def receive(db: Database, event: InboundEvent) -> bool:
    """Store a delivery in one round trip; False when it was delivered before.

    Raises ``DatabaseDown`` when it could not be stored: the platform must deliver it again.
    """
    rows = await db.run_as_system(RECEIVE, receive_values(event))
    return bool(rows[0]["is_new"])
