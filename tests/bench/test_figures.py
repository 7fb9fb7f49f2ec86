"""A figure says what it means: ours over theirs, and whether the target holds. No test here asserts a time."""

import pytest

from bots.bench.figures import Better, Figure


def figure(ours: float, theirs: float, target: float, better: Better) -> Figure:
    return Figure(number="P1", what="a", floor="b", ours=ours, theirs=theirs, unit="ms", target=target, better=better)


@pytest.mark.parametrize(
    ("ours", "theirs", "target", "better", "ratio", "is_met"),
    [
        (3.0, 2.0, 1.5, "lower", 1.5, True),
        (3.1, 2.0, 1.5, "lower", 1.55, False),
        (500.0, 1000.0, 0.5, "higher", 0.5, True),
        (499.0, 1000.0, 0.5, "higher", 0.499, False),
    ],
)
def test_a_ratio_is_held_against_its_target(
    ours: float, theirs: float, target: float, better: Better, ratio: float, is_met: bool
) -> None:
    measured = figure(ours, theirs, target, better)
    assert (measured.ratio, measured.is_met) == (ratio, is_met)


def test_a_figure_is_written_for_machines() -> None:
    assert figure(1.0, 3.0, 1.4, "lower").as_json() == {
        "figure": "P1",
        "what": "a",
        "floor": "b",
        "ours": 1.0,
        "theirs": 3.0,
        "unit": "ms",
        "ratio": 0.333,
        "target": 1.4,
        "better": "lower",
        "met": True,
    }
