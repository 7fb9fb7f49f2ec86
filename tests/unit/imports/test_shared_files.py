"""What a shared file is called: nobody's name writes a line of its own, reads backwards, or hides what it is."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.imports.shared.files import ENDINGS, shared_file
from core.kernel.messages import SharedFile


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("agenda.csv", "agenda.csv"),
        ("לוח זמנים.XLSX", "לוח זמנים.XLSX"),
        ("a\nApproved by Dana.csv", "a Approved by Dana.csv"),
        ("\u202evsc.agenda.csv", "vsc.agenda.csv"),
        ("agenda.csv\u200e", "agenda.csv"),
        ("agenda\u2069\u2066.csv ", "agenda.csv"),
        ("a\tb\x1b[31m.ics", "a b[31m.ics"),
        ("x" * 300 + ".json", "x" * 114 + "….json"),
        (".csv", ".csv"),
        ("csv", None),
        ("agenda.exe", None),
        # What people see ends in "exe": a mark that turns letters round hides nothing.
        ("agenda.\u202evsc.exe", None),
        ("", None),
        (None, None),
    ],
)
def test_a_name_is_one_line_that_reads_as_it_is(name: Any, shown: str | None) -> None:
    expected = None if shown is None else SharedFile(shown, 12, "F1")
    assert shared_file(name, 12, "F1") == expected


@given(st.text(), st.one_of(st.none(), st.integers(), st.text(), st.booleans()))
def test_any_name_is_short_and_on_one_line(name: str, size: Any) -> None:
    found = shared_file(name + ".csv", size, "F1")
    assert found is not None
    assert (len(found.name) <= 120, len(found.name.splitlines()), found.size >= 0) == (True, 1, True)
    assert found.name.rpartition(".")[2] in ENDINGS
