"""What speaks against a change of a room, and whom it touches; judged from facts alone. Pure."""

from typing import Any

from core.kernel.phrases import Phrase, phrase
from core.kernel.proposals import Conflict, Impact, Item, Vip

Row = dict[str, Any]

_NAMED = 5
"""Sessions that a smaller room is said to be too small for by name; the others are counted."""


def why_not(action_type: str, change: Row, facts: Row) -> Phrase | None:
    """Return why there is nothing to decide: gone, already there, already so, still in use; None when there is."""
    now: Row | None = facts["now"]
    if facts["event"]["id"] is None or (action_type != "room_add" and now is None):
        return phrase("rooms-gone")
    if facts["namesake"] is not None:
        return phrase("rooms-exists", room=facts["namesake"])
    if facts["key"] is None:
        return phrase("rooms-nameless")
    if action_type == "room_add" or now is None:
        return phrase("change-nothing", title=now["name"]) if now else None
    if action_type == "room_remove":
        return phrase("rooms-in-use", room=now["name"], count=facts["sessions"]) if facts["sessions"] else None
    wanted: Row = change["set"]
    if all(now[column] == value for column, value in wanted.items()):
        return phrase("change-nothing", title=now["name"])
    return None


def find_conflicts(facts: Row) -> tuple[Conflict, ...]:
    """Return the conflicts of a change, errors first. ``facts`` is the answer of ``app.room_facts``."""
    found: list[Conflict] = []
    overlap: Row | None = facts["overlap"]
    if overlap:
        details: dict[str, str | int] = {"other": overlap["second"]["title"]}
        found.append(
            Conflict(
                kind="room_sessions_overlap", severity="error", item=Item.session(overlap["first"]), details=details
            )
        )
    too_full: list[Row] = facts["too_full"] or []
    for session in too_full[:_NAMED]:
        details = {"registered": session["registered"]}
        found.append(
            Conflict(kind="room_below_registered", severity="warning", item=Item.session(session), details=details)
        )
    if len(too_full) > _NAMED:
        details = {"count": len(too_full) - _NAMED}
        found.append(Conflict(kind="room_below_registered_more", severity="warning", details=details))
    return tuple(found)


def find_impact(facts: Row) -> Impact:
    """Return whom a new name touches: the people registered for the room's sessions, VIPs by name and note."""
    vips = tuple(Vip(name=row["name"], note=row["note"]) for row in facts["vips"] or [])
    return Impact(affected_participants=facts["registered"] or 0, vips=vips, counts_people=False)


def before_of(facts: Row) -> Row | None:
    """Return the room as it is, with what a new name takes along: how many sessions, and how they write the room."""
    now: Row | None = facts["now"]
    if now is None:
        return None
    if facts["written"] is None:
        return now
    return {**now, "sessions": facts["sessions"], "written": facts["written"]}
