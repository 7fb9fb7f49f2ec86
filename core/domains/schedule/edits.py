"""A person changes a proposed session before they approve it: what they start from, and what they say instead."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from core.kernel.cards import Form
from core.kernel.phrases import phrase
from core.kernel.tools import Action, Editing, Refused, ToolContext
from core.naming import queries as naming
from core.naming.resolve import the_room
from core.naming.times import UnclearTime, local_day, local_text, read_time

Row = dict[str, Any]

_NAMES = {"title": "title", "room": "room", "speaker_name": "speaker"}


async def form(ctx: ToolContext, action: Action) -> Form:
    """Return the session as it is proposed, times aware in the event's zone, and the rooms that there are."""
    proposed, zone = _proposed(action), ZoneInfo(action.zone)
    rooms = await naming.rooms(ctx.tx, UUID(action.args["event_id"]), "")
    return Form(
        title=proposed["title"],
        start=datetime.fromisoformat(proposed["start_time"]).astimezone(zone),
        end=datetime.fromisoformat(proposed["end_time"]).astimezone(zone),
        zone=action.zone,
        room=proposed.get("room"),
        rooms=tuple(row["name"] for row in rooms),
        speaker=proposed.get("speaker_name"),
    )


async def apply(ctx: ToolContext, action: Action, values: Mapping[str, str]) -> Row | Refused:
    """Return the arguments of the same write with other values, read like those that are said to the assistant.

    An empty room or speaker is none; an empty time is the proposed one. A session whose start is moved keeps its
    proposed length unless its end is said too.
    """
    proposed = _proposed(action)
    if "title" in values and not values["title"]:
        return Refused(phrase("edit-no-title"))
    room = await _room(ctx, action, values.get("room"))
    if isinstance(room, Refused):
        return room
    try:
        wanted = _times(proposed, values, action.zone)
    except UnclearTime as unclear:
        return Refused(unclear.phrase)
    said: Row = {"room": room, "speaker_name": values.get("speaker") or None, "title": values.get("title")}
    given = {column for column, name in _NAMES.items() if name in values}
    wanted |= {column: said[column] for column in given if said[column] != proposed.get(column)}
    return _with(action, wanted)


def _proposed(action: Action) -> Row:
    return {**(action.before or {}), **action.args["set"]}


def _with(action: Action, wanted: Row) -> Row:
    """Return the action's arguments with other values; what a session is already is no change of it."""
    if not wanted:
        return action.args
    if action.before is None:
        return {**action.args, "new_id": str(uuid4()), "set": {**action.args["set"], **wanted}}
    merged = {**action.args["set"], **wanted}
    changed = {column: value for column, value in merged.items() if value != action.before.get(column)}
    return {**action.args, "set": changed}


async def _room(ctx: ToolContext, action: Action, said: str | None) -> str | Refused | None:
    if not said:
        return None
    event = await naming.event_by_id(ctx.tx, UUID(action.args["event_id"]))
    return await the_room(ctx, event, said) if event else Refused(phrase("session-gone"))


def _times(proposed: Row, values: Mapping[str, str], zone: str) -> Row:
    """Return the start and the end that are other ones, in UTC; raises ``UnclearTime``."""
    old_start, old_end = (datetime.fromisoformat(proposed[column]) for column in ("start_time", "end_time"))
    # An hour that a clock change doubles is unclear only to whoever means another one.
    start, end = _said(values, "start", old_start, zone), _said(values, "end", old_end, zone)
    starts = read_time(start, zone, local_day(old_start, zone)) if start else old_start
    ends = read_time(end, zone, local_day(starts, zone)) if end else starts + (old_end - old_start)
    times = {"start_time": (starts, old_start), "end_time": (ends, old_end)}
    return {column: new.astimezone(UTC).isoformat() for column, (new, old) in times.items() if new != old}


def _said(values: Mapping[str, str], name: str, old: datetime, zone: str) -> str | None:
    said = values.get(name)
    return said if said != local_text(old, zone) else None


EDITING = Editing(properties=("time", "room", "speaker", "title"), form=form, apply=apply)
