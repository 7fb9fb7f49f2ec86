"""How a bundle is made, stored, pressed and looked at in these tests."""

from typing import Any
from uuid import UUID, uuid4

from core.actions.bundles.models import Mode, Wanted
from core.actions.drafts import Asked, Draft
from core.db import Database
from core.domains import TOOLS
from core.flows.bundles.making import bundle_of
from core.flows.on_decision import on_decision
from core.flows.runtime import Runtime
from core.flows.suggesting import store, weigh
from core.kernel.messages import Decision, MessageRef
from core.kernel.principal import ChatUser, Principal
from core.kernel.proposals import Proposal
from core.kernel.tools import Refused, WriteTool
from tests.gestures import of_row
from tests.integration.flows.office import log_rows
from tests.owner import owner_rows
from tests.world import TEAM, World, context

Row = dict[str, Any]

PLACES = "select title, room, start_time, end_time from public.schedules order by title"


def places(owner_url: str, *titles: str) -> dict[str, tuple[Any, ...]]:
    """Return room, start and end of sessions, or of all."""
    rows = owner_rows(owner_url, PLACES)
    found = {row["title"]: (row["room"], row["start_time"], row["end_time"]) for row in rows}
    return {title: found[title] for title in titles} if titles else found


def moved(world: World, session: str, /, **wanted: Any) -> Wanted:
    """A line that changes a session; times are aware."""
    texts = {name: value.isoformat() if name.endswith("_time") else value for name, value in wanted.items()}
    change = {"event_id": str(world.event_id), "schedule_id": str(world.sessions[session]), "set": texts}
    return Wanted("schedule_update", change, "update", session)


def removed(world: World, title: str) -> Wanted:
    """A line that removes a session."""
    change = {"event_id": str(world.event_id), "schedule_id": str(world.sessions[title])}
    return Wanted("schedule_delete", change, "delete", title)


async def preview(db: Database, who: Principal, name: str, **args: Any) -> Proposal | Refused:
    """Call a write tool as the model would."""
    tool = next(tool for tool in TOOLS if tool.name == name)
    assert isinstance(tool, WriteTool)
    async with db.acting_as(who) as tx:
        return await tool.preview(context(tx, who), tool.args.model_validate(args))


async def look(db: Database, who: Principal, *wanted: Wanted, mode: Mode = "all") -> Proposal:
    """Return the bundle of some lines."""
    async with db.acting_as(who) as tx:
        looked = await bundle_of(context(tx, who), wanted, mode)
    assert isinstance(looked, Proposal), looked
    return looked


async def stored(rt: Runtime, world: World, proposal: Proposal) -> UUID:
    """Store a suggestion as the flow does, without a model."""
    who = world.people["staff"]
    async with rt.db.acting_as(who) as tx:
        asked = Asked(user_id=who.user_id, words="please", correlation_id=uuid4(), message_id=None, origin=None)
        return await store(rt, tx, Draft(weighed=await weigh(context(tx, who), proposal), asked=asked))


async def approve(rt: Runtime, owner_url: str, suggestion: UUID, user: str = "UMANAGER") -> str | None:
    """Press approve with everything that the card asks for."""
    [row] = log_rows(owner_url, f"id = '{suggestion}'")
    press = Decision(
        event_id=f"{suggestion}-{user}",
        sender=ChatUser("slack", TEAM, user),
        suggestion_id=suggestion,
        verdict="approve",
        pressed=MessageRef("slack", TEAM, "D1", f"{suggestion}"),
        evidence=of_row(row),
    )
    return await on_decision(rt, press)


def kinds(proposal: Proposal) -> list[tuple[Any, str, str | None]]:
    """Return line, kind and the session collided with, of every conflict."""
    return [(each.details["line"], each.kind, each.item.title if each.item else None) for each in proposal.conflicts]
