"""How a change of a room reads on a card, from the bytes that will run. Pure."""

from typing import Any

from core.kernel.cards import Change, Fact
from core.kernel.phrases import Phrase, phrase, verbatim
from core.kernel.tools import Action, Description

Row = dict[str, Any]

_LABELS = {"name": "field-room", "capacity": "field-room-capacity", "may_be_shared": "field-may-be-shared"}


def describe(action: Action) -> Description:
    """Return the title, the facts and, for an update, each property now and as proposed."""
    wanted: Row = action.args.get("set") or {}
    before = action.before or {}
    title = phrase(f"card-{action.action_type.replace('_', '-')}", room=before.get("name") or wanted["name"])
    if action.action_type == "room_update":
        facts = tuple(_fact(column, before) for column in ("capacity", "may_be_shared") if column not in wanted)
        if before.get("sessions"):
            along = Fact(phrase("field-room-sessions"), phrase("rooms-sessions-along", count=before["sessions"]))
            facts = (along, *facts)
        changes = tuple(
            Change(phrase(_LABELS[column]), _value(before[column]), _value(value))
            for column, value in wanted.items()
            if before[column] != value
        )
        return Description(title, facts=facts, changes=changes)
    row = {**before, **wanted}
    return Description(title, facts=tuple(_fact(column, row) for column in ("capacity", "may_be_shared")))


def _fact(column: str, row: Row) -> Fact:
    return Fact(phrase(_LABELS[column]), _value(row[column]))


def _value(value: str | int | bool | None) -> Phrase:
    if value is None:
        return phrase("field-empty")
    if isinstance(value, bool):
        return phrase("rooms-shared") if value else phrase("rooms-not-shared")
    return verbatim(str(value))
