"""What the model may propose for the agenda. A preview changes nothing; ``execute`` runs after a decision alone."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from core.domains.schedule import queries
from core.domains.schedule.alternatives import alternatives
from core.domains.schedule.claims import claims
from core.domains.schedule.describe import describe, label
from core.domains.schedule.edits import EDITING
from core.domains.schedule.models import (
    Clearable,
    CreateScheduleItem,
    DeleteScheduleItem,
    ScheduleChanges,
    UpdateScheduleItem,
)
from core.domains.schedule.rules import find_conflicts, find_impact
from core.kernel.phrases import Phrase, phrase
from core.kernel.proposals import Effect, Proposal
from core.kernel.tools import Action, Beside, Inverse, Refused, ToolContext, ToolSpec, WriteTool
from core.naming import queries as naming
from core.naming.events import said_day, the_event
from core.naming.resolve import the_room, the_session
from core.naming.times import UnclearTime, current_day, local_day, read_time

Row = dict[str, Any]

_MORE = ("track", "description")
_CLEARED: dict[Clearable, str] = {
    "room": "room",
    "speaker": "speaker_name",
    "track": "track",
    "description": "description",
    "capacity": "max_capacity",
}


async def preview_create(ctx: ToolContext, args: CreateScheduleItem) -> Proposal | Refused:
    """Propose a new session."""
    event = await the_event(ctx, args.event_id, said_day(args.start_time))
    if isinstance(event, Refused):
        return event
    room = await the_room(ctx, event, args.room) if args.room is not None else None
    if isinstance(room, Refused):
        return room
    zone = event["time_zone"]
    try:
        starts = read_time(args.start_time, zone, current_day(ctx.now, event))
        ends = read_time(args.end_time, zone, local_day(starts, zone))
    except UnclearTime as unclear:
        return Refused(unclear.phrase)
    wanted = {
        "title": args.title,
        "start_time": starts.isoformat(),
        "end_time": ends.isoformat(),
        "room": room,
        "speaker_name": args.speaker_name,
        "max_capacity": args.max_capacity,
    }
    more = {column: value for column in _MORE if (value := getattr(args, column)) is not None}
    change = {"event_id": str(event["id"]), "new_id": str(uuid4()), "set": {**wanted, **more}}
    return await _propose(ctx, "schedule_create", "create", change)


async def preview_update(ctx: ToolContext, args: UpdateScheduleItem) -> Proposal | Refused:
    """Propose a change of a session; what already is so is left out."""
    resolved = await the_session(ctx, args.schedule_id, args.event)
    if isinstance(resolved, Refused):
        return resolved
    session, event = resolved
    if "track" not in session:
        # What the search by words finds is not the whole row.
        session = await naming.session_by_id(ctx.tx, session["id"]) or session
    changes = args.changes
    both = _set_and_cleared(changes)
    if both:
        return Refused(phrase("change-set-and-cleared", fields=both))
    if changes.room is not None:
        room = await the_room(ctx, event, changes.room)
        if isinstance(room, Refused):
            return room
        changes = changes.model_copy(update={"room": room})
    try:
        wanted = _wanted(session, changes, event["time_zone"])
    except UnclearTime as unclear:
        return Refused(unclear.phrase)
    if not wanted:
        return Refused(phrase("change-nothing", title=session["title"]))
    change = {"event_id": str(event["id"]), "schedule_id": str(session["id"]), "set": wanted}
    return await _propose(ctx, "schedule_update", "update", change)


async def preview_delete(ctx: ToolContext, args: DeleteScheduleItem) -> Proposal | Refused:
    """Propose to remove a session."""
    resolved = await the_session(ctx, args.schedule_id, args.event)
    if isinstance(resolved, Refused):
        return resolved
    session, event = resolved
    change: Row = {"event_id": str(event["id"]), "schedule_id": str(session["id"])}
    if args.reason:
        change["reason"] = args.reason
    return await _propose(ctx, "schedule_delete", "delete", change)


def _wanted(session: Row, changes: ScheduleChanges, zone: str) -> Row:
    day = local_day(session["start_time"], zone)
    wanted: Row = {}
    starts = session["start_time"]
    if changes.start_time is not None:
        starts = read_time(changes.start_time, zone, day)
    if changes.end_time is not None:
        ends = read_time(changes.end_time, zone, local_day(starts, zone))
    else:
        length: timedelta = session["end_time"] - session["start_time"]
        ends = starts + length
    if starts != session["start_time"]:
        wanted["start_time"] = starts.astimezone(UTC).isoformat()
    if ends != session["end_time"]:
        wanted["end_time"] = ends.astimezone(UTC).isoformat()
    for column in ("title", "room", "speaker_name", "max_capacity", *_MORE):
        value = getattr(changes, column)
        if value is not None and value != session.get(column):
            wanted[column] = value
    cleared = [_CLEARED[name] for name in changes.clear or ()]
    return {**wanted, **{column: None for column in cleared if session.get(column) is not None}}


def _set_and_cleared(changes: ScheduleChanges) -> tuple[Phrase, ...]:
    """Return the labels of what one change would set and take away at once."""
    columns = [_CLEARED[name] for name in changes.clear or ()]
    return tuple(label(column) for column in columns if getattr(changes, column) is not None)


async def _propose(ctx: ToolContext, action_type: str, effect: Effect, change: Row) -> Proposal | Refused:
    facts, digest = await queries.PROOF.facts(ctx.tx, change)
    now = facts["now"]
    if change.get("schedule_id") and now is None:
        return Refused(phrase("session-gone"))
    if facts.get("again"):
        return Refused(phrase("session-back-already", title=change["set"]["title"]))
    starts = (now or change["set"])["start_time"]
    return Proposal(
        action_type=action_type,
        effect=effect,
        event_id=UUID(change["event_id"]),
        args=change,
        before=now,
        zone=facts["event"]["time_zone"],
        facts_digest=digest,
        conflicts=find_conflicts(change, facts),
        impact=find_impact(change, facts),
        starts_at=datetime.fromisoformat(starts),
        schedule_id=UUID(change["schedule_id"]) if "schedule_id" in change else None,
        proposed={**(now or {}), **change["set"]} if "set" in change else None,
    )


def _is_so(looked: Proposal) -> bool:
    """Whether somebody else has made the very change in the meantime."""
    before = looked.before or {}
    return all(before.get(column) == value for column, value in looked.args["set"].items())


def _review(action_type: str, effect: Effect) -> Any:
    async def review(ctx: ToolContext, change: Row) -> Proposal | Refused:
        event = await naming.event_by_id(ctx.tx, UUID(change["event_id"]))
        if event is None:
            return Refused(phrase("session-gone"))
        room = change.get("set", {}).get("room")
        # Renamed or removed in the meantime: nobody is asked to approve a place that is not there.
        found = await the_room(ctx, event, room) if room is not None else None
        if isinstance(found, Refused):
            return found
        looked = await _propose(ctx, action_type, effect, change)
        if isinstance(looked, Proposal) and effect == "update" and _is_so(looked):
            return Refused(phrase("change-nothing", title=(looked.before or {})["title"]))
        return looked

    return review


_COLUMNS = ("title", "start_time", "end_time", "room", "speaker_name", "max_capacity")
_RESTORED = (
    "description",
    "track",
    "language",
    "source_id",
    "source_code",
    "keeps_waiting_list",
    "status",
    "created_at",
)


def _inverse(action: Action) -> Inverse | None:
    """A removed session comes back as its whole row was, with everybody who was registered for it or waited."""
    event, before = action.args["event_id"], action.before
    if action.action_type == "schedule_create":
        return Inverse("schedule_delete", {"event_id": event, "schedule_id": action.args["new_id"]})
    if before is None:
        return None
    if action.action_type == "schedule_delete":
        wanted = {column: before[column] for column in _COLUMNS}
        # One that was removed before its row was kept whole comes back as far as it was.
        whole = {column: before[column] for column in _RESTORED if column in before}
        return Inverse("schedule_create", {"event_id": event, "new_id": before["id"], "set": wanted, "restore": whole})
    earlier = {column: before[column] for column in action.args["set"]}
    return Inverse("schedule_update", {"event_id": event, "schedule_id": before["id"], "set": earlier})


def _beside(change: Row) -> list[Row]:
    """How the agenda looks to the other lines of a bundle once this one is done."""
    if "set" not in change:
        return [{"schedule_id": change["schedule_id"], "gone": True}]
    which = "new_id" if "new_id" in change else "schedule_id"
    return [{which: change[which], "set": change["set"]}]


_BESIDE = Beside("sessions", _beside, _beside)
_BESIDE_WHEN_GONE = Beside("sessions", _beside, _beside, rank=3)


TOOLS: tuple[ToolSpec, ...] = (
    WriteTool(
        name="create_schedule_item",
        action_type="schedule_create",
        description="Propose a new session (talk, workshop, break).",
        args=CreateScheduleItem,
        preview=preview_create,
        review=_review("schedule_create", "create"),
        execute=queries.PROOF.before(queries.INSERT_SESSION),
        describe=describe,
        claims=claims,
        inverse=_inverse,
        editing=EDITING,
        alternatives=alternatives,
        beside=_BESIDE,
    ),
    WriteTool(
        name="update_schedule_item",
        action_type="schedule_update",
        description="Propose a change of a session: time, room, speaker, title, capacity, track or description.",
        args=UpdateScheduleItem,
        preview=preview_update,
        review=_review("schedule_update", "update"),
        execute=queries.PROOF.before(queries.UPDATE_SESSION),
        describe=describe,
        claims=claims,
        inverse=_inverse,
        editing=EDITING,
        alternatives=alternatives,
        beside=_BESIDE,
    ),
    WriteTool(
        name="delete_schedule_item",
        action_type="schedule_delete",
        description="Propose to remove a session from the agenda.",
        args=DeleteScheduleItem,
        preview=preview_delete,
        review=_review("schedule_delete", "delete"),
        execute=queries.PROOF.before(queries.DELETE_SESSION),
        describe=describe,
        claims=claims,
        inverse=_inverse,
        beside=_BESIDE_WHEN_GONE,
    ),
)
