"""The sessions around a change, in SQL. Row-level security limits every statement to the caller's organisation."""

from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from psycopg.types.json import Jsonb

from core.db import ask_together
from core.kernel.tools import Transaction
from core.pictures.models import Timeline

Row = dict[str, Any]

EVENT: LiteralString = """
select event.name, array(
    select room.name from public.rooms as room
    where room.organization_id = event.organization_id and room.event_id = event.id and app.room_is_there(room)
    order by room.name_key) as rooms
from public.events as event
where event.organization_id = (select app.organization_id()) and event.id = %(event)s
"""
SESSIONS: LiteralString = """
select session.id, session.title, coalesce(room.name, session.room) as room, session.start_time, session.end_time
from public.schedules as session
left join public.rooms as room on room.organization_id = session.organization_id
    and room.event_id = session.event_id and room.name_key = session.room_key
where session.organization_id = (select app.organization_id()) and session.event_id = %(event)s
  and session.start_time < %(until)s and session.end_time > %(since)s
  and session.room_key is not null and session.status <> 'cancelled'
order by session.start_time, session.id limit 2000
"""
KEEP: LiteralString = """
insert into public.suggestion_pictures (organization_id, suggestion_id, timeline)
values ((select app.organization_id()), %(id)s, %(timeline)s)
"""
KEPT: LiteralString = """
select timeline from public.suggestion_pictures
where organization_id = %(organization)s and suggestion_id = %(id)s
"""


async def around(tx: Transaction, event_id: UUID, since: datetime, until: datetime) -> tuple[Row | None, list[Row]]:
    """Return an event's ``name`` and its ``rooms`` in order of their names, and what stands in them.

    That is of a half-open window, in order of start, at most 2,000.
    """
    values = {"event": event_id, "since": since, "until": until}
    events, sessions = await ask_together(tx, (EVENT, values), (SESSIONS, values))
    return (events[0] if events else None), sessions


async def keep(tx: Transaction, suggestion_id: UUID, timeline: Timeline) -> None:
    """Queue the keeping of what a suggestion's picture shows, as who suggests."""
    await tx.execute(KEEP, {"id": suggestion_id, "timeline": Jsonb(timeline.model_dump(mode="json"))})


async def kept(tx: Transaction, organization_id: UUID, suggestion_id: UUID) -> Timeline | None:
    """Return what a suggestion's picture shows, or None where it has none; as the system role."""
    row = await (await tx.execute(KEPT, {"organization": organization_id, "id": suggestion_id})).fetchone()
    return Timeline.model_validate(row["timeline"]) if row else None
