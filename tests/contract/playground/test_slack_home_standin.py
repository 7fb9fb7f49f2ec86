"""The playground's Home tabs and files as slack_sdk meets them: published, pressed, uploaded, refused."""

from collections.abc import AsyncGenerator
from typing import Any

import httpx2
import pytest
import pytest_asyncio
from slack_sdk.errors import SlackApiError
from slack_sdk.models.views import View

from tests.contract.slack.modal_app import Json, ModalApp, modal_app, plain

pytestmark = pytest.mark.contract

_OPTIONS = [{"text": plain("Everything"), "value": "all"}, {"text": plain("High"), "value": "high"}]
_SELECT = {"type": "static_select", "action_id": "filter", "options": _OPTIONS, "initial_option": _OPTIONS[0]}
_BUTTON = {"type": "button", "action_id": "go", "text": plain("Approve"), "value": "7"}
HOME: Json = {
    "type": "home",
    "private_metadata": "page=1",
    "blocks": [
        {"type": "header", "block_id": "h", "text": plain("Where you are needed")},
        {"type": "actions", "block_id": "f", "elements": [_SELECT]},
        {"type": "actions", "block_id": "one", "elements": [_BUTTON]},
        {"type": "actions", "block_id": "two", "elements": [{**_BUTTON, "value": "8"}]},
    ],
}
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


@pytest_asyncio.fixture
async def app() -> AsyncGenerator[ModalApp]:
    async with modal_app() as running:
        yield running
        assert running.unsigned == 0


async def _state(app: ModalApp) -> Json:
    async with httpx2.AsyncClient(trust_env=False) as client:
        return (await client.get(f"{app.address}/playground/state")).json()["slack"]


async def _refusal(app: ModalApp, method: str, **arguments: Any) -> str:
    with pytest.raises(SlackApiError) as refused:
        await app.slack.api_call(method, json=arguments)
    answer = refused.value.response.data
    assert isinstance(answer, dict)
    why = answer.get("response_metadata", {}).get("messages", [""])
    return f"{answer['error']} {why[0]}".strip()


async def test_a_tab_is_published_for_one_person_and_again_under_the_same_id(app: ModalApp) -> None:
    first = (await app.slack.views_publish(user_id="U0DANA", view=HOME))["view"]
    second = (await app.slack.views_publish(user_id="U0DANA", view=View(**HOME)))["view"]
    assert first is not None
    assert second is not None
    homes = (await _state(app))["homes"]
    assert (list(homes), second["id"] == first["id"], second["hash"] == first["hash"]) == (["U0DANA"], True, False)
    assert await _refusal(app, "views.publish", user_id="U0DANA", view=HOME, hash=first["hash"]) == "hash_conflict"


@pytest.mark.parametrize(
    ("view", "why"),
    [
        ({**HOME, "type": "modal"}, "must be one of: home [json-pointer:/view/type]"),
        ({**HOME, "title": plain("x")}, "invalid additional property: title [json-pointer:/view]"),
        ({"type": "home"}, "missing required field: blocks [json-pointer:/view]"),
        ({**HOME, "blocks": HOME["blocks"][:1] * 101}, "no more than 100 items allowed [json-pointer:/view/blocks]"),
        (
            {**HOME, "blocks": [{"type": "actions", "elements": [_BUTTON, _BUTTON]}]},
            "`action_id` go already exists for another block [json-pointer:/view/blocks/0/elements/1/action_id]",
        ),
        (
            {**HOME, "blocks": [{"type": "actions", "elements": [{**_SELECT, "options": _OPTIONS * 51}]}]},
            "no more than 100 items allowed [json-pointer:/view/blocks/0/elements/0/options]",
        ),
        (
            {**HOME, "blocks": [{"type": "input", "label": plain("x"), "element": _SELECT}]},
            "unsupported type: input [json-pointer:/view/blocks/0]",
        ),
    ],
)
async def test_a_tab_that_slack_does_not_take_is_refused_with_the_place(app: ModalApp, view: Json, why: str) -> None:
    assert await _refusal(app, "views.publish", user_id="U0DANA", view=view) == f"invalid_arguments [ERROR] {why}"
    assert await _refusal(app, "views.publish", user_id="U1", view=HOME) != ""
    assert (await _state(app))["homes"] == {}


async def test_a_modal_is_no_tab(app: ModalApp) -> None:
    trigger = (await app.pressed())["trigger_id"]
    view = {**HOME, "title": plain("x")}
    assert "must be one of: modal" in await _refusal(app, "views.open", trigger_id=trigger, view=view)


async def test_a_press_in_a_tab_is_the_payload_that_slack_sends_and_may_open_a_modal(app: ModalApp) -> None:
    await app.slack.views_publish(user_id="U0DANA", view=HOME)
    act = {"person": "U0DANA", "block_id": "two", "action_id": "go"}
    assert (await app.act("slack/press_at_home", **act)).status_code == 200
    await app.wait(1)
    sent = app.payloads[-1]
    assert sent["container"] == {"type": "view", "view_id": sent["view"]["id"]}
    assert (sent["type"], sent["view"]["type"], sent["view"]["private_metadata"]) == ("block_actions", "home", "page=1")
    assert (sent["actions"][0]["value"], "message" in sent, "channel" in sent) == ("8", False, False)
    modal = {"type": "modal", "title": plain("x"), "blocks": [{"type": "divider"}]}
    await app.slack.views_open(trigger_id=sent["trigger_id"], view=modal)
    assert list(await app.views()) == ["U0DANA"]


async def test_a_choice_from_a_list_arrives_with_its_option_and_in_the_state(app: ModalApp) -> None:
    await app.slack.views_publish(user_id="U0DANA", view=HOME)
    act = {"person": "U0DANA", "block_id": "f", "action_id": "filter"}
    assert (await app.act("slack/press_at_home", **act, value="high")).status_code == 200
    await app.wait(1)
    sent = app.payloads[-1]
    chosen = {"text": {**plain("High"), "emoji": True}, "value": "high"}
    assert sent["actions"][0]["selected_option"] == chosen
    assert sent["view"]["state"]["values"] == {"f": {"filter": {"type": "static_select", "selected_option": chosen}}}
    wrong = [
        await app.act("slack/press_at_home", **act, value="low"),
        await app.act("slack/press_at_home", **{**act, "block_id": "one"}),
        await app.act("slack/press_at_home", **{**act, "person": "U0ADAM"}),
        await app.act("slack/open_home", person="U1"),
    ]
    assert [answer.status_code for answer in wrong] == [404] * 4


async def test_a_picture_goes_up_in_three_calls_and_stands_in_the_channel(app: ModalApp) -> None:
    await app.slack.files_upload_v2(
        content=PNG, filename="rooms.png", title="אולם ב", alt_txt="the rooms", channel="C0MANAGERS"
    )
    [message] = (await _state(app))["messages"]["C0MANAGERS"]
    [file] = message["files"]
    assert (file["title"], file["alt_txt"], message["user"]) == ("אולם ב", "the rooms", "U0EVENTBOT")
    async with httpx2.AsyncClient(trust_env=False) as client:
        answer = await client.get(f"{app.address}/playground/pictures/{file['picture']}")
        gone = await client.get(f"{app.address}/playground/pictures/0")
    assert (answer.content, answer.headers["content-type"], gone.status_code) == (PNG, "image/png", 404)


async def test_a_file_that_is_deleted_takes_its_message_with_it(app: ModalApp) -> None:
    answer = await app.slack.files_upload_v2(content=PNG, filename="rooms.png", channel="C0MANAGERS")
    [shared] = answer.get("files") or [{"id": ""}]
    await app.slack.files_delete(file=shared["id"])
    assert (await _state(app))["messages"]["C0MANAGERS"] == []
    assert await _refusal(app, "files.delete", file=shared["id"]) == "file_not_found"
    assert await _refusal(app, "files.delete") != ""


async def test_files_that_slack_does_not_take_are_refused(app: ModalApp) -> None:
    slack = app.slack
    assert await _refusal(app, "files.getUploadURLExternal", filename="x", length=0) != ""
    assert await _refusal(app, "files.getUploadURLExternal", length=5) != ""
    long = {"filename": "x", "length": 5, "alt_txt": "x" * 1001}
    assert await _refusal(app, "files.getUploadURLExternal", **long) == "alt_txt_too_large"
    announced = await slack.files_getUploadURLExternal(filename="x", length=5)
    file = {"id": announced["file_id"], "title": "x"}
    share = {"files": [file], "channel_id": "C0MANAGERS"}
    assert await _refusal(app, "files.completeUploadExternal", **share) == "file_not_found"
    async with httpx2.AsyncClient(trust_env=False) as client:
        assert (await client.post(str(announced["upload_url"]), content=b"123456")).status_code == 404
        assert (await client.post(str(announced["upload_url"]), content=b"12345")).text == "OK - 5"
    assert await _refusal(app, "files.completeUploadExternal", **{**share, "channel_id": "C1"}) == "channel_not_found"
    assert "C0MANAGERS" not in (await _state(app))["messages"]


async def test_a_document_is_shared_in_its_thread_and_can_be_saved(app: ModalApp) -> None:
    body = "דוח: <b>12</b>".encode()
    await app.slack.files_upload_v2(content=body, filename="דוח.txt", channel="C0MANAGERS", thread_ts="1.5")
    [message] = (await _state(app))["messages"]["C0MANAGERS"]
    [file] = message["files"]
    assert (message["thread_ts"], file["title"]) == ("1.5", "דוח.txt")
    async with httpx2.AsyncClient(trust_env=False) as client:
        answer = await client.get(f"{app.address}/playground/pictures/{file['document']}")
    # A browser saves it and runs nothing of it.
    kinds = (answer.headers["content-type"], answer.headers["content-disposition"])
    assert (answer.content, kinds) == (body, ("application/octet-stream", "attachment"))
