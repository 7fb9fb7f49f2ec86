"""The table: what can be said and what it asks for, read from the ``sentences.txt`` of every subject."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeAlias, cast

from bots.playground.sentences.grammar.files import Source, sources
from bots.playground.sentences.grammar.patterns import Pattern, example_of
from bots.playground.sentences.grammar.template import Condition, Template, read_conditions, read_template
from bots.playground.sentences.grammar.text import Language

Kind: TypeAlias = Literal["?", "!", "="]
"""A question, a change, or talk that calls nothing by itself."""
_HEAD = re.compile(r"(?P<kind>[?!=]) (?P<calls>.+?)(?: where (?P<where>.+))?")
_SENTENCE = re.compile(r"(?P<language>en|he) (?P<said>\S.*)")


@dataclass(frozen=True, slots=True)
class Ask:
    """What some sentences lead to: a call, or one that another comes before or instead of; else a kind of talk."""

    kind: Kind
    calls: tuple[Template, ...]
    link: Literal["", "then", "else"] = ""
    """``a then b``: ``a`` is read first where ``b`` needs it. ``a else b``: ``b`` where ``a`` finds nothing."""
    where: tuple[Condition, ...] = ()
    """Which rows of the answer are told."""
    source: str = ""
    """As it is written."""

    @property
    def main(self) -> Template:
        """The call that the sentence is for."""
        return self.calls[-1] if self.link == "then" else self.calls[0]

    @property
    def pointing(self) -> tuple[str, ...]:
        """Places that mean what was last talked about where nothing is said: ``{session|it}``."""
        return tuple(dict.fromkeys(re.findall(r"\{(\w+)\|it\}", self.source)))

    def takes(self, value: str) -> bool:
        """Whether a value is asked for in the main call: ``day``."""
        return f"{{{value}" in self.source

    @property
    def talk(self) -> str:
        """The kind of talk, empty for what calls a tool."""
        return self.source if self.kind == "=" else ""


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence, with its places, and what it asks for."""

    subject: str
    language: Language
    said: str
    """As it is written: ``Move {session=Lunch} to {room=Hall B}``."""
    ask: Ask
    number: int
    pattern: Pattern

    @property
    def asks(self) -> bool:
        """Whether it asks for a change."""
        return self.ask.kind == "!" and not self.is_statement

    @property
    def example(self) -> str:
        """The sentence as somebody would say it."""
        return example_of(self.said)

    @property
    def is_statement(self) -> bool:
        """Tells what is so now, without a verb that asks: with a question mark it asks whether it is so."""
        return self.said.endswith(".")


class BadRow(ValueError):
    """A line of the table cannot be read; says which."""


@cache
def table() -> tuple[Row, ...]:
    """Return every row of every subject. Raises ``BadRow`` for a line that is none."""
    rows: list[Row] = []
    for source in sources():
        rows += _rows(source, len(rows))
    return tuple(rows)


def _rows(source: Source, count: int) -> list[Row]:
    rows: list[Row] = []
    ask: Ask | None = None
    for line in source.lines:
        if line.startswith(":"):
            continue
        if head := _HEAD.fullmatch(line):
            ask = _ask(head)
            continue
        found = _SENTENCE.fullmatch(line)
        if found is None or ask is None:
            raise BadRow(f"{source.subject}: {line}")
        language = cast("Language", found["language"])
        pattern = Pattern(found["said"], language)
        rows.append(Row(source.subject, language, found["said"], ask, count + len(rows), pattern))
    return rows


def _ask(head: re.Match[str]) -> Ask:
    kind, calls = cast("Kind", head["kind"]), head["calls"]
    where, source = read_conditions(head["where"] or ""), head[0][2:]
    if kind == "=":
        return Ask(kind, (), source=calls)
    for link in ("then", "else"):
        first, both, second = calls.partition(f" {link} ")
        if both:
            return Ask(kind, (read_template(first), read_template(second)), link, where, source)
    return Ask(kind, (read_template(calls),), "", where, source)
