"""Each person sees their own chats; what they write and press reaches the server as theirs."""

import pytest
from playwright.async_api import expect

from tests.e2e.page.conftest import Open
from tests.e2e.page.state_server import StateServer
from tests.e2e.page.states import TIME, card, slack_message, state, telegram_message

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]

CARD = card("Change: Keynote", "*Room*\nHall B")
KEYS = [{"text": "Approve", "callback_data": "a:1"}, {"text": "Reject", "callback_data": "r:1"}]


async def test_a_whisper_is_seen_by_one_person_only(open_page: Open) -> None:
    whisper = slack_message("2", "Only a manager can decide this.", ephemeral_for="U0ADAM")
    with StateServer(state(slack={"C0MANAGERS": [slack_message("1", "card", blocks=CARD), whisper]})) as server:
        page = await open_page(server)
        await page.get_by_test_id("slack-channel-C0MANAGERS").click()
        await expect(page.get_by_test_id("slack-message")).to_have_count(1)
        await expect(page.get_by_test_id("slack-ephemeral")).to_have_count(0)
        await page.get_by_test_id("slack-person").select_option("U0ADAM")
        await expect(page.get_by_test_id("slack-ephemeral")).to_have_text(
            "Only visible to youOnly a manager can decide this."
        )
        await expect(page.get_by_test_id("slack-channel-D0DANA")).to_have_count(0)


async def test_a_press_in_slack_says_who_where_and_what_and_waits_for_the_card(open_page: Open) -> None:
    with StateServer(state(slack={"C0MANAGERS": [slack_message("17.5", "card", blocks=CARD)]})) as server:
        page = await open_page(server)
        await page.get_by_test_id("slack-channel-C0MANAGERS").click()
        approve = page.get_by_test_id("slack-button-approve")
        await approve.click()
        await expect(approve).to_have_attribute("aria-busy", "true")
        pressed = {"person": "U0DANA", "channel": "C0MANAGERS", "ts": "17.5", "action_id": "approve"}
        assert await server.has_posted(("slack/press", pressed))
        server.state["slack"]["messages"]["C0MANAGERS"][0].update(blocks=CARD[:1], edited=True)
        server.changed()
        await expect(approve).to_have_count(0)
        await expect(page.get_by_test_id("slack-message")).to_contain_text("(edited)")


async def test_a_press_in_telegram_says_who_where_and_what_and_shows_the_answer_to_them_alone(open_page: Open) -> None:
    with StateServer(state(telegram={"-1001": [telegram_message(4, "<b>Change</b>", keyboard=KEYS)]})) as server:
        page = await open_page(server)
        await page.get_by_test_id("telegram-chat--1001").click()
        key = page.get_by_test_id("telegram-button").first
        await expect(key).to_have_attribute("data-data", "a:1")
        await key.click()
        await expect(key).to_have_attribute("aria-busy", "true")
        assert await server.has_posted(
            ("telegram/press", {"person": "7001", "chat": "-1001", "message_id": 4, "data": "a:1"})
        )
        told = {"person": "7001", "text": "Only a manager can decide this.", "show_alert": True, "time": TIME}
        other = {"person": "7002", "text": "Not for Noa.", "show_alert": True, "time": TIME}
        server.state["telegram"]["alerts"] = [{"id": 1, **told}, {"id": 2, **other}]
        server.changed()
        await expect(page.get_by_test_id("telegram-alert")).to_contain_text(["Only a manager can decide this."])
        await expect(key).not_to_have_attribute("aria-busy", "true")
        await page.get_by_test_id("telegram-alert-ok").click()
        await expect(page.get_by_test_id("telegram-alert")).to_have_count(0)


async def test_what_is_written_goes_to_the_open_chat_and_thread(open_page: Open) -> None:
    with StateServer(state(slack={"C0MANAGERS": [slack_message("1", "hello", user="U0ADAM")]})) as server:
        page = await open_page(server)
        await page.get_by_test_id("slack-channel-C0MANAGERS").click()
        await page.get_by_test_id("slack-mention").click()
        await page.keyboard.type("who is on?")
        await page.keyboard.press("Enter")
        await expect(page.get_by_test_id("slack-input")).to_have_value("")
        await page.get_by_test_id("slack-message").hover()
        await page.get_by_test_id("slack-reply-tool").click()
        await page.get_by_test_id("slack-thread-input").fill("one\ntwo")
        await page.get_by_test_id("slack-thread-send").click()
        await expect(page.get_by_test_id("slack-thread-input")).to_have_value("")
        await page.get_by_test_id("telegram-input").fill("מה עכשיו?")
        await page.get_by_test_id("telegram-send").click()
        await expect(page.get_by_test_id("telegram-input")).to_have_value("")
        channel = {"person": "U0DANA", "channel": "C0MANAGERS"}
        assert await server.has_posted(
            ("slack/say", {**channel, "text": "@EventFlow who is on?"}),
            ("slack/say", {**channel, "text": "one\ntwo", "thread_ts": "1"}),
            ("telegram/say", {"person": "7001", "chat": "7001", "text": "מה עכשיו?"}),
        )


async def test_what_the_server_refuses_stays_in_the_composer_and_is_said(open_page: Open) -> None:
    with StateServer(state(), refuses=True) as server:
        page = await open_page(server)
        await page.get_by_test_id("slack-input").fill("who is on?")
        await page.get_by_test_id("slack-send").click()
        await expect(page.locator(".notice")).to_have_text("That did not reach the server. Please try again.")
        await expect(page.get_by_test_id("slack-input")).to_have_value("who is on?")


async def test_an_example_is_put_before_the_person_who_would_say_it(open_page: Open) -> None:
    examples = [{"text": "What is on?", "locale": "en", "platform": "telegram", "person": "7002", "what": "A question"}]
    with StateServer(state(examples=examples)) as server:
        page = await open_page(server)
        await page.get_by_test_id("examples-toggle").click()
        await page.get_by_test_id("example").click()
        await expect(page.get_by_test_id("telegram-input")).to_have_value("What is on?")
        await expect(page.get_by_test_id("telegram-person")).to_have_value("7002")
        await expect(page.get_by_test_id("telegram-input")).to_be_focused()
        assert server.posted == []


async def test_replies_stand_under_what_they_answer(open_page: Open) -> None:
    said = [
        slack_message("1", "first"),
        slack_message("2", "second", user="U0ADAM"),
        slack_message("3", "answer to first", user="U0DANA", thread_ts="1"),
    ]
    with StateServer(state(slack={"D0DANA": said})) as server:
        page = await open_page(server)
        order = await page.get_by_test_id("slack-message").evaluate_all("(all) => all.map((each) => each.dataset.ts)")
        assert order == ["1", "3", "2"]
        await expect(page.locator(".message.reply")).to_contain_text("answer to first")
