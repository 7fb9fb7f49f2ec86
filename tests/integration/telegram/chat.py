"""People in the playground's Telegram, the program behind it on the real SDK, and nothing in between but HTTP."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from pydantic import SecretStr

from bots.telegram.app import dispatch
from bots.telegram.inbound import inbound_event
from bots.telegram.outbound import TelegramPlatform, open_telegram
from core.ai.models import ModelReply
from core.db import Database
from core.flows.on_decision import on_decision
from core.flows.on_message import on_message
from core.flows.runtime import Runtime
from core.identity import provisioning
from core.kernel.principal import ChatUser, Role
from core.kernel.settings import Settings
from tests.contract.playground.ground import TELEGRAM, Playground, playground
from tests.drain import drain
from tests.fakes import runtime
from tests.world import World

Json = dict[str, Any]

NOA, DANA, ADAM, GROUP = "7001", "7004", "7005", "-1001"
BOT = TELEGRAM.get_secret_value().partition(":")[0]
_WHO: dict[str, Role] = {NOA: "staff", DANA: "manager", ADAM: "owner"}
DECIDERS = [(ADAM, "en"), (DANA, "he")]
"""Who decides, in which language."""


@dataclass
class Chat:
    """Telegram as its people use it."""

    ground: Playground
    platform: TelegramPlatform
    rt: Runtime
    database_url: str
    offset: int = 0

    async def say(self, person: str, text: str, *, answers: Json | None = None, chat: str = "") -> None:
        """Write, perhaps in reply to a message, and let the program answer."""
        reply = {"reply_to": answers["message_id"]} if answers else {}
        said = await self.ground.post("telegram/say", {"person": person, "chat": chat or person, "text": text, **reply})
        assert said.status_code == 200, said.text
        await self.settle()

    async def press(self, person: str, begins: str, *, chat: str = "") -> None:
        """Press the latest button whose data begins so, and let the program answer."""
        messages = await self.messages(chat or person)
        message, data = next(
            (each, data) for each in reversed(messages) for data in pressable(each) if data.startswith(begins)
        )
        pressed = {"person": person, "chat": chat or person, "message_id": message["message_id"], "data": data}
        assert (await self.ground.post("telegram/press", pressed)).status_code == 200
        await self.settle()

    async def deliver(self, update: Json) -> None:
        """Deliver an update that no button of the page makes."""
        assert (await self.ground.post("telegram/raw", {"payload": update})).status_code == 200
        await self.settle()

    async def settle(self) -> None:
        """Handle every update and every job."""
        while updates := await self.platform.updates(self.offset, 0):
            for update in updates:
                self.offset = update["update_id"] + 1
                if inbound_event(update, self.platform.bot_id) is not None:
                    heard, decided = partial(on_message, self.rt), partial(on_decision, self.rt)
                    await dispatch(self.platform, update, heard, decided, _nothing_before)
            await drain(self.rt, self.database_url)

    async def messages(self, chat: str) -> list[Json]:
        """Return what stands in a chat, oldest first."""
        return (await self.ground.state())["telegram"]["messages"].get(chat, [])

    async def last(self, chat: str) -> Json:
        """Return the latest message."""
        return (await self.messages(chat))[-1]

    async def card(self, chat: str) -> Json:
        """Return the latest card: the message that tells its risk, with or without buttons."""
        return next(each for each in reversed(await self.messages(chat)) if "<b>" in each["html"])

    async def alerts(self) -> list[tuple[str, str]]:
        """Return what presses were answered, and to whom."""
        return [(each["person"], each["text"]) for each in (await self.ground.state())["telegram"]["alerts"]]


def pressable(message: Json) -> list[str]:
    """Return what the buttons of a message carry."""
    rows = (message["reply_markup"] or {}).get("inline_keyboard", [])
    return [button["callback_data"] for row in rows for button in row]


def verdicts(message: Json) -> list[list[str]]:
    """Return the same without the suggestion's id, row by row."""
    rows = (message["reply_markup"] or {}).get("inline_keyboard", [])
    return [[button["callback_data"].partition(":")[0] for button in row] for row in rows]


@asynccontextmanager
async def telegram(db: Database, world: World, database_url: str, *replies: ModelReply) -> AsyncGenerator[Chat]:
    """Open the chats, with everybody linked and the model following its script."""
    await _link(db, world)
    async with playground(None, hook=None) as ground:
        settings = Settings(
            telegram_bot_token=SecretStr(TELEGRAM.get_secret_value()), telegram_api_url=f"{ground.address}/telegram"
        )
        async with open_telegram(settings, introduce=False) as platform:
            rt, slack, _telegram, _model = runtime(db, *replies)
            rt = replace(rt, platforms={"slack": slack, "telegram": platform})
            yield Chat(ground, platform, rt, database_url)


async def _link(db: Database, world: World) -> None:
    async with db.as_operator() as tx:
        for number, role in _WHO.items():
            [person] = [
                each
                for each in await provisioning.people_with(tx, f"{role}@aleph.example", "Aleph Events")
                if each.id == world.people[role].user_id
            ]
            await provisioning.link(tx, person, ChatUser("telegram", BOT, number))


async def _nothing_before(_family: str) -> list[Mapping[str, Any]]:
    return []
