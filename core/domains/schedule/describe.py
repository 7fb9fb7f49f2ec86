"""How a change of the agenda reads on a card, from the bytes that will run. Pure."""

from datetime import datetime
from typing import Any

from core.kernel.cards import Change, Fact
from core.kernel.phrases import Phrase, Span, phrase, verbatim
from core.kernel.tools import Action, Description

Row = dict[str, Any]


def describe(action: Action) -> Description:
    """Return the title, the facts and, for an update, each property now and as proposed."""
    if action.action_type == "schedule_create":
        wanted: Row = action.args["set"]
        return Description(phrase("card-schedule-create", title=wanted["title"]), facts=_facts(wanted, action.zone))
    before = action.before or {}
    if action.action_type == "schedule_delete":
        facts = _facts(before, action.zone)
        if action.args.get("reason"):
            facts = (*facts, Fact(phrase("field-reason"), verbatim(action.args["reason"])))
        return Description(phrase("card-schedule-delete", title=before["title"]), facts=facts)
    wanted = action.args["set"]
    return Description(
        phrase("card-schedule-update", title=before["title"]),
        facts=_unchanged(before, wanted, action.zone),
        changes=_changes(before, {**before, **wanted}, action.zone),
    )


def _facts(row: Row, zone: str) -> tuple[Fact, ...]:
    facts = [Fact(phrase("field-when"), _when(row, zone))]
    for column in ("room", "speaker_name", "max_capacity"):
        if row.get(column) is not None:
            facts.append(Fact(phrase(f"field-{column.replace('_', '-')}"), verbatim(str(row[column]))))
    return tuple(facts)


def _unchanged(before: Row, wanted: Row, zone: str) -> tuple[Fact, ...]:
    facts: list[Fact] = []
    if not {"start_time", "end_time"} & set(wanted):
        facts.append(Fact(phrase("field-when"), _when(before, zone)))
    if "room" not in wanted and before.get("room"):
        facts.append(Fact(phrase("field-room"), verbatim(before["room"])))
    return tuple(facts)


def _changes(before: Row, after: Row, zone: str) -> tuple[Change, ...]:
    changes: list[Change] = []
    for column in ("title", "room", "speaker_name", "max_capacity"):
        if before.get(column) != after.get(column):
            label = phrase(f"field-{column.replace('_', '-')}")
            changes.append(Change(label, _value(before.get(column)), _value(after.get(column))))
    if (before["start_time"], before["end_time"]) != (after["start_time"], after["end_time"]):
        changes.insert(0, Change(phrase("field-when"), _when(before, zone), _when(after, zone)))
    return tuple(changes)


def _value(value: str | int | None) -> Phrase:
    return phrase("field-empty") if value is None else verbatim(str(value))


def _when(row: Row, zone: str) -> Phrase:
    span = Span(datetime.fromisoformat(row["start_time"]), datetime.fromisoformat(row["end_time"]), zone)
    return phrase("when", span=span)
