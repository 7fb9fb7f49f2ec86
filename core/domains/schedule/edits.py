"""A person changes a proposed session before they approve it: what they start from, and what they say instead."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from core.kernel.phrases import phrase
from core.kernel.tools import Action, Editing, Refused, Said, ToolContext
from core.naming import queries as naming
from core.naming.resolve import the_room
from core.naming.times import UnclearTime, local_day, local_text, read_time

Row = dict[str, Any]

_NAMES = {
    "title": "title",
    "room": "room",
    "speaker_name": "speaker",
    **{column: column for column in ("max_capacity", "track", "description")},
}
"""What a form calls a column."""
_TIMES = ("start_time", "end_time")


def said(action: Action) -> Said | None:
    """Return the session as it is proposed; None where it goes."""
    if "set" not in action.args:
        return None
    proposed = _proposed(action)
    times = {column: local_text(datetime.fromisoformat(proposed[column]), action.zone) for column in _TIMES}
    return Said({}, {**{column: proposed.get(column) for column in _NAMES}, **times})


async def apply(ctx: ToolContext, action: Action, values: Mapping[str, Any]) -> Row | Refused:
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
    given: Row = {column: values[name] or None for column, name in _NAMES.items() if name in values}
    if "room" in given:
        given["room"] = room
    wanted |= {column: value for column, value in given.items() if value != proposed.get(column)}
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


def _times(proposed: Row, values: Mapping[str, Any], zone: str) -> Row:
    """Return the start and the end that are other ones, in UTC; raises ``UnclearTime``."""
    old_start, old_end = (datetime.fromisoformat(proposed[column]) for column in ("start_time", "end_time"))
    # An hour that a clock change doubles is unclear only to whoever means another one.
    start, end = _said(values, "start", old_start, zone), _said(values, "end", old_end, zone)
    starts = read_time(start, zone, local_day(old_start, zone)) if start else old_start
    ends = read_time(end, zone, local_day(starts, zone)) if end else starts + (old_end - old_start)
    times = {"start_time": (starts, old_start), "end_time": (ends, old_end)}
    return {column: new.astimezone(UTC).isoformat() for column, (new, old) in times.items() if new != old}


def _said(values: Mapping[str, Any], name: str, old: datetime, zone: str) -> str | None:
    said = values.get(name)
    return said if said != local_text(old, zone) else None


EDITING = Editing(said=said, apply=apply)
