"""Events in SQL."""

from datetime import date
from typing import Any, LiteralString

from core.kernel.tools import Transaction

LIST_EVENTS: LiteralString = """
select id, name, starts_on, ends_on, time_zone, status from public.events
where organization_id = (select app.organization_id())
order by (ends_on >= %(today)s) desc, abs(starts_on - %(today)s::date), name
limit 50
"""


async def list_events(tx: Transaction, today: date) -> list[dict[str, Any]]:
    """Return the organisation's events: running and coming ones first, the nearest first."""
    return await (await tx.execute(LIST_EVENTS, {"today": today})).fetchall()
