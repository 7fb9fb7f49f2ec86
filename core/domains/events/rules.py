"""What speaks against a change of an event, whom it touches, and what its facts demand at least. Pure."""

from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.kernel.cards import Risk
from core.kernel.phrases import Phrase, phrase
from core.kernel.proposals import Conflict, Impact, Item

Row = dict[str, Any]

_COUNTED = {
    "speaker_overlap": "agenda_speaker_overlaps",
    "room_too_small": "agenda_rooms_too_small",
    "outside_event": "agenda_outside_event",
}
"""The conflicts of ``app.event_conflicts``, and their kinds where a card of the whole event only counts them."""


def why_not(action_type: str, change: Row, facts: Row) -> Phrase | None:
    """Return why there is nothing to decide: the event is gone, already so, or no empty draft; None when there is."""
    now: Row | None = facts["now"]
    if action_type == "event_create":
        return phrase("change-nothing", title=now["name"]) if now else None
    if now is None:
        return phrase("events-gone")
    name: str = now["name"]
    if action_type == "event_publish" and now["status"] == "published":
        return phrase("events-already-published", event=name)
    if action_type == "event_unpublish" and now["status"] == "draft":
        return phrase("events-not-published", event=name)
    if action_type == "event_delete_draft":
        return None if now["status"] == "draft" and facts["contents"] == 0 else phrase("events-not-empty", event=name)
    if all(now.get(column) == value for column, value in change["set"].items()):
        return phrase("change-nothing", title=name)
    return None


def find_conflicts(change: Row, facts: Row) -> tuple[Conflict, ...]:
    """Return the conflicts of a change, errors first. ``facts`` is the answer of ``app.event_facts``."""
    if "new_id" in change:
        namesake: str | None = facts["namesake"]
        return (_warning("event_exists", event=namesake),) if namesake else ()
    found: list[Conflict] = []
    left_out: Row | None = facts["left_out"]
    if left_out and left_out["count"]:
        item, details = Item.session(left_out["first"]), {"count": left_out["count"]}
        found.append(Conflict(kind="sessions_left_out", severity="error", item=item, details=details))
    wanted: Row = change.get("set") or {}
    if "time_zone" in wanted:
        found.append(_warning("zone_shifts_times", zone=wanted["time_zone"]))
    if wanted.get("status") == "published":
        found += _agenda_conflicts(facts)
    return tuple(found)


def find_impact(facts: Row) -> Impact:
    """Return whom a change touches: everybody who takes part, where it is about when, or whether, the event is.

    A card of a whole event does not list its VIPs: it touches them like everybody else.
    """
    return Impact(affected_participants=facts["participants"] or 0, counts_people=False)


def least_risk(action_type: str, change: Row, facts: Row) -> Risk:
    """Return what the facts demand at least: what the public sees, and a shift of every local time, is high."""
    if action_type in {"event_publish", "event_unpublish"}:
        return "high"
    if "time_zone" in (change.get("set") or {}) and facts["sessions"]:
        return "high"
    return "low"


def is_zone(name: str) -> bool:
    """Whether Python knows the time zone too; PostgreSQL has been asked before."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _agenda_conflicts(facts: Row) -> list[Conflict]:
    counts: dict[str, int] = facts["conflicts"]
    found = [_warning(_COUNTED[kind], count=counts[kind]) for kind in _COUNTED if kind in counts]
    if not facts["sessions"]:
        found.append(_warning("agenda_empty", event=facts["now"]["name"]))
    return found


def _warning(kind: str, **details: str | int) -> Conflict:
    return Conflict(kind=kind, severity="warning", details=details)
