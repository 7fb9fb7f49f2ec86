"""A stored update meets the core, with the real SDK between: typing shows, and every press is answered."""

import asyncio
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import pytest
from aiohttp import web

from bots.telegram.app import dispatch
from bots.telegram.outbound import TelegramPlatform
from core.kernel.errors import Upstream
from core.kernel.messages import Address, Decision, InboundMessage, MessageRef
from core.kernel.principal import ChatUser
from tests.contract.telegram.standin import BOT_ID, BotApi, html_page, refusal

pytestmark = pytest.mark.contract

SUGGESTION = UUID("01936b2e-7a3c-7c1e-8f00-0123456789ab")
DANA = {"id": 42, "is_bot": False, "first_name": "Dana", "language_code": "he"}
GROUP = {"id": -1001, "type": "supergroup", "title": "Crew"}
PRIVATE_TEXT: dict[str, Any] = {
    "update_id": 5,
    "message": {"message_id": 1, "date": 1, "from": DANA, "chat": {"id": 42, "type": "private"}, "text": "hi"},
}
GROUP_TEXT: dict[str, Any] = {
    "update_id": 6,
    "message": {
        "message_id": 2,
        "date": 1,
        "from": DANA,
        "chat": GROUP,
        "message_thread_id": 9,
        "is_topic_message": True,
        "text": "@eventflowbot hi",
        "entities": [{"type": "mention", "offset": 0, "length": 13}],
    },
}
PRESS: dict[str, Any] = {
    "update_id": 7,
    "callback_query": {
        "id": "99",
        "from": DANA,
        "message": {"message_id": 77, "date": 1, "chat": GROUP},
        "chat_instance": "1",
        "data": f"approve:{SUGGESTION.hex}",
    },
}
DECISION = Decision(
    event_id="7",
    sender=ChatUser("telegram", BOT_ID, "42"),
    suggestion_id=SUGGESTION,
    verdict="approve",
    pressed=MessageRef("telegram", BOT_ID, "-1001", "77"),
)


EDIT: dict[str, Any] = {"update_id": 8, "edited_message": GROUP_TEXT["message"] | {"edit_date": 2}}


class Core:
    """Notes what it is told; answers a press with ``reply``, or fails."""

    def __init__(self, api: BotApi, reply: str | Exception | None = None) -> None:
        self.api = api
        self.reply = reply
        self.messages: list[InboundMessage] = []
        self.decisions: list[Decision] = []
        self.delivered: list[Mapping[str, Any]] = []
        """What came of the same message before."""

    async def on_message(self, message: InboundMessage) -> None:
        await self.api.asked("sendChatAction")
        self.messages.append(message)
        if isinstance(self.reply, Exception):
            raise self.reply

    async def on_decision(self, decision: Decision) -> str | None:
        self.decisions.append(decision)
        if isinstance(self.reply, Exception):
            raise self.reply
        return self.reply


async def run(platform: TelegramPlatform, payload: dict[str, Any], core: Core) -> None:
    async def delivered(_family: str) -> list[Mapping[str, Any]]:
        return core.delivered

    await dispatch(platform, payload, core.on_message, core.on_decision, delivered)


async def test_messages_reach_the_core_while_typing_shows(api: BotApi, platform: TelegramPlatform) -> None:
    core = Core(api)
    await run(platform, PRIVATE_TEXT, core)
    await run(platform, GROUP_TEXT, core)
    dana = ChatUser("telegram", BOT_ID, "42")
    assert (
        core.messages,
        [call.method for call in api.calls if call.method == "getMe"],
        api.of("sendChatAction")[0],
    ) == (
        [
            InboundMessage(
                event_id="5", sender=dana, address=Address("telegram", BOT_ID, "42"), text="hi", direct=True
            ),
            InboundMessage(
                event_id="6", sender=dana, address=Address("telegram", BOT_ID, "-1001", "9"), text="hi", direct=False
            ),
        ],
        ["getMe"],
        {"chat_id": "42", "action": "typing"},
    )


def earlier(number: int, **fields: Any) -> dict[str, Any]:
    return {"update_id": number, "message": GROUP_TEXT["message"] | fields}


@pytest.mark.parametrize(
    ("delivered", "is_read"),
    [
        ([], True),
        ([earlier(6)], False),
        ([earlier(6, text="what is on?", entities=[])], True),
        ([earlier(6, text="@someone_else hi")], True),
        ([earlier(6, text="@someone_else hi"), {**EDIT, "update_id": 7}], False),
        ([EDIT], True),  # this very delivery, when its job runs again
        ([{**EDIT, "update_id": 9}], True),
        ([earlier(6, **{"from": {"id": 1087968824, "is_bot": True}})], False),
    ],
)
async def test_an_edit_is_read_unless_an_earlier_text_was(
    api: BotApi, platform: TelegramPlatform, delivered: list[dict[str, Any]], is_read: bool
) -> None:
    core = Core(api)
    core.delivered = [*delivered]
    await run(platform, EDIT, core)
    assert [message.text for message in core.messages] == (["hi"] if is_read else [])


async def test_typing_that_fails_does_not_fail_the_message(api: BotApi, platform: TelegramPlatform) -> None:
    api.script["sendChatAction"] = [refusal(403, "Forbidden: bot was blocked by the user")]
    core = Core(api)
    await run(platform, PRIVATE_TEXT, core)
    assert len(core.messages) == 1


async def test_a_failing_flow_fails_the_job(api: BotApi, platform: TelegramPlatform) -> None:
    with pytest.raises(RuntimeError, match="bug"):
        await run(platform, PRIVATE_TEXT, Core(api, RuntimeError("bug")))


async def test_a_group_message_waits_while_the_name_is_unknown(api: BotApi, platform: TelegramPlatform) -> None:
    api.script["getMe"] = [html_page(502)]
    core = Core(api)
    with pytest.raises(Upstream):
        await run(platform, GROUP_TEXT, core)
    await run(platform, GROUP_TEXT, core)
    assert len(core.messages) == 1


@pytest.mark.parametrize(
    ("reply", "answered"),
    [
        (None, {"callback_query_id": "99"}),
        (
            "Only a manager may approve.",
            {"callback_query_id": "99", "text": "Only a manager may approve.", "show_alert": "true"},
        ),
        ("x" * 300, {"callback_query_id": "99", "text": "x" * 199 + "…", "show_alert": "true"}),
    ],
)
async def test_a_press_is_decided_and_answered(
    api: BotApi, platform: TelegramPlatform, reply: str | None, answered: dict[str, str]
) -> None:
    core = Core(api, reply)
    await run(platform, PRESS, core)
    assert (core.decisions, api.of("answerCallbackQuery")) == ([DECISION], [answered])


async def test_a_press_that_fails_is_answered_in_the_pressers_language_and_raised(
    api: BotApi, platform: TelegramPlatform
) -> None:
    with pytest.raises(RuntimeError, match="bug"):
        await run(platform, PRESS, Core(api, RuntimeError("bug")))
    assert api.of("answerCallbackQuery") == [
        {"callback_query_id": "99", "text": "משהו השתבש. הלחיצה נשמרה ותטופל שוב.", "show_alert": "true"}
    ]


async def test_the_flows_failure_is_told_even_if_the_answer_fails_too(api: BotApi, platform: TelegramPlatform) -> None:
    api.script["answerCallbackQuery"] = [html_page(502)]
    with pytest.raises(RuntimeError, match="bug"):
        await run(platform, PRESS, Core(api, RuntimeError("bug")))


@pytest.mark.parametrize(
    "words",
    ["query is too old and response timeout expired or query ID is invalid", "QUERY_ID_INVALID: query ID is invalid"],
)
async def test_an_answer_that_comes_too_late_is_written_to_the_presser_alone(
    api: BotApi, platform: TelegramPlatform, words: str
) -> None:
    api.script["answerCallbackQuery"] = [refusal(400, f"Bad Request: {words}")]
    await run(platform, PRESS, Core(api, "Only a manager may approve."))
    said = [(form["chat_id"], form["text"]) for form in api.of("sendMessage")]
    assert (len(api.of("answerCallbackQuery")), said) == (1, [("42", "Only a manager may approve.")])


async def test_a_late_answer_to_somebody_who_never_started_the_bot_ends_there(
    api: BotApi, platform: TelegramPlatform
) -> None:
    api.script = {
        "answerCallbackQuery": [refusal(400, "Bad Request: query is too old")],
        "sendMessage": [refusal(403, "Forbidden: bot can't initiate conversation with a user")],
    }
    await run(platform, PRESS, Core(api, "no"))
    assert len(api.of("sendMessage")) == 1


async def test_a_sentence_that_did_not_get_through_is_tried_again_by_the_job(
    api: BotApi, platform: TelegramPlatform
) -> None:
    api.script["answerCallbackQuery"] = [html_page(502)]
    with pytest.raises(Upstream):
        await run(platform, PRESS, Core(api, "Only a manager may approve."))


@pytest.mark.parametrize("answer", [html_page(502), refusal(429, "Too Many Requests: retry after 7", retry_after=7)])
async def test_a_decision_is_not_made_again_because_a_spinner_could_not_be_stopped(
    api: BotApi, platform: TelegramPlatform, answer: web.Response
) -> None:
    api.script["answerCallbackQuery"] = [answer]
    core = Core(api)
    await run(platform, PRESS, core)
    assert core.decisions == [DECISION]


async def test_an_anonymous_administrator_is_told_that_nobody_can_be_recognised(
    api: BotApi, platform: TelegramPlatform
) -> None:
    admin = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    message = GROUP_TEXT["message"] | {"from": admin, "sender_chat": GROUP}
    core = Core(api)
    await run(platform, {"update_id": 9, "message": message}, core)
    [said] = api.of("sendMessage")
    assert (core.messages, said["chat_id"], said["message_thread_id"]) == ([], "-1001", "9")
    assert said["text"].startswith("I cannot tell who you are")


async def test_a_press_that_cannot_be_read_is_answered_and_goes_nowhere(
    api: BotApi, platform: TelegramPlatform
) -> None:
    core = Core(api)
    await run(platform, {"update_id": 8, "callback_query": {"id": "99", "from": DANA}}, core)
    assert (core.decisions, api.of("answerCallbackQuery")) == ([], [{"callback_query_id": "99"}])


async def test_typing_ends_with_the_turn(api: BotApi, platform: TelegramPlatform) -> None:
    before = asyncio.all_tasks()
    await run(platform, PRIVATE_TEXT, Core(api))
    begun = asyncio.all_tasks() - before
    assert [task for task in begun if "repeat" in repr(task.get_coro())] == []
