"""Every defence has a test that falls when it is taken away.

A tenth of the list by default; ``EVENTFLOW_PROOF=1 pytest tests/defences`` takes away each.
"""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.defences.catalogue import DEFENCES, table
from tests.defences.removing import (
    ROOT,
    Defence,
    NotThere,
    copy_of_the_program,
    is_noticed,
    run_tests,
    without,
)
from tests.proof.office import PART

pytestmark = pytest.mark.db

TAKEN = DEFENCES if PART == 1 else DEFENCES[::12]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program in which defences are taken away, one at a time."""
    return copy_of_the_program(tmp_path_factory.mktemp("defences"))


def test_the_program_as_it_is_holds_them_all(copy: Path) -> None:
    code, said = run_tests(sorted({each.test for each in TAKEN}), copy)
    assert code == 0, said


@pytest.mark.parametrize("defence", TAKEN, ids=lambda defence: defence.name.replace(" ", "-"))
def test_its_test_falls_without_it(defence: Defence, copy: Path) -> None:
    assert is_noticed(defence, copy)


@pytest.mark.parametrize("defence", DEFENCES, ids=lambda defence: defence.name.replace(" ", "-"))
def test_each_stands_where_the_list_says(defence: Defence) -> None:
    changed = without(defence, ROOT)
    assert changed != (ROOT / defence.path).read_text("utf-8")
    if defence.path.endswith(".py"):
        compile(changed, defence.path, "exec")
    path, _, name = defence.test.partition("::")
    written = (ROOT / path).read_text("utf-8")
    assert "def " + re.sub(r"\[.*", "", name) + "(" in written


def test_no_two_have_one_name() -> None:
    assert len({each.name for each in DEFENCES}) == len(DEFENCES)


def test_what_changes_nothing_is_not_noticed_and_what_does_not_run_is_not_counted(copy: Path) -> None:
    """The twin: a removal that leaves the defence in place, one that is not there, one that breaks the program."""
    real = replace(DEFENCES[0], test="tests/unit/core/test_risk.py")
    assert not is_noticed(real, copy)
    with pytest.raises(NotThere):
        without(replace(real, text="\n"), copy)
    with pytest.raises(AssertionError):
        is_noticed(
            replace(real, path="core/actions/risk.py", text="from core.kernel.cards", instead="from nowhere"), copy
        )


def test_the_document_lists_them_all() -> None:
    """``python -m tests.defences.catalogue`` prints the table."""
    page = (ROOT / "docs" / "security.md").read_text("utf-8")
    assert page[page.index(table()[0]) :].split("\n\n")[0].splitlines() == table()
