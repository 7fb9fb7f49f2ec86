"""The webhook is registered and read with the real SDK; what Telegram does not take is said in its own words."""

from datetime import UTC, datetime

import pytest
from pydantic import SecretStr

from bots.telegram.outbound import TelegramPlatform
from bots.telegram.registration import WebhookRefused, WebhookState, register_webhook, webhook_state
from core.kernel.errors import Upstream
from tests.contract.telegram.standin import TOKEN, BotApi, html_page, ok, refusal

pytestmark = pytest.mark.contract

URL = "https://example.org/telegram/webhook"
SECRET = SecretStr("s3cret")


async def test_a_webhook_is_registered_and_read(api: BotApi, platform: TelegramPlatform) -> None:
    before = await webhook_state(platform)
    await register_webhook(platform, URL, SECRET)
    assert (before, await webhook_state(platform), api.of("setWebhook")) == (
        WebhookState(username="EventFlowBot", url=None, pending=0, last_error=None, last_error_at=None),
        WebhookState(username="EventFlowBot", url=URL, pending=0, last_error=None, last_error_at=None),
        [{"url": URL, "secret_token": "s3cret", "allowed_updates": '["message", "edited_message", "callback_query"]'}],
    )


async def test_the_last_error_is_read_with_its_time(api: BotApi, platform: TelegramPlatform) -> None:
    api.script["getWebhookInfo"] = [
        ok(
            {
                "url": URL,
                "has_custom_certificate": False,
                "pending_update_count": 7,
                "last_error_date": 1790000000,
                "last_error_message": "Wrong response from the webhook: 503 Service Unavailable",
            }
        )
    ]
    assert await webhook_state(platform) == WebhookState(
        username="EventFlowBot",
        url=URL,
        pending=7,
        last_error="Wrong response from the webhook: 503 Service Unavailable",
        last_error_at=datetime.fromtimestamp(1790000000, UTC),
    )


async def test_a_webhook_of_an_older_program_lacks_kinds_until_it_is_registered_again(
    api: BotApi, platform: TelegramPlatform
) -> None:
    known = {"url": URL, "has_custom_certificate": False, "pending_update_count": 0}
    for allowed in ({"allowed_updates": ["message", "callback_query"]}, {"allowed_updates": []}, {}):
        api.script.setdefault("getWebhookInfo", []).append(ok(known | allowed))
    found = [(await webhook_state(platform)).missing for _ in range(3)]
    assert found == [("edited_message",), (), ()]


@pytest.mark.parametrize(
    ("url", "secret", "words"),
    [
        ("example.org/telegram/webhook", "s3cret", "whole URL"),
        ("https:///telegram/webhook", "s3cret", "whole URL"),
        ("", "s3cret", "whole URL"),
        (URL, "", "TELEGRAM_WEBHOOK_SECRET"),
        (URL, "two words", "TELEGRAM_WEBHOOK_SECRET"),
    ],
)
async def test_what_cannot_be_registered_is_not_sent(
    api: BotApi, platform: TelegramPlatform, url: str, secret: str, words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        await register_webhook(platform, url, SecretStr(secret))
    assert api.calls == []


async def test_an_address_that_telegram_refuses(api: BotApi, platform: TelegramPlatform) -> None:
    api.script["setWebhook"] = [refusal(400, "Bad Request: bad webhook: Failed to resolve host")]
    with pytest.raises(WebhookRefused, match="failed to resolve host"):
        await register_webhook(platform, URL, SECRET)


async def test_a_telegram_that_does_not_answer(api: BotApi, platform: TelegramPlatform) -> None:
    api.script["setWebhook"] = [html_page(502)]
    with pytest.raises(Upstream) as raised:
        await register_webhook(platform, URL, SECRET)
    assert TOKEN not in repr(raised.value.__cause__)
