"""What the model may ask about badges; answered at once, as the person who asked."""

from core.domains.badges import queries
from core.domains.badges.models import ListBadges
from core.kernel.tools import Done, ReadTool, Refused, ToolContext, ToolSpec
from core.naming.events import the_event

_MOST = 120
"""Badges per answer; where there are more, the answer says so."""


async def list_badges(ctx: ToolContext, args: ListBadges) -> Done | Refused:
    """Return the names that are printed for an event."""
    event = await the_event(ctx, args.event)
    if isinstance(event, Refused):
        return event
    rows = await queries.badges(ctx.tx, event["id"], _MOST + 1)
    told = [{"id": str(row["id"]), "name": row["name"]} for row in rows[:_MOST]]
    return Done({"event": event["name"], "badges": told, "more": len(rows) > _MOST})


TOOLS: tuple[ToolSpec, ...] = (
    ReadTool(
        name="list_badges",
        description="Read which badges are printed for an event.",
        args=ListBadges,
        run=list_badges,
    ),
)
