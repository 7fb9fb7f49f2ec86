"""What people do on the page: write, press, block, and whatever else a test wants delivered."""

from typing import Any, Literal, Self

from fastapi import APIRouter, HTTPException, Request
from pydantic import BaseModel, Field, model_validator

from bots.playground.act import LONGEST_ID, Act, Attached
from bots.playground.forms import check_writable
from bots.playground.page_home_acts import add_home_acts
from bots.playground.page_modal_acts import add_modal_acts
from bots.playground.people import (
    Room,
    SlackPerson,
    TelegramPerson,
    slack_person,
    slack_room,
    telegram_person,
    telegram_room,
)
from bots.playground.slack_content import buttons
from bots.playground.slack_events import SlackPeople
from bots.playground.slack_files import shared_by
from bots.playground.slack_homes import SlackHomes
from bots.playground.slack_modals import SlackModals
from bots.playground.state import Message, State
from bots.playground.telegram_photos import kept_document
from bots.playground.telegram_updates import TelegramPeople

_LONGEST = 4000
"""Characters that a person may write at once: what both platforms' own clients take."""


class _Says(Act):
    """Somebody writes, shares a file, or both."""

    text: str = Field(default="", max_length=_LONGEST)
    file: Attached | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.text and self.file is None:
            raise ValueError("a text or a file is needed")
        return self


class SlackSays(_Says):
    """Somebody writes in Slack."""

    channel: str = Field(max_length=LONGEST_ID)
    thread_ts: str | None = Field(default=None, max_length=LONGEST_ID)


class SlackPresses(Act):
    """Somebody presses a button in Slack."""

    channel: str = Field(max_length=LONGEST_ID)
    ts: str = Field(max_length=LONGEST_ID)
    action_id: str = Field(max_length=255)


class TelegramSays(_Says):
    """Somebody writes in Telegram."""

    chat: str = Field(max_length=LONGEST_ID)
    reply_to: str | None = Field(default=None, max_length=LONGEST_ID)
    """The number of the message that is answered."""


class TelegramPresses(Act):
    """Somebody presses a button in Telegram."""

    chat: str = Field(max_length=LONGEST_ID)
    message_id: str = Field(max_length=LONGEST_ID)
    data: str = Field(max_length=64)


class TelegramBlocks(Act):
    """Somebody shuts the bot out of their private chat, or lets it in again."""

    blocked: bool


class Raw(BaseModel):
    """Any payload, delivered with a right signature: what a test from outside wants to send."""

    kind: Literal["event", "interactive"] = "event"
    payload: dict[str, Any]


def add_acts(routes: APIRouter, state: State, slack: SlackPeople, telegram: TelegramPeople) -> None:
    """Add what people can do to the page's routes."""
    _add_slack(routes, state, slack)
    add_modal_acts(routes, SlackModals(state, slack))
    add_home_acts(routes, SlackHomes(state, slack))
    _add_telegram(routes, state, telegram)


def _add_slack(routes: APIRouter, state: State, slack: SlackPeople) -> None:
    async def say(request: Request, said: SlackSays) -> dict[str, Any]:
        person, room = _in_slack(said.person, said.channel)
        files: list[dict[str, Any]] = []
        if said.file is not None:
            # Slack offers a file where its API is: the bot sends its token to no other address.
            base = state.api_url or str(request.base_url)
            files = [shared_by(state, person.id, said.file.name, said.file.content, base)]
        return {"ok": True, "ts": slack.say(person, room, said.text, said.thread_ts, files)}

    async def press(pressed: SlackPresses) -> dict[str, bool]:
        person, room = _in_slack(pressed.person, pressed.channel)
        message = _found(state.slack, room, "ts", pressed.ts)
        if message["ephemeral_for"] not in {None, person.id}:
            raise HTTPException(404, "There is no such message.")
        for block, button in buttons(message["blocks"]):
            if button["action_id"] == pressed.action_id:
                slack.press(person, room, message, button, block["block_id"])
                return {"ok": True}
        raise HTTPException(404, "There is no such button.")

    async def raw(given: Raw) -> dict[str, bool]:
        deliver = slack.raw_event if given.kind == "event" else slack.raw_form
        deliver(_writable(given.payload))
        return {"ok": True}

    routes.add_api_route("/slack/say", say, methods=["POST"])
    routes.add_api_route("/slack/press", press, methods=["POST"])
    routes.add_api_route("/slack/raw", raw, methods=["POST"])


def _add_telegram(routes: APIRouter, state: State, telegram: TelegramPeople) -> None:
    async def say(said: TelegramSays) -> dict[str, Any]:
        person, room = _in_telegram(said.person, said.chat)
        quoted = None if said.reply_to is None else _found(state.telegram, room, "message_id", said.reply_to)
        document = None if said.file is None else kept_document(state, said.file.name, said.file.content)
        return {"ok": True, "message_id": telegram.say(person, room, said.text, quoted, document)}

    async def press(pressed: TelegramPresses) -> dict[str, Any]:
        person, room = _in_telegram(pressed.person, pressed.chat)
        message = _found(state.telegram, room, "message_id", pressed.message_id)
        rows = (message["reply_markup"] or {}).get("inline_keyboard", ())
        if not any(button.get("callback_data") == pressed.data for row in rows for button in row):
            raise HTTPException(404, "There is no such button.")
        telegram.press(person, room, message, pressed.data)
        return {"ok": True}

    async def block(given: TelegramBlocks) -> dict[str, bool]:
        person, room = _in_telegram(given.person, given.person)
        telegram.block(person, room, blocked=given.blocked)
        return {"ok": True}

    async def raw(given: Raw) -> dict[str, bool]:
        telegram.raw(_writable(given.payload))
        return {"ok": True}

    routes.add_api_route("/telegram/say", say, methods=["POST"])
    routes.add_api_route("/telegram/press", press, methods=["POST"])
    routes.add_api_route("/telegram/block", block, methods=["POST"])
    routes.add_api_route("/telegram/raw", raw, methods=["POST"])


def _in_slack(user: str, channel: str) -> tuple[SlackPerson, Room]:
    person, room = slack_person(user), slack_room(channel)
    if person is None or room is None or (room.kind == "im" and room.person != person.id):
        raise HTTPException(404, "There is no such person or channel.")
    return person, room


def _in_telegram(user: str, chat: str) -> tuple[TelegramPerson, Room]:
    person, room = telegram_person(user), telegram_room(chat)
    if person is None or room is None or (room.kind == "private" and room.person != person.id):
        raise HTTPException(404, "There is no such person or chat.")
    return person, room


def _found(messages: dict[str, list[Message]], room: Room, key: str, wanted: str) -> Message:
    for message in messages.get(room.id, ()):
        if str(message[key]) == wanted:
            return message
    raise HTTPException(404, "There is no such message.")


def _writable(payload: dict[str, Any]) -> dict[str, Any]:
    try:
        check_writable(payload)
    except ValueError:
        raise HTTPException(422, "The payload cannot be written as UTF-8 JSON.") from None
    return payload
