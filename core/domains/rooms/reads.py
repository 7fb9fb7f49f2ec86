"""What the model may ask about rooms; answered at once, as the person who asked."""

from datetime import timedelta
from functools import partial
from typing import Any

from core.domains.rooms import queries
from core.domains.rooms.models import GetRoomUse
from core.kernel.tools import Done, ReadTool, Refused, ToolContext, ToolSpec
from core.naming.events import in_event
from core.naming.resolve import the_room
from core.naming.times import local_text

Row = dict[str, Any]

_MOST_ROWS = 120
"""Rooms times days per answer; where there are more, the answer says so."""


async def get_room_use(ctx: ToolContext, args: GetRoomUse) -> Done | Refused:
    """Return per room and day the booked minutes, their share of the day's span in percent, and the longest gap."""
    return await in_event(ctx, args.event, partial(_use, ctx, args), args.day)


async def _use(ctx: ToolContext, args: GetRoomUse, event: Row) -> Done | Refused:
    room = await the_room(ctx, event, args.room) if args.room is not None else None
    if isinstance(room, Refused):
        return room
    zone = event["time_zone"]
    rows = await queries.use(ctx.tx, event["id"], zone, day=args.day, room=room, limit=_MOST_ROWS + 1)
    return Done(
        {
            "event": event["name"],
            "time_zone": zone,
            "use": [_use_data(row, zone) for row in rows[:_MOST_ROWS]],
            "more": len(rows) > _MOST_ROWS,
        }
    )


def _use_data(row: Row, zone: str) -> Row:
    span: timedelta = row["closes"] - row["opens"]
    booked: timedelta = row["booked"]
    data: Row = {
        "room": row["room"],
        "capacity": row["capacity"],
        "day": row["day"].isoformat(),
        "span": {"start": local_text(row["opens"], zone), "end": local_text(row["closes"], zone)},
        "sessions": row["sessions"],
        "booked_minutes": _minutes(booked),
        "share_percent": round(100 * booked / span),
        "longest_gap": None,
    }
    if row["gap_since"] is not None:
        data["longest_gap"] = {
            "start": local_text(row["gap_since"], zone),
            "end": local_text(row["gap_until"], zone),
            "minutes": _minutes(row["gap_until"] - row["gap_since"]),
        }
    return data


def _minutes(length: timedelta) -> int:
    return int(length.total_seconds() // 60)


TOOLS: tuple[ToolSpec, ...] = (
    ReadTool(
        name="get_room_use",
        description="Read how rooms are used, per room and day: booked minutes, share of the day's span, longest gap.",
        args=GetRoomUse,
        run=get_room_use,
    ),
)
