"""Approving past the policy, by an owner: a reason to type, and what the risk asks for. Pure."""

from slack_sdk.models.blocks import InputBlock, PlainTextInputElement

from bots.slack.modals.approve import WORD, done, gesture, what
from bots.slack.modals.frame import LABEL, Answer, Drawn, Typed
from bots.slack.render import Page
from core.kernel.cards import Sheet
from core.kernel.phrases import phrase

_WORDS = "words"
_LEAST, _MOST = 10, 300
"""Letters that a reason has at least, and characters that it has at most."""


def draw(page: Page, sheet: Sheet, _choice: str) -> Drawn:
    """Return the note of what this means, the place for the reason, and the gesture's inputs."""
    card = sheet.card
    reason = InputBlock(
        block_id=_WORDS,
        label=page.plain(phrase("slack-glass-why"), LABEL, emoji=False),
        element=PlainTextInputElement(action_id=_WORDS, multiline=True, min_length=_LEAST, max_length=_MOST),
    )
    return Drawn(
        title=phrase("slack-glass-title"),
        submit=phrase("slack-glass-do"),
        blocks=[
            page.section(f"⚠️ {page.said(phrase('slack-glass-note'), LABEL)}"),
            *what(page, card),
            *gesture(page, card),
            reason,
        ],
    )


def read(typed: Typed) -> Answer:
    """Return the reason with the gesture's evidence."""
    words = typed.text(_WORDS)[:_MOST]
    if sum(letter.isalpha() for letter in words) < _LEAST:
        return Answer(wrong={_WORDS: phrase("slack-glass-short")})
    return Answer(evidence={**done(typed), "words": words}, blames=WORD if WORD in typed.values else _WORDS)
