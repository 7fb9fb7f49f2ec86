"""P16: the picture of the rooms around a change, gathered and drawn, in a day that is nearly full."""

from itertools import cycle, islice
from random import Random
from typing import Any, LiteralString

from bots.bench.approvals.full_day import NOW, FullDay, open_full_day
from bots.bench.approvals.judging import judged
from bots.bench.figures import Figure
from bots.bench.large.asking import DifferentAnswers
from bots.bench.stage import Stage
from bots.bench.stopwatch import typical_ms
from core.db import Database
from core.kernel.principal import Principal
from core.kernel.proposals import Proposal
from core.pictures.drawing import draw
from core.pictures.gathering import moves_of, timeline, timeline_of
from core.pictures.models import Timeline
from core.pictures.queries import EVENT, SESSIONS

_DATABASE = "bench_picturing"
_FEWER = 8
_MINE: LiteralString = "(select app.organization_id())"
_EVENT: LiteralString = EVENT.replace(_MINE, "%(organization)s")
_SESSIONS: LiteralString = SESSIONS.replace(_MINE, "%(organization)s")


async def picturing(stage: Stage) -> list[Figure]:
    """Measure a picture gathered as a manager and drawn as PNG against its two statements as a superuser.

    Both must come to the same timeline. Nothing in the floor shapes a letter or colours a pixel: the ratio says how
    much more the drawing is than the looking.
    """
    calls = max(stage.sizes.calls // _FEWER, 1)
    await stage.fresh(_DATABASE)
    async with (
        stage.door(_DATABASE, size=1) as db,
        stage.door(_DATABASE, size=1, past_the_rules=True) as floor,
    ):
        day = await open_full_day(stage, _DATABASE, db)
        shown = await _shown(db, floor, day, calls)
        mine, theirs = cycle(shown), cycle(shown)

        async def ours() -> bytes:
            proposal, _ = next(mine)
            return draw(await _gathered(db, day.manager, proposal), day.manager.locale)

        async def alone() -> tuple[Any, Any]:
            return await _two_statements(floor, day, next(theirs)[1])

        taken = await typical_ms({"ours": ours, "theirs": alone}, calls)
    return [
        Figure(
            number="P16",
            what="the picture of a change, gathered and drawn",
            floor="superuser's two statements, one pipeline",
            ours=taken["ours"],
            theirs=taken["theirs"],
            unit="ms",
            target=100.0,
        )
    ]


async def _shown(db: Database, floor: Database, day: FullDay, most: int) -> list[tuple[Proposal, Timeline]]:
    """Return what is drawn, and what either side must come to.

    Raises ``DifferentAnswers`` where the floor's rows make another picture.
    """
    random = Random("P16")  # noqa: S311 which sessions are moved is no secret
    shown: list[tuple[Proposal, Timeline]] = []
    for said in islice(day.moves(random), most):
        proposal = (await judged(db, day.manager, said, NOW)).proposal
        gathered = await _gathered(db, day.manager, proposal)
        event, sessions = await _two_statements(floor, day, gathered)
        moves = tuple(moves_of(proposal.claims))
        window = gathered.start, gathered.end
        by_hand = timeline(event, sessions, moves, proposal.conflicts, window, zone=proposal.zone, at=NOW)
        if by_hand != gathered or not any(bar.kind == "collides" for bar in gathered.bars):
            raise DifferentAnswers("The floor's rows make another picture, or there is none in the way.")
        shown.append((proposal, gathered))
    return shown


async def _gathered(db: Database, manager: Principal, proposal: Proposal) -> Timeline:
    async with db.acting_as(manager) as tx:
        gathered = await timeline_of(tx, proposal, NOW)
    assert gathered is not None  # noqa: S101 everything that is asked for moves into a room
    return gathered


async def _two_statements(floor: Database, day: FullDay, wanted: Timeline) -> tuple[Any, Any]:
    values = {
        "organization": day.manager.organization_id,
        "event": day.event_id,
        "since": wanted.start,
        "until": wanted.end,
    }
    async with floor.raw() as conn:
        async with conn.pipeline():
            event = await conn.execute(_EVENT, values)
            sessions = await conn.execute(_SESSIONS, values)
        return await event.fetchone(), await sessions.fetchall()
