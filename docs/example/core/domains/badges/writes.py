"""What the model may propose for badges. A preview changes nothing; ``execute`` runs after a decision alone."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID, uuid4

from core.domains.badges import queries
from core.domains.badges.models import CreateBadge, RemoveBadge
from core.kernel.claims import claiming
from core.kernel.phrases import phrase
from core.kernel.proposals import Conflict, Impact, Proposal
from core.kernel.tools import Action, Description, Inverse, Refused, ToolContext, ToolSpec, WriteTool
from core.naming.events import the_event

Row = dict[str, Any]
_CLAIMS = claiming("badge", "badge_id", "new_id")


async def preview_create(ctx: ToolContext, args: CreateBadge) -> Proposal | Refused:
    """Propose a new badge."""
    event = await the_event(ctx, args.event)
    if isinstance(event, Refused):
        return event
    change = {"event_id": str(event["id"]), "new_id": str(uuid4()), "name": args.name}
    return await _propose(ctx, "badge_create", change)


async def preview_remove(ctx: ToolContext, args: RemoveBadge) -> Proposal | Refused:
    """Propose to print a badge no more."""
    event = await the_event(ctx, args.event)
    if isinstance(event, Refused):
        return event
    return await _propose(ctx, "badge_remove", {"event_id": str(event["id"]), "badge_id": args.badge_id})


async def _propose(ctx: ToolContext, action_type: str, change: Row) -> Proposal | Refused:
    facts, digest = await queries.PROOF.facts(ctx.tx, change)
    before: Row | None = facts["now"]
    creates = action_type == "badge_create"
    if facts["zone"] is None or creates != (before is None):
        return Refused(phrase("badges-gone"))
    known = Conflict(kind="badge_known", severity="warning", details={"name": change.get("name", "")})
    return Proposal(
        action_type=action_type,
        effect="create" if creates else "delete",
        event_id=UUID(change["event_id"]),
        args=change,
        before=before,
        proposed={"name": change["name"]} if creates else None,
        zone=facts["zone"],
        facts_digest=digest,
        conflicts=(known,) if facts["is_known"] else (),
        impact=Impact(counts_people=False),
        starts_at=None,
    )


def _review(action_type: str) -> Callable[[ToolContext, Row], Awaitable[Proposal | Refused]]:
    async def review(ctx: ToolContext, change: Row) -> Proposal | Refused:
        return await _propose(ctx, action_type, change)

    return review


def describe(action: Action) -> Description:
    """Return the title, with the name that is printed."""
    name = (action.before or action.args)["name"]
    return Description(phrase(f"card-{action.action_type.replace('_', '-')}", name=name))


def _inverse(action: Action) -> Inverse | None:
    event, before = action.args["event_id"], action.before
    if before is None:
        return Inverse("badge_remove", {"event_id": event, "badge_id": action.args["new_id"]})
    return Inverse("badge_create", {"event_id": event, "new_id": before["id"], "name": before["name"]})


TOOLS: tuple[ToolSpec, ...] = (
    WriteTool(
        name="create_badge",
        action_type="badge_create",
        description="Propose a new badge of an event.",
        args=CreateBadge,
        preview=preview_create,
        review=_review("badge_create"),
        execute=queries.PROOF.before(queries.INSERT_BADGE),
        describe=describe,
        claims=_CLAIMS,
        inverse=_inverse,
    ),
    # The way back of a new badge; nobody is offered it, and a decision to undo finds it.
    WriteTool(
        name="remove_badge",
        action_type="badge_remove",
        description="Remove a badge.",
        args=RemoveBadge,
        preview=preview_remove,
        review=_review("badge_remove"),
        execute=queries.PROOF.before(queries.DELETE_BADGE),
        describe=describe,
        claims=_CLAIMS,
        inverse=_inverse,
        roles=frozenset(),
    ),
)
