"""The end of a run in SQL, as the system role: nobody writes what their own turn cost."""

from datetime import datetime
from decimal import Decimal
from typing import LiteralString
from uuid import UUID

from psycopg.types.json import Jsonb

from core.conversations.runs.models import Ended
from core.kernel.tools import Transaction

END: LiteralString = """
update public.ai_runs
set status = %(status)s, error_message = %(error)s, event_id = %(event)s, input_tokens = %(prompt)s,
    cached_tokens = %(cached)s, output_tokens = %(output)s, thought_tokens = %(thoughts)s,
    estimated_cost_usd = %(cost)s::numeric / 1000000, duration_ms = %(duration)s, steps = %(steps)s,
    tool_calls = %(calls)s, toolsets = %(toolsets)s, hit_limit = %(hit_limit)s, output_data = %(output_data)s,
    completed_at = now()
where organization_id = %(organization)s and id = %(id)s
"""
LOSE: LiteralString = """
update public.ai_runs set status = 'error', error_message = 'lost', completed_at = now()
where completed_at is null and created_at < now() - make_interval(secs => %(seconds)s)
returning id
"""
TELL: LiteralString = """
update public.organizations set ceiling_told_until = %(until)s
where id = %(organization)s and ceiling_told_until is distinct from %(until)s
returning ceiling_usd, app.organization_zone(id) as zone
"""
LOST_AFTER = 120
"""Seconds: four times what a turn may take. Who ends it after all has the last word."""


async def end(tx: Transaction, organization_id: UUID, ended: Ended) -> None:
    """Queue the end of a run, as the system role."""
    values = {
        "organization": organization_id,
        "id": ended.id,
        "status": ended.status,
        "error": ended.error,
        "event": ended.event_id,
        "prompt": ended.prompt,
        "cached": ended.cached,
        "output": ended.output,
        "thoughts": ended.thoughts,
        "cost": ended.cost_microdollars,
        "duration": ended.duration_ms,
        "steps": ended.steps,
        "calls": sum(ended.tools.values()),
        "toolsets": list(ended.toolsets),
        "hit_limit": ended.hit_limit,
        "output_data": Jsonb({"tools": dict(ended.tools), "suggestions": ended.suggestions}),
    }
    await tx.execute(END, values)


async def lose(tx: Transaction) -> int:
    """End what nobody ends any more, its process having died, in all organisations; return how many there were."""
    return len(await (await tx.execute(LOSE, {"seconds": LOST_AFTER})).fetchall())


async def begin_telling(tx: Transaction, organization_id: UUID, until: datetime) -> tuple[Decimal, str] | None:
    """Return the ceiling in dollars a day, and the zone of its day, if the owners are not told of this pause yet; they
    are from now on."""
    row = await (await tx.execute(TELL, {"organization": organization_id, "until": until})).fetchone()
    return (row["ceiling_usd"], row["zone"]) if row else None
