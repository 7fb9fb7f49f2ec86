"""Button payloads that must execute nothing: tampered with, somebody else's, forwarded, out of date."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any, TypeAlias
from uuid import UUID

from tests.world import BOT, TEAM

Payload: TypeAlias = dict[str, Any]
SLACK_MANAGER, TELEGRAM_MANAGER = "UMANAGER", 7001
NOBODY = ("USTRANGER", "USTAFF", "UVIEWER", "USLACKBOT", "", None, 5)
NOBODY_THERE = (7002, 7003, 9999, -1, 0, None, "7001")
ODD: tuple[Any, ...] = (
    None,
    "",
    "approve",
    ":",
    "approve:",
    True,
    7,
    [],
    {},
    "approve:" + "0" * 32,
    "x" * 4096,
    "\x00",
)


@dataclass(frozen=True, slots=True)
class Targets:
    """Suggestions by what is wrong with pressing them."""

    open: tuple[UUID, ...]
    """Wait for the organisation's manager; low risk, so that one press would do."""
    guarded: tuple[UUID, ...]
    """Wait too, and ask for more than a press."""
    foreign: tuple[UUID, ...]
    """Wait in another organisation."""
    over: tuple[UUID, ...]
    """Decided, expired or replaced."""


def slack_press(value: Any, action_id: Any, user: Any = SLACK_MANAGER, **fields: Any) -> Payload:
    """A press as Slack delivers it."""
    action = {"type": "button", "block_id": "b", "action_id": action_id, "value": value, "action_ts": "1700000009.5"}
    return {
        "type": "block_actions",
        "team": {"id": TEAM},
        "user": {"id": user, "team_id": TEAM},
        "channel": {"id": "C1"},
        "container": {"type": "message", "message_ts": "1700000001.7", "channel_id": "C1"},
        "actions": [action],
    } | fields


def telegram_press(data: Any, user: Any = TELEGRAM_MANAGER, **fields: Any) -> Payload:
    """A press as Telegram delivers it."""
    sender = {"id": user, "is_bot": False, "first_name": "Dana"}
    message = {"message_id": 7, "chat": {"id": -1001, "type": "supergroup"}, "date": 1}
    return {"update_id": 6, "callback_query": {"id": "99", "from": sender, "message": message, "data": data} | fields}


def tampered_slack(random: Random, targets: Targets) -> Payload:
    value = f"approve:{random.choice(targets.open)}"
    return random.choice(
        (
            lambda: slack_press(_bent(random, value), "decide_approve"),
            lambda: slack_press(random.choice(ODD), "decide_approve"),
            # The value of one button with the name of another.
            lambda: slack_press(value, random.choice(("decide_reject", "decide_undo", "decide_approve_", "", None, 3))),
            lambda: slack_press(value, "decide_approve", team={"id": random.choice(("T2", "", None, 9))}),
            lambda: slack_press(value, "decide_approve", actions=random.choice(([], [{}], None, "approve"))),
            lambda: slack_press(value, "decide_approve", container=random.choice(({}, None, {"message_ts": 1}))),
        )
    )()


def foreign_slack(random: Random, targets: Targets) -> Payload:
    return random.choice(
        (
            lambda: slack_press(f"approve:{random.choice(targets.foreign)}", "decide_approve"),
            lambda: slack_press(f"approve:{random.choice(targets.open)}", "decide_approve", random.choice(NOBODY)),
        )
    )()


def forwarded_slack(random: Random, targets: Targets) -> Payload:
    """Shared into a channel of another workspace, and pressed there by somebody who has the same id."""
    value = f"approve:{random.choice(targets.open)}"
    elsewhere = {"id": random.choice(("T3", "T777"))}
    return slack_press(value, "decide_approve", team=elsewhere)


def stale_slack(random: Random, targets: Targets) -> Payload:
    return random.choice(
        (
            lambda: slack_press(f"approve:{random.choice(targets.over)}", "decide_approve"),
            # The button of a card whose risk was lower when it was drawn.
            lambda: slack_press(f"approve:{random.choice(targets.guarded)}", "decide_approve"),
        )
    )()


def tampered_telegram(random: Random, targets: Targets) -> Payload:
    data = f"approve:{random.choice(targets.open).hex}"
    return random.choice(
        (
            lambda: telegram_press(_bent(random, data)),
            lambda: telegram_press(random.choice(ODD)),
            lambda: telegram_press(data.upper()),
            lambda: telegram_press(f"approve:{random.choice(targets.open)}"),
            lambda: telegram_press(data, message=random.choice((None, {}, {"message_id": "7"}))),
        )
    )()


def foreign_telegram(random: Random, targets: Targets) -> Payload:
    return random.choice(
        (
            lambda: telegram_press(f"approve:{random.choice(targets.foreign).hex}"),
            lambda: telegram_press(f"approve:{random.choice(targets.open).hex}", random.choice(NOBODY_THERE)),
        )
    )()


def forwarded_telegram(random: Random, targets: Targets) -> Payload:
    """Sent on through an inline message, which no chat of ours holds."""
    data = f"approve:{random.choice(targets.open).hex}"
    return telegram_press(data, message=None, inline_message_id="AQAAA" + str(random.randrange(10**6)))


def stale_telegram(random: Random, targets: Targets) -> Payload:
    return random.choice(
        (
            lambda: telegram_press(f"approve:{random.choice(targets.over).hex}"),
            lambda: telegram_press(f"approve:{random.choice(targets.guarded).hex}"),
        )
    )()


Draw: TypeAlias = Callable[[Random, Targets], Payload]
KINDS: dict[str, Draw] = {
    "slack, tampered": tampered_slack,
    "slack, foreign": foreign_slack,
    "slack, forwarded": forwarded_slack,
    "slack, stale": stale_slack,
    "telegram, tampered": tampered_telegram,
    "telegram, foreign": foreign_telegram,
    "telegram, forwarded": forwarded_telegram,
    "telegram, stale": stale_telegram,
}
TELEGRAM_BOT = f"{BOT}1"


def _bent(random: Random, value: str) -> str:
    """The same with one character changed, dropped, doubled or added; never the same for a reader of our buttons."""
    place = random.randrange(len(value))
    other = random.choice("ghijklmnopqrstuvwxyz:./\u0660\u05d0 \n")
    kept = value[:place] + value[place + 1 :]
    changed = (value[:place] + other + value[place + 1 :], kept, f"{value}{other}", f"{other}{value}")
    return random.choice([each for each in changed if each != value])
