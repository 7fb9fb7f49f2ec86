"""P15: what could be done instead, looked for in a day that is nearly full."""

import json
from datetime import datetime
from itertools import islice
from random import Random
from typing import Any, LiteralString

from bots.bench.approvals.full_day import NOW, FullDay, open_full_day
from bots.bench.approvals.judging import judged
from bots.bench.figures import Figure
from bots.bench.large.asking import Ask, Lookup, Row, compare, one_by_one
from bots.bench.large.tenants import Tenant
from bots.bench.stage import Stage
from bots.bench.stopwatch import typical_ms
from core.actions.drafts import Weighed
from core.db import Database
from core.domains.schedule.queries import ALTERNATIVES, FACTS

_DATABASE = "bench_elsewhere"
_FEWER = 4
_MOST = 3
"""Alternatives that a card offers."""
_CLAIM: LiteralString = "select set_config('role', 'none', true), set_config('request.jwt.claims', %(claims)s, true)"


async def elsewhere(stage: Stage) -> list[Figure]:
    """Measure a move into a room that is taken, judged as a manager, against its two statements as a superuser.

    Both must come to the same facts and the same alternatives: rooms that are free then, the room's next free time, and
    the session to trade places with. The floor sends facts and alternatives in one pipeline, with the claims set but
    past every policy; it resolves no names, judges nothing, and leaves open whether the two could trade places.
    """
    calls = max(stage.sizes.calls // _FEWER, 1)
    await stage.fresh(_DATABASE)
    async with (
        stage.door(_DATABASE, size=1) as db,
        stage.door(_DATABASE, size=1, past_the_rules=True) as floor,
    ):
        asked = await _asked(db, await open_full_day(stage, _DATABASE, db), calls)
        ours, theirs = _as_manager(db), _two_statements(floor)
        await compare("alternatives", asked, ours, theirs)
        taken = await typical_ms({"ours": one_by_one(asked, ours), "theirs": one_by_one(asked, theirs)}, calls)
    return [
        Figure(
            number="P15",
            what="alternatives in a day of 40 rooms and 1,000 sessions",
            floor="superuser's facts and alternatives, one pipeline",
            ours=taken["ours"],
            theirs=taken["theirs"],
            unit="ms",
            target=2.5,
        )
    ]


async def _asked(db: Database, day: FullDay, calls: int) -> list[Lookup]:
    random = Random("P15")  # noqa: S311 which sessions are moved is no secret
    asked: list[Lookup] = []
    for said in islice(day.moves(random), calls):
        # The floor is handed what the names come to.
        change = (await judged(db, day.manager, said, NOW)).proposal.args
        asked.append(Lookup(Tenant(day.manager, ()), {"said": said, "change": change}))
    return asked


def _as_manager(db: Database) -> Ask:
    async def ask(asked: Lookup) -> list[Row]:
        weighed = await judged(db, asked.tenant.manager, asked.values["said"], NOW)
        return [{"digest": weighed.proposal.facts_digest, "offered": _offered(weighed)}]

    return ask


def _offered(weighed: Weighed) -> list[tuple[Any, ...]]:
    labels = [each["label"] for each in weighed.alternatives]
    return [
        (label["title"],) if label["kind"] == "swap" else (label["room"], datetime.fromisoformat(label["start"]))
        for label in labels
    ]


def _two_statements(floor: Database) -> Ask:
    async def ask(asked: Lookup) -> list[Row]:
        change = {"change": json.dumps(asked.values["change"])}
        async with floor.raw() as conn:
            async with conn.pipeline():
                await conn.execute(_CLAIM, {"claims": json.dumps(asked.tenant.manager.claims())})
                facts = await conn.execute(FACTS, change)
                found = await conn.execute(ALTERNATIVES, change)
            [judged_by], [instead] = await facts.fetchall(), await found.fetchall()
        return [{"digest": judged_by["digest"], "offered": _found(asked.values["change"]["set"], instead["found"])}]

    return ask


def _found(wanted: Row, found: Row) -> list[tuple[Any, ...]]:
    """Return what the program would offer of what was found: three at most, of which rooms come first."""
    slot = [(wanted["room"], datetime.fromisoformat(found["slot"]["start_time"]))] if "slot" in found else []
    swap = [(found["swap"]["title"],)] if "swap" in found else []
    starts = datetime.fromisoformat(wanted["start_time"])
    rooms = [(room["room"], starts) for room in found["rooms"]]
    return [*rooms[: _MOST - len(slot) - len(swap)], *slot, *swap]
