"""The playground's Telegram as python-telegram-bot meets it: webhook, polling, edits, and what is refused."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from telegram import (
    Bot,
    BotCommand,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    Message,
    Update,
)
from telegram.error import BadRequest, Conflict, Forbidden, NetworkError

from bots.playground.faults import Fault
from tests.contract.playground.ground import HOOK, Playground, playground
from tests.contract.playground.pngs import png

pytestmark = pytest.mark.contract

_NOA = {"person": "7001", "chat": "7001"}


def _keyboard(**button: Any) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton("Go", **button)]])


def _updates(ground: Playground) -> list[dict[str, Any]]:
    return [json.loads(body) for _path, body, _headers in ground.program.got]


async def _say(ground: Playground, *texts: str) -> None:
    for text in texts:
        await ground.post("telegram/say", {**_NOA, "text": text})


async def test_an_update_that_was_refused_comes_again_before_the_next(ground: Playground) -> None:
    ground.program.refuse = 2
    await _say(ground, "one", "two")
    await ground.program.wait(4)
    got = _updates(ground)
    assert [update["message"]["text"] for update in got] == ["one", "one", "one", "two"]
    assert len({update["update_id"] for update in got}) == 2
    async with ground.bot() as bot:
        info = await bot.get_webhook_info()
    assert info.last_error_message == "Wrong response from the webhook: 503 Service Unavailable"


async def test_updates_that_nobody_took_outlive_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    async with playground(file) as before:
        before.program.refuse = 1000
        await _say(before, "one", "two")
        await before.program.wait(1)
    async with playground(file) as after:
        await after.program.wait(2)
        assert [update["message"]["text"] for update in _updates(after)] == ["one", "two"]


async def test_an_empty_playground_forgets_what_waits() -> None:
    async with playground(None, hook=None) as ground, ground.bot() as bot:
        await _say(ground, "one")
        await ground.post("reset", {})
        await _say(ground, "two")
        assert [update.message.text for update in await bot.get_updates() if update.message] == ["two"]


async def test_a_bot_has_a_webhook_or_polls(ground: Playground) -> None:
    async with ground.bot() as bot:
        with pytest.raises(Conflict, match="webhook is active"):
            await bot.get_updates()
        address = (await bot.get_webhook_info()).url
        assert address.endswith("/telegram/webhook")
        await bot.delete_webhook()
        await _say(ground, "one")
        [update] = await bot.get_updates(timeout=5)
        assert ground.program.got == []
        await bot.set_webhook(address, secret_token="other", allowed_updates=["message"])
        await ground.program.wait(1)
        assert _updates(ground)[0]["update_id"] == update.update_id
        assert ground.program.got[0][2]["x-telegram-bot-api-secret-token"] == "other"
        assert (await bot.get_webhook_info()).allowed_updates == ("message",)


async def test_a_waiting_poll_is_woken_and_a_second_one_ends_the_first() -> None:
    # The SDK lets one bot object poll once at a time, so there are two.
    async with playground(None, hook=None) as ground, ground.bot() as bot, ground.bot() as other:
        polls = {asyncio.create_task(_poll(each)) for each in (bot, other)}
        done, waiting = await asyncio.wait(polls, return_when=asyncio.FIRST_COMPLETED)
        with pytest.raises(Conflict, match="terminated by other getUpdates"):
            await done.pop()
        await _say(ground, "one")
        assert [await poll for poll in waiting] == [["one"]]


async def _poll(bot: Bot) -> list[str | None]:
    return [update.message.text for update in await bot.get_updates(timeout=20) if update.message]


async def test_updates_are_confirmed_by_the_offset_alone() -> None:
    async with playground(None, hook=None) as ground, ground.bot() as bot:
        await _say(ground, "one", "two", "three")
        first = await bot.get_updates(limit=2)
        again = await bot.get_updates()
        assert [update.update_id for update in again][:2] == [update.update_id for update in first]
        assert len(again) == 3
        assert len(await bot.get_updates(offset=again[1].update_id)) == 2
        assert len(await bot.get_updates(offset=-1)) == 1
        assert len(await bot.get_updates()) == 1


async def test_a_person_who_blocks_the_bot_is_out_of_reach(ground: Playground) -> None:
    block = {"person": "7002", "blocked": True}
    async with ground.bot() as bot:
        sent = await bot.send_message(7002, "x")
        await ground.post("telegram/block", block)
        await ground.program.wait(1)
        update = Update.de_json(_updates(ground)[0], bot)
        assert update.my_chat_member is not None
        assert update.my_chat_member.new_chat_member.status == "kicked"
        with pytest.raises(Forbidden, match="bot was blocked by the user"):
            await bot.send_message(7002, "x")
        with pytest.raises(Forbidden):
            await bot.edit_message_text("y", 7002, sent.message_id)
        assert (await bot.send_message(-1001, "the group still hears")).chat.title == "Field crew"
        await ground.post("telegram/block", {**block, "blocked": False})
        assert (await bot.send_message(7002, "back")).text == "back"


async def test_only_the_kinds_that_the_bot_wants_come() -> None:
    async with playground(None, hook=None) as ground, ground.bot() as bot:
        await bot.get_updates(allowed_updates=["message"])
        await ground.post("telegram/block", {"person": "7002", "blocked": True})
        await _say(ground, "one")
        assert [update.effective_message is not None for update in await bot.get_updates()] == [True]


async def test_a_group_shows_the_bot_its_commands_and_its_name(ground: Playground) -> None:
    for text in ("lunch?", "/help", "/help@other_bot", "@other_bot hi", "שלום @EventFlow_Bot 🙂 @eventflow_bot"):
        await ground.post("telegram/say", {"person": "7002", "chat": "-1001", "text": text})
    await ground.program.wait(2)
    command, named = _updates(ground)
    assert command["message"]["text"] == "/help"
    async with ground.bot() as bot:
        message = Update.de_json(named, bot).message
    assert message is not None
    assert list(message.parse_entities(["mention"]).values()) == ["@EventFlow_Bot", "@eventflow_bot"]


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ({"callback_data": "x" * 65}, "Button_data_invalid"),
        ({"callback_data": "א" * 33}, "Button_data_invalid"),
        ({}, "text buttons are unallowed"),
        ({"callback_data": "x", "style": "pink"}, "invalid button style"),
    ],
)
async def test_a_keyboard_that_telegram_does_not_take(ground: Playground, button: dict[str, str], words: str) -> None:
    async with ground.bot() as bot:
        with pytest.raises(BadRequest, match=words):
            await bot.send_message(7001, "x", reply_markup=_keyboard(**button))
    assert (await ground.state())["telegram"]["messages"] == {}


async def test_texts_and_keyboards_arrive_as_they_were_sent(ground: Playground) -> None:
    async with ground.bot() as bot:
        await bot.send_message(7001, '["a"]', reply_markup=_keyboard(url="https://example.org"))
        await bot.send_message(7001, "word?", reply_markup=ForceReply(selective=True))
        edited = await bot.send_message(7001, "<b>x</b>", parse_mode="HTML", reply_markup=_keyboard(callback_data="a"))
        without = await bot.edit_message_reply_markup(7001, edited.message_id)
        with pytest.raises(BadRequest, match="Message is not modified"):
            await bot.edit_message_reply_markup(7001, edited.message_id)
    assert not isinstance(without, bool)
    assert (without.text, without.reply_markup) == ("x", None)
    shown = [(each["text"], each["html"]) for each in (await ground.state())["telegram"]["messages"]["7001"]]
    assert shown == [('["a"]', '["a"]'), ("word?", "word?"), ("x", "<b>x</b>")]


async def test_only_the_bots_own_messages_can_be_edited(ground: Playground) -> None:
    said = (await ground.post("telegram/say", {**_NOA, "text": "mine"})).json()["message_id"]
    async with ground.bot() as bot:
        with pytest.raises(BadRequest, match="Message can't be edited"):
            await bot.edit_message_text("x", 7001, said)
        with pytest.raises(BadRequest, match="Message to edit not found"):
            await bot.edit_message_text("x", 7001, 1)


async def test_a_press_is_answered_once(ground: Playground) -> None:
    async with ground.bot() as bot:
        sent = await bot.send_message(-1001, "x", reply_markup=_keyboard(callback_data="a"))
        press = {"person": "7002", "chat": "-1001", "message_id": sent.message_id, "data": "a"}
        await ground.post("telegram/press", press)
        await ground.program.wait(1)
        query = Update.de_json(_updates(ground)[0], bot).callback_query
        assert query is not None
        assert (query.from_user.id, query.data) == (7002, "a")
        assert query.message is not None
        assert query.message.message_id == sent.message_id
        with pytest.raises(BadRequest, match="Message_too_long"):
            await query.answer("x" * 201)
        assert await query.answer()
        with pytest.raises(BadRequest, match="Query is too old"):
            await query.answer()
        assert (await ground.post("telegram/press", {**press, "data": "b"})).status_code == 404
    assert (await ground.state())["telegram"]["alerts"] == []


async def test_the_other_methods_of_a_bot(ground: Playground) -> None:
    async with ground.bot() as bot:
        chat = await bot.get_chat(7001)
        assert (chat.type, chat.full_name) == ("private", "Noa Mizrahi")
        assert await bot.set_my_commands([BotCommand("help", "Help")], language_code="he")
        assert await bot.send_chat_action(7001, "typing")
        assert (await ground.state())["telegram"]["typing"] == ["7001"]
        await bot.send_message(7001, "done")
        assert (await ground.state())["telegram"]["typing"] == []
        for call in (
            bot.set_webhook("https://example.org/hook"),
            bot.set_webhook("http://127.0.0.1:1", secret_token="é"),
        ):
            with pytest.raises(BadRequest):
                await call
        ground.faults.add("telegram", "getMe", Fault(502))
        with pytest.raises(NetworkError):
            await bot.get_me()


async def test_any_update_can_be_delivered_with_the_secret(ground: Playground) -> None:
    await ground.post("telegram/raw", {"payload": {"update_id": 5, "poll": {}}})
    await ground.program.wait(1)
    assert _updates(ground) == [{"update_id": 5, "poll": {}}]
    assert ground.program.got[0][2]["x-telegram-bot-api-secret-token"] == HOOK.get_secret_value()


async def test_a_picture_is_replaced_in_its_place_and_deleted(ground: Playground) -> None:
    async with ground.bot() as bot:
        sent = await bot.send_photo(7001, png(8, 6), caption="before")
        text = await bot.send_message(7001, "words")
        media = InputMediaPhoto(png(10, 6), caption="after", filename="picture.png")
        edited = await bot.edit_message_media(media, 7001, sent.message_id)
        assert isinstance(edited, Message)
        assert (edited.message_id, edited.caption, edited.photo[-1].width) == (sent.message_id, "after", 10)
        with pytest.raises(BadRequest, match="no media"):
            await bot.edit_message_media(media, 7001, text.message_id)
        told = await bot.edit_message_caption(7001, sent.message_id, caption="old")
        assert isinstance(told, Message)
        assert told.caption == "old"
        assert await bot.delete_message(7001, sent.message_id)
        with pytest.raises(BadRequest, match="Message to delete not found"):
            await bot.delete_message(7001, sent.message_id)
