"""Rejecting: one of the common reasons, words of one's own, or none at all. Pure."""

from slack_sdk.models.blocks import Block, InputBlock, Option, PlainTextInputElement, RadioButtonsElement

from bots.slack.modals.frame import LABEL, OPTION, Answer, Drawn, Typed
from bots.slack.render import Page
from core.actions.phrasing import in_one_line, what_changes
from core.kernel.cards import Card, Sheet
from core.kernel.phrases import phrase

_REASON, _WORDS = "reason", "words"
_OTHER = "other"
_MOST_REASONS, _MOST_WORDS, _CHANGE = 10, 300, 500


def draw(page: Page, sheet: Sheet, _choice: str) -> Drawn:
    """Return the reasons and a place for words; whoever is in a hurry leaves both empty."""
    return Drawn(
        title=phrase("slack-reject-title"),
        submit=phrase("slack-reject-do"),
        blocks=[*_what(page, sheet.card), *_reasons(page, sheet), _words(page)],
    )


def read(typed: Typed) -> Answer:
    """Return the reason and the words."""
    reason, words = typed.chosen(_REASON), typed.text(_WORDS)[:_MOST_WORDS]
    if reason == _OTHER and not words:
        return Answer(wrong={_WORDS: phrase("slack-reject-other")})
    return Answer(choice=reason, evidence={"words": words} if words else {})


def _what(page: Page, card: Card) -> list[Block]:
    """Say what would change, as the card does: a change and its undo have nearly one title."""
    parts = what_changes(card.changes, card.facts, is_short=bool(card.lines))
    change = f"\n{page.said(in_one_line(*parts), _CHANGE)}" if parts else ""
    return [page.section(f"*{page.said(card.title, LABEL)}*{change}")]


def _reasons(page: Page, sheet: Sheet) -> list[Block]:
    options = [
        Option(value=each.choice, text=page.plain(each.label, OPTION, emoji=False))
        for each in sheet.reasons[:_MOST_REASONS]
        if each.choice
    ]
    label = page.plain(phrase("slack-reject-why"), LABEL, emoji=False)
    element = RadioButtonsElement(action_id=_REASON, options=options)
    return [InputBlock(block_id=_REASON, label=label, optional=True, element=element)] if options else []


def _words(page: Page) -> Block:
    return InputBlock(
        block_id=_WORDS,
        label=page.plain(phrase("slack-reject-words"), LABEL, emoji=False),
        hint=page.plain(phrase("slack-reject-hint"), LABEL, emoji=False),
        optional=True,
        element=PlainTextInputElement(action_id=_WORDS, multiline=True, max_length=_MOST_WORDS),
    )
