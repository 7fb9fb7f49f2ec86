"""P18: a press, from our door to its decision, while nobody answers: 64 messages in the model, and a silent Slack."""

import asyncio
import statistics
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any, LiteralString
from uuid import UUID, uuid4

from bots.bench.desk import NotDecided, open_desk
from bots.bench.figures import Figure
from bots.bench.office import CHANNEL, SENDER, TEAM, open_office
from bots.bench.stage import Stage
from bots.chats import Chats
from bots.parts import Parts
from bots.process import Process
from bots.worker import Worker
from core.ai.models import ModelReply, ModelRequest, Usage
from core.flows.on_decision import on_decision
from core.flows.on_message import on_message
from core.flows.runtime import Runtime
from core.jobs.queries import RECEIVE, receive_values
from core.kernel.cards import Abilities, Card, Press
from core.kernel.messages import Address, Decision, InboundEvent, InboundMessage, MessageRef
from core.kernel.principal import ChatUser, Locale, Platform

_DATABASE = "bench_crowded"
_MESSAGES = 64
_FEWER = 10
_PROMISED = 200.0
"""Milliseconds: a press is decided within a fifth of a second, whoever else hangs."""
_LONGEST = 30.0
# The suggestions' own cards, with their pictures, would be drawn and posted while the first presses are measured.
_NO_CARDS: LiteralString = "delete from procrastinate.procrastinate_jobs"


@dataclass
class _World:
    """The model and the one platform: both answer at once, or nobody ever."""

    is_silent: bool = False
    is_asked: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once a message has come as far as the model."""
    name: Platform = "slack"
    can: Abilities = field(default_factory=Abilities)
    never: asyncio.Event = field(default_factory=asyncio.Event)

    async def generate(self, request: ModelRequest) -> ModelReply:
        self.is_asked.set()
        await self.never.wait()
        raise asyncio.CancelledError

    def cost(self, usage: Usage) -> int | None:
        return None

    async def ping(self) -> None:
        return

    async def close(self) -> None:
        return

    async def post(self, address: Address, card: Card, locale: Locale) -> MessageRef:
        return await self.say(address, "")

    async def replace(self, ref: MessageRef, card: Card, locale: Locale) -> None:
        await self._answer()

    async def say(self, address: Address, text: str) -> MessageRef:
        await self._answer()
        return MessageRef(address.platform, address.workspace, address.channel, uuid4().hex)

    async def ask(
        self, user: ChatUser, address: Address, question: str, offered: Sequence[tuple[str, Press]] = ()
    ) -> MessageRef:
        return await self.say(address, question)

    async def picture(
        self, card: MessageRef, thread: str | None, png: bytes, alternative: str, *, instead_of: str | None = None
    ) -> None:
        await self._answer()

    async def remove_picture(self, card: MessageRef, picture: str, locale: Locale) -> None:
        await self._answer()

    async def document(self, address: Address, name: str, body: bytes) -> None:
        await self._answer()

    async def download(self, source: str, most: int) -> bytes:
        return b""

    async def whisper(self, user: ChatUser, address: Address, text: str) -> None:
        await self._answer()

    def is_private(self, channel: str) -> bool:
        return False

    async def verified_email(self, user: ChatUser) -> str | None:
        return None

    async def _answer(self) -> None:
        if self.is_silent:
            await self.never.wait()


class _Door:
    """Where deliveries come in, and when each press was decided."""

    def __init__(self, rt: Runtime) -> None:
        self._rt = rt
        self._decided: dict[str, asyncio.Event] = {}

    async def dispatch(self, _platform: str, payload: dict[str, Any]) -> None:
        """Do what a platform's adapter does with a stored delivery."""
        if "suggestion" not in payload:
            there = Address("slack", TEAM, payload["channel"])
            message = InboundMessage(
                event_id=payload["id"], sender=SENDER, address=there, text=payload["text"], direct=True
            )
            await on_message(self._rt, message)
            return
        pressed = MessageRef("slack", TEAM, CHANNEL, payload["suggestion"])
        decision = Decision(
            event_id=payload["id"],
            sender=SENDER,
            suggestion_id=UUID(payload["suggestion"]),
            verdict="approve",
            pressed=pressed,
        )
        if (told := await on_decision(self._rt, decision)) is not None:
            raise NotDecided(told)
        self._decided[payload["id"]].set()

    async def say(self, number: int) -> None:
        """Deliver a message, each of a conversation of its own."""
        await self._deliver({"id": uuid4().hex, "channel": f"D{number}", "text": "a hard question"}, "turns")

    async def press(self, suggestion: UUID) -> float:
        """Deliver a press; return the milliseconds until it was decided."""
        payload = {"id": uuid4().hex, "channel": CHANNEL, "suggestion": str(suggestion)}
        decided = self._decided[payload["id"]] = asyncio.Event()
        started = time.perf_counter()
        await self._deliver(payload, "decisions")
        async with asyncio.timeout(_LONGEST):
            await decided.wait()
        return (time.perf_counter() - started) * 1_000

    async def _deliver(self, payload: dict[str, Any], kind: Any) -> None:
        event = InboundEvent(
            platform="slack",
            workspace=TEAM,
            event_id=payload["id"],
            lock=f"slack/{payload['channel']}/{payload['id']}",
            payload=payload,
            kind=kind,
            sender=SENDER.user,
        )
        await self._rt.db.run_as_system(RECEIVE, receive_values([event]))


@asynccontextmanager
async def _working(rt: Runtime, url: str, door: _Door) -> AsyncGenerator[None]:
    """Run the program's own worker on the door's deliveries."""
    stop, process = asyncio.Event(), Process(rt.settings, url, rt.db)
    work = asyncio.create_task(Worker(process, Chats(rt, None, None), door.dispatch).run(stop, Parts()))
    try:
        yield
    finally:
        work.cancel()
        await asyncio.wait({work})


async def crowded(stage: Stage) -> list[Figure]:
    """Measure presses through inbox, queue, worker and decision, first alone and then in the crowd."""
    presses = max(stage.sizes.calls // _FEWER, 2)
    await stage.fresh(_DATABASE)
    async with stage.door(_DATABASE) as db:
        desk = open_desk(db, await open_office(stage, _DATABASE, db, sessions=2 * presses))
        made = [await desk.suggest(session) for session in desk.office.sessions]
        world = _World()

        async def model() -> _World:
            return world

        rt = replace(desk.rt, platforms={"slack": world}, model=model)
        door = _Door(rt)
        async with stage.owner(_DATABASE) as owner:
            await owner.execute(_NO_CARDS)
        async with _working(rt, stage.login_url(_DATABASE), door):
            alone = [await door.press(each) for each in made[:presses]]
            world.is_silent = True
            for number in range(_MESSAGES):
                await door.say(number)
            async with asyncio.timeout(_LONGEST):
                await world.is_asked.wait()
            among = [await door.press(each) for each in made[presses:]]
    return _figures(alone, among)


def _figures(alone: list[float], among: list[float]) -> list[Figure]:
    what, crowd = "a press decided", f"while {_MESSAGES} messages hang in the model and Slack is silent"
    late, later = (statistics.quantiles(each, n=20)[-1] for each in (alone, among))
    lines = (
        ("p50", "the same with nothing else going on", statistics.median(among), statistics.median(alone), 2.0),
        ("p95", "the same with nothing else going on", later, late, 3.0),
        ("p95", "the promise of 200 ms", later, _PROMISED, 1.0),
    )
    return [
        Figure(
            number="P18",
            what=f"{what}, {which}, {crowd}",
            floor=floor,
            ours=ours,
            theirs=theirs,
            unit="ms",
            target=target,
        )
        for which, floor, ours, theirs, target in lines
    ]
