"""P17: a bundle of fifty lines, approved and executed in one transaction, against its fifty writes alone."""

import statistics
import time
from collections.abc import Sequence
from typing import LiteralString
from uuid import UUID

from bots.bench.desk import open_desk
from bots.bench.figures import Figure
from bots.bench.office import open_office
from bots.bench.stage import Stage
from core.actions.bundles.models import MOST_LINES
from core.db import Database

_DATABASE = "bench_executing"
_FEWER = 20
_WARM_UP = 2
# The desk has moved it from ten to eleven; a session that stands elsewhere stays, and is missed.
_BACK: LiteralString = """
update public.schedules set start_time = start_time - interval '1 hour', end_time = end_time - interval '1 hour'
where organization_id = %(organization)s and id = %(id)s and date_part('hour', start_time at time zone 'UTC') = 11
"""


class NotMoved(Exception):
    """Of the lines of an approved bundle not all have run: the figure would measure something else."""


async def executing(stage: Stage) -> list[Figure]:
    """Measure the approval of a bundle through the flow against a superuser's pipeline that writes the same rows.

    They take turns: the bundle moves fifty sessions an hour on, the floor's fifty updates, one transaction as well,
    move them back. The floor proves, logs and tells nothing, and no policy concerns it.
    """
    rounds = max(stage.sizes.calls // _FEWER, 1) + _WARM_UP
    await stage.fresh(_DATABASE)
    async with (
        stage.door(_DATABASE) as db,
        stage.door(_DATABASE, size=1, past_the_rules=True) as floor,
    ):
        desk = open_desk(db, await open_office(stage, _DATABASE, db, sessions=rounds * MOST_LINES))
        sessions = desk.office.sessions
        bundles = [sessions[first : first + MOST_LINES] for first in range(0, len(sessions), MOST_LINES)]
        made = [await desk.suggest(*bundle) for bundle in bundles]
        async with stage.owner(_DATABASE) as conn:
            await conn.execute("vacuum (analyze)")
        ours: list[float] = []
        theirs: list[float] = []
        for suggestion, moved in zip(made, bundles, strict=True):
            started = time.perf_counter()
            await desk.approve(suggestion)
            ours.append((time.perf_counter() - started) * 1_000)
            theirs.append(await move_back(floor, desk.office.manager.organization_id, moved))
    return [
        Figure(
            number="P17",
            what="a bundle of 50 lines approved and executed",
            floor="50 updates of the same rows, one pipeline",
            ours=statistics.median(ours[_WARM_UP:]),
            theirs=statistics.median(theirs[_WARM_UP:]),
            unit="ms",
            target=5.0,
        )
    ]


async def move_back(floor: Database, organization: UUID, moved: Sequence[UUID]) -> float:
    """Write raw what a bundle wrote; return the milliseconds it took.

    Raises ``NotMoved``.
    """
    started = time.perf_counter()
    async with floor.raw() as conn:
        # Without a word from us, what travels in one pipeline is one transaction.
        async with conn.pipeline():
            written = [await conn.execute(_BACK, {"organization": organization, "id": session}) for session in moved]
        taken = (time.perf_counter() - started) * 1_000
        if any(cursor.rowcount != 1 for cursor in written):
            raise NotMoved
    return taken
