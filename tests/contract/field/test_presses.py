"""Presses on messages that only one person sees, and presses while the platform does not take their answers."""

import asyncio

import pytest

from tests.contract.field.stage import MANAGER, Stage
from tests.contract.slack.standin import refusal
from tests.owner import owner_rows

pytestmark = pytest.mark.db


async def test_presses_are_decided_while_their_answers_hang(stage: Stage) -> None:
    assert await stage.message({"text": stage.wish()}) == 200
    await stage.settle()
    [(number, [approve, *_])] = stage.phone_cards()
    stage.telegram.hanging["answerCallbackQuery"] = asyncio.Event()
    said = len(stage.texts())
    await stage.presses_phone(number, approve)
    await stage.until(lambda: [key.partition(":")[0] for key in dict(stage.phone_cards())[number]] == ["undo"])
    assert (stage.status(), len(stage.telegram.of("answerCallbackQuery"))) == (["executed"], 1)
    # The slot is free again although nobody ever answers.
    await stage.settle()
    stage.telegram.hanging.pop("answerCallbackQuery").set()
    assert (stage.status(), len(stage.telegram.of("editMessageText")), len(stage.texts())) == (["executed"], 1, said)


@pytest.mark.parametrize("channel", [{"id": "C1"}, None], ids=["with-its-channel", "without"])
async def test_a_press_on_a_message_that_only_one_person_sees(stage: Stage, channel: dict[str, str] | None) -> None:
    card = await stage.slack_card()
    container = {
        "type": "message",
        "message_ts": "1700000009.000009",
        "channel_id": "C1",
        "is_ephemeral": True,
    }
    gone = refusal("message_not_found")
    stage.slack.refuse = lambda method, body: (
        gone if (method, body.get("ts")) == ("chat.update", container["message_ts"]) else None
    )
    url = "https://hooks.slack.com/actions/T1/1/x"
    private = {"container": container, "message": None, "channel": channel, "response_url": url}
    assert await stage.presses(stage.keys(card)[0], card, **private) == 200
    await stage.settle()
    edited = {call["ts"]: [key["action_id"] for key in stage.keys(call)] for call in stage.slack.of("chat.update")}
    query = "select is_lost from public.card_copies where message = %s"
    noted = owner_rows(stage.owner_url, query, [container["message_ts"]])
    assert (stage.status(), edited[card["ts"]], noted) == (["executed"], ["decide_undo"], [{"is_lost": True}])
    again = stage.keys(card)[0]
    assert await stage.presses(again, card, **private) == 200
    await stage.settle()
    assert [call["user"] for call in stage.slack.of("chat.postEphemeral")] == [MANAGER]
