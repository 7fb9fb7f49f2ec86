"""The official SDKs over HTTP against the playground's Slack and Telegram: accepted and refused as documented."""

import hashlib
import hmac
import json
from pathlib import Path
from typing import Any

import httpx2
import pytest
from pydantic import SecretStr
from slack_sdk.errors import SlackApiError
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, InvalidToken, RetryAfter

from bots.playground.faults import Fault
from bots.slack.webhook import is_signed
from tests.contract.playground.ground import BLOCKS, HOOK, SIGNING, Playground, playground

pytestmark = pytest.mark.contract


async def test_slack_posts_edits_and_answers_like_the_web_api(ground: Playground) -> None:
    slack = ground.slack()
    who = await slack.auth_test()
    assert (who["team_id"], who["user_id"]) == ("T0EVENTFLOW", "U0EVENTBOT")
    posted = await slack.chat_postMessage(channel="C0MANAGERS", text="hello", blocks=BLOCKS)
    await slack.chat_update(channel="C0MANAGERS", ts=str(posted["ts"]), text="bye")
    person = await slack.users_info(user="U0DANA")
    assert person["user"]["profile"]["email"] == "dana@example.org"  # pyright: ignore[reportOptionalSubscript]
    [message] = (await ground.state())["slack"]["messages"]["C0MANAGERS"]
    assert (message["text"], message["blocks"], message["edited"]) == ("bye", [], True)


@pytest.mark.parametrize(
    ("call", "error"),
    [
        ({"channel": "C404", "text": "x"}, "channel_not_found"),
        ({"channel": "C0MANAGERS", "text": ""}, "no_text"),
        ({"channel": "C0MANAGERS", "text": "x" * 40_001}, "msg_too_long"),
        ({"channel": "C0MANAGERS", "text": "x", "blocks": [BLOCKS[0]] * 51}, "invalid_blocks"),
        ({"channel": "C0MANAGERS", "text": "x", "blocks": [BLOCKS[1], BLOCKS[1]]}, "invalid_blocks"),
        ({"channel": "C0MANAGERS", "text": "x", "blocks": [{"type": "alert"}]}, "invalid_blocks"),
    ],
)
async def test_slack_refuses_what_slack_refuses(ground: Playground, call: dict[str, Any], error: str) -> None:
    with pytest.raises(SlackApiError) as refused:
        await ground.slack().api_call("chat.postMessage", json=call)
    assert refused.value.response["error"] == error


async def test_slack_wants_its_token_and_slows_down_on_order(ground: Playground) -> None:
    with pytest.raises(SlackApiError) as refused:
        await ground.slack(SecretStr("xoxb-other")).auth_test()
    assert refused.value.response["error"] == "invalid_auth"
    ground.faults.add("slack", "chat.postMessage", Fault(429, 7))
    with pytest.raises(SlackApiError) as slow:
        await ground.slack().chat_postMessage(channel="C0MANAGERS", text="x")
    assert (slow.value.response.status_code, slow.value.response.headers["Retry-After"]) == (429, "7")


async def test_what_people_say_and_press_in_slack_is_delivered_signed(ground: Playground) -> None:
    await ground.post("slack/say", {"person": "U0DANA", "channel": "D0DANA", "text": "hi <b> & @EventFlow"})
    await ground.program.wait(1)
    path, body, headers = ground.program.got[0]
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    assert path == "slack/events"
    assert is_signed(body, raw, SIGNING, float(headers["x-slack-request-timestamp"]))
    event = json.loads(body)["event"]
    assert (event["type"], event["channel_type"], event["text"]) == (
        "message",
        "im",
        "hi &lt;b&gt; &amp; <@U0EVENTBOT>",
    )
    posted = await ground.slack().chat_postMessage(channel="C0MANAGERS", text="x", blocks=BLOCKS)
    press = {"person": "U0DANA", "channel": "C0MANAGERS", "ts": str(posted["ts"]), "action_id": "go"}
    assert (await ground.post("slack/press", press)).json() == {"ok": True}
    await ground.program.wait(2)
    assert ground.program.got[1][1].startswith(b"payload=")
    assert (await ground.post("slack/press", {**press, "action_id": "other"})).status_code == 404


async def test_slack_delivers_again_what_was_not_taken(ground: Playground) -> None:
    ground.program.refuse = 1
    await ground.post("slack/say", {"person": "U0DANA", "channel": "D0DANA", "text": "hi"})
    await ground.program.wait(2)
    first, second = (json.loads(body)["event_id"] for _path, body, _headers in ground.program.got)
    assert first == second
    assert ground.program.got[1][2]["x-slack-retry-num"] == "1"


async def test_telegram_sends_edits_and_answers_like_the_bot_api(ground: Playground) -> None:
    async with ground.bot() as bot:
        assert (await bot.get_me()).username == "eventflow_bot"
        keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data="a:1")]])
        sent = await bot.send_message(7001, "<b>x</b> &lt;", parse_mode="HTML", reply_markup=keyboard)
        assert sent.text == "x <"
        await bot.edit_message_text("y", chat_id=7001, message_id=sent.message_id)
        with pytest.raises(BadRequest, match="Message is not modified"):
            await bot.edit_message_text("y", chat_id=7001, message_id=sent.message_id)
    [message] = (await ground.state())["telegram"]["messages"]["7001"]
    assert (message["text"], message["reply_markup"], message["edited"]) == ("y", None, True)


@pytest.mark.parametrize(
    ("chat", "text", "words"),
    [
        (7001, "<b>x", "Can't parse entities"),
        (7001, "<p>x</p>", "unsupported start tag"),
        (7001, "x" * 4097, "Message is too long"),
        (9999, "x", "Chat not found"),
        (7001, " ", "Message text is empty"),
    ],
)
async def test_telegram_refuses_what_telegram_refuses(ground: Playground, chat: int, text: str, words: str) -> None:
    async with ground.bot() as bot:
        with pytest.raises(BadRequest, match=words):
            await bot.send_message(chat, text, parse_mode="HTML")


async def test_telegram_wants_its_token_and_slows_down_on_order(ground: Playground) -> None:
    async with ground.bot(SecretStr("4242:other-other-other-other-other")) as stranger:
        with pytest.raises(InvalidToken):
            await stranger.get_me()
    ground.faults.add("telegram", "sendMessage", Fault(429, 3))
    async with ground.bot() as bot:
        with pytest.raises(RetryAfter):
            await bot.send_message(7001, "x")


async def test_what_people_say_and_press_in_telegram_is_delivered_with_the_secret(ground: Playground) -> None:
    await ground.post("telegram/say", {"person": "7001", "chat": "7001", "text": "/start abc"})
    async with ground.bot() as bot:
        keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data="a:1")]])
        sent = await bot.send_message(7001, "x", reply_markup=keyboard)
        press = {"person": "7001", "chat": "7001", "message_id": str(sent.message_id), "data": "a:1"}
        assert (await ground.post("telegram/press", press)).json() == {"ok": True}
        await ground.program.wait(2)
        said, pressed = (Update.de_json(json.loads(body), bot) for _path, body, _headers in ground.program.got)
        assert ground.program.got[0][2]["x-telegram-bot-api-secret-token"] == HOOK.get_secret_value()
        assert said.message is not None
        assert [entity.type for entity in said.message.entities] == ["bot_command"]
        assert pressed.callback_query is not None
        assert await pressed.callback_query.answer("told", show_alert=True)
    [alert] = (await ground.state())["telegram"]["alerts"]
    assert (alert["person"], alert["text"], alert["show_alert"]) == ("7001", "told", True)


async def test_without_a_webhook_the_bot_polls_and_confirms_by_offset() -> None:
    async with playground(None, hook=None) as ground, ground.bot() as bot:
        for text in ("one", "two"):
            await ground.post("telegram/say", {"person": "7001", "chat": "7001", "text": text})
        updates = await bot.get_updates(timeout=5)
        assert [update.message.text for update in updates if update.message] == ["one", "two"]
        assert await bot.get_updates(offset=updates[-1].update_id + 1, timeout=0) == ()


async def test_the_chats_are_kept_between_runs(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    async with playground(file) as ground:
        await ground.slack().chat_postMessage(channel="C0MANAGERS", text="kept")
    async with playground(file) as ground:
        [message] = (await ground.state())["slack"]["messages"]["C0MANAGERS"]
        assert message["text"] == "kept"
        await ground.post("reset", {})
        assert (await ground.state())["slack"]["messages"] == {}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"host": "evil.example", "content-type": "application/json"}, 403),
        ({"content-type": "text/plain"}, 415),
        ({"content-type": "application/x-www-form-urlencoded"}, 415),
    ],
)
async def test_another_sites_page_can_neither_read_nor_write(
    ground: Playground, headers: dict[str, str], status: int
) -> None:
    async with httpx2.AsyncClient(trust_env=False) as client:
        body = json.dumps({"person": "U0DANA", "channel": "D0DANA", "text": "x"})
        answer = await client.post(f"{ground.address}/playground/slack/say", content=body, headers=headers)
    assert answer.status_code == status
    assert ground.program.got == []


def test_the_signature_is_slacks_own() -> None:
    """The example of Slack's documentation, version v0."""
    secret, at = "8f742231b10e8888abcd99yyyzzz85a5", "1531420618"
    body = b"token=xyzz0WbapA4vBCDEFxx0x&team_id=T1DC2JH3J"
    mine = "v0=" + hmac.new(secret.encode(), f"v0:{at}:".encode() + body, hashlib.sha256).hexdigest()
    headers = [(b"x-slack-signature", mine.encode()), (b"x-slack-request-timestamp", at.encode())]
    assert is_signed(body, headers, SecretStr(secret), float(at))
    assert not is_signed(body + b"x", headers, SecretStr(secret), float(at))
