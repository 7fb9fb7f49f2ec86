"""A desk as a Home tab: compact, with the same buttons as on the cards. Pure."""

from collections.abc import Sequence

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    Option,
    SectionBlock,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from bots.slack.home.asked import FILTER, PAGE, HomeAsked
from bots.slack.modals.frame import told
from bots.slack.render import Page
from core.actions.parts import CAUTION_MARKS, risk_line, state_line
from core.actions.phrasing import in_one_line, what_changes
from core.flows.home import PAGE as CARDS
from core.flows.home import Home
from core.kernel.cards import Card, Risk
from core.kernel.phrases import Phrase, phrase

_RISKS: tuple[Risk, ...] = ("low", "medium", "high", "critical")
_HEADER, _OPTION, _BUTTON, _TITLE = 150, 75, 75, 300
_CHANGE, _MOST_LINES = 340, 6
"""Characters of one line of what would run, and lines of a row; what is more is counted and opened on request."""
_DEADLINE = "footer-deadline"


def home_view(home: Home | str, asked: HomeAsked, notice: str | None = None) -> View:
    """Return somebody's tab, at most 100 blocks. ``notice`` is what they have to know of what they just pressed."""
    if isinstance(home, str):
        return View(type="home", private_metadata=HomeAsked(asked.user).metadata(), blocks=told(home))
    page = Page(home.locale)
    blocks = [
        HeaderBlock(text=page.plain(phrase("slack-home-title"), _HEADER, emoji=False)),
        _filter(page, home, asked),
        *(told(notice) if notice else []),
        *_waiting(page, home, asked),
        *_list(page, "mine", home.desk.mine, home.desk.mine_count),
        *_list(page, "decided", home.desk.decided, home.desk.decided_count),
    ]
    return View(type="home", private_metadata=asked.metadata(), blocks=blocks)


def _filter(page: Page, home: Home, asked: HomeAsked) -> Block:
    choices = [("", phrase("slack-home-all"))]
    choices += [(f"risk.{risk}", phrase("slack-home-risk", risk=phrase(f"risk-{risk}"))) for risk in _RISKS]
    choices += [(f"event.{id_}", phrase("slack-home-event", name=name)) for id_, name in home.events]
    options = [Option(value=value or "all", text=page.plain(words, _OPTION, emoji=False)) for value, words in choices]
    chosen = next((option for option in options if option.value == asked.chosen), options[0])
    placeholder = page.plain(phrase("slack-home-filter"), _OPTION, emoji=False)
    select = StaticSelectElement(action_id=FILTER, options=options, initial_option=chosen, placeholder=placeholder)
    return ActionsBlock(elements=[select])


def _waiting(page: Page, home: Home, asked: HomeAsked) -> list[Block]:
    count, before = home.desk.waiting_count, (asked.page - 1) * CARDS
    cards = home.desk.waiting[:CARDS]
    return [
        _heading(page, "waiting", count),
        *(block for card in cards for block in _item(page, card)),
        *([] if count else [page.section(page.term("slack-home-waiting-none"))]),
        *_turning(page, before, len(cards), count, asked.page),
    ]


def _item(page: Page, card: Card) -> list[Block]:
    conflicts = phrase("slack-home-conflicts", count=len(card.warnings))
    mark = CAUTION_MARKS["warning"] if card.warnings else "✔️"
    meta = [
        page.line(risk_line(card), is_bold=True),
        f"{mark} {page.said(conflicts)}",
        *(page.said(line) for line in card.footer if line.id == _DEADLINE),
        *([] if card.asker is None else [f"{page.term('card-asked')}: {page.said(card.asker)}"]),
    ]
    return [
        page.section("\n".join([f"*{page.said(card.title, _TITLE)}*", *_what(page, card)])),
        ContextBlock(elements=[page.mrkdwn(each) for each in meta]),
        *page.row(card),
    ]


def _what(page: Page, card: Card) -> list[str]:
    """Return what would run, from what to what: nobody approves a title."""
    lines = [f"{number}. {page.said(line, _CHANGE)}" for number, line in enumerate(card.lines, 1)]
    more = [page.more(len(lines) - _MOST_LINES)] if len(lines) > _MOST_LINES else []
    parts = what_changes(card.changes, card.facts, is_short=bool(lines))
    return [*([page.said(in_one_line(*parts), _CHANGE)] if parts else []), *lines[:_MOST_LINES], *more]


def _list(page: Page, name: str, cards: Sequence[Card], count: int) -> list[Block]:
    shown = cards[:CARDS]
    lines = [block for card in shown for block in _line(page, card)]
    nothing = [] if count else [page.section(page.term(f"slack-home-{name}-none"))]
    return [DividerBlock(), _heading(page, name, count), *lines, *nothing, *page.rest(count - len(shown))]


def _line(page: Page, card: Card) -> list[Block]:
    text = f"{state_line(card).mark} *{page.said(card.title, _TITLE)}*"
    said = "\n".join([text, *_what(page, card), _state(page, card)])
    undo = next((button for button in card.buttons if button.verdict == "undo"), None)
    accessory = page.button(undo, card) if undo is not None else page.show(card)
    return [SectionBlock(text=page.mrkdwn(said), accessory=accessory)]


def _state(page: Page, card: Card) -> str:
    if card.outcome is not None:
        return page.said(card.outcome)
    waits: list[Phrase] = [line for line in card.footer if line.id == _DEADLINE]
    return page.said(waits[0]) if waits else page.term(f"state-{card.state}")


def _heading(page: Page, name: str, count: int) -> Block:
    return HeaderBlock(text=page.plain(phrase(f"slack-home-{name}", count=count), _HEADER, emoji=False))


def _turning(page: Page, before: int, shown: int, count: int, number: int) -> list[Block]:
    if not before and shown == count:
        return []
    where = phrase("slack-home-page", first=before + 1 if shown else 0, last=before + shown, count=count)
    ways = [("slack-home-back", number - 1)] * (number > 1) + [("slack-home-next", number + 1)] * (
        before + shown < count
    )
    buttons = [
        ButtonElement(text=page.plain(phrase(label), _BUTTON, emoji=False), action_id=f"{PAGE}_{to}", value=str(to))
        for label, to in ways
    ]
    return [page.section(page.said(where)), *([ActionsBlock(elements=buttons)] if buttons else [])]
