"""The playground's modals as slack_sdk and Bolt meet them: opened, changed, submitted, refused."""

import asyncio
import json
from collections.abc import AsyncGenerator
from typing import Any

import pytest
import pytest_asyncio
from fastapi import Response
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.errors import SlackApiError
from slack_sdk.models.blocks import InputBlock, PlainTextInputElement, PlainTextObject
from slack_sdk.models.views import View

from bots.playground.post import Delivery, Post
from tests.contract.slack.modal_app import BUTTON, Json, ModalApp, modal, modal_app, plain, text_input

pytestmark = pytest.mark.contract

_WHO = {"id": "U0DANA", "username": "dana", "name": "dana", "team_id": "T0EVENTFLOW"}
_WHERE = {
    "team": {"id": "T0EVENTFLOW", "domain": "eventflow"},
    "api_app_id": "A0EVENTFLOW",
    "enterprise": None,
    "is_enterprise_install": False,
}


@pytest_asyncio.fixture
async def app() -> AsyncGenerator[ModalApp]:
    async with modal_app() as running:
        yield running
        assert running.unsigned == 0


def _option(value: str, text: str) -> Json:
    return {"text": plain(text), "value": value}


def _choice(kind: str, block: str, **more: Any) -> Json:
    element = {"type": kind, "action_id": "chosen", **more}
    return {"type": "input", "block_id": block, "label": plain("Choose"), "element": element}


_OPTIONS = [_option("a", "Hall A"), _option("b", "Hall B")]
FORM = modal(
    {"type": "header", "block_id": "h", "text": plain("Move the keynote")},
    {"type": "section", "block_id": "s", "text": {"type": "mrkdwn", "text": "*Hall B*"}},
    {"type": "divider", "block_id": "d"},
    {"type": "context", "block_id": "c", "elements": [{"type": "mrkdwn", "text": "high risk"}]},
    {"type": "image", "block_id": "i", "image_url": "https://example.org/map.png", "alt_text": "the floor"},
    text_input("word", "Type MOVE", max_length=10, placeholder=plain("MOVE")),
    {**text_input("why", "Why", multiline=True), "optional": True, "hint": plain("It is in the log.")},
    _choice("checkboxes", "boxes", options=_OPTIONS),
    _choice("radio_buttons", "radio", options=_OPTIONS, initial_option=_OPTIONS[0]),
    _choice("static_select", "select", options=_OPTIONS),
    _choice("datepicker", "day", initial_date="2026-05-01"),
    _choice("timepicker", "time", initial_time="09:30"),
    {
        "type": "actions",
        "block_id": "more",
        "elements": [{"type": "button", "action_id": "log", "text": plain("The log"), "value": "7"}],
    },
    callback_id="approve",
    private_metadata="id=7",
    close=plain("Not now"),
)


async def _refusal(app: ModalApp, method: str, **arguments: Any) -> Json:
    with pytest.raises(SlackApiError) as refused:
        await app.slack.api_call(method, json=arguments)
    answer = refused.value.response.data
    assert isinstance(answer, dict)
    return answer


async def test_a_press_opens_a_modal_for_who_pressed(app: ModalApp) -> None:
    View(**FORM).validate_json()
    view = await app.opened(FORM)
    View(**view).validate_json()
    drawn = {name: view.pop(name) for name in ("id", "root_view_id", "hash")}
    assert drawn["id"] == drawn["root_view_id"]
    assert drawn["hash"]
    assert {name: value for name, value in view.items() if name not in {"title", "submit", "close", "blocks"}} == {
        "type": "modal",
        "team_id": "T0EVENTFLOW",
        "app_id": "A0EVENTFLOW",
        "app_installed_team_id": "T0EVENTFLOW",
        "bot_id": "B0EVENTBOT",
        "callback_id": "approve",
        "external_id": "",
        "private_metadata": "id=7",
        "clear_on_close": False,
        "notify_on_close": False,
        "previous_view_id": None,
        "state": {"values": {}},
    }
    assert [block["block_id"] for block in view["blocks"]] == [block["block_id"] for block in FORM["blocks"]]
    assert {person: each["id"] for person, each in (await app.views()).items()} == {"U0DANA": drawn["id"]}


async def test_the_sdks_models_and_a_form_are_taken_too(app: ModalApp) -> None:
    element = PlainTextInputElement(action_id="a", max_length=5)
    block = InputBlock(label=PlainTextObject(text="Why"), element=element)
    trigger = (await app.pressed())["trigger_id"]
    view = View(type="modal", title="Approve", submit="Send", blocks=[block])
    opened = (await app.slack.views_open(trigger_id=trigger, view=view))["view"]
    assert opened is not None
    form = {"view_id": opened["id"], "view": json.dumps(modal({"type": "divider"}))}
    assert (await app.slack.api_call("views.update", data=form))["view"]["blocks"][0]["type"] == "divider"  # pyright: ignore[reportOptionalSubscript]


async def test_a_trigger_is_used_once_and_must_be_slacks(app: ModalApp) -> None:
    trigger = (await app.pressed())["trigger_id"]
    await app.slack.views_open(trigger_id=trigger, view=FORM)
    again = await _refusal(app, "views.open", trigger_id=trigger, view=FORM)
    assert again == {"ok": False, "error": "exchanged_trigger_id"}
    other = await _refusal(app, "views.open", trigger_id="12345.98765.abcd2358fdea", view=FORM)
    assert other == {"ok": False, "error": "invalid_trigger_id"}


async def test_a_view_that_slack_does_not_take_is_refused_with_the_place(app: ModalApp) -> None:
    trigger = (await app.pressed())["trigger_id"]
    assert await _refusal(app, "views.open", trigger_id=trigger, view={**FORM, "title": plain("x" * 25)}) == {
        "ok": False,
        "error": "invalid_arguments",
        "response_metadata": {"messages": ["[ERROR] must be less than 25 characters [json-pointer:/view/title/text]"]},
    }
    assert await app.views() == {}


async def test_an_update_names_the_view_and_may_insist_on_its_hash(app: ModalApp) -> None:
    opened = await app.opened({**FORM, "external_id": "ours"})
    slack, shorter = app.slack, modal({"type": "divider"}, external_id="ours")
    first = (await slack.views_update(view_id=opened["id"], hash=opened["hash"], view=shorter))["view"]
    assert first is not None
    View(**first).validate_json()
    assert (first["id"], len(first["blocks"]), first["hash"] == opened["hash"]) == (opened["id"], 1, False)
    late = await _refusal(app, "views.update", view_id=opened["id"], hash=opened["hash"], view=FORM)
    assert late == {"ok": False, "error": "hash_conflict"}
    second = (await slack.views_update(external_id="ours", view=FORM))["view"]
    assert second is not None
    assert (second["id"], second["external_id"]) == (opened["id"], "")
    gone = await _refusal(app, "views.update", external_id="ours", view=FORM)
    assert gone == {"ok": False, "error": "not_found"}
    both = await _refusal(app, "views.update", view_id=opened["id"], external_id="", view=FORM)
    assert both["response_metadata"] == {"messages": ["[ERROR] Cannot provide both `view_id` and `external_id`"]}
    none = await _refusal(app, "views.update", view=FORM)
    assert none["response_metadata"] == {
        "messages": ["[ERROR] missing required field: view_id [json-pointer:/view_id]"]
    }


_TYPED = {"word": {"typed": "MOVE"}, "boxes": {"chosen": ["b"]}, "select": {"chosen": "a"}}


async def _submit(app: ModalApp, view: Json, values: Json | None = None, person: str = "U0DANA") -> Json:
    answer = await app.act("slack/submit", person=person, view_id=view["id"], values=values or _TYPED)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_submission_is_the_payload_that_slack_sends_and_an_empty_answer_closes(app: ModalApp) -> None:
    opened = await app.opened(FORM)
    assert await _submit(app, opened) == {"ok": True, "result": "closed"}
    sent = app.payloads[-1]
    hall_a, hall_b = ({**each, "text": {**each["text"], "emoji": True}} for each in _OPTIONS)
    values = {
        "word": {"typed": {"type": "plain_text_input", "value": "MOVE"}},
        "why": {"typed": {"type": "plain_text_input", "value": None}},
        "boxes": {"chosen": {"type": "checkboxes", "selected_options": [hall_b]}},
        "radio": {"chosen": {"type": "radio_buttons", "selected_option": hall_a}},
        "select": {"chosen": {"type": "static_select", "selected_option": hall_a}},
        "day": {"chosen": {"type": "datepicker", "selected_date": "2026-05-01"}},
        "time": {"chosen": {"type": "timepicker", "selected_time": "09:30"}},
    }
    View(**sent["view"]).validate_json()
    assert sent.pop("trigger_id")
    assert sent == {
        "type": "view_submission",
        "user": _WHO,
        **_WHERE,
        "response_urls": [],
        "view": {**opened, "state": {"values": values}},
    }
    assert await app.views() == {}
    gone = await _refusal(app, "views.update", view_id=opened["id"], view=FORM)
    assert gone == {"ok": False, "error": "not_found"}


async def test_bolt_takes_a_submission_with_its_own_verifier(app: ModalApp) -> None:
    await _submit(app, await app.opened(FORM))

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None, team_id="T0EVENTFLOW", bot_token="xoxb-1", bot_id="B", bot_user_id="U"
        )

    async def refuse(ack: Any, view: Json) -> None:
        typed = view["state"]["values"]["word"]["typed"]["value"]
        await ack(response_action="errors", errors={"word": f"Not {typed}"})

    bolt = AsyncApp(signing_secret="signing", authorize=authorize, process_before_response=True)
    bolt.view("approve")(refuse)
    body, headers = app.requests[-1]
    answer = await bolt.async_dispatch(AsyncBoltRequest(body=body.decode(), headers=dict(headers)))
    assert (answer.status, json.loads(answer.body)) == (
        200,
        {"response_action": "errors", "errors": {"word": "Not MOVE"}},
    )


async def test_an_input_that_must_be_filled_is_asked_for_before_the_app_is(app: ModalApp) -> None:
    opened = await app.opened(FORM)
    before = len(app.payloads)
    required = {"kind": "required", "limit": 0}
    assert await _submit(app, opened, {"word": {"typed": "MOVE THE KEYNOTE"}}) == {
        "ok": False,
        "result": "incomplete",
        "problems": {"word": {"kind": "too_long", "limit": 10}, "boxes": required, "select": required},
    }
    assert len(app.payloads) == before
    assert list(await app.views()) == ["U0DANA"]


async def test_errors_keep_the_modal_open(app: ModalApp) -> None:
    opened = await app.opened(FORM)
    app.answer({"response_action": "errors", "errors": {"word": "Type MOVE exactly."}})
    refused = {"ok": False, "result": "errors", "errors": {"word": "Type MOVE exactly."}}
    assert await _submit(app, opened) == refused
    assert (await app.views())["U0DANA"]["hash"] == opened["hash"]
    assert await _submit(app, opened) == {"ok": True, "result": "closed"}


async def test_an_update_shows_another_view_under_the_same_id(app: ModalApp) -> None:
    opened = await app.opened(FORM)
    app.answer({"response_action": "update", "view": modal(text_input("word", "Once more"))})
    assert await _submit(app, opened) == {"ok": True, "result": "updated"}
    shown = (await app.views())["U0DANA"]
    assert (shown["id"], [block["block_id"] for block in shown["blocks"]]) == (opened["id"], ["word"])
    app.answer({"response_action": "clear"})
    assert await _submit(app, opened, {"word": {"typed": "x"}}) == {"ok": True, "result": "closed"}
    assert await app.views() == {}


@pytest.mark.parametrize(
    "answer",
    [
        Response(status_code=500),
        Response(status_code=204),
        Response("ok"),
        Response('{"ok": true}'),
        Response("{}"),
        Response("[]"),
        Response('{"response_action": "errors"}'),
        Response('{"response_action": "errors", "errors": {"h": "no input"}}'),
        Response('{"response_action": "errors", "errors": {"word": ""}}'),
        Response('{"response_action": "update", "view": {"type": "modal"}}'),
        Response('{"response_action": "push", "view": {"type": "modal"}}'),
    ],
    ids=lambda answer: f"{answer.status_code} {answer.body.decode()}",
)
async def test_an_answer_that_slack_does_not_understand_is_trouble(app: ModalApp, answer: Response) -> None:
    opened = await app.opened(FORM)
    app.answers.append(answer)
    assert await _submit(app, opened) == {"ok": False, "result": "trouble"}
    assert (await app.views())["U0DANA"]["hash"] == opened["hash"]


async def test_an_app_that_does_not_answer_in_time_gave_no_answer() -> None:
    asked: list[bytes] = []
    is_over = asyncio.Event()

    async def never(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readline())
        await is_over.wait()
        writer.close()

    server = await asyncio.start_server(never, "127.0.0.1", 0)
    post = Post(timeout=0.5)
    async with server, post.running():
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/slack/events"
        assert await post.ask(Delivery(url, b"x", lambda: {}, is_repeated=False)) is None
        is_over.set()
    assert asked == [b"POST /slack/events HTTP/1.1\r\n"]


@pytest.mark.parametrize(("asks", "told"), [(True, ["block_actions", "view_closed"]), (False, ["block_actions"])])
async def test_an_app_hears_of_a_closed_modal_if_it_asked_to(app: ModalApp, asks: bool, told: list[str]) -> None:
    opened = await app.opened({**FORM, "notify_on_close": asks, "clear_on_close": True})
    assert (await app.act("slack/close", person="U0DANA", view_id=opened["id"])).json() == {"ok": True}
    assert await app.views() == {}
    # What is delivered afterwards arrives afterwards.
    await app.pressed("U0ADAM")
    assert [payload["type"] for payload in app.payloads] == [*told, "block_actions"]
    if asks:
        closed = {"type": "view_closed", "user": _WHO, **_WHERE, "is_cleared": True}
        assert app.payloads[1] == {**closed, "view": opened}


async def test_a_button_in_a_modal_is_pressed_with_what_was_typed(app: ModalApp) -> None:
    opened = await app.opened(FORM)
    pressed = {"person": "U0DANA", "view_id": opened["id"], "block_id": "more", "action_id": "log", "values": _TYPED}
    assert (await app.act("slack/press_in_modal", **pressed)).json() == {"ok": True}
    sent = app.payloads[-1]
    assert sent["container"] == {"type": "view", "view_id": opened["id"]}
    assert sent["view"]["state"]["values"]["word"]["typed"] == {"type": "plain_text_input", "value": "MOVE"}
    assert (sent["actions"][0]["value"], "message" in sent, "channel" in sent) == ("7", False, False)
    second = (await app.slack.views_open(trigger_id=sent["trigger_id"], view=modal({"type": "divider"})))["view"]
    assert second is not None
    assert [view["id"] for view in (await app.views()).values()] == [second["id"]]
    assert (await app.act("slack/press_in_modal", **pressed)).status_code == 404


async def test_nobody_acts_in_the_modal_of_somebody_else_or_types_what_is_not_there(app: ModalApp) -> None:
    opened = await app.opened(FORM)
    mine = {"person": "U0DANA", "view_id": opened["id"]}
    answers = [
        await app.act("slack/submit", **{**mine, "person": "U0ADAM"}, values=_TYPED),
        await app.act("slack/close", **{**mine, "person": "U0ADAM"}),
        await app.act("slack/submit", **{**mine, "view_id": "V1"}, values=_TYPED),
        await app.act("slack/submit", **mine, values={"nowhere": {"typed": "x"}}),
        await app.act("slack/submit", **mine, values={"select": {"chosen": "c"}}),
        await app.act("slack/press_in_modal", **mine, block_id="more", action_id="other"),
    ]
    assert [answer.status_code for answer in answers] == [404, 404, 404, 422, 422, 404]
    assert [payload["type"] for payload in app.payloads] == ["block_actions"]


async def test_starting_over_closes_modals(app: ModalApp) -> None:
    opened = await app.opened(FORM)
    await app.act("reset")
    assert await app.views() == {}
    assert (await app.act("slack/close", person="U0DANA", view_id=opened["id"])).status_code == 404


async def test_a_message_takes_no_inputs(app: ModalApp) -> None:
    blocks = [*BUTTON, text_input("word", "Type MOVE")]
    refused = await _refusal(app, "chat.postMessage", channel="C0MANAGERS", text="x", blocks=blocks)
    assert refused["errors"] == ["unsupported type: input [json-pointer:/blocks/2]"]
