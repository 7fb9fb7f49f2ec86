"""What a terminal is shown: cells without anybody's control characters, and tables that split no word."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Annotated, TypeAlias
from zoneinfo import ZoneInfo

import typer
from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from core.texts import plain as visible

Cell: TypeAlias = Text | str
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object per line, with every column.")]
# Beside what no card shows either (`core.texts.plain`): names and titles are other people's words.
_GAPS = re.compile("[\t\u2028\u2029]")
_HALVES = re.compile("[\ud800-\udfff]")
_WORD = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?|\S+")
"""What a column must have room for: a moment counts as one word."""


class _Terminal(Console):
    """A console that obeys nobody's words: no markup, no emoji codes, and no control characters but its own."""

    def __init__(self, *, stderr: bool = False) -> None:
        super().__init__(stderr=stderr, highlight=False, markup=False, emoji=False)

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterator[Segment]:
        """Clean every segment that is text."""
        for text, style, control in super().render(renderable, options):
            yield Segment(text if control else clean(text), style, control)


def clean(text: object) -> str:
    """Return what may be printed of a text: every character that a terminal would obey or hide is gone."""
    return _HALVES.sub("", visible(_GAPS.sub(" ", str(text))))


out = _Terminal()
err = _Terminal(stderr=True)


def one_line(text: object) -> str:
    """Return a text on one line: no name in a sentence begins a line of its own, as if the program said it."""
    return " ".join(clean(text).split())


def cell(text: object, style: str = "") -> Text:
    """Return a cell that says exactly this, on one line; no markup in it is obeyed."""
    return Text(one_line(text), style=style)


def lines(*cells: Cell) -> Text:
    """Return one cell of several lines, one below the other; empty ones are left out."""
    told = [each if isinstance(each, Text) else cell(each) for each in cells]
    return Text("\n").join(each for each in told if each.plain)


def as_json(row: object) -> str:
    """Return one line of JSON, faithful to the last character; what is not simply seen is written as an escape."""
    told = json.dumps(row, ensure_ascii=False, default=plain)
    if told.isprintable():
        return told
    return "".join(each if each.isprintable() else json.dumps(each)[1:-1] for each in told)


def print_json(rows: Iterable[object]) -> None:
    """Print one JSON object per line."""
    for row in rows:
        typer.echo(as_json(row))


def plain(value: object) -> object:
    """Return what JSON has no word for: moments in ISO 8601, stretches of time in seconds, the rest as text."""
    if isinstance(value, datetime):
        return value.isoformat()
    return value.total_seconds() if isinstance(value, timedelta) else str(value)


class Clock:
    """Moments in the time of their events; where there is one zone it is named once, in the closing line."""

    def __init__(self, zones: Iterable[str | None]) -> None:
        known = {zone for zone in zones if zone} or {"UTC"}
        self._only = ZoneInfo(known.pop()) if len(known) == 1 else None

    def below(self, total: str = "") -> str:
        """Return the closing line of a list: its total, and the zone of all its moments."""
        return f"{total} Times in {self._only.key}.".strip() if self._only is not None else total

    def say(self, at: datetime | None, zone: str | None) -> str:
        """Say a moment, or nothing; ``zone``: of its event, None for what belongs to no event."""
        if at is None:
            return ""
        there = self._only or ZoneInfo(zone or "UTC")
        return f"{at.astimezone(there):%Y-%m-%d %H:%M}" + ("" if self._only is not None else f" {there.key}")


def show(
    titles: Sequence[str], rows: Iterable[Sequence[Cell]], *, numbers: Sequence[int] = (), total: str = ""
) -> None:
    """Print rows as a table, or one below the other where the terminal is too narrow for a table.

    Too narrow: for the columns' longest words, or so that their lines would be more than those of the rows one below
    the other. ``numbers`` are the columns that stand to the right; ``total`` is a closing line.
    """
    cells = [[each if isinstance(each, Text) else cell(each) for each in row] for row in rows]
    if _needed(titles, cells) <= out.width and not _folds(titles, cells, numbers):
        out.print(_table(titles, cells, numbers))
    else:
        for number, row in enumerate(cells):
            if number:
                out.print()
            show_pairs(zip(titles, row, strict=True), indent=max(Text(title).cell_len for title in titles))
    if total:
        out.print(f"\n{total}")


def show_pairs(pairs: Iterable[tuple[str, Cell]], *, indent: int = 0) -> None:
    """Print what belongs to one thing: a label and its value on a line each; what is empty is left out.

    ``indent``: columns that the labels take at least, so that several things stand alike.
    """
    record = Table(box=None, pad_edge=False, show_header=False)
    record.add_column(no_wrap=True, style="dim", min_width=indent)
    record.add_column(overflow="fold")
    for title, each in pairs:
        said = each if isinstance(each, Text) else cell(each)
        if said.plain:
            record.add_row(title, said)
    out.print(record)


def told_of(shown: int, total: int, what: str, several: str | None = None) -> str:
    """Say how many of how many are shown: ``3 suggestions.``, ``50 of 1,204 suggestions; --limit N shows more.``"""
    if shown == total:
        return f"{counted(total, what, several)}."
    return f"{shown:,} of {counted(total, what, several)}; --limit N shows more."


def _needed(titles: Sequence[str], rows: Sequence[Sequence[Text]]) -> int:
    """Return how wide a table is whose columns are as wide as their longest word, with two spaces between them."""
    widest = [_longest_word(title) for title in titles]
    for row in rows:
        widest = [max(width, _longest_word(each.plain)) for width, each in zip(widest, row, strict=True)]
    return sum(widest) + 2 * (len(widest) - 1)


def _longest_word(text: str) -> int:
    return max((Text(word).cell_len for word in _WORD.findall(text)), default=0)


def _folds(titles: Sequence[str], rows: Sequence[Sequence[Text]], numbers: Sequence[int]) -> bool:
    """Tell whether the first rows take more lines in a table than one below the other."""
    some = rows[:_LOOKED_AT]
    beside = len(out.render_lines(_table(titles, some, numbers), pad=False)) - 1
    return beside > sum(1 + sum(1 + each.plain.count("\n") for each in row if each.plain) for row in some)


_LOOKED_AT = 20
"""Rows; the rest of a list looks like its beginning."""


def _table(titles: Sequence[str], rows: Sequence[Sequence[Text]], numbers: Sequence[int]) -> Table:
    table = Table(box=None, pad_edge=False)
    for place, title in enumerate(titles):
        if place in numbers:
            table.add_column(title, justify="right", no_wrap=True)
        else:
            shortest = max([_longest_word(title), *(_longest_word(row[place].plain) for row in rows)])
            # A column of single words gives nothing away when others are made narrower: it would lose letters.
            are_words = all(_longest_word(row[place].plain) == row[place].cell_len for row in rows)
            table.add_column(title, overflow="fold", min_width=shortest, no_wrap=are_words)
    for row in rows:
        table.add_row(*row)
    return table


def counted(count: int, what: str, several: str | None = None) -> str:
    """Say a number with its noun: ``1 row``, ``1,204 rows``."""
    return f"{count:,} {what}" if count == 1 else f"{count:,} {several or what + 's'}"
