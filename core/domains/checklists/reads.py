"""What the model may ask about an event's checklist; answered at once, as the person who asked."""

from datetime import datetime
from typing import Any

from core.domains.checklists import queries
from core.domains.checklists.models import GetChecklist
from core.kernel.tools import Done, ReadTool, Refused, ToolContext, ToolSpec
from core.naming.events import the_event
from core.naming.times import local_text

_MOST_ITEMS = 80
"""Open items per answer; where there are more it says so."""


async def get_checklist(ctx: ToolContext, args: GetChecklist) -> Done | Refused:
    """Return how far a checklist is, and what is still to be done, by whom and until when."""
    event = await the_event(ctx, args.event)
    if isinstance(event, Refused):
        return event
    counted = await queries.progress(ctx.tx, event["id"], ctx.now)
    rows = await queries.open_items(ctx.tx, event["id"], _MOST_ITEMS + 1)
    return Done(
        {
            "event": event["name"],
            "time_zone": event["time_zone"],
            "total": counted["total"],
            "done": counted["done"],
            "overdue": counted["overdue"],
            "open_items": [_told(row, event["time_zone"], ctx.now) for row in rows[:_MOST_ITEMS]],
            "more": len(rows) > _MOST_ITEMS,
        }
    )


def _told(row: dict[str, Any], zone: str, now: datetime) -> dict[str, Any]:
    due: datetime | None = row["due_at"]
    return {
        "id": str(row["id"]),
        "title": row["title"],
        "due": local_text(due, zone) if due else None,
        "overdue": due is not None and due < now,
        "assignee": row["assignee"],
    }


TOOLS: tuple[ToolSpec, ...] = (
    ReadTool(
        name="get_checklist",
        description="Read an event's checklist: how many are done or overdue, and the open ones with who and when.",
        args=GetChecklist,
        run=get_checklist,
    ),
)
