"""Suggestions by the hundred, stored as the flow stores them, and everything that could have been executed."""

import os
from typing import Any
from uuid import UUID, uuid4

from core.actions.drafts import Asked, Draft
from core.db import Database
from core.flows.runtime import TOOLS, Runtime
from core.flows.suggesting import store, weigh
from core.kernel.principal import Role
from core.kernel.proposals import Proposal
from core.kernel.tools import ToolContext, WriteTool
from tests.gestures import of_row
from tests.owner import owner_rows
from tests.world import World

PART = max(int(os.environ.get("EVENTFLOW_PROOF", "5")), 1)
"""One in so many of the presses, moves and cards is tried; 1 is the whole proof, which takes minutes."""
_ADD = """
insert into public.schedules (organization_id, event_id, title, room, speaker_name, start_time, end_time)
select %(org)s, %(event)s, 'Talk ' || n, null, 'Speaker ' || n,
       timestamptz '2031-05-01 05:00Z' + n %% 40 * interval '15 minutes',
       timestamptz '2031-05-01 05:10Z' + n %% 40 * interval '15 minutes'
from generate_series(1, %(count)s) as n
"""


async def add_talks(db: Database, world: World, count: int) -> None:
    """Add sessions "Talk 1" and on, each with a speaker of its own and in no room."""
    async with db.acting_as(world.people["owner"]) as tx:
        await tx.execute(_ADD, {"org": world.organization_id, "event": world.event_id, "count": count})


async def suggest(rt: Runtime, world: World, tool_name: str, role: Role = "staff", **args: Any) -> UUID:
    """Store a suggestion as a turn does, without a model."""
    who = world.people[role]
    tool = next(tool for tool in TOOLS if tool.name == tool_name)
    assert isinstance(tool, WriteTool)
    async with rt.db.acting_as(who) as tx:
        ctx = ToolContext(tx, who, rt.now())
        proposal = await tool.preview(ctx, tool.args.model_validate(args))
        assert isinstance(proposal, Proposal), proposal
        asked = Asked(user_id=who.user_id, words="please", correlation_id=uuid4(), message_id=None, origin=None)
        return await store(rt, tx, Draft(weighed=await weigh(ctx, proposal), asked=asked))


def gestures(owner_url: str) -> dict[UUID, dict[str, str]]:
    """What each waiting suggestion asks of whoever approves it, handed in in full."""
    rows = owner_rows(
        owner_url, "select * from public.ai_insights_log where kind = 'suggestion' and execution_status = 'suggested'"
    )
    return {row["id"]: of_row(row) for row in rows}


def agenda(owner_url: str) -> list[dict[str, Any]]:
    """Every session of every organisation, as it is."""
    return owner_rows(owner_url, "select * from public.schedules order by organization_id, id")


def ends(owner_url: str) -> dict[str, int]:
    """How many suggestions came to which end."""
    rows = owner_rows(
        owner_url,
        "select execution_status, count(*) as n from public.ai_insights_log where kind = 'suggestion' group by 1",
    )
    return {row["execution_status"]: row["n"] for row in rows}
