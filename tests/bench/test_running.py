"""Every benchmark runs, and says what it measured. No test here asserts a time: `eventflow bench` measures."""

from importlib.util import find_spec
from random import Random

import pytest

from bots.bench.approvals.executing import NotMoved, move_back
from bots.bench.catalogue import BENCHMARKS, Benchmark
from bots.bench.figures import Sizes
from bots.bench.large.asking import DifferentAnswers, Lookup, Row, as_person, by_hand, compare
from bots.bench.large.load import large
from bots.bench.large.questions import QUESTIONS
from bots.bench.large.tenants import the_large_one, typical_ones
from bots.bench.office import open_office
from bots.bench.stage import Stage
from bots.bench.web.acknowledging import NotStored, check_stored
from migrations.embedded import Embedded

pytestmark = pytest.mark.db

TINY = Sizes(calls=40, rounds=1, per_round=16, starts=1, rows=10_000, organizations=20, jobs=500)
MEASURED = {
    "P1": [
        ("P1", "Slack event acknowledged, one at a time"),
        ("P1", "Slack event, 16 at once"),
        ("P2", "Slack press acknowledged, one at a time"),
        ("P2", "Slack press, 16 at once"),
        ("P3", "Telegram update acknowledged, one at a time"),
        ("P3", "Telegram update, 16 at once"),
    ],
    "P4": [("P4", "message to card, without the model"), ("P4", "message to card, p99")],
    "P21": [
        ("P21", "message to card, with the database 5 ms away"),
        ("P21", "press to edited card, with the database 5 ms away"),
    ],
    "P22": [
        ("P22", "the tenth page of Home, a thousand waiting"),
        ("P22", "log verify after 10 more rows"),
    ],
    "P5": [
        ("P5", "approve, 1 at once"),
        ("P5", "approve, 8 at once"),
        ("P5", "round trips of an approval, with the look-up of who pressed"),
    ],
    "P6": [
        ("P6", f"{what}, {at_once} at once")
        for at_once in (1, 8)
        for what in ("approve", "keep a suggestion")
        if find_spec("langgraph") is not None
    ],
    "P7": [
        ("P7", f"{question.what}, {where}")
        for question in QUESTIONS
        for where in ("typical organisation", "the large one", "ten times the organisations")
    ],
    "P8": [("P8", "one select as a person"), ("P8", "round trips of that")],
    "P9": [("P9", "serve: until ready"), ("P9", "serve: memory then")],
    "P10": [
        ("P10", "fuzzy search in an event of the large organisation"),
        ("P10", "fuzzy search in all events of the large organisation"),
    ],
    "P11": [("P11", "one model call about the agenda, after twelve turns")],
    "P12": [("P12", "a burst: ten changes suggested in one bundle")],
    "P14": [
        ("P14", f"conflicts, impact and risk of a suggestion, {where}")
        for where in ("typical organisation", "the large one")
    ],
    "P15": [("P15", "alternatives in a day of 40 rooms and 1,000 sessions")],
    "P16": [("P16", "processor of the picture of a change")],
    "P17": [("P17", "a bundle of 50 lines approved and executed")],
    "P19": [
        ("P19", "a job fetched, 500 waiting, never analysed"),
        ("P20", "a job queued, fetched and finished, a snapshot held for 500 jobs"),
    ],
    "P18": [
        ("P18", f"a press decided, {which}, while 64 messages hang in the model and Slack is silent")
        for which in ("p50", "p95", "p95")
    ],
}


@pytest.mark.parametrize("benchmark", BENCHMARKS, ids=lambda benchmark: benchmark.numbers[0])
async def test_a_benchmark_runs(server: Embedded, benchmark: Benchmark) -> None:
    figures = await benchmark.run(Stage(server, TINY))
    assert [(figure.number, figure.what) for figure in figures] == MEASURED[benchmark.numbers[0]]
    assert all(figure.ours > 0 and figure.theirs > 0 for figure in figures)


async def test_what_was_acknowledged_and_is_not_stored_fails_the_benchmark(server: Embedded) -> None:
    stage = Stage(server, TINY)
    await stage.fresh("bench_web")
    with pytest.raises(NotStored, match="1 sent"):
        await check_stored(stage, 1)


async def test_a_bundle_that_did_not_run_fails_the_benchmark(server: Embedded) -> None:
    stage = Stage(server, TINY)
    await stage.fresh("bench_executing")
    async with stage.door("bench_executing") as db, stage.door("bench_executing", past_the_rules=True) as floor:
        office = await open_office(stage, "bench_executing", db, sessions=1)
        with pytest.raises(NotMoved):
            await move_back(floor, office.manager.organization_id, office.sessions)


async def test_a_floor_that_answers_something_else_fails_the_benchmark(server: Embedded) -> None:
    stage = Stage(server, TINY)
    name = await large(stage)
    tenant, stranger = the_large_one(TINY), typical_ones(TINY, Random(1))[0]
    question = QUESTIONS[0]
    values = question.values(Random(1), tenant)
    async with stage.door(name, size=1) as db, stage.door(name, size=1, past_the_rules=True) as floor:
        ours, theirs = as_person(db, question.ours), by_hand(floor, question.theirs)
        assert await compare("alike", [Lookup(tenant, values)], ours, theirs) > 0
        assert await theirs(Lookup(tenant, values)) != await ours(Lookup(stranger, values)) == []

        async def by_a_stranger(asked: Lookup) -> list[Row]:
            return await ours(Lookup(stranger, asked.values))

        with pytest.raises(DifferentAnswers, match="not the same"):
            await compare("not alike", [Lookup(tenant, values)], by_a_stranger, theirs)
