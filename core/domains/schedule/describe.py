"""How a change of the agenda reads on a card, from the bytes that will run. Pure."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from core.kernel.cards import Change, Fact
from core.kernel.phrases import Phrase, Span, phrase, verbatim
from core.kernel.tools import Action, Description, Place

Row = dict[str, Any]

_TIMES = ("start_time", "end_time")
_PLAIN = frozenset({"room"})
"""Columns whose value says by itself what it is."""
_FIELDS = ("room", "speaker_name", "max_capacity", "track", "description")


def describe(action: Action) -> Description:
    """Return the title, for an update each property as proposed and now, and what else bears on it."""
    if action.action_type == "schedule_create":
        wanted: Row = action.args["set"]
        return Description(
            phrase("card-schedule-create", title=wanted["title"]),
            facts=_facts(wanted, action.zone),
            place=_place(wanted, action.zone),
        )
    before = action.before or {}
    if action.action_type == "schedule_delete":
        facts = _facts(before, action.zone)
        if action.args.get("reason"):
            facts = (*facts, Fact(phrase("field-reason"), verbatim(action.args["reason"])))
        title = phrase("card-schedule-delete", title=before["title"])
        return Description(title, facts=facts, place=_place(before, action.zone))
    after = {**before, **action.args["set"]}
    changes = _changes(before, after, action.zone)
    return Description(
        phrase("card-schedule-update", title=before["title"]),
        facts=_unchanged(before, after, action.zone),
        changes=changes,
        name=verbatim(before["title"]),
        place=_place(after, action.zone),
        was=_place(before, action.zone),
    )


def label(column: str) -> Phrase:
    """Say what a column of a session is called."""
    return phrase(f"field-{column.replace('_', '-')}")


def _facts(row: Row, zone: str) -> tuple[Fact, ...]:
    facts = [_when_fact(row, zone)]
    for column in _FIELDS:
        if row.get(column) is not None:
            facts.append(_fact(column, row))
    return tuple(facts)


def _unchanged(before: Row, after: Row, zone: str) -> tuple[Fact, ...]:
    """Return when and where it is, as far as that stays."""
    facts = [] if _moves(before, after) else [_when_fact(before, zone)]
    if before.get("room") and before.get("room") == after.get("room"):
        facts.append(_fact("room", before))
    return tuple(facts)


def _changes(before: Row, after: Row, zone: str) -> tuple[Change, ...]:
    changes: list[Change] = []
    if _moves(before, after):
        # The day stands with what is proposed; beside the same day only the hours of now are another.
        is_other_day = len({_day(row[column], zone) for row in (before, after) for column in _TIMES}) > 1
        now, proposed = _when(before, zone, is_dated=is_other_day), _when(after, zone)
        changes.append(Change(phrase("field-when"), now, proposed, is_plain=True))
    for column in ("room", "speaker_name", "title", "max_capacity", "track", "description"):
        if before.get(column) != after.get(column):
            now, proposed = _value(before.get(column)), _value(after.get(column))
            is_plain = column in _PLAIN and after.get(column) is not None
            changes.append(Change(label(column), now, proposed, is_plain=is_plain))
    return tuple(changes)


def _moves(before: Row, after: Row) -> bool:
    return any(before[column] != after[column] for column in _TIMES)


def _fact(column: str, row: Row) -> Fact:
    return Fact(label(column), verbatim(str(row[column])), is_plain=column in _PLAIN)


def _value(value: str | int | None) -> Phrase:
    return phrase("field-empty") if value is None else verbatim(str(value))


def _when_fact(row: Row, zone: str) -> Fact:
    return Fact(phrase("field-when"), _when(row, zone), is_plain=True)


def _when(row: Row, zone: str, *, is_dated: bool = True) -> Phrase:
    start, end = (datetime.fromisoformat(row[column]) for column in _TIMES)
    return phrase("when", span=Span(start, end, zone, is_dated=is_dated))


def _place(row: Row, zone: str) -> Place:
    start, end = (datetime.fromisoformat(row[column]) for column in _TIMES)
    return Place(Span(start, end, zone), row.get("room"))


def _day(said: str, zone: str) -> object:
    return datetime.fromisoformat(said).astimezone(ZoneInfo(zone)).date()
