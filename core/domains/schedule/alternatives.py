"""Where a room is taken or too small: what could be done instead, computed by PostgreSQL."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from core.domains.schedule import queries
from core.kernel.proposals import Proposal
from core.kernel.tools import Alternative, ToolContext

Row = dict[str, Any]

_CURED = frozenset({"room_overlap", "room_buffer", "room_too_small"})
"""Conflicts that another room or another time takes away."""
_MOST = 3


async def alternatives(ctx: ToolContext, proposal: Proposal) -> tuple[Alternative, ...]:
    """Return up to three: other rooms at the same time, the room's next free time on that day, a swap.

    Nothing is looked for where no conflict is about the room, or where another one would leave no way anyway.
    """
    kinds = {conflict.kind for conflict in proposal.conflicts}
    blocking = {conflict.kind for conflict in proposal.conflicts if conflict.severity == "error"}
    if not kinds & _CURED or blocking - _CURED:
        return ()
    found = await queries.alternatives(ctx.tx, proposal.args)
    swap, slot = _swap(proposal, found.get("swap")), _slot(proposal, found.get("slot"))
    places = [_place(proposal, {"room": room["room"]}) for room in found["rooms"]]
    # Where the session stands already is no change.
    rooms = [place for place in places if place.args and place.args["set"]]
    return (*rooms[: _MOST - len(slot) - len(swap)], *slot, *swap)


def _slot(proposal: Proposal, slot: Row | None) -> list[Alternative]:
    if slot is None:
        return []
    times = {column: datetime.fromisoformat(slot[column]).astimezone(UTC).isoformat() for column in slot}
    return [_place(proposal, times)]


def _place(proposal: Proposal, wanted: Row) -> Alternative:
    """Return the same change in another room or at another time."""
    before = proposal.before or {}
    merged = {**proposal.args["set"], **wanted}
    changed = {column: value for column, value in merged.items() if not before or value != before.get(column)}
    args: Row = {**proposal.args, "set": changed}
    if "new_id" in args:
        args["new_id"] = str(uuid4())
    whole = {**before, **merged}
    label = {"kind": "place", "start": whole["start_time"], "zone": proposal.zone, "room": whole["room"]}
    return Alternative(action_type=proposal.action_type, args=args, label=label)


def _swap(proposal: Proposal, other: Row | None) -> list[Alternative]:
    if other is None:
        return []
    said = {"session_a": proposal.args["schedule_id"], "session_b": other["schedule_id"]}
    return [Alternative(action_type="sessions_swap", said=said, label={"kind": "swap", "title": other["title"]})]
