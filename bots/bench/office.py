"""A small organisation for the figures: a manager who is linked, an event, rooms, and sessions to move about."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, LiteralString
from uuid import UUID

from bots.bench.stage import Stage
from core.db import Database
from core.identity import provisioning
from core.kernel.messages import Address
from core.kernel.principal import ChatUser, Principal

TEAM, CHANNEL, USER = "T0BENCH", "C0BENCH", "U0BENCH"
SENDER = ChatUser("slack", TEAM, USER)
DAY = date(2031, 5, 1)
_ROOMS, _DAYS = 100, 5
"""Of one event: as large as conferences get."""
_EVENTS: LiteralString = """
insert into public.events (organization_id, name, starts_on, ends_on, time_zone, status)
select %(org)s, 'Bench Conference ' || n, %(day)s, %(last_day)s, 'UTC', 'published'
from generate_series(0, (%(sessions)s - 1) / %(each)s) as n returning id
"""
_HALLS: LiteralString = """
insert into public.rooms (organization_id, event_id, name, capacity)
select %(org)s, event_id, 'Hall ' || n, 100
from unnest(%(events)s::uuid[]) as event_id, generate_series(0, %(rooms)s - 1) as n
"""
_SESSIONS: LiteralString = """
insert into public.schedules (organization_id, event_id, title, room, speaker_name, start_time, end_time)
select %(org)s, (%(events)s::uuid[])[n / %(each)s + 1], 'Session ' || n, 'Hall ' || n %% %(rooms)s, 'Speaker ' || n,
       starts, starts + interval '30 minutes'
from generate_series(0, %(sessions)s - 1) as n
cross join lateral (
    select %(starts)s::timestamptz + n %% %(each)s / %(rooms)s * interval '1 day') as starting(starts)
returning id
"""


@dataclass(frozen=True, slots=True)
class Office:
    """Who asks and what there is to ask about."""

    manager: Principal
    event_id: UUID
    """The first of its events."""
    sessions: tuple[UUID, ...]
    """All at 10:00 to 10:30 (UTC) of a day of their own in a room of their own: each can move without a conflict."""


async def open_office(stage: Stage, database: str, db: Database, *, sessions: int) -> Office:
    """Add the organisation to a fresh database."""
    async with db.as_operator() as tx:
        organization = await provisioning.add_organization(tx, "Bench Events", "en")
        assert organization is not None  # noqa: S101 the database is fresh
        await provisioning.add_person(
            tx,
            organization,
            provisioning.NewPerson(
                email="manager@bench.example", name="Manager", role="manager", locale="en", timezone="UTC"
            ),
        )
        await provisioning.claim_workspace(tx, organization, Address("slack", TEAM, CHANNEL))
        [person] = await provisioning.people_with(tx, "manager@bench.example", "Bench Events")
        await provisioning.link(tx, person, SENDER)
    manager = Principal(
        user_id=person.id,
        organization_id=organization,
        role="manager",
        locale="en",
        timezone="UTC",
        name="Manager",
    )
    event_id, made = await _agenda(stage, database, organization, sessions)
    return Office(manager, event_id, made)


async def _agenda(stage: Stage, database: str, organization: UUID, sessions: int) -> tuple[UUID, tuple[UUID, ...]]:
    values: dict[str, Any] = {
        "org": organization,
        "day": DAY,
        "last_day": DAY + timedelta(days=_DAYS - 1),
        "starts": datetime(DAY.year, DAY.month, DAY.day, 10, tzinfo=UTC),
        "rooms": _ROOMS,
        "each": _ROOMS * _DAYS,
        "sessions": sessions,
    }
    async with stage.owner(database) as conn:
        events = await (await conn.execute(_EVENTS, values)).fetchall()
        values["events"] = [row["id"] for row in events]
        await conn.execute(_HALLS, values)
        rows = await (await conn.execute(_SESSIONS, values)).fetchall()
        await conn.execute("analyze")
    return events[0]["id"], tuple(row["id"] for row in rows)
