"""How a change of a checklist reads on a card, from the bytes that will run. Pure."""

from datetime import datetime
from typing import Any

from core.kernel.cards import Change, Fact
from core.kernel.phrases import Moment, Phrase, phrase, verbatim
from core.kernel.tools import Action, Description

Row = dict[str, Any]


def describe(action: Action) -> Description:
    """Return the title and who is to do what until when; for an assignment who does it now and who would."""
    before = action.before or {}
    event: str = before["event"]
    people: dict[str, str] = before["people"]
    if action.action_type == "checklist_add":
        added: list[Row] = [{**entry, "assignee": people.get(entry["assigned_to"])} for entry in action.args["items"]]
        title = phrase("card-checklist-add", count=len(added), event=event)
        return Description(title, facts=tuple(_line(row, action.zone) for row in added))
    items: list[Row] = before["items"]
    if action.action_type == "checklist_remove":
        title = phrase("card-checklist-remove", count=len(items), event=event)
        return Description(title, facts=tuple(_line(row, action.zone) for row in items))
    titles = tuple(row["title"] for row in items)
    title = phrase(f"card-{action.action_type.replace('_', '-')}", titles=titles)
    facts = (Fact(phrase("checklist-label-event"), verbatim(event)), *_due_facts(items, action.zone))
    if action.action_type != "checklist_assign":
        return Description(title, facts=(*facts, *_assignee_facts(items)))
    label, wanted = phrase("checklist-label-assignee"), people.get(action.args["assigned_to"])
    return Description(title, facts=facts, changes=(Change(label, _person(items[0]["assignee"]), _person(wanted)),))


def _line(row: Row, zone: str) -> Fact:
    """Return an item as one row of a card: its title, and beneath it who and until when."""
    name, due = row["assignee"], _due(row, zone)
    if name is None:
        said = due or phrase("checklist-open-to-all")
    elif due is None:
        said = verbatim(name)
    else:
        said = phrase("checklist-who-when", name=name, due=due)
    return Fact(verbatim(row["title"]), phrase("checklist-line-done", line=said) if row.get("is_done") else said)


def _due(row: Row, zone: str) -> Phrase | None:
    if not row["due_at"]:
        return None
    return phrase("checklist-until", at=Moment(datetime.fromisoformat(row["due_at"]), zone))


def _due_facts(items: list[Row], zone: str) -> tuple[Fact, ...]:
    dues = [_due(row, zone) for row in items]
    return tuple(Fact(phrase("checklist-label-due"), due) for due in dues if due is not None)


def _assignee_facts(items: list[Row]) -> tuple[Fact, ...]:
    names = [row["assignee"] for row in items if row["assignee"]]
    return tuple(Fact(phrase("checklist-label-assignee"), verbatim(name)) for name in names)


def _person(name: str | None) -> Phrase:
    return phrase("checklist-nobody") if name is None else verbatim(name)
