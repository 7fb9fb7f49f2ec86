"""What speaks against a change of the agenda, and whom it touches; judged from facts alone. Pure."""

from datetime import date, datetime
from typing import Any

from core.kernel.proposals import Conflict, Impact, Item, Touched, Vip
from core.naming.times import span_of

_PLACE = frozenset({"start_time", "end_time", "room"})
_TIME = frozenset({"start_time", "end_time"})
_SPEECH = frozenset({"start_time", "end_time", "speaker_name"})
_SIZE = frozenset({"room", "max_capacity"})
_PLANS = frozenset({"start_time", "end_time", "room", "speaker_name"})
"""What people came for: who is registered is touched by these alone."""


def find_conflicts(change: dict[str, Any], facts: dict[str, Any]) -> tuple[Conflict, ...]:
    """Return the conflicts of a change, errors first. ``facts`` is the answer of ``app.schedule_facts``."""
    wanted: dict[str, Any] = change.get("set") or {}
    touched = frozenset(wanted)
    now: dict[str, Any] = facts["now"] or {}
    proposed = {**now, **wanted}
    found = _return_conflicts(facts)
    if touched & _TIME:
        found += _time_conflicts(proposed, facts["event"])
    if (change.get("restore") or {}).get("status") == "cancelled":
        # It comes back cancelled, and such a session stands in nobody's way.
        touched = frozenset[str]()
    if touched & _PLACE:
        found += [
            Conflict(kind="room_overlap", severity="error", item=Item.session(row)) for row in facts["room_overlaps"]
        ]
        found += _buffer_conflicts(facts)
    if touched & _SPEECH:
        found += [_speaker_conflict(row) for row in facts["speaker_overlaps"]]
    if touched & _SIZE:
        found += _size_conflicts(proposed, facts)
    return tuple(sorted(found, key=lambda conflict: conflict.severity != "error"))


def find_impact(change: dict[str, Any], facts: dict[str, Any]) -> Impact:
    """Return whom a change touches: the people registered now, or those who come back; VIPs by name and note."""
    touched = frozenset[str](change.get("set") or {})
    places = _places(change, facts)
    if "schedule_id" in change and touched and not touched & _PLANS:
        # Another title or limit moves nobody, whoever is registered; who no longer fits is a conflict.
        return Impact(counts_people=False, more=places)
    vips = tuple(Vip(name=row["name"], note=row["note"]) for row in facts["vips"])
    return Impact(
        affected_participants=facts["registered"],
        vips=vips,
        waiting=facts.get("waiting", 0),
        comes_back="restore" in change and facts["registered"] + facts["waiting"] > 0,
        more=places,
    )


def _places(change: dict[str, Any], facts: dict[str, Any]) -> tuple[Touched, ...]:
    """Return how many places a session has more or fewer; none where it had, or will have, no limit of its own."""
    was, will = (row.get("max_capacity") for row in (facts["now"] or {}, change.get("set") or {}))
    if not (was and will) or was == will:
        return ()
    return (Touched(kind="places-more" if will > was else "places-fewer", count=abs(will - was)),)


def _return_conflicts(facts: dict[str, Any]) -> list[Conflict]:
    """What cannot come back with a removed session, and who is elsewhere by now."""
    found: list[Conflict] = []
    if facts.get("gone"):
        details: dict[str, str | int] = {"count": facts["gone"]}
        # A loss that nothing takes back: whoever approves has read it.
        found.append(
            Conflict(kind="people_gone", severity="warning", details=details, must_be_acknowledged=True),
        )
    for row in facts.get("elsewhere", ()):
        details = {"people": row["people"], "names": ", ".join(row["names"]), "more": row["people"] - len(row["names"])}
        found.append(
            Conflict(kind="participant_overlap", severity="warning", item=Item.session(row["session"]), details=details)
        )
    return found


def _speaker_conflict(row: dict[str, Any]) -> Conflict:
    """Name who stands in both sessions, and nobody else of either."""
    who: list[str] = row["who"]
    details: dict[str, str | int] = {"speaker": ", ".join(who), "people": len(who)}
    return Conflict(kind="speaker_overlap", severity="warning", item=Item.session(row), details=details)


def _time_conflicts(proposed: dict[str, Any], event: dict[str, Any]) -> list[Conflict]:
    starts, ends = datetime.fromisoformat(proposed["start_time"]), datetime.fromisoformat(proposed["end_time"])
    if ends <= starts:
        return [Conflict(kind="ends_before_start", severity="error")]
    first, last = date.fromisoformat(event["starts_on"]), date.fromisoformat(event["ends_on"])
    opens, last_start, closes = span_of(first, last, event["time_zone"])
    if starts < opens or starts >= last_start or ends > closes:
        return [Conflict(kind="outside_event", severity="error", details={"event": event["name"]})]
    return []


def _buffer_conflicts(facts: dict[str, Any]) -> list[Conflict]:
    """The sessions that come closer than the organisation wants; there is no such fact where it wants no gap."""
    near = facts.get("room_buffer", {"sessions": ()})
    return [
        Conflict(kind="room_buffer", severity="warning", item=Item.session(row), details={"minutes": near["minutes"]})
        for row in near["sessions"]
    ]


def _size_conflicts(proposed: dict[str, Any], facts: dict[str, Any]) -> list[Conflict]:
    found: list[Conflict] = []
    registered: int = facts["registered"]
    limit: int | None = proposed.get("max_capacity")
    if limit is not None and registered > limit:
        details: dict[str, str | int] = {"registered": registered, "capacity": limit}
        found.append(Conflict(kind="capacity_overflow", severity="warning", details=details))
    room = facts["room"]
    seats: int | None = room["capacity"] if room else None
    needed = max(registered, limit or 0)
    if seats is not None and needed > seats:
        details = {"room": room["name"], "seats": seats, "needed": needed}
        found.append(Conflict(kind="room_too_small", severity="warning", details=details))
    return found
