"""Hebrew reads from the right, whatever the page's own language is; the page itself has both."""

import pytest
from playwright.async_api import Locator, expect

from tests.e2e.page.conftest import Open
from tests.e2e.page.state_server import StateServer
from tests.e2e.page.states import card, slack_message, state, telegram_message

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]

HEBREW = card("שינוי: Keynote", "*אולם*\nHall B", "*מתי*\n10:00", quote="הבקשה: Keynote", labels=("אישור", "דחייה"))
ENGLISH = card("Change: Keynote", "*Room*\nHall B", "*When*\n10:00", quote="Asked: Keynote")


def keys(*labels: str) -> list[dict[str, str]]:
    return [{"text": label, "callback_data": label} for label in labels]


async def direction(found: Locator) -> str:
    return await found.evaluate("(each) => getComputedStyle(each).direction")


async def is_right_of(one: Locator, other: Locator) -> bool:
    first, second = await one.bounding_box(), await other.bounding_box()
    assert first is not None
    assert second is not None
    return first["x"] > second["x"]


@pytest.mark.parametrize(("blocks", "expected"), [(HEBREW, "rtl"), (ENGLISH, "ltr")])
async def test_a_card_reads_as_its_language_does(
    open_page: Open, blocks: list[dict[str, object]], expected: str
) -> None:
    with StateServer(state(slack={"D0DANA": [slack_message("1", "card", blocks=blocks)]})) as server:
        page = await open_page(server)
        card_ = page.get_by_test_id("slack-message")
        parts = [card_.locator(name) for name in (".block-header", ".fields", "blockquote", ".block-actions")]
        assert [await direction(part) for part in parts] == [expected] * 4
        first, second = card_.locator(".field").first, card_.locator(".field").last
        assert await is_right_of(first, second) is (expected == "rtl")
        approve, reject = page.get_by_test_id("slack-button-approve"), page.get_by_test_id("slack-button-reject")
        assert await is_right_of(approve, reject) is (expected == "rtl")


async def test_each_line_finds_its_own_direction(open_page: Open) -> None:
    said = "<@U0EVENTBOT> מה עכשיו?\nWhat is on now?\n10:00 באולם"
    with StateServer(state(slack={"D0DANA": [slack_message("1", said, user="U0DANA")]})) as server:
        page = await open_page(server)
        lines = page.get_by_test_id("slack-message").locator("p")
        assert [await direction(line) for line in await lines.all()] == ["rtl", "ltr", "rtl"]


@pytest.mark.parametrize(("said", "expected"), [("<b>שינוי</b>\n10:00", "rtl"), ("<b>Change</b>\n10:00", "ltr")])
async def test_a_keyboard_reads_as_its_message_does(open_page: Open, said: str, expected: str) -> None:
    chats = {"7001": [telegram_message(1, said, keyboard=keys("a", "b"))]}
    with StateServer(state(telegram=chats)) as server:
        page = await open_page(server)
        pressed = page.get_by_test_id("telegram-button")
        assert await is_right_of(pressed.first, pressed.last) is (expected == "rtl")
        assert await direction(page.locator(".telegram .tghtml")) == expected


async def test_a_mention_gives_a_line_no_direction(open_page: Open) -> None:
    chats = {"7001": [telegram_message(1, "@eventflow_bot מה עכשיו?", sender="7001")]}
    with StateServer(state(telegram=chats)) as server:
        page = await open_page(server)
        assert await direction(page.get_by_test_id("telegram-message").locator("p")) == "rtl"


async def test_the_page_turns_around_with_its_language(open_page: Open) -> None:
    with StateServer(state()) as server:
        page = await open_page(server)
        slack, telegram = page.get_by_test_id("slack-pane"), page.get_by_test_id("telegram-pane")
        assert await is_right_of(telegram, slack)
        await page.get_by_test_id("language-toggle").click()
        await expect(page.locator("html")).to_have_attribute("dir", "rtl")
        await expect(page.get_by_test_id("model-banner")).to_contain_text("המודל כאן הוא תחליף")
        assert await is_right_of(slack, telegram)
        await page.reload()
        await expect(page.locator("html")).to_have_attribute("lang", "he")
