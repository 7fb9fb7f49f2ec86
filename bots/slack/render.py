"""Say a card in Block Kit, built from the SDK's models, within its limits and those that the SDK does not check."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast

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

from bots.slack.presses import ASKING, DECIDING, wire
from bots.slack.text import ELLIPSIS, clean, directed, escape, fitting, inert, is_visible, isolated, shorten
from core.actions.parts import (
    Changes,
    Facts,
    Footer,
    Head,
    Line,
    Listing,
    Notes,
    Quote,
    Section,
    on_a_card,
)
from core.actions.phrasing import in_one_line, what_changes
from core.kernel.cards import Abilities, Button, Card, Fact
from core.kernel.phrases import Phrase, phrase
from core.kernel.principal import Locale
from core.texts import say

ABILITIES = Abilities()
_HEADER, _BUTTON = 150, 75
"""Characters, Slack's own limits."""
_TITLE, _FIELD, _LINE, _FALLBACK = 2800, 800, 400, 300
"""Characters once escaped. A field may have 2,000 and a section 3,000: a label and a value, or six lines, fit."""
_FIELDS = 10
"""Slack's limit for the fields of a section and for the elements of a context."""
_LINES = 2600
"""Characters of a bundle's lines in one section, with room for the marks of direction."""
LONGEST = 11_000
"""Characters of all texts of a card. Slack was seen to refuse 11,341 (``msg_blocks_too_long``, in no documentation);
its people name 12,000, "with a buffer for block containers": slackapi/bolt-js #2509, #2867."""
_ELEMENTS = 25
"""Slack's limit for the buttons of a row."""
_SHOW = Button("show", phrase("button-show"), "plain")


@dataclass(frozen=True, slots=True)
class Extent:
    """How much of a card is drawn: the share of each text's room, sections of a bundle's lines, rows of a list."""

    share: int = 1
    line_blocks: int = 8
    rows: int = 6


_EXTENTS = (
    Extent(),
    Extent(line_blocks=3),
    Extent(share=2, line_blocks=2, rows=4),
    Extent(share=5, line_blocks=1, rows=3),
)
"""Tried one after the other until the card is no longer than Slack takes."""
_SMALL = Extent(share=8, line_blocks=1, rows=2)


def card_message(card: Card, locale: Locale, *, is_small: bool = False) -> tuple[str, list[Block]]:
    """Return a card's fallback text, escaped, for notifications and screen readers, and its blocks, at most 50.

    What had to be shortened ends with an ellipsis, rows that had to go are counted, and then there is a button that
    shows everything. ``is_small``: as short as it can be, where Slack did not take it otherwise.
    """
    page, blocks = Page(locale), list[Block]()
    for extent in [_SMALL] if is_small else _EXTENTS:
        page = Page(locale, extent=extent)
        blocks = page.draw(card)
        if letters(blocks) <= LONGEST:
            break
    said = in_one_line(card.title, *what_changes(card.changes, card.facts, is_short=True))
    text = f"{page.words(said)} ({page.words(phrase(f'state-{card.state}'))})"
    return escape(directed(shorten(inert(text), _FALLBACK), locale)), blocks


def letters(blocks: Sequence[Block]) -> int:
    """Return the characters of all texts of blocks together."""
    return sum(_letters(block.to_dict()) for block in blocks)


def _letters(node: object) -> int:
    if isinstance(node, list):
        return sum(map(_letters, cast("list[object]", node)))
    if not isinstance(node, dict):
        return 0
    found = cast("dict[str, object]", node)
    text = found.get("text")
    return (len(text) if isinstance(text, str) else 0) + sum(map(_letters, found.values()))


@dataclass(slots=True)
class Page:
    """One language; its methods return blocks and their parts."""

    locale: Locale
    extent: Extent = Extent()
    is_cut: bool = False
    """Whether anything of what was drawn had to be shortened or counted."""

    def draw(self, card: Card) -> list[Block]:
        return [*self.sections(on_a_card(card, ABILITIES)), *self.buttons(card)]

    def sections(self, parts: Iterable[Section]) -> list[Block]:
        """Draw parts of a card."""
        return [block for part in parts for block in self.section_of(part)]

    def section_of(self, part: Section) -> list[Block]:
        match part:
            case Head():
                return [*self.title(part.title), SectionBlock(fields=[self.bold(part.state), self.bold(part.risk)])]
            case Notes():
                return [self.section(self.said(note)) for note in part.said]
            case Changes():
                return self.changes(part)
            case Facts():
                return self.facts(part.rows)
            case Listing():
                return self.listing(part)
            case Quote():
                return self.quote(part)
            case Footer():
                return self.footer(part.said)

    def title(self, title: Phrase) -> list[Block]:
        """Return a header, and the title once more where it does not hold it: nobody approves words unseen."""
        words = self.words(title)
        header = PlainTextObject(text=directed(shorten(words, _HEADER - 1), self.locale), emoji=False)
        is_short = fitting(words, _HEADER - 1) == len(words)
        return [HeaderBlock(text=header), *([] if is_short else [self.section(self.said(title, _TITLE))])]

    def bold(self, line: Line) -> MarkdownTextObject:
        return self.mrkdwn(self.line(line, is_bold=True))

    def line(self, line: Line, *, is_bold: bool = False) -> str:
        said = self.said(line.text)
        label = f"{self.said(line.label)}: " if line.label else ""
        return f"{line.mark} {label}{f'*{said}*' if is_bold else said}"

    def facts(self, facts: Sequence[Fact]) -> list[Block]:
        fields = [self.field(self.said(fact.label), fact.value) for fact in facts[:_FIELDS]]
        return [SectionBlock(fields=fields), *self.rest(len(facts) - _FIELDS)]

    def changes(self, changes: Changes) -> list[Block]:
        after, before = self.said(changes.after), self.said(changes.before)
        shown: list[Block] = [
            SectionBlock(
                fields=[
                    self.field(f"{self.said(change.label)} ({after})", change.proposed),
                    self.field(f"{self.said(change.label)} ({before})", change.now),
                ]
            )
            for change in changes.rows[: self.extent.rows]
        ]
        return shown + self.rest(len(changes.rows) - self.extent.rows)

    def listing(self, listing: Listing) -> list[Block]:
        """A bundle's lines are what will run, so they have the most room; what speaks against it is set apart."""
        if listing.part == "lines":
            return self.long(listing)
        rows = self.extent.rows
        lines = [self.line(each) for each in listing.lines[:rows]]
        more = [self.more(len(listing.lines) - rows)] if len(listing.lines) > rows else []
        apart: list[Block] = [DividerBlock()] if listing.part == "conflicts" else []
        return [*apart, self.section("\n".join([f"*{self.said(listing.heading)}*", *lines, *more]))]

    def long(self, listing: Listing) -> list[Block]:
        texts, shown = [f"*{self.said(listing.heading)}*"], 0
        for number, line in enumerate(listing.lines, 1):
            said = self.line(line)
            if len(texts[-1]) + len(said) < _LINES:
                texts[-1] += f"\n{said}"
            elif len(texts) < self.extent.line_blocks:
                texts.append(said)
            else:
                break
            shown = number
        return [self.section(text) for text in texts] + self.rest(len(listing.lines) - shown)

    def quote(self, quote: Quote) -> list[Block]:
        # The mark of a quotation counts only at the very beginning of a line, before the mark of direction.
        said = isolated(self.said(quote.words, _FIELD))
        quoted = directed(f"{self.said(quote.label)}: {said}" if quote.label else said, self.locale)
        return [SectionBlock(text=MarkdownTextObject(text=f">{quoted}", verbatim=True))]

    def footer(self, lines: Sequence[Phrase]) -> list[Block]:
        kept = lines if len(lines) <= _FIELDS else lines[: _FIELDS - 1]
        said = [self.said(each) for each in kept]
        more = [self.more(len(lines) - len(kept))] if len(lines) > len(kept) else []
        return [ContextBlock(elements=[self.mrkdwn(each) for each in said + more])]

    def buttons(self, card: Card) -> list[Block]:
        """Return what decides, and below it what asks for something else; at the end, when it is known what was cut.

        Where nobody can approve it is the other way round: first what could be done instead.
        """
        shown = {(button.verdict, button.choice): button for button in card.buttons}
        deciding = [self.button(each, card) for each in shown.values() if each.verdict in DECIDING]
        asking = [self.button(each, card) for each in shown.values() if each.verdict in ASKING]
        if self.is_cut and ("show", "") not in shown:
            asking.append(self.button(_SHOW, card))
        rows = (asking, deciding) if card.gesture == "none" else (deciding, asking)
        return [row for elements in rows for row in _rows(elements)]

    def row(self, card: Card) -> list[Block]:
        """Return all of a card's buttons beside each other, where the card itself is only named."""
        shown = {(button.verdict, button.choice): button for button in (*card.buttons, _SHOW)}
        return _rows([self.button(each, card) for each in shown.values() if each.verdict in DECIDING | ASKING])

    def show(self, card: Card) -> ButtonElement:
        """Return the button that shows everything of a card."""
        return self.button(_SHOW, card)

    def button(self, button: Button, card: Card) -> ButtonElement:
        action_id, value = wire(button, card)
        return ButtonElement(
            text=self.plain(button.label, _BUTTON, emoji=True),
            action_id=action_id,
            value=value,
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
        return PlainTextObject(text=directed(self.short(words, limit - 1), self.locale), emoji=emoji)

    def said(self, words: Phrase, limit: int = _LINE) -> str:
        """Say a phrase on one line, within its room, escaped."""
        return escape(self.short(words, limit))

    def short(self, words: Phrase, limit: int) -> str:
        """Say a phrase on one line, within its room once it is escaped."""
        said = inert(self.words(words))
        short = shorten(said, limit // self.extent.share)
        self.is_cut = self.is_cut or short != said
        return short

    def words(self, words: Phrase) -> str:
        said = " ".join(clean(say(self.locale, words)).split())
        return said if is_visible(said) else ELLIPSIS

    def term(self, id_: str) -> str:
        return self.said(phrase(id_))

    def more(self, count: int) -> str:
        self.is_cut = True
        return self.said(phrase("slack-more", count=count))


def _rows(elements: Sequence[ButtonElement]) -> list[Block]:
    return [ActionsBlock(elements=elements[at : at + _ELEMENTS]) for at in range(0, len(elements), _ELEMENTS)]
