"""The real SDK over HTTP: what is asked of Slack, and what its answers mean to the core."""

import logging
from typing import Any

import pytest
from aiohttp import web

from bots.slack.outbound import SlackPlatform, Who, open_slack
from bots.slack.render import card_message
from core.kernel.errors import ChatGone, Unreachable, Upstream
from core.kernel.messages import Address, MessageRef
from core.kernel.principal import ChatUser
from core.kernel.settings import Settings
from tests.contract.slack.standin import BOT_ID, BOT_USER, MEMBER, TEAM, TOKEN, SlackApi, html_page, refusal
from tests.unit.slack.block_kit import problems
from tests.unit.slack.cards import ENGLISH, HEBREW_DONE

pytestmark = pytest.mark.contract

CHANNEL = Address("slack", TEAM, "C1")
THREAD = Address("slack", TEAM, "C1", "1690000000.1")
REF = MessageRef("slack", TEAM, "C1", "1690000000.7")
DANA = ChatUser("slack", TEAM, "U1")
QUIET = {"unfurl_links": False, "unfurl_media": False}


def blocks(card: Any, locale: str) -> list[dict[str, Any]]:
    return [block.to_dict() for block in card_message(card, locale)[1]]


async def test_a_card_is_posted_whole(api: SlackApi, platform: SlackPlatform) -> None:
    ref = await platform.post(THREAD, ENGLISH, "en")
    assert (ref, api.of("chat.postMessage")) == (
        MessageRef("slack", TEAM, "C1", "1700000000.000001"),
        [
            {
                "channel": "C1",
                "thread_ts": "1690000000.1",
                "text": "\u2068Move &lt;Keynote&gt; &amp; lunch\u2069 · \u2068\u2068Starts\u2069: \u206812:00\u2069 "
                "instead of \u206810:00\u2069\u2069 (Waiting for a decision)",
                "blocks": blocks(ENGLISH, "en"),
                **QUIET,
            }
        ],
    )


async def test_a_decided_card_replaces_the_first_and_loses_its_buttons(api: SlackApi, platform: SlackPlatform) -> None:
    await platform.replace(REF, HEBREW_DONE, "he")
    (body,) = api.of("chat.update")
    assert (body, [block["type"] for block in body["blocks"]].count("actions")) == (
        {
            "channel": "C1",
            "ts": "1690000000.7",
            "text": "\u200f\u200f\u2068להזיז את Keynote\u2069 · \u2068\u2068התחלה\u2069: \u206812:00\u2069 במקום "
            "\u206810:00\u2069\u2069 (בוצע)",
            "blocks": blocks(HEBREW_DONE, "he"),
        },
        0,
    )


async def test_a_sentence_is_said_plainly(api: SlackApi, platform: SlackPlatform) -> None:
    ref = await platform.say(CHANNEL, "<!channel> & **https://evil.example**")
    assert (ref, api.of("chat.postMessage")) == (
        MessageRef("slack", TEAM, "C1", "1700000000.000001"),
        [
            {
                "channel": "C1",
                "text": "&lt;!channel&gt; &amp; https://evil.example",
                "mrkdwn": False,
                "parse": "none",
                **QUIET,
            }
        ],
    )


async def test_a_long_text_is_said_in_pieces_and_the_last_is_the_reference(
    api: SlackApi, platform: SlackPlatform
) -> None:
    ref = await platform.say(THREAD, "word " * 2000)
    said = api.of("chat.postMessage")
    assert ([len(body["text"]) for body in said], {body["thread_ts"] for body in said}, ref.message) == (
        [3999, 3999, 1999],
        {"1690000000.1"},
        "1700000000.000003",
    )


async def test_an_empty_text_is_still_a_message(api: SlackApi, platform: SlackPlatform) -> None:
    await platform.say(CHANNEL, " \n")
    assert [body["text"] for body in api.of("chat.postMessage")] == ["…"]


async def test_a_message_to_a_person_lands_in_their_channel(api: SlackApi, platform: SlackPlatform) -> None:
    api.script["chat.postMessage"] = [web.json_response({"ok": True, "channel": "D9", "ts": "1.5"})]
    assert await platform.say(Address("slack", TEAM, "U9"), "hi") == MessageRef("slack", TEAM, "D9", "1.5")


async def test_a_whisper_is_seen_by_one_person_where_they_look(api: SlackApi, platform: SlackPlatform) -> None:
    await platform.whisper(DANA, THREAD, "<only> you")
    assert api.of("chat.postEphemeral") == [
        {
            "channel": "C1",
            "user": "U1",
            "thread_ts": "1690000000.1",
            "text": "&lt;only&gt; you",
            "parse": "none",
        }
    ]


@pytest.mark.parametrize("error", ["user_not_in_channel", "not_in_channel", "channel_not_found", "is_archived"])
async def test_a_whisper_to_somebody_who_is_not_there_goes_to_them_directly(
    api: SlackApi, platform: SlackPlatform, error: str
) -> None:
    api.script["chat.postEphemeral"] = [refusal(error)]
    await platform.whisper(DANA, THREAD, "only you")
    assert api.of("chat.postMessage") == [
        {"channel": "DU1", "text": "only you", "mrkdwn": False, "parse": "none", **QUIET}
    ]


async def test_a_whisper_that_fails_otherwise_is_not_repeated_elsewhere(api: SlackApi, platform: SlackPlatform) -> None:
    api.script["chat.postEphemeral"] = [refusal("internal_error", 500), None, refusal("user_not_found")]
    for expected in (Upstream, Upstream, Unreachable):
        with pytest.raises(expected):
            await platform.whisper(DANA, CHANNEL, "only you")
    assert api.of("chat.postMessage") == []


async def test_a_person_who_cannot_be_written_to_is_unreachable(api: SlackApi, platform: SlackPlatform) -> None:
    api.script["chat.postEphemeral"] = [refusal("user_not_in_channel")]
    api.script["conversations.open"] = [refusal("cannot_dm_bot")]
    with pytest.raises(Unreachable):
        await platform.whisper(DANA, CHANNEL, "only you")


@pytest.mark.parametrize(
    ("answer", "expected", "after"),
    [
        (refusal("ratelimited", 429, Retry_After="7"), Upstream, 7.0),
        (refusal("ratelimited", 429), Upstream, 1.0),
        (refusal("ratelimited", 429, Retry_After="soon"), Upstream, 1.0),
        (html_page(429), Upstream, 1.0),
        (html_page(502), Upstream, None),
        (html_page(502, "application/json"), Upstream, None),
        (refusal("internal_error", 500), Upstream, None),
        (refusal("service_unavailable", 503, Retry_After="30"), Upstream, 30.0),
        (refusal("fatal_error"), Upstream, None),
        (refusal("invalid_auth"), Upstream, None),
        (refusal("missing_scope"), Upstream, None),
        (refusal("something_new"), Upstream, None),
        (web.json_response([1]), Upstream, None),
        (web.json_response(None), Upstream, None),
        (web.Response(body=b"\xff{", content_type="application/json"), Upstream, None),
        (web.json_response({"ok": True}), Upstream, None),
        (None, Upstream, None),
        (refusal("channel_not_found"), ChatGone, None),
        (refusal("is_archived"), ChatGone, None),
        (refusal("not_in_channel"), ChatGone, None),
        (refusal("account_inactive"), Upstream, None),
        (refusal("restricted_action"), ChatGone, None),
    ],
)
async def test_what_slacks_answers_mean(
    api: SlackApi,
    platform: SlackPlatform,
    answer: web.Response | None,
    expected: type[Upstream | Unreachable],
    after: float | None,
) -> None:
    api.script["chat.postMessage"] = [answer]
    with pytest.raises(expected) as raised:
        await platform.post(CHANNEL, ENGLISH, "en")
    assert (type(raised.value), getattr(raised.value, "retry_after", None), len(api.of("chat.postMessage"))) == (
        expected,
        after,
        1,
    )


@pytest.mark.parametrize("error", ["msg_blocks_too_long", "msg_too_long", "invalid_blocks"])
async def test_a_card_that_is_not_taken_is_tried_once_more_in_its_shortest_form(
    api: SlackApi, platform: SlackPlatform, error: str
) -> None:
    api.script["chat.postMessage"] = [refusal(error), refusal(error), refusal(error)]
    with pytest.raises(Unreachable):
        await platform.post(CHANNEL, ENGLISH, "en")
    await platform.post(CHANNEL, ENGLISH, "en")
    assert len(api.of("chat.postMessage")) == 4


@pytest.mark.parametrize("error", ["message_not_found", "cant_update_message", "edit_window_closed"])
async def test_a_card_that_cannot_be_edited_any_more_is_unreachable(
    api: SlackApi, platform: SlackPlatform, error: str
) -> None:
    api.script["chat.update"] = [refusal(error)]
    with pytest.raises(Unreachable):
        await platform.replace(REF, ENGLISH, "en")


async def test_nothing_listens() -> None:
    nowhere = Settings(slack_bot_token=TOKEN, slack_api_url="http://127.0.0.1:1")  # pyright: ignore[reportArgumentType] (pydantic makes the secret)
    async with open_slack(nowhere) as platform:
        with pytest.raises(Upstream):
            await platform.say(CHANNEL, "hello")


async def test_without_a_token_nothing_opens() -> None:
    with pytest.raises(ValueError, match="SLACK_BOT_TOKEN"):
        async with open_slack(Settings()):
            pass


async def test_a_full_member_is_vouched_for(api: SlackApi, platform: SlackPlatform) -> None:
    assert (await platform.verified_email(DANA), api.of("users.info")) == ("dana@crew.example", [{"user": "U1"}])


@pytest.mark.parametrize(
    "change",
    [
        {"deleted": True},
        {"is_bot": True},
        {"is_workflow_bot": True},
        {"is_restricted": True},
        {"is_ultra_restricted": True},
        {"is_stranger": True},
        {"team_id": "TELSEWHERE"},
        {"team_id": None},
        {"id": "U2"},
        {"is_email_confirmed": False},
        {"is_email_confirmed": None},
        {"profile": {}},
        {"profile": {"email": ""}},
        {"profile": {"email": ["dana@crew.example"]}},
        {"profile": None},
    ],
)
async def test_nobody_else_is_vouched_for(api: SlackApi, platform: SlackPlatform, change: dict[str, Any]) -> None:
    api.person = MEMBER | change
    assert await platform.verified_email(DANA) is None


async def test_twin_without_the_checks_a_stranger_has_an_address(api: SlackApi, platform: SlackPlatform) -> None:
    """Slack tells the addresses of guests and of people from elsewhere as readily; only the flags tell them apart."""
    api.person = MEMBER | {"is_stranger": True, "team_id": "TELSEWHERE"}
    answer: Any = await platform.client.users_info(user="U1")
    assert (answer["user"]["profile"]["email"], await platform.verified_email(DANA)) == ("dana@crew.example", None)


async def test_somebody_whom_slack_does_not_know_is_unreachable(api: SlackApi, platform: SlackPlatform) -> None:
    api.script["users.info"] = [refusal("user_not_found")]
    with pytest.raises(Unreachable):
        await platform.verified_email(DANA)


async def test_the_bot_asks_once_who_it_is(api: SlackApi, platform: SlackPlatform) -> None:
    api.script["auth.test"] = [html_page(502)]
    assert api.calls == []
    with pytest.raises(Upstream):
        await platform.whoami()
    who = [await platform.whoami() for _ in range(3)]
    bot = Who(team=TEAM, team_name="Aleph", user=BOT_USER, name="eventflow", bot_id=BOT_ID)
    assert (who, len(api.of("auth.test"))) == ([bot] * 3, 2)


async def test_no_call_logs_the_token_or_what_is_said(
    api: SlackApi, platform: SlackPlatform, caplog: pytest.LogCaptureFixture
) -> None:
    api.script["chat.postMessage"] = [html_page(502), None, refusal("invalid_blocks"), refusal("invalid_auth")]
    failures: list[BaseException] = []
    with caplog.at_level(logging.DEBUG):
        for _ in range(4):
            with pytest.raises((Upstream, Unreachable)) as raised:
                await platform.say(CHANNEL, "a private word")
            failures += [raised.value, raised.value.__cause__ or raised.value]
        await platform.say(CHANNEL, "a private word")
    written = "\n".join([caplog.text, *map(repr, failures), repr(platform)])
    assert ("xoxb" in written, "private word" in written, repr(platform)) == (False, False, "SlackPlatform()")
    assert [line for line in caplog.messages if line.startswith("Slack")] == [
        "Slack refuses for now: an answer without a code",
        "Slack does not take what was sent: invalid_blocks",
        "Slack refuses for now: invalid_auth",
    ]


def button(action_id: str) -> dict[str, Any]:
    return {"type": "button", "action_id": action_id, "text": {"type": "plain_text", "text": "x"}}


def with_block(**block: Any) -> dict[str, Any]:
    return {"channel": "C1", "text": "x", "blocks": [block]}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"channel": "C1", "text": "x"}, []),
        ({"channel": "C1", "text": ""}, ["text must have 1 to 40000 characters"]),
        ({"channel": "C1", "text": "x" * 40_001}, ["text must have 1 to 40000 characters"]),
        ({"text": "x"}, ["channel is missing"]),
        ({"channel": "C1", "text": "x", "blocks": [{"type": "divider"}] * 51}, ["too many blocks"]),
        (with_block(type="no_such_block"), ["blocks[0]: unknown type no_such_block"]),
        (with_block(type="section"), ["blocks[0]: text or fields attribute must be specified"]),
        (
            with_block(type="section", fields=[{"type": "mrkdwn", "text": "x" * 2001}]),
            ["blocks[0]: a field has 2001 characters"],
        ),
        (
            with_block(type="header", text={"type": "mrkdwn", "text": "x"}),
            ["blocks[0]: a header takes no mrkdwn"],
        ),
        (with_block(type="actions", elements=[button("a"), button("a")]), ["action_id a is there twice"]),
        (with_block(type="context", elements=[{"type": "mrkdwn", "text": ""}]), ["blocks[0]: an element is empty"]),
    ],
)
def test_the_validator_finds_what_is_wrong(body: dict[str, Any], expected: list[str]) -> None:
    assert problems("chat.postMessage", body) == [f"chat.postMessage: {wrong}" for wrong in expected]


@pytest.mark.parametrize(
    ("address", "channel"), [(CHANNEL, "DU1"), (Address("slack", TEAM, "D7", "1690000000.1"), "D7")]
)
async def test_a_question_is_asked_directly_where_a_thread_answers_it(
    api: SlackApi, platform: SlackPlatform, address: Address, channel: str
) -> None:
    ref = await platform.ask(DANA, address, "Which room?")
    [posted] = api.of("chat.postMessage")
    assert (posted["channel"], posted["text"], "thread_ts" in posted) == (channel, "Which room?", False)
    assert ref.channel == channel


async def test_a_document_is_sent_and_shared_in_the_thread(api: SlackApi, platform: SlackPlatform) -> None:
    await platform.document(THREAD, "דוח.txt", b"12345")
    [asked], [shared] = api.of("files.getUploadURLExternal"), api.of("files.completeUploadExternal")
    assert (asked["filename"], str(asked["length"]), api.uploads) == ("דוח.txt", "5", [b"12345"])
    assert (shared["channel_id"], shared["thread_ts"]) == (THREAD.channel, THREAD.thread)


@pytest.mark.parametrize(
    ("method", "answer", "told"),
    [
        ("files.getUploadURLExternal", refusal("missing_scope"), Upstream),
        ("files.completeUploadExternal", refusal("not_in_channel"), Unreachable),
        ("upload", html_page(500), Upstream),
    ],
)
async def test_a_document_that_does_not_get_there_is_told(
    api: SlackApi, platform: SlackPlatform, method: str, answer: web.Response, told: type[Exception]
) -> None:
    api.script[method] = [answer]
    with pytest.raises(told):
        await platform.document(CHANNEL, "a.txt", b"1")
