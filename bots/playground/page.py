"""What the page shows: the state of both chats, whole, and word of every change."""

import json
import time
from collections.abc import AsyncGenerator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from fastapi import APIRouter
from fastapi.responses import StreamingResponse

from bots.playground.config import Example, PlaygroundConfig
from bots.playground.page_acts import add_acts
from bots.playground.people import (
    BOT_NAME,
    SLACK_BOT,
    SLACK_PEOPLE,
    SLACK_ROOMS,
    TEAM_NAME,
    TELEGRAM_PEOPLE,
    TELEGRAM_ROOMS,
    TELEGRAM_USERNAME,
    Room,
    SlackPerson,
    TelegramPerson,
)
from bots.playground.pictures import LARGEST_SHARED
from bots.playground.sentences.conversation.nearest import known_sentences
from bots.playground.slack_events import SlackPeople
from bots.playground.state import State
from bots.playground.telegram_updates import TelegramPeople

_KEEP_ALIVE = 15.0
"""Seconds after which a silent stream says that it is still there."""


@dataclass(frozen=True, slots=True)
class Page:
    """The parts that the page's routes work on."""

    config: PlaygroundConfig
    state: State
    slack: SlackPeople
    telegram: TelegramPeople
    examples: Sequence[Example]
    model_is_real: bool

    def snapshot(self) -> dict[str, Any]:
        """Return everything that the page shows."""
        now = time.monotonic()
        return {
            "revision": self.state.revision,
            "model": {"real": self.model_is_real},
            "largest_file": LARGEST_SHARED,
            "examples": [asdict(example) for example in self.examples],
            "slack": {
                "team": TEAM_NAME,
                "bot": {"id": SLACK_BOT, "name": BOT_NAME},
                "people": [_person(each) for each in SLACK_PEOPLE],
                "channels": [_room(each) for each in SLACK_ROOMS],
                "messages": self.state.slack,
                "views": self.state.views,
                "homes": self.state.homes,
            },
            "telegram": {
                "bot": {"id": self.config.telegram_bot_id, "username": TELEGRAM_USERNAME, "name": BOT_NAME},
                "people": [_person(each) for each in TELEGRAM_PEOPLE],
                "chats": [{**_room(each), "title": each.name} for each in TELEGRAM_ROOMS],
                "messages": self.state.telegram,
                "alerts": self.state.alerts,
                "commands": self.state.commands,
                "typing": [chat for chat, until in self.state.typing.items() if until > now],
            },
        }


def page_router(page: Page) -> APIRouter:
    """Return ``/playground/...``."""
    routes = APIRouter(prefix="/playground")

    async def state() -> dict[str, Any]:
        return page.snapshot()

    async def stream() -> StreamingResponse:
        return StreamingResponse(_changes(page.state), media_type="text/event-stream")

    async def sentences() -> list[str]:
        """The sentences of the table, none where the real model answers."""
        return [] if page.model_is_real else [*known_sentences()]

    async def reset() -> dict[str, bool]:
        page.state.clear()
        return {"ok": True}

    routes.add_api_route("/state", state, methods=["GET"])
    routes.add_api_route("/sentences", sentences, methods=["GET"])
    routes.add_api_route("/stream", stream, methods=["GET"])
    routes.add_api_route("/reset", reset, methods=["POST"])
    add_acts(routes, page.state, page.slack, page.telegram)
    return routes


async def _changes(state: State) -> AsyncGenerator[str]:
    seen = -1
    while not state.is_closed:
        if seen != state.revision:
            seen = state.revision
            yield f"event: changed\ndata: {json.dumps({'revision': seen})}\n\n"
        else:
            yield ": still here\n\n"
        await state.wait(seen, _KEEP_ALIVE)


def _person(person: SlackPerson | TelegramPerson) -> dict[str, str]:
    return {"id": person.id, "name": person.name, "locale": person.locale, "note": person.note}


def _room(room: Room) -> dict[str, str | None]:
    return {"id": room.id, "name": room.name, "kind": room.kind, "person": room.person}
