"""A small organisation with an event, for tests on the real database."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from core.db import Database
from core.identity import provisioning
from core.kernel.messages import Address
from core.kernel.principal import ChatUser, Principal, Role
from core.kernel.tools import ToolContext, Transaction

NOW = datetime(2031, 5, 1, 6, 0, tzinfo=UTC)
"""09:00 in Jerusalem on the first day of the event; years ahead, because PostgreSQL's clock looks at deadlines."""
ZONE = "Asia/Jerusalem"
DAY = date(2031, 5, 1)
ROLES: tuple[Role, ...] = ("owner", "manager", "staff", "viewer")
TEAM, MANAGERS, BOT = "T1", "C1MANAGERS", "4242"


@dataclass(frozen=True, slots=True)
class World:
    """One organisation: its people by role, its event, its sessions by title."""

    organization_id: UUID
    event_id: UUID
    people: dict[Role, Principal]
    sessions: dict[str, UUID]


def at(clock: str, day: int = 1) -> datetime:
    """Return a local time of the event in UTC: ``at("10:00")``. In May Jerusalem is three hours ahead of UTC."""
    hour, minute = clock.split(":")
    return datetime(2031, 5, day, int(hour) - 3, int(minute), tzinfo=UTC)


async def make_world(db: Database, name: str = "Aleph Events", *, team: str = TEAM, linked: bool = True) -> World:
    """Add an organisation with four people, an event of two days, three rooms and five sessions."""
    async with db.as_operator() as tx:
        organization = await provisioning.add_organization(tx, name, "en")
        assert organization is not None
        people: dict[Role, Principal] = {role: await _person(tx, organization, name, role) for role in ROLES}
        await provisioning.claim_workspace(tx, organization, Address("slack", team, MANAGERS))
        if linked:
            await _link(tx, people, name, team)
    async with db.acting_as(people["owner"]) as tx:
        event_id, sessions = await _event(tx, organization)
    return World(organization, event_id, people, sessions)


async def _person(tx: Transaction, organization: UUID, company: str, role: Role) -> Principal:
    email = f"{role}@{company.split(maxsplit=1)[0].lower()}.example"
    locale = "he" if role == "manager" else "en"
    user_id = await provisioning.add_person(
        tx,
        organization,
        provisioning.NewPerson(
            email=email, name=f"{role.title()} of {company}", role=role, locale=locale, timezone=ZONE
        ),
    )
    assert user_id is not None
    return Principal(
        user_id=user_id,
        organization_id=organization,
        role=role,
        locale=locale,
        timezone=ZONE,
        name=f"{role.title()} of {company}",
    )


async def _link(tx: Transaction, people: dict[Role, Principal], company: str, team: str) -> None:
    for role, person in people.items():
        [found] = await provisioning.people_with(tx, f"{role}@{company.split(maxsplit=1)[0].lower()}.example", company)
        await provisioning.link(tx, found, ChatUser("slack", team, f"U{role.upper()}"))
        number = 7000 + ROLES.index(role)
        await provisioning.link(tx, found, ChatUser("telegram", f"{BOT}{team[1:]}", str(number)))
        assert found.id == person.user_id


async def _event(tx: Transaction, organization: UUID) -> tuple[UUID, dict[str, UUID]]:
    event = await _one(
        tx,
        "insert into public.events (organization_id, name, starts_on, ends_on, time_zone, status) "
        "values (%(org)s, 'Spring Conference', '2031-05-01', '2031-05-02', 'Asia/Jerusalem', 'published') returning id",
        {"org": organization},
    )
    for room, capacity in (("Hall A", 300), ("Hall B", 80), ("Workshop", 20)):
        await tx.execute(
            "insert into public.rooms (organization_id, event_id, name, capacity) values (%s, %s, %s, %s)",
            (organization, event, room, capacity),
        )
    sessions: dict[str, UUID] = {}
    for title, room, speaker, starts, ends in (
        ("Opening Keynote", "Hall A", "Dana Levi", at("10:00"), at("11:00")),
        ("Lighting Basics", "Hall B", "Tom Harris", at("10:00"), at("11:00")),
        ("Sound Check Live", "Hall B", "Noa Mizrahi", at("11:00"), at("12:00")),
        ("ניהול קהל", "Hall A", "Dana Levi", at("12:00"), at("13:00")),
        ("Closing Panel", "Hall A", "Dana Levi, Tom Harris", at("16:00", 2), at("17:00", 2)),
    ):
        sessions[title] = await _one(
            tx,
            "insert into public.schedules (organization_id, event_id, title, room, speaker_name, start_time, end_time) "
            "values (%(org)s, %(event)s, %(title)s, %(room)s, %(speaker)s, %(starts)s, %(ends)s) returning id",
            {
                "org": organization,
                "event": event,
                "title": title,
                "room": room,
                "speaker": speaker,
                "starts": starts,
                "ends": ends,
            },
        )
    await _register(tx, organization, event, sessions["Opening Keynote"])
    return event, sessions


async def _register(tx: Transaction, organization: UUID, event: UUID, session: UUID) -> None:
    for name, is_vip, note in (("Ruth Bar", True, "Sits in the front row"), ("Eli Katz", False, None)):
        person = await _one(
            tx,
            "insert into public.participants (organization_id, event_id, full_name, is_vip, vip_notes) "
            "values (%(org)s, %(event)s, %(name)s, %(vip)s, %(note)s) returning id",
            {"org": organization, "event": event, "name": name, "vip": is_vip, "note": note},
        )
        await tx.execute(
            "insert into public.participant_schedules (organization_id, schedule_id, participant_id) "
            "values (%s, %s, %s)",
            (organization, session, person),
        )


async def _one(tx: Transaction, query: Any, values: dict[str, Any]) -> UUID:
    row = await (await tx.execute(query, values)).fetchone()
    assert row is not None
    return row["id"]


def context(tx: Transaction, principal: Principal) -> ToolContext:
    """Return what a tool gets, at the tests' time."""
    return ToolContext(tx, principal, NOW)
