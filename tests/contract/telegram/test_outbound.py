"""The real SDK over HTTP: what is asked of Telegram, and what its answers mean to the core."""

import logging

import httpx
import pytest
from aiohttp import web

from bots.telegram.outbound import TelegramPlatform, open_telegram
from bots.telegram.render import card_message
from core.kernel.errors import ChatGone, Unreachable, Upstream
from core.kernel.messages import Address, MessageRef
from core.kernel.principal import ChatUser
from core.kernel.settings import Settings
from tests.contract.telegram.bot_api_description import needs_description, problems
from tests.contract.telegram.standin import BOT_ID, TOKEN, BotApi, as_json, html_page, refusal
from tests.unit.telegram.cards import ENGLISH, HEBREW_DONE, SUGGESTION

pytestmark = pytest.mark.contract

CHAT = Address("telegram", BOT_ID, "-1001", "9")
REF = MessageRef("telegram", BOT_ID, "-1001", "77")
NO_PREVIEW = {"is_disabled": True}
UNPARSABLE = "Bad Request: can't parse entities: Unsupported start tag at byte offset 3"


async def test_a_card_is_posted_whole(api: BotApi, platform: TelegramPlatform) -> None:
    ref = await platform.post(CHAT, ENGLISH, "en")
    (form,) = api.of("sendMessage")
    nested = {name: as_json(form.pop(name)) for name in ("link_preview_options", "reply_markup")}
    assert (ref, form, nested) == (
        MessageRef("telegram", BOT_ID, "-1001", "101"),
        {"chat_id": "-1001", "message_thread_id": "9", "parse_mode": "HTML", "text": card_message(ENGLISH, "en")[0]},
        {
            "link_preview_options": NO_PREVIEW,
            "reply_markup": {
                "inline_keyboard": [
                    [
                        {"text": "Approve", "callback_data": f"approve:{SUGGESTION.hex}", "style": "success"},
                        {"text": "Reject", "callback_data": f"menu.reject:{SUGGESTION.hex}", "style": "danger"},
                    ]
                ]
            },
        },
    )


async def test_a_decided_card_replaces_the_first_and_loses_its_buttons(api: BotApi, platform: TelegramPlatform) -> None:
    await platform.replace(REF, HEBREW_DONE, "he")
    (form,) = api.of("editMessageText")
    assert form == {
        "chat_id": "-1001",
        "message_id": "77",
        "parse_mode": "HTML",
        "text": card_message(HEBREW_DONE, "he")[0],
        "link_preview_options": '{"is_disabled": true}',
    }


async def test_a_long_text_is_said_in_pieces_and_the_last_is_the_reference(
    api: BotApi, platform: TelegramPlatform
) -> None:
    ref = await platform.say(CHAT, "word " * 2000)
    assert (len(api.of("sendMessage")), ref.message) == (3, "103")


async def test_a_whisper_goes_to_the_person_alone(api: BotApi, platform: TelegramPlatform) -> None:
    await platform.whisper(ChatUser("telegram", BOT_ID, "42"), CHAT, "<only> you")
    assert [(form["chat_id"], form.get("message_thread_id"), form["text"]) for form in api.of("sendMessage")] == [
        ("42", None, "&lt;only&gt; you")
    ]


async def test_nobody_has_a_verified_email(platform: TelegramPlatform) -> None:
    assert await platform.verified_email(ChatUser("telegram", BOT_ID, "42")) is None


@pytest.mark.parametrize(
    ("answer", "expected", "after"),
    [
        (refusal(429, "Too Many Requests: retry after 7", retry_after=7), Upstream, 7.0),
        (refusal(429, "Too Many Requests"), Upstream, None),
        (html_page(502), Upstream, None),
        (refusal(500, "Internal Server Error"), Upstream, None),
        (refusal(401, "Unauthorized"), Upstream, None),
        (refusal(409, "Conflict: terminated by other getUpdates request"), Upstream, None),
        (web.json_response({"ok": True}), Upstream, None),
        (web.Response(text="<html>hello</html>", content_type="text/html"), Upstream, None),
        (refusal(403, "Forbidden: bot was blocked by the user"), ChatGone, None),
        (refusal(400, "Bad Request: chat not found"), ChatGone, None),
    ],
)
async def test_what_a_refusal_means(
    api: BotApi, platform: TelegramPlatform, answer: web.Response, expected: type[Exception], after: float | None
) -> None:
    api.script["sendMessage"] = [answer]
    with pytest.raises((Upstream, Unreachable)) as raised:
        await platform.post(CHAT, ENGLISH, "en")
    assert (type(raised.value), getattr(raised.value, "retry_after", None)) == (expected, after)
    assert TOKEN not in f"{raised.value!r} {raised.value.__cause__!r} {platform!r}"


@pytest.mark.parametrize("words", ["message thread not found", "TOPIC_CLOSED"])
async def test_what_cannot_go_into_its_topic_goes_to_the_group(
    api: BotApi, platform: TelegramPlatform, words: str
) -> None:
    api.script["sendMessage"] = [refusal(400, f"Bad Request: {words}")]
    await platform.post(CHAT, ENGLISH, "en")
    assert [form.get("message_thread_id") for form in api.of("sendMessage")] == [CHAT.thread, None]


@pytest.mark.parametrize(
    "words",
    ["message to edit not found", "message can't be edited", "MESSAGE_ID_INVALID", "chat not found"],
)
async def test_a_card_that_is_gone_is_given_up(api: BotApi, platform: TelegramPlatform, words: str) -> None:
    api.script["editMessageText"] = [refusal(400, f"Bad Request: {words}")]
    with pytest.raises(Unreachable):
        await platform.replace(REF, ENGLISH, "en")


async def test_a_card_that_already_says_so_is_success(api: BotApi, platform: TelegramPlatform) -> None:
    words = "Bad Request: message is not modified: specified new message content is exactly the same"
    api.script["editMessageText"] = [refusal(400, words)]
    await platform.replace(REF, ENGLISH, "en")
    assert len(api.of("editMessageText")) == 1


async def test_markup_that_telegram_refuses_is_sent_as_plain_text(api: BotApi, platform: TelegramPlatform) -> None:
    api.script = {"sendMessage": [refusal(400, UNPARSABLE)], "editMessageText": [refusal(400, UNPARSABLE)]}
    await platform.post(CHAT, ENGLISH, "en")
    await platform.replace(REF, ENGLISH, "en")
    second = [api.of(method)[1] for method in ("sendMessage", "editMessageText")]
    assert [(form["text"].split("\n")[0], "parse_mode" in form, "reply_markup" in form) for form in second] == [
        ("Move <Keynote> & lunch", False, True)
    ] * 2


async def test_a_plain_card_that_already_says_so_is_success_too(api: BotApi, platform: TelegramPlatform) -> None:
    api.script["editMessageText"] = [refusal(400, UNPARSABLE), refusal(400, "Bad Request: message is not modified")]
    await platform.replace(REF, ENGLISH, "en")
    assert len(api.of("editMessageText")) == 2


async def test_a_group_that_became_a_supergroup_gets_the_card_there(api: BotApi, platform: TelegramPlatform) -> None:
    moved = refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-100777)
    api.script["sendMessage"] = [moved]
    ref = await platform.post(Address("telegram", BOT_ID, "-5"), ENGLISH, "en")
    assert (ref.channel, [form["chat_id"] for form in api.of("sendMessage")]) == ("-100777", ["-5", "-100777"])


async def test_a_card_of_before_the_migration_is_posted_anew_and_never_edits_a_strangers_message(
    api: BotApi, platform: TelegramPlatform
) -> None:
    moved = refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-100777)
    api.script["editMessageText"] = [moved]
    await platform.replace(MessageRef("telegram", BOT_ID, "-5", "77"), HEBREW_DONE, "he")
    assert (
        [form["chat_id"] for form in api.of("editMessageText")],
        [(form["chat_id"], form["text"]) for form in api.of("sendMessage")],
    ) == (["-5"], [("-100777", card_message(HEBREW_DONE, "he")[0])])


async def test_a_whisper_to_somebody_who_never_started_the_bot_is_unreachable(
    api: BotApi, platform: TelegramPlatform
) -> None:
    api.script["sendMessage"] = [refusal(403, "Forbidden: bot can't initiate conversation with a user")]
    with pytest.raises(Unreachable):
        await platform.whisper(ChatUser("telegram", BOT_ID, "42"), CHAT, "only you")
    assert [form["chat_id"] for form in api.of("sendMessage")] == ["42"]


async def test_a_proxy_of_the_environment_is_not_asked_for_an_api_on_this_machine(
    api: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    async with open_telegram(api.settings(), introduce=False) as opened:
        await opened.say(CHAT, "hello")
    assert len(api.of("sendMessage")) == 1


async def test_an_address_of_another_platform_is_unreachable(platform: TelegramPlatform) -> None:
    with pytest.raises(Unreachable):
        await platform.post(Address("telegram", BOT_ID, "C0123"), ENGLISH, "en")


async def test_nothing_listens() -> None:
    nowhere = Settings(telegram_bot_token=TOKEN, telegram_api_url="http://127.0.0.1:1")  # pyright: ignore[reportArgumentType] (pydantic makes the secret)
    async with open_telegram(nowhere) as platform:
        await platform.typing(CHAT)
        with pytest.raises(Upstream):
            await platform.say(CHAT, "hello")


async def test_the_bot_introduces_itself_as_soon_as_telegram_answers(api: BotApi) -> None:
    api.script["getMe"] = [html_page(502)]
    async with open_telegram(api.settings()) as platform:
        await api.asked("setMyCommands", 3)
        name = await platform.username()
    commands = [(form.get("language_code"), as_json(form["commands"])) for form in api.of("setMyCommands")]
    english = [
        {"command": "pending", "description": "What waits for my decision"},
        {"command": "mine", "description": "What I asked for"},
        {"command": "help", "description": "What I can do for you"},
        {"command": "start", "description": "Say hello and link your account"},
    ]
    hebrew = [
        {"command": "pending", "description": "מה ממתין להחלטה שלי"},
        {"command": "mine", "description": "מה ביקשתי"},
        {"command": "help", "description": "מה אפשר לבקש ממני"},
        {"command": "start", "description": "שלום וחיבור החשבון"},
    ]
    assert (name, commands, len(api.of("getMe"))) == (
        "EventFlowBot",
        [(None, english), ("en", english), ("he", hebrew)],
        2,
    )


async def test_the_deep_link_asks_for_the_name_once(api: BotApi, platform: TelegramPlatform) -> None:
    links = [await platform.deep_link("aZ_9-"), await platform.deep_link("b")]
    assert (links, len(api.of("getMe"))) == (
        ["https://t.me/EventFlowBot?start=aZ_9-", "https://t.me/EventFlowBot?start=b"],
        1,
    )
    with pytest.raises(ValueError, match="allowed"):
        await platform.deep_link("no spaces")


async def test_no_call_logs_the_token(
    api: BotApi, platform: TelegramPlatform, caplog: pytest.LogCaptureFixture
) -> None:
    logging.getLogger("bots").setLevel(logging.DEBUG)
    api.script["sendMessage"] = [
        html_page(502),
        refusal(403, 'Forbidden: bot was told "a private word'),
        *[refusal(400, 'Bad Request: no user "a private word"') for _ in range(2)],
    ]
    with pytest.raises(Upstream):
        await platform.say(CHAT, "a private word")
    for _ in range(2):
        with pytest.raises(Unreachable):
            await platform.say(CHAT, "a private word")
    await platform.say(CHAT, "a private word")
    assert [line for line in caplog.messages if TOKEN in line or "private word" in line] == []


@needs_description
@pytest.mark.parametrize(
    ("method", "form", "expected"),
    [
        ("sendMessage", {"chat_id": "1", "text": "hi"}, []),
        ("sendMesage", {}, ["unknown method sendMesage"]),
        ("sendMessage", {"chat_id": "1"}, ["sendMessage: text is missing"]),
        ("sendMessage", {"chat_id": "1", "text": "x", "txt": "x"}, ["sendMessage: unknown argument txt"]),
        (
            "sendMessage",
            {"chat_id": "1", "text": "é" * 4097},
            ["sendMessage.text has 4097 characters, stated are 1 to 4096"],
        ),
        (
            "sendMessage",
            {"chat_id": "1", "text": "<b></b>", "parse_mode": "HTML"},
            ["sendMessage.text has 0 characters, stated are 1 to 4096"],
        ),
        (
            "sendMessage",
            {"chat_id": "1", "text": "<u>x", "parse_mode": "HTML"},
            ["sendMessage.text: bad markup at 0: '<u>x'"],
        ),
        ("editMessageText", {"message_id": "seven"}, ["editMessageText.message_id: 'seven' is no Integer"]),
        (
            "sendMessage",
            {
                "chat_id": "1",
                "text": "x",
                "reply_markup": '{"inline_keyboard": [[{"text": "x", "callback_data": "' + "ש" * 33 + '"}]]}',
            },
            ["sendMessage.reply_markup.inline_keyboard[0][0].callback_data has 66 bytes, stated are 1 to 64"],
        ),
        (
            "sendMessage",
            {"chat_id": "1", "text": "x", "reply_markup": '{"inline_keyboard": [[{"txt": "x", "style": "green"}]]}'},
            [
                "sendMessage.reply_markup.inline_keyboard[0][0]: unknown field txt",
                "sendMessage.reply_markup.inline_keyboard[0][0].text is missing",
                "sendMessage.reply_markup.inline_keyboard[0][0].style must be one of "
                '"danger" (red), "success" (green) or "primary" (blue)',
            ],
        ),
    ],
)
def test_the_validator_finds_what_is_wrong(method: str, form: dict[str, str], expected: list[str]) -> None:
    assert problems(method, form) == expected


@needs_description
async def test_the_stand_in_notes_a_request_that_the_description_forbids(api: BotApi) -> None:
    async with httpx.AsyncClient(trust_env=False) as http:
        await http.post(f"{api.url}/bot{TOKEN}/sendMessage", data={"chat_id": "1"})
    noted, api.problems = api.problems, []
    assert noted == ["sendMessage: text is missing"]
