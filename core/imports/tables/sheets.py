"""Bytes to rows of cells: text with any delimiter and encoding, and spreadsheets (xlsx, xls, ods)."""

import csv
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, TypeAlias

from core.imports.decoding import decoded
from core.imports.models import THE_FILE, BadSchedule
from core.imports.tables import workbook
from core.kernel.phrases import Phrase, phrase

Cell: TypeAlias = str | int | float | bool | date | datetime | time | timedelta
_DELIMITERS = ",;\t|"
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LARGEST_UNPACKED = 300_000_000
"""Bytes; a sheet with 50,000 sessions unpacks to about 40 million."""
_MOST_ROWS = 100_000
_PATIENCE = 60.0
"""Seconds that a workbook may take; one of 50,000 sessions takes two."""
_WRONG = {"password": "format-password", "heavy": "format-workbook-too-heavy"}
_LONGEST_CELL = 1_000_000
_ENOUGH_TO_JUDGE = 200_000
"""Characters of a text that say which delimiter it has."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row and its number as the person sees it: of the line, or of the sheet's row."""

    number: int
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows that are not empty; a text has one sheet without a name."""

    name: str
    rows: list[Row]


def is_spreadsheet(body: bytes) -> bool:
    """Tell whether these bytes are a workbook rather than a text."""
    return body.startswith((_ZIP, _OLE))


def read_sheets(body: bytes, rate: Callable[[list[Row]], int]) -> list[Sheet]:
    """Return the sheets of a file. ``rate`` says how well rows read as a table, to find a text's delimiter.

    Raises ``BadSchedule`` with one sentence.
    """
    if is_spreadsheet(body):
        return list(_workbook(body))
    text = decoded(body)
    if text.lower().startswith("sep=") and len(text.split("\n", 1)[0].strip()) == len("sep=;"):
        return [Sheet("", list(_lines(text.split("\n", 1)[1], text[4], first=1)))]
    head = text[:_ENOUGH_TO_JUDGE]
    best = max(_DELIMITERS, key=lambda delimiter: _fit(list(_lines(head, delimiter, tolerant=True)), rate))
    return [Sheet("", list(_lines(text, best)))]


def _fit(rows: list[Row], rate: Callable[[list[Row]], int]) -> tuple[int, int]:
    widths = [len(row.cells) for row in rows]
    return rate(rows), sum(width > 1 and width == widths[0] for width in widths)


def _lines(text: str, delimiter: str, *, first: int = 0, tolerant: bool = False) -> Iterator[Row]:
    csv.field_size_limit(_LONGEST_CELL)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
    begins = 1
    try:
        for cells in lines:
            if any(cell.strip() for cell in cells):
                yield Row(begins + first, [cell.strip() for cell in cells])
            begins = lines.line_num + 1
            _not_too_many(begins)
    except csv.Error:
        if not tolerant:
            raise BadSchedule(phrase("import-line", line=str(begins + first)), phrase("format-no-table")) from None


@lru_cache(maxsize=4)
def _workbook(body: bytes) -> tuple[Sheet, ...]:
    """Read a workbook in a process of its own: whatever it claims to hold, this one lives on.

    Kept for the few times that one file is read in a row: what kind it is, what it holds, what it would do.
    """
    if body.startswith(_ZIP):
        _not_a_bomb(body)
    command = [sys.executable, "-I", workbook.__file__, str(_MOST_ROWS)]
    try:
        done = subprocess.run(command, input=body, capture_output=True, timeout=_PATIENCE, check=True)  # noqa: S603 our own program
        answer: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.SubprocessError, OSError, ValueError):
        # It was ended for want of memory, or took too long.
        answer = {"wrong": "heavy"}
    if (wrong := answer.get("wrong")) == "rows":
        raise BadSchedule(THE_FILE, phrase("format-too-many-rows", most=_MOST_ROWS))
    if wrong is not None:
        raise BadSchedule(THE_FILE, Phrase(_WRONG.get(wrong, "format-no-workbook")))
    return tuple(
        Sheet(
            sheet["name"], [Row(number, [workbook.cell_of(cell) for cell in cells]) for number, cells in sheet["rows"]]
        )
        for sheet in answer["sheets"]
    )


def _not_a_bomb(body: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            unpacked = sum(each.file_size for each in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError):
        raise BadSchedule(THE_FILE, phrase("format-no-workbook")) from None
    if unpacked > _LARGEST_UNPACKED:
        raise BadSchedule(THE_FILE, phrase("format-unpacks-too-large", size=unpacked, most=_LARGEST_UNPACKED))


def _not_too_many(rows: int) -> None:
    if rows > _MOST_ROWS:
        raise BadSchedule(THE_FILE, phrase("format-too-many-rows", most=_MOST_ROWS))
