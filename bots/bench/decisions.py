"""P5 and P6: approving (and suggesting) through the flows, against raw SQL and against the nearest peer."""

import statistics
from collections.abc import Awaitable, Callable, Mapping
from uuid import UUID

from bots.bench import pgbench
from bots.bench.desk import Desk, NotDecided, open_desk
from bots.bench.figures import Figure
from bots.bench.office import Office, open_office
from bots.bench.peer_langgraph import LangGraph, PeerMissing, open_langgraph
from bots.bench.stage import Stage
from bots.bench.stopwatch import per_second
from bots.bench.wire import relayed
from core.db import Database
from core.flows.store_turn import Turn

_DATABASE = "bench_decisions"
_AT_ONCE = (1, 8)
_APPROVE_FLOOR = {1: 0.5, 8: 0.8}
"""A hundred others wait for the same hours."""
_PEER = {1: 2.0, 8: 3.0}


async def decisions(stage: Stage) -> list[Figure]:
    """Measure approving against pgbench with the same statements in one pipeline; count its round trips."""
    sizes = stage.sizes
    needed = 2 * sizes.per_round * sizes.rounds * len(_AT_ONCE) + 2
    await stage.fresh(_DATABASE)
    async with stage.door(_DATABASE) as db:
        office = await open_office(stage, _DATABASE, db, sessions=needed)
        desk = open_desk(db, office)
        made = await _suggestions(stage, desk)
        figures = [await _against_floor(stage, desk, made, at_once) for at_once in _AT_ONCE]
        return [*figures, await _round_trips(stage, office, [made.pop(), made.pop()])]


async def _suggestions(stage: Stage, desk: Desk) -> list[UUID]:
    """Suggest once per session, number them for pgbench, and let PostgreSQL look at its tables."""
    made: dict[int, UUID] = {}

    async def suggest(number: int) -> None:
        made[number] = await desk.suggest(desk.office.sessions[number])

    await per_second(suggest, range(len(desk.office.sessions)), 8)
    await _numbered(stage, made)
    return [made[number] for number in sorted(made)]


async def _numbered(stage: Stage, made: Mapping[int, UUID]) -> None:
    async with stage.owner(_DATABASE) as conn:
        await conn.execute(pgbench.WORK)
        async with conn.pipeline():
            for number, suggestion in made.items():
                await conn.execute(pgbench.FILL, {"n": number, "id": suggestion})
        await conn.execute(pgbench.OPEN)
        await conn.execute("vacuum (analyze)")


async def _against_floor(stage: Stage, desk: Desk, made: list[UUID], at_once: int) -> Figure:
    sizes, person = stage.sizes, desk.office.manager
    first = _AT_ONCE.index(at_once) * 2 * sizes.rounds * sizes.per_round
    ours: list[float] = []
    floor: list[float] = []

    async def approve(number: int) -> None:
        await desk.approve(made[number])

    for turn in range(sizes.rounds):
        mine = range(first + 2 * turn * sizes.per_round, first + (2 * turn + 1) * sizes.per_round)
        ours.append(await per_second(approve, mine, at_once))
        floor.append(
            await pgbench.approvals_per_second(
                stage,
                _DATABASE,
                user=str(person.user_id),
                organization=str(person.organization_id),
                numbers=range(mine.stop, mine.stop + sizes.per_round),
                at_once=at_once,
            )
        )
    return Figure(
        number="P5",
        what=f"approve, {at_once} at once",
        floor="the same statements in one pipeline (pgbench)",
        ours=statistics.median(ours),
        theirs=statistics.median(floor),
        unit="/s",
        target=_APPROVE_FLOOR[at_once],
        better="higher",
    )


async def _round_trips(stage: Stage, office: Office, suggestions: list[UUID]) -> Figure:
    async with relayed(stage.login_url(_DATABASE)) as (url, seen):
        db = Database(url, size=2, timeout=60)
        await db.open()
        desk = open_desk(db, office)
        await desk.approve(suggestions[0])
        before = seen.count
        await desk.approve(suggestions[1])
        taken = seen.count - before
        await db.close()
    return Figure(
        number="P5",
        what="round trips of an approval, with the look-up of who pressed",
        floor="the look-up alone",
        ours=taken,
        theirs=1,
        unit="trips",
        target=3,
    )


async def peers(stage: Stage) -> list[Figure]:
    """Measure suggesting and approving against LangGraph's interrupt and resume on the same PostgreSQL.

    What the peer approves is suggested by us, before anything is measured: its node claims the same row, proves the
    same facts, and writes and queues the same, as the same person. It keeps its default durability. Where it is not
    installed, there is no figure.
    """
    sizes = stage.sizes
    await stage.fresh(_DATABASE)
    try:
        async with stage.door(_DATABASE) as db:
            sessions = 2 * sizes.per_round * sizes.rounds * len(_AT_ONCE)
            desk = open_desk(db, await open_office(stage, _DATABASE, db, sessions=sessions))
            manager = desk.office.manager
            work = pgbench.work(str(manager.user_id), str(manager.organization_id))
            async with open_langgraph(stage.owner_url(_DATABASE), "async", work) as peer:
                figures: list[Figure] = []
                for place, at_once in enumerate(_AT_ONCE):
                    figures += await _against_peer(stage, desk, peer, at_once, place * sessions // len(_AT_ONCE))
            return figures
    except PeerMissing:
        return []


async def _against_peer(stage: Stage, desk: Desk, peer: LangGraph, at_once: int, first: int) -> list[Figure]:
    sessions, size = desk.office.sessions, stage.sizes.per_round
    rates: dict[str, list[float]] = {name: [] for name in ("store", "approve", "peer suggest", "peer approve")}
    turns: dict[int, Turn] = {}
    made: dict[int, UUID] = {}

    async def look(number: int) -> None:
        turns[number] = await desk.look(sessions[number])

    async def store(number: int) -> None:
        made[number] = await desk.store(turns.pop(number))

    async def approve(number: int) -> None:
        await desk.approve(made.pop(number))

    async def rate(name: str, work: Callable[[int], Awaitable[None]], numbers: range) -> None:
        rates[name].append(await per_second(work, numbers, at_once))

    for turn in range(stage.sizes.rounds):
        mine = range(first + 2 * turn * size, first + (2 * turn + 1) * size)
        theirs = range(mine.stop, mine.stop + size)
        await per_second(look, range(mine.start, theirs.stop), at_once)
        await per_second(store, theirs, at_once)
        await _numbered(stage, {number: made.pop(number) for number in theirs})
        await rate("store", store, mine)
        await rate("peer suggest", peer.suggest, theirs)
        await rate("approve", approve, mine)
        await rate("peer approve", peer.approve, theirs)
    async with stage.owner(_DATABASE) as conn:
        left = await (await conn.execute(pgbench.LEFT)).fetchall()
    if left:
        raise NotDecided(f"The peer has left {len(left)} undone.")
    return _figures({name: statistics.median(values) for name, values in rates.items()}, at_once)


def _figures(rates: dict[str, float], at_once: int) -> list[Figure]:
    pairs = (
        ("approve", "LangGraph resume, whose node does the same", "approve"),
        ("keep a suggestion", "LangGraph interrupt", "suggest"),
    )
    return [
        Figure(
            number="P6",
            what=f"{what}, {at_once} at once",
            floor=floor,
            ours=rates["approve" if name == "approve" else "store"],
            theirs=rates[f"peer {name}"],
            unit="/s",
            target=_PEER[at_once],
            better="higher",
        )
        for what, floor, name in pairs
    ]
