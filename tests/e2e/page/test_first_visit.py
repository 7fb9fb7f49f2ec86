"""Who comes for the first time: their language and people who speak it, and on a phone the chat has the room."""

import pytest
from playwright.async_api import expect

from tests.e2e.page.conftest import Open
from tests.e2e.page.state_server import StateServer
from tests.e2e.page.states import slack_message, state, telegram_message

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]

EXAMPLES = [
    {"text": "מה עכשיו?", "locale": "he", "platform": "slack", "person": "U0DANA", "what": ""},
    {"text": "What is on?", "locale": "en", "platform": "slack", "person": "U0ADAM", "what": ""},
    {"text": "מה הבא?", "locale": "he", "platform": "telegram", "person": "7001", "what": ""},
    {"text": "What is next?", "locale": "en", "platform": "telegram", "person": "7002", "what": ""},
]


@pytest.mark.parametrize(
    ("locale", "title", "people", "said"),
    [
        ("en-US", "Things to say", ["U0ADAM", "7002"], ["What is on?", "מה עכשיו?", "What is next?", "מה הבא?"]),
        ("he-IL", "מה אפשר לומר", ["U0DANA", "7001"], ["מה עכשיו?", "What is on?", "מה הבא?", "What is next?"]),
    ],
)
async def test_the_page_opens_in_the_visitors_language(
    open_page: Open, locale: str, title: str, people: list[str], said: list[str]
) -> None:
    with StateServer(state(examples=EXAMPLES)) as server:
        page = await open_page(server, locale=locale, first=True)
        assert [await page.get_by_test_id(f"{each}-person").input_value() for each in ("slack", "telegram")] == people
        await page.get_by_test_id("examples-toggle").click()
        await expect(page.locator("#examples-title")).to_have_text(title)
        assert await page.get_by_test_id("example").locator(".say").all_text_contents() == said


async def test_who_opens_the_examples_before_the_first_state_is_there_gets_them(open_page: Open) -> None:
    late = ("await learnSentences();", 'await new Promise((go) => addEventListener("go", go));')
    with StateServer(state(examples=EXAMPLES), swaps={"page.js": late}) as server:
        page = await open_page(server, ready=False)
        await page.get_by_test_id("examples-toggle").click()
        await expect(page.locator("#examples-list")).to_have_text("The server offers no examples.")
        await page.evaluate('dispatchEvent(new Event("go"))')
        await expect(page.get_by_test_id("example")).to_have_count(len(EXAMPLES))


@pytest.mark.parametrize("locale", ["en-US", "he-IL"])
@pytest.mark.parametrize("pane", ["slack", "telegram"])
async def test_on_a_phone_the_chat_has_the_room(open_page: Open, locale: str, pane: str) -> None:
    said = [slack_message(str(number), f"line {number}") for number in range(40)]
    told = [telegram_message(number, f"line {number}") for number in range(40)]
    chats = state(slack={"D0DANA": said, "D0ADAM": said}, telegram={"7001": told, "7002": told})
    with StateServer(chats) as server:
        page = await open_page(server, locale=locale, width=390, height=844)
        await page.get_by_test_id(f"tab-{pane}").click()
        await expect(page.get_by_test_id(f"{pane}-log")).to_contain_text("line 39")
        height = await page.locator(f".{pane} .scroller").evaluate("(log) => log.clientHeight")
        assert height > 0.66 * 844
        assert await page.evaluate("document.documentElement.scrollWidth") == 390
        await expect(page.get_by_test_id("model-banner")).to_be_hidden()
        await page.get_by_test_id("about").click()
        await expect(page.get_by_test_id("model-banner")).to_be_visible()


async def test_the_end_stays_in_sight_when_a_picture_takes_its_height(open_page: Open) -> None:
    said = [slack_message(str(number), f"line {number}.") for number in range(60)]
    with StateServer(state(slack={"D0DANA": said})) as server:
        page = await open_page(server)
        await expect(page.get_by_text("line 59.")).to_be_in_viewport()
        await page.get_by_text("line 50.").evaluate("(line) => { line.style.minHeight = '1200px'; }")
        await expect(page.get_by_text("line 59.")).to_be_in_viewport()
        # Whoever reads further up is not pulled down.
        await page.locator(".slack .scroller").evaluate("(log) => { log.scrollTop = 0; }")
        await expect(page.get_by_text("line 0.")).to_be_in_viewport()
        await page.get_by_text("line 51.").evaluate("(line) => { line.style.minHeight = '1200px'; }")
        await expect(page.get_by_text("line 0.")).to_be_in_viewport()
