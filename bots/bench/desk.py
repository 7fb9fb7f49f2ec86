"""Suggestions made and decided in process, through the flows themselves: no platform, no model, no worker."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from bots.bench.office import CHANNEL, SENDER, TEAM, Office
from core.ai.calls import MOST_CALLS, Calls
from core.ai.models import Model, ToolCall
from core.conversations import queries as conversations
from core.conversations.queries import Answer
from core.db import Database
from core.flows.on_decision import on_decision
from core.flows.runtime import Runtime
from core.flows.store_turn import Turn, store_turn
from core.flows.tool_calls import ToolRun
from core.flows.toolsets import OpenTools
from core.kernel.messages import Address, Decision, InboundMessage, MessageRef
from core.kernel.settings import Settings

_HERE = Address("slack", TEAM, CHANNEL)
_LONGEST = 60.0
_ANSWER = Answer(text="I have put it on a card.", contents=None)


class NotDecided(Exception):
    """A press that should have decided was answered with a sentence: the figure would measure something else."""


@dataclass(frozen=True, slots=True)
class Desk:
    """One manager at work."""

    rt: Runtime
    office: Office

    async def look(self, *sessions: UUID) -> Turn:
        """Do what a tool call per session does: find it, its conflicts and its impact. Nothing is written yet.

        They come as a model asks for them: several in one step, as many as a step may have.
        """
        run = ToolRun(self.rt, self.office.manager, in_private=True, opened=OpenTools(self.office.manager.role))
        calls = [
            ToolCall(None, "update_schedule_item", {"schedule_id": str(session), "changes": {"start_time": "11:00"}})
            for session in sessions
        ]
        answers = Calls(run.call)
        for first in range(0, len(calls), MOST_CALLS):
            await answers.answer(tuple(calls[first : first + MOST_CALLS]), seconds=_LONGEST)
        event_id = uuid4().hex
        message = InboundMessage(event_id=event_id, sender=SENDER, address=_HERE, text="Move it to 11:00", direct=True)
        async with self.rt.db.acting_as(self.office.manager) as tx:
            asked = conversations.asked_to_open(_HERE, message.text, event_id)
            opened = conversations.opened(await (await tx.execute(*asked)).fetchall())
        return Turn(principal=self.office.manager, message=message, opened=opened, run=run, correlation_id=uuid4())

    async def store(self, turn: Turn) -> UUID:
        """Store the suggestion, a bundle for several sessions, with its answer and its outbox, in one transaction.

        Return its id.
        """
        await store_turn(self.rt, turn, _ANSWER)
        return turn.run.proposed[0].suggestion_id

    async def suggest(self, *sessions: UUID) -> UUID:
        """Look and store."""
        return await self.store(await self.look(*sessions))

    async def approve(self, suggestion: UUID) -> None:
        """Press the button: who is it, may they, is the world as shown; then write, log and queue every copy."""
        press = Decision(
            event_id=uuid4().hex,
            sender=SENDER,
            suggestion_id=suggestion,
            verdict="approve",
            pressed=MessageRef("slack", TEAM, CHANNEL, suggestion.hex),
        )
        told = await on_decision(self.rt, press)
        if told is not None:
            raise NotDecided(told)


def open_desk(db: Database, office: Office) -> Desk:
    """Return a desk with no platform and no model."""

    async def no_model() -> Model | None:
        return None

    return Desk(Runtime(db=db, platforms={}, model=no_model, settings=Settings()), office)
