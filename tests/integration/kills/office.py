"""A worker that can be killed: it forks from a warm process, and its chats are a file that survives it."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from bots.chats import Chats
from bots.jobs import Jobs
from bots.logs import configure_logs
from bots.parts import Parts
from bots.process import Process
from bots.worker import Worker
from core.ai.models import ModelReply, ModelRequest, Usage
from core.db import Database
from core.flows.on_decision import on_decision
from core.flows.on_message import on_message
from core.flows.runtime import Runtime
from core.jobs.queue import queue_app, rescue_stalled
from core.kernel.cards import Abilities, Card, Press
from core.kernel.messages import Address, Decision, InboundMessage, MessageRef
from core.kernel.principal import ChatUser, Locale
from core.kernel.settings import Settings
from tests.fakes import calls, says
from tests.world import BOT, NOW, TEAM

BEAT = 0.2
"""Seconds between heartbeats, so that a dead worker is noticed soon."""
POISON = "poison"
"""Whoever reads this dies of it."""
TRAP = ".trap"
"""Beside the chat: whoever posts a card while this file is there dies before anything is noted."""


class FileChat:
    """A chat platform whose messages are lines of a file."""

    def __init__(self, name: str, file: Path) -> None:
        self.name = name
        self.can = Abilities()
        self._file = file

    def _note(self, what: str, **more: Any) -> None:
        line = json.dumps({"what": what, **more}).encode() + b"\n"
        with self._file.open("ab", buffering=0) as file:
            file.write(line)

    async def post(self, address: Address, card: Card, locale: Locale) -> MessageRef:
        ref = MessageRef(address.platform, address.workspace, address.channel, str(uuid4()))
        self._note(
            "card", message=ref.message, suggestion=str(card.suggestion_id), state=card.state, channel=ref.channel
        )
        await asyncio.sleep(0.01)
        trap = self._file.with_suffix(TRAP)
        if trap.exists():
            trap.unlink()
            os.kill(os.getpid(), signal.SIGKILL)
        return ref

    async def replace(self, ref: MessageRef, card: Card, locale: Locale) -> None:
        await asyncio.sleep(0.01)
        self._note(
            "card", message=ref.message, suggestion=str(card.suggestion_id), state=card.state, channel=ref.channel
        )

    async def say(self, address: Address, text: str) -> MessageRef:
        self._note("said", text=text)
        return MessageRef(address.platform, address.workspace, address.channel, str(uuid4()))

    async def ask(
        self, user: ChatUser, address: Address, question: str, offered: Sequence[tuple[str, Press]] = ()
    ) -> MessageRef:
        return await self.say(address, question)

    async def picture(
        self, card: MessageRef, thread: str | None, png: bytes, alternative: str, *, instead_of: str | None = None
    ) -> str | None:
        self._note("pictured", text=alternative)
        return str(uuid4())

    async def remove_picture(self, card: MessageRef, picture: str, locale: Locale) -> None:
        return

    async def download(self, source: str, most: int) -> bytes:
        raise AssertionError("nobody shares files here")

    async def document(self, address: Address, name: str, body: bytes) -> None:
        return

    async def whisper(self, user: ChatUser, address: Address, text: str) -> None:
        self._note("whispered", text=text)

    def is_private(self, channel: str) -> bool:
        return True

    async def verified_email(self, user: ChatUser) -> str | None:
        return None


class AddingModel:
    """Understands "add N at DAY HH:MM" and proposes exactly that."""

    name = "adding"

    async def generate(self, request: ModelRequest) -> ModelReply:
        await asyncio.sleep(0.01)
        last = request.contents[-1]["parts"]
        if "function_response" in last[0]:
            return says("It waits for approval.")
        words = last[-1]["text"].removeprefix("<message>").removesuffix("</message>").split()
        start = f"2031-05-{words[3]}T{words[4]}"
        minute = int(words[4][3:]) + 4
        args = {"title": words[1], "start_time": start, "end_time": f"{start[:-2]}{minute:02d}"}
        return calls(("create_schedule_item", args))

    def cost(self, usage: Usage) -> int | None:
        return None

    async def ping(self) -> None:
        return

    async def close(self) -> None:
        return


async def work(database_url: str, chat: Path, *, suspects: bool) -> None:
    """Be a worker until somebody kills the process. ``suspects``: the program's own, which counts deaths."""
    db = Database(database_url, size=4)
    await db.open()
    model = AddingModel()

    async def the_model() -> AddingModel:
        return model

    platforms = {"slack": FileChat("slack", chat), "telegram": FileChat("telegram", chat)}
    rt = Runtime(db=db, platforms=platforms, model=the_model, settings=Settings(), now=lambda: NOW)

    async def dispatch(_platform: str, payload: dict[str, Any]) -> None:
        if payload.get("text") == POISON:
            os.kill(os.getpid(), signal.SIGKILL)
        if "text" in payload:
            await on_message(rt, _message(payload))
        else:
            await on_decision(rt, _press(payload))

    if suspects:
        process = Process(Settings(eventflow_heartbeat_seconds=BEAT), database_url, db)
        await Worker(process, Chats(rt, None, None), dispatch).run(asyncio.Event(), Parts())
        return
    queue = queue_app(database_url, size=4)
    Jobs(rt, dispatch).register(queue)
    async with queue.open_async():
        rescue = asyncio.create_task(_rescue(queue))
        await queue.run_worker_async(
            concurrency=4,
            install_signal_handlers=False,
            delete_jobs="successful",
            fetch_job_polling_interval=0.5,
            update_heartbeat_interval=BEAT,
            stalled_worker_timeout=BEAT * 4,
        )
        rescue.cancel()


async def _rescue(queue: Any) -> None:
    while True:
        await rescue_stalled(queue, silent_seconds=BEAT * 4)  # killed at random: no job is a suspect
        await asyncio.sleep(BEAT * 2)


def _message(payload: dict[str, Any]) -> InboundMessage:
    who = _manager(payload)
    return InboundMessage(
        event_id=payload["id"],
        sender=who,
        address=Address(who.platform, who.workspace, payload["channel"]),
        text=payload["text"],
        direct=True,
    )


def _press(payload: dict[str, Any]) -> Decision:
    who = _manager(payload)
    return Decision(
        event_id=payload["id"],
        sender=who,
        suggestion_id=UUID(payload["suggestion"]),
        verdict="approve",
        pressed=MessageRef(who.platform, who.workspace, payload["channel"], payload["message"]),
    )


def _manager(payload: dict[str, Any]) -> ChatUser:
    is_telegram = payload.get("platform") == "telegram"
    return ChatUser("telegram", f"{BOT}{TEAM[1:]}", "7001") if is_telegram else ChatUser("slack", TEAM, "UMANAGER")


def main() -> None:
    """Fork a worker for every line that is read, and print its process id."""
    configure_logs("CRITICAL")
    database_url, chat, suspects = sys.argv[1], Path(sys.argv[2]), len(sys.argv) > 3
    assert asdict(Address("slack", TEAM, "C"))  # everything is imported by now; a fork starts in milliseconds
    for _line in sys.stdin:
        child = os.fork()
        if child == 0:
            asyncio.run(work(database_url, chat, suspects=suspects))
            os._exit(0)
        print(child, flush=True)  # noqa: T201 the answer to the parent
        _reap()


def _reap() -> None:
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return


if __name__ == "__main__":
    main()
