"""Replies in Telegram: the tool on a message, the quote above the composer, and the update that the bot gets."""

import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect
from telegram import Bot, Message, Update

from tests.contract.playground.ground import Playground, playground
from tests.e2e.page.conftest import CHOSEN, Open
from tests.e2e.page.state_server import StateServer
from tests.e2e.page.states import state, telegram_message

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]

KEYBOARD = {"inline_keyboard": [[{"text": "OK", "callback_data": "ok"}]]}


@asynccontextmanager
async def real(browser: Browser) -> AsyncGenerator[tuple[Playground, Bot, Page]]:
    """Open the page of a real playground."""
    # The window is closed before the servers are, which wait for the page's stream to end.
    async with (
        playground(None) as ground,
        ground.bot() as bot,
        await browser.new_context(locale="en-US", viewport={"width": 1440, "height": 900}) as window,
    ):
        await window.add_init_script(CHOSEN)
        page = await window.new_page()
        await page.goto(ground.address)
        await page.wait_for_selector("body.ready")
        yield ground, bot, page


async def _reply(page: Page, words: str) -> None:
    await page.get_by_test_id("telegram-message").first.hover()
    await page.get_by_test_id("telegram-reply-tool").first.click()
    await expect(page.get_by_test_id("telegram-input")).to_be_focused()
    await page.keyboard.type(words)
    await page.keyboard.press("Enter")
    await expect(page.get_by_test_id("telegram-reply-quote")).to_have_count(0)


async def _update(ground: Playground, number: int = 1) -> dict[str, Any]:
    await ground.program.wait(number)
    return json.loads(ground.program.got[number - 1][1])


async def test_a_reply_carries_the_whole_message_that_it_answers(browser: Browser) -> None:
    async with real(browser) as (ground, bot, page):
        sent = await bot.send_message(7001, "<b>Change</b>: type MOVE", parse_mode="HTML", reply_markup=KEYBOARD)  # pyright: ignore[reportArgumentType]
        await expect(page.get_by_test_id("telegram-message")).to_have_count(1)
        await _reply(page, "MOVE")
        message = (await _update(ground))["message"]
        assert message["reply_to_message"] == {
            "message_id": sent.message_id,
            "from": (await bot.get_me()).to_dict() | {"can_read_all_group_messages": False},
            "chat": {"id": 7001, "type": "private", "first_name": "Noa", "last_name": "Mizrahi"},
            "date": int(sent.date.timestamp()),
            "text": "Change: type MOVE",
            "reply_markup": KEYBOARD,
        }
        assert message["text"] == "MOVE"
        read = Update.de_json(await _update(ground), bot)
        assert isinstance(read.message, Message)
        assert read.message.reply_to_message == sent
        await expect(page.get_by_test_id("telegram-quote")).to_contain_text("EventFlowChange: type MOVE")


async def test_a_quoted_reply_quotes_nothing_itself(browser: Browser) -> None:
    async with real(browser) as (ground, bot, page):
        await bot.send_message(7001, "one")
        await expect(page.get_by_test_id("telegram-message")).to_have_count(1)
        await _reply(page, "two")
        await expect(page.get_by_test_id("telegram-message")).to_have_count(2)
        second = (await ground.state())["telegram"]["messages"]["7001"][1]["message_id"]
        said = {"person": "7001", "chat": "7001", "text": "three", "reply_to": second}
        assert (await ground.post("telegram/say", said)).status_code == 200
        quoted = (await _update(ground, 2))["message"]["reply_to_message"]
        assert (quoted["text"], quoted["from"]["id"], "reply_to_message" in quoted) == ("two", 7001, False)


async def test_a_reply_in_a_group_reaches_the_bot_if_it_answers_the_bot(browser: Browser) -> None:
    async with real(browser) as (ground, bot, _page):
        asked = (await bot.send_message(-1001, "who is at the gate?")).message_id
        group = {"person": "7001", "chat": "-1001"}
        heard = (await ground.post("telegram/say", {**group, "text": "not for the bot"})).json()["message_id"]
        await ground.post("telegram/say", {**group, "text": "a colleague", "reply_to": heard})
        await ground.post("telegram/say", {**group, "text": "me", "reply_to": asked})
        assert (await _update(ground))["message"]["text"] == "me"
        elsewhere = {"person": "7001", "chat": "7001", "text": "x", "reply_to": asked}
        assert (await ground.post("telegram/say", elsewhere)).status_code == 404


async def test_the_quote_is_shown_until_it_is_cancelled_and_each_chat_has_its_own(open_page: Open) -> None:
    chats = {"7001": [telegram_message(1, "<b>Change</b>\nmore")], "-1001": [telegram_message(2, "שינוי")]}
    with StateServer(state(telegram=chats)) as server:
        page = await open_page(server)
        quote, tool = page.get_by_test_id("telegram-reply-quote"), page.get_by_test_id("telegram-reply-tool")
        await page.get_by_test_id("telegram-message").hover()
        await tool.click()
        await expect(quote).to_have_text("Reply to EventFlowChange")
        await page.get_by_test_id("telegram-chat--1001").click()
        await expect(quote).to_have_count(0)
        await tool.focus()
        await page.keyboard.press("Enter")
        await expect(quote).to_have_text("Reply to EventFlowשינוי")
        assert await quote.evaluate("(each) => getComputedStyle(each).direction") == "rtl"
        await page.keyboard.press("Escape")
        await expect(quote).to_have_count(0)
        await page.get_by_test_id("telegram-chat-7001").click()
        await expect(quote).to_have_text("Reply to EventFlowChange")
        await page.get_by_test_id("telegram-reply-cancel").click()
        await page.keyboard.type("no reply")
        await page.keyboard.press("Enter")
        assert await server.has_posted(("telegram/say", {"person": "7001", "chat": "7001", "text": "no reply"}))


async def test_a_reply_that_the_server_refuses_stays(open_page: Open) -> None:
    with StateServer(state(telegram={"7001": [telegram_message(1, "Change")]}), refuses=True) as server:
        page = await open_page(server)
        await page.get_by_test_id("telegram-message").hover()
        await page.get_by_test_id("telegram-reply-tool").click()
        await page.keyboard.type("MOVE")
        await page.keyboard.press("Enter")
        await expect(page.locator(".notice")).to_have_count(1)
        await expect(page.get_by_test_id("telegram-reply-quote")).to_have_count(1)
        assert server.posted == [("telegram/say", {"person": "7001", "chat": "7001", "text": "MOVE", "reply_to": 1})]


async def test_a_bubble_shows_what_it_answers_even_when_that_is_gone(open_page: Open) -> None:
    mine = {**telegram_message(2, "MOVE", sender="7001"), "reply_to": 1}
    chats = {"7001": [telegram_message(1, "<i>Change</i>"), mine]}
    with StateServer(state(telegram=chats)) as server:
        page = await open_page(server)
        bubble = page.get_by_test_id("telegram-message").last
        await expect(bubble.get_by_test_id("telegram-quote")).to_have_text("EventFlowChange")
        del chats["7001"][0]
        server.changed()
        await expect(bubble).to_contain_text("A message that is no longer here")
