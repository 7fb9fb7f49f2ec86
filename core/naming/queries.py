"""Events, sessions and rooms by what people call them. Row-level security limits every statement."""

from collections.abc import Mapping
from datetime import date
from typing import Any, LiteralString
from uuid import UUID

from core.db import Question
from core.kernel.principal import Principal
from core.kernel.tools import Transaction

Row = dict[str, Any]

EVENTS: LiteralString = """
with mine as (
    select id, name, starts_on, ends_on, time_zone,
           case when %(today)s between starts_on and ends_on then 0
                when starts_on > %(today)s then 1 else 2 end as turn,
           abs(starts_on - %(today)s::date) as distance
    from public.events where organization_id = (select app.organization_id())),
ranked as (
    select mine.*, (turn, case turn when 0 then 0 else distance end)
        = first_value((turn, case turn when 0 then 0 else distance end))
          over (order by turn, case turn when 0 then 0 else distance end) as is_current
    from mine)
select id, name, starts_on, ends_on, time_zone, is_current from ranked
order by is_current desc, turn, distance, name limit 40
"""
NAMED_EVENTS: LiteralString = """
with mine as (
    select id, name, starts_on, ends_on, time_zone, app.name_key(name) as known, app.name_key(%(name)s) as said
    from public.events where organization_id = (select app.organization_id())),
ranked as (
    select mine.*, case when id::text = lower(%(name)s) or known = said then 0
                        when strpos(known, said) > 0 then 1
                        when strpos(said, known) > 0 and length(known) > 2 then 2 end as likeness
    from mine)
select id, name, starts_on, ends_on, time_zone from ranked
where likeness = (select min(likeness) from ranked) order by starts_on, name limit 10
"""
TITLED_ELSEWHERE: LiteralString = """
select id, name, starts_on, ends_on, time_zone from public.events as event
where organization_id = (select app.organization_id()) and id <> %(event)s and exists (
    select 1 from public.schedules as session
    where session.organization_id = (select app.organization_id()) and session.event_id = event.id
      and app.name_key(session.title) = app.name_key(%(title)s))
order by starts_on, name limit 10
"""
SESSION_BY_ID: LiteralString = """
select id, event_id, title, start_time, end_time, room, speaker_name, max_capacity, status, track, description
from public.schedules
where organization_id = (select app.organization_id()) and id = %(id)s
"""
SESSIONS_BY_TITLE: LiteralString = """
select id, event_id, title, start_time, end_time, room, speaker_name, max_capacity, status, track, description
from public.schedules
where organization_id = (select app.organization_id()) and event_id = %(event)s
  and app.name_key(title) = app.name_key(%(title)s)
order by start_time, id limit 10
"""
SEARCH: LiteralString = "select * from app.search_sessions(%(query)s, %(event)s, %(limit)s)"
EVENT_OF_SESSION: LiteralString = """
select id, name, starts_on, ends_on, time_zone from public.events
where organization_id = (select app.organization_id()) and id = %(id)s
"""
ROOMS: LiteralString = """
select name, name_key = app.name_key(%(name)s) as is_meant from public.rooms as room
where organization_id = (select app.organization_id()) and event_id = %(event)s
  and (name_key = app.name_key(%(name)s) or app.room_is_there(room))
order by name limit 60
"""
# As many as can be chosen from, and one more.
PEOPLE: LiteralString = """
select id, full_name as name from public.user_profiles
where organization_id = (select app.organization_id()) and is_active and kind = 'person'
order by full_name, id limit 101
"""
_OUTLINES: LiteralString = """
(select told.*, null as email, null as vip_notes from app.participant_outlines({of}) as told)"""
_NONE: Mapping[LiteralString, LiteralString] = {}


def as_told_to(
    principal: Principal, query: LiteralString, of: LiteralString, others: Mapping[LiteralString, LiteralString] = _NONE
) -> LiteralString:
    """Return a query over participants as this person may ask it: whoever reads no notes asks of outlines.

    ``of``: the event whose people are meant, or null and the session; ``others``: the outlines of other tables in it.
    """
    if principal.may_read_notes:
        return query
    query = query.replace("public.participants", _OUTLINES.replace("{of}", of))
    for table, outlines in others.items():
        query = query.replace(table, outlines)
    return query


def asked_events(today: date) -> Question:
    """Ask for the organisation's events, at most 40; ``is_current``: runs today, else the next, else the latest."""
    return EVENTS, {"today": today}


async def events(tx: Transaction, today: date) -> list[Row]:
    """Return the same."""
    return await (await tx.execute(*asked_events(today))).fetchall()


async def named_events(tx: Transaction, name: str) -> list[Row]:
    """Return the events that an id or a name means: the very name, else a part of one, else one within the words."""
    return await (await tx.execute(NAMED_EVENTS, {"name": name})).fetchall()


async def titled_elsewhere(tx: Transaction, event_id: UUID, title: str) -> list[Row]:
    """Return the other events in which a session has this very title."""
    return await (await tx.execute(TITLED_ELSEWHERE, {"event": event_id, "title": title})).fetchall()


async def event_by_id(tx: Transaction, event_id: UUID) -> Row | None:
    """Return an event's name, dates and zone."""
    return await (await tx.execute(EVENT_OF_SESSION, {"id": event_id})).fetchone()


async def session_by_id(tx: Transaction, session_id: UUID) -> Row | None:
    """Return one session of the caller's organisation."""
    return await (await tx.execute(SESSION_BY_ID, {"id": session_id})).fetchone()


async def sessions_by_title(tx: Transaction, event_id: UUID, title: str) -> list[Row]:
    """Return the sessions whose title is this one, whatever its case and spaces."""
    return await (await tx.execute(SESSIONS_BY_TITLE, {"event": event_id, "title": title})).fetchall()


async def search(tx: Transaction, query: str, event_id: UUID | None, limit: int) -> list[Row]:
    """Return sessions like the words, best first, with ``match`` from 0 to 1."""
    return await (await tx.execute(SEARCH, {"query": query, "event": event_id, "limit": limit})).fetchall()


async def rooms(tx: Transaction, event_id: UUID, name: str) -> list[Row]:
    """Return the event's rooms; ``is_meant`` marks the one that the name means, whatever its case and spaces."""
    return await (await tx.execute(ROOMS, {"event": event_id, "name": name})).fetchall()


async def people(tx: Transaction) -> list[Row]:
    """Return who works in the organisation, by id and name: the first hundred and one."""
    return await (await tx.execute(PEOPLE)).fetchall()
