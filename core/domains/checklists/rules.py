"""What speaks against a change of a checklist; judged from facts and the clock alone. Pure."""

from datetime import datetime
from typing import Any

from core.kernel.proposals import Conflict, Item

Row = dict[str, Any]


def find_conflicts(change: Row, facts: Row, now: datetime) -> tuple[Conflict, ...]:
    """Return the warnings about new items. ``facts`` is the answer of ``app.checklist_facts``."""
    found = [
        Conflict(kind="checklist_same_title", severity="warning", details={"title": title})
        for title in dict.fromkeys(facts["same_titles"])
    ]
    for id_, entry in zip(change.get("new_id", ()), change.get("items", ()), strict=True):
        due = _due(entry)
        if due is not None and due < now and not entry.get("is_done"):
            task = Item(kind="task", id=id_, title=entry["title"], end_time=due)
            found.append(Conflict(kind="checklist_due_passed", severity="warning", item=task))
    return tuple(found)


def inactive(facts: Row) -> str | None:
    """Return the name of somebody who was meant to do an item and does not work here any more."""
    return next((person["name"] for person in facts["people"] if not person["is_active"]), None)


def first_due(rows: list[Row]) -> datetime | None:
    """Return when the first of these items is due: a decision after that comes too late."""
    return min((due for due in map(_due, rows) if due is not None), default=None)


def _due(row: Row) -> datetime | None:
    return datetime.fromisoformat(row["due_at"]) if row["due_at"] else None
