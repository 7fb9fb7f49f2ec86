"""Everything of a card in full, on as many pages as it takes: nothing is shortened here. Pure."""

from collections.abc import Iterator, Sequence

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from bots.slack.modals.frame import Answer, Drawn, Typed
from bots.slack.render import Page
from bots.slack.text import clean, escape, fitting, inert, pieces
from core.actions.parts import HEADINGS, RISK_MARKS, STATE_MARKS, Part, in_order, sides
from core.kernel.cards import Card, Sheet
from core.kernel.phrases import Phrase, phrase
from core.texts import say

_PIECE = 1400
"""Characters of one section; its lines may each get a mark of direction, and Slack takes 3,000."""
_HEADING = 200
"""Characters of a heading; a longer one is a line like the others."""
_BLOCKS, _LETTERS = 90, 30_000
"""Sections of a page, and their characters: Slack takes 100 blocks and 250,000 bytes."""

_Part = tuple[str, Sequence[str]]
"""A heading, or none, and the lines under it."""


def draw(page: Page, sheet: Sheet, choice: str) -> Drawn:
    """Return one page of everything; ``choice`` is its number, from 1."""
    pages = _pages([block for part in _parts(page, sheet) for block in _sections(page, part)])
    number = min(int(choice), len(pages)) if choice.isdecimal() and int(choice) > 0 else 1
    return Drawn(
        title=phrase("slack-show-title"),
        close=phrase("slack-show-close"),
        blocks=[*pages[number - 1], *_turning(page, sheet.card, number, len(pages))],
    )


def read(_typed: Typed) -> Answer:
    """Nothing is asked here, so nothing is answered."""
    return Answer()


def _parts(page: Page, sheet: Sheet) -> Iterator[_Part]:
    card = sheet.card
    risk = f"{page.words(phrase('card-risk'))}: {page.words(phrase(f'risk-{card.risk}'))}"
    state = f"{STATE_MARKS[card.state]} {page.words(phrase(f'state-{card.state}'))}"
    notes = [each for each in (card.outcome, card.notice) if each is not None]
    parts: dict[Part, list[_Part]] = {
        "head": [(page.words(card.title), [state, f"{RISK_MARKS[card.risk]} {risk}"])],
        "notes": [("", [_full(page, note)]) for note in notes],
        "changes": list(_changes(page, card)),
        "lines": _list(page, "lines", card.lines, numbered=True),
        "facts": [(page.words(fact.label), [_full(page, fact.value)]) for fact in card.facts],
        "conflicts": _list(page, "conflicts", [each.text for each in card.warnings]),
        "impact": _list(page, "impact", card.impact),
        "rivals": _list(page, "rivals", card.rivals),
        "asked_by": _list(page, "asked_by", [] if card.asked_by is None else [card.asked_by]),
        "why": [] if card.why is None else [("", [_full(page, card.why)])],
    }
    yield from (each for part in in_order(parts) for each in part)
    said_before = (*card.impact, *(each.text for each in card.warnings))
    # That many VIPs are one consequence, and each of them stands in the impact already, with the note.
    rest = [each for each in card.consequences if each not in said_before and each.id != "consequence-vips"]
    yield page.words(phrase("slack-show-consequences")), _bullets(page, rest)
    for who, text in sheet.notices:
        yield page.words(who), [_full(page, text)]
    yield page.words(phrase("slack-show-footer")), _bullets(page, card.footer)


def _changes(page: Page, card: Card) -> Iterator[_Part]:
    after, before = (page.words(side) for side in sides(card))
    for change in card.changes:
        for side, value in ((after, change.proposed), (before, change.now)):
            yield f"{page.words(change.label)} ({side})", [_full(page, value)]


def _list(page: Page, part: Part, lines: Sequence[Phrase], *, numbered: bool = False) -> list[_Part]:
    said = [f"{at}. {_full(page, each)}" for at, each in enumerate(lines, 1)] if numbered else _bullets(page, lines)
    return [(page.words(HEADINGS[part]), said)] if said else []


def _bullets(page: Page, lines: Sequence[Phrase]) -> list[str]:
    return [f"• {_full(page, each)}" for each in lines]


def _full(page: Page, words: Phrase) -> str:
    """Say a phrase with the lines that it has, all of them."""
    return inert(clean(say(page.locale, words))).strip()


def _sections(page: Page, part: _Part) -> Iterator[Block]:
    heading, lines = part
    if lines and fitting(heading, _HEADING) < len(heading):
        heading, lines = "", [heading, *lines]
    head = f"*{escape(inert(heading))}*\n" if heading else ""
    for piece in pieces("\n".join(lines), _PIECE):
        yield page.section(head + escape(piece))
        head = ""


def _pages(blocks: Sequence[Block]) -> list[list[Block]]:
    pages: list[list[Block]] = [[]]
    used = 0
    for block in blocks:
        size = len(str(block.to_dict()))
        if pages[-1] and (len(pages[-1]) == _BLOCKS or used + size > _LETTERS):
            pages.append([])
            used = 0
        pages[-1].append(block)
        used += size
    return pages


def _turning(page: Page, card: Card, number: int, count: int) -> list[Block]:
    if count == 1:
        return []
    ways = [("slack-show-back", number - 1)] * (number > 1) + [("slack-show-next", number + 1)] * (number < count)
    buttons = [
        ButtonElement(
            text=page.plain(phrase(label), 75, emoji=False),
            action_id=f"decide_show_{to}",
            value=f"show.{to}:{card.suggestion_id}",
        )
        for label, to in ways
    ]
    where = page.section(page.said(phrase("slack-show-page", page=number, pages=count)))
    return [where, ActionsBlock(elements=buttons)]
