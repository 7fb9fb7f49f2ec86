"""Say a card in Block Kit, built from the SDK's models, within its limits and those that the SDK does not check."""

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

from bots.slack.inbound import ACTIONS, REVIEW
from bots.slack.text import ELLIPSIS, clean, directed, escape, fitting, is_visible, isolated, shorten
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
_HEADER, _BUTTON = 150, 75
"""Characters, Slack's own limits."""
_TITLE, _FIELD, _LINE, _FALLBACK = 2800, 800, 400, 300
"""Characters once escaped. A field may have 2,000 and a section 3,000: a label and a value, or six lines, fit."""
IN_A_MODAL = frozenset({"acknowledge", "type_word"})
"""Gestures for which the approve button opens a modal."""
_FIELDS = 10
"""Slack's limit for the fields of a section and for the elements of a context."""
_ROWS = 6
"""Lines of a list and changes of a card; what is more is counted. It keeps a card far below Slack's 50 blocks."""


def card_message(card: Card, locale: Locale) -> tuple[str, list[Block]]:
    """Return a card's fallback text, escaped, for notifications and screen readers, and its blocks, at most 50.

    What had to be shortened ends with an ellipsis; rows that had to go are counted.
    """
    page = Page(locale)
    text = f"{page.words(card.title)} ({page.words(phrase(f'state-{card.state}'))})"
    return escape(directed(shorten(text, _FALLBACK), locale)), page.draw(card)


@dataclass(frozen=True, slots=True)
class Page:
    """One language; its methods return blocks and their parts."""

    locale: Locale

    def draw(self, card: Card) -> list[Block]:
        return [
            HeaderBlock(text=self.plain(card.title, _HEADER, emoji=False)),
            *self.whole(card.title),
            self.status(card),
            *(self.section(self.said(note)) for note in (card.outcome, card.notice) if note is not None),
            *self.facts(card.facts),
            *self.changes(card.changes, card.state),
            *self.conflicts(card.warnings),
            *self.listed("card-impact", [f"• {self.said(each)}" for each in card.impact]),
            *self.quote(card.asked_by),
            *self.footer(card.footer),
            *self.buttons(card),
        ]

    def whole(self, title: Phrase) -> list[Block]:
        """Repeat a title that the header cannot hold: nobody approves words that they have not seen."""
        is_cut = fitting(self.words(title), _HEADER - 1) < len(self.words(title))
        return [self.section(self.said(title, _TITLE))] if is_cut else []

    def status(self, card: Card) -> Block:
        state = f"{_STATE_MARKS[card.state]} *{self.term(f'state-{card.state}')}*"
        risk = f"{_RISK_MARKS[card.risk]} {self.term('card-risk')}: *{self.term(f'risk-{card.risk}')}*"
        return SectionBlock(fields=[self.mrkdwn(state), self.mrkdwn(risk)])

    def facts(self, facts: Sequence[Fact]) -> list[Block]:
        fields = [self.field(self.said(fact.label), fact.value) for fact in facts[:_FIELDS]]
        shown: list[Block] = [SectionBlock(fields=fields)] if fields else []
        return shown + self.rest(len(facts) - _FIELDS)

    def changes(self, changes: Sequence[Change], state: Status) -> list[Block]:
        before, after = ("card-before", "card-after") if state == "executed" else ("card-now", "card-proposed")
        shown: list[Block] = [
            SectionBlock(
                fields=[
                    self.field(f"{self.said(change.label)} ({self.term(before)})", change.now),
                    self.field(f"{self.said(change.label)} ({self.term(after)})", change.proposed),
                ]
            )
            for change in changes[:_ROWS]
        ]
        return shown + self.rest(len(changes) - _ROWS)

    def conflicts(self, cautions: Sequence[Caution]) -> list[Block]:
        lines = [f"{_CAUTION_MARKS[caution.severity]} {self.said(caution.text)}" for caution in cautions]
        return [DividerBlock(), *self.listed("card-conflicts", lines)] if lines else []

    def listed(self, title: str, lines: list[str]) -> list[Block]:
        more = [self.more(len(lines) - _ROWS)] if len(lines) > _ROWS else []
        return [self.section("\n".join([f"*{self.term(title)}*", *lines[:_ROWS], *more]))] if lines else []

    def quote(self, words: Phrase | None) -> list[Block]:
        if words is None:
            return []
        # The mark of a quotation counts only at the very beginning of a line, before the mark of direction.
        quoted = directed(f"{self.term('card-asked')}: {isolated(self.said(words, _FIELD))}", self.locale)
        return [SectionBlock(text=MarkdownTextObject(text=f">{quoted}", verbatim=True))]

    def footer(self, lines: Sequence[Phrase]) -> list[Block]:
        kept = lines if len(lines) <= _FIELDS else lines[: _FIELDS - 1]
        said = [self.said(each) for each in kept]
        more = [self.more(len(lines) - len(kept))] if len(lines) > len(kept) else []
        return [ContextBlock(elements=[self.mrkdwn(each) for each in said + more])] if said else []

    def buttons(self, card: Card) -> list[Block]:
        # One per verdict: Slack refuses a message in which two buttons have the same action_id.
        # What has to be acknowledged or typed is so in a modal.
        shown = [button for button in card.buttons if button.verdict in ACTIONS]
        buttons = {button.verdict: self.button(button, card) for button in shown}
        return [ActionsBlock(elements=list(buttons.values()))] if buttons else []

    def button(self, button: Button, card: Card) -> ButtonElement:
        opens = button.verdict == "approve" and card.gesture in IN_A_MODAL
        return ButtonElement(
            text=self.plain(button.label, _BUTTON, emoji=True),
            action_id=REVIEW if opens else ACTIONS[button.verdict],
            value=f"{'review' if opens else button.verdict}:{card.suggestion_id}",
            style=None if button.style == "plain" else button.style,
        )

    def field(self, label: str, value: Phrase) -> MarkdownTextObject:
        return self.mrkdwn(f"*{label}*\n{isolated(self.said(value, _FIELD))}")

    def rest(self, count: int) -> list[Block]:
        return [self.section(self.more(count))] if count > 0 else []

    def section(self, text: str) -> Block:
        return SectionBlock(text=self.mrkdwn(text))

    def mrkdwn(self, text: str) -> MarkdownTextObject:
        # Verbatim: Slack must not find addresses, channels and people in somebody's title by itself.
        return MarkdownTextObject(text=directed(text, self.locale), verbatim=True)

    def plain(self, words: Phrase, limit: int, *, emoji: bool) -> PlainTextObject:
        # One character is the direction's mark.
        return PlainTextObject(text=directed(shorten(self.words(words), limit - 1), self.locale), emoji=emoji)

    def said(self, words: Phrase, limit: int = _LINE) -> str:
        """Say a phrase on one line, within its room, escaped."""
        return escape(shorten(self.words(words), limit))

    def words(self, words: Phrase) -> str:
        said = " ".join(clean(say(self.locale, words)).split())
        return said if is_visible(said) else ELLIPSIS

    def term(self, id_: str) -> str:
        return self.said(phrase(id_))

    def more(self, count: int) -> str:
        return self.said(phrase("slack-more", count=count))
