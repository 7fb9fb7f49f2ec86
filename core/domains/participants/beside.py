"""How registrations look to the other lines of a bundle once a line is done. Pure."""

from typing import Any

from core.domains.participants.rules import is_waiting

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
