"""What the model may propose for an event's vendors. A preview changes nothing; ``execute`` runs after a decision."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from core.domains.vendors import queries
from core.domains.vendors.describe import describe
from core.domains.vendors.models import AssignVendors, UnassignVendor, UpdateVendorStatus
from core.domains.vendors.resolve import the_vendor, the_vendors
from core.domains.vendors.rules import find_conflicts, find_impact, moot_from
from core.kernel.claims import Claim, Claims, about
from core.kernel.money import money_row
from core.kernel.phrases import phrase
from core.kernel.proposals import Effect, Proposal
from core.kernel.tools import Action, Editing, Inverse, Refused, Said, ToolContext, ToolSpec, WriteTool
from core.naming.events import in_event, said_day, the_event
from core.naming.times import UnclearTime, current_day, local_day, local_text, read_time

Row = dict[str, Any]

_EFFECTS: dict[str, Effect] = {"vendors_assign": "create", "vendor_unassign": "delete", "vendor_status": "update"}
_COLUMNS = ("status", "arrives_at", "notes", "cost")


async def preview_assign(ctx: ToolContext, args: AssignVendors) -> Proposal | Refused:
    """Propose that vendors come to an event; who is assigned already is left out, and the card says so."""
    event = await the_event(ctx, args.event, said_day(args.arrives_at))
    if isinstance(event, Refused):
        return event
    vendors = await the_vendors(ctx, event, args.vendors)
    if isinstance(vendors, Refused):
        return vendors
    try:
        arrives = _read(args.arrives_at, event, current_day(ctx.now, event))
    except UnclearTime as unclear:
        return Refused(unclear.phrase)
    wanted: Row = {"status": "invited", "arrives_at": arrives, "notes": args.notes}
    if args.cost is not None:
        wanted["cost"] = money_row(args.cost)
    entries = [{"vendor_id": str(vendor_id), **wanted} for vendor_id in vendors]
    return await review_assign(ctx, {"event_id": str(event["id"]), "vendors": entries})


async def review_assign(ctx: ToolContext, change: Row) -> Proposal | Refused:
    """Look again at canonical arguments; refused once all of them are assigned, or one is gone."""
    facts, digest = await queries.PROOF.facts(ctx.tx, change)
    if len(facts["vendors"]) < len(change["vendors"]):
        return Refused(phrase("vendors-gone"))
    there = [fact for fact in facts["vendors"] if fact["now"] is not None]
    if len(there) == len(facts["vendors"]):
        names = tuple(fact["name"] for fact in there)
        already = [{"id": fact["vendor_id"], "name": fact["name"], "status": fact["now"]["status"]} for fact in there]
        return Refused(phrase("vendors-already", vendors=names, event=facts["event"]["name"]), {"already": already})
    if there:
        taken = {fact["vendor_id"] for fact in there}
        left_out = [*change.get("left_out", ()), *(fact["name"] for fact in there)]
        entries = [entry for entry in change["vendors"] if entry["vendor_id"] not in taken]
        change = {**change, "vendors": entries, "left_out": left_out}
        facts, digest = await queries.PROOF.facts(ctx.tx, change)
    return _proposal(ctx, "vendors_assign", change, facts, digest)


async def preview_unassign(ctx: ToolContext, args: UnassignVendor) -> Proposal | Refused:
    """Propose that a vendor does not come to an event any more."""
    found = await _coming(ctx, args)
    if isinstance(found, Refused):
        return found
    vendor, event = found
    return await review_unassign(ctx, {"event_id": str(event["id"]), "vendors": [{"vendor_id": str(vendor["id"])}]})


async def _coming(ctx: ToolContext, args: UnassignVendor | UpdateVendorStatus) -> tuple[Row, Row] | Refused:
    async def look(event: Row) -> tuple[Row, Row] | Refused:
        vendor = await the_vendor(ctx, event, args.vendor, assigned=True)
        return vendor if isinstance(vendor, Refused) else (vendor, event)

    return await in_event(ctx, args.event, look)


async def review_unassign(ctx: ToolContext, change: Row) -> Proposal | Refused:
    """Look again at canonical arguments; who is not assigned any more is left alone."""
    facts, digest = await queries.PROOF.facts(ctx.tx, change)
    there = [{"vendor_id": fact["vendor_id"]} for fact in facts["vendors"] if fact["now"] is not None]
    if not there:
        return _not_assigned(facts)
    if len(there) < len(change["vendors"]):
        change = {**change, "vendors": there}
        facts, digest = await queries.PROOF.facts(ctx.tx, change)
    return _proposal(ctx, "vendor_unassign", change, facts, digest)


async def preview_status(ctx: ToolContext, args: UpdateVendorStatus) -> Proposal | Refused:
    """Propose a new status or arrival of a vendor; what already is so is left out."""
    found = await _coming(ctx, args)
    if isinstance(found, Refused):
        return found
    vendor, event = found
    planned: datetime | None = vendor["arrives_at"]
    day = local_day(planned, event["time_zone"]) if planned else current_day(ctx.now, event)
    try:
        arrives = _read(args.arrives_at, event, day)
    except UnclearTime as unclear:
        return Refused(unclear.phrase)
    entry: Row = {"vendor_id": str(vendor["id"])}
    if args.status is not None and args.status != vendor["status"]:
        entry["status"] = args.status
    if arrives is not None and (planned is None or datetime.fromisoformat(arrives) != planned):
        entry["arrives_at"] = arrives
    if args.cost is not None:
        entry["cost"] = money_row(args.cost)
    return await review_status(ctx, {"event_id": str(event["id"]), "vendors": [entry]})


async def review_status(ctx: ToolContext, change: Row) -> Proposal | Refused:
    """Look again at canonical arguments; refused where the vendor is not assigned, or it already is so."""
    facts, digest = await queries.PROOF.facts(ctx.tx, change)
    if not facts["vendors"] or facts["vendors"][0]["now"] is None:
        return _not_assigned(facts)
    [entry], [fact] = change["vendors"], facts["vendors"]
    if all(fact["now"].get(column) == value for column, value in entry.items() if column != "vendor_id"):
        return Refused(phrase("change-nothing", title=fact["name"]))
    return _proposal(ctx, "vendor_status", change, facts, digest)


def _not_assigned(facts: Row) -> Refused:
    if not facts["vendors"]:
        return Refused(phrase("vendors-gone"))
    names = tuple(fact["name"] for fact in facts["vendors"])
    return Refused(phrase("vendors-not-assigned", vendors=names, event=facts["event"]["name"]))


def _proposal(ctx: ToolContext, action_type: str, change: Row, facts: Row, digest: str) -> Proposal:
    vendors = [{key: fact[key] for key in ("vendor_id", "name", "now")} for fact in facts["vendors"]]
    is_off = any(entry.get("status") == "cancelled" for entry in change["vendors"])
    before = {
        "title": ", ".join(vendor["name"] for vendor in vendors),
        "event": facts["event"]["name"],
        "vendors": vendors,
    }
    return Proposal(
        action_type=action_type,
        effect=_EFFECTS[action_type],
        event_id=UUID(change["event_id"]),
        args=change,
        before=before,
        proposed={**before, "vendors": _proposed(action_type, vendors, change["vendors"])},
        zone=facts["event"]["time_zone"],
        facts_digest=digest,
        conflicts=find_conflicts(change, facts, ctx.now),
        impact=find_impact(change, facts),
        starts_at=moot_from(change, facts),
        # A vendor that does not come is missed as much as one that was taken off the list.
        least_risk="medium" if is_off else "low",
    )


def _proposed(action_type: str, vendors: list[Row], entries: list[Row]) -> list[Row]:
    """Return how each vendor will stand with the event."""
    wanted: dict[str, Row] = {
        entry["vendor_id"]: {name: value for name, value in entry.items() if name != "vendor_id"} for entry in entries
    }
    return [
        {
            **each,
            "now": None if action_type == "vendor_unassign" else {**(each["now"] or {}), **wanted[each["vendor_id"]]},
        }
        for each in vendors
    ]


def _read(text: str | None, event: Row, day: date) -> str | None:
    return None if text is None else read_time(text, event["time_zone"], day).astimezone(UTC).isoformat()


def _claims(change: Row, before: Row | None) -> Claims:
    """Return the bookings, each of one vendor for the event, and the vendors that they need."""
    ids: list[str] = [each["vendor_id"] for each in change["vendors"]]
    bookings = (about("booking", f"{change['event_id']}/{each}", before) for each in ids)
    return (*bookings, *(Claim(kind="vendor", id=each, part="takes") for each in ids))


def _inverse(action: Action) -> Inverse | None:
    """Every change of an assignment can be taken back exactly: its whole row is in the before-state."""
    if action.before is None:
        return None
    event, changed = action.args["event_id"], action.args["vendors"]
    if action.action_type == "vendors_assign":
        taken_back = [{"vendor_id": entry["vendor_id"]} for entry in changed]
        return Inverse("vendor_unassign", {"event_id": event, "vendors": taken_back})
    was: Row = {vendor["vendor_id"]: vendor["now"] for vendor in action.before["vendors"]}
    if action.action_type == "vendor_unassign":
        restored = [
            {"vendor_id": id_, **{column: now[column] for column in _COLUMNS if column in now}}
            for id_, now in was.items()
        ]
        return Inverse("vendors_assign", {"event_id": event, "vendors": restored})
    earlier = [
        {"vendor_id": entry["vendor_id"], **{key: was[entry["vendor_id"]].get(key) for key in entry if key in _COLUMNS}}
        for entry in changed
    ]
    return Inverse("vendor_status", {"event_id": event, "vendors": earlier})


def _said(action: Action) -> Said | None:
    """Return what is proposed of each vendor alike; None where it is not of each the same."""
    first, *others = ({**each, "vendor_id": None} for each in action.args["vendors"])
    if action.before is None or any(each != first for each in others):
        return None
    ids = [each["vendor_id"] for each in action.args["vendors"]]
    [now, *_] = [each["now"] or {} for each in action.before["vendors"]]
    fixed = {"event": action.args["event_id"], "vendors": ids, "vendor": ids[0]}
    return Said(fixed, _in_words(first, action.zone), _in_words(now, action.zone))


def _in_words(row: Row, zone: str) -> Row:
    """Return the columns that a person can say, a time as the clock at the event shows it."""
    said = {column: row[column] for column in _COLUMNS if row.get(column) is not None}
    if "arrives_at" in said:
        said["arrives_at"] = local_text(datetime.fromisoformat(said["arrives_at"]), zone)
    if "cost" in said:
        said["cost"] = "{amount} {currency}".format_map(said["cost"])
    return said


TOOLS: tuple[ToolSpec, ...] = (
    WriteTool(
        name="assign_vendors",
        action_type="vendors_assign",
        description="Propose that one or several of the organisation's vendors come to an event, with time of arrival, "
        "cost and notes.",
        args=AssignVendors,
        preview=preview_assign,
        review=review_assign,
        execute=queries.PROOF.before(queries.ASSIGN),
        describe=describe,
        claims=_claims,
        inverse=_inverse,
        editing=Editing(said=_said),
    ),
    WriteTool(
        name="unassign_vendor",
        action_type="vendor_unassign",
        description="Propose to take a vendor off an event.",
        args=UnassignVendor,
        preview=preview_unassign,
        review=review_unassign,
        execute=queries.PROOF.before(queries.UNASSIGN),
        describe=describe,
        claims=_claims,
        inverse=_inverse,
    ),
    WriteTool(
        name="update_vendor_status",
        action_type="vendor_status",
        description="Propose a vendor's new status, time of arrival or cost at an event.",
        args=UpdateVendorStatus,
        preview=preview_status,
        review=review_status,
        execute=queries.PROOF.before(queries.SET_STATUS),
        describe=describe,
        claims=_claims,
        inverse=_inverse,
        editing=Editing(said=_said),
    ),
)
