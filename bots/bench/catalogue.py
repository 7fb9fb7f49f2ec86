"""Every benchmark there is, in the order of its figures."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bots.bench.approvals.burst import burst
from bots.bench.approvals.elsewhere import elsewhere
from bots.bench.approvals.executing import executing
from bots.bench.approvals.picturing import picturing
from bots.bench.approvals.weighing import weighing
from bots.bench.crowded import crowded
from bots.bench.decisions import decisions, peers
from bots.bench.figures import Figure
from bots.bench.growth import growth
from bots.bench.identity import identity
from bots.bench.large.reads import reads
from bots.bench.large.search import search
from bots.bench.message import far, message
from bots.bench.model import model
from bots.bench.queueing import queueing
from bots.bench.stage import Stage
from bots.bench.startup import startup
from bots.bench.web.acknowledging import acknowledging


@dataclass(frozen=True, slots=True)
class Benchmark:
    """One benchmark: which figures it gives, and what runs it."""

    numbers: tuple[str, ...]
    title: str
    run: Callable[[Stage], Awaitable[list[Figure]]]


BENCHMARKS: tuple[Benchmark, ...] = (
    Benchmark(("P1", "P2", "P3"), "Acknowledging what platforms deliver", acknowledging),
    Benchmark(("P4",), "From a message to its card", message),
    Benchmark(("P5",), "Approving, against raw SQL", decisions),
    Benchmark(("P6",), "Suggesting and approving, against LangGraph", peers),
    Benchmark(("P7",), "Reading as a tenant among many", reads),
    Benchmark(("P8",), "Acting as a person", identity),
    Benchmark(("P9",), "Starting", startup),
    Benchmark(("P10",), "Searching with typing mistakes", search),
    Benchmark(("P11",), "Asking the model", model),
    Benchmark(("P12",), "Suggesting ten changes at once", burst),
    Benchmark(("P14",), "Judging a change by facts and rules", weighing),
    Benchmark(("P15",), "Looking for alternatives", elsewhere),
    Benchmark(("P16",), "Drawing the rooms", picturing),
    Benchmark(("P17",), "Executing a bundle", executing),
    Benchmark(("P18",), "Pressing while nobody answers", crowded),
    Benchmark(("P19", "P20"), "Queueing among many, and under an old snapshot", queueing),
    Benchmark(("P21",), "A card and a press, far from the database", far),
    Benchmark(("P22",), "Home and the log as an organisation grows", growth),
)
