"""A file on its way into a chat: chosen with the keyboard, dropped, pasted, taken away, or too large for the page."""

import base64
from typing import Any

import pytest
from playwright.async_api import FilePayload, Page, expect

from tests.e2e.page.conftest import Open
from tests.e2e.page.state_server import StateServer
from tests.e2e.page.states import slack_message, state, telegram_message

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]

BYTES = bytes(range(256))
FILE: FilePayload = {"name": "סדר יום.csv", "mimeType": "text/csv", "buffer": BYTES}
SENT = {"name": "סדר יום.csv", "content": base64.b64encode(BYTES).decode()}
BRING = """([selector, kind, names]) => {
    const data = new DataTransfer();
    for (const name of names) data.items.add(new File(["a,b"], name));
    const target = document.querySelector(selector);
    const event = kind === "paste" ? new ClipboardEvent(kind, { clipboardData: data, bubbles: true, cancelable: true })
        : new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true });
    target.dispatchEvent(event);
    return event.defaultPrevented;
}"""


async def bring(page: Page, pane: str, kind: str, *names: str) -> Any:
    """Drop or paste files that the browser made itself."""
    target = f'[data-testid="{pane}-input"]' if kind == "paste" else f".{pane} .chat .log"
    return await page.evaluate(BRING, [target, kind, list(names)])


@pytest.mark.parametrize(
    ("pane", "act", "place"),
    [("slack", "slack/say", {"person": "U0DANA", "channel": "D0DANA"}),
     ("telegram", "telegram/say", {"person": "7001", "chat": "7001"})],
)  # fmt: skip
async def test_a_file_is_chosen_and_sent_by_keyboard(
    open_page: Open, pane: str, act: str, place: dict[str, str]
) -> None:
    with StateServer(state()) as server:
        page = await open_page(server)
        await expect(page.get_by_test_id(f"{pane}-send")).to_be_disabled()
        async with page.expect_file_chooser() as chosen:
            await page.get_by_test_id(f"{pane}-attach").press("Enter")
        await (await chosen.value).set_files([FILE])
        await expect(page.get_by_test_id(f"{pane}-attached")).to_have_text("סדר יום.csv256 B")
        await expect(page.get_by_test_id(f"{pane}-input")).to_be_focused()
        await page.keyboard.press("Enter")
        await expect(page.get_by_test_id(f"{pane}-attached")).to_be_hidden()
        assert await server.has_posted((act, {**place, "text": "", "file": SENT}))


@pytest.mark.parametrize("kind", ["drop", "paste"])
async def test_files_are_dropped_onto_a_chat_or_pasted_and_the_first_is_taken(open_page: Open, kind: str) -> None:
    with StateServer(state()) as server:
        page = await open_page(server)
        assert await bring(page, "telegram", kind, "one.csv", "two.csv") is True
        await expect(page.get_by_test_id("telegram-attached")).to_have_text("one.csv3 B")
        await expect(page.locator(".notice")).to_have_text("One file at a time; the first one was taken.")
        await page.get_by_test_id("telegram-input").fill("here")
        await page.get_by_test_id("telegram-send").click()
        sent = {"name": "one.csv", "content": base64.b64encode(b"a,b").decode()}
        assert await server.has_posted(
            ("telegram/say", {"person": "7001", "chat": "7001", "text": "here", "file": sent})
        )


async def test_a_chat_shows_that_it_takes_what_is_dragged_over_it(open_page: Open) -> None:
    with StateServer(state()) as server:
        page = await open_page(server)
        await bring(page, "slack", "dragenter", "one.csv")
        await expect(page.locator(".slack .chat.dropping")).to_have_count(1)
        await bring(page, "slack", "dragleave", "one.csv")
        await expect(page.locator(".dropping")).to_have_count(0)
        # Beside a chat nothing takes it, and the page stays.
        assert await page.evaluate(BRING, [".topbar", "drop", ["one.csv"]]) is True
        await expect(page.get_by_test_id("slack-attached")).to_be_hidden()


async def test_a_file_waits_in_its_own_chat_until_it_is_taken_away(open_page: Open) -> None:
    with StateServer(state()) as server:
        page = await open_page(server)
        attached = page.get_by_test_id("slack-attached")
        await page.get_by_test_id("slack-file").set_input_files([FILE])
        await page.get_by_test_id("slack-channel-C0MANAGERS").click()
        await expect(attached).to_be_hidden()
        await page.get_by_test_id("slack-channel-D0DANA").click()
        await expect(attached).to_be_visible()
        await page.get_by_test_id("slack-detach").click()
        await expect(attached).to_be_hidden()
        await expect(page.get_by_test_id("slack-send")).to_be_disabled()
        # The same file again.
        await page.get_by_test_id("slack-file").set_input_files([FILE])
        await expect(attached).to_be_visible()


@pytest.mark.parametrize(
    ("locale", "said"),
    [("en-US", "Files of up to 1 kB can be shared on this page."),
     ("he-IL", "בעמוד הזה אפשר לשתף קבצים של עד \u20661 kB\u2069.")],
)  # fmt: skip
async def test_what_is_too_large_or_empty_is_said_and_not_taken(open_page: Open, locale: str, said: str) -> None:
    with StateServer({**state(), "largest_file": 1000}) as server:
        page = await open_page(server, locale=locale)
        await page.get_by_test_id("slack-file").set_input_files([{**FILE, "buffer": b"x" * 1001}])
        await expect(page.locator(".notice")).to_have_text(said)
        await page.get_by_test_id("slack-file").set_input_files([{**FILE, "buffer": b""}])
        await expect(page.locator(".notice")).to_have_count(2)
        await expect(page.get_by_test_id("slack-attached")).to_be_hidden()


async def test_a_file_that_the_server_refuses_stays(open_page: Open) -> None:
    with StateServer(state(), refuses=True) as server:
        page = await open_page(server)
        await page.get_by_test_id("telegram-file").set_input_files([FILE])
        await page.get_by_test_id("telegram-send").click()
        await expect(page.locator(".notice")).to_have_count(1)
        await expect(page.get_by_test_id("telegram-attached")).to_be_visible()


async def test_what_people_shared_can_be_opened_again_in_both_chats(open_page: Open) -> None:
    shared = {"id": "F1", "title": "<b>agenda</b>.csv", "document": "a1"}
    telegram = {**telegram_message(1, "", sender="7001"), "document": {"id": "a2", "name": "לוח.csv", "size": 3}}
    slack = {"D0DANA": [slack_message("1.1", "", user="U0DANA", files=[shared])]}
    with StateServer(state(slack=slack, telegram={"7001": [telegram]})) as server:
        page = await open_page(server)
        link = page.get_by_test_id("slack-document")
        await expect(link).to_have_text("<b>agenda</b>.csv")
        assert await link.get_attribute("href") == "/playground/pictures/a1"
        assert await page.get_by_test_id("telegram-document").get_attribute("download") == "לוח.csv"
        await expect(page.get_by_test_id("telegram-chat-7001")).to_contain_text("לוח.csv")
