"""What platforms post, as ready bytes of HTTP/1.1: mentions, presses and updates of real size, each with its own id."""

import hashlib
import hmac
import json
import time
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from bots.bench.office import CHANNEL, TEAM, USER

SIGNING_SECRET, HOOK_SECRET, TOKEN = "bench-signing", "bench-hook", "xoxb-bench"
BOT_USER, BOT_ID, BOT_NUMBER = "U0BENCHBOT", "B0BENCH", 4242
BOT_TOKEN = f"{BOT_NUMBER}:benchbenchbenchbenchbench"
SLACK_PATH, TELEGRAM_PATH = "/slack/events", "/telegram/webhook"
_APP = "A0BENCH"
_SUGGESTION = UUID(int=7)
_NAMES = ("asked by", "session", "room", "now", "then", "speaker")


def mention(number: int, text: str = "move the opening keynote to 11:00", thread: str | None = None) -> bytes:
    """Return a signed ``app_mention``; every number is an event of its own."""
    ts = thread or f"{1_900_000_000 + number}.000100"
    typed = {"type": "text", "text": f" {text}"}
    said: dict[str, Any] = {
        "type": "app_mention",
        "user": USER,
        "team": TEAM,
        "channel": CHANNEL,
        "ts": f"{1_900_000_000 + number}.000100",
        "event_ts": f"{1_900_000_000 + number}.000100",
        "thread_ts": ts,
        "client_msg_id": str(UUID(int=number)),
        "text": f"<@{BOT_USER}> {text}",
        "blocks": [
            {
                "type": "rich_text",
                "block_id": "b1",
                "elements": [{"type": "rich_text_section", "elements": [{"type": "user", "user_id": BOT_USER}, typed]}],
            }
        ],
    }
    envelope: dict[str, Any] = {
        "token": "unused",
        "team_id": TEAM,
        "context_team_id": TEAM,
        "context_enterprise_id": None,
        "api_app_id": _APP,
        "event": said,
        "type": "event_callback",
        "event_id": f"Ev{number:010}",
        "event_time": 1_900_000_000 + number,
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": TEAM,
                "user_id": BOT_USER,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": f"4-{number:040}",
    }
    return _signed(json.dumps(envelope).encode(), "application/json")


def press(number: int, value: str = f"approve:{_SUGGESTION}", ts: str | None = None) -> bytes:
    """Return a signed press on a card with its whole message, form-encoded as Slack posts it.

    ``value``: what the button carries; ``ts``: which message the card is.
    """
    ts = ts or f"{1_900_000_000 + number}.000200"
    payload: dict[str, Any] = {
        "type": "block_actions",
        "user": {"id": USER, "username": "manager", "name": "manager", "team_id": TEAM},
        "api_app_id": _APP,
        "token": "unused",
        "container": {"type": "message", "message_ts": ts, "channel_id": CHANNEL, "is_ephemeral": False},
        "trigger_id": f"{number}.1.bench",
        "team": {"id": TEAM, "domain": "bench"},
        "enterprise": None,
        "is_enterprise_install": False,
        "channel": {"id": CHANNEL, "name": "managers"},
        "message": {"type": "message", "user": BOT_USER, "ts": ts, "text": "A card", "blocks": _card()},
        "state": {"values": {}},
        "response_url": "https://hooks.slack.example/actions/1/2/3",
        "actions": [
            {**_button("approve"), "value": value, "block_id": "decide", "action_ts": f"{1_900_000_000 + number}.5"}
        ],
    }
    return _signed(urlencode({"payload": json.dumps(payload)}).encode(), "application/x-www-form-urlencoded")


def update(number: int) -> bytes:
    """Return a private message to the Telegram bot, with the webhook's secret."""
    person = {"id": 7001, "is_bot": False, "first_name": "Noa", "username": "noa", "language_code": "he"}
    payload: dict[str, Any] = {
        "update_id": number,
        "message": {
            "message_id": number,
            "from": person,
            "chat": {"id": 7001, "first_name": "Noa", "username": "noa", "type": "private"},
            "date": 1_900_000_000,
            "text": "Where is the opening keynote, and who speaks after it?",
        },
    }
    headers = {"content-type": "application/json", "x-telegram-bot-api-secret-token": HOOK_SECRET}
    return _post(TELEGRAM_PATH, headers, json.dumps(payload).encode())


def _card() -> list[dict[str, Any]]:
    facts = [{"type": "mrkdwn", "text": f"*{name}*\nSome words about it, as a card has them"} for name in _NAMES]
    warning = {"type": "mrkdwn", "text": "The room is taken from 11:00 to 12:00 by another session. " * 3}
    return [
        {"type": "header", "block_id": "h", "text": {"type": "plain_text", "text": "Move a session", "emoji": False}},
        {"type": "section", "block_id": "s", "fields": facts[:2]},
        {"type": "section", "block_id": "f", "fields": facts},
        {"type": "section", "block_id": "w", "text": warning},
        {"type": "context", "block_id": "c", "elements": facts[:3]},
        {"type": "actions", "block_id": "decide", "elements": [_button("approve"), _button("reject")]},
    ]


def _button(verdict: str) -> dict[str, Any]:
    label = {"type": "plain_text", "text": verdict.title(), "emoji": True}
    return {"type": "button", "action_id": f"decide_{verdict}", "text": label, "value": f"{verdict}:{_SUGGESTION}"}


def _signed(body: bytes, content_type: str) -> bytes:
    at = str(int(time.time()))
    signature = hmac.new(SIGNING_SECRET.encode(), f"v0:{at}:".encode() + body, hashlib.sha256).hexdigest()
    headers = {
        "content-type": content_type,
        "x-slack-request-timestamp": at,
        "x-slack-signature": f"v0={signature}",
    }
    return _post(SLACK_PATH, headers, body)


def _post(path: str, headers: dict[str, str], body: bytes) -> bytes:
    lines = [
        f"POST {path} HTTP/1.1",
        "host: 127.0.0.1",
        "user-agent: bench",
        "accept: */*",
        *(f"{name}: {value}" for name, value in headers.items()),
        f"content-length: {len(body)}",
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body
