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
from core.actions.parts import CAUTION_MARKS, HEADINGS, RISK_MARKS, STATE_MARKS, Part, in_order, sides
from core.kernel.cards import Card, Caution, Change, Fact
from core.kernel.phrases import Phrase, phrase
from core.kernel.principal import Locale
from core.texts import is_right_to_left, say

_Item = TypeVar("_Item")

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
        parts: dict[Part, list[str]] = {
            "head": self.head(card),
            "notes": self.notes(card),
            "changes": self.changes(card),
            "lines": self.each(tuple(enumerate(card.lines, 1)), self.numbered, self.lines),
            "facts": self.each(card.facts, self.fact),
            "conflicts": self.titled("conflicts", self.each(card.warnings, self.caution)),
            "impact": self.titled("impact", self.each(card.impact, self.bullet)),
            "rivals": self.titled("rivals", self.each(card.rivals, self.bullet)),
            "asked_by": self.quote(card.asked_by, f"{self.said(HEADINGS['asked_by'])}:"),
            "why": self.quote(card.why),
            "gesture": self.how_to_approve(card),
            "footer": self.each(card.footer, self.small),
        }
        return "\n\n".join("\n".join(part) for part in in_order(parts))

    def head(self, card: Card) -> list[str]:
        state = f"{STATE_MARKS[card.state]} {self.term(f'state-{card.state}')}"
        risk = f"{RISK_MARKS[card.risk]} {self.term('card-risk')}: {self.term(f'risk-{card.risk}')}"
        return [self.line(f"<b>{self.said(card.title)}</b>"), self.line(state), self.line(risk)]

    def notes(self, card: Card) -> list[str]:
        return [self.line(self.said(note)) for note in (card.outcome, card.notice) if note is not None]

    def fact(self, fact: Fact) -> list[str]:
        return [self.pair(self.said(fact.label), fact.value)]

    def changes(self, card: Card) -> list[str]:
        """Each change is a paragraph of its own."""
        return self.each(card.changes, lambda change: ["", *self.change(change, card)])[1:]

    def change(self, change: Change, card: Card) -> list[str]:
        after, before = map(self.said, sides(card))
        return [
            self.line(f"<b>{self.said(change.label)}</b>"),
            self.pair(after, change.proposed),
            self.pair(before, change.now),
        ]

    def caution(self, caution: Caution) -> list[str]:
        return [self.line(f"{CAUTION_MARKS[caution.severity]} {self.said(caution.text)}")]

    def bullet(self, said: Phrase) -> list[str]:
        return [self.line(f"• {self.said(said)}")]

    def small(self, said: Phrase) -> list[str]:
        return [self.line(f"<i>{self.said(said)}</i>")]

    def numbered(self, line: tuple[int, Phrase]) -> list[str]:
        """A line of a bundle, with the number under which it can be left out."""
        return [self.line(f"{line[0]}. {self.said(line[1])}")]

    def quote(self, words: Phrase | None, label: str = "") -> list[str]:
        """Whatever is quoted stands in a block of its own, so that nobody takes it for a fact."""
        if words is None:
            return []
        quoted = f"<blockquote>{self.line(self.said(words))}</blockquote>"
        return [self.line(label), quoted] if label else [quoted]

    def how_to_approve(self, card: Card) -> list[str]:
        """A word is typed as an answer to the card; in a chat whose reader may not decide there is nothing to say."""
        if card.word is None or all(button.verdict == "show" for button in card.buttons):
            return []
        return [self.line(f"<b>{self.said(phrase('gesture-reply', word=card.word))}</b>")]

    def titled(self, part: Part, lines: list[str]) -> list[str]:
        return [self.line(f"<b>{self.said(HEADINGS[part])}</b>"), *lines] if lines else []

    def each(
        self, items: Sequence[_Item], draw: Callable[[_Item], Iterable[str]], most: int | None = None
    ) -> list[str]:
        shown = self.rows if most is None else most
        lines = [line for item in items[:shown] for line in draw(item)]
        return [*lines, self.more(len(items) - shown)] if len(items) > shown else lines

    def more(self, count: int) -> str:
        self.is_cut = True
        return self.line(escape(say(self.locale, phrase("telegram-more", count=count))))

    def pair(self, label: str, value: Phrase) -> str:
        return self.line(f"{label}: {isolated(self.said(value))}")

    def term(self, id_: str) -> str:
        return self.said(phrase(id_))

    def said(self, said: Phrase) -> str:
        """Say a phrase on one line, within its room, escaped."""
        words = inert(" ".join(clean(say(self.locale, said)).split()))
        short = shorten(words, self.value)
        self.is_cut = self.is_cut or short != words
        return escape(short)

    def line(self, text: str) -> str:
        return direction_mark(parsed(text), rtl=is_right_to_left(self.locale)) + text
