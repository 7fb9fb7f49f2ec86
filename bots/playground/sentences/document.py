"""docs/sentences.md: the table as people read it, written from the rows between two marks of the page.

``python -m bots.playground.sentences.document`` writes it again.
"""

import re
import sys
from itertools import groupby
from pathlib import Path

from bots.playground.sentences.grammar.rows import Ask, Row, table

DOCUMENT = Path(__file__).parents[3] / "docs" / "sentences.md"
_BEGIN, _END = "<!-- the table: made from the rows -->", "<!-- the end of the table -->"


def written(page: str) -> str:
    """Return the page with the table as it is now. Raises ``ValueError`` for a page without the marks."""
    head, begun, rest = page.partition(_BEGIN)
    _, ended, tail = rest.partition(_END)
    if not (begun and ended):
        raise ValueError("docs/sentences.md has lost its marks")
    return f"{head}{_BEGIN}\n\n{_tables()}\n{_END}{tail}"


def _tables() -> str:
    parts: list[str] = []
    for subject, rows in groupby(table(), key=lambda row: row.subject):
        parts += [f"### {subject.capitalize()}", "", "| In English | In Hebrew | It asks for |", "|---|---|---|"]
        parts += [_line(list(group)) for _, group in groupby(rows, key=lambda row: row.ask)]
        parts.append("")
    return "\n".join(parts)


def _line(rows: list[Row]) -> str:
    said = [" <br> ".join(row.example for row in rows if row.language == language) for language in ("en", "he")]
    return f"| {' | '.join(said)} | {_asked(rows[0].ask)} |"


def _asked(ask: Ask) -> str:
    """Write what a row asks for without the signs of the file; a choice of values is read as "or"."""
    if ask.talk:
        return "words only"
    calls = re.sub(r"[{}!]", "", ask.source.replace("|", " or "))
    return re.sub(r"\w+\([^)]*\)", lambda call: f"`{call[0]}`", calls)


def main() -> None:
    """Write the page again."""
    DOCUMENT.write_text(written(DOCUMENT.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    sys.exit(main())
