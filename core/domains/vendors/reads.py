"""What the model may ask about an event's vendors; answered at once, as the person who asked."""

from datetime import datetime
from typing import Any

from core.domains.vendors import queries
from core.domains.vendors.models import ListVendors
from core.domains.vendors.rules import COMING, closing
from core.kernel.tools import Done, ReadTool, Refused, ToolContext, ToolSpec
from core.naming.events import the_event
from core.naming.times import local_text

_MOST_VENDORS = 100
"""Vendors per answer; where there are more it says so."""


async def list_vendors(ctx: ToolContext, args: ListVendors) -> Done | Refused:
    """Return an event's vendors in order of arrival, and who should be there by now and is not."""
    event = await the_event(ctx, args.event)
    if isinstance(event, Refused):
        return event
    rows = await queries.of_event(ctx, event["id"], _MOST_VENDORS + 1)
    is_over = ctx.now >= closing(event)
    vendors = [_told(row, event["time_zone"], None if is_over else ctx.now) for row in rows[:_MOST_VENDORS]]
    return Done(
        {
            "event": event["name"],
            "time_zone": event["time_zone"],
            "vendors": vendors,
            "late_now": [vendor["name"] for vendor in vendors if vendor["minutes_late"] is not None],
            "more": len(rows) > _MOST_VENDORS,
        }
    )


def _told(row: dict[str, Any], zone: str, now: datetime | None) -> dict[str, Any]:
    """Return a vendor as the model reads it. ``now`` is None once nobody is waited for any more."""
    arrives: datetime | None = row["arrives_at"]
    is_late = now is not None and arrives is not None and arrives < now and row["status"] in COMING
    return {
        "id": str(row["id"]),
        "name": row["name"],
        "category": row["category"],
        "status": row["status"],
        "arrives": local_text(arrives, zone) if arrives else None,
        "notes": row["notes"],
        **({"cost": f"{row['cost']} {row['currency']}"} if row["cost"] else {}),
        "minutes_late": int((now - arrives).total_seconds() // 60) if is_late and now and arrives else None,
    }


TOOLS: tuple[ToolSpec, ...] = (
    ReadTool(
        name="list_vendors",
        description="List an event's vendors: status, when each arrives, cost, notes, and who is late now.",
        args=ListVendors,
        run=list_vendors,
    ),
)
