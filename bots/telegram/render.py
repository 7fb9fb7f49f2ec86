"""Say a card in Telegram's HTML, with its buttons; every inserted value is escaped, and nothing is ever too long."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import KeyboardButtonStyle, MessageLimit

from bots.telegram.press import callback_data
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
from core.kernel.cards import Button, Card, Caution, Change, Fact, Risk, Severity, Status
from core.kernel.phrases import Phrase, phrase
from core.kernel.principal import Locale
from core.texts import is_right_to_left, say

_Item = TypeVar("_Item")

_RISK_MARKS: dict[Risk, str] = {"low": "🟢", "medium": "🟡", "high": "🟠", "critical": "🔴"}
_CAUTION_MARKS: dict[Severity, str] = {"error": "⛔", "warning": "⚠️"}
_STATE_MARKS: dict[Status, str] = {
    "suggested": "⏳",
    "approved": "👍",
    "rejected": "🚫",
    "executed": "✅",
    "failed": "❌",
    "expired": "⌛",
    "superseded": "🔄",
}
_ROOMS: tuple[tuple[int, int], ...] = ((40, 1024), (40, 256), (20, 128), (10, 96), (5, 48))
"""Rows of a section and UTF-16 units of a value, tried in turn until the card fits; the last always does."""
_STYLES = {"danger": KeyboardButtonStyle.DANGER, "primary": KeyboardButtonStyle.SUCCESS}
_NOTES = frozenset({"acknowledge", "withdraw"})
"""What a press on these notes is no verdict; they have a row of their own."""
_LABEL = 64
"""UTF-16 units of a button's label; longer ones are not readable on a phone."""


def card_message(card: Card, locale: Locale) -> tuple[str, InlineKeyboardMarkup | None]:
    """Return a card as HTML of at most 4096 UTF-16 units after parsing, and its keyboard if it has buttons.

    What had to be shortened ends with an ellipsis; rows that had to go are counted.
    """
    return _fitting(card, locale), _keyboard(card, locale)


def _fitting(card: Card, locale: Locale) -> str:
    drawn = ""
    for rows, value in _ROOMS:
        drawn = _Page(locale, rows, value).draw(card)
        if units(parsed(drawn)) <= MessageLimit.MAX_TEXT_LENGTH:
            break
    return drawn


@dataclass(frozen=True, slots=True)
class _Page:
    """One language and the room there is; its methods return lines of HTML."""

    locale: Locale
    rows: int
    value: int

    def draw(self, card: Card) -> str:
        sections = (
            self.head(card),
            self.notes(card),
            self.each(card.facts, self.fact),
            self.changes(card),
            self.titled("card-conflicts", self.each(card.warnings, self.caution)),
            self.titled("card-impact", self.each(card.impact, self.bullet)),
            self.quote(card.asked_by),
            self.how_to_approve(card),
            self.each(card.footer, self.small),
        )
        return "\n\n".join("\n".join(section) for section in sections if section)

    def head(self, card: Card) -> list[str]:
        state = f"{_STATE_MARKS[card.state]} {self.term(f'state-{card.state}')}"
        risk = f"{_RISK_MARKS[card.risk]} {self.term('card-risk')}: {self.term(f'risk-{card.risk}')}"
        return [self.line(f"<b>{self.said(card.title)}</b>"), self.line(state), self.line(risk)]

    def notes(self, card: Card) -> list[str]:
        return [self.line(self.said(note)) for note in (card.outcome, card.notice) if note is not None]

    def fact(self, fact: Fact) -> list[str]:
        return [self.pair(self.said(fact.label), fact.value)]

    def changes(self, card: Card) -> list[str]:
        """Each change is a paragraph of its own."""
        return self.each(card.changes, lambda change: ["", *self.change(change, card.state)])[1:]

    def change(self, change: Change, state: Status) -> list[str]:
        before, after = ("card-before", "card-after") if state == "executed" else ("card-now", "card-proposed")
        return [
            self.line(f"<b>{self.said(change.label)}</b>"),
            self.pair(self.term(before), change.now),
            self.pair(self.term(after), change.proposed),
        ]

    def caution(self, caution: Caution) -> list[str]:
        return [self.line(f"{_CAUTION_MARKS[caution.severity]} {self.said(caution.text)}")]

    def bullet(self, said: Phrase) -> list[str]:
        return [self.line(f"• {self.said(said)}")]

    def small(self, said: Phrase) -> list[str]:
        return [self.line(f"<i>{self.said(said)}</i>")]

    def quote(self, words: Phrase | None) -> list[str]:
        if words is None:
            return []
        return [self.line(f"{self.term('card-asked')}:"), f"<blockquote>{self.line(self.said(words))}</blockquote>"]

    def how_to_approve(self, card: Card) -> list[str]:
        """A word is typed as an answer to the card; in a chat whose reader may not decide there is nothing to say."""
        if card.word is None or not card.buttons:
            return []
        return [self.line(f"<b>{self.said(phrase('gesture-reply', word=card.word))}</b>")]

    def titled(self, title: str, lines: list[str]) -> list[str]:
        return [self.line(f"<b>{self.term(title)}</b>"), *lines] if lines else []

    def each(self, items: Sequence[_Item], draw: Callable[[_Item], Iterable[str]]) -> list[str]:
        lines = [line for item in items[: self.rows] for line in draw(item)]
        return [*lines, self.more(len(items) - self.rows)] if len(items) > self.rows else lines

    def more(self, count: int) -> str:
        return self.line(escape(say(self.locale, phrase("telegram-more", count=count))))

    def pair(self, label: str, value: Phrase) -> str:
        return self.line(f"{label}: {isolated(self.said(value))}")

    def term(self, id_: str) -> str:
        return self.said(phrase(id_))

    def said(self, said: Phrase) -> str:
        """Say a phrase on one line, within its room, escaped."""
        return escape(shorten(inert(" ".join(clean(say(self.locale, said)).split())), self.value))

    def line(self, text: str) -> str:
        return direction_mark(parsed(text), rtl=is_right_to_left(self.locale)) + text


def _keyboard(card: Card, locale: Locale) -> InlineKeyboardMarkup | None:
    shown = [button for button in card.buttons if _is_offered(button, card)]
    notes = [[_button(button, card, locale)] for button in shown if button.verdict in _NOTES]
    verdicts = [_button(button, card, locale) for button in shown if button.verdict not in _NOTES]
    return InlineKeyboardMarkup([*notes, verdicts]) if shown else None


def _is_offered(button: Button, card: Card) -> bool:
    """What must be acknowledged can be approved once somebody has; a word is typed, not pressed."""
    if button.verdict != "approve":
        return True
    return card.gesture != "type_word" and (card.gesture != "acknowledge" or bool(card.acknowledged_by))


def _button(button: Button, card: Card, locale: Locale) -> InlineKeyboardButton:
    style = _STYLES.get(button.style)
    label = shorten(" ".join(clean(say(locale, button.label)).split()), _LABEL)
    return InlineKeyboardButton(label, callback_data=callback_data(button.verdict, card.suggestion_id), style=style)
