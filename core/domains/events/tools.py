"""What the model may ask about events."""

from pydantic import BaseModel, ConfigDict

from core.domains.events.queries import list_events
from core.kernel.tools import Done, ReadTool, ToolContext, ToolSpec


class ListEvents(BaseModel):
    """No arguments: the organisation follows from who asks."""

    model_config = ConfigDict(extra="forbid")


async def _list_events(ctx: ToolContext, _args: ListEvents) -> Done:
    rows = await list_events(ctx.tx, ctx.now.date())
    events = [
        {**row, "id": str(row["id"]), "starts_on": row["starts_on"].isoformat(), "ends_on": row["ends_on"].isoformat()}
        for row in rows
    ]
    return Done({"events": events})


TOOLS: tuple[ToolSpec, ...] = (
    ReadTool(
        name="list_events",
        description="List the organisation's events with their dates, time zone and status.",
        args=ListEvents,
        run=_list_events,
    ),
)
