"""Slack's modals in a real Chromium, with an app behind them that opens them and answers."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from fastapi import Response
from playwright.async_api import Browser, Locator, Page, expect

from tests.contract.slack.modal_app import Json, ModalApp, modal, modal_app, plain, text_input
from tests.e2e.page.conftest import CHOSEN

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]

_OPTIONS = [{"text": plain("Hall A"), "value": "a"}, {"text": plain("Hall B"), "value": "b"}]


def _choice(kind: str, block: str, label: str, **more: Any) -> Json:
    element = {"type": kind, "action_id": block, "options": _OPTIONS, **more}
    return {"type": "input", "block_id": block, "label": plain(label), "element": element}


WORD = text_input("word", "Type MOVE", "word")
ENGLISH = modal({"type": "section", "text": {"type": "mrkdwn", "text": "*Hall B* at 13:15"}}, WORD)
HEBREW = modal(text_input("word", "יש להקליד ״העבר״", "word"), title=plain("אישור שינוי"), submit=plain("אישור"))
EVERYTHING = modal(
    WORD,
    {**text_input("why", "Why", "why", multiline=True), "optional": True, "hint": plain("It is in the log.")},
    _choice("checkboxes", "boxes", "What I have seen"),
    _choice("radio_buttons", "radio", "Tell"),
    _choice("static_select", "select", "Room"),
    {"type": "input", "block_id": "day", "label": plain("Day"), "element": {"type": "datepicker", "action_id": "day"}},
    {"type": "input", "block_id": "at", "label": plain("Time"), "element": {"type": "timepicker", "action_id": "at"}},
    close=plain("Not now"),
)


@asynccontextmanager
async def opened(
    browser: Browser, view: Json, *, locale: str = "en-US", size: tuple[int, int] = (1440, 900)
) -> AsyncGenerator[tuple[ModalApp, Page]]:
    """Open the page as Dana, who presses a button for which the app opens this."""
    async with modal_app() as app:
        app.view = view
        await app.post_button()
        window = await browser.new_context(locale=locale, viewport={"width": size[0], "height": size[1]})
        # Closed before the servers are, which wait for the page's stream to end.
        async with window:
            await window.add_init_script(CHOSEN)
            page = await window.new_page()
            await page.goto(app.address)
            await page.wait_for_selector("body.ready")
            await page.get_by_test_id("slack-channel-C0MANAGERS").click()
            await page.get_by_test_id("slack-button-go").click()
            await expect(page.get_by_test_id("slack-modal")).to_be_visible()
            yield app, page


def field(page: Page, name: str) -> Locator:
    return page.get_by_test_id(f"slack-modal-input-{name}")


async def submitted(app: ModalApp) -> list[Json]:
    return [each["view"]["state"]["values"] for each in app.payloads if each["type"] == "view_submission"]


async def test_everything_can_be_filled_in_and_arrives_as_slack_shapes_it(browser: Browser) -> None:
    async with opened(browser, EVERYTHING) as (app, page):
        await expect(field(page, "word")).to_be_focused()
        await page.keyboard.type("MOVE")
        await field(page, "why").fill("one\ntwo")
        await field(page, "boxes").get_by_label("Hall B").check()
        await field(page, "radio").get_by_label("Hall A").check()
        await field(page, "select").select_option(label="Hall B")
        await field(page, "day").fill("2026-05-01")
        await field(page, "at").fill("13:15")
        await page.get_by_test_id("slack-modal-submit").click()
        await expect(page.get_by_test_id("slack-modal")).to_have_count(0)
        hall_a, hall_b = (
            {"value": value, "text": {"type": "plain_text", "text": f"Hall {value.upper()}", "emoji": True}}
            for value in "ab"
        )
        assert await submitted(app) == [
            {
                "word": {"word": {"type": "plain_text_input", "value": "MOVE"}},
                "why": {"why": {"type": "plain_text_input", "value": "one\ntwo"}},
                "boxes": {"boxes": {"type": "checkboxes", "selected_options": [hall_b]}},
                "radio": {"radio": {"type": "radio_buttons", "selected_option": hall_a}},
                "select": {"select": {"type": "static_select", "selected_option": hall_b}},
                "day": {"day": {"type": "datepicker", "selected_date": "2026-05-01"}},
                "at": {"at": {"type": "timepicker", "selected_time": "13:15"}},
            }
        ]


async def test_what_is_missing_is_said_under_its_input_and_nothing_is_sent(browser: Browser) -> None:
    async with opened(browser, EVERYTHING) as (app, page):
        await page.get_by_test_id("slack-modal-submit").click()
        errors = page.get_by_test_id("slack-modal-error")
        await expect(errors).to_have_text(["Please complete this required field."] * 6)
        await expect(field(page, "word")).to_be_focused()
        await expect(field(page, "word")).to_have_attribute("aria-invalid", "true")
        await expect(field(page, "why")).to_have_attribute("aria-invalid", "false")
        assert await submitted(app) == []


async def test_the_apps_errors_stand_under_their_inputs_and_keep_what_was_typed(browser: Browser) -> None:
    async with opened(browser, ENGLISH) as (app, page):
        app.answer({"response_action": "errors", "errors": {"word": "Type MOVE exactly."}})
        # Enter in a single line submits.
        await field(page, "word").fill("move")
        await page.keyboard.press("Enter")
        await expect(page.get_by_test_id("slack-modal-error")).to_have_text("Type MOVE exactly.")
        await expect(page.get_by_role("textbox", name="Type MOVE")).to_have_accessible_description("Type MOVE exactly.")
        await expect(field(page, "word")).to_have_value("move")
        await field(page, "word").fill("MOVE")
        await page.keyboard.press("Enter")
        await expect(page.get_by_test_id("slack-modal")).to_have_count(0)
        typed = [values["word"]["word"]["value"] for values in await submitted(app)]
        assert typed == ["move", "MOVE"]


async def test_an_app_that_fails_is_trouble_and_the_button_is_busy_meanwhile(browser: Browser) -> None:
    async with opened(browser, ENGLISH) as (app, page):
        app.answers.append(Response(status_code=500))
        app.may_answer.clear()
        await field(page, "word").fill("MOVE")
        submit = page.get_by_test_id("slack-modal-submit")
        await submit.click()
        await expect(submit).to_have_attribute("aria-busy", "true")
        await field(page, "word").press("Enter")
        app.may_answer.set()
        await expect(page.get_by_test_id("slack-modal-trouble")).to_have_text(
            "We had some trouble connecting. Try again?"
        )
        await expect(submit).to_have_attribute("aria-busy", "false")
        await expect(field(page, "word")).to_have_value("MOVE")
        await submit.click()
        await expect(page.get_by_test_id("slack-modal")).to_have_count(0)
        assert len(await submitted(app)) == 2


async def test_a_modal_that_changes_keeps_what_was_typed_under_the_same_ids(browser: Browser) -> None:
    async with opened(browser, ENGLISH) as (app, page):
        await field(page, "word").fill("MOV")
        [view] = (await app.views()).values()
        more = modal(WORD, text_input("why", "Why", "why"), title=plain("Step 2"))
        await app.slack.views_update(view_id=view["id"], view=more)
        await expect(page.get_by_test_id("slack-modal").get_by_role("heading")).to_have_text("Step 2")
        await expect(field(page, "word")).to_have_value("MOV")
        await expect(field(page, "word")).to_be_focused()
        app.answer({"response_action": "update", "view": modal({"type": "divider"}, title=plain("Done"))})
        await field(page, "why").fill("late")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("dialog", name="Done")).to_be_visible()
        await expect(field(page, "word")).to_have_count(0)


async def test_only_who_pressed_sees_the_modal_and_finds_it_as_they_left_it(browser: Browser) -> None:
    async with opened(browser, ENGLISH) as (_app, page):
        await field(page, "word").fill("half")
        await page.get_by_test_id("slack-person").select_option("U0ADAM")
        await expect(page.get_by_test_id("slack-modal")).to_have_count(0)
        await page.get_by_test_id("slack-input").fill("I see the chat")
        await page.get_by_test_id("slack-person").select_option("U0DANA")
        await expect(field(page, "word")).to_have_value("half")


@pytest.mark.parametrize("way", ["Escape", "slack-modal-close", "slack-modal-cancel"])
async def test_a_modal_is_closed_and_the_focus_goes_back(browser: Browser, way: str) -> None:
    async with opened(browser, {**EVERYTHING, "notify_on_close": True}) as (app, page):
        await expect(page.get_by_test_id("slack-modal-cancel")).to_have_text("Not now")
        await (page.keyboard.press(way) if way == "Escape" else page.get_by_test_id(way).click())
        await expect(page.get_by_test_id("slack-modal")).to_have_count(0)
        await expect(page.get_by_test_id("slack-button-go")).to_be_focused()
        await app.wait(2)
        assert [each["type"] for each in app.payloads] == ["block_actions", "view_closed"]


async def test_the_focus_stays_inside(browser: Browser) -> None:
    async with opened(browser, ENGLISH) as (_app, page):
        order: list[str] = []
        for _ in range(5):
            order.append(await page.evaluate("document.activeElement.dataset.testid"))
            await page.keyboard.press("Tab")
        names = ["input-word", "cancel", "submit", "close", "input-word"]
        assert order == [f"slack-modal-{name}" for name in names]
        await page.get_by_test_id("slack-modal-close").focus()
        await page.keyboard.press("Shift+Tab")
        await expect(page.get_by_test_id("slack-modal-submit")).to_be_focused()
        dialog = page.get_by_role("dialog", name="Approve")
        await expect(dialog).to_have_attribute("aria-modal", "true")
        assert await page.locator(".slack .chat").evaluate("(each) => each.inert")


@pytest.mark.parametrize(("view", "expected"), [(HEBREW, "rtl"), (ENGLISH, "ltr")])
@pytest.mark.parametrize("locale", ["en-US", "he-IL"])
async def test_a_modal_reads_as_its_language_does(browser: Browser, view: Json, expected: str, locale: str) -> None:
    async with opened(browser, view, locale=locale) as (_app, page):
        shown = page.get_by_test_id("slack-modal")
        parts = [shown, shown.get_by_role("heading"), shown.locator(".modal-field"), field(page, "word")]
        directions = [await each.evaluate("(each) => getComputedStyle(each).direction") for each in parts]
        assert directions == [expected] * 4
        cancel = await page.get_by_test_id("slack-modal-cancel").bounding_box()
        submit = await page.get_by_test_id("slack-modal-submit").bounding_box()
        assert cancel is not None
        assert submit is not None
        assert (cancel["x"] > submit["x"]) is (expected == "rtl")


@pytest.mark.parametrize("size", [(1440, 900), (390, 780), (390, 480)])
async def test_a_long_modal_scrolls_between_its_title_and_its_buttons(browser: Browser, size: tuple[int, int]) -> None:
    async with opened(browser, EVERYTHING, size=size) as (_app, page):
        await field(page, "at").scroll_into_view_if_needed()
        for name in ("close", "cancel", "submit", "input-at"):
            await expect(page.get_by_test_id(f"slack-modal-{name}")).to_be_in_viewport(ratio=1)
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_words_of_a_modal_are_only_words(browser: Browser) -> None:
    attack = '<img src=x onerror="window.attacked = true">'
    view = modal(
        {**text_input("word", attack, "word", placeholder=plain(attack)), "hint": plain(attack)},
        {"type": "section", "text": plain(attack)},
        title=plain("<b>Approve</b>"),
        submit=plain("<i>Send</i>"),
    )
    async with opened(browser, view) as (app, page):
        app.answer({"response_action": "errors", "errors": {"word": attack}})
        await field(page, "word").fill("x")
        await page.keyboard.press("Enter")
        await expect(page.get_by_test_id("slack-modal-error")).to_have_text(attack)
        await expect(page.get_by_test_id("slack-modal-submit")).to_have_text("<i>Send</i>")
        assert await page.get_by_test_id("slack-modal").locator("img, b, i").count() == 0


async def test_a_button_in_a_modal_is_pressed_there(browser: Browser) -> None:
    button = {"type": "button", "action_id": "log", "text": plain("The log")}
    view = modal(WORD, {"type": "actions", "block_id": "more", "elements": [button]})
    async with opened(browser, view) as (app, page):
        await field(page, "word").fill("MOVE")
        await page.get_by_test_id("slack-button-log").click()
        await app.wait(2)
        sent = app.payloads[1]
        assert (sent["container"]["type"], sent["actions"][0]["action_id"]) == ("view", "log")
        assert sent["view"]["state"]["values"]["word"]["word"]["value"] == "MOVE"
        await expect(page.get_by_test_id("slack-modal")).to_be_visible()
