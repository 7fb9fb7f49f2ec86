"""What the tests of the flows say, press and look at."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from core.ai.models import ModelReply, ModelRequest, Usage
from core.db import Database
from core.flows.on_message import on_message
from core.flows.runtime import Runtime
from core.kernel.messages import Address, Decision, InboundMessage, MessageRef, Verdict
from core.kernel.principal import ChatUser
from tests.drain import drain
from tests.fakes import FakePlatform, ScriptedModel
from tests.gestures import evidence
from tests.owner import owner_rows, owner_run
from tests.world import BOT, TEAM, World

MOVE = ("update_schedule_item", {"schedule_id": "Opening Keynote", "changes": {"start_time": "14:00"}})
BOT_1 = f"{BOT}1"


def slack_message(text: str, user: str = "UMANAGER", event: str = "E1", channel: str = "D1") -> InboundMessage:
    """Something said to the bot in Slack, directly unless the channel is another."""
    address = Address("slack", TEAM, channel, None if channel == "D1" else "1700000000.1")
    sender = ChatUser("slack", TEAM, user)
    return InboundMessage(event_id=event, sender=sender, address=address, text=text, direct=channel == "D1")


def telegram_message(text: str, user: str = "7002", event: str = "E1", chat: str | None = None) -> InboundMessage:
    """Something said to the bot in Telegram, directly unless a group is named."""
    address = Address("telegram", BOT_1, chat or user)
    sender = ChatUser("telegram", BOT_1, user)
    return InboundMessage(event_id=event, sender=sender, address=address, text=text, direct=chat is None)


def press(
    suggestion: UUID | None,
    verdict: Verdict | None = "approve",
    user: str = "UMANAGER",
    message: str = "1",
    channel: str = "D1",
) -> Decision:
    """A press on a button in Slack."""
    return Decision(
        event_id=f"press-{suggestion}-{user}",
        sender=ChatUser("slack", TEAM, user),
        suggestion_id=suggestion,
        verdict=verdict,
        pressed=MessageRef("slack", TEAM, channel, message),
        evidence=evidence(suggestion) if verdict == "approve" else {},
    )


async def suggested(rt: Runtime, message: InboundMessage, database_url: str) -> None:
    """Say something whose answer is a suggestion, and let its cards be posted."""
    await on_message(rt, message)
    await drain(rt, database_url)


def log_rows(owner_url: str, what: str = "kind = 'suggestion'") -> list[dict[str, Any]]:
    """Return rows of the log, oldest first."""
    return owner_rows(owner_url, f"select * from public.ai_insights_log where {what} order by created_at, id")


def statuses(owner_url: str) -> list[str]:
    """Return how the suggestions stand, oldest first."""
    return [row["execution_status"] for row in log_rows(owner_url)]


def start_of(owner_url: str, world: World, title: str) -> Any:
    """Return when a session starts."""
    rows = owner_rows(owner_url, "select start_time from public.schedules where id = %s", (world.sessions[title],))
    return rows[0]["start_time"] if rows else None


def states(platform: FakePlatform) -> list[str]:
    """Return what the cards of a chat show."""
    return [card.state for card in platform.cards.values()]


async def change(db: Database, world: World, query: Any, *values: Any) -> None:
    """Change the world as its owner."""
    async with db.acting_as(world.people["owner"]) as tx:
        await tx.execute(query, values)


def hurry(owner_url: str) -> None:
    """Make every job due that waits for a later try."""
    owner_run(owner_url, "update procrastinate.procrastinate_jobs set scheduled_at = null where status = 'todo'")


class Meddling:
    """A model during whose second answer something happens."""

    name = "meddling"

    def __init__(self, model: ScriptedModel, meddle: Callable[[], None]) -> None:
        self._model = model
        self._meddle = meddle

    async def generate(self, request: ModelRequest) -> ModelReply:
        if len(self._model.requests) == 1:
            self._meddle()
        return await self._model.generate(request)

    def cost(self, usage: Usage) -> int | None:
        return self._model.cost(usage)

    async def ping(self) -> None:
        return

    async def close(self) -> None:
        return


def meddled(rt: Runtime, model: ScriptedModel, meddle: Callable[[], None]) -> Runtime:
    """Return the runtime with something happening while the model thinks for the second time."""

    async def the_model() -> Meddling:
        return Meddling(model, meddle)

    return replace(rt, model=the_model)
