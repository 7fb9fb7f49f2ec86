"""Pictures as the real SDK shares, replaces and deletes them, and what Slack refuses of that."""

import pytest
from aiohttp import web

from bots.slack.outbound import SlackPlatform
from core.kernel.errors import Upstream
from core.kernel.messages import MessageRef
from tests.contract.slack.standin import TEAM, SlackApi, html_page, refusal

pytestmark = pytest.mark.contract

CARD = MessageRef("slack", TEAM, "C1", "1700000000.5")
THREAD = "1690000000.1"
PNG = b"\x89PNG\r\n\x1a\n..."


async def test_a_picture_is_sent_and_shared_with_its_text_in_the_thread(api: SlackApi, platform: SlackPlatform) -> None:
    assert await platform.picture(CARD, THREAD, PNG, "אולם ב\nat 10:00") == "F1"
    [asked], [shared] = api.of("files.getUploadURLExternal"), api.of("files.completeUploadExternal")
    assert (asked, api.uploads, shared) == (
        {"filename": "rooms.png", "length": str(len(PNG)), "alt_txt": "אולם ב at 10:00"},
        [PNG],
        {
            "files": '[{"id": "F1", "title": "\\u05d0\\u05d5\\u05dc\\u05dd \\u05d1 at 10:00"}]',
            "channel_id": "C1",
            "thread_ts": "1690000000.1",
        },
    )


@pytest.mark.parametrize(
    ("where", "answer", "noted"),
    [
        ("files.getUploadURLExternal", refusal("missing_scope"), "a picture was left out: Slack says missing_scope"),
        ("files.getUploadURLExternal", html_page(502), "a picture was left out: Slack says no code"),
        ("upload", html_page(500), "a picture was left out: SlackRequestError"),
        (
            "files.completeUploadExternal",
            refusal("not_in_channel"),
            "a picture was left out: Slack says not_in_channel",
        ),
    ],
)
async def test_a_picture_that_slack_refuses_is_left_out_and_noted(
    api: SlackApi,
    platform: SlackPlatform,
    caplog: pytest.LogCaptureFixture,
    where: str,
    answer: web.Response,
    noted: str,
) -> None:
    api.script[where] = [answer]
    assert await platform.picture(CARD, None, PNG, "x") is None
    assert caplog.messages == [noted]


@pytest.mark.parametrize(("thread", "there"), [(None, "1700000000.5"), ("1690000000.1", "1690000000.1")])
async def test_another_picture_stands_in_the_cards_thread_and_the_old_one_is_deleted(
    api: SlackApi, platform: SlackPlatform, thread: str | None, there: str
) -> None:
    assert await platform.picture(CARD, thread, PNG, "the rooms", instead_of="F0") == "F1"
    assert [(call.method, call.body.get("file"), call.body.get("thread_ts")) for call in api.calls] == [
        ("files.delete", "F0", None),
        ("files.getUploadURLExternal", None, None),
        ("files.completeUploadExternal", None, there),
    ]
    # Where none was before, none is deleted.
    await platform.picture(CARD, thread, PNG, "the rooms")
    assert len(api.of("files.delete")) == 1
    assert api.of("files.completeUploadExternal")[-1].get("thread_ts") == thread


@pytest.mark.parametrize("code", ["file_not_found", "file_deleted", "cant_delete_file"])
async def test_a_picture_that_is_gone_or_must_stay_is_no_failure(
    api: SlackApi, platform: SlackPlatform, code: str
) -> None:
    api.script["files.delete"] = [refusal(code)]
    await platform.remove_picture(MessageRef("slack", TEAM, "C1", "1"), "F0", "en")
    assert api.of("files.delete") == [{"file": "F0"}]


async def test_a_picture_is_deleted_later_while_slack_is_down(api: SlackApi, platform: SlackPlatform) -> None:
    api.script["files.delete"] = [html_page(502)]
    with pytest.raises(Upstream):
        await platform.remove_picture(MessageRef("slack", TEAM, "C1", "1"), "F0", "en")
