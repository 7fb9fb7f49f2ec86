"""Everything of a card in full, on as many pages as it takes: nothing is shortened here. Pure."""

from collections.abc import Iterator, Sequence

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from bots.slack.modals.frame import Answer, Drawn, Typed
from bots.slack.render import Page
from bots.slack.text import clean, escape, fitting, inert, pieces
from core.actions.parts import Changes, Facts, Footer, Head, Line, Listing, Notes, Quote, Section, in_full
from core.kernel.cards import Card, Sheet
from core.kernel.phrases import Phrase, phrase
from core.texts import say

_PIECE = 1400
"""Characters of one section; its lines may each get a mark of direction, and Slack takes 3,000."""
_HEADING = 200
"""Characters of a heading; a longer one is a line like the others."""
_BLOCKS, _LETTERS = 90, 30_000
"""Sections of a page, and their characters: Slack takes 100 blocks and 250,000 bytes."""

_Words = tuple[str, Sequence[str]]
"""A heading, or none, and the lines under it."""


def draw(page: Page, sheet: Sheet, choice: str) -> Drawn:
    """Return one page of everything; ``choice`` is its number, from 1."""
    parts = in_full(sheet.card, sheet.notices)
    pages = _pages([block for part in parts for words in _in_words(page, part) for block in _sections(page, words)])
    number = min(int(choice), len(pages)) if choice.isdecimal() and int(choice) > 0 else 1
    return Drawn(
        title=phrase("slack-show-title"),
        close=phrase("slack-show-close"),
        blocks=[*pages[number - 1], *_turning(page, sheet.card, number, len(pages))],
    )


def read(_typed: Typed) -> Answer:
    """Nothing is asked here, so nothing is answered."""
    return Answer()


def _in_words(page: Page, part: Section) -> Iterator[_Words]:
    match part:
        case Head():
            yield page.words(part.title), [_line(page, part.state), _line(page, part.risk)]
        case Changes():
            yield from _changes(page, part)
        case Facts():
            yield from ((page.words(fact.label), [_full(page, fact.value)]) for fact in part.rows)
        case Listing():
            yield page.words(part.heading), [_line(page, line) for line in part.lines]
        case Quote():
            yield page.words(part.label) if part.label else "", [_full(page, part.words)]
        case Notes() | Footer():
            yield from (("", [_full(page, said)]) for said in part.said)


def _changes(page: Page, changes: Changes) -> Iterator[_Words]:
    for change in changes.rows:
        for side, value in ((changes.after, change.proposed), (changes.before, change.now)):
            yield f"{page.words(change.label)} ({page.words(side)})", [_full(page, value)]


def _line(page: Page, line: Line) -> str:
    label = f"{page.words(line.label)}: " if line.label else ""
    return f"{line.mark} {label}{_full(page, line.text)}".lstrip()


def _full(page: Page, words: Phrase) -> str:
    """Say a phrase with the lines that it has, all of them."""
    return inert(clean(say(page.locale, words))).strip()


def _sections(page: Page, part: _Words) -> Iterator[Block]:
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
