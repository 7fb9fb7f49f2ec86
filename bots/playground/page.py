"""What the page asks and does: the state of both chats, live, and people who write and press."""

import json
import time
from collections.abc import AsyncGenerator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from fastapi import APIRouter, HTTPException
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from bots.playground.config import Example, PlaygroundConfig
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
    slack_person,
    slack_room,
    telegram_person,
    telegram_room,
)
from bots.playground.slack_events import SlackPeople
from bots.playground.state import Message, State
from bots.playground.telegram_updates import TelegramPeople

_KEEP_ALIVE = 15.0
_LONGEST = 4000


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)

    person: str = Field(max_length=40)


class SlackSays(_Strict):
    """Somebody writes in Slack."""

    channel: str = Field(max_length=40)
    text: str = Field(min_length=1, max_length=_LONGEST)
    thread_ts: str | None = Field(default=None, max_length=40)


class SlackPresses(_Strict):
    """Somebody presses a button in Slack."""

    channel: str = Field(max_length=40)
    ts: str = Field(max_length=40)
    action_id: str = Field(max_length=255)


class TelegramSays(_Strict):
    """Somebody writes in Telegram."""

    chat: str = Field(max_length=40)
    text: str = Field(min_length=1, max_length=_LONGEST)


class TelegramPresses(_Strict):
    """Somebody presses a button in Telegram."""

    chat: str = Field(max_length=40)
    message_id: str = Field(max_length=40)
    data: str = Field(max_length=64)


class Raw(BaseModel):
    """Any payload, delivered with a right signature: what a test from outside wants to send."""

    kind: Literal["event", "interactive"] = "event"
    payload: dict[str, Any]


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
            "examples": [asdict(example) for example in self.examples],
            "slack": {
                "team": TEAM_NAME,
                "bot": {"id": SLACK_BOT, "name": BOT_NAME},
                "people": [_person(each) for each in SLACK_PEOPLE],
                "channels": [_room(each) for each in SLACK_ROOMS],
                "messages": self.state.slack,
            },
            "telegram": {
                "bot": {"id": self.config.telegram_bot_id, "username": TELEGRAM_USERNAME, "name": BOT_NAME},
                "people": [_person(each) for each in TELEGRAM_PEOPLE],
                "chats": [{**_room(each), "title": each.name} for each in TELEGRAM_ROOMS],
                "messages": self.state.telegram,
                "alerts": self.state.alerts,
                "typing": [chat for chat, until in self.state.typing.items() if until > now],
            },
        }


def page_router(page: Page) -> APIRouter:
    """Return ``/playground/...``."""
    routes = APIRouter(prefix="/playground")
    _add_reading(routes, page)
    _add_slack(routes, page)
    _add_telegram(routes, page)
    return routes


def _add_reading(routes: APIRouter, page: Page) -> None:
    async def state() -> dict[str, Any]:
        return page.snapshot()

    async def stream() -> StreamingResponse:
        return StreamingResponse(_changes(page.state), media_type="text/event-stream")

    async def reset() -> dict[str, bool]:
        page.state.clear()
        return {"ok": True}

    routes.add_api_route("/state", state, methods=["GET"])
    routes.add_api_route("/stream", stream, methods=["GET"])
    routes.add_api_route("/reset", reset, methods=["POST"])


async def _changes(state: State) -> AsyncGenerator[str]:
    seen = -1
    while True:
        if seen != state.revision:
            seen = state.revision
            yield f"event: changed\ndata: {json.dumps({'revision': seen})}\n\n"
        else:
            yield ": still here\n\n"
        await state.wait(_KEEP_ALIVE)


def _add_slack(routes: APIRouter, page: Page) -> None:
    async def say(said: SlackSays) -> dict[str, Any]:
        person, room = _slack(said.person, said.channel)
        return {"ok": True, "ts": page.slack.say(person, room, said.text, said.thread_ts)}

    async def press(pressed: SlackPresses) -> dict[str, bool]:
        person, room = _slack(pressed.person, pressed.channel)
        message = _found(page.state.slack, room, "ts", pressed.ts)
        if message["ephemeral_for"] not in {None, person.id}:
            raise HTTPException(404, "There is no such message.")
        for block in message["blocks"]:
            for button in block.get("elements", ()) if block["type"] == "actions" else ():
                if button.get("action_id") == pressed.action_id:
                    page.slack.press(person, room, message, button, block.get("block_id", "b1"))
                    return {"ok": True}
        raise HTTPException(404, "There is no such button.")

    async def raw(given: Raw) -> dict[str, bool]:
        (page.slack.raw_event if given.kind == "event" else page.slack.raw_form)(given.payload)
        return {"ok": True}

    routes.add_api_route("/slack/say", say, methods=["POST"])
    routes.add_api_route("/slack/press", press, methods=["POST"])
    routes.add_api_route("/slack/raw", raw, methods=["POST"])


def _add_telegram(routes: APIRouter, page: Page) -> None:
    async def say(said: TelegramSays) -> dict[str, Any]:
        person, room = _telegram(said.person, said.chat)
        return {"ok": True, "message_id": page.telegram.say(person, room, said.text)}

    async def press(pressed: TelegramPresses) -> dict[str, bool]:
        person, room = _telegram(pressed.person, pressed.chat)
        message = _found(page.state.telegram, room, "message_id", pressed.message_id)
        rows = (message["reply_markup"] or {}).get("inline_keyboard", ())
        if not any(button.get("callback_data") == pressed.data for row in rows for button in row):
            raise HTTPException(404, "There is no such button.")
        page.telegram.press(person, room, message, pressed.data)
        return {"ok": True}

    async def raw(given: Raw) -> dict[str, bool]:
        page.telegram.update(given.payload)
        return {"ok": True}

    routes.add_api_route("/telegram/say", say, methods=["POST"])
    routes.add_api_route("/telegram/press", press, methods=["POST"])
    routes.add_api_route("/telegram/raw", raw, methods=["POST"])


def _slack(user: str, channel: str) -> tuple[SlackPerson, Room]:
    person, room = slack_person(user), slack_room(channel)
    if person is None or room is None or (room.kind == "im" and room.person != person.id):
        raise HTTPException(404, "There is no such person or channel.")
    return person, room


def _telegram(user: str, chat: str) -> tuple[TelegramPerson, Room]:
    person, room = telegram_person(user), telegram_room(chat)
    if person is None or room is None or (room.kind == "private" and room.person != person.id):
        raise HTTPException(404, "There is no such person or chat.")
    return person, room


def _found(messages: dict[str, list[Message]], room: Room, key: str, wanted: str) -> Message:
    for message in messages.get(room.id, ()):
        if str(message[key]) == wanted:
            return message
    raise HTTPException(404, "There is no such message.")


def _person(person: SlackPerson | TelegramPerson) -> dict[str, str]:
    return {"id": person.id, "name": person.name, "locale": person.locale, "note": person.note}


def _room(room: Room) -> dict[str, str | None]:
    return {"id": room.id, "name": room.name, "kind": room.kind, "person": room.person}
