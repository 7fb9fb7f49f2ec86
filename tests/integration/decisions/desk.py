"""What the tests of decisions press, type and look at; suggestions are made in Telegram's and Slack's own ways."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import count
from typing import Any

from core.db import Database
from core.flows.on_decision import on_decision
from core.flows.on_message import on_message
from core.flows.runtime import Runtime
from core.kernel.cards import Button, Card
from core.kernel.messages import Decision, InboundMessage, MessageRef, Verdict
from core.kernel.phrases import Phrase
from core.texts import plain, say
from tests.drain import drain
from tests.fakes import FakePlatform, calls, runtime, says
from tests.gestures import all_that_it_asks
from tests.integration.flows.office import BOT_1, telegram_message

MANAGER, STAFF, OWNER = "7001", "7002", "7000"
TO_B = ("update_schedule_item", {"schedule_id": "Opening Keynote", "changes": {"room": "Hall B"}})
"""Blocked: Lighting Basics stands there."""
TO_NOON = ("update_schedule_item", {"schedule_id": "Lighting Basics", "changes": {"start_time": "12:00"}})
NEW = ("create_schedule_item", {"title": "Yoga", "start_time": "14:00", "end_time": "14:30", "room": "Workshop"})
_number = count(1)


def only(platform: FakePlatform) -> Card:
    """Return the one card of a chat."""
    [card] = platform.cards.values()
    return card


def button(card: Card, verdict: Verdict, choice: str = "") -> Button:
    """Return the button, which must be there."""
    [found] = [each for each in card.buttons if (each.verdict, each.choice) == (verdict, choice)]
    return found


def kinds(card: Card) -> list[tuple[str, str]]:
    """Return what the buttons of a card carry."""
    return [(each.verdict, each.choice) for each in card.buttons]


def said(phrase: Phrase, locale: str = "en") -> str:
    """Return a phrase as it is read, without the marks of direction."""
    return plain(say("he" if locale == "he" else "en", phrase))


def pressed(
    platform: FakePlatform,
    verdict: Verdict,
    choice: str = "",
    *,
    user: str = MANAGER,
    evidence: Mapping[str, str] | None = None,
) -> Decision:
    """Return a press on the newest card of a chat in Telegram."""
    *_earlier, (ref, card) = platform.cards.items()
    return Decision(
        event_id=f"press-{verdict}-{choice}-{user}",
        sender=telegram_message("", user).sender,
        suggestion_id=card.suggestion_id,
        verdict=verdict,
        pressed=ref,
        choice=choice,
        evidence=evidence or {},
    )


class Desk:
    """One chat in Telegram with a person at it who presses, answers and reads."""

    def __init__(self, rt: Runtime, telegram: FakePlatform, database_url: str) -> None:
        self.rt, self.telegram, self._url = rt, telegram, database_url

    async def hears(self, text: str, *, user: str = MANAGER, reply_to: MessageRef | None = None) -> None:
        """Somebody says something, or answers a message."""
        await self.receives(replace(self.message(text, user=user), reply_to=reply_to))

    def message(self, text: str, *, user: str = MANAGER) -> InboundMessage:
        """Return what somebody says directly to the assistant."""
        return telegram_message(text, user=user, event=f"M{next(_number)}")

    async def receives(self, message: InboundMessage) -> None:
        """Something comes in, and everything that follows is sent."""
        await on_message(self.rt, message)
        await drain(self.rt, self._url)

    async def press(self, verdict: Verdict, choice: str = "", **more: Any) -> str | None:
        """Press a button on the card, and let everything be sent."""
        told = await on_decision(self.rt, pressed(self.telegram, verdict, choice, **more))
        await drain(self.rt, self._url)
        return told

    async def answers(self, text: str, *, user: str = MANAGER) -> str:
        """Answer the last question; return what was said to that."""
        await self.hears(text, user=user, reply_to=list(self.telegram.questions)[-1])
        return self.telegram.said[-1][1]

    def card(self) -> Card:
        """Return the newest card as it stands."""
        return list(self.telegram.cards.values())[-1]


def elsewhere(message: str = "77", channel: str = MANAGER) -> MessageRef:
    """Return a message that is nothing of ours."""
    return MessageRef("telegram", BOT_1, channel, message)


async def desk_with(db: Database, database_url: str, *what: Any, user: str = MANAGER) -> Desk:
    """Return the desk of somebody whose words led the model to these calls."""
    rt, _slack, telegram, _model = runtime(db, calls(*what), says("It waits."))
    desk = Desk(rt, telegram, database_url)
    await desk.hears("please", user=user)
    return desk


async def approve(desk: Desk) -> str | None:
    """Approve with all that the newest card asks for."""
    return await desk.press("approve", evidence=all_that_it_asks(desk.card()))
