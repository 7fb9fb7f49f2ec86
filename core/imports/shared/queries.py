"""What an import from a chat is judged by, in SQL: as the caller, under row-level security."""

from collections.abc import Sequence
from typing import Any, LiteralString
from uuid import UUID

from core.kernel.tools import Transaction

# Every event by name and id, for a file finds its event among them; of its own event every session and every room.
DIGEST: LiteralString = """
select encode(sha256(convert_to(coalesce(string_agg(row, E'\\n' order by row), ''), 'UTF8')), 'hex') as digest
from (
    select event.id::text || coalesce(event.source_id, '') || event.name || event.time_zone as row
    from public.events as event where event.organization_id = (select app.organization_id())
    union all
    select session::text from public.schedules as session
    where session.organization_id = (select app.organization_id()) and session.event_id = %(event)s
    union all
    select room::text from public.rooms as room
    where room.organization_id = (select app.organization_id()) and room.event_id = %(event)s) as world(row)
"""
PEOPLE: LiteralString = """
select distinct person.id, person.full_name as name, person.is_vip, person.vip_notes as note
from public.participant_schedules as seat
join public.participants as person
    on person.organization_id = seat.organization_id and person.id = seat.participant_id
where seat.organization_id = (select app.organization_id()) and seat.schedule_id = any(%(sessions)s)
order by person.is_vip desc, person.full_name, person.id
"""


async def digest(tx: Transaction, event: UUID | None) -> str:
    """Return PostgreSQL's digest over everything that an import into this event is judged by."""
    row = await (await tx.execute(DIGEST, {"event": event})).fetchone()
    assert row is not None  # noqa: S101 an aggregate is one row
    return row["digest"]


async def registered(tx: Transaction, sessions: Sequence[UUID]) -> list[dict[str, Any]]:
    """Return who is registered for any of these sessions, VIPs first."""
    return await (await tx.execute(PEOPLE, {"sessions": list(sessions)})).fetchall()
