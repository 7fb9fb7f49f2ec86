"""What a terminal is shown: cells without anybody's control characters, and tables that split no word."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import TypeAlias

import typer
from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

Cell: TypeAlias = Text | str
# C0 but for the line feed, DEL and C1, marks and overrides of direction, separators of lines, halves of characters:
# what a terminal obeys or is confused by. Names and titles are other people's words.
_OBEYED = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


class _Terminal(Console):
    """A console that obeys nobody's words: no markup, no emoji codes, and no control characters but its own."""

    def __init__(self, *, stderr: bool = False) -> None:
        super().__init__(stderr=stderr, highlight=False, markup=False, emoji=False)

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterator[Segment]:
        """Clean every segment that is text."""
        for text, style, control in super().render(renderable, options):
            yield Segment(text if control else clean(text), style, control)


def clean(text: object) -> str:
    """Return what may be printed of a text: every character that a terminal would obey is gone."""
    return _OBEYED.sub("", str(text))


out = _Terminal()
err = _Terminal(stderr=True)


def cell(text: object, style: str = "") -> Text:
    """Return a cell that says exactly this: no markup in it is obeyed either."""
    return Text(clean(text), style=style)


def as_json(row: object) -> str:
    """Return one line of JSON, faithful to the last character; what a terminal would obey is written as an escape."""
    line = json.dumps(row, ensure_ascii=False, default=plain)
    return _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", line)


def print_json(rows: Iterable[object]) -> None:
    """Print one JSON object per line."""
    for row in rows:
        typer.echo(as_json(row))


def plain(value: object) -> object:
    """Return what JSON has no word for: moments in ISO 8601, stretches of time in seconds, the rest as text."""
    if isinstance(value, datetime):
        return value.isoformat()
    return value.total_seconds() if isinstance(value, timedelta) else str(value)


def show(titles: Sequence[str], rows: Iterable[Sequence[Cell]], *, numbers: Sequence[int] = ()) -> None:
    """Print rows as a table, or one below the other where the terminal is too narrow for their longest words.

    ``numbers`` are the columns that stand to the right.
    """
    cells = [[each if isinstance(each, Text) else cell(each) for each in row] for row in rows]
    if _needed(titles, cells) <= out.width:
        out.print(_table(titles, cells, numbers))
        return
    for number, row in enumerate(cells):
        if number:
            out.print()
        out.print(_record(titles, row))


def _needed(titles: Sequence[str], rows: Sequence[Sequence[Text]]) -> int:
    """Return how wide a table is whose columns are as wide as their longest word, with two spaces between them."""
    widest = [_longest_word(title) for title in titles]
    for row in rows:
        widest = [max(width, _longest_word(each.plain)) for width, each in zip(widest, row, strict=True)]
    return sum(widest) + 2 * (len(widest) - 1)


def _longest_word(text: str) -> int:
    return max((Text(word).cell_len for word in text.split()), default=0)


def _table(titles: Sequence[str], rows: Sequence[Sequence[Text]], numbers: Sequence[int]) -> Table:
    table = Table(box=None, pad_edge=False)
    for place, title in enumerate(titles):
        if place in numbers:
            table.add_column(title, justify="right", no_wrap=True)
        else:
            shortest = max([_longest_word(title), *(_longest_word(row[place].plain) for row in rows)])
            table.add_column(title, overflow="fold", min_width=shortest)
    for row in rows:
        table.add_row(*row)
    return table


def _record(titles: Sequence[str], row: Sequence[Text]) -> Table:
    record = Table(box=None, pad_edge=False, show_header=False)
    record.add_column(no_wrap=True, style="dim")
    record.add_column(overflow="fold")
    for title, each in zip(titles, row, strict=True):
        if each.plain:
            record.add_row(title, each)
    return record


def counted(count: int, what: str, several: str | None = None) -> str:
    """Say a number with its noun: ``1 row``, ``1,204 rows``."""
    return f"{count:,} {what}" if count == 1 else f"{count:,} {several or what + 's'}"
