"""How a change of an event's vendors reads on a card, from the bytes that will run. Pure."""

from datetime import datetime
from typing import Any

from core.kernel.cards import Change, Fact
from core.kernel.money import money_of
from core.kernel.phrases import Moment, Phrase, internal, personal, phrase, verbatim
from core.kernel.tools import Action, Description

Row = dict[str, Any]

_DETAILS = ("category", "phone", "email")
_CONTACT = frozenset({"phone", "email"})


def describe(action: Action) -> Description:
    """Return the title, a fact per vendor, and for a new status or arrival each as it is and as proposed."""
    before = action.before or {}
    vendors: list[Row] = before["vendors"]
    names = tuple(row["name"] for row in vendors)
    title = phrase(f"card-{action.action_type.replace('_', '-')}", vendors=names, event=before["event"])
    if action.action_type == "vendor_status":
        [entry], now = action.args["vendors"], vendors[0]["now"]
        return Description(title, facts=_kept(now, entry, action.zone), changes=_changes(now, entry, action.zone))
    if action.action_type == "vendor_unassign":
        return Description(title, facts=_told([(row["name"], row["now"]) for row in vendors], action.zone))
    wanted = [(row["name"], entry) for row, entry in zip(vendors, action.args["vendors"], strict=True)]
    facts = _told(wanted, action.zone)
    if action.args.get("left_out"):
        facts = (*facts, Fact(phrase("vendors-label-left-out"), _listed(action.args["left_out"])))
    return Description(title, facts=facts)


def describe_record(action: Action) -> Description:
    """Return the title, the details and, for an update, each of them now and as proposed."""
    wanted: Row = action.args.get("set") or {}
    before = action.before or {}
    title = phrase(f"card-{action.action_type.replace('_', '-')}", vendor=before.get("name") or wanted["name"])
    if action.action_type != "vendor_update":
        row = {**before, **wanted}
        return Description(title, facts=tuple(Fact(field(each), _detail(each, row)) for each in _DETAILS if row[each]))
    kept = tuple(Fact(field(each), _detail(each, before)) for each in _DETAILS if each not in wanted and before[each])
    changes = tuple(Change(field(each), _detail(each, before), _detail(each, wanted)) for each in wanted)
    return Description(title, facts=kept, changes=changes)


def field(column: str) -> Phrase:
    """Say what a column of a vendor is called."""
    return phrase(f"vendors-field-{column}")


def _detail(column: str, row: Row) -> Phrase:
    """Say a detail; how to reach somebody is for those who ask."""
    if row[column] is None:
        return phrase("field-empty")
    return personal(verbatim(row[column])) if column in _CONTACT else verbatim(row[column])


def _told(rows: list[tuple[str, Row]], zone: str) -> tuple[Fact, ...]:
    """Return a line per vendor, and their notes: once where all have the same."""
    facts = [Fact(verbatim(name), _standing(row, zone)) for name, row in rows]
    facts += [Fact(phrase("vendors-label-cost-of", vendor=name), _cost(row)) for name, row in rows if row.get("cost")]
    notes = [(name, row["notes"]) for name, row in rows if row["notes"]]
    if len(notes) == len(rows) and len({note for _name, note in notes}) == 1:
        return (*facts, Fact(phrase("vendors-label-notes"), internal(verbatim(notes[0][1]))))
    of_each = (Fact(phrase("vendors-label-notes-of", vendor=name), internal(verbatim(note))) for name, note in notes)
    return (*facts, *of_each)


def _kept(now: Row, entry: Row, zone: str) -> tuple[Fact, ...]:
    facts: list[Fact] = []
    if "status" not in entry:
        facts.append(Fact(phrase("vendors-label-status"), _status(now["status"])))
    if "arrives_at" not in entry and now["arrives_at"]:
        facts.append(Fact(phrase("vendors-label-arrives"), _arrival(now, zone)))
    if "cost" not in entry and now.get("cost"):
        facts.append(Fact(phrase("vendors-label-cost"), _cost(now)))
    if now["notes"]:
        facts.append(Fact(phrase("vendors-label-notes"), internal(verbatim(now["notes"]))))
    return tuple(facts)


def _changes(now: Row, entry: Row, zone: str) -> tuple[Change, ...]:
    changes: list[Change] = []
    if "status" in entry:
        label = phrase("vendors-label-status")
        changes.append(Change(label, _status(now["status"]), _status(entry["status"])))
    if "arrives_at" in entry:
        changes.append(Change(phrase("vendors-label-arrives"), _arrival(now, zone), _arrival(entry, zone)))
    if "cost" in entry:
        changes.append(Change(phrase("vendors-label-cost"), _cost(now), _cost(entry)))
    return tuple(changes)


def _cost(row: Row) -> Phrase:
    """Say what a vendor costs, to those who work with it."""
    if not row.get("cost"):
        return phrase("field-empty")
    return internal(phrase("vendors-cost", cost=money_of(row["cost"])))


def _standing(row: Row, zone: str) -> Phrase:
    if not row["arrives_at"]:
        return _status(row["status"])
    return phrase("vendors-standing", status=_status(row["status"]), at=_moment(row, zone))


def _arrival(row: Row, zone: str) -> Phrase:
    if not row["arrives_at"]:
        return phrase("vendors-no-time")
    return phrase("vendors-at", at=_moment(row, zone))


def _moment(row: Row, zone: str) -> Moment:
    return Moment(datetime.fromisoformat(row["arrives_at"]), zone)


def _status(status: str) -> Phrase:
    return phrase(f"vendors-status-{status.replace('_', '-')}")


def _listed(names: list[str]) -> Phrase:
    return phrase("vendors-names", names=tuple(names))
