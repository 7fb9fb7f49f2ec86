"""States of both chats for the page's tests: everybody is there, and the messages are what a test is about."""

from typing import Any

Json = dict[str, Any]

TIME = "2026-05-01T07:00:00+00:00"
BOT = "U0EVENTBOT"


def state(*, slack: Json | None = None, telegram: Json | None = None, examples: list[Json] | None = None) -> Json:
    """A state with these messages, by channel and by chat."""
    return {
        "model": {"real": False},
        "examples": examples or [],
        "slack": {
            "team": "EventFlow",
            "bot": {"id": BOT, "name": "EventFlow"},
            "people": [_person("U0DANA", "Dana Levi", "he", "manager"), _person("U0ADAM", "Adam Cohen", "en", "owner")],
            "channels": [
                {"id": "C0MANAGERS", "name": "managers", "kind": "channel", "person": None},
                {"id": "D0DANA", "name": "EventFlow", "kind": "im", "person": "U0DANA"},
                {"id": "D0ADAM", "name": "EventFlow", "kind": "im", "person": "U0ADAM"},
            ],
            "messages": slack or {},
        },
        "telegram": {
            "bot": {"id": "5001", "username": "eventflow_bot", "name": "EventFlow"},
            "people": [_person("7001", "Noa Mizrahi", "he", "field staff"), _person("7002", "Tom Harris", "en", "")],
            "chats": [
                {"id": "7001", "kind": "private", "title": "EventFlow", "person": "7001"},
                {"id": "7002", "kind": "private", "title": "EventFlow", "person": "7002"},
                {"id": "-1001", "kind": "group", "title": "Field crew", "person": None},
            ],
            "messages": telegram or {},
            "alerts": [],
            "typing": [],
        },
        "revision": 1,
    }


def _person(id_: str, name: str, locale: str, note: str) -> Json:
    return {"id": id_, "name": name, "locale": locale, "note": note}


def slack_message(ts: str, text: str, *, user: str = BOT, blocks: list[Json] | None = None, **more: Any) -> Json:
    """A Slack message; ``more`` may hold thread_ts, edited, ephemeral_for."""
    message = {"ts": ts, "user": user, "text": text, "blocks": blocks or [], "time": TIME}
    return {**message, "thread_ts": None, "edited": False, "ephemeral_for": None, **more}


def telegram_message(number: int, html: str, *, sender: str = "5001", keyboard: list[Json] | None = None) -> Json:
    """A Telegram message with one row of keys."""
    return {
        "message_id": number,
        "sender": sender,
        "sender_name": "EventFlow" if sender == "5001" else "Noa Mizrahi",
        "text": html,
        "html": html,
        "reply_markup": {"inline_keyboard": [keyboard]} if keyboard else None,
        "edited": False,
        "time": TIME,
    }


def card(title: str, *fields: str, quote: str = "", labels: tuple[str, str] = ("Approve", "Reject")) -> list[Json]:
    """A suggestion's card in Block Kit."""
    approve, reject = (_button(*each) for each in zip(labels, ("approve", "reject"), strict=True))
    return [
        {"type": "header", "text": {"type": "plain_text", "text": title}},
        {"type": "section", "fields": [{"type": "mrkdwn", "text": text} for text in fields]},
        {"type": "section", "text": {"type": "mrkdwn", "text": f">{quote}"}},
        {"type": "actions", "elements": [approve, reject]},
    ]


def _button(label: str, action: str) -> Json:
    style = {"approve": "primary", "reject": "danger"}[action]
    text = {"type": "plain_text", "text": label}
    return {"type": "button", "text": text, "action_id": action, "value": f"{action}:1", "style": style}
