"""Say a card in Telegram's HTML; every inserted value is escaped, and nothing is ever too long or cut unseen."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from telegram import InlineKeyboardMarkup
from telegram.constants import MessageLimit

from bots.telegram.keyboard import keyboard_of
from bots.telegram.text import (
    clean,
    direction_mark,
    escape,
    inert,
    isolated,
    parsed,
    shorten,
    units,
)
from core.actions.parts import Changes, Facts, Footer, Head, Line, Listing, Notes, Quote, Section, on_a_card
from core.kernel.cards import Abilities, Card, Change
from core.kernel.phrases import Phrase, phrase
from core.kernel.principal import Locale
from core.texts import is_right_to_left, say

_Item = TypeVar("_Item")

ABILITIES = Abilities(modals=False)
_ROOMS: tuple[tuple[int, int, int], ...] = (
    (40, 100, 1024),
    (40, 100, 256),
    (20, 60, 128),
    (10, 60, 56),
    (10, 20, 96),
    (5, 5, 48),
)
"""Rows of a section, lines of a bundle and UTF-16 units of a value, tried in turn; the last always fits."""


def card_message(card: Card, locale: Locale) -> tuple[str, InlineKeyboardMarkup | None]:
    """Return a card as HTML of at most 4096 UTF-16 units after parsing, and its keyboard if it has buttons.

    What had to be shortened ends with an ellipsis, rows that had to go are counted, and then there is a button that
    shows everything.
    """
    drawn, is_cut = _fitting(card, locale)
    return drawn, keyboard_of(card, locale, is_cut=is_cut)


def _fitting(card: Card, locale: Locale) -> tuple[str, bool]:
    drawn, is_cut = "", False
    for rows, lines, value in _ROOMS:
        page = _Page(locale, rows, lines, value)
        drawn, is_cut = page.draw(card), page.is_cut
        if units(parsed(drawn)) <= MessageLimit.MAX_TEXT_LENGTH:
            break
    return drawn, is_cut


@dataclass(slots=True)
class _Page:
    """One language and the room there is; its methods return lines of HTML."""

    locale: Locale
    rows: int
    lines: int
    value: int
    is_cut: bool = False
    """Whether anything of what was drawn had to be shortened or counted."""

    def draw(self, card: Card) -> str:
        return "\n\n".join("\n".join(self.section(part)) for part in on_a_card(card, ABILITIES))

    def section(self, part: Section) -> list[str]:
        match part:
            case Head():
                return [self.bold(part.title), self.marked(part.state), self.marked(part.risk)]
            case Notes():
                return [self.bold(note) if part.is_loud else self.line(self.said(note)) for note in part.said]
            case Changes():
                return self.changes(part)
            case Facts():
                return self.each(part.rows, lambda fact: [self.pair(fact.label, fact.value)])
            case Listing():
                most = self.lines if part.part == "lines" else self.rows
                return [self.bold(part.heading), *self.each(part.lines, lambda line: [self.marked(line)], most)]
            case Quote():
                return self.quote(part)
            case Footer():
                return self.each(part.said, lambda said: [self.line(f"<i>{self.said(said)}</i>")])

    def bold(self, said: Phrase) -> str:
        return self.line(f"<b>{self.said(said)}</b>")

    def marked(self, line: Line) -> str:
        label = f"{self.said(line.label)}: " if line.label else ""
        return self.line(f"{line.mark} {label}{self.said(line.text)}")

    def changes(self, changes: Changes) -> list[str]:
        """Each change is a paragraph of its own."""
        return self.each(changes.rows, lambda change: ["", *self.change(change, changes)])[1:]

    def change(self, change: Change, sides: Changes) -> list[str]:
        after, before = self.pair(sides.after, change.proposed), self.pair(sides.before, change.now)
        return [self.bold(change.label), after, before]

    def quote(self, quote: Quote) -> list[str]:
        """Whatever is quoted stands in a block of its own, so that nobody takes it for a fact."""
        quoted = f"<blockquote>{self.line(self.said(quote.words))}</blockquote>"
        return [self.line(f"{self.said(quote.label)}:"), quoted] if quote.label else [quoted]

    def each(
        self, items: Sequence[_Item], draw: Callable[[_Item], Iterable[str]], most: int | None = None
    ) -> list[str]:
        shown = self.rows if most is None else most
        lines = [line for item in items[:shown] for line in draw(item)]
        return [*lines, self.more(len(items) - shown)] if len(items) > shown else lines

    def more(self, count: int) -> str:
        self.is_cut = True
        return self.line(escape(say(self.locale, phrase("telegram-more", count=count))))

    def pair(self, label: Phrase, value: Phrase) -> str:
        return self.line(f"{self.said(label)}: {isolated(self.said(value))}")

    def said(self, said: Phrase) -> str:
        """Say a phrase on one line, within its room, escaped."""
        words = inert(" ".join(clean(say(self.locale, said)).split()))
        short = shorten(words, self.value)
        self.is_cut = self.is_cut or short != words
        return escape(short)

    def line(self, text: str) -> str:
        return direction_mark(parsed(text), rtl=is_right_to_left(self.locale)) + text
