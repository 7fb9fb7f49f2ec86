"""What takes a change of people back exactly, from the stored before-state. Pure."""

from typing import Any

from core.kernel.tools import Action, Inverse

Row = dict[str, Any]

_COLUMNS = ("full_name", "email", "phone", "is_vip", "vip_notes", "checked_in_at", "source_id", "created_at")


def of_assign(action: Action) -> Inverse | None:
    """End the registration, or give back the one that was there: a place in the line, at its time."""
    seat = (action.before or {})["person"]["seat"]
    if seat is None:
        return Inverse("participant_unassign", _who_and_where(action.args))
    return Inverse("participant_assign", {**_who_and_where(action.args), "restore": seat})


def of_unassign(action: Action) -> Inverse | None:
    """Register again as it was: the same time, the same place in the line."""
    seat = (action.before or {})["person"]["seat"]
    return Inverse("participant_assign", {**_who_and_where(action.args), "restore": seat})


def of_move(action: Action) -> Inverse | None:
    """Move exactly these people back; who stood in the line stands there again."""
    waited = {
        person["id"]: person["seat"]["waiting_since"]
        for person in (action.before or {})["people"]
        if person["seat"]["waiting_since"] is not None
    }
    back: Row = {
        "event_id": action.args["event_id"],
        "schedule_id": action.args["to_schedule_id"],
        "to_schedule_id": action.args["schedule_id"],
        "participant_ids": action.args["participant_ids"],
    }
    return Inverse("participants_move", {**back, "waiting": waited} if waited else back)


def of_add(action: Action) -> Inverse | None:
    """Take the person off the list again; this is the only way to it."""
    change = action.args
    return Inverse("participant_remove", {"event_id": change["event_id"], "participant_id": change["new_id"]})


def of_remove(action: Action) -> Inverse | None:
    """Put the person back, with the registrations that went with them."""
    before = action.before or {}
    wanted = {column: before[column] for column in _COLUMNS}
    back: Row = {"event_id": action.args["event_id"], "new_id": before["id"], "set": wanted}
    return Inverse("participant_add", {**back, "restore": {}} if before["registrations"] else back)


def of_record(action: Action) -> Inverse | None:
    """Write the earlier values back, no others."""
    before = action.before or {}
    earlier = {column: before[column] for column in action.args["set"]}
    return Inverse(action.action_type, {**action.args, "set": earlier})


def _who_and_where(change: Row) -> Row:
    return {key: change[key] for key in ("event_id", "schedule_id", "participant_id")}
