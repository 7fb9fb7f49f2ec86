"""The defences, each with its text in the program and the test that falls without it."""

import sys

from tests.defences.by_hand import BY_HAND
from tests.defences.tenancy import TENANCY
from tests.defences.way_in import WAY_IN
from tests.defences.way_out import WAY_OUT
from tests.defences.way_through import WAY_THROUGH

DEFENCES = (*WAY_IN, *TENANCY, *WAY_THROUGH, *BY_HAND, *WAY_OUT)


def table() -> list[str]:
    """Return the lines of the table in ``docs/security.md``."""
    rows = [f"| {each.name} | `{each.path}` | `{each.test.removeprefix('tests/')}` |" for each in DEFENCES]
    return ["| defence | where | falls without it |", "|---|---|---|", *rows]


if __name__ == "__main__":
    sys.stdout.write("\n".join(table()) + "\n")
