"""A small organisation for the figures: a manager who is linked, an event, rooms, and sessions to move about."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from bots.bench.stage import Stage
from core.db import Database
from core.identity import provisioning
from core.kernel.messages import Address
from core.kernel.principal import ChatUser, Principal

TEAM, CHANNEL, USER = "T0BENCH", "C0BENCH", "U0BENCH"
SENDER = ChatUser("slack", TEAM, USER)
DAY = date(2031, 5, 1)
_ROOMS = 100


@dataclass(frozen=True, slots=True)
class Office:
    """Who asks and what there is to ask about."""

    manager: Principal
    event_id: UUID
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
            email="manager@bench.example",
            name="Manager",
            role="manager",
            locale="en",
            timezone="UTC",
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
    days = sessions // _ROOMS + 1
    async with stage.owner(database) as conn:
        event = await (
            await conn.execute(
                "insert into public.events (organization_id, name, starts_on, ends_on, time_zone, status) "
                "values (%s, 'Bench Conference', %s, %s, 'UTC', 'published') returning id",
                (organization, DAY, DAY + timedelta(days=days)),
            )
        ).fetchone()
        assert event is not None  # noqa: S101 an insert without a condition
        await conn.execute(
            "insert into public.rooms (organization_id, event_id, name, capacity) "
            "select %s, %s, 'Hall ' || n, 100 from generate_series(0, %s) as n",
            (organization, event["id"], _ROOMS - 1),
        )
        starts = datetime(DAY.year, DAY.month, DAY.day, 10, tzinfo=UTC)
        rows = await (
            await conn.execute(
                "insert into public.schedules "
                "(organization_id, event_id, title, room, speaker_name, start_time, end_time) "
                "select %(org)s, %(event)s, 'Session ' || n, 'Hall ' || n %% %(rooms)s, 'Speaker ' || n, "
                "%(starts)s::timestamptz + n / %(rooms)s * interval '1 day', "
                "%(starts)s::timestamptz + n / %(rooms)s * interval '1 day' + interval '30 minutes' "
                "from generate_series(0, %(last)s) as n returning id",
                {
                    "org": organization,
                    "event": event["id"],
                    "rooms": _ROOMS,
                    "starts": starts,
                    "last": sessions - 1,
                },
            )
        ).fetchall()
        await conn.execute("analyze")
    return event["id"], tuple(row["id"] for row in rows)
