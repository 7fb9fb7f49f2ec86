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
from bots.slack.render import Page, mark_of_risk, mark_of_state
from core.flows.home import PAGE as CARDS
from core.flows.home import Home
from core.kernel.cards import Card, Risk
from core.kernel.phrases import Phrase, phrase

_RISKS: tuple[Risk, ...] = ("low", "medium", "high", "critical")
_HEADER, _OPTION, _BUTTON, _TITLE, _ASKED = 150, 75, 75, 300, 200
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
    cards = home.desk.waiting[before:]
    return [
        _heading(page, "waiting", count),
        *(block for card in cards for block in _item(page, card)),
        *([] if count else [page.section(page.term("slack-home-waiting-none"))]),
        *_turning(page, before, len(cards), count, asked.page),
    ]


def _item(page: Page, card: Card) -> list[Block]:
    conflicts = phrase("slack-home-conflicts", count=len(card.warnings))
    mark = "⚠️" if card.warnings else "✔️"
    meta = [
        f"{mark_of_risk(card.risk)} {page.term('card-risk')}: *{page.term(f'risk-{card.risk}')}*",
        f"{mark} {page.said(conflicts)}",
        *(page.said(line) for line in card.footer if line.id == _DEADLINE),
        *([] if card.asked_by is None else [f"{page.term('card-asked')}: {page.said(card.asked_by, _ASKED)}"]),
    ]
    return [
        page.section(f"*{page.said(card.title, _TITLE)}*"),
        ContextBlock(elements=[page.mrkdwn(each) for each in meta]),
        *page.row(card),
    ]


def _list(page: Page, name: str, cards: Sequence[Card], count: int) -> list[Block]:
    shown = cards[:CARDS]
    lines = [block for card in shown for block in _line(page, card)]
    nothing = [] if count else [page.section(page.term(f"slack-home-{name}-none"))]
    return [DividerBlock(), _heading(page, name, count), *lines, *nothing, *page.rest(count - len(shown))]


def _line(page: Page, card: Card) -> list[Block]:
    text = f"{mark_of_state(card.state)} *{page.said(card.title, _TITLE)}*"
    said = f"{text}\n{_state(page, card)}"
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
