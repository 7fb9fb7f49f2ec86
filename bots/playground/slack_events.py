"""People in Slack: what they say and press, signed and delivered as Slack's Events API and interactivity do it."""

import hashlib
import hmac
import json
import re
import secrets
import time
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from bots.playground.config import PlaygroundConfig
from bots.playground.people import BOT_NAME, SLACK_APP, SLACK_BOT, TEAM, Room, SlackPerson
from bots.playground.post import Answer, Delivery, Post
from bots.playground.slack_files import wire_file
from bots.playground.slack_methods import wire as wire_message
from bots.playground.slack_views import SlackViews
from bots.playground.state import Message, State, now_text

_NAMED = re.compile(rf"@{BOT_NAME}(?!\w)")


class SlackPeople:
    """The human side of the workspace."""

    def __init__(self, config: PlaygroundConfig, state: State, post: Post) -> None:
        self._config = config
        self._state = state
        self._post = post
        self._views = SlackViews(state)

    def say(
        self, person: SlackPerson, room: Room, text: str, thread: str | None, files: Sequence[dict[str, Any]] = ()
    ) -> str:
        """Let somebody write, perhaps with files (``shared_by``); return the message's timestamp.

        The bot hears direct chats and its own name.
        """
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
        if files:
            message["files"] = list(files)
        self._state.slack.setdefault(room.id, []).append(message)
        self._state.changed()
        event: dict[str, Any] = {"user": person.id, "team": TEAM, "text": wire, "ts": ts, "channel": room.id}
        event["client_msg_id"] = str(uuid4())
        if thread:
            event["thread_ts"] = thread
        if files:
            event |= {"files": [wire_file(each) for each in files], "upload": False, "display_as_bot": False}
        if room.kind == "im":
            kind = {"subtype": "file_share"} if files else {}
            self.event({"type": "message", "channel_type": "im", **kind, **event})
        elif f"<@{SLACK_BOT}>" in wire:
            self.event({"type": "app_mention", **event})
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
        payload: dict[str, Any] = {
            **interaction("block_actions", person),
            "container": container,
            "trigger_id": self._views.trigger(person.id),
            "channel": {"id": room.id, "name": room.name if room.kind == "channel" else "directmessage"},
            "state": {"values": {}},
            "actions": [{**button, "block_id": block, "action_ts": self._state.next_ts()}],
        }
        if message["ephemeral_for"] is None:
            payload["message"] = wire_message(message)
        self.raw_form(payload)

    def raw_form(self, payload: dict[str, Any]) -> None:
        """Deliver an interactive payload, signed."""
        self._post.send(self._form(payload))

    def raw_event(self, payload: dict[str, Any]) -> None:
        """Deliver an event payload, signed."""
        body = json.dumps(payload, ensure_ascii=False).encode()
        self._post.send(self._delivery(body, "application/json", is_repeated=True))

    async def ask(self, payload: dict[str, Any]) -> Answer | None:
        """Deliver an interactive payload, signed, and return the answer; None if none came within 3 seconds."""
        return await self._post.ask(self._form(payload))

    def _form(self, payload: dict[str, Any]) -> Delivery:
        body = urlencode({"payload": json.dumps(payload, ensure_ascii=False)}).encode()
        # Slack does not try an interactive payload again: the person sees that it failed and presses again.
        return self._delivery(body, "application/x-www-form-urlencoded", is_repeated=False)

    def event(self, event: dict[str, Any]) -> None:
        """Tell the app of something that happened."""
        self.raw_event(
            {
                "type": "event_callback",
                "token": "unused",
                "team_id": TEAM,
                "api_app_id": SLACK_APP,
                "event": {**event, "event_ts": event["ts"]},
                "event_id": f"Ev{secrets.token_hex(8)}",
                "event_time": int(time.time()),
                "authorizations": [{"enterprise_id": None, "team_id": TEAM, "user_id": SLACK_BOT, "is_bot": True}],
            }
        )

    def _delivery(self, body: bytes, content_type: str, *, is_repeated: bool) -> Delivery:
        secret = self._config.slack_signing_secret.get_secret_value()
        url = f"{self._config.events_url}/slack/events"
        return Delivery(url, body, lambda: signed(body, content_type, secret), is_repeated)


def interaction(kind: str, person: SlackPerson) -> dict[str, Any]:
    """Return what every interactive payload says: its kind, who, where, and for which app."""
    name = person.name.split()[0].lower()
    return {
        "type": kind,
        "team": {"id": TEAM, "domain": "eventflow"},
        "user": {"id": person.id, "username": name, "name": name, "team_id": TEAM},
        "api_app_id": SLACK_APP,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def signed(body: bytes, content_type: str, secret: str) -> dict[str, str]:
    """Return the headers of a request signed now (docs: "Verifying requests from Slack", version v0)."""
    at = str(int(time.time()))
    signature = hmac.new(secret.encode(), f"v0:{at}:".encode() + body, hashlib.sha256).hexdigest()
    return {
        "content-type": content_type,
        "x-slack-request-timestamp": at,
        "x-slack-signature": f"v0={signature}",
    }
