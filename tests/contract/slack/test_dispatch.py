"""A stored payload goes through the real Bolt: what reaches the core, what the presser hears, what is tried again."""

import logging
from typing import Any

import pytest
from slack_bolt.error import BoltUnhandledRequestError

from bots.slack import app as slack_app
from bots.slack.app import build_app, dispatch
from bots.slack.home.asked import HomeAsked
from bots.slack.inbound import parse
from bots.slack.outbound import SlackPlatform
from core.flows.desk import Desk
from core.flows.home import Home
from core.kernel.breakages import Unwatched
from core.kernel.cards import Sheet
from core.kernel.errors import Upstream
from core.kernel.messages import Decision, InboundMessage, MessageRef
from core.kernel.principal import ChatUser
from tests.contract.slack.standin import BOT_USER, SlackApi, html_page, refusal
from tests.unit.slack.payloads import direct, event, mention, press

pytestmark = pytest.mark.contract

NOTHING = Desk(waiting=(), waiting_count=0, mine=(), mine_count=0, decided=(), decided_count=0)
EMPTY = Home(desk=NOTHING, locale="en", events=())


class Core:
    """Notes what it is told; answers a press with ``reply``, or fails."""

    def __init__(self, reply: str | Exception | None = None) -> None:
        self.reply = reply
        self.messages: list[InboundMessage] = []
        self.decisions: list[Decision] = []
        self.opened: list[Decision] = []
        self.homes: list[HomeAsked] = []

    async def on_message(self, message: InboundMessage) -> None:
        self.messages.append(message)
        if isinstance(self.reply, Exception):
            raise self.reply

    async def on_decision(self, decision: Decision) -> str | None:
        self.decisions.append(decision)
        if isinstance(self.reply, Exception):
            raise self.reply
        return self.reply

    async def on_open(self, decision: Decision) -> Sheet | str:
        self.opened.append(decision)
        return "There is nothing to approve."

    async def on_home(self, asked: HomeAsked) -> Home | str:
        self.homes.append(asked)
        return EMPTY

    @property
    def parts(self) -> slack_app.Core:
        return slack_app.Core(
            on_message=self.on_message,
            on_decision=self.on_decision,
            on_open=self.on_open,
            on_home=self.on_home,
            watch=Unwatched(),
        )


async def run(platform: SlackPlatform, core: Core, *payloads: dict[str, Any]) -> None:
    app = build_app(platform, core.parts)
    for payload in payloads:
        await dispatch(app, payload)


@pytest.mark.parametrize(
    "payload",
    [
        direct("who is next?"),
        direct("in a thread", thread_ts="1690000000.1"),
        direct("with a file", subtype="file_share"),
        direct("also to the channel", subtype="thread_broadcast"),
        mention(f"<@{BOT_USER}> who is next?"),
        direct("link aZ_9-aZ_9-aZ_9-aZ_9-"),
    ],
)
async def test_a_message_reaches_the_core_once(api: SlackApi, platform: SlackPlatform, payload: dict[str, Any]) -> None:
    core = Core()
    await run(platform, core, payload)
    assert (core.messages, core.decisions, api.of("chat.postMessage")) == ([parse(payload, BOT_USER)], [], [])
    assert core.messages != [None]


async def test_our_own_words_stay_ours(api: SlackApi, platform: SlackPlatform) -> None:
    core = Core()
    await run(platform, core, direct(user=BOT_USER))
    assert core.messages == []


async def test_slack_is_asked_once_who_we_are_however_much_arrives(api: SlackApi, platform: SlackPlatform) -> None:
    await run(platform, Core(), *([direct(), mention(), press()] * 3))
    assert [call.method for call in api.calls] == ["auth.test"]


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        (press(), press()),
        (press("nonsense", "other"), press("nonsense", "other")),
        (press(None, "line\nbreak"), press(None, "line\nbreak")),
    ],
)
async def test_a_press_is_decided_and_answered_to_the_presser_alone(
    api: SlackApi, platform: SlackPlatform, payload: dict[str, Any], expected: dict[str, Any]
) -> None:
    core = Core("Only a <manager> may approve.")
    await run(platform, core, payload)
    assert (core.decisions, api.of("chat.postEphemeral")) == (
        [parse(expected, BOT_USER)],
        [{"channel": "C1", "user": "U1", "text": "Only a &lt;manager&gt; may approve.", "parse": "none"}],
    )


async def test_the_presser_is_answered_in_the_thread_of_the_card(api: SlackApi, platform: SlackPlatform) -> None:
    card = press()["message"] | {"thread_ts": "1690000000.1"}
    await run(platform, Core("Done already."), press(message=card))
    assert [body["thread_ts"] for body in api.of("chat.postEphemeral")] == ["1690000000.1"]


async def test_a_press_that_the_card_itself_answers_says_nothing(api: SlackApi, platform: SlackPlatform) -> None:
    core = Core(None)
    await run(platform, core, press())
    assert (len(core.decisions), [call.method for call in api.calls]) == (1, ["auth.test"])


HOME = {"type": "home", "private_metadata": '{"of": "risk.high", "page": 2}'}
IN_HOME: dict[str, Any] = {"container": {"type": "view", "view_id": "V1"}, "view": HOME, "channel": None}
DANA = ChatUser("slack", "T1", "U1")


def opened(**more: Any) -> dict[str, Any]:
    return event({"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "home", **more})


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        (opened(), HomeAsked(DANA)),
        (opened(view=HOME), HomeAsked(DANA, "risk.high", 2)),
        (press("3", "home_page_3", **IN_HOME), HomeAsked(DANA, "risk.high", 3)),
    ],
)
async def test_a_home_tab_is_published_for_who_looks_at_it(
    api: SlackApi, platform: SlackPlatform, payload: dict[str, Any], expected: HomeAsked
) -> None:
    core = Core()
    await run(platform, core, payload)
    [published] = api.of("views.publish")
    assert (core.homes, published["user_id"], published["view"]["type"]) == ([expected], "U1", "home")


async def test_the_messages_tab_publishes_nothing(api: SlackApi, platform: SlackPlatform) -> None:
    core = Core()
    await run(platform, core, opened(tab="messages"))
    assert (core.homes, api.of("views.publish")) == ([], [])


async def test_a_press_in_the_home_tab_is_decided_and_answered_in_it(api: SlackApi, platform: SlackPlatform) -> None:
    core = Core("Dana already approved this.")
    await run(platform, core, press(**IN_HOME))
    [published] = api.of("views.publish")
    said = [block["text"]["text"] for block in published["view"]["blocks"] if block["type"] == "section"]
    assert (core.decisions[0].pressed, core.homes) == (
        MessageRef("slack", "T1", "U1", ""),
        [HomeAsked(DANA, "risk.high", 2)],
    )
    assert ("Dana already approved this." in said, api.of("chat.postEphemeral")) == (True, [])


async def test_an_app_without_a_home_tab_loses_nothing(api: SlackApi, platform: SlackPlatform) -> None:
    api.script["views.publish"] = [refusal("not_enabled")]
    core = Core()
    await run(platform, core, press(**IN_HOME))
    assert len(core.decisions) == 1


async def test_a_presser_who_cannot_be_reached_is_no_failure(api: SlackApi, platform: SlackPlatform) -> None:
    api.script["chat.postEphemeral"] = [refusal("user_not_in_channel")]
    api.script["conversations.open"] = [refusal("user_disabled")]
    core = Core("Done already.")
    await run(platform, core, press())
    assert len(core.decisions) == 1


async def test_an_answer_that_did_not_get_through_is_tried_again_by_the_job(
    api: SlackApi, platform: SlackPlatform
) -> None:
    api.script["chat.postEphemeral"] = [html_page(502)]
    with pytest.raises(Upstream):
        await run(platform, Core("Done already."), press())


@pytest.mark.parametrize("payload", [direct(), mention(), press()])
@pytest.mark.parametrize("failure", [RuntimeError("bug"), Upstream(retry_after=7)])
async def test_a_failing_flow_fails_the_job(
    api: SlackApi, platform: SlackPlatform, payload: dict[str, Any], failure: Exception
) -> None:
    with pytest.raises(type(failure)) as raised:
        await run(platform, Core(failure), payload)
    assert raised.value is failure


async def test_twin_without_the_error_handler_bolt_swallows_the_failure(api: SlackApi, platform: SlackPlatform) -> None:
    async def swallow(error: Exception) -> None:
        """What Bolt's own handler does, short of printing the traceback."""

    core = Core(RuntimeError("bug"))
    app = build_app(platform, core.parts)
    app.error(swallow)
    await dispatch(app, direct())
    assert len(core.messages) == 1


async def test_a_message_waits_while_slack_does_not_say_who_we_are(api: SlackApi, platform: SlackPlatform) -> None:
    api.script["auth.test"] = [html_page(502)]
    core = Core()
    with pytest.raises(Upstream):
        await run(platform, core, direct())
    await run(platform, core, direct())
    assert len(core.messages) == 1


@pytest.mark.parametrize(
    "payload",
    [
        direct() | {"team_id": "T2", "authorizations": [{"team_id": "T2"}]},
        press(team={"id": "T2"}, response_url="http://127.0.0.1:1/never"),
    ],
)
async def test_another_workspace_gets_no_answer_and_waits_for_a_worker_that_has_its_token(
    api: SlackApi, platform: SlackPlatform, caplog: pytest.LogCaptureFixture, payload: dict[str, Any]
) -> None:
    core = Core("secret")
    with pytest.raises(Upstream):
        await run(platform, core, payload)
    assert (core.messages, core.decisions, [call.method for call in api.calls], caplog.messages) == (
        [],
        [],
        ["auth.test"],
        ["a payload of another workspace waits"],
    )


async def test_what_was_stored_and_nobody_handles_does_not_vanish(api: SlackApi, platform: SlackPlatform) -> None:
    with pytest.raises(BoltUnhandledRequestError):
        await run(platform, Core(), event({"type": "reaction_added", "user": "U1"}))


async def test_nothing_that_people_say_and_no_token_is_logged(
    api: SlackApi, platform: SlackPlatform, caplog: pytest.LogCaptureFixture
) -> None:
    core = Core(RuntimeError("bug"))
    with caplog.at_level(logging.DEBUG):
        for payload in (direct("a private word"), event({"type": "team_join", "text": "a private word"})):
            with pytest.raises((RuntimeError, BoltUnhandledRequestError)):
                await run(platform, core, payload)
    assert ("private word" in caplog.text, "xoxb" in caplog.text) == (False, False)
