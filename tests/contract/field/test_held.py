"""Cases of the field that held from the start, and have to."""

import json
from typing import Any, LiteralString

import psycopg
import pytest
from aiohttp import web

from tests.contract.ai.standin import candidate
from tests.contract.field.stage import Stage, case, slack_ts
from tests.contract.slack.standin import MEMBER, refusal
from tests.owner import owner_rows, owner_run

pytestmark = pytest.mark.db


@pytest.mark.parametrize("number", [0, 1])
async def test_slack_text_as_typed(stage: Stage, number: int) -> None:
    text, present, absent = case("slack-text-as-typed")["events"][number]
    assert await stage.event({"text": text}) == 200
    await stage.settle()
    told = stage.told().partition("<message>")[2]
    assert [words for words in present if words not in told] == []
    assert [words for words in absent if words in told] == []


async def a_phone_card(stage: Stage, **message: Any) -> tuple[int, str]:
    assert await stage.message({"text": stage.wish(), **message}) == 200
    await stage.settle()
    number, carried = stage.phone_cards()[0]
    return number, next(data for data in carried if data.startswith("approve:"))


async def press(stage: Stage, number: int, data: str, **message: Any) -> None:
    await stage.presses_phone(number, data, **message)
    await stage.settle()


async def test_slack_connect_press(stage: Stage) -> None:
    card = await stage.slack_card()
    suggestion = owner_rows(stage.owner_url, "select id from public.ai_insights_log where kind = 'suggestion'")[0]["id"]
    block = {"action_id": "decide_approve", "value": f"approve:{suggestion}"}
    assert await stage.presses(block, card, **case("slack-connect-press")["over"]) == 200
    await stage.settle()
    told = [each["user"] for each in stage.slack.of("chat.postEphemeral")]
    assert (stage.status(), told) == (["suggested"], ["U9EXT"])


async def test_slack_retired_button(stage: Stage) -> None:
    card = await stage.slack_card()
    for block in case("slack-retired-button")["buttons"]:
        assert await stage.presses(block, card) == 200
    await stage.settle()
    assert (stage.status(), len(stage.slack.of("chat.postEphemeral"))) == (["suggested"], 3)


async def test_slack_email_case(stage: Stage) -> None:
    told = case("slack-email-case")
    stage.slack.people[told["user"]] = MEMBER | {"id": told["user"], "profile": {"email": "Viewer@Aleph.Example"}}
    assert await stage.direct("what is on?", user=told["user"], channel="D7") == 200
    await stage.settle()
    assert stage.said("D7") == ["Nothing is on there."]


_LOCKS: dict[str, LiteralString] = {
    "the-table": "lock table public.inbound_events in access exclusive mode",
    "the-row": "insert into public.inbound_events (platform, workspace, event_id, payload) "
    "values ('slack', 'T1', 'EvSlow', '{}')",
}
"""What holds up the storing of a delivery: a whole table, and another transaction that keeps the same one."""


@pytest.mark.parametrize("locked", _LOCKS)
async def test_slack_retries(stage: Stage, locked: str) -> None:
    told = case("slack-retries-while-slow")
    event = told["event"] | {"ts": slack_ts()}
    # Slack's three seconds, and some for a machine that is busy: less than the database itself waits for a lock.
    stage.http.timeout = 4
    async with await psycopg.AsyncConnection.connect(stage.owner_url) as conn:
        await conn.execute(_LOCKS[locked])
        answers = [await stage.event(event, event_id="EvSlow")]
        for number in range(1, told["retries"]):
            retried = {"x-slack-retry-num": str(number), "x-slack-retry-reason": "http_timeout"}
            answers.append(await stage.event(event, event_id="EvSlow", headers=retried))
        assert answers == [503] * told["retries"]
        await conn.rollback()
    last = {"x-slack-retry-num": str(told["retries"]), "x-slack-retry-reason": "http_error"}
    assert await stage.event(event, event_id="EvSlow", headers=last) == 200
    await stage.settle()
    assert (len(stage.gemini.asked), stage.said("C1")) == (1, ["Nothing is on there."])


async def test_slack_rate_limited_channel(stage: Stage) -> None:
    after = case("slack-rate-limited-channel")["retry_after"]
    stage.slack.script["chat.postMessage"] = [refusal("ratelimited", 429, Retry_After=str(after))]
    assert await stage.event({"text": "<@UBOT> one"}) == 200
    await stage.settle()
    assert await stage.event({"text": "<@UBOT> two", "channel": "C2"}) == 200
    await stage.until(lambda: bool(stage.said("C2")))
    await stage.until(lambda: len(stage.said("C1")) == 2)
    await stage.settle()
    assert [call["channel"] for call in stage.slack.answers] == ["C2", "C1"]


async def test_telegram_answer_callback_fails(stage: Stage) -> None:
    number, data = await a_phone_card(stage)
    code, _, body = case("telegram-answer-callback-fails")["reply"]
    stage.telegram.script["answerCallbackQuery"] = [web.json_response(body, status=code)]
    said = len(stage.texts())
    await press(stage, number, data)
    assert (stage.status(), len(stage.telegram.of("editMessageText")), len(stage.texts())) == (["executed"], 1, said)


async def test_telegram_inaccessible_message(stage: Stage) -> None:
    number, data = await a_phone_card(stage)
    await press(stage, number, data, **case("telegram-inaccessible-message")["message"])
    assert stage.status() == ["executed"]


async def test_telegram_private_topic(stage: Stage) -> None:
    topic = case("telegram-private-topic")["message"] | {}
    number, data = await a_phone_card(stage, message_thread_id=topic["message_thread_id"], is_topic_message=True)
    assert {form.get("message_thread_id") for form in stage.telegram.of("sendMessage")} == {"71"}
    await press(stage, number, data, message_thread_id=71, is_topic_message=True)
    assert stage.status() == ["executed"]


async def test_telegram_very_large_ids(stage: Stage) -> None:
    told = case("telegram-very-large-ids")
    chat = {"id": told["chat"], "type": "supergroup", "title": "Large"}
    entities = [{"type": "mention", "offset": 0, "length": 14}]
    large = {"message_id": told["message_id"], "text": "@eventflow_bot what is on?", "entities": entities}
    assert await stage.message(large, chat, update_id=told["update_id"]) == 200
    await stage.settle()
    assert stage.texts(told["chat"]) == ["Nothing is on there."]


async def test_telegram_markup_size(stage: Stage) -> None:
    told = case("telegram-markup-size")
    await a_phone_card(stage)
    keyboards = [form["reply_markup"] for form in stage.telegram.of("sendMessage") if "reply_markup" in form]
    buttons = [each for markup in keyboards for row in json.loads(markup)["inline_keyboard"] for each in row]
    assert keyboards
    assert max(len(markup.encode()) for markup in keyboards) < told["most_bytes"]
    assert len(buttons) < told["most_buttons"]
    assert max(len(each["callback_data"].encode()) for each in buttons) <= 64


@pytest.mark.parametrize("number", [0, 1, 2])
async def test_telegram_picture_fails(stage: Stage, number: int) -> None:
    code, _, body = case("telegram-picture-fails")["replies"][number]
    stage.telegram.script["sendPhoto"] = [web.json_response(body, status=code)]
    changes = {"start_time": "2031-05-02T14:00", "end_time": "2031-05-02T15:00"}
    assert await stage.message({"text": stage.wish(**changes)}) == 200
    await stage.settle()
    cards = [form for _, form in stage.telegram.sent if "reply_markup" in form]
    assert (len(cards), stage.status()) == (1, ["suggested"])


async def test_gemini_executable_code(stage: Stage) -> None:
    parts = case("gemini-executable-code")["parts"]
    stage.gemini.script = [candidate(*parts), candidate(*parts)]
    assert await stage.direct("what is on?") == 200
    await stage.settle()
    assert await stage.direct("and now?") == 200
    await stage.settle()
    assert ("executableCode" in json.dumps(stage.gemini.asked[-1].body), len(stage.said("D1"))) == (False, 2)
    assert stage.said("D1")[-1] == "Nothing is on there."


@pytest.mark.parametrize("number", [0, 1, 2])
async def test_gemini_qualified_name(stage: Stage, number: int) -> None:
    args = {"schedule_id": str(stage.session("Closing Panel")), "changes": {"title": "X"}}
    names = [case("gemini-qualified-name")["names"][number], "update_schedule_item"]
    stage.gemini.script = [candidate({"functionCall": {"name": name, "args": args}}) for name in names]
    assert await stage.direct("call it X") == 200
    await stage.settle()
    assert (stage.status(), stage.said("D1")) == (["suggested"], ["It waits for approval."])


async def test_gemini_argument_types(stage: Stage) -> None:
    session = {"schedule_id": str(stage.session("Closing Panel"))}
    calls = case("gemini-argument-types")["calls"]
    stage.gemini.script = [
        candidate({"functionCall": {"name": "update_schedule_item", "args": session | args}}) for args in calls
    ]
    assert await stage.direct("call it so") == 200
    await stage.settle()
    rows = owner_rows(stage.owner_url, "select action_data from public.ai_insights_log where kind = 'suggestion'")
    assert [row["action_data"]["args"]["set"] for row in rows] == [{"title": "From a string", "max_capacity": 120}]


@pytest.mark.parametrize("number", range(4))
async def test_names_as_phones_write_them(stage: Stage, number: int) -> None:
    tool, args, title = case("names-as-phones-write-them")["pairs"][number]
    owner_run(
        stage.owner_url,
        f"update public.schedules set title = $t${title.replace(chr(92), '')}$t$ where title = 'Closing Panel'",
    )
    stage.gemini.script = [candidate({"functionCall": {"name": tool, "args": args}})]
    assert await stage.direct("when is it?") == 200
    await stage.settle()
    answered = json.dumps(stage.gemini.asked[-1].body["contents"][-1])
    assert str(stage.session("Closing Panel")) in answered
