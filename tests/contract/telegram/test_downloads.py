"""A document that somebody shared is fetched over HTTP by the real SDK; whatever comes instead is one sentence."""

import pytest
from aiohttp import web

from bots.telegram.outbound import TelegramPlatform
from core.kernel.errors import Unreachable, Upstream
from core.kernel.phrases import phrase
from tests.contract.telegram.standin import BotApi, html_page, ok, refusal

pytestmark = pytest.mark.contract

NOT_FETCHED = phrase("shared-not-fetched")


async def test_the_bytes_come_as_they_are(api: BotApi, platform: TelegramPlatform) -> None:
    api.files["F1"] = bytes(range(256))
    assert await platform.download("F1", 256) == bytes(range(256))
    assert api.of("getFile") == [{"file_id": "F1"}]


async def test_no_more_is_taken_than_is_read(api: BotApi, platform: TelegramPlatform) -> None:
    api.files["F1"] = b"x" * 101
    with pytest.raises(Unreachable) as refused:
        await platform.download("F1", 100)
    assert refused.value.phrase == NOT_FETCHED
    # Where Telegram says how large it is, nothing is fetched at all.
    api.files["F1"] = html_page(500)
    told = {"file_id": "F1", "file_unique_id": "u", "file_path": "documents/F1", "file_size": 101}
    api.script["getFile"] = [ok(told)]
    with pytest.raises(Unreachable) as refused:
        await platform.download("F1", 100)
    assert refused.value.phrase == NOT_FETCHED


@pytest.mark.parametrize(
    "answer",
    [
        refusal(400, "Bad Request: file is too big"),
        refusal(400, "Bad Request: wrong file_id or the file is temporarily unavailable"),
        ok({"file_id": "F1", "file_unique_id": "u"}),
        ok({"file_id": "F1", "file_unique_id": "u", "file_path": "documents/gone"}),
    ],
)
async def test_what_cannot_be_had_is_said(api: BotApi, platform: TelegramPlatform, answer: web.Response) -> None:
    api.script["getFile"] = [answer]
    with pytest.raises(Unreachable) as refused:
        await platform.download("F1", 100)
    assert refused.value.phrase == NOT_FETCHED


async def test_a_platform_that_is_down_is_asked_again(api: BotApi, platform: TelegramPlatform) -> None:
    api.script["getFile"] = [refusal(429, "Too Many Requests: retry after 3", retry_after=3)]
    with pytest.raises(Upstream) as slow:
        await platform.download("F1", 100)
    assert slow.value.retry_after == 3
    # A redirect is none of Telegram's answers, and is not followed.
    for odd in (html_page(502), web.Response(status=302, headers={"Location": f"{api.url}/elsewhere"})):
        api.files["F1"] = odd
        with pytest.raises(Upstream):
            await platform.download("F1", 100)
