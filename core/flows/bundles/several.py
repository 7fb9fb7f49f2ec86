"""Changes of the agenda that are several at once: two sessions change places, a room's sessions move together."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from core.actions.bundles.models import MOST_LINES, Wanted
from core.domains.schedule import queries as schedule
from core.flows.bundles.making import bundle_of
from core.kernel.phrases import Moment, phrase
from core.kernel.proposals import Proposal
from core.kernel.tools import Refused, ToolContext
from core.naming.events import said_day, the_event
from core.naming.resolve import the_room, the_session
from core.naming.times import UnclearTime, current_day, local_day, read_time

Row = dict[str, Any]
_Found = tuple[Row, Row]
"""A session and its event."""

_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
_EVENT = "The event's name, id or a day of it. Leave out where the person names none."
_MOST_MINUTES = 24 * 60


class _Args(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SwapSessions(_Args):
    """Two sessions that change places; each keeps its length."""

    session_a: _Text
    session_b: _Text
    event: _Text | None = Field(default=None, description=_EVENT)


class ShiftSessions(_Args):
    """Everything that starts at or after a time of a day, earlier or later by some minutes."""

    after: _Text = Field(description="HH:MM: sessions that start then or later.")
    minutes: int = Field(ge=-_MOST_MINUTES, le=_MOST_MINUTES, description="How much later; negative for earlier.")
    room: _Text | None = None
    day: date | None = Field(default=None, description="YYYY-MM-DD; today or the first day if left out.")
    event: _Text | None = Field(default=None, description=_EVENT)


async def preview_swap(ctx: ToolContext, args: SwapSessions) -> Proposal | Refused:
    """Propose that two sessions trade time and room, together or not at all."""
    both = await _both(ctx, args)
    if isinstance(both, Refused):
        return both
    (one, event), (other, _event) = both
    if one["id"] == other["id"]:
        return Refused(phrase("bundle-swap-same"))
    if one["event_id"] != other["event_id"]:
        return Refused(phrase("bundle-swap-events", title=one["title"], other=other["title"]))
    swapped = [
        _moved(event, one, other["start_time"], other["room"]),
        _moved(event, other, one["start_time"], one["room"]),
    ]
    wanted = [each for each in swapped if each is not None]
    if not wanted:
        return Refused(phrase("change-nothing", title=one["title"]))
    return await bundle_of(ctx, wanted)


async def _both(ctx: ToolContext, args: SwapSessions) -> tuple[_Found, _Found] | Refused:
    """Return both sessions; where titles stand in several events, those that stand in one together."""
    first = await the_session(ctx, args.session_a, args.event)
    if isinstance(first, Refused):
        return first
    second = await the_session(ctx, args.session_b, args.event)
    if isinstance(second, Refused):
        return second
    if first[1]["id"] != second[1]["id"]:
        again = await the_session(ctx, args.session_a, str(second[1]["id"]))
        if not isinstance(again, Refused):
            return again, second
    return first, second


async def preview_shift(ctx: ToolContext, args: ShiftSessions) -> Proposal | Refused:
    """Propose that the sessions of a day, or of a room on it, start earlier or later from a time on."""
    if args.minutes == 0:
        return Refused(phrase("bundle-shift-nothing"))
    event = await the_event(ctx, args.event, args.day or said_day(args.after))
    if isinstance(event, Refused):
        return event
    room = await the_room(ctx, event, args.room) if args.room is not None else None
    if isinstance(room, Refused):
        return room
    zone = event["time_zone"]
    try:
        after = read_time(args.after, zone, args.day or current_day(ctx.now, event))
    except UnclearTime as unclear:
        return Refused(unclear.phrase)
    window = after, _end_of_day(after, zone)
    rows = await schedule.starting(ctx.tx, event["id"], window, room=room, limit=MOST_LINES + 1)
    if not rows:
        return Refused(phrase("bundle-shift-none", after=Moment(after, zone)))
    # Each moves into what the one before it has left: from the far end of the day, also where they run one by one.
    rows = rows[::-1] if args.minutes > 0 else rows
    by = timedelta(minutes=args.minutes)
    moved = [_moved(event, row, row["start_time"] + by, row["room"]) for row in rows]
    return await bundle_of(ctx, [each for each in moved if each is not None])


def _moved(event: Row, session: Row, starts: datetime, room: str | None) -> Wanted | None:
    """Return the change that puts a session there, in its own length; None where it stands there already."""
    wanted: Row = {}
    if starts != session["start_time"]:
        ends = starts + (session["end_time"] - session["start_time"])
        wanted = {"start_time": starts.astimezone(UTC).isoformat(), "end_time": ends.astimezone(UTC).isoformat()}
    if room != session["room"]:
        wanted["room"] = room
    if not wanted:
        return None
    change = {"event_id": str(event["id"]), "schedule_id": str(session["id"]), "set": wanted}
    return Wanted("schedule_update", change, "update", session["title"])


def _end_of_day(moment: datetime, zone: str) -> datetime:
    tomorrow = local_day(moment, zone) + timedelta(days=1)
    return datetime.combine(tomorrow, time(0), ZoneInfo(zone)).astimezone(UTC)
