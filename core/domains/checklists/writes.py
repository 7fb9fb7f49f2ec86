"""What the model may propose for an event's checklist, and what takes it back."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from core.domains.checklists import queries
from core.domains.checklists.describe import describe
from core.domains.checklists.models import (
    AddChecklistItems,
    AssignChecklistItem,
    CompleteChecklistItem,
    KnownItems,
    NewItem,
)
from core.domains.checklists.resolve import the_open_item, the_person
from core.domains.checklists.rules import find_conflicts, first_due, inactive
from core.kernel.claims import claiming
from core.kernel.phrases import phrase
from core.kernel.principal import Role
from core.kernel.proposals import Effect, Impact, Proposal
from core.kernel.tools import Action, Editing, Inverse, Refused, Said, ToolContext, ToolSpec, WriteTool
from core.naming.events import the_event
from core.naming.times import UnclearTime, current_day, local_text, read_time

Row = dict[str, Any]

_EFFECTS: dict[str, Effect] = {"checklist_add": "create", "checklist_remove": "delete"}
_RESTORED = ("title", "due_at", "assigned_to", "is_done", "done_at", "source_id", "created_at")
_NOBODY: frozenset[Role] = frozenset()
"""Offered to no role: these only run to take something back."""


async def preview_add(ctx: ToolContext, args: AddChecklistItems) -> Proposal | Refused:
    """Propose new items; a title that was said twice is added once."""
    event = await the_event(ctx, args.event)
    if isinstance(event, Refused):
        return event
    entries: dict[str, Row] = {}
    for item in args.items:
        entry = await _entry(ctx, event, item)
        if isinstance(entry, Refused):
            return entry
        entries.setdefault(" ".join(item.title.split()).casefold(), entry)
    ids = [str(uuid4()) for _ in entries]
    return await review_add(ctx, {"event_id": str(event["id"]), "new_id": ids, "items": list(entries.values())})


async def _entry(ctx: ToolContext, event: Row, item: NewItem) -> Row | Refused:
    person = await the_person(ctx, item.assignee) if item.assignee is not None else None
    if isinstance(person, Refused):
        return person
    zone = event["time_zone"]
    try:
        due = read_time(item.due_at, zone, current_day(ctx.now, event)) if item.due_at is not None else None
    except UnclearTime as unclear:
        return Refused(unclear.phrase)
    return {
        "title": item.title,
        "due_at": due.astimezone(UTC).isoformat() if due else None,
        "assigned_to": str(person["id"]) if person else None,
    }


async def review_add(ctx: ToolContext, change: Row) -> Proposal | Refused:
    """Look again at canonical arguments; refused where items that were to come back are there again."""
    facts, digest = await queries.PROOF.facts(ctx.tx, change)
    if facts["event"]["id"] is None:
        return Refused(phrase("checklist-gone"))
    if facts["taken"]:
        return Refused(phrase("checklist-back-already"))
    return _judged(ctx, "checklist_add", change, facts, digest)


async def preview_complete(ctx: ToolContext, args: CompleteChecklistItem) -> Proposal | Refused:
    """Propose that an item is done."""
    found = await the_open_item(ctx, args.item, args.event)
    if isinstance(found, Refused):
        return found
    item, event = found
    return await review_complete(ctx, {"event_id": str(event["id"]), "item_ids": [str(item["id"])]})


async def review_complete(ctx: ToolContext, change: Row) -> Proposal | Refused:
    """Look again at canonical arguments; refused once it is done."""
    return await _review_items(ctx, "checklist_complete", change)


async def preview_assign(ctx: ToolContext, args: AssignChecklistItem) -> Proposal | Refused:
    """Propose that somebody of the organisation does an item."""
    found = await the_open_item(ctx, args.item, args.event)
    if isinstance(found, Refused):
        return found
    person = await the_person(ctx, args.assignee)
    if isinstance(person, Refused):
        return person
    item, event = found
    change = {"event_id": str(event["id"]), "item_ids": [str(item["id"])], "assigned_to": str(person["id"])}
    return await review_assign(ctx, change)


async def review_assign(ctx: ToolContext, change: Row) -> Proposal | Refused:
    """Look again at canonical arguments; refused once it is so, or the person is no longer active."""
    return await _review_items(ctx, "checklist_assign", change)


async def review_remove(ctx: ToolContext, change: Row) -> Proposal | Refused:
    """Look at items that are to be taken off again; those that are gone already are left alone."""
    facts, _digest = await queries.PROOF.facts(ctx.tx, change)
    there = [item["id"] for item in facts["items"]]
    if there:
        change = {**change, "item_ids": there}
    return await _review_items(ctx, "checklist_remove", change)


async def review_reopen(ctx: ToolContext, change: Row) -> Proposal | Refused:
    """Look at items that are to be open again; refused once one of them is."""
    return await _review_items(ctx, "checklist_reopen", change)


async def _review_items(ctx: ToolContext, action_type: str, change: Row) -> Proposal | Refused:
    facts, digest = await queries.PROOF.facts(ctx.tx, change)
    items: list[Row] = facts["items"]
    if len(items) < len(change["item_ids"]):
        return Refused(phrase("checklist-gone"))
    return _no_use(action_type, change, items) or _judged(ctx, action_type, change, facts, digest)


def _no_use(action_type: str, change: Row, items: list[Row]) -> Refused | None:
    """Return why these items cannot be changed so, as they are now."""
    for item in items:
        if action_type == "checklist_reopen" and not item["is_done"]:
            return Refused(phrase("change-nothing", title=item["title"]))
        if action_type in {"checklist_complete", "checklist_assign"} and item["is_done"]:
            return Refused(phrase("checklist-done-already", title=item["title"]))
        if action_type == "checklist_assign" and item["assigned_to"] == change["assigned_to"]:
            return Refused(phrase("change-nothing", title=item["title"]))
    return None


def _judged(ctx: ToolContext, action_type: str, change: Row, facts: Row, digest: str) -> Proposal | Refused:
    gone = inactive(facts)
    if gone is not None:
        return Refused(phrase("checklist-person-inactive", person=gone))
    items: list[Row] = facts["items"]
    shown: list[Row] = change.get("items") or items
    # Who says that something is done reports a fact, and that stays worth deciding about.
    is_plan = action_type in {"checklist_add", "checklist_assign"}
    before = {
        "title": ", ".join(row["title"] for row in shown),
        "event": facts["event"]["name"],
        "items": items,
        "people": {person["id"]: person["name"] for person in facts["people"]},
    }
    return Proposal(
        action_type=action_type,
        effect=_EFFECTS.get(action_type, "update"),
        event_id=UUID(change["event_id"]),
        args=change,
        before=before,
        proposed={**before, "items": _proposed(action_type, change, items)},
        zone=facts["event"]["time_zone"],
        facts_digest=digest,
        conflicts=find_conflicts(change, facts, ctx.now),
        impact=Impact(counts_people=False),
        starts_at=first_due(shown) if is_plan else None,
    )


def _proposed(action_type: str, change: Row, items: list[Row]) -> list[Row]:
    """Return the items as they will be."""
    if action_type == "checklist_add":
        return change["items"]
    if action_type == "checklist_remove":
        return []
    if action_type == "checklist_assign":
        return [{**item, "assigned_to": change["assigned_to"]} for item in items]
    return [{**item, "is_done": action_type == "checklist_complete"} for item in items]


async def _preview_remove(ctx: ToolContext, args: KnownItems) -> Proposal | Refused:
    return await review_remove(ctx, args.model_dump(mode="json"))


async def _preview_reopen(ctx: ToolContext, args: KnownItems) -> Proposal | Refused:
    return await review_reopen(ctx, args.model_dump(mode="json"))


def _inverse(action: Action) -> Inverse | None:
    """Every change of a checklist can be taken back exactly: the items' whole rows are in the before-state."""
    event = action.args["event_id"]
    if action.action_type == "checklist_add":
        return Inverse("checklist_remove", {"event_id": event, "item_ids": action.args["new_id"]})
    if action.before is None:
        return None
    items: list[Row] = action.before["items"]
    same: Row = {"event_id": event, "item_ids": action.args["item_ids"]}
    match action.action_type:
        case "checklist_complete":
            return Inverse("checklist_reopen", same)
        case "checklist_reopen":
            return Inverse("checklist_complete", {**same, "done_at": items[0]["done_at"]})
        case "checklist_assign":
            return Inverse("checklist_assign", {**same, "assigned_to": items[0]["assigned_to"]})
        case _:
            restored = [{column: item[column] for column in _RESTORED} for item in items]
            ids = [item["id"] for item in items]
            return Inverse("checklist_add", {"event_id": event, "new_id": ids, "items": restored})


def _said(action: Action) -> Said | None:
    """Return what is proposed of one item; None where there are several."""
    entries: list[Row] = action.args.get("items") or (action.before or {})["items"]
    if len(entries) != 1:
        return None
    wanted = {"assignee": action.args["assigned_to"]} if "assigned_to" in action.args else _in_words(entries[0], action)
    item = next(iter(action.args.get("item_ids", ())), None)
    return Said({"event": action.args["event_id"], "item": item}, wanted, _in_words(entries[0], action))


def _in_words(entry: Row, action: Action) -> Row:
    due = local_text(datetime.fromisoformat(entry["due_at"]), action.zone) if entry["due_at"] else None
    return {"title": entry["title"], "due_at": due, "assignee": entry["assigned_to"]}


TOOLS: tuple[ToolSpec, ...] = (
    WriteTool(
        name="add_checklist_items",
        action_type="checklist_add",
        description="Propose new items for an event's checklist, each with an optional due time and assignee.",
        args=AddChecklistItems,
        preview=preview_add,
        review=review_add,
        execute=queries.PROOF.before(queries.ADD),
        describe=describe,
        claims=claiming("item", "item_ids", "new_id"),
        inverse=_inverse,
        editing=Editing(said=_said),
    ),
    WriteTool(
        name="complete_checklist_item",
        action_type="checklist_complete",
        description="Propose that a checklist item is done.",
        args=CompleteChecklistItem,
        preview=preview_complete,
        review=review_complete,
        execute=queries.PROOF.before(queries.COMPLETE),
        describe=describe,
        claims=claiming("item", "item_ids", "new_id"),
        inverse=_inverse,
    ),
    WriteTool(
        name="assign_checklist_item",
        action_type="checklist_assign",
        description="Propose who of the organisation does a checklist item.",
        args=AssignChecklistItem,
        preview=preview_assign,
        review=review_assign,
        execute=queries.PROOF.before(queries.ASSIGN),
        describe=describe,
        claims=claiming("item", "item_ids", "new_id"),
        inverse=_inverse,
        editing=Editing(said=_said),
    ),
    WriteTool(
        name="remove_checklist_items",
        action_type="checklist_remove",
        description="Take items off a checklist again.",
        args=KnownItems,
        preview=_preview_remove,
        review=review_remove,
        execute=queries.PROOF.before(queries.REMOVE),
        describe=describe,
        claims=claiming("item", "item_ids", "new_id"),
        inverse=_inverse,
        roles=_NOBODY,
    ),
    WriteTool(
        name="reopen_checklist_item",
        action_type="checklist_reopen",
        description="Open checklist items again that were done.",
        args=KnownItems,
        preview=_preview_reopen,
        review=review_reopen,
        execute=queries.PROOF.before(queries.REOPEN),
        describe=describe,
        claims=claiming("item", "item_ids", "new_id"),
        inverse=_inverse,
        roles=_NOBODY,
    ),
)
