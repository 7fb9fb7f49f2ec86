"""Read a workbook in a process of its own, with a ceiling of memory: a file of two kilobytes may claim a billion cells.

Run as a program: the file's bytes come in, JSON goes out. It imports nothing of this project, and so starts at once.
"""

import io
import json
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

_MEMORY = 1_500_000_000
"""Bytes of addresses; a sheet with 50,000 sessions takes about 200 million."""
_MOST_CELLS = 5_000_000


def read(body: bytes, most_rows: int) -> dict[str, Any]:
    """Return the visible sheets with their rows that are not empty, or the kind of what is wrong."""
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(body)) as book:
            names = [
                about.name
                for about in book.sheets_metadata
                if about.visible == SheetVisibleEnum.Visible and about.typ == SheetTypeEnum.WorkSheet
            ]
            sheets: list[dict[str, Any]] = []
            for name in names:
                sheet = book.get_sheet_by_name(name)
                if sheet.total_height > most_rows:
                    return {"wrong": "rows"}
                if sheet.total_height * sheet.total_width > _MOST_CELLS:
                    return {"wrong": "heavy"}
                sheets.append({"name": name, "rows": list(_rows(sheet))})
            return {"sheets": sheets}
    except PasswordError:
        return {"wrong": "password"}
    except (CalamineError, OSError, ValueError):
        return {"wrong": "damaged"}
    except MemoryError:
        return {"wrong": "heavy"}


def _rows(sheet: CalamineSheet) -> Iterator[tuple[int, list[Any]]]:
    grid: list[list[Any]] = [list(cells) for cells in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        # A cell that spans rows says the same in each of them; across columns it is a heading.
        if left == right and top < len(grid) and left < len(grid[top]):
            for row in grid[top + 1 : bottom + 1]:
                row[left] = grid[top][left]
    for number, cells in enumerate(grid, 1):
        if any(str(cell).strip() for cell in cells):
            yield number, [_written(cell.strip() if isinstance(cell, str) else cell) for cell in cells]


def _written(cell: Any) -> Any:
    """Return a cell as JSON has it: what is none of JSON's own with its kind before it."""
    if isinstance(cell, timedelta):
        return ["timedelta", cell.total_seconds()]
    for kind in (datetime, date, time):
        if isinstance(cell, kind):
            return [kind.__name__, cell.isoformat()]
    return cell


def cell_of(written: Any) -> Any:
    """Return the cell that ``_written`` wrote."""
    if not isinstance(written, list):
        return written
    kind, value = written[0], written[1]
    if kind == "timedelta":
        return timedelta(seconds=value)
    return {"datetime": datetime, "date": date, "time": time}[kind].fromisoformat(value)


def _main() -> None:
    try:
        import resource  # noqa: PLC0415 Windows has none

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    except (ImportError, ValueError, OSError):
        pass
    answer = read(sys.stdin.buffer.read(), int(sys.argv[1]))
    sys.stdout.buffer.write(json.dumps(answer).encode())


if __name__ == "__main__":
    _main()
