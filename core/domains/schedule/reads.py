"""What the model may ask about the agenda; answered at once, as the person who asked."""

from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from core.domains.schedule import queries
from core.domains.schedule.models import FindFreeSlots, FindSessions, GetAgenda, GetSession
from core.kernel.phrases import phrase
from core.kernel.tools import Done, ReadTool, Refused, ToolContext, ToolSpec
from core.naming import queries as naming
from core.naming.events import in_event, said_day, the_event
from core.naming.resolve import session_data, the_session
from core.naming.times import UnclearTime, current_day, local_day, local_text, read_time

Row = dict[str, Any]

_MOST_SESSIONS = 80
"""Sessions per answer; a longer day is cut and says how many are left, so that the model asks for a part."""


async def get_agenda(ctx: ToolContext, args: GetAgenda) -> Done | Refused:
    """Return the sessions of a day, a room, a speaker or a moment.

    Where nothing is of the room or the speaker in the current event, another one is looked in.
    """
    found = await in_event(ctx, args.event, partial(_agenda, ctx, args), args.day or said_day(args.at))
    return Done(found.data or {}) if isinstance(found, Refused) and found.is_unknown else found


async def _agenda(ctx: ToolContext, args: GetAgenda, event: Row) -> Done | Refused:
    zone = event["time_zone"]
    whole_event = args.speaker is not None or args.room is not None
    day = args.day or (None if whole_event and args.at is None else current_day(ctx.now, event))
    try:
        window = _window(event, day, args.at)
    except UnclearTime as unclear:
        return Refused(unclear.phrase)
    rows = await queries.agenda(
        ctx.tx, event["id"], window, room=args.room, speaker=args.speaker, limit=_MOST_SESSIONS + 1
    )
    data: Row = {
        "event": event["name"],
        "time_zone": zone,
        "sessions": [session_data(row, zone) for row in rows[:_MOST_SESSIONS]],
        "more": len(rows) > _MOST_SESSIONS,
    }
    if day is not None:
        data["day"] = day.isoformat()
    if whole_event and not rows:
        return Refused(phrase("agenda-nothing", event=event["name"]), data, is_unknown=True)
    return Done(data)


async def find_sessions(ctx: ToolContext, args: FindSessions) -> Done | Refused:
    """Return sessions whose title or speaker is like the words, of another event where the current one has none."""
    found = await in_event(ctx, args.event, partial(_like, ctx, args.query))
    return Done(found.data or {}) if isinstance(found, Refused) and found.is_unknown else found


async def _like(ctx: ToolContext, query: str, event: Row) -> Done | Refused:
    rows = await naming.search(ctx.tx, query, event["id"], 10)
    zone = event["time_zone"]
    sessions = [{**session_data(row, zone), "match": round(row["match"], 2)} for row in rows]
    data: Row = {"event": event["name"], "sessions": sessions}
    return Done(data) if rows else Refused(phrase("agenda-nothing", event=event["name"]), data, is_unknown=True)


async def get_session(ctx: ToolContext, args: GetSession) -> Done | Refused:
    """Return one session with who is registered, VIPs with their notes."""
    resolved = await the_session(ctx, args.session, args.event)
    if isinstance(resolved, Refused):
        return resolved
    session, event = resolved
    people = await queries.registered(ctx, session["id"])
    return Done(
        {
            "session": session_data(session, event["time_zone"]),
            "event": event["name"],
            "registered": people[0]["registered"] if people else 0,
            "capacity": await queries.capacity(ctx.tx, session["id"]),
            "vips": [{"name": row["name"], "note": row["note"]} for row in people if row["is_vip"]],
            "participants": [row["name"] for row in people],
        }
    )


async def find_free_slots(ctx: ToolContext, args: FindFreeSlots) -> Done | Refused:
    """Return when rooms are empty for long enough."""
    event = await the_event(ctx, args.event, args.day)
    if isinstance(event, Refused):
        return event
    zone = event["time_zone"]
    day = args.day or current_day(ctx.now, event)
    try:
        since = read_time(args.after or "08:00", zone, day)
    except UnclearTime as unclear:
        return Refused(unclear.phrase)
    # A moment may name another day than the one that is meant otherwise, and an hour after the doors close.
    day = local_day(since, zone)
    until = _local(day, time(22, 0), zone)
    if since >= until:
        until = _local(day + timedelta(days=1), time(0), zone)
    rows = await queries.free_slots(ctx.tx, event["id"], (since, until), args.minutes, args.room)
    slots = [
        {
            "room": row["room"],
            "capacity": row["capacity"],
            "start": local_text(row["start_time"], zone),
            "end": local_text(row["end_time"], zone),
        }
        for row in rows
    ]
    return Done({"event": event["name"], "day": day.isoformat(), "slots": slots})


def _window(event: Row, day: date | None, at: str | None) -> tuple[datetime, datetime]:
    zone = event["time_zone"]
    if at is not None:
        moment = read_time(at, zone, day)
        return moment, moment + timedelta(microseconds=1)
    first, last = (day, day) if day else (event["starts_on"], event["ends_on"] + timedelta(days=1))
    return _local(first, time(0), zone), _local(last + timedelta(days=1), time(0), zone)


def _local(day: date, clock: time, zone: str) -> datetime:
    return datetime.combine(day, clock, ZoneInfo(zone)).astimezone(UTC)


TOOLS: tuple[ToolSpec, ...] = (
    ReadTool(
        name="get_agenda",
        description="Read the agenda: by day, room, speaker, or what runs at a given local time.",
        args=GetAgenda,
        run=get_agenda,
    ),
    ReadTool(
        name="find_sessions",
        description="Search sessions by words of the title or the speaker.",
        args=FindSessions,
        run=find_sessions,
    ),
    ReadTool(
        name="get_session",
        description="Read one session: time, room, speaker, how many are registered, and the VIPs with their notes.",
        args=GetSession,
        run=get_session,
    ),
    ReadTool(
        name="find_free_slots",
        description="Find when rooms are empty for at least the wanted number of minutes.",
        args=FindFreeSlots,
        run=find_free_slots,
    ),
)
