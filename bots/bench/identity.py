"""P8: what it costs to act as a person, on top of one select."""

from uuid import UUID

from bots.bench.figures import Figure
from bots.bench.office import Office, open_office
from bots.bench.stage import Stage
from bots.bench.stopwatch import typical_ms
from bots.bench.wire import relayed
from core.db import Database
from core.naming.queries import SESSION_BY_ID

_DATABASE = "bench_identity"
_ALONE = SESSION_BY_ID.replace("(select app.organization_id())", "%(organization)s")


async def identity(stage: Stage) -> list[Figure]:
    """Measure one select as a person (role, claims, row-level security) against the same select alone.

    The floor takes its connection from the same pool, and names the organisation itself.
    """
    await stage.fresh(_DATABASE)
    async with stage.door(_DATABASE) as db, stage.door(_DATABASE, past_the_rules=True) as floor:
        office = await open_office(stage, _DATABASE, db, sessions=200)
        wanted = {"id": office.sessions[0], "organization": office.manager.organization_id}

        async def as_person() -> None:
            [_row] = await db.read_as(office.manager, SESSION_BY_ID, wanted)

        async def alone() -> None:
            async with floor.raw() as conn:
                [_row] = await (await conn.execute(_ALONE, wanted)).fetchall()

        taken = await typical_ms({"ours": as_person, "alone": alone}, stage.sizes.calls)
        trips = await _round_trips(stage, office, wanted)
    return [
        Figure(
            number="P8",
            what="one select as a person",
            floor="the same select alone, as superuser",
            ours=taken["ours"],
            theirs=taken["alone"],
            unit="ms",
            target=1.3,
        ),
        Figure(
            number="P8",
            what="round trips of that",
            floor="the select alone",
            ours=trips,
            theirs=1,
            unit="trips",
            target=1,
        ),
    ]


async def _round_trips(stage: Stage, office: Office, wanted: dict[str, UUID]) -> int:
    async with relayed(stage.login_url(_DATABASE)) as (url, seen):
        db = Database(url, size=2, timeout=60)
        await db.open()
        await db.read_as(office.manager, SESSION_BY_ID, wanted)
        before = seen.count
        await db.read_as(office.manager, SESSION_BY_ID, wanted)
        taken = seen.count - before
        await db.close()
    return taken
