"""The alert rules: every figure is one that the program counts, with labels and values that it has."""

import re
import shutil
import subprocess
from typing import Any

import pytest

from bots.metrics import REGISTRY
from core.jobs import names
from tests.unit.deploy.manifests import DEPLOY, read

RULES: list[dict[str, Any]] = [rule for group in read("prometheus-rules.yaml")["groups"] for rule in group["rules"]]
OPERATING = (DEPLOY.parent / "docs" / "operating.md").read_text("utf-8")


def counted_names() -> set[str]:
    """Return every name under which the registry shows a figure."""
    return set(REGISTRY._names_to_collectors)  # pyright: ignore[reportPrivateUsage]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_an_alert_looks_at_what_is_counted(rule: dict[str, Any]) -> None:
    used = set(re.findall(r"\beventflow_\w+", rule["expr"]))
    assert used <= counted_names()
    assert used or rule["expr"].startswith("up{")
    tasks = set(re.findall(r'task!?="(\w+)"', rule["expr"]))
    outcomes = set(re.findall(r'outcome="(\w+)"', rule["expr"]))
    assert tasks <= {value for value in vars(names).values() if isinstance(value, str)}
    assert outcomes <= {"stored", "known", "not_stored", "done", "later", "failed"}
    assert rule["labels"]["severity"] in {"page", "ticket"}


def test_every_figure_that_the_page_tells_of_is_counted() -> None:
    told = set(re.findall(r"^\| `(eventflow_\w+)", OPERATING, re.MULTILINE))
    assert told and told <= counted_names()


def test_prometheus_takes_the_rules() -> None:
    if shutil.which("promtool") is None:
        pytest.skip("promtool is not installed; it reads the alert rules as Prometheus does")
    said = subprocess.run(
        ["promtool", "check", "rules", DEPLOY / "prometheus-rules.yaml"], capture_output=True, timeout=60, check=False
    )
    assert said.returncode == 0, said.stderr
