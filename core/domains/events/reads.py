"""What the model may ask about events; answered at once, as the person who asked."""

from datetime import datetime, timedelta
from typing import Any

from core.domains.events import queries
from core.domains.events.changed import changed_data
from core.domains.events.models import ListEvents, OneEvent, WhatChanged
from core.kernel.tools import Done, ReadTool, Refused, ToolContext, ToolSpec
from core.naming.events import the_event
from core.naming.resolve import session_data
from core.naming.times import UnclearTime, local_day, local_text, read_time

Row = dict[str, Any]

_MOST_ROWS = 60
"""Conflicts or changes per answer; where there are more, the answer says so."""


async def list_events(ctx: ToolContext, _args: ListEvents) -> Done:
    """Return the organisation's events."""
    rows = await queries.list_events(ctx.tx, ctx.now.date())
    return Done({"events": [_event_data(row) for row in rows]})


async def get_event_overview(ctx: ToolContext, args: OneEvent) -> Done | Refused:
    """Return an event's counts: sessions, rooms, people, vendors, checklist, suggestions, conflicts."""
    event = await the_event(ctx, args.event)
    if isinstance(event, Refused):
        return event
    found: Row = await queries.overview(ctx, event["id"]) or {}
    people: Row = found["people"]
    return Done(
        {
            "event": _event_data({**event, "status": found["status"]}),
            "sessions": found["sessions"],
            "rooms": found["rooms"],
            "participants": people["all"],
            "vips": people["vips"],
            "vendors": found["vendors"],
            "checklist": found["checklist"],
            "open_suggestions": found["open_suggestions"],
            "conflicts": found["conflicts"],
        }
    )


async def get_agenda_now(ctx: ToolContext, args: OneEvent) -> Done | Refused:
    """Return what runs now and what starts next, for each room; sessions without a room stand under None."""
    event = await the_event(ctx, args.event)
    if isinstance(event, Refused):
        return event
    zone = event["time_zone"]
    rows = await queries.now_and_next(ctx.tx, event["id"], ctx.now)
    rooms: dict[str | None, Row] = {
        room["name_key"]: {"room": room["name"], "now": [], "next": None}
        for room in await queries.room_names(ctx.tx, event["id"])
    }
    for row in rows:
        place = rooms.setdefault(row["room_key"], {"room": row["room"], "now": [], "next": None})
        session = session_data(row, zone)
        if row["runs"]:
            place["now"].append({**session, "minutes_left": _minutes(row["end_time"] - ctx.now)})
        else:
            place["next"] = {**session, "in_minutes": _minutes(row["start_time"] - ctx.now)}
    now = local_text(ctx.now, zone)
    return Done({"event": event["name"], "time_zone": zone, "time": now, "rooms": list(rooms.values())})


async def find_conflicts(ctx: ToolContext, args: OneEvent) -> Done | Refused:
    """Return every conflict of a whole event, by time."""
    event = await the_event(ctx, args.event)
    if isinstance(event, Refused):
        return event
    zone = event["time_zone"]
    rows = await queries.conflicts(ctx.tx, event["id"], _MOST_ROWS)
    total = rows[0]["total"] if rows else 0
    found = [_conflict_data(row, zone) for row in rows]
    return Done({"event": event["name"], "total": total, "conflicts": found, "more": total > len(found)})


async def what_changed(ctx: ToolContext, args: WhatChanged) -> Done | Refused:
    """Return what was approved and done in an event since a local time: what, who asked, who approved."""
    event = await the_event(ctx, args.event)
    if isinstance(event, Refused):
        return event
    zone = event["time_zone"]
    since = ctx.now - timedelta(hours=24)
    if args.since is not None:
        try:
            since = read_time(args.since, zone, local_day(ctx.now, zone))
        except UnclearTime as unclear:
            return Refused(unclear.phrase)
    rows = await queries.executed(ctx, event["id"], since, _MOST_ROWS + 1)
    return Done(
        {
            "event": event["name"],
            "since": local_text(since, zone),
            "changes": [changed_data(row, zone) for row in rows[:_MOST_ROWS]],
            "more": len(rows) > _MOST_ROWS,
        }
    )


def _event_data(row: Row) -> Row:
    return {
        "id": str(row["id"]),
        "name": row["name"],
        "starts_on": row["starts_on"].isoformat(),
        "ends_on": row["ends_on"].isoformat(),
        "time_zone": row["time_zone"],
        "status": row["status"],
    }


def _minutes(length: timedelta) -> int:
    return int(length.total_seconds() // 60)


def _conflict_data(row: Row, zone: str) -> Row:
    data: Row = {"kind": row["kind"], "session": session_data(row, zone), **row["details"]}
    if row["other_id"] is not None:
        start: datetime = row["other_start"]
        data["other"] = {
            "id": str(row["other_id"]),
            "title": row["other_title"],
            "start": local_text(start, zone),
            "room": row["other_room"],
        }
    return data


def _tool(name: str, description: str, args: Any, run: Any) -> ReadTool[Any]:
    return ReadTool(name=name, description=description, args=args, run=run)


TOOLS: tuple[ToolSpec, ...] = (
    _tool(
        "list_events",
        "List the organisation's events with their dates, time zone and status.",
        ListEvents,
        list_events,
    ),
    _tool(
        "get_event_overview",
        "Read how an event stands, in numbers: sessions, people, VIPs, vendors, checklist, suggestions, conflicts.",
        OneEvent,
        get_event_overview,
    ),
    _tool("get_agenda_now", "Read what runs right now and what starts next, for each room.", OneEvent, get_agenda_now),
    _tool(
        "find_conflicts",
        "Find every conflict of an event: speakers in two places, rooms too small, sessions outside its dates.",
        OneEvent,
        find_conflicts,
    ),
    _tool(
        "what_changed",
        "Read what was approved and done since a time (24 hours where left out): what, who asked, who approved.",
        WhatChanged,
        what_changed,
    ),
)
