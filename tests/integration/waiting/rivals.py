"""How the tests ask for things that cannot both be, and look at what their cards say of each other."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from core.actions import queries as actions
from core.actions.drafts import Asked, Draft
from core.actions.suggestion import judge
from core.db import Database
from core.domains import TOOLS
from core.flows.on_decision import on_decision
from core.flows.suggesting import weigh
from core.kernel.cards import Card
from core.kernel.messages import Address
from core.kernel.principal import Role
from core.kernel.proposals import Proposal
from core.kernel.tools import WriteTool
from core.texts import say
from tests.drain import drain
from tests.fakes import FakePlatform, ScriptedModel, calls, runtime, says
from tests.integration.flows.office import (
    press,
    slack_message,
    suggested,
    telegram_message,
)
from tests.world import NOW, World, context

LATER = ("update_schedule_item", {"schedule_id": "Lighting Basics", "changes": {"start_time": "14:00"}})
ELSEWHERE = ("update_schedule_item", {"schedule_id": "Lighting Basics", "changes": {"room": "Workshop"}})
LUNCH = (
    "create_schedule_item",
    {"title": "Lunch", "start_time": "2031-05-01T14:30", "end_time": "2031-05-01T15:30", "room": "Hall B"},
)
OTHER_DAY = (
    "create_schedule_item",
    {"title": "Breakfast", "start_time": "2031-05-02T08:00", "end_time": "2031-05-02T09:00", "room": "Hall B"},
)


def plain(text: str) -> str:
    return text.translate({0x2068: None, 0x2069: None})


def rivals(card: Card) -> list[str]:
    return [plain(say("en", rival)) for rival in card.rivals]


def cards_by_title(platform: FakePlatform) -> dict[str, Card]:
    return {plain(say("en", card.title)): card for card in platform.cards.values()}


class Asking:
    """Asks for things one after the other, each in a turn of its own."""

    def __init__(self, db: Database, database_url: str) -> None:
        self.rt, self.slack, self.telegram, self._model = runtime(db)
        self._url = database_url
        self._turns = 0

    async def ask(self, call: tuple[str, dict[str, Any]], role: Role = "manager", channel: str = "D1") -> Card:
        """Ask for something, in Slack; return its card there, as it was posted."""
        self._turns += 1
        model: ScriptedModel = self._model
        model.script += [calls(call), says("It waits.")]
        before = {card.suggestion_id for card in self.slack.cards.values()}
        said = slack_message("please", f"U{role.upper()}", f"E{self._turns}", channel)
        await suggested(self.rt, said, self._url)
        return next(card for card in self.slack.cards.values() if card.suggestion_id not in before)

    async def ask_in_telegram(self, *wanted: tuple[str, dict[str, Any]]) -> None:
        """Let field staff ask for something: managers see its card in Slack."""
        self._turns += 1
        self._model.script += [calls(*wanted), says("It waits.")]
        await suggested(self.rt, telegram_message("please", event=f"E{self._turns}"), self._url)

    async def press(self, card: Card, **how: Any) -> str | None:
        """Press a button of a card and let everything go out; return what the presser is told."""
        ref = next(ref for ref, each in self.slack.cards.items() if each.suggestion_id == card.suggestion_id)
        told = await on_decision(self.rt, press(card.suggestion_id, message=ref.message, channel=ref.channel, **how))
        await drain(self.rt, self._url)
        return told


async def add(db: Database, world: World, origin: Address, call: tuple[str, dict[str, Any]]) -> UUID:
    """Store a suggestion as a turn of field staff does, without a model and without cards."""
    who, (name, said) = world.people["staff"], call
    tool = next(tool for tool in TOOLS if tool.name == name)
    assert isinstance(tool, WriteTool)
    async with db.acting_as(who) as tx:
        proposal = await tool.preview(context(tx, who), tool.args.model_validate(said))
        assert isinstance(proposal, Proposal), proposal
        asked = Asked(user_id=who.user_id, words="please", correlation_id=uuid4(), message_id=None, origin=origin)
        draft = Draft(weighed=await weigh(context(tx, who), proposal), asked=asked)
        judged = judge(draft.weighed.proposal, draft.weighed.risk, NOW, timedelta(hours=24))
        await actions.insert(tx, draft, judged)
    return draft.id
