"""What the model may propose for events. A preview changes nothing; ``execute`` runs after a decision alone."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime, time
from functools import partial
from typing import Any, LiteralString
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from core.domains.events import queries, rules
from core.domains.events.describe import describe
from core.domains.events.models import CreateEventDraft, EventChanges, OneEvent, UpdateEvent
from core.kernel.claims import claiming
from core.kernel.phrases import phrase
from core.kernel.proposals import Effect, Proposal
from core.kernel.tools import Action, Editing, Inverse, Refused, Said, ToolContext, ToolSpec, WriteTool
from core.naming.events import the_event

Row = dict[str, Any]

_EFFECTS: dict[str, Effect] = {
    "event_create": "create",
    "event_update": "update",
    "event_publish": "update",
    "event_unpublish": "update",
    "event_delete_draft": "delete",
}
_COLUMNS = ("name", "starts_on", "ends_on", "time_zone")


async def preview_create(ctx: ToolContext, args: CreateEventDraft) -> Proposal | Refused:
    """Propose a new event, always as a draft."""
    zone = await _the_zone(ctx, args.time_zone or ctx.principal.timezone)
    if isinstance(zone, Refused):
        return zone
    last = args.last_day or args.first_day
    if last < args.first_day:
        return Refused(phrase("events-days-backwards"))
    wanted = {
        "name": args.name,
        "starts_on": args.first_day.isoformat(),
        "ends_on": last.isoformat(),
        "time_zone": zone,
    }
    return await _propose("event_create", ctx, {"new_id": str(uuid4()), "set": wanted})


async def preview_update(ctx: ToolContext, args: UpdateEvent) -> Proposal | Refused:
    """Propose another name, other dates or another time zone; what already is so is left out."""
    event = await the_event(ctx, args.event)
    if isinstance(event, Refused):
        return event
    changes = args.changes
    if changes.time_zone is not None:
        zone = await _the_zone(ctx, changes.time_zone)
        if isinstance(zone, Refused):
            return zone
        changes = changes.model_copy(update={"time_zone": zone})
    first, last = _days(event, changes)
    if last < first:
        return Refused(phrase("events-days-backwards"))
    after = {
        "name": changes.name or event["name"],
        "starts_on": first,
        "ends_on": last,
        "time_zone": changes.time_zone or event["time_zone"],
    }
    wanted = {column: _plain(after[column]) for column in _COLUMNS if after[column] != event[column]}
    return await _propose("event_update", ctx, {"event_id": str(event["id"]), "set": wanted})


def _of_event(action_type: str, wanted: Row | None) -> Callable[[ToolContext, OneEvent], Awaitable[Proposal | Refused]]:
    async def preview(ctx: ToolContext, args: OneEvent) -> Proposal | Refused:
        event = await the_event(ctx, args.event)
        if isinstance(event, Refused):
            return event
        change: Row = {"event_id": str(event["id"])}
        return await _propose(action_type, ctx, {**change, "set": wanted} if wanted else change)

    return preview


def _days(event: Row, changes: EventChanges) -> tuple[date, date]:
    first: date = changes.first_day or event["starts_on"]
    if changes.last_day is not None:
        return first, changes.last_day
    return first, first + (event["ends_on"] - event["starts_on"])


def _plain(value: str | date) -> str:
    return value if isinstance(value, str) else value.isoformat()


async def _the_zone(ctx: ToolContext, said: str) -> str | Refused:
    zone = await queries.zone_name(ctx.tx, said)
    # Both must know it: PostgreSQL judges sessions by it, and cards are written with it.
    return zone if zone and rules.is_zone(zone) else Refused(phrase("events-zone-unknown", zone=said))


async def _propose(action_type: str, ctx: ToolContext, change: Row) -> Proposal | Refused:
    facts, digest = await queries.PROOF.facts(ctx.tx, change)
    why = rules.why_not(action_type, change, facts)
    if why is not None:
        return Refused(why)
    now: Row | None = facts["now"]
    row: Row = now or change["set"]
    zone: str = row["time_zone"]
    return Proposal(
        action_type=action_type,
        effect=_EFFECTS[action_type],
        # The log's row cannot point to an event that is not there yet.
        event_id=UUID(change["event_id"]) if "event_id" in change else None,
        args=change,
        before=now,
        proposed={**(now or {}), **change["set"]} if "set" in change else None,
        zone=zone,
        facts_digest=digest,
        conflicts=rules.find_conflicts(change, facts),
        impact=rules.find_impact(facts),
        starts_at=datetime.combine(date.fromisoformat(row["starts_on"]), time(0), ZoneInfo(zone)),
        least_risk=rules.least_risk(action_type, change, facts),
    )


def _inverse(action: Action) -> Inverse | None:
    """Everything about an event can be taken back; a draft that has been filled since refuses to go."""
    if action.action_type == "event_create":
        return Inverse("event_delete_draft", {"event_id": action.args["new_id"]})
    before = action.before
    if before is None:
        return None
    event = action.args.get("event_id")
    if action.action_type == "event_delete_draft":
        whole = {column: before[column] for column in ("source_id", "source_address", "created_at")}
        return Inverse(
            "event_create",
            {"new_id": event, "set": {column: before[column] for column in _COLUMNS}, "restore": whole},
        )
    earlier = {column: before[column] for column in action.args["set"]}
    back = {"event_publish": "event_unpublish", "event_unpublish": "event_publish"}
    return Inverse(back.get(action.action_type, "event_update"), {"event_id": event, "set": earlier})


def _tool(name: str, action_type: str, description: str, args: Any, preview: Any, **more: Any) -> WriteTool[Any]:
    statements: dict[str, LiteralString] = {
        "event_create": queries.INSERT_EVENT,
        "event_delete_draft": queries.DELETE_EVENT,
    }
    return WriteTool(
        name=name,
        action_type=action_type,
        description=description,
        args=args,
        preview=preview,
        review=partial(_propose, action_type),
        execute=queries.PROOF.before(statements.get(action_type, queries.UPDATE_EVENT)),
        describe=describe,
        claims=claiming("event", "event_id", "new_id"),
        inverse=_inverse,
        **more,
    )


_ARGUMENTS = {"name": "name", "starts_on": "first_day", "ends_on": "last_day", "time_zone": "time_zone"}


def _said(action: Action) -> Said:
    wanted, now = (
        {said: row[column] for column, said in _ARGUMENTS.items() if column in row}
        for row in (action.args["set"], action.before or {})
    )
    return Said({"event": action.args.get("event_id")}, wanted, now)


TOOLS: tuple[ToolSpec, ...] = (
    _tool(
        "create_event_draft",
        "event_create",
        "Propose a new event as a draft: name, first and last day, time zone.",
        CreateEventDraft,
        preview_create,
        editing=Editing(said=_said),
    ),
    _tool(
        "update_event",
        "event_update",
        "Propose a change of an event: name, dates or time zone.",
        UpdateEvent,
        preview_update,
        editing=Editing(said=_said),
    ),
    _tool(
        "publish_event",
        "event_publish",
        "Propose to publish an event that is a draft.",
        OneEvent,
        _of_event("event_publish", {"status": "published"}),
    ),
    # The ways back; nobody is offered them, and a decision to undo finds them.
    _tool(
        "unpublish_event",
        "event_unpublish",
        "Make a published event a draft again.",
        OneEvent,
        _of_event("event_unpublish", {"status": "draft"}),
        roles=frozenset(),
    ),
    _tool(
        "delete_event_draft",
        "event_delete_draft",
        "Remove an event that is an empty draft.",
        OneEvent,
        _of_event("event_delete_draft", None),
        roles=frozenset(),
    ),
)
