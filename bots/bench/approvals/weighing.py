"""P14: what a suggestion is judged by, conflicts, impact and risk, in the large database."""

import json
from datetime import UTC, datetime
from random import Random

from bots.bench.approvals.judging import judged
from bots.bench.figures import Figure
from bots.bench.large.asking import Ask, Lookup, Row, by_hand, compare, one_by_one
from bots.bench.large.load import large
from bots.bench.large.tenants import Tenant, session_id, the_large_one, typical_ones
from bots.bench.stage import Stage
from bots.bench.stopwatch import typical_ms
from core.db import Database
from core.domains.schedule.models import UpdateScheduleItem
from core.domains.schedule.queries import FACTS

_TARGET = 4.0
_NOW = datetime(2029, 12, 1, tzinfo=UTC)
"""Before every event of the large database."""


async def weighing(stage: Stage) -> list[Figure]:
    """Measure the tool's preview and the organisation's rules, as a manager, against the facts alone.

    The floor is a superuser's one statement for the same facts and their digest, which must be the same on both sides;
    it resolves no names, reads no policy and judges nothing. What is moved are moderated sessions, to another hour in
    a room that may be shared: they mostly meet a conflict of their speaker, and none that alternatives are looked for.
    """
    name = await large(stage)
    async with stage.door(name, size=1) as db, stage.door(name, size=1, past_the_rules=True) as floor:
        random = Random("P14")  # noqa: S311 which sessions are moved is no secret
        ours, theirs = _as_manager(db), _facts_alone(floor)
        typical = await _moves(db, random, typical_ones(stage.sizes, random), stage.sizes.calls)
        the_large = await _moves(db, random, [the_large_one(stage.sizes)], stage.sizes.calls)
        for asked in (typical, the_large):
            await compare("facts of a move", asked, ours, theirs)
        taken = await typical_ms(
            {
                "typical": one_by_one(typical, ours),
                "typical, by hand": one_by_one(typical, theirs),
                "large": one_by_one(the_large, ours),
                "large, by hand": one_by_one(the_large, theirs),
            },
            stage.sizes.calls,
        )
    return [
        Figure(
            number="P14",
            what=f"conflicts, impact and risk of a suggestion, {where}",
            floor="superuser's one statement for the facts",
            ours=taken[which],
            theirs=taken[f"{which}, by hand"],
            unit="ms",
            target=_TARGET,
        )
        for which, where in (("typical", "typical organisation"), ("large", "the large one"))
    ]


async def _moves(db: Database, random: Random, tenants: list[Tenant], most: int) -> list[Lookup]:
    asked: list[Lookup] = []
    for _ in range(most):
        tenant = random.choice(tenants)
        said = _move(random, random.choice(tenant.events))
        # The floor is handed what the names come to.
        proposal = (await judged(db, tenant.manager, said, _NOW)).proposal
        asked.append(Lookup(tenant, {"said": said, "change": json.dumps(proposal.args)}))
    return asked


def _move(random: Random, event: int) -> UpdateScheduleItem:
    session = session_id(event, 5 * random.randrange(5) + 3)
    changes = {"room": "Hall 4", "start_time": f"{random.randrange(9, 17):02}:30"}
    return UpdateScheduleItem.model_validate({"schedule_id": str(session), "changes": changes})


def _as_manager(db: Database) -> Ask:
    async def ask(asked: Lookup) -> list[Row]:
        weighed = await judged(db, asked.tenant.manager, asked.values["said"], _NOW)
        return [{"digest": weighed.proposal.facts_digest}]

    return ask


def _facts_alone(floor: Database) -> Ask:
    by_statement = by_hand(floor, FACTS)

    async def ask(asked: Lookup) -> list[Row]:
        return [{"digest": row["digest"]} for row in await by_statement(asked)]

    return ask
