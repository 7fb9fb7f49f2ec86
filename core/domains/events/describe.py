"""How a change of an event reads on a card, from the bytes that will run. Pure."""

from datetime import date
from typing import Any

from core.kernel.cards import Change, Fact
from core.kernel.phrases import Phrase, phrase, verbatim
from core.kernel.tools import Action, Description

Row = dict[str, Any]


def describe(action: Action) -> Description:
    """Return the title, the facts and, for an update, each property now and as proposed."""
    wanted: Row = action.args.get("set") or {}
    before = action.before or {}
    title = phrase(f"card-{action.action_type.replace('_', '-')}", event=before.get("name") or wanted["name"])
    if action.action_type == "event_update":
        return Description(title, facts=_unchanged(before, wanted), changes=_changes(before, {**before, **wanted}))
    return Description(title, facts=_facts({**before, **wanted}))


def days(row: Row) -> Phrase:
    """Say an event's days with their year."""
    first, last = date.fromisoformat(row["starts_on"]), date.fromisoformat(row["ends_on"])
    # A year is a name and no number: as a number it would get a thousands separator.
    if first == last:
        return phrase("events-day", day=first, year=str(first.year))
    if first.year == last.year:
        return phrase("events-days", first=first, last=last, year=str(first.year))
    return phrase("events-days-years", first=first, last=last, year=str(first.year), lastyear=str(last.year))


def _facts(row: Row) -> tuple[Fact, ...]:
    return (
        Fact(phrase("field-event-days"), days(row)),
        Fact(phrase("field-time-zone"), verbatim(row["time_zone"])),
    )


def _unchanged(before: Row, wanted: Row) -> tuple[Fact, ...]:
    when, where = _facts(before)
    facts = () if {"starts_on", "ends_on"} & set(wanted) else (when,)
    return facts if "time_zone" in wanted else (*facts, where)


def _changes(before: Row, after: Row) -> tuple[Change, ...]:
    changes: list[Change] = []
    if (before["starts_on"], before["ends_on"]) != (after["starts_on"], after["ends_on"]):
        changes.append(Change(phrase("field-event-days"), days(before), days(after)))
    for column in ("name", "time_zone"):
        if before[column] != after[column]:
            label = phrase("field-time-zone") if column == "time_zone" else phrase("field-event-name")
            changes.append(Change(label, verbatim(before[column]), verbatim(after[column])))
    return tuple(changes)
