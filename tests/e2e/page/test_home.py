"""Slack's Home tab and pictures in a real Chromium, with an app behind them."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.contract.slack.modal_app import Json, ModalApp, modal, modal_app, plain, text_input
from tests.e2e.page.conftest import CHOSEN, Open
from tests.e2e.page.state_server import StateServer
from tests.e2e.page.states import slack_message, state

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]


def _options(*names: str) -> list[Json]:
    return [{"text": plain(name), "value": str(number)} for number, name in enumerate(names)]


def _home(title: str, everything: str, high: str, approve: str) -> Json:
    options = _options(everything, high)
    select = {"type": "static_select", "action_id": "filter", "options": options, "initial_option": options[0]}
    button: Json = {"type": "button", "action_id": "go", "text": plain(approve), "value": "7"}
    return {
        "type": "home",
        "blocks": [
            {"type": "header", "text": plain(title)},
            {"type": "actions", "block_id": "f", "elements": [select]},
            {"type": "section", "text": {"type": "mrkdwn", "text": "*Move the keynote*"}, "accessory": button},
            {"type": "actions", "block_id": "one", "elements": [{**button, "action_id": "one"}]},
            {"type": "actions", "block_id": "two", "elements": [{**button, "action_id": "one"}]},
        ],
    }


ENGLISH = _home("Where you are needed", "Everything", "High", "Approve")
HEBREW = _home("איפה צריכים אותך", "הכול", "גבוה", "אישור")


@asynccontextmanager
async def opened(
    browser: Browser, view: Json | None, *, locale: str = "en-US", size: tuple[int, int] = (1440, 900)
) -> AsyncGenerator[tuple[ModalApp, Page]]:
    """Open the page as Dana, for whom the app has published this, on her Home tab."""
    async with modal_app() as app:
        if view is not None:
            await app.slack.views_publish(user_id="U0DANA", view=view)
        window = await browser.new_context(locale=locale, viewport={"width": size[0], "height": size[1]})
        async with window:
            await window.add_init_script(CHOSEN)
            page = await window.new_page()
            await page.goto(app.address)
            await page.wait_for_selector("body.ready")
            await page.get_by_test_id("slack-channel-D0DANA").click()
            await page.get_by_test_id("slack-tab-home").click()
            yield app, page


async def pressed(app: ModalApp) -> dict[str, Any]:
    await app.wait(1)
    return app.payloads[-1]


async def test_the_tab_waits_for_what_the_app_publishes_and_follows_it(browser: Browser) -> None:
    async with opened(browser, None) as (app, page):
        home = page.get_by_test_id("slack-home")
        await expect(home).to_have_text("One moment…")
        await app.slack.views_publish(user_id="U0DANA", view=ENGLISH)
        await expect(home).to_contain_text("Where you are needed")
        await expect(page.get_by_test_id("slack-input")).to_be_hidden()
        await page.get_by_test_id("slack-tab-messages").click()
        await expect(home).to_be_hidden()
        await expect(page.get_by_test_id("slack-input")).to_be_visible()


async def test_only_its_owner_sees_a_tab(browser: Browser) -> None:
    async with opened(browser, ENGLISH) as (_app, page):
        await expect(page.get_by_test_id("slack-home")).to_contain_text("Move the keynote")
        await page.get_by_test_id("slack-person").select_option("U0ADAM")
        await page.get_by_test_id("slack-channel-D0ADAM").click()
        await page.get_by_test_id("slack-tab-home").click()
        await expect(page.get_by_test_id("slack-home")).to_have_text("One moment…")


async def test_a_button_of_the_tab_is_pressed_where_it_stands(browser: Browser) -> None:
    async with opened(browser, ENGLISH) as (app, page):
        app.view = None
        second = page.get_by_test_id("slack-home").get_by_test_id("slack-button-one").last
        await second.click()
        await expect(second).to_have_attribute("aria-busy", "true")
        sent = await pressed(app)
        assert (sent["actions"][0]["block_id"], sent["view"]["type"]) == ("two", "home")
        await app.slack.views_publish(user_id="U0DANA", view=ENGLISH)
        await expect(page.get_by_test_id("slack-home").locator("[aria-busy]")).to_have_count(0)


async def test_a_modal_opens_over_the_tab_and_leaves_it_there(browser: Browser) -> None:
    async with opened(browser, ENGLISH) as (app, page):
        await page.get_by_test_id("slack-home").get_by_test_id("slack-button-go").click()
        trigger = (await pressed(app))["trigger_id"]
        await app.slack.views_open(trigger_id=trigger, view=modal(text_input("word", "Type MOVE", "word")))
        await expect(page.get_by_test_id("slack-modal")).to_be_visible()
        await page.get_by_test_id("slack-modal-close").click()
        await expect(page.get_by_test_id("slack-home")).to_contain_text("Where you are needed")


async def test_a_choice_from_the_list_is_sent_at_once(browser: Browser) -> None:
    async with opened(browser, ENGLISH) as (app, page):
        await page.get_by_test_id("slack-select-filter").select_option(label="High")
        assert (await pressed(app))["actions"][0]["selected_option"]["value"] == "1"


@pytest.mark.parametrize(("view", "expected"), [(HEBREW, "rtl"), (ENGLISH, "ltr")])
@pytest.mark.parametrize("locale", ["en-US", "he-IL"])
async def test_a_tab_reads_as_its_language_does(browser: Browser, view: Json, expected: str, locale: str) -> None:
    async with opened(browser, view, locale=locale) as (_app, page):
        home = page.get_by_test_id("slack-home")
        parts = [home.locator(".blocks"), home.get_by_role("heading"), page.get_by_test_id("slack-select-filter")]
        assert [await each.evaluate("(each) => getComputedStyle(each).direction") for each in parts] == [expected] * 3
        words = await home.locator(".section-body").bounding_box()
        button = await home.get_by_test_id("slack-button-go").bounding_box()
        assert words is not None
        assert button is not None
        assert (button["x"] < words["x"]) is (expected == "rtl")


@pytest.mark.parametrize("size", [(1440, 900), (390, 780)])
async def test_a_tab_fits_a_narrow_window(browser: Browser, size: tuple[int, int]) -> None:
    async with opened(browser, ENGLISH, size=size) as (_app, page):
        await expect(page.get_by_test_id("slack-button-one").last).to_be_visible()
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_words_of_a_tab_are_only_words(browser: Browser) -> None:
    attack = '<img src=x onerror="window.attacked = true">'
    async with opened(browser, _home(attack, attack, attack, attack)) as (_app, page):
        await expect(page.get_by_test_id("slack-home").get_by_role("heading")).to_have_text(attack)
        assert await page.get_by_test_id("slack-home").locator("img").count() == 0
        assert await page.evaluate("window.attacked") is None


async def enlarges(page: Page, shown: Locator) -> None:
    """A picture opens over the page by a press and by the keyboard, and gives the focus back to where it was."""
    large, button = page.get_by_test_id("enlarged"), page.locator("button.enlarge", has=shown)
    await shown.click()
    await expect(large.locator("img")).to_have_attribute("alt", await shown.get_attribute("alt") or "")
    await expect(large.get_by_role("button")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(large).to_have_count(0)
    await expect(button).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(large).to_be_visible()
    await large.get_by_role("button").click()
    await expect(large).to_have_count(0)
    await expect(button).to_be_focused()


async def test_a_picture_has_its_words_and_they_stay_when_it_is_gone(browser: Browser, open_page: Open) -> None:
    png = bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cf50"
        "0f00030101008d1de5820000000049454e44ae426082"
    )
    async with opened(browser, None) as (app, page):
        await app.slack.files_upload_v2(
            content=png, filename="rooms.png", title="Rooms", alt_txt="Hall B at ten", channel="C0MANAGERS"
        )
        await page.get_by_test_id("slack-channel-C0MANAGERS").click()
        shown = page.get_by_test_id("slack-picture")
        await expect(shown).to_have_attribute("alt", "Hall B at ten")
        await expect(shown).to_have_js_property("naturalWidth", 1)
        await enlarges(page, shown)
    gone = {"id": "F1", "title": "Rooms", "alt_txt": "אולם ב בעשר", "picture": "gone"}
    with StateServer(state(slack={"D0DANA": [slack_message("1", "", files=[gone])]})) as server:
        page = await open_page(server)
        await page.get_by_test_id("slack-channel-D0DANA").click()
        await expect(page.get_by_test_id("slack-message").last).to_contain_text("אולם ב בעשר")
        await expect(page.get_by_test_id("slack-picture")).to_have_count(0)
