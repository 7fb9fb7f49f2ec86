"""What speaks against a change of people, and whom it touches; judged from facts alone. Pure.

A VIP is named and nothing more: no rule in here asks whether somebody is one.
"""

from datetime import datetime
from typing import Any

from core.kernel.proposals import Conflict, Impact, Item, Vip

Row = dict[str, Any]


def is_waiting(change: Row) -> bool:
    """Return whether a registration, as it is proposed, is a place in the line."""
    if "restore" in change:
        return change["restore"]["waiting_since"] is not None
    return change["set"]["waiting"]


def conflicts_of_registration(change: Row, facts: Row) -> tuple[Conflict, ...]:
    """Return what speaks against a registration. ``facts`` is the answer of ``app.participant_facts``."""
    item, place, ahead = Item.session(facts["session"]), facts["place"], facts["ahead"]
    found = _cancelled(facts["session"])
    if is_waiting(change):
        details: dict[str, str | int] = {"name": facts["people"][0]["name"], "position": ahead + 1}
        found.append(Conflict(kind="waiting_list", severity="warning", item=item, details=details))
    elif not place["fits"]:
        details = {"capacity": place["capacity"]}
        found.append(Conflict(kind="session_full", severity="error", item=item, details=details))
    elif ahead:
        found.append(_passed(item, facts))
    return (*found, *_overlaps(facts))


def conflicts_of_move(facts: Row) -> tuple[Conflict, ...]:
    """Return what speaks against moving people to another session, errors first."""
    item, place = Item.session(facts["target"]), facts["place"]
    found = _cancelled(facts["target"])
    if not place["fits"]:
        details: dict[str, str | int] = {"needed": place["needed"], "free": place["free"]}
        found.append(Conflict(kind="places_exceeded", severity="error", item=item, details=details))
    elif facts["ahead"]:
        found.append(_passed(item, facts))
    staying = [person["name"] for person in facts["people"] if person["in_target"]]
    if staying:
        found.append(
            Conflict(kind="already_in_target", severity="warning", item=item, details=_some(len(staying), staying[:5]))
        )
    return (*found, *_overlaps(facts))


def conflicts_of_adding(facts: Row) -> tuple[Conflict, ...]:
    """Return the people of the event who may be the same person, and what does not come back with one who returns."""
    found = [_maybe_the_same(row["name"], row["email"]) for row in facts["namesakes"]]
    if facts.get("gone"):
        details: dict[str, str | int] = {"count": facts["gone"]}
        found.append(Conflict(kind="sessions_gone", severity="warning", details=details, must_be_acknowledged=True))
    for row in facts.get("full", ()):
        details = {"capacity": row["capacity"]}
        found.append(Conflict(kind="returns_past_limit", severity="warning", item=Item.session(row), details=details))
    return tuple(found)


def impact_of_adding(change: Row, facts: Row) -> Impact:
    """Return whom an addition touches: nobody's plans, unless somebody gets their places back."""
    if not facts.get("returning"):
        return Impact(counts_people=False)
    wanted = change["set"]
    vips = (Vip(name=wanted["full_name"], note=wanted["vip_notes"]),) if wanted.get("is_vip") else ()
    return Impact(affected_participants=1, vips=vips, comes_back=True)


def impact_on(people: list[Row]) -> Impact:
    """Return whom a change touches: these people, the VIPs among them by name and note."""
    vips = tuple(Vip(name=person["name"], note=person["note"]) for person in people if person["is_vip"])
    return Impact(affected_participants=len(people), vips=vips)


def deadline(facts: Row, now: datetime) -> datetime | None:
    """Return when the first of the sessions starts that has not yet begun; the last one's start if all have."""
    starts = sorted(datetime.fromisoformat(row["start_time"]) for row in (facts["session"], facts["target"]) if row)
    return next((start for start in starts if start > now), starts[-1] if starts else None)


def _cancelled(session: Row) -> list[Conflict]:
    if session["status"] != "cancelled":
        return []
    return [Conflict(kind="session_cancelled", severity="error", item=Item.session(session))]


def _passed(item: Item, facts: Row) -> Conflict:
    details: dict[str, str | int] = {"ahead": facts["ahead"], "first": facts["first_waiting"]["name"]}
    return Conflict(kind="waiting_passed", severity="warning", item=item, details=details)


def _overlaps(facts: Row) -> tuple[Conflict, ...]:
    return tuple(
        Conflict(
            kind="participant_overlap",
            severity="warning",
            item=Item.session(row["session"]),
            details=_some(row["people"], row["names"]),
        )
        for row in facts["overlaps"]
    )


def _maybe_the_same(name: str, email: str | None) -> Conflict:
    if email is None:
        return Conflict(kind="participant_namesake", severity="warning", details={"name": name})
    return Conflict(kind="participant_known", severity="warning", details={"name": name, "email": email})


def _some(people: int, names: list[str]) -> dict[str, str | int]:
    """Return some people by name and how many there are besides."""
    return {"people": people, "names": ", ".join(names), "more": people - len(names)}
