"""Telegram's questions, pictures and commands on the page: who is asked, what is shown, in both directions."""

import pytest
from playwright.async_api import Browser, expect
from telegram import BotCommand, ForceReply

from tests.contract.playground.pngs import png
from tests.e2e.page.conftest import Open
from tests.e2e.page.state_server import StateServer
from tests.e2e.page.states import state, telegram_message
from tests.e2e.page.test_replies import real

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]


def question(number: int, text: str, *called: str, selective: bool = True) -> dict[str, object]:
    """A message of the bot's that somebody is to answer."""
    asks = {"placeholder": "Your answer", "selective": selective, "for": list(called)}
    return {**telegram_message(number, text), "force_reply": asks}


async def test_a_question_opens_its_answer_once_and_says_what_to_type(open_page: Open) -> None:
    chats = {"7001": [telegram_message(1, "hello")]}
    with StateServer(state(telegram=chats)) as server:
        page = await open_page(server)
        quote, field = page.get_by_test_id("telegram-reply-quote"), page.get_by_test_id("telegram-input")
        await expect(quote).to_have_count(0)
        chats["7001"].append(question(2, "באיזה אולם?"))
        server.changed()
        await expect(quote).to_have_text("Reply to EventFlowבאיזה אולם?")
        await expect(field).to_have_attribute("placeholder", "Your answer")
        await page.get_by_test_id("telegram-reply-cancel").click()
        await expect(quote).to_have_count(0)
        chats["7001"][1]["edited"] = True
        server.changed()
        await expect(page.get_by_test_id("telegram-message").last).to_contain_text("edited")
        await expect(quote).to_have_count(0)
        await expect(field).to_have_attribute("placeholder", "Message EventFlow")
        chats["7001"].append(question(3, "When?"))
        server.changed()
        await expect(quote).to_have_text("Reply to EventFlowWhen?")
        await field.fill("14:00")
        await page.keyboard.press("Enter")
        said = {"person": "7001", "chat": "7001", "text": "14:00", "reply_to": 3}
        assert await server.has_posted(("telegram/say", said))
        await expect(quote).to_have_count(0)


@pytest.mark.parametrize(
    ("asked", "opens"),
    [
        (question(2, "Which room?", "7001"), 1),
        (question(2, "Which room?", "7002"), 0),
        (question(2, "Which room?"), 0),
        (question(2, "Which room?", selective=False), 1),
    ],
)
async def test_in_a_group_those_who_are_called_are_asked(open_page: Open, asked: dict[str, object], opens: int) -> None:
    with StateServer(state(telegram={"-1001": [asked]})) as server:
        page = await open_page(server)
        await page.get_by_test_id("telegram-chat--1001").click()
        await expect(page.get_by_test_id("telegram-message")).to_have_count(1)
        await expect(page.get_by_test_id("telegram-reply-quote")).to_have_count(opens)


async def test_a_picture_is_drawn_with_its_words_also_for_who_does_not_see_it(browser: Browser) -> None:
    async with real(browser) as (_ground, bot, page):
        await bot.send_photo(7001, png(240, 120), caption="אולם ב: 10:00 עד 11:00, תפוס")
        photo = page.get_by_test_id("telegram-photo")
        await expect(photo).to_have_attribute("alt", "אולם ב: 10:00 עד 11:00, תפוס")
        await expect(page.get_by_test_id("telegram-message")).to_contain_text("אולם ב: 10:00 עד 11:00, תפוס")
        await page.wait_for_function("document.querySelector('.photo').naturalWidth === 240")
        shape = await photo.evaluate("(each) => each.clientWidth / each.clientHeight")
        assert round(shape, 1) == 2.0
        large = page.get_by_test_id("enlarged")
        await photo.click()
        box = await large.locator("img").bounding_box()
        size = page.viewport_size
        assert box and size and box["width"] > 0.5 * size["width"]
        # A press anywhere closes it.
        await large.click(position={"x": 5, "y": 5})
        await expect(large).to_have_count(0)
        await expect(page.locator("button.enlarge", has=photo)).to_be_focused()


async def test_a_picture_that_is_gone_leaves_its_words(open_page: Open) -> None:
    photo = {"id": "gone", "width": 240, "height": 120, "size": 1}
    with StateServer(state(telegram={"7001": [{**telegram_message(1, "the rooms"), "photo": photo}]})) as server:
        page = await open_page(server)
        await expect(page.get_by_test_id("telegram-photo")).to_have_count(0)
        await expect(page.get_by_test_id("telegram-message")).to_contain_text("the rooms")


async def test_the_menu_says_a_command_in_the_readers_language(browser: Browser) -> None:
    async with real(browser) as (ground, bot, page):
        toggle, menu = page.get_by_test_id("telegram-commands-toggle"), page.get_by_test_id("telegram-commands")
        await expect(toggle).to_be_hidden()
        await bot.set_my_commands([BotCommand("pending", "What waits"), BotCommand("mine", "What I asked for")])
        await bot.set_my_commands([BotCommand("pending", "מה ממתין")], language_code="he")
        await toggle.click()
        await expect(menu).to_have_text("מה ממתין/pending")
        await page.keyboard.press("Escape")
        await expect(menu).to_be_hidden()
        await expect(toggle).to_be_focused()
        await page.get_by_test_id("telegram-person").select_option("7002")
        await toggle.click()
        await expect(menu).to_have_text("What waits/pendingWhat I asked for/mine")
        await page.keyboard.press("ArrowDown")
        await page.keyboard.press("Enter")
        await ground.program.wait(1)
        messages = (await ground.state())["telegram"]["messages"]["7002"]
        assert [each["text"] for each in messages] == ["/mine"]


async def test_a_real_question_is_answered_from_the_keyboard_alone(browser: Browser) -> None:
    async with real(browser) as (ground, bot, page):
        asking = ForceReply(selective=True, input_field_placeholder="Your answer")
        sent = await bot.send_message(7001, "Which room?", reply_markup=asking)
        await expect(page.get_by_test_id("telegram-input")).to_be_focused()
        await page.keyboard.type("Hall B")
        await page.keyboard.press("Enter")
        await ground.program.wait(1)
        messages = (await ground.state())["telegram"]["messages"]["7001"]
        assert [(each["text"], each["reply_to"]) for each in messages] == [
            ("Which room?", None),
            ("Hall B", sent.message_id),
        ]
