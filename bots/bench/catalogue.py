"""Every benchmark there is, in the order of its figures."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bots.bench.decisions import decisions, peers
from bots.bench.figures import Figure
from bots.bench.identity import identity
from bots.bench.stage import Stage


@dataclass(frozen=True, slots=True)
class Benchmark:
    """One benchmark: which figures it gives, and what runs it."""

    numbers: tuple[str, ...]
    title: str
    run: Callable[[Stage], Awaitable[list[Figure]]]


BENCHMARKS: tuple[Benchmark, ...] = (
    Benchmark(("P5",), "Approving, against raw SQL", decisions),
    Benchmark(("P6",), "Suggesting and approving, against LangGraph", peers),
    Benchmark(("P8",), "Acting as a person", identity),
)
