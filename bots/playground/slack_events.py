"""People in Slack: what they say and press, signed and delivered as Slack's Events API and interactivity do it."""

import hashlib
import hmac
import json
import re
import secrets
import time
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from bots.playground.config import PlaygroundConfig
from bots.playground.people import BOT_NAME, SLACK_BOT, TEAM, Room, SlackPerson
from bots.playground.post import Delivery, Post
from bots.playground.slack_methods import wire as wire_message
from bots.playground.state import Message, State, now_text

_APP = "A0EVENTFLOW"
_NAMED = re.compile(rf"@{BOT_NAME}(?!\w)")


class SlackPeople:
    """The human side of the workspace."""

    def __init__(self, config: PlaygroundConfig, state: State, post: Post) -> None:
        self._config = config
        self._state = state
        self._post = post

    def say(self, person: SlackPerson, room: Room, text: str, thread: str | None) -> str:
        """Let somebody write; return the message's timestamp. The bot hears direct chats and its own name."""
        wire = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        wire = _NAMED.sub(f"<@{SLACK_BOT}>", wire)
        ts = self._state.next_ts()
        message: Message = {
            "ts": ts,
            "user": person.id,
            "text": wire,
            "blocks": [],
            "thread_ts": thread,
            "edited": False,
            "ephemeral_for": None,
            "time": now_text(),
        }
        self._state.slack.setdefault(room.id, []).append(message)
        self._state.changed()
        event: dict[str, Any] = {"user": person.id, "team": TEAM, "text": wire, "ts": ts, "channel": room.id}
        event["client_msg_id"] = str(uuid4())
        if thread:
            event["thread_ts"] = thread
        if room.kind == "im":
            self._event({"type": "message", "channel_type": "im", **event})
        elif f"<@{SLACK_BOT}>" in wire:
            self._event({"type": "app_mention", **event})
        return ts

    def press(self, person: SlackPerson, room: Room, message: Message, button: dict[str, Any], block: str) -> None:
        """Let somebody press a button of a message."""
        container = {
            "type": "message",
            "message_ts": message["ts"],
            "channel_id": room.id,
            "is_ephemeral": message["ephemeral_for"] is not None,
        }
        if message["thread_ts"]:
            container["thread_ts"] = message["thread_ts"]
        name = person.name.split()[0].lower()
        payload: dict[str, Any] = {
            "type": "block_actions",
            "user": {"id": person.id, "username": name, "name": name, "team_id": TEAM},
            "api_app_id": _APP,
            "container": container,
            "trigger_id": secrets.token_hex(12),
            "team": {"id": TEAM, "domain": "eventflow"},
            "enterprise": None,
            "is_enterprise_install": False,
            "channel": {"id": room.id, "name": room.name if room.kind == "channel" else "directmessage"},
            "state": {"values": {}},
            "actions": [{**button, "block_id": block, "action_ts": self._state.next_ts()}],
        }
        if message["ephemeral_for"] is None:
            payload["message"] = wire_message(message)
        self.raw_form(payload)

    def raw_form(self, payload: dict[str, Any]) -> None:
        """Deliver an interactive payload, signed."""
        body = urlencode({"payload": json.dumps(payload, ensure_ascii=False)}).encode()
        # Slack does not try an interactive payload again: the person sees that it failed and presses again.
        self._send(body, "application/x-www-form-urlencoded", is_repeated=False)

    def raw_event(self, payload: dict[str, Any]) -> None:
        """Deliver an event payload, signed."""
        self._send(json.dumps(payload, ensure_ascii=False).encode(), "application/json", is_repeated=True)

    def _event(self, event: dict[str, Any]) -> None:
        self.raw_event(
            {
                "type": "event_callback",
                "token": "unused",
                "team_id": TEAM,
                "api_app_id": _APP,
                "event": {**event, "event_ts": event["ts"]},
                "event_id": f"Ev{secrets.token_hex(8)}",
                "event_time": int(time.time()),
                "authorizations": [{"enterprise_id": None, "team_id": TEAM, "user_id": SLACK_BOT, "is_bot": True}],
            }
        )

    def _send(self, body: bytes, content_type: str, *, is_repeated: bool) -> None:
        secret = self._config.slack_signing_secret.get_secret_value()
        url = f"{self._config.events_url}/slack/events"
        self._post.send(Delivery(url, body, lambda: signed(body, content_type, secret), is_repeated))


def signed(body: bytes, content_type: str, secret: str) -> dict[str, str]:
    """Return the headers of a request signed now (docs: "Verifying requests from Slack", version v0)."""
    at = str(int(time.time()))
    signature = hmac.new(secret.encode(), f"v0:{at}:".encode() + body, hashlib.sha256).hexdigest()
    return {
        "content-type": content_type,
        "x-slack-request-timestamp": at,
        "x-slack-signature": f"v0={signature}",
    }
