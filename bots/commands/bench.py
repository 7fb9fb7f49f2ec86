"""`eventflow bench`: the figures of docs/performance.md, as ratios measured in one run."""

from typing import Annotated

import typer

from bots.bench.catalogue import BENCHMARKS, Benchmark
from bots.bench.figures import Figure, Sizes
from bots.bench.stage import open_stage
from bots.commands.console import err, fail, run, settings_from_environment
from bots.commands.tables import Cell, cell, lines, print_json, show
from core.kernel.settings import Settings

_WHOLE = 100
"""From here on no decimals: they would pretend to a precision that a shared machine does not have."""


def bench(
    only: Annotated[
        list[str] | None, typer.Option("--only", help="Only this figure, such as P5; may be given several times.")
    ] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Fewer calls and rounds: a first impression.")] = False,
    rows: Annotated[
        int, typer.Option("--rows", min=20_000, max=20_000_000, help="Agenda rows of the large database.")
    ] = Sizes().rows,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object per figure.")] = False,
) -> None:
    """Measure the program against the floor of the same work.

    Its own database is kept for later runs.
    """
    chosen = _chosen(only or [])
    sizes = Sizes(rows=rows, organizations=max(rows // 500, 20))
    figures = run(_measure(settings_from_environment(), chosen, sizes.quick() if quick else sizes))
    if as_json:
        print_json(figure.as_json() for figure in figures)
        return
    show(("", "What, and the floor", "Ours", "Floor", "Ratio", "Target", ""), map(_row, figures), numbers=(2, 3, 4, 5))


def _chosen(only: list[str]) -> list[Benchmark]:
    wanted = {number.upper() for number in only}
    known = {number for benchmark in BENCHMARKS for number in benchmark.numbers}
    if wanted - known:
        fail(f"There is no figure {', '.join(sorted(wanted - known))}. Known: {', '.join(sorted(known, key=_place))}.")
    return [benchmark for benchmark in BENCHMARKS if not wanted or wanted & set(benchmark.numbers)]


def _place(number: str) -> int:
    return int(number[1:])


async def _measure(settings: Settings, chosen: list[Benchmark], sizes: Sizes) -> list[Figure]:
    figures: list[Figure] = []
    async with open_stage(settings.eventflow_home, sizes) as stage:
        for benchmark in chosen:
            with err.status(f"{', '.join(benchmark.numbers)}: {benchmark.title} ..."):
                measured = await benchmark.run(stage)
            if not measured:
                err.print(f'{", ".join(benchmark.numbers)} is left out: its peer is not installed (extra "peers").')
            figures += measured
    return sorted(figures, key=lambda figure: _place(figure.number))


def _amount(value: float, unit: str) -> str:
    return f"{value:,.0f} {unit}" if value >= _WHOLE else f"{value:.3g} {unit}"


def _row(figure: Figure) -> tuple[Cell, ...]:
    sign = "≤" if figure.better == "lower" else "≥"
    return (
        figure.number,
        lines(figure.what, cell(figure.floor, "dim")),
        _amount(figure.ours, figure.unit),
        _amount(figure.theirs, figure.unit),
        f"{figure.ratio:.2f}x",
        f"{sign} {figure.target:.3g}x",
        cell("✓", "green") if figure.is_met else cell("missed", "red"),
    )
