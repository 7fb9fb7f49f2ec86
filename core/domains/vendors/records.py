"""What the model may propose for the organisation's list of vendors, whichever events they come to."""

from functools import partial
from typing import Any
from uuid import uuid4

from core.domains.vendors import queries
from core.domains.vendors.describe import describe_record, field
from core.domains.vendors.models import AddVendor, RemoveVendor, UpdateVendor, VendorChanges
from core.domains.vendors.resolve import the_vendor
from core.kernel.claims import claiming
from core.kernel.phrases import Phrase, phrase
from core.kernel.proposals import Effect, Impact, Proposal
from core.kernel.tools import Action, Editing, Inverse, Refused, Said, ToolContext, ToolSpec, WriteTool

Row = dict[str, Any]

_EFFECTS: dict[str, Effect] = {"vendor_add": "create", "vendor_update": "update", "vendor_remove": "delete"}
_COLUMNS = ("name", "category", "phone", "email")


async def preview_add(ctx: ToolContext, args: AddVendor) -> Proposal | Refused:
    """Propose a new vendor."""
    return await _propose("vendor_add", ctx, {"new_id": str(uuid4()), "set": args.model_dump()})


async def preview_update(ctx: ToolContext, args: UpdateVendor) -> Proposal | Refused:
    """Propose other details of a vendor; what already is so is left out."""
    vendor = await the_vendor(ctx, None, args.vendor, assigned=False)
    if isinstance(vendor, Refused):
        return vendor
    both = _set_and_cleared(args.changes)
    if both:
        return Refused(phrase("change-set-and-cleared", fields=both))
    said = args.changes.model_dump(include=set(_COLUMNS), exclude_none=True)
    wanted = {**said, **dict.fromkeys(args.changes.clear or ())}
    change: Row = {"vendor_id": str(vendor["id"]), "set": wanted}
    facts, _digest = await queries.RECORD.facts(ctx.tx, change)
    row = facts["vendor"] or {}
    change["set"] = {column: value for column, value in wanted.items() if row.get(column) != value}
    return await _propose("vendor_update", ctx, change)


def _set_and_cleared(changes: VendorChanges) -> tuple[Phrase, ...]:
    """Return the labels of what one change would set and take away at once."""
    return tuple(field(column) for column in changes.clear or () if getattr(changes, column) is not None)


async def preview_remove(ctx: ToolContext, args: RemoveVendor) -> Proposal | Refused:
    """Propose that the organisation has a vendor no more, who comes to no event."""
    vendor = await the_vendor(ctx, None, args.vendor, assigned=False)
    if isinstance(vendor, Refused):
        return vendor
    return await _propose("vendor_remove", ctx, {"vendor_id": str(vendor["id"])})


async def _propose(action_type: str, ctx: ToolContext, change: Row) -> Proposal | Refused:
    facts, digest = await queries.RECORD.facts(ctx.tx, change)
    why = _why_not(action_type, change, facts)
    if why is not None:
        return Refused(why)
    row: Row | None = facts["vendor"]
    before = {"title": row["name"], **row} if row else None
    return Proposal(
        action_type=action_type,
        effect=_EFFECTS[action_type],
        event_id=None,
        args=change,
        before=before,
        proposed={**(before or {}), **change["set"]} if "set" in change else None,
        zone=ctx.principal.timezone,
        facts_digest=digest,
        conflicts=(),
        impact=Impact(counts_people=False),
        starts_at=None,
        least_risk="medium" if action_type == "vendor_remove" else "low",
    )


def _why_not(action_type: str, change: Row, facts: Row) -> Phrase | None:
    row: Row | None = facts["vendor"]
    if not facts["is_named"]:
        return phrase("vendors-nameless")
    if facts["namesake"] is not None:
        return phrase("vendors-exists", vendor=facts["namesake"])
    if action_type == "vendor_add":
        return phrase("vendors-exists", vendor=row["name"]) if row else None
    if row is None:
        return phrase("vendors-gone")
    if action_type == "vendor_remove":
        return phrase("vendors-in-use", vendor=row["name"], count=facts["events"]) if facts["events"] else None
    is_so = all(row[column] == value for column, value in change["set"].items())
    return phrase("change-nothing", title=row["name"]) if is_so else None


def _inverse(action: Action) -> Inverse | None:
    """A vendor goes back to what it was, column by column; one that comes to an event stays."""
    before = action.before
    if action.action_type == "vendor_add":
        return Inverse("vendor_remove", {"vendor_id": action.args["new_id"]})
    if before is None:
        return None
    if action.action_type == "vendor_remove":
        wanted = {column: before[column] for column in _COLUMNS}
        return Inverse(
            "vendor_add", {"new_id": before["id"], "set": wanted, "restore": {"created_at": before["created_at"]}}
        )
    earlier = {column: before[column] for column in action.args["set"]}
    return Inverse("vendor_update", {"vendor_id": before["id"], "set": earlier})


def _said(action: Action) -> Said:
    return Said({"vendor": action.args.get("vendor_id")}, action.args["set"], action.before or {})


TOOLS: tuple[ToolSpec, ...] = (
    WriteTool(
        name="add_vendor",
        action_type="vendor_add",
        description="Propose a new vendor of the organisation, with category and contact.",
        args=AddVendor,
        preview=preview_add,
        review=partial(_propose, "vendor_add"),
        execute=queries.RECORD.before(queries.INSERT_VENDOR),
        describe=describe_record,
        claims=claiming("vendor", "vendor_id", "new_id"),
        inverse=_inverse,
        editing=Editing(said=_said),
    ),
    WriteTool(
        name="update_vendor",
        action_type="vendor_update",
        description="Propose another name, category, phone or e-mail of a vendor.",
        args=UpdateVendor,
        preview=preview_update,
        review=partial(_propose, "vendor_update"),
        execute=queries.RECORD.before(queries.UPDATE_VENDOR),
        describe=describe_record,
        claims=claiming("vendor", "vendor_id", "new_id"),
        inverse=_inverse,
        editing=Editing(said=_said),
    ),
    # The way back of a new vendor; nobody is offered it, and a decision to undo finds it.
    WriteTool(
        name="remove_vendor",
        action_type="vendor_remove",
        description="Remove a vendor that comes to no event.",
        args=RemoveVendor,
        preview=preview_remove,
        review=partial(_propose, "vendor_remove"),
        execute=queries.RECORD.before(queries.DELETE_VENDOR),
        describe=describe_record,
        claims=claiming("vendor", "vendor_id", "new_id"),
        inverse=_inverse,
        roles=frozenset(),
    ),
)
