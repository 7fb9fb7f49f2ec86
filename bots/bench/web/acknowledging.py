"""P1, P2 and P3: a delivery acknowledged and durably stored, against a bare SDK that stores nothing."""

import statistics
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

from bots.bench.figures import Figure
from bots.bench.stage import Stage
from bots.bench.stopwatch import per_second, typical_ms
from bots.bench.web import deliveries, servers
from bots.bench.web.client import Connection, connections

_DATABASE = "bench_web"
_AT_ONCE = 16
_ONE_BY_ONE = 64
"""More than the warm-up of the stopwatch takes."""
_COUNTS = """
select (select count(*) from public.inbound_events) as stored,
       (select count(*) from procrastinate.procrastinate_jobs where task_name = 'handle_event') as queued
"""


class NotStored(Exception):
    """What was acknowledged is not in the database, or its job is not in the queue."""


@dataclass(frozen=True, slots=True)
class _Delivery:
    number: str
    what: str
    make: Callable[[int], bytes]
    peer: str
    """``slack`` or ``telegram``."""
    floor: str
    target: float
    """Of the time; of the rate it is the reciprocal."""


_DELIVERIES = (
    _Delivery("P1", "Slack event", deliveries.mention, "slack", "bare Bolt, nothing stored", 2.0),
    _Delivery("P2", "Slack press", deliveries.press, "slack", "bare Bolt, which polls for ack()", 0.5),
    _Delivery("P3", "Telegram update", deliveries.update, "telegram", "bare python-telegram-bot", 2.0),
)


@dataclass(slots=True)
class _Contender:
    """A server, the connections to it, and the deliveries that it has not had yet."""

    free: list[Connection]
    waiting: Iterator[bytes]
    sent: int = field(default=0)

    async def deliver(self, _number: int = 0) -> None:
        connection = self.free.pop()
        await connection.post(next(self.waiting))
        self.free.append(connection)
        self.sent += 1


async def acknowledging(stage: Stage) -> list[Figure]:
    """Measure the three deliveries, one at a time and sixteen at once.

    Both sides run in processes of their own behind the same web server with the same settings, check the same
    signature, and take turns. The floors answer from memory; ours has committed the delivery and its job.
    """
    return [figure for delivery in _DELIVERIES for figure in await _measure(stage, delivery)]


async def _measure(stage: Stage, delivery: _Delivery) -> list[Figure]:
    await stage.fresh(_DATABASE)
    sizes = stage.sizes
    async with AsyncExitStack() as stack:
        our_port = await stack.enter_async_context(servers.ours(stage.login_url(_DATABASE)))
        bare_port = await stack.enter_async_context(servers.bare(delivery.peer))
        needed = _ONE_BY_ONE + sizes.calls + sizes.rounds * sizes.per_round + _AT_ONCE
        made = [delivery.make(number) for number in range(1, needed + 1)]
        ours, bare = [
            _Contender(await stack.enter_async_context(connections(port, _AT_ONCE)), iter(made))
            for port in (our_port, bare_port)
        ]
        taken = await typical_ms({"ours": ours.deliver, "bare": bare.deliver}, sizes.calls)
        rates = await _rates(ours, bare, sizes.rounds, sizes.per_round)
        await _check(stage, ours.sent)

    return [
        Figure(
            number=delivery.number,
            what=f"{delivery.what} acknowledged, one at a time",
            floor=delivery.floor,
            ours=taken["ours"],
            theirs=taken["bare"],
            unit="ms",
            target=delivery.target,
        ),
        Figure(
            number=delivery.number,
            what=f"{delivery.what}, {_AT_ONCE} at once",
            floor=delivery.floor,
            ours=rates[0],
            theirs=rates[1],
            unit="/s",
            target=1 / delivery.target,
            better="higher",
        ),
    ]


async def _rates(ours: _Contender, bare: _Contender, rounds: int, per_round: int) -> tuple[float, float]:
    seen: dict[int, list[float]] = {0: [], 1: []}
    for _ in range(rounds):
        for place, contender in enumerate((ours, bare)):
            seen[place].append(await per_second(contender.deliver, range(per_round), _AT_ONCE))
    return statistics.median(seen[0]), statistics.median(seen[1])


async def _check(stage: Stage, sent: int) -> None:
    async with stage.owner(_DATABASE) as conn:
        row = await (await conn.execute(_COUNTS)).fetchone()
    if row != {"stored": sent, "queued": sent}:
        raise NotStored(f"{sent} sent, {row}")
