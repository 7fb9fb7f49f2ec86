"""What a platform answers instead of yes, to what is sent and to what is edited: it comes later, once, and true."""

from collections.abc import Callable

import pytest
from aiohttp import web

from tests.contract.field.stage import PHONE, Stage
from tests.contract.slack.standin import html_page as slack_page
from tests.contract.slack.standin import refusal as slack_refusal
from tests.contract.telegram.standin import html_page as telegram_page
from tests.contract.telegram.standin import refusal as telegram_refusal
from tests.owner import owner_rows

pytestmark = pytest.mark.db

ANSWER = "Nothing is on there."
_STATES = "select is_lost, shown_status from public.card_copies where channel = %s"
_POST, _EDIT = "chat.postMessage", "chat.update"

Answer = Callable[[], web.Response]
IN_SLACK: dict[str, Answer] = {
    "empty-200": lambda: web.Response(status=200),
    "empty-json-200": lambda: web.Response(status=200, content_type="application/json"),
    "html-200": lambda: slack_page(200),
    "html-200-called-json": lambda: slack_page(200, "application/json"),
    "html-503": lambda: slack_page(503),
    "list": lambda: web.json_response([]),
    "no-error-named": lambda: web.json_response({"ok": False}),
    "unknown-error": lambda: slack_refusal("an_error_nobody_knows"),
    "unknown-error-400": lambda: slack_refusal("an_error_nobody_knows", 400),
    "ratelimited": lambda: slack_refusal("ratelimited"),
    "ratelimited-429": lambda: slack_refusal("ratelimited", 429),
    "ratelimited-429-after": lambda: slack_refusal("ratelimited", 429, Retry_After="1"),
    "429-without-json": lambda: web.Response(status=429, text="slow down", headers={"Retry-After": "1"}),
}
IN_TELEGRAM: dict[str, Answer] = {
    "empty-200": lambda: web.Response(status=200),
    "empty-json-200": lambda: web.Response(status=200, content_type="application/json"),
    "html-200": lambda: telegram_page(200),
    "html-502": lambda: telegram_page(502),
    "list": lambda: web.json_response([]),
    "no-result": lambda: web.json_response({"ok": True}),
    "unknown-error": lambda: telegram_refusal(400, "Bad Request: AN_ERROR_NOBODY_KNOWS"),
    "unknown-error-418": lambda: telegram_refusal(418, "I'm a teapot"),
    "no-error-named": lambda: web.json_response({"ok": False}),
    "unknown-error-200": lambda: web.json_response({"ok": False, "description": "Something new"}),
    "429": lambda: telegram_refusal(429, "Too Many Requests"),
    "429-after": lambda: telegram_refusal(429, "Too Many Requests: retry after 1", retry_after=1),
}


def state(stage: Stage, channel: str) -> list[str]:
    """Return what the copies in a chat show."""
    rows = owner_rows(stage.owner_url, _STATES, [channel])
    return ["lost" if row["is_lost"] else row["shown_status"] for row in rows]


@pytest.mark.parametrize("answer", IN_SLACK)
async def test_an_answer_and_a_card_reach_slack_after_an_odd_reply(stage: Stage, answer: str) -> None:
    stage.slack.script[_POST] = [IN_SLACK[answer]()]
    assert await stage.direct("what is on?") == 200
    await stage.until(lambda: len(stage.said("D1")) == 2)
    await stage.settle()
    assert [call["text"] for call in stage.slack.answers] == [ANSWER]
    stage.slack.script[_POST] = [IN_SLACK[answer](), IN_SLACK[answer]()]
    assert await stage.direct(stage.wish()) == 200
    await stage.until(lambda: state(stage, "D1") == ["suggested"])
    assert len([card for card in stage.slack.answers if card.get("blocks")]) == 1


@pytest.mark.parametrize("answer", IN_TELEGRAM)
async def test_an_answer_and_a_card_reach_telegram_after_an_odd_reply(stage: Stage, answer: str) -> None:
    stage.telegram.script["sendMessage"] = [IN_TELEGRAM[answer]()]
    assert await stage.message({"text": "what is on?"}) == 200
    await stage.until(lambda: len(stage.texts()) == 2)
    await stage.settle()
    assert [form["text"] for _, form in stage.telegram.sent] == [ANSWER]
    stage.telegram.script["sendMessage"] = [IN_TELEGRAM[answer](), IN_TELEGRAM[answer]()]
    assert await stage.message({"text": stage.wish()}) == 200
    await stage.until(lambda: state(stage, str(PHONE)) == ["suggested"])
    assert len(stage.phone_cards()) == 1


@pytest.mark.parametrize("answer", IN_SLACK)
async def test_a_card_of_slack_is_edited_after_an_odd_reply_and_the_last_state_wins(stage: Stage, answer: str) -> None:
    assert await stage.direct(stage.wish()) == 200
    await stage.settle()
    [card] = [card for card in stage.slack.answers if card.get("blocks")]
    stage.slack.script[_EDIT] = [IN_SLACK[answer]()]
    # A rival changes what the card says, Slack does not take it, and the decision comes meanwhile.
    assert await stage.direct(stage.wish(title="Y"), channel="D2") == 200
    await stage.until(lambda: bool(stage.slack.of(_EDIT)))
    [approve, *_] = stage.keys(card)
    assert await stage.presses(approve, card) == 200
    await stage.until(lambda: state(stage, "D1") == ["executed"])
    await stage.settle()
    last = [call for call in stage.slack.of(_EDIT) if call["ts"] == card["ts"]][-1]
    assert [each["action_id"] for each in stage.keys(last)] == ["decide_undo"]
    assert (sorted(stage.status()), state(stage, "D1")) == (["executed", "superseded"], ["executed"])


@pytest.mark.parametrize("answer", IN_TELEGRAM)
async def test_a_card_of_telegram_is_edited_after_an_odd_reply_and_the_last_state_wins(
    stage: Stage, answer: str
) -> None:
    assert await stage.message({"text": stage.wish()}) == 200
    await stage.settle()
    [(number, carried)] = stage.phone_cards()
    approve, reject = carried[:2]
    stage.telegram.script["editMessageText"] = [IN_TELEGRAM[answer]()]
    await stage.presses_phone(number, reject)  # opens a menu, which Telegram does not take
    await stage.until(lambda: bool(stage.telegram.of("editMessageText")))
    await stage.presses_phone(number, approve)
    await stage.until(lambda: state(stage, str(PHONE)) == ["executed"])
    await stage.settle()
    [(_, left)] = stage.phone_cards()
    assert (stage.status(), [data.partition(":")[0] for data in left]) == (["executed"], ["undo"])


async def test_what_telegram_refuses_twice_is_told_to_who_asked(stage: Stage) -> None:
    why = "Bad Request: AN_ERROR_NOBODY_KNOWS"
    stage.telegram.refuse = lambda _method, form: telegram_refusal(400, why) if "reply_markup" in form else None
    assert await stage.message({"text": stage.wish()}) == 200
    await stage.settle()
    told = [form["text"].partition(" Whoever")[0] for _, form in stage.telegram.sent if form["chat_id"] == str(PHONE)]
    assert told == ["It waits for approval.", "Your suggestion is kept, but its card cannot be shown here."]


async def test_a_card_that_says_so_already_is_not_lost(stage: Stage) -> None:
    assert await stage.message({"text": stage.wish()}) == 200
    await stage.settle()
    [(number, [approve, *_])] = stage.phone_cards()
    why = "Bad Request: message is not modified: specified new message content and reply markup are exactly the same"
    stage.telegram.script["editMessageText"] = [telegram_refusal(400, why)]
    await stage.presses_phone(number, approve)
    await stage.settle()
    assert (state(stage, str(PHONE)), len(stage.telegram.of("editMessageText"))) == (["executed"], 1)
