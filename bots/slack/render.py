"""Say a card in Block Kit, built from the SDK's models so that limits are checked before Slack checks them."""

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    MarkdownTextObject,
    PlainTextObject,
    SectionBlock,
)

from bots.slack.inbound import ACTIONS
from bots.slack.text import directed, escape, shorten
from core.kernel.cards import Button, Card, Caution, Change, Fact, Risk, Severity, Status
from core.kernel.phrases import Phrase, phrase
from core.kernel.principal import Locale
from core.texts import say

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
_HEADER, _BUTTON, _FIELD, _LINE, _FALLBACK = 150, 75, 800, 400, 300
"""Characters: Slack's own limits for a header and a button; the others keep a card readable and far below Slack's."""
_FIELDS = 10
_ROWS = 6
"""Lines of a list, changes of a card; what is more is counted."""


def card_message(card: Card, locale: Locale) -> tuple[str, list[Block]]:
    """Return a card's fallback text (for notifications and screen readers) and its blocks, at most 50."""
    page = _Page(locale)
    text = f"{page.words(card.title)} ({page.term(f'state-{card.state}')})"
    return directed(shorten(text, _FALLBACK), locale), page.draw(card)


@dataclass(frozen=True, slots=True)
class _Page:
    """One language; its methods return blocks."""

    locale: Locale

    def draw(self, card: Card) -> list[Block]:
        blocks: list[Block] = [HeaderBlock(text=self.plain(card.title, _HEADER)), self.status(card)]
        blocks += [self.section(self.said(note)) for note in (card.outcome, card.notice) if note is not None]
        blocks += self.facts(card.facts)
        blocks += [self.change(change, card.state) for change in card.changes[:_ROWS]]
        if len(card.changes) > _ROWS:
            blocks.append(self.section(self.more(len(card.changes) - _ROWS)))
        if card.warnings:
            blocks += [DividerBlock(), self.listed("card-conflicts", [self.caution(each) for each in card.warnings])]
        if card.impact:
            blocks.append(self.listed("card-impact", [f"• {self.said(each)}" for each in card.impact]))
        if card.asked_by is not None:
            blocks.append(self.quote(card.asked_by))
        if card.footer:
            blocks.append(ContextBlock(elements=[self.mrkdwn(self.said(each)) for each in card.footer[:_FIELDS]]))
        if card.buttons:
            blocks.append(ActionsBlock(elements=[self.button(each, card) for each in card.buttons]))
        return blocks

    def status(self, card: Card) -> Block:
        state = f"{_STATE_MARKS[card.state]} *{self.term(f'state-{card.state}')}*"
        risk = f"{_RISK_MARKS[card.risk]} {self.term('card-risk')}: *{self.term(f'risk-{card.risk}')}*"
        return SectionBlock(fields=[self.mrkdwn(state), self.mrkdwn(risk)])

    def facts(self, facts: Sequence[Fact]) -> list[Block]:
        fields = [self.field(self.said(fact.label), fact.value) for fact in facts[:_FIELDS]]
        return [SectionBlock(fields=fields)] if fields else []

    def change(self, change: Change, state: Status) -> Block:
        label = self.said(change.label)
        before, after = ("card-before", "card-after") if state == "executed" else ("card-now", "card-proposed")
        return SectionBlock(
            fields=[
                self.field(f"{label} ({self.term(before)})", change.now),
                self.field(f"{label} ({self.term(after)})", change.proposed),
            ]
        )

    def caution(self, caution: Caution) -> str:
        return f"{_CAUTION_MARKS[caution.severity]} {self.said(caution.text)}"

    def listed(self, title: str, lines: list[str]) -> Block:
        more = [self.more(len(lines) - _ROWS)] if len(lines) > _ROWS else []
        return self.section("\n".join([f"*{self.term(title)}*", *lines[:_ROWS], *more]))

    def quote(self, words: Phrase) -> Block:
        quoted = " ".join(say(self.locale, words).split())
        text = directed(f"{self.term('card-asked')}: {escape(shorten(quoted, _FIELD))}", self.locale)
        return SectionBlock(text=MarkdownTextObject(text=f">{text}", verbatim=True))

    def button(self, button: Button, card: Card) -> ButtonElement:
        return ButtonElement(
            text=self.plain(button.label, _BUTTON),
            action_id=ACTIONS[button.verdict],
            value=f"{button.verdict}:{card.suggestion_id}",
            style=button.style,
        )

    def field(self, label: str, value: Phrase) -> MarkdownTextObject:
        return self.mrkdwn(f"*{label}*\n{self.said(value, _FIELD)}")

    def section(self, text: str) -> Block:
        return SectionBlock(text=self.mrkdwn(text))

    def mrkdwn(self, text: str) -> MarkdownTextObject:
        return MarkdownTextObject(text=directed(text, self.locale), verbatim=True)

    def plain(self, words: Phrase, limit: int) -> PlainTextObject:
        # One character is the direction's mark.
        return PlainTextObject(text=directed(shorten(self.words(words), limit - 1), self.locale), emoji=True)

    def words(self, words: Phrase) -> str:
        return " ".join(say(self.locale, words).split())

    def said(self, words: Phrase, limit: int = _LINE) -> str:
        """Say a phrase on one line, within its room, escaped."""
        return escape(shorten(self.words(words), limit))

    def term(self, id_: str) -> str:
        return self.said(phrase(id_))

    def more(self, count: int) -> str:
        return self.said(phrase("slack-more", count=count))
