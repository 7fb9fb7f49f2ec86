"""Which column is what: names as people and tools write them, in Hebrew and English; pure."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from core.imports.models import THE_FILE, BadSchedule, MissingAnswer
from core.imports.tables.sheets import Cell, Row, Sheet
from core.kernel.phrases import phrase

Names = Mapping[str, tuple[str, ...]]
"""Fields and the names of columns that hold them, the likeliest first."""

_ENOUGH = 2
"""Columns by which a row is known as the names of a table."""
_HEADER_WITHIN = 30
"""Rows from the top among which the names of the columns are looked for."""
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NO_LETTER = re.compile(r"[\W_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NUMBERED = re.compile(r" ?\d{1,2}$")


def named(text: str) -> Names:
    """Return the names of columns from lines such as "title: Title, Session name"; longer ones are indented."""
    lines = text.replace("\n ", " ").strip().splitlines()
    parts = (line.partition(":") for line in lines)
    return {field: tuple(name_key(name) for name in names.split(",")) for field, _, names in parts}


def name_key(name: str) -> str:
    """Return the key under which names of columns are the same: "Session_Title (optional)*" is "session title"."""
    composed = unicodedata.normalize("NFKC", name)
    # Hebrew marks abbreviations with quotes inside the word: דוא"ל.
    joined = re.sub(r"(?<=\w)[\"'׳״](?=\w)", "", _ASIDE.sub(" ", composed))
    return _NO_LETTER.sub(" ", _CAMEL.sub(" ", joined)).strip().casefold()


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet whose columns are known. ``columns`` holds, per field, the indexes of its columns in order."""

    sheet: str
    columns: Mapping[str, tuple[int, ...]]
    header: list[str]
    rows: list[Row]
    above: list[Row]
    """What stands over the names of the columns: a title, a date."""

    def cells(self, row: Row, field: str) -> list[Cell]:
        """Return what a row has in the columns of a field, empty cells left out."""
        found = [row.cells[index] for index in self.columns.get(field, ()) if index < len(row.cells)]
        return [cell for cell in found if str(cell).strip() and not isinstance(cell, bool)]

    def cell(self, row: Row, field: str) -> Cell | None:
        """Return the first of them."""
        return next(iter(self.cells(row, field)), None)

    def text(self, row: Row, field: str) -> str | None:
        """Return a cell as text; whole numbers without a point."""
        cell = self.cell(row, field)
        if isinstance(cell, float) and cell.is_integer():
            cell = int(cell)
        return None if cell is None else str(cell).strip()


def recognised(cells: list[Cell], names: Names, several: frozenset[str] = frozenset()) -> dict[str, tuple[int, ...]]:
    """Return which columns a row of names has. Fields in ``several`` may have more than one ("Speaker 1", ...)."""
    keys = [name_key(str(cell)) for cell in cells]
    found: dict[str, tuple[int, ...]] = {}
    taken: set[int] = set()
    for field, known in names.items():
        plain_keys = [_NUMBERED.sub("", key) for key in keys] if field in several else keys
        hits = [
            (known.index(key), index) for index, key in enumerate(plain_keys) if key in known and index not in taken
        ]
        if field not in several:
            hits = sorted(hits)[:1]
        if hits:
            found[field] = tuple(index for _, index in hits)
            taken.update(found[field])
    return found


def rating(names: Names, several: frozenset[str] = frozenset()) -> "_Rating":
    """Return what rates rows by how many columns the best of the first ones names."""
    return _Rating(names, several)


@dataclass(frozen=True, slots=True)
class _Rating:
    names: Names
    several: frozenset[str]

    def __call__(self, rows: list[Row]) -> int:
        return max((len(recognised(row.cells, self.names, self.several)) for row in rows[:_HEADER_WITHIN]), default=0)


def tables_of(
    sheets: list[Sheet], names: Names, given: Mapping[str, str], several: frozenset[str] = frozenset()
) -> list[Table]:
    """Return the sheets that are tables. ``given`` is what the person said about columns.

    Where no row names two columns, those that name one: then it can be said which are missing.
    """
    found = [(sheet, _header(sheet, names, given, several)) for sheet in sheets]
    most = max((columns for _, (columns, _) in found), default=0)
    return [
        _table(sheet, names, given, several, at)
        for sheet, (columns, at) in found
        if columns >= min(most, _ENOUGH) and columns > 0 and len(sheet.rows[at].cells) > 1
    ]


def _header(sheet: Sheet, names: Names, given: Mapping[str, str], several: frozenset[str]) -> tuple[int, int]:
    """Return how many columns the best row names, and where it is."""
    rated = [
        (len(recognised(row.cells, names, several)) + len(_asked(row.cells, given)), -position)
        for position, row in enumerate(sheet.rows[:_HEADER_WITHIN])
    ]
    most, position = max(rated, default=(0, 0))
    return most, -position


def _table(sheet: Sheet, names: Names, given: Mapping[str, str], several: frozenset[str], at: int) -> Table:
    header = sheet.rows[at]
    columns = recognised(header.cells, names, several)
    for field, index in _asked(header.cells, given).items():
        columns = {name: tuple(each for each in at if each != index) for name, at in columns.items()}
        columns[field] = (index,)
    return Table(
        sheet.name,
        {field: indexes for field, indexes in columns.items() if indexes},
        [str(cell).strip() for cell in header.cells if str(cell).strip()],
        sheet.rows[at + 1 :],
        sheet.rows[:at],
    )


def _asked(cells: list[Cell], given: Mapping[str, str]) -> dict[str, int]:
    keys = [name_key(str(cell)) for cell in cells]
    return {field: keys.index(name_key(name)) for field, name in given.items() if name_key(name) in keys}


def check_given(given: Mapping[str, str], names: Names, tables: list[Table]) -> None:
    """Raise ``BadSchedule`` for a field that there is not, or a column that no sheet has."""
    for field, column in given.items():
        if field not in names:
            raise BadSchedule("--map", phrase("format-map-field", field=field, fields=", ".join(names)))
        if not any(name_key(column) in map(name_key, table.header) for table in tables):
            raise BadSchedule("--map", phrase("format-map-column", column=column, columns=_listed(tables)))


def demand(tables: list[Table], fields: tuple[str, ...], example: str) -> list[Table]:
    """Return the tables that have one of these fields. Raises ``MissingAnswer`` where none has."""
    found = [table for table in tables if any(field in table.columns for field in fields)]
    if not found:
        raise MissingAnswer(THE_FILE, phrase("format-no-column", field=example, columns=_listed(tables)))
    return found


def _listed(tables: list[Table]) -> str:
    names = dict.fromkeys(name for table in tables for name in table.header)
    return ", ".join(list(names)[:30])
