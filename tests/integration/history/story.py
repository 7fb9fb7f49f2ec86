"""A day in the log: something approved, something rejected with a reason, something refused, something that ran out."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from core.db import Database
from core.flows.expire import expire
from core.flows.on_decision import on_decision
from core.flows.on_message import on_message
from core.kernel.messages import Decision
from tests.fakes import calls, runtime, says
from tests.gestures import of_row
from tests.integration.flows.office import MOVE, log_rows, press, slack_message
from tests.owner import owner_rows, owner_run
from tests.world import World, make_world

INTO_BASICS = ("update_schedule_item", {"schedule_id": "Sound Check Live", "changes": {"start_time": "10:30"}})
"""Blocked: Hall B is taken until eleven."""
TO_NOON = ("update_schedule_item", {"schedule_id": "Lighting Basics", "changes": {"start_time": "12:00"}})
LONG_AGO = datetime(2021, 5, 1, tzinfo=UTC)
"""A clock by which every deadline has passed when PostgreSQL looks at it."""


async def live_a_day(db: Database, owner_url: str) -> World:
    """Make an organisation and let its people suggest and decide; the last suggestion runs out."""
    world = await make_world(db)
    script = [reply for call in (MOVE, INTO_BASICS) for reply in (calls(call), says("It waits."))]
    rt, *_ = runtime(db, *script)
    await on_message(rt, slack_message("Move the keynote to two", event="E1"))
    await on_decision(rt, approval(owner_url, user="UOWNER"))
    await on_message(rt, slack_message("Sound check at half past ten, please", event="E2"))
    await on_decision(rt, press(newest(owner_url), "reject"))
    await on_decision(rt, press(newest(owner_url), "approve", user="USTAFF"))
    late, *_ = runtime(db, calls(TO_NOON), says("It waits."), now=lambda: LONG_AGO)
    await on_message(late, slack_message("Basics at noon", event="E3"))
    await expire(late)
    return world


def approval(owner_url: str, user: str = "UMANAGER") -> Decision:
    """Return the approval of the newest suggestion by somebody who did all that its risk asks for."""
    row = log_rows(owner_url)[-1]
    return replace(press(row["id"], user=user), evidence=of_row(row))


def newest(owner_url: str) -> UUID:
    """Return the id of the newest suggestion."""
    return log_rows(owner_url)[-1]["id"]


def history(owner_url: str, columns: str = "*") -> list[dict[str, Any]]:
    """Return the chains, row by row."""
    query = f"select {columns} from public.ai_insights_history order by organization_id, position"
    return owner_rows(owner_url, query)


def behind_the_back(owner_url: str, *statements: str) -> None:
    """Change rows as a superuser who has switched the triggers off."""
    owner_run(owner_url, "; ".join(("set session_replication_role = replica", *statements)))


def entry(owner_url: str, status: str) -> UUID:
    """Return the id of the suggestion that ended so."""
    [row] = log_rows(owner_url, f"kind = 'suggestion' and execution_status = '{status}'")
    return row["id"]
