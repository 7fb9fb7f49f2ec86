"""P7: what a tenant's reads cost under row-level security, in an organisation like any other and in the largest."""

from random import Random

from bots.bench.figures import Figure
from bots.bench.large.asking import Lookup, as_person, by_hand, compare, one_by_one
from bots.bench.large.load import large, tenth
from bots.bench.large.questions import QUESTIONS, Question
from bots.bench.large.tenants import Tenant, the_large_one, typical_ones
from bots.bench.stage import Stage
from bots.bench.stopwatch import typical_ms
from core.db import Database

_TARGET, _GROWTH_TARGET = 1.3, 2.0
_COMPARED = 20
"""Answers of each kind that must be the same on both sides before anything is timed."""


async def reads(stage: Stage) -> list[Figure]:
    """Measure the program's statements as a person, through its door, against a superuser who names the organisation.

    The floor is the same question in SQL by hand, on a connection that no policy concerns, from a pool of the same kind
    and in an envelope of the same size: one pipeline with one ``set_config`` before the statement. What an identity
    costs on the wire is P8's matter; what is left here are the policies and the plans. Both are prepared by the driver
    after a few calls, asked the same about the same rows, and must answer alike. For growth, the program is compared
    with itself where there is a tenth of the organisations, each of the same size.
    """
    small = tenth(stage.sizes)
    name, small_name = await large(stage), await large(stage, small)
    figures: list[Figure] = []
    async with (
        stage.door(name, size=1) as db,
        stage.door(small_name, size=1) as small_db,
        stage.door(name, size=1, past_the_rules=True) as floor,
    ):
        for question in QUESTIONS:
            random = Random(question.what)  # noqa: S311 which rows are asked about is no secret
            typical = _drawn(question, random, typical_ones(stage.sizes, random), stage.sizes.calls)
            the_large = _drawn(question, random, [the_large_one(stage.sizes)], stage.sizes.calls)
            few = _drawn(question, random, typical_ones(small, random), stage.sizes.calls)
            figures += await _against_floor(question, typical, the_large, db, floor)
            figures.append(await _growth(question, typical, few, db, small_db))
    return figures


def _drawn(question: Question, random: Random, tenants: list[Tenant], most: int) -> list[Lookup]:
    chosen = [random.choice(tenants) for _ in range(most)]
    return [Lookup(tenant, question.values(random, tenant)) for tenant in chosen]


async def _against_floor(
    question: Question, typical: list[Lookup], the_large: list[Lookup], db: Database, floor: Database
) -> list[Figure]:
    ours, theirs = as_person(db, question.ours), by_hand(floor, question.theirs)
    for asked in (typical, the_large):
        await compare(question.what, asked[:_COMPARED], ours, theirs)
    taken = await typical_ms(
        {
            "typical": one_by_one(typical, ours),
            "typical, by hand": one_by_one(typical, theirs),
            "large": one_by_one(the_large, ours),
            "large, by hand": one_by_one(the_large, theirs),
        },
        len(typical),
    )
    return [
        Figure(
            number="P7",
            what=f"{question.what}, {where}",
            floor="superuser who names the organisation",
            ours=taken[which],
            theirs=taken[f"{which}, by hand"],
            unit="ms",
            target=_TARGET,
        )
        for which, where in (("typical", "typical organisation"), ("large", "the large one"))
    ]


async def _growth(
    question: Question, typical: list[Lookup], few: list[Lookup], db: Database, small: Database
) -> Figure:
    taken = await typical_ms(
        {
            "many": one_by_one(typical, as_person(db, question.ours)),
            "few": one_by_one(few, as_person(small, question.ours)),
        },
        len(typical),
    )
    return Figure(
        number="P7",
        what=f"{question.what}, ten times the organisations",
        floor="the same among a tenth of them",
        ours=taken["many"],
        theirs=taken["few"],
        unit="ms",
        target=_GROWTH_TARGET,
    )
