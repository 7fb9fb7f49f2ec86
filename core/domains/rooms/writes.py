"""What the model may propose for rooms. A preview changes nothing; ``execute`` runs after a decision alone."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from core.domains.rooms import queries, rules
from core.domains.rooms.describe import describe
from core.domains.rooms.models import AddRoom, OneRoom, UpdateRoom
from core.kernel.claims import claiming
from core.kernel.phrases import phrase
from core.kernel.proposals import Effect, Proposal
from core.kernel.tools import Action, Editing, Inverse, Refused, Said, ToolContext, ToolSpec, WriteTool
from core.naming import queries as naming
from core.naming.events import in_event, the_event

Row = dict[str, Any]

_EFFECTS: dict[str, Effect] = {"room_add": "create", "room_update": "update", "room_remove": "delete"}
_COLUMNS = ("name", "capacity", "may_be_shared")


async def preview_add(ctx: ToolContext, args: AddRoom) -> Proposal | Refused:
    """Propose a new room."""
    event = await the_event(ctx, args.event)
    if isinstance(event, Refused):
        return event
    wanted = {column: getattr(args, column) for column in _COLUMNS}
    return await _propose(ctx, "room_add", {"event_id": str(event["id"]), "new_id": str(uuid4()), "set": wanted})


async def preview_update(ctx: ToolContext, args: UpdateRoom) -> Proposal | Refused:
    """Propose another name, capacity or sharing; what already is so is left out."""
    room = await _the_room(ctx, args.room, args.event)
    if isinstance(room, Refused):
        return room
    said = {column: getattr(args.changes, column) for column in _COLUMNS}
    wanted = {column: value for column, value in said.items() if value is not None and value != room[column]}
    change = {"event_id": str(room["event_id"]), "room_id": str(room["id"]), "set": wanted}
    return await _propose(ctx, "room_update", change)


async def preview_remove(ctx: ToolContext, args: OneRoom) -> Proposal | Refused:
    """Propose to remove a room in which no session stands."""
    room = await _the_room(ctx, args.room, args.event)
    if isinstance(room, Refused):
        return room
    return await _propose(ctx, "room_remove", {"event_id": str(room["event_id"]), "room_id": str(room["id"])})


async def _the_room(ctx: ToolContext, said: str, event_name: str | None) -> Row | Refused:
    by_id = await _by_id(ctx, said)
    if by_id is not None:
        return by_id
    return await in_event(ctx, event_name, partial(_named, ctx, said))


async def _named(ctx: ToolContext, said: str, event: Row) -> Row | Refused:
    found = await queries.room_by_name(ctx.tx, event["id"], said)
    if found is not None:
        return found
    names = await queries.room_names(ctx.tx, event["id"])
    if not names:
        return Refused(phrase("rooms-none", event=event["name"]), is_unknown=True)
    return Refused(phrase("room-unknown", room=said, rooms=tuple(names)), {"rooms": names}, is_unknown=True)


async def _by_id(ctx: ToolContext, said: str) -> Row | None:
    try:
        room_id = UUID(said)
    except ValueError:
        return None
    return await queries.room_by_id(ctx.tx, room_id)


async def _propose(ctx: ToolContext, action_type: str, change: Row) -> Proposal | Refused:
    facts, digest = await queries.PROOF.facts(ctx.tx, change)
    why = rules.why_not(action_type, change, facts)
    if why is not None:
        return Refused(why)
    before = rules.before_of(facts)
    starts = await queries.next_start(ctx.tx, UUID(change["room_id"]), ctx.now) if "room_id" in change else None
    return Proposal(
        action_type=action_type,
        effect=_EFFECTS[action_type],
        event_id=UUID(change["event_id"]),
        args=change,
        before=before,
        proposed={**(before or {}), **change["set"]} if "set" in change else None,
        zone=facts["event"]["time_zone"],
        facts_digest=digest,
        conflicts=rules.find_conflicts(facts),
        impact=rules.find_impact(facts),
        starts_at=starts,
    )


def _review(action_type: str) -> Callable[[ToolContext, Row], Awaitable[Proposal | Refused]]:
    async def review(ctx: ToolContext, change: Row) -> Proposal | Refused:
        if await naming.event_by_id(ctx.tx, UUID(change["event_id"])) is None:
            return Refused(phrase("rooms-gone"))
        return await _propose(ctx, action_type, change)

    return review


def _inverse(action: Action) -> Inverse | None:
    """A name goes back with the sessions that it took along, each written as it was; a room in use stays."""
    event, before = action.args["event_id"], action.before
    if action.action_type == "room_add":
        return Inverse("room_remove", {"event_id": event, "room_id": action.args["new_id"]})
    if before is None:
        return None
    if action.action_type == "room_remove":
        wanted = {column: before[column] for column in _COLUMNS}
        whole = {column: before[column] for column in ("source_id", "in_file", "created_at")}
        return Inverse("room_add", {"event_id": event, "new_id": before["id"], "set": wanted, "restore": whole})
    earlier = {column: before[column] for column in action.args["set"]}
    args: Row = {"event_id": event, "room_id": before["id"], "set": earlier}
    if before.get("written"):
        args["written"] = before["written"]
    return Inverse("room_update", args)


def _said(action: Action) -> Said:
    return Said(
        {"event": action.args["event_id"], "room": action.args.get("room_id")}, action.args["set"], action.before or {}
    )


TOOLS: tuple[ToolSpec, ...] = (
    WriteTool(
        name="add_room",
        action_type="room_add",
        description="Propose a new room of an event, with its capacity.",
        args=AddRoom,
        preview=preview_add,
        review=_review("room_add"),
        execute=queries.PROOF.before(queries.INSERT_ROOM),
        describe=describe,
        claims=claiming("room", "room_id", "new_id"),
        inverse=_inverse,
        editing=Editing(said=_said),
    ),
    WriteTool(
        name="update_room",
        action_type="room_update",
        description="Propose a change of a room: name (its sessions go along), capacity, whether it may be shared.",
        args=UpdateRoom,
        preview=preview_update,
        review=_review("room_update"),
        execute=queries.PROOF.before(queries.UPDATE_ROOM),
        describe=describe,
        claims=claiming("room", "room_id", "new_id"),
        inverse=_inverse,
        editing=Editing(said=_said),
    ),
    # The way back of a new room; nobody is offered it, and a decision to undo finds it.
    WriteTool(
        name="remove_room",
        action_type="room_remove",
        description="Remove a room in which no session stands.",
        args=OneRoom,
        preview=preview_remove,
        review=_review("room_remove"),
        execute=queries.PROOF.before(queries.DELETE_ROOM),
        describe=describe,
        claims=claiming("room", "room_id", "new_id"),
        inverse=_inverse,
        roles=frozenset(),
    ),
)
