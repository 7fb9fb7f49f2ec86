"""A stored payload goes through the real Bolt: what reaches the core, what the presser hears, what is tried again."""

import logging
from typing import Any

import pytest
from slack_bolt.error import BoltUnhandledRequestError

from bots.slack.app import build_app, dispatch
from bots.slack.inbound import parse
from bots.slack.outbound import SlackPlatform
from core.kernel.cards import Card
from core.kernel.errors import Upstream
from core.kernel.messages import Decision, InboundMessage
from core.kernel.principal import Locale
from tests.contract.slack.standin import BOT_USER, SlackApi, html_page, refusal
from tests.unit.slack.payloads import direct, event, mention, press

pytestmark = pytest.mark.contract


class Core:
    """Notes what it is told; answers a press with ``reply``, or fails."""

    def __init__(self, reply: str | Exception | None = None) -> None:
        self.reply = reply
        self.messages: list[InboundMessage] = []
        self.decisions: list[Decision] = []
        self.reviews: list[Decision] = []

    async def on_message(self, message: InboundMessage) -> None:
        self.messages.append(message)
        if isinstance(self.reply, Exception):
            raise self.reply

    async def on_decision(self, decision: Decision) -> str | None:
        self.decisions.append(decision)
        if isinstance(self.reply, Exception):
            raise self.reply
        return self.reply

    async def on_review(self, decision: Decision) -> tuple[Card, Locale] | str:
        self.reviews.append(decision)
        return "There is nothing to approve."


async def run(platform: SlackPlatform, core: Core, *payloads: dict[str, Any]) -> None:
    app = build_app(platform, core.on_message, core.on_decision, core.on_review)
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
    app = build_app(platform, core.on_message, core.on_decision, core.on_review)
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
async def test_another_workspace_gets_no_answer_at_all(
    api: SlackApi, platform: SlackPlatform, caplog: pytest.LogCaptureFixture, payload: dict[str, Any]
) -> None:
    core = Core("secret")
    await run(platform, core, payload)
    assert (core.messages, core.decisions, [call.method for call in api.calls], caplog.messages) == (
        [],
        [],
        ["auth.test"],
        ["a payload of another workspace was left alone"],
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
