"""Several copies of one card on both platforms: whatever becomes of one, the others tell the truth at the end."""

from typing import Any

import pytest

from tests.contract.field.stage import MANAGER, PHONE, STAFF, Stage
from tests.contract.slack.standin import refusal as slack_refusal
from tests.contract.telegram.standin import refusal as telegram_refusal
from tests.owner import owner_rows, owner_run

pytestmark = pytest.mark.db

_POST, _EDIT = "chat.postMessage", "chat.update"
_SHOWN = "select platform, channel, is_lost, shown_status from public.card_copies order by platform, channel, message"


def shown(stage: Stage) -> dict[str, str]:
    """Return what every copy shows, by its chat."""
    rows = owner_rows(stage.owner_url, _SHOWN)
    return {row["channel"]: "lost" if row["is_lost"] else row["shown_status"] for row in rows}


def key(keys: list[dict[str, Any]], action_id: str) -> dict[str, Any]:
    return next(each for each in keys if each["action_id"] == action_id)


def approving(stage: Stage, chat: int = PHONE) -> tuple[int, str]:
    """Return the number of the first card in a chat of Telegram's, and what its button to approve carries."""
    number, carried = stage.phone_cards(chat)[0]
    return number, next(data for data in carried if data.startswith("approve:"))


async def spread(stage: Stage) -> None:
    """Have a card posted to everybody who decides, for the managers' channel is gone, and to who asked."""
    stage.slack.refuse = lambda method, body: (
        slack_refusal("is_archived") if (method, body.get("channel")) == (_POST, "C1MANAGERS") else None
    )
    assert await stage.event({"text": f"<@UBOT> {stage.wish()}", "user": STAFF, "channel": "C2"}) == 200
    await stage.settle()


PLACES = {"C2", MANAGER, "UOWNER", "UMANAGER", "-1001", "777", "7000", "7001"}
GONE: list[tuple[dict[str, str], dict[str, tuple[int, str]]]] = [
    ({}, {}),
    ({"C2": "is_archived"}, {}),
    ({"C2": "message_not_found"}, {"-1001": (400, "Bad Request: message to edit not found")}),
    ({"UMANAGER": "cant_update_message"}, {"7001": (400, "Bad Request: message can't be edited")}),
    ({"C2": "channel_not_found"}, {"-1001": (403, "Forbidden: bot was kicked from the supergroup chat")}),
    ({"UOWNER": "user_disabled"}, {"7000": (403, "Forbidden: bot was blocked by the user")}),
    ({"C2": "edit_window_closed"}, {"7000": (400, "Bad Request: MESSAGE_ID_INVALID")}),
]


@pytest.mark.parametrize("pressed", ["slack", "telegram"])
@pytest.mark.parametrize(("in_slack", "in_telegram"), GONE)
async def test_all_copies_tell_the_truth_but_those_that_are_gone(
    stage: Stage, pressed: str, in_slack: dict[str, str], in_telegram: dict[str, tuple[int, str]]
) -> None:
    await spread(stage)
    before = shown(stage)
    stage.slack.refuse = lambda method, body: (
        slack_refusal(in_slack[body["channel"]]) if method == _EDIT and body["channel"] in in_slack else None
    )
    stage.telegram.refuse = lambda method, form: (
        telegram_refusal(*in_telegram[form["chat_id"]])
        if method == "editMessageText" and form["chat_id"] in in_telegram
        else None
    )
    if pressed == "telegram":
        await stage.presses_phone(*approving(stage))
    else:
        card = next(card for card in stage.slack.answers if card["channel"] == MANAGER and card.get("blocks"))
        assert await stage.presses(key(stage.keys(card), "decide_approve"), card) == 200
    await stage.settle()
    lost = dict.fromkeys(in_slack | in_telegram, "lost")
    assert before == dict.fromkeys(PLACES, "suggested")
    assert (stage.status(), shown(stage)) == (["executed"], dict.fromkeys(PLACES, "executed") | lost)
    assert len(stage.slack.of(_EDIT)) + len(stage.telegram.of("editMessageText")) == len(PLACES)


_TRAP = (
    "create sequence public.trap",
    "create function public.trap() returns trigger language plpgsql security definer as $$ begin "
    "if new.channel in ('D1', '777') and nextval('public.trap') = 1 "
    "then raise exception 'cut' using errcode = '40001'; end if; return new; end $$",
    "create trigger trap before insert on public.card_copies for each row execute function public.trap()",
)
"""The first note of a card is lost, as where a worker dies after posting: its job comes back and posts again."""


@pytest.mark.parametrize("forgotten_first", [True, False], ids=["the-forgotten-first", "the-known-first"])
async def test_a_card_of_slack_whose_note_was_lost_is_edited_when_it_is_pressed(
    stage: Stage, *, forgotten_first: bool
) -> None:
    owner_run(stage.owner_url, *_TRAP)
    assert await stage.direct(stage.wish()) == 200
    await stage.until(lambda: bool(shown(stage)))
    await stage.settle()
    cards = stage.cards("D1")
    posted = [card for card in stage.slack.answers if card["channel"] == "D1" and card.get("blocks")]
    assert len(cards) == 2
    for card in posted if forgotten_first else posted[::-1]:
        pressed = key(stage.keys(card), "decide_approve")
        assert await stage.presses(pressed, card) == 200
        await stage.settle()
    edited = {call["ts"]: [each["action_id"] for each in stage.keys(call)] for call in stage.slack.of(_EDIT)}
    assert edited == {card["ts"]: ["decide_undo"] for card in posted}
    assert (stage.status(), len(stage.slack.of("chat.postEphemeral"))) == (["executed"], 1)


@pytest.mark.parametrize("forgotten_first", [True, False], ids=["the-forgotten-first", "the-known-first"])
async def test_a_card_of_telegram_whose_note_was_lost_is_edited_when_it_is_pressed(
    stage: Stage, *, forgotten_first: bool
) -> None:
    owner_run(stage.owner_url, *_TRAP)
    assert await stage.message({"text": stage.wish()}) == 200
    await stage.until(lambda: bool(shown(stage)))
    await stage.settle()
    cards = stage.phone_cards()
    assert len(cards) == 2
    for number, carried in cards if forgotten_first else cards[::-1]:
        await stage.presses_phone(number, carried[0])
        await stage.settle()
    verdicts = [[data.partition(":")[0] for data in carried] for _, carried in stage.phone_cards()]
    told = [form.get("text") for form in stage.telegram.of("answerCallbackQuery")]
    assert (stage.status(), verdicts) == (["executed"], [["undo"], ["undo"]])
    assert (len(told), told.count(None)) == (2, 1)
