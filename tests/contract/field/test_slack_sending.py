"""Cases of the field: what Slack answers instead of yes. Nothing is dropped, and nobody waits in silence."""

import json
from typing import Any

import pytest

from bots.slack.render import LONGEST
from tests.contract.field.stage import MANAGER, STAFF, Stage, case, slack_ts
from tests.contract.slack.standin import refusal
from tests.owner import owner_rows

pytestmark = pytest.mark.db

_POST = "chat.postMessage"
ANSWER, WAITS = "Nothing is on there.", "It waits for approval."


def button(card: dict[str, Any], action_id: str) -> dict[str, Any]:
    blocks = card["blocks"] if isinstance(card["blocks"], list) else json.loads(card["blocks"])
    elements = [element for block in blocks if block["type"] == "actions" for element in block["elements"]]
    found = next(each for each in elements if each["action_id"] == action_id)
    return {"action_id": action_id, "value": found["value"]}


async def test_slack_account_inactive(stage: Stage) -> None:
    told = case("slack-account-inactive")
    card = await stage.slack_card()
    for method in ("chat.postMessage", "chat.update"):
        stage.slack.script[method] = [refusal(told["reply"]["error"]) for _ in range(told["times"])]
    assert await stage.event({"text": "<@UBOT> what is on?"}) == 200
    assert await stage.presses(button(card, "decide_approve"), card) == 200
    await stage.until(lambda: len(stage.slack.answers) > 2 and len(stage.slack.of("chat.update")) > told["times"])
    assert stage.said("C1")[-1] == ANSWER
    await stage.settle()
    copies = owner_rows(stage.owner_url, "select is_lost, shown_status from public.card_copies where channel = 'C1'")
    assert copies == [{"is_lost": False, "shown_status": "executed"}]


async def test_slack_card_refused(stage: Stage) -> None:
    error = case("slack-card-refused")["reply"]["error"]
    stage.slack.refuse = lambda method, body: refusal(error) if (method, "blocks" in body) == (_POST, True) else None
    assert await stage.event({"text": f"<@UBOT> {stage.wish()}"}) == 200
    await stage.settle()
    told = "Your suggestion is kept, but its card cannot be shown here."
    assert [text.partition(" Whoever")[0] for text in stage.said("C1")][:2] == [WAITS, told]
    assert len(stage.cards("C1")) == 2


async def test_a_card_that_is_refused_for_its_length_comes_in_a_shorter_form(stage: Stage) -> None:
    refused: list[int] = []

    def once(method: str, body: dict[str, Any]) -> Any:
        if method == "chat.postMessage" and "blocks" in body and not refused:
            refused.append(len(str(body["blocks"])))
            return refusal("msg_blocks_too_long")
        return None

    stage.slack.refuse = once
    card = await stage.slack_card()
    assert len(str(card["blocks"])) < refused[0]
    assert button(card, "decide_show")["value"].startswith("show:")
    assert case("slack-card-size")["most"] == LONGEST


async def test_slack_expired_trigger_in_thread(stage: Stage) -> None:
    told = case("slack-expired-trigger-in-thread")
    head = slack_ts()
    card = await stage.slack_card(thread_ts=head)
    stage.slack.refuse = lambda method, _body: {
        "views.open": lambda: refusal(told["open"]["error"]),
        "views.update": lambda: refusal(told["update"]["error"]),
    }.get(method, lambda: None)()
    assert await stage.presses(button(card, "decide_reject"), card) == 200
    await stage.until(lambda: bool(stage.slack.of("chat.postEphemeral")))
    await stage.settle()
    [again] = stage.slack.of("chat.postEphemeral")
    assert (again["channel"], again["user"], again["thread_ts"], stage.status()) == ("C1", MANAGER, head, ["suggested"])


@pytest.mark.parametrize("error", ["not_in_channel", "channel_not_found", "is_archived"])
async def test_an_answer_whose_channel_is_gone_reaches_whoever_waits_for_it(stage: Stage, error: str) -> None:
    gone = {"chat.postMessage", "chat.postEphemeral"}
    stage.slack.refuse = lambda method, body: refusal(error) if method in gone and body["channel"] == "C1" else None
    assert await stage.event({"text": "<@UBOT> what is on?", "user": STAFF}) == 200
    await stage.settle()
    assert stage.said(f"D{STAFF}") == [ANSWER]


@pytest.mark.parametrize("error", ["not_in_channel", "channel_not_found", "is_archived"])
async def test_a_card_whose_managers_channel_is_gone_reaches_those_who_decide(stage: Stage, error: str) -> None:
    stage.slack.refuse = lambda method, body: (
        refusal(error) if method == _POST and body["channel"] == "C1MANAGERS" else None
    )
    assert await stage.event({"text": f"<@UBOT> {stage.wish()}", "user": STAFF, "channel": "C2"}) == 200
    await stage.settle()
    told = "The managers' channel cannot be reached, so I asked those who may decide directly."
    assert [text.partition(" If nobody")[0] for text in stage.said("C2")] == [WAITS, told]
    [card] = [call for call in stage.slack.answers if call.get("blocks") and call["channel"] == MANAGER]
    shown = sorted(form["chat_id"] for _, form in stage.telegram.sent if "reply_markup" in form)
    assert shown == ["-1001", "7000", "7001", "777"]
    assert await stage.presses(button(card, "decide_approve"), card) == 200
    await stage.settle()
    assert stage.status() == ["executed"]


async def test_a_card_whose_own_channel_is_gone_reaches_whoever_asked(stage: Stage) -> None:
    stage.slack.refuse = lambda method, body: (
        refusal("is_archived") if method in {_POST, "chat.postEphemeral"} and body["channel"] == "C2" else None
    )
    assert await stage.event({"text": f"<@UBOT> {stage.wish()}", "channel": "C2"}) == 200
    await stage.settle()
    # The owner's first account: the world gives them another one.
    assert [call["channel"] for call in stage.slack.answers if call.get("blocks")] == ["UOWNER"]
    assert stage.said(f"D{MANAGER}") == [WAITS]


async def test_others_marks_are_inert_on_a_card(stage: Stage) -> None:
    title = "*bold* _it_ ~gone~ `code` :our_logo: 10:30:15 snake_case"
    assert await stage.event({"text": f"<@UBOT> {stage.wish(title=title)}"}) == 200
    await stage.settle()
    card = json.dumps(stage.cards("C1")[0]["blocks"], ensure_ascii=False)
    assert [mark for mark in ("*bold*", "_it_", "~gone~", "`code`", ":our_logo:") if mark in card] == []
    assert f"\u2068{title}\u2069" in card.replace("\u2060", "")
    assert "10:30:15 snake_case" in card
