"""The page follows its server: new messages, a reader who scrolled up, typing, a restart, a real model."""

import pytest
from playwright.async_api import expect

from tests.e2e.page.conftest import Open
from tests.e2e.page.state_server import StateServer
from tests.e2e.page.states import slack_message, state, telegram_message

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]

AT_END = "(log) => log.scrollHeight - log.scrollTop - log.clientHeight < 2"


async def test_the_banner_is_there_while_the_model_is_a_stand_in(open_page: Open) -> None:
    with StateServer(state()) as server:
        page = await open_page(server)
        await expect(page.get_by_test_id("model-banner")).to_contain_text(
            "The model here is a stand-in that understands a documented set of sentences; "
            "set GEMINI_API_KEY for the real one."
        )
        server.state["model"]["real"] = True
        server.changed()
        await expect(page.get_by_test_id("model-banner")).to_be_hidden()
        await expect(page.get_by_test_id("chats-banner")).to_contain_text("speak the real wire protocols")


async def test_a_reader_stays_at_the_end_or_where_they_scrolled_to(open_page: Open) -> None:
    said = [slack_message(str(number), f"line {number}") for number in range(80)]
    with StateServer(state(slack={"D0DANA": said})) as server:
        page = await open_page(server)
        log = page.locator(".slack .scroller")
        said.append(slack_message("80", "line 80"))
        server.changed()
        await expect(log.get_by_text("line 80")).to_be_in_viewport()
        assert await log.evaluate(AT_END)
        await log.evaluate("(log) => { log.scrollTop = 0; }")
        said.append(slack_message("81", "line 81"))
        server.changed()
        await page.get_by_role("button", name="New messages").click()
        await expect(log.get_by_text("line 81")).to_be_in_viewport()


async def test_a_reader_who_has_just_scrolled_up_is_not_pulled_down(open_page: Open) -> None:
    said = [slack_message(str(number), f"line {number}") for number in range(80)]
    with StateServer(state(slack={"D0DANA": said})) as server:
        page = await open_page(server)
        up_and_drawn = (
            "(log) => { log.scrollTop = 0; document.getElementById('language').click(); return log.scrollTop; }"
        )
        assert await page.locator(".slack .scroller").evaluate(up_and_drawn) == 0


async def test_a_reply_in_an_old_thread_is_brought_into_view(open_page: Open) -> None:
    said = [slack_message(str(number), f"line {number}") for number in range(80)]
    with StateServer(state(slack={"D0DANA": said})) as server:
        page = await open_page(server)
        said.append(slack_message("80", "a late answer", thread_ts="3"))
        server.changed()
        await expect(page.get_by_text("a late answer")).to_be_in_viewport()


async def test_a_message_elsewhere_is_counted_until_it_is_read(open_page: Open) -> None:
    with StateServer(state()) as server:
        page = await open_page(server)
        server.state["slack"]["messages"]["C0MANAGERS"] = [slack_message("1", "card")]
        server.changed()
        channel = page.get_by_test_id("slack-channel-C0MANAGERS")
        await expect(channel.locator(".badge")).to_have_text("1")
        await channel.click()
        await expect(channel.locator(".badge")).to_have_count(0)


async def test_typing_is_shown_in_the_chat_where_it_happens(open_page: Open) -> None:
    with StateServer(state(telegram={"7001": [telegram_message(1, "hi")]})) as server:
        page = await open_page(server)
        server.state["telegram"]["typing"] = ["7001"]
        server.changed()
        await expect(page.get_by_test_id("telegram-typing")).to_have_text("typing…")
        # It ends by itself: nothing tells the page.
        server.state["telegram"]["typing"] = []
        await expect(page.get_by_test_id("telegram-typing")).to_have_count(0)


async def test_the_page_finds_its_server_again(open_page: Open) -> None:
    with StateServer(state()) as server:
        page = await open_page(server)
        status = page.get_by_test_id("connection")
        await expect(status).to_have_attribute("data-status", "live")
        await page.get_by_test_id("slack-input").fill("half written")
        port = server.port
        server.stop()
        await expect(status).to_have_text("Reconnecting…")
        server.state["slack"]["messages"]["D0DANA"] = [slack_message("1", "I am back")]
        server.start(port)
        await expect(page.get_by_test_id("slack-message")).to_contain_text("I am back")
        await expect(status).to_have_attribute("data-status", "live")
        await expect(page.get_by_test_id("slack-input")).to_have_value("half written")
