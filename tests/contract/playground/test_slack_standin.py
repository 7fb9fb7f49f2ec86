"""The playground's Slack as Bolt and slack_sdk meet it: deliveries, retries, what is refused and why."""

import asyncio
import json
from typing import Any
from urllib.parse import parse_qs

import pytest
from pydantic import SecretStr
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import SignatureVerifier

from bots.playground.post import Delivery, Post
from bots.serving import Site, bind, serve
from tests.contract.playground.ground import BLOCKS, SIGNING, Playground, Program

pytestmark = pytest.mark.contract

_MENTION = {"person": "U0DANA", "channel": "C0MANAGERS", "text": "@EventFlow what is on? a<b"}


def _events(ground: Playground) -> list[dict[str, Any]]:
    return [json.loads(body) for _path, body, _headers in ground.program.got]


async def _refusal(ground: Playground, method: str, **arguments: Any) -> dict[str, Any]:
    with pytest.raises(SlackApiError) as refused:
        await ground.slack().api_call(method, json=arguments)
    answer = refused.value.response.data
    assert isinstance(answer, dict)
    return answer


async def test_a_mention_is_the_event_that_slack_sends(ground: Playground) -> None:
    said = (await ground.post("slack/say", _MENTION)).json()
    await ground.program.wait(1)
    [event] = _events(ground)
    path, body, headers = ground.program.got[0]
    assert (path, headers["content-type"]) == ("slack/events", "application/json")
    assert SignatureVerifier(SIGNING.get_secret_value()).is_valid_request(body, headers)
    drawn = {key: event.pop(key) for key in ("event_id", "event_time")}
    assert drawn["event_id"].startswith("Ev")
    assert event["event"].pop("client_msg_id")
    assert event == {
        "type": "event_callback",
        "token": "unused",
        "team_id": "T0EVENTFLOW",
        "api_app_id": "A0EVENTFLOW",
        "authorizations": [{"enterprise_id": None, "team_id": "T0EVENTFLOW", "user_id": "U0EVENTBOT", "is_bot": True}],
        "event": {
            "type": "app_mention",
            "user": "U0DANA",
            "team": "T0EVENTFLOW",
            "text": "<@U0EVENTBOT> what is on? a&lt;b",
            "ts": said["ts"],
            "event_ts": said["ts"],
            "channel": "C0MANAGERS",
        },
    }


async def test_a_channel_is_not_heard_without_the_bots_name(ground: Playground) -> None:
    await ground.post("slack/say", {**_MENTION, "text": "nobody asked, @EventFlowers"})
    await ground.post("slack/say", {**_MENTION, "thread_ts": "1.000001"})
    await ground.program.wait(1)
    assert [event["event"].get("thread_ts") for event in _events(ground)] == ["1.000001"]


async def test_bolt_takes_a_press_with_its_own_verifier(ground: Playground) -> None:
    posted = await ground.slack().chat_postMessage(
        channel="C0MANAGERS", thread_ts="1.000001", text="card", blocks=BLOCKS
    )
    press = {"person": "U0ADAM", "channel": "C0MANAGERS", "ts": str(posted["ts"]), "action_id": "go"}
    await ground.post("slack/press", press)
    await ground.program.wait(1)
    pressed: list[dict[str, Any]] = []

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None, team_id="T0EVENTFLOW", bot_token="xoxb-1", bot_id="B", bot_user_id="U"
        )

    async def listen(ack: Any, body: dict[str, Any]) -> None:
        pressed.append(body)
        await ack()

    app = AsyncApp(signing_secret=SIGNING.get_secret_value(), authorize=authorize, process_before_response=True)
    app.action("go")(listen)
    _path, body, headers = ground.program.got[0]
    request = AsyncBoltRequest(body=body.decode(), headers=dict(headers))
    assert (await app.async_dispatch(request)).status == 200
    assert [each["actions"][0]["value"] for each in pressed] == ["v"]
    assert pressed[0]["container"] == {
        "type": "message",
        "message_ts": posted["ts"],
        "channel_id": "C0MANAGERS",
        "is_ephemeral": False,
        "thread_ts": "1.000001",
    }
    assert pressed[0]["message"]["blocks"] == [{**BLOCKS[0], "block_id": "b1"}, BLOCKS[1]]


async def test_an_event_that_nobody_takes_comes_three_more_times_and_holds_up_nobody() -> None:
    program = Program(refuse=6)
    site = Site(program.app(), "127.0.0.1", 0)
    listener = bind(site)
    stop, ready = asyncio.Event(), asyncio.Event()
    serving = asyncio.create_task(serve([(site, listener)], stop, ready))
    await ready.wait()
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/slack/events"
    tries = iter("1234")
    post = Post(pauses=(0.2, 0.0, 0.0))
    async with post.running():
        post.send(Delivery(url, b"press", lambda: {}, is_repeated=False))
        post.send(Delivery(url, b"event", lambda: {"x-try": next(tries)}, is_repeated=True))
        post.send(Delivery(url, b"other", lambda: {}, is_repeated=False))
        await program.wait(6)
    stop.set()
    await serving
    assert [body for _path, body, _headers in program.got] == [b"press", b"event", b"other", *[b"event"] * 3]
    shown = ("x-try", "x-slack-retry-num", "x-slack-retry-reason")
    events = [headers for _path, body, headers in program.got if body == b"event"]
    assert [tuple(headers.get(name) for name in shown) for headers in events] == [
        ("1", None, None),
        ("2", "1", "http_error"),
        ("3", "2", "http_error"),
        ("4", "3", "http_error"),
    ]


async def test_only_the_bots_own_words_can_be_changed(ground: Playground) -> None:
    said = (await ground.post("slack/say", {**_MENTION, "text": "mine"})).json()["ts"]
    here = {"channel": "C0MANAGERS", "ts": said, "text": "x"}
    assert (await _refusal(ground, "chat.update", **here))["error"] == "cant_update_message"
    assert (await _refusal(ground, "chat.delete", **here))["error"] == "cant_delete_message"
    assert (await _refusal(ground, "chat.update", **here | {"ts": "1.1"}))["error"] == "message_not_found"
    assert (await _refusal(ground, "chat.update", **here | {"channel": "C1"}))["error"] == "channel_not_found"


async def test_what_only_one_person_sees_is_theirs_to_press_and_never_changed(ground: Playground) -> None:
    slack = ground.slack()
    whispered = await slack.chat_postEphemeral(channel="C0MANAGERS", user="U0DANA", text="psst", blocks=BLOCKS)
    here = {"channel": "C0MANAGERS", "ts": str(whispered["message_ts"])}
    assert (await _refusal(ground, "chat.update", **here, text="x"))["error"] == "message_not_found"
    presses = [
        await ground.post("slack/press", {"person": who, **here, "action_id": "go"}) for who in ("U0ADAM", "U0DANA")
    ]
    assert [answer.status_code for answer in presses] == [404, 200]
    await ground.program.wait(1)
    payload = json.loads(parse_qs(ground.program.got[0][1].decode())["payload"][0])
    assert (payload["user"]["id"], payload["container"]["is_ephemeral"]) == ("U0DANA", True)
    assert "message" not in payload
    for channel, user in (("C0MANAGERS", "U1"), ("D0ADAM", "U0DANA")):
        refused = await _refusal(ground, "chat.postEphemeral", channel=channel, user=user, text="x")
        assert refused["error"] == "user_not_in_channel"


async def test_bad_blocks_are_refused_with_the_place(ground: Playground) -> None:
    blocks = [BLOCKS[0], {"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}]
    where = "must be less than 151 characters [json-pointer:/blocks/1/text/text]"
    assert await _refusal(ground, "chat.postMessage", channel="C0MANAGERS", text="x", blocks=blocks) == {
        "ok": False,
        "error": "invalid_blocks",
        "errors": [where],
        "response_metadata": {"messages": [f"[ERROR] {where}"]},
    }
    broken = await _refusal(ground, "chat.postMessage", channel="C0MANAGERS", text="x", blocks="[{")
    assert broken["error"] == "invalid_blocks_format"


async def test_an_edit_with_text_alone_takes_the_blocks_away_and_blocks_alone_keep_the_text(ground: Playground) -> None:
    slack = ground.slack()
    posted = await slack.chat_postMessage(channel="U0DANA", text="one")
    here = {"channel": str(posted["channel"]), "ts": str(posted["ts"])}
    assert here["channel"] == "D0DANA"
    blocks = [{**BLOCKS[0], "block_id": "given"}]
    await slack.api_call("chat.update", json={**here, "blocks": blocks})
    [kept] = (await ground.state())["slack"]["messages"]["D0DANA"]
    assert (kept["text"], kept["blocks"]) == ("one", blocks)
    await slack.chat_update(channel=here["channel"], ts=here["ts"], text="two")
    [bare] = (await ground.state())["slack"]["messages"]["D0DANA"]
    assert (bare["text"], bare["blocks"], bare["edited"]) == ("two", [], True)


async def test_people_are_found_by_id_and_by_address(ground: Playground) -> None:
    slack = ground.slack()
    guest = (await slack.users_info(user="U0GUEST"))["user"]
    assert guest is not None
    assert (guest["is_restricted"], guest["team_id"]) == (True, "T0EVENTFLOW")
    found = (await slack.users_lookupByEmail(email="Dana@example.org"))["user"]
    assert found is not None
    assert (found["id"], found["locale"]) == ("U0DANA", "he-IL")
    assert (await _refusal(ground, "users.lookupByEmail", email="x@y.example"))["error"] == "users_not_found"
    opened = (await slack.conversations_open(users=["U0SAM"]))["channel"]
    assert opened == {"id": "D0SAM"}
    channel = (await slack.conversations_info(channel="D0SAM"))["channel"]
    assert channel is not None
    assert (channel["is_im"], channel["user"]) == (True, "U0SAM")


async def test_reactions_need_a_message_and_every_call_its_token(ground: Playground) -> None:
    slack = ground.slack()
    posted = await slack.chat_postMessage(channel="C0MANAGERS", text="x")
    await slack.reactions_add(channel="C0MANAGERS", timestamp=str(posted["ts"]), name="eyes")
    gone = await _refusal(ground, "reactions.add", channel="C0MANAGERS", timestamp="1.1", name="eyes")
    assert gone["error"] == "message_not_found"
    with pytest.raises(SlackApiError) as nameless:
        await ground.slack(SecretStr("")).api_call("auth.test", headers={"Authorization": ""})
    assert nameless.value.response["error"] == "not_authed"
    assert (await _refusal(ground, "chat.unheardOf"))["error"] == "unknown_method"
