"""Approving what is risky: a box for every consequence, or a word to type. Pure."""

from slack_sdk.models.blocks import Block, CheckboxesElement, InputBlock, Option, PlainTextInputElement

from bots.slack.modals.frame import LABEL, OPTION, Answer, Drawn, Typed
from bots.slack.render import Page
from core.actions.parts import WHAT_RUNS, parts_of
from core.kernel.cards import Card, Sheet
from core.kernel.phrases import phrase

WORD = "word"
_READ = "read"


def draw(page: Page, sheet: Sheet, _choice: str) -> Drawn:
    """Return what must be acknowledged or typed before the card's action may be approved."""
    card = sheet.card
    return Drawn(
        title=phrase("modal-title"),
        submit=phrase("button-approve"),
        blocks=[*what(page, card), *gesture(page, card)],
        kept={"boxes": 0 if card.word is not None else len(card.consequences)},
    )


def read(typed: Typed) -> Answer:
    """Return what was ticked or typed."""
    return Answer(evidence=done(typed), blames=WORD if WORD in typed.values else "")


def what(page: Page, card: Card) -> list[Block]:
    """Return what it is about, for modals in which it is decided."""
    return [page.section(f"*{page.said(card.title, LABEL)}*"), *page.sections(parts_of(card, WHAT_RUNS))]


def gesture(page: Page, card: Card) -> list[Block]:
    """Return the inputs of the card's gesture."""
    return _typing(page, card) if card.word is not None else _consequences(page, card)


def done(typed: Typed) -> dict[str, str]:
    """Return the evidence of a gesture."""
    boxes = [block.removeprefix(_READ) for block in typed.values if block.startswith(_READ) and typed.ticked(block)]
    found = {"read": ",".join(boxes)} if boxes else {}
    return {**found, "word": typed.text(WORD)} if WORD in typed.values else found


def _consequences(page: Page, card: Card) -> list[Block]:
    """Each has a box of its own, and Slack itself asks for all of them."""
    option = Option(value="read", text=page.plain(phrase("gesture-read"), OPTION, emoji=False))
    return [
        InputBlock(
            block_id=f"{_READ}{number}",
            label=page.plain(consequence, LABEL, emoji=False),
            element=CheckboxesElement(action_id=_READ, options=[option]),
        )
        for number, consequence in enumerate(card.consequences)
    ]


def _typing(page: Page, card: Card) -> list[Block]:
    asked = phrase("gesture-type", word=card.word or phrase("word-confirm"))
    return [
        *page.sections(parts_of(card, ("conflicts", "impact"))),
        InputBlock(
            block_id=WORD,
            label=page.plain(asked, LABEL, emoji=False),
            element=PlainTextInputElement(action_id=WORD),
        ),
    ]
