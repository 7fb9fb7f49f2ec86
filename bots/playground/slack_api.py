"""Slack's Web API as far as a bot needs it: the same paths, bodies, answers and refusals."""

import hmac
import json
from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from bots.playground import slack_checks
from bots.playground.config import PlaygroundConfig
from bots.playground.faults import Faults
from bots.playground.forms import read_arguments
from bots.playground.people import (
    BOT_NAME,
    SLACK_BOT,
    SLACK_BOT_ID,
    TEAM,
    TEAM_NAME,
    Room,
    slack_person,
    slack_room,
)
from bots.playground.state import Message, State, now_text

Args = dict[str, Any]
_MINIMAL = frozenset({"reactions.add", "reactions.remove", "assistant.threads.setStatus"})


class SlackRefusal(Exception):
    """``ok: false`` with an error code."""


def slack_router(config: PlaygroundConfig, state: State, faults: Faults) -> APIRouter:
    """Return ``/slack/api/{method}``."""
    api = _SlackApi(state)
    methods: dict[str, Callable[[Args], Args]] = {
        "auth.test": api.auth_test,
        "chat.postMessage": api.post_message,
        "chat.update": api.update,
        "chat.postEphemeral": api.post_ephemeral,
        "chat.delete": api.delete,
        "users.info": api.users_info,
        "conversations.open": api.conversations_open,
        "conversations.info": api.conversations_info,
    }
    routes = APIRouter()
    token = f"Bearer {config.slack_bot_token.get_secret_value()}"

    async def call(request: Request, method: str) -> JSONResponse:
        if (fault := faults.take("slack", method)) is not None:
            body: Args = {"ok": False, "error": "ratelimited" if fault.status == 429 else "internal_error"}  # noqa: PLR2004
            return JSONResponse(body, fault.status, headers=fault.headers())
        args = await read_arguments(request)
        given = request.headers.get("authorization") or f"Bearer {args.get('token', '')}"
        if not hmac.compare_digest(given.encode(), token.encode()):
            return JSONResponse({"ok": False, "error": "invalid_auth"})
        if method in _MINIMAL:
            return JSONResponse({"ok": True})
        run = methods.get(method)
        if run is None:
            return JSONResponse({"ok": False, "error": "unknown_method", "req_method": method})
        try:
            return JSONResponse({"ok": True, **run(args)})
        except SlackRefusal as refusal:
            return JSONResponse({"ok": False, "error": str(refusal)})

    handler: Callable[..., Awaitable[JSONResponse]] = call
    routes.add_api_route("/slack/api/{method}", handler, methods=["GET", "POST"], include_in_schema=False)
    return routes


class _SlackApi:
    def __init__(self, state: State) -> None:
        self._state = state

    def auth_test(self, _args: Args) -> Args:
        return {
            "url": "https://eventflow.slack.example/",
            "team": TEAM_NAME,
            "user": BOT_NAME.lower(),
            "team_id": TEAM,
            "user_id": SLACK_BOT,
            "bot_id": SLACK_BOT_ID,
            "is_enterprise_install": False,
        }

    def post_message(self, args: Args) -> Args:
        room = _room(args)
        message = self._new(room, args)
        self._state.slack.setdefault(room.id, []).append(message)
        self._state.changed()
        return {"channel": room.id, "ts": message["ts"], "message": _wire(message)}

    def post_ephemeral(self, args: Args) -> Args:
        room = _room(args)
        user = str(args.get("user", ""))
        if slack_person(user) is None or (room.kind == "im" and room.person != user):
            raise SlackRefusal("user_not_in_channel")
        message = self._new(room, args) | {"ephemeral_for": user}
        self._state.slack.setdefault(room.id, []).append(message)
        self._state.changed()
        return {"message_ts": message["ts"]}

    def update(self, args: Args) -> Args:
        room = _room(args)
        message = self._find(room, str(args.get("ts", "")))
        text, blocks = _content(args)
        message.update(text=text, blocks=blocks, edited=True)
        self._state.changed()
        return {"channel": room.id, "ts": message["ts"], "text": text, "message": _wire(message)}

    def delete(self, args: Args) -> Args:
        room = _room(args)
        message = self._find(room, str(args.get("ts", "")))
        self._state.slack[room.id].remove(message)
        self._state.changed()
        return {"channel": room.id, "ts": message["ts"]}

    def users_info(self, args: Args) -> Args:
        person = slack_person(str(args.get("user", "")))
        if person is None:
            raise SlackRefusal("user_not_found")
        profile = {"real_name": person.name, "display_name": person.name.split()[0], "email": person.email}
        return {
            "user": {
                "id": person.id,
                "team_id": TEAM,
                "name": person.name.split()[0].lower(),
                "real_name": person.name,
                "deleted": False,
                "is_bot": False,
                "is_restricted": person.is_restricted,
                "is_ultra_restricted": False,
                "is_email_confirmed": True,
                "locale": "he-IL" if person.locale == "he" else "en-US",
                "profile": profile,
            }
        }

    def conversations_open(self, args: Args) -> Args:
        person = slack_person(str(args.get("users", "")))
        if person is None:
            raise SlackRefusal("user_not_found")
        return {"channel": {"id": person.direct_channel}}

    def conversations_info(self, args: Args) -> Args:
        room = _room(args)
        return {"channel": {"id": room.id, "name": room.name, "is_im": room.kind == "im", "is_archived": False}}

    def _new(self, room: Room, args: Args) -> Message:
        text, blocks = _content(args)
        return {
            "ts": self._state.next_ts(),
            "user": SLACK_BOT,
            "text": text,
            "blocks": blocks,
            "thread_ts": args.get("thread_ts") or None,
            "edited": False,
            "ephemeral_for": None,
            "time": now_text(),
        }

    def _find(self, room: Room, ts: str) -> Message:
        found = next((each for each in self._state.slack.get(room.id, ()) if each["ts"] == ts), None)
        if found is None or found["ephemeral_for"] is not None:
            raise SlackRefusal("message_not_found")
        if found["user"] != SLACK_BOT:
            raise SlackRefusal("cant_update_message")
        return found


def _room(args: Args) -> Room:
    room = slack_room(str(args.get("channel", "")))
    if room is None:
        raise SlackRefusal("channel_not_found")
    return room


def _content(args: Args) -> tuple[str, list[Any]]:
    text, blocks = str(args.get("text") or ""), args.get("blocks") or []
    if isinstance(blocks, str):
        try:
            blocks = json.loads(blocks)
        except ValueError:
            raise SlackRefusal("invalid_blocks_format") from None
    if blocks and slack_checks.why_not(blocks) is not None:
        raise SlackRefusal("invalid_blocks")
    if not text and not blocks:
        raise SlackRefusal("no_text")
    if len(text) > slack_checks.LONGEST_TEXT:
        raise SlackRefusal("msg_too_long")
    return text, blocks


def _wire(message: Message) -> Args:
    sent = {"type": "message", "user": message["user"], "bot_id": SLACK_BOT_ID, "ts": message["ts"]}
    return {**sent, "text": message["text"], "blocks": message["blocks"], "team": TEAM}
