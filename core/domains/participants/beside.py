"""How registrations look to the other lines of a bundle once a line is done. Pure."""

from decimal import Decimal
from typing import Any

from core.domains.participants.rules import is_waiting
from core.kernel.claims import Claim, Claims, about, claiming

Row = dict[str, Any]


def leaves(change: Row) -> list[Row]:
    """Return who comes to which session (``waiting``: to its line, at the time ``since``), and who no longer does."""
    if "to_schedule_id" in change:
        waiting = change.get("waiting", {})
        return [
            *clears(change),
            *(
                _seat(change["to_schedule_id"], person, waiting=person in waiting, since=waiting.get(person))
                for person in change["participant_ids"]
            ),
        ]
    if "set" not in change and "restore" not in change:
        return clears(change)
    since = change.get("restore", {}).get("waiting_since")
    return [_seat(change["schedule_id"], change["participant_id"], waiting=is_waiting(change), since=since)]


def clears(change: Row) -> list[Row]:
    """Return who no longer comes to a session: their place is free for lines before this one, too."""
    if "set" in change or "restore" in change:
        return []
    people = change["participant_ids"] if "to_schedule_id" in change else [change["participant_id"]]
    return [{"schedule_id": change["schedule_id"], "participant_id": person, "comes": False} for person in people]


def _seat(session: str, person: str, *, waiting: bool, since: str | None) -> Row:
    return {"schedule_id": session, "participant_id": person, "comes": True, "waiting": waiting, "since": since}


def claims(change: Row, before: Row | None) -> Claims:
    """Return the places that people get or give up, and whom that touches."""
    coming = leaves(change)
    seats = [_claim(each) for each in coming]
    people = dict.fromkeys(each["participant_id"] for each in coming)
    mine = (about("seat", _place_of(each), before) for each in coming if each["schedule_id"] == change["schedule_id"])
    return (*mine, *seats, *(Claim(kind="person", id=each, part="takes") for each in people))


def claims_of_record(change: Row, before: Row | None) -> Claims:
    """Return the person whose row changes, and that it touches them; nobody yet where they are only to be added."""
    found = claiming("person", "participant_id", "new_id")(change, before)
    known = change.get("participant_id")
    return (*found, Claim(kind="person", id=known, part="takes")) if known else found


def _claim(seat: Row) -> Claim:
    part = "takes" if seat["comes"] else "leaves"
    return Claim(kind="seat", id=_place_of(seat), part=part, amount=Decimal(1), of=seat["schedule_id"])


def _place_of(seat: Row) -> str:
    return f"{seat['schedule_id']}/{seat['participant_id']}"
