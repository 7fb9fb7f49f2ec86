"""P12: one person's burst, ten changes in one message, against a message with one."""

from uuid import UUID

from bots.bench.desk import open_desk
from bots.bench.figures import Figure
from bots.bench.office import open_office
from bots.bench.stage import Stage
from bots.bench.stopwatch import WARM_UP, typical_ms

_DATABASE = "bench_burst"
_LINES = 10
_FEWER = 10
"""Ten suggestions take ten times as long as one: a tenth of the calls is enough."""


async def burst(stage: Stage) -> list[Figure]:
    """Measure ten tool calls that become one bundle against one that becomes a plain suggestion, both until stored.

    In process, without the model. Every change is of a session of its own.
    """
    calls = max(stage.sizes.calls // _FEWER, 1)
    await stage.fresh(_DATABASE)
    async with stage.door(_DATABASE) as db:
        turns = calls + min(calls, WARM_UP)
        desk = open_desk(db, await open_office(stage, _DATABASE, db, sessions=turns * (_LINES + 1)))
        waiting = iter(desk.office.sessions)

        async def ten() -> UUID:
            return await desk.suggest(*(next(waiting) for _ in range(_LINES)))

        async def one() -> UUID:
            return await desk.suggest(next(waiting))

        taken = await typical_ms({"ten": ten, "one": one}, calls)
    return [
        Figure(
            number="P12",
            what="a burst: ten changes suggested in one bundle",
            floor="one change suggested",
            ours=taken["ten"],
            theirs=taken["one"],
            unit="ms",
            target=3.0,
        )
    ]
