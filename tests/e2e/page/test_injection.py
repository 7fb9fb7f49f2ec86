"""Words of a chat are words: nothing in them becomes markup, a script or an address that runs."""

import pytest
from playwright.async_api import Page, expect

from tests.e2e.page.conftest import Open
from tests.e2e.page.state_server import CSP, StateServer
from tests.e2e.page.states import Json, card, slack_message, state, telegram_message

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]

ATTACK = '<img src=x onerror="window.attacked = true">'
ESCAPED = ATTACK.replace("<", "&lt;").replace(">", "&gt;")
UNSAFE = ("document.createTextNode(String(child))", "document.createRange().createContextualFragment(String(child))")

SETTLED = """Promise.all([...document.querySelectorAll(".pane img")].map((each) => each.complete || new Promise(
    (settled) => ["load", "error"].forEach((name) => each.addEventListener(name, settled)))))"""
"""Every picture was shown, refused or not found: its handler had its chance."""


def attacked_state() -> Json:
    """A state in which everything that somebody can write holds the attack."""
    made = state(
        slack={
            "D0DANA": [
                slack_message("1", ESCAPED, user="U0DANA"),
                slack_message("2", ATTACK),
                slack_message("3", "card", blocks=card(ATTACK, ESCAPED, ATTACK, quote=ESCAPED, labels=(ATTACK, "No"))),
            ]
        },
        telegram={
            "7001": [
                telegram_message(1, ESCAPED),
                telegram_message(2, ATTACK, keyboard=[{"text": ATTACK, "callback_data": "a"}]),
            ]
        },
        examples=[{"text": ATTACK, "locale": "en", "platform": "slack", "person": "U0DANA", "what": ATTACK}],
    )
    made["slack"]["people"][0]["name"] = ATTACK
    made["slack"]["channels"][0]["name"] = ATTACK
    made["telegram"]["chats"][2]["title"] = ATTACK
    return made


async def images_in_panes(page: Page) -> int:
    return await page.locator(".pane img, dialog img").count()


async def test_markup_in_a_title_is_shown_as_the_words_it_is(open_page: Open) -> None:
    with StateServer(attacked_state(), csp=None) as server:
        page = await open_page(server)
        await page.get_by_test_id("examples-toggle").click()
        await expect(page.get_by_test_id("example")).to_contain_text(ATTACK)
        await expect(page.locator(".block-header")).to_have_text(ATTACK)
        await expect(page.locator(".field")).to_have_text([ATTACK, ATTACK])
        assert await page.locator(".slack .mrkdwn").all_inner_texts() == [ATTACK] * 5
        assert await page.locator(".telegram .tghtml").all_inner_texts() == [ATTACK, ATTACK]
        await expect(page.get_by_test_id("telegram-button")).to_have_text(ATTACK)
        assert (await images_in_panes(page), await page.evaluate("window.attacked ?? null")) == (0, None)


async def test_without_the_text_nodes_the_same_title_runs(open_page: Open) -> None:
    with StateServer(attacked_state(), csp=None, swaps={"dom.js": UNSAFE}) as server:
        page = await open_page(server)
        await page.wait_for_function("window.attacked === true")
        assert await images_in_panes(page) > 0


async def test_the_content_policy_holds_where_the_text_nodes_would_not(open_page: Open) -> None:
    with StateServer(attacked_state(), csp=CSP, swaps={"dom.js": UNSAFE}) as server:
        page = await open_page(server)
        await page.evaluate(SETTLED)
        assert await images_in_panes(page) > 0
        assert await page.evaluate("window.attacked ?? null") is None


async def test_a_link_leads_only_to_addresses_that_a_chat_may_open(open_page: Open) -> None:
    slack = {"D0DANA": [slack_message("1", "<javascript:alert(1)|press> <https://example.org/?a=1&amp;b=2|agenda>")]}
    html = '<a href="javascript:alert(1)">press</a> <a href="https://example.org/?a=1&amp;b=2">agenda</a>'
    with StateServer(state(slack=slack, telegram={"7001": [telegram_message(1, html)]})) as server:
        page = await open_page(server)
        links = "[...document.querySelectorAll('.pane a')].map((each) => [each.textContent, each.href, each.rel])"
        agenda = ["agenda", "https://example.org/?a=1&b=2", "noopener noreferrer nofollow"]
        assert await page.evaluate(links) == [agenda, agenda]
        await expect(page.get_by_test_id("telegram-message")).to_contain_text("press agenda")


async def test_marks_of_both_platforms_are_drawn(open_page: Open) -> None:
    said = "*bold* _soft_ ~gone~ `code` 2*3*4 &amp;lt; <@U0ADAM>\n&gt; quoted"
    html = "<b>bold <i>both</i></b> <u>under</u> <s>gone</s> <code>code</code> &amp;lt; <blink>no</blink>"
    chats = {"7001": [telegram_message(1, html)]}
    with StateServer(state(slack={"D0DANA": [slack_message("1", said)]}, telegram=chats)) as server:
        page = await open_page(server)
        shape = '(name) => document.querySelector(name).innerHTML.replace(/ (dir|class)="[^"]*"/g, \'\')'
        assert await page.evaluate(shape, ".slack .mrkdwn") == (
            "<p><strong>bold</strong> <em>soft</em> <s>gone</s> <code>code</code> 2*3*4 &amp;lt; "
            "<bdi>@Adam Cohen</bdi></p><blockquote><p>quoted</p></blockquote>"
        )
        assert await page.evaluate(shape, ".telegram .tghtml") == (
            "<p><strong>bold </strong><strong><em>both</em></strong> <u>under</u> <s>gone</s> <code>code</code> "
            "&amp;lt; &lt;blink&gt;no&lt;/blink&gt;</p>"
        )
