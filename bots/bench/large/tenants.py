"""Who asks the large database, and what belongs to them: computed as the database was filled, not looked up."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

from bots.bench.figures import Sizes
from bots.bench.large import fill
from core.kernel.principal import Principal

_FIRST_DAY = datetime(2030, 1, 1, tzinfo=UTC)
_DAYS = 700


@dataclass(frozen=True, slots=True)
class Tenant:
    """An organisation: its manager, and its events by number."""

    manager: Principal
    events: tuple[int, ...]

    @property
    def organization_id(self) -> UUID:
        """What a floor names where the program names nobody."""
        return self.manager.organization_id


def the_large_one(sizes: Sizes) -> Tenant:
    """Return the organisation with a tenth of all rows."""
    return _tenant(0, tuple(range(0, sizes.rows // fill.SESSIONS_PER_EVENT, 10)))


def typical_ones(sizes: Sizes, random: Random, most: int = 50) -> list[Tenant]:
    """Return some of all others, at most ``most``."""
    others = sizes.organizations - 1
    events = sizes.rows // fill.SESSIONS_PER_EVENT // 10 * 9
    return [
        _tenant(owner, tuple(n // 9 * 10 + n % 9 + 1 for n in range(owner - 1, events, others)))
        for owner in random.sample(range(1, others + 1), min(most, others))
    ]


def event_id(event: int) -> UUID:
    """Return the id of an event."""
    return _id(fill.EVENT, event)


def session_id(event: int, place: int) -> UUID:
    """Return the id of an event's session; ``place`` from 0 to 49, 25 a day, five at the same time."""
    return _id(fill.SESSION, event * fill.SESSIONS_PER_EVENT + place)


def day_of(event: int, day: int = 0) -> tuple[datetime, datetime]:
    """Return when the first or second day of an event begins and ends."""
    since = _FIRST_DAY + timedelta(days=event % _DAYS + day)
    return since, since + timedelta(days=1)


def _tenant(owner: int, events: tuple[int, ...]) -> Tenant:
    manager = Principal(
        user_id=_id(fill.PERSON, owner * fill.PEOPLE_PER_ORGANIZATION),
        organization_id=_id(fill.ORGANIZATION, owner),
        role="manager",
        locale="en",
        timezone="UTC",
        name="Manager",
    )
    return Tenant(manager, events)


def _id(kind: int, number: int) -> UUID:
    return UUID(f"{kind:08x}-0000-7000-8000-{number:012x}")
