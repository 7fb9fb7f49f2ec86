"""What a run adds to the figures."""

from dataclasses import replace
from uuid import uuid4

from prometheus_client import generate_latest

from bots.metrics import REGISTRY, count_run
from core.conversations.runs.models import Ended

MODEL = "counted-here-alone"


def figures() -> dict[str, float]:
    """Return the figures of this file's model as Prometheus reads them, buckets and times of birth aside."""
    lines = [line for line in generate_latest(REGISTRY).decode().splitlines() if f'model="{MODEL}"' in line]
    read = {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}
    return {
        name.removeprefix("eventflow_model_").replace(f'model="{MODEL}"', "m"): value
        for name, value in read.items()
        if "_created" not in name and "_bucket" not in name
    }


def test_a_run_adds_what_it_took_and_names_nobody() -> None:
    answered = Ended(id=uuid4(), status="success", prompt=600, cached=270, output=60, thoughts=10, duration_ms=1500)
    count_run(MODEL, replace(answered, cost_microdollars=1_250_000))
    count_run(MODEL, Ended(id=uuid4(), status="success", duration_ms=500, hit_limit=True))
    count_run(MODEL, Ended(id=uuid4(), status="timeout", error="model-timeout", duration_ms=20_000))

    assert figures() == {
        'runs_total{m,status="success"}': 2,
        'runs_total{m,status="timeout"}': 1,
        "run_seconds_count{m}": 3,
        "run_seconds_sum{m}": 22,
        'tokens_total{kind="input",m}': 330,
        'tokens_total{kind="cached",m}': 270,
        'tokens_total{kind="output",m}': 60,
        'tokens_total{kind="thoughts",m}': 10,
        "cost_dollars_total{m}": 1.25,
        "limit_hits_total{m}": 1,
    }
