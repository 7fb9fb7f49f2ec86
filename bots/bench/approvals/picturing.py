"""P16: what drawing the rooms around a change takes of a processor, in a day that is nearly full."""

import statistics
import time
from collections.abc import Callable
from functools import partial
from itertools import islice
from random import Random
from typing import Any, LiteralString

from bots.bench.approvals.full_day import NOW, FullDay, open_full_day
from bots.bench.approvals.judging import judged
from bots.bench.figures import Figure
from bots.bench.large.asking import DifferentAnswers
from bots.bench.stage import Stage
from core.db import Database
from core.kernel.principal import Principal
from core.kernel.proposals import Proposal
from core.pictures.drawing import draw, png
from core.pictures.gathering import moves_of, timeline, timeline_of
from core.pictures.layout import Layout, lay_out
from core.pictures.models import Timeline
from core.pictures.queries import EVENT, SESSIONS

_DATABASE = "bench_picturing"
_FEWER = 8
_MINE: LiteralString = "(select app.organization_id())"
_EVENT: LiteralString = EVENT.replace(_MINE, "%(organization)s")
_SESSIONS: LiteralString = SESSIONS.replace(_MINE, "%(organization)s")


async def picturing(stage: Stage) -> list[Figure]:
    """Measure the processor that a picture takes, from its words and boxes to its PNG, against a page of its size.

    The page is blank and written by the same library: what cannot be spared. What is drawn was gathered as a manager,
    and is what a superuser's statements come to.
    """
    calls = max(stage.sizes.calls // _FEWER, 1)
    await stage.fresh(_DATABASE)
    async with (
        stage.door(_DATABASE, size=1) as db,
        stage.door(_DATABASE, size=1, past_the_rules=True) as floor,
    ):
        day = await open_full_day(stage, _DATABASE, db)
        shown = [timeline for _proposal, timeline in await _shown(db, floor, day, calls)]
    taken: dict[str, list[float]] = {"picture": [], "page": []}
    for each in shown:
        page = Layout(lay_out(each, day.manager.locale).height, (), ())
        taken["picture"].append(_processor_ms(partial(draw, each, day.manager.locale)))
        taken["page"].append(_processor_ms(partial(png, page)))
    return [
        Figure(
            number="P16",
            what="processor of the picture of a change",
            floor="a blank page of its size",
            ours=statistics.median(taken["picture"]),
            theirs=statistics.median(taken["page"]),
            unit="ms",
            target=2.5,
        )
    ]


def _processor_ms(work: Callable[[], bytes]) -> float:
    started = time.process_time()
    work()
    return (time.process_time() - started) * 1_000


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
