"""P1, P2 and P3: a delivery acknowledged and durably stored, against a bare endpoint that does the same or an SDK."""

import statistics
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bots.bench.figures import Figure
from bots.bench.stage import Stage
from bots.bench.stopwatch import per_second, typical_ms
from bots.bench.web import deliveries, servers
from bots.bench.web.client import Connection, connections

_DATABASE = "bench_web"
_AT_ONCE = 16
_WARM_UP = 64
"""More than the stopwatch takes."""
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
    """As ``bots.bench.web.bare`` takes it."""
    floor: str
    target: float
    """Of the time; of the rate it is the reciprocal."""


_BARE = "the signature, and the same rows committed"
_PEERS = "bench_web_peer"
_DELIVERIES = (
    _Delivery("P1", "Slack event", deliveries.mention, "stored", _BARE, 1.2),
    _Delivery("P2", "Slack press", deliveries.press, "slack", "bare Bolt, which polls for ack()", 0.5),
    _Delivery("P3", "Telegram update", deliveries.update, "stored", _BARE, 1.2),
)


@dataclass(slots=True)
class _Contender:
    """A server, and the deliveries that it has not had yet."""

    port: int
    waiting: Iterator[bytes]
    free: list[Connection] = field(default_factory=list[Connection])
    sent: int = 0

    async def deliver(self, _number: int = 0) -> None:
        connection = self.free.pop()
        await connection.post(next(self.waiting))
        self.free.append(connection)
        self.sent += 1

    @asynccontextmanager
    async def connected(self, number: int) -> AsyncGenerator[None]:
        async with connections(self.port, number) as self.free:
            yield


async def acknowledging(stage: Stage) -> list[Figure]:
    """Measure the three deliveries, one at a time and sixteen at once.

    Both sides run in processes of their own behind the same web server with the same settings, check the same
    signature, and take turns. The floors answer from memory; ours has committed the delivery and its job.
    """
    return [figure for delivery in _DELIVERIES for figure in await _measure(stage, delivery)]


async def _measure(stage: Stage, delivery: _Delivery) -> list[Figure]:
    for database in (_DATABASE, _PEERS):
        await stage.fresh(database)
    sizes = stage.sizes
    needed = _WARM_UP + sizes.calls + sizes.rounds * sizes.per_round
    peer = servers.bare(delivery.peer, stage.login_url(_PEERS))
    async with servers.ours(stage.login_url(_DATABASE)) as our_port, peer as bare_port:
        made = [delivery.make(number) for number in range(1, needed + 1)]
        ours, bare = _Contender(our_port, iter(made)), _Contender(bare_port, iter(made))
        async with ours.connected(1), bare.connected(1):
            taken = await typical_ms({"ours": ours.deliver, "bare": bare.deliver}, sizes.calls)
        rates = [await _rate(contender, sizes.per_round) for _ in range(sizes.rounds) for contender in (ours, bare)]
        await check_stored(stage, ours.sent)
        if delivery.peer == "stored":
            await check_stored(stage, bare.sent, _PEERS)
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
            ours=statistics.median(rates[::2]),
            theirs=statistics.median(rates[1::2]),
            unit="/s",
            target=1 / delivery.target,
            better="higher",
        ),
    ]


async def _rate(contender: _Contender, number: int) -> float:
    async with contender.connected(_AT_ONCE):
        return await per_second(contender.deliver, range(number), _AT_ONCE)


async def check_stored(stage: Stage, sent: int, database: str = _DATABASE) -> None:
    """Raise ``NotStored`` unless so many deliveries and their jobs are in the database."""
    async with stage.owner(database) as conn:
        row = await (await conn.execute(_COUNTS)).fetchone()
    if row != {"stored": sent, "queued": sent}:
        raise NotStored(f"{sent} sent, {row}")
