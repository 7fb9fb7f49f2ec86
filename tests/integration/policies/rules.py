"""What the tests of policies set, delegate and look at."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from core.db import Database
from core.identity import provisioning
from core.kernel.principal import Principal, Role
from core.policies import queries
from core.policies.models import Current, Policy
from tests.world import ZONE, World


async def policy_of(db: Database, world: World) -> Current:
    """Return the policy in force, as a viewer reads it."""
    async with db.acting_as(world.people["viewer"]) as tx:
        return await queries.current(tx)


async def rule(db: Database, world: World, policy: Policy) -> None:
    """Make this the organisation's policy."""
    owner = world.people["owner"]
    async with db.acting_as(owner) as tx:
        await tx.execute(
            "insert into public.organization_policies (organization_id, version, document, changed_by) "
            "values (%s, 1, %s::jsonb, %s)",
            (world.organization_id, policy.model_dump_json(), owner.user_id),
        )


async def another(db: Database, world: World, name: str, role: Role = "manager") -> Principal:
    """Add somebody else to the organisation."""
    async with db.as_operator() as tx:
        added = await provisioning.add_person(
            tx,
            world.organization_id,
            provisioning.NewPerson(
                email=f"{name.lower()}@aleph.example", name=name, role=role, locale="en", timezone=ZONE
            ),
        )
    assert added is not None
    return Principal(
        user_id=added, organization_id=world.organization_id, role=role, locale="en", timezone=ZONE, name=name
    )


async def hand_over(
    db: Database, world: World, giver: Principal, taker: Principal, *, since: int = -1, until: int = 1
) -> UUID:
    """Let somebody decide in another's place from some hours from now until some hours from now."""
    new, now = uuid4(), datetime.now(UTC)
    owner = world.people["owner"]
    async with db.acting_as(owner) as tx:
        await tx.execute(
            "insert into public.delegations (id, organization_id, from_user, to_user, starts_at, ends_at, created_by) "
            "values (%s, %s, %s, %s, %s, %s, %s)",
            (
                new,
                world.organization_id,
                giver.user_id,
                taker.user_id,
                now + timedelta(hours=since),
                now + timedelta(hours=until),
                owner.user_id,
            ),
        )
    return new


async def lenders(db: Database, who: Principal) -> list[str]:
    """Return in whose place somebody may decide now."""
    async with db.acting_as(who) as tx:
        return [each.name for each in await queries.lenders_to(tx, who.organization_id, who.user_id)]


async def one(db: Database, who: Principal, query: Any, *values: Any) -> Any:
    """Run a statement as this person and return its first row."""
    async with db.acting_as(who) as tx:
        return await (await tx.execute(query, values)).fetchone()
