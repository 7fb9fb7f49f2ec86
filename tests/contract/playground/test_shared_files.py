"""What people share on the page, fetched by the program's own readers and SDKs as from the real platforms."""

import base64
import json
from typing import Any

import httpx2
import pytest
from pydantic import SecretStr
from slack_sdk.web.async_client import AsyncWebClient
from telegram import Bot, Update
from telegram.error import BadRequest

from bots.playground.faults import Fault
from bots.slack.downloads import fetch
from bots.slack.inbound import parse
from bots.telegram.inbound import parse as parse_update
from core.kernel.errors import Unreachable, Upstream
from core.kernel.messages import InboundMessage
from tests.contract.playground.ground import TELEGRAM, Playground

pytestmark = pytest.mark.contract

BYTES = bytes(range(256)) * 3
FILE = {"name": "סדר/יום.csv", "content": base64.b64encode(BYTES).decode()}


async def slack_event(ground: Playground, **said: Any) -> dict[str, Any]:
    told = await ground.post("slack/say", {"person": "U0DANA", "channel": "D0DANA", "file": FILE, **said})
    assert told.status_code == 200
    await ground.program.wait(1)
    return json.loads(ground.program.got[0][1])


async def test_a_file_in_slack_is_told_as_slack_does_and_fetched_with_the_token(ground: Playground) -> None:
    client = ground.slack()
    await client.auth_test()
    payload = await slack_event(ground, text="here")
    assert (payload["event"]["type"], payload["event"]["subtype"]) == ("message", "file_share")
    message = parse(payload, "U0EVENTBOT")
    assert isinstance(message, InboundMessage)
    [file] = message.files
    assert (file.name, file.size, message.text, message.unread) == ("סדר/יום.csv", 768, "here", ())
    assert await fetch(client, file.source, 768) == BYTES
    with pytest.raises(Unreachable):
        await fetch(client, file.source, 767)
    [kept] = (await ground.state())["slack"]["messages"]["D0DANA"]
    assert "document" not in payload["event"]["files"][0]
    async with httpx2.AsyncClient(trust_env=False) as page:
        shown = await page.get(f"{ground.address}/playground/pictures/{kept['files'][0]['document']}")
    assert shown.content == BYTES


async def test_slack_gives_a_file_to_nobody_without_the_token(ground: Playground) -> None:
    payload = await slack_event(ground)
    [file] = payload["event"]["files"]
    for address in (file["url_private"], file["url_private_download"]):
        with pytest.raises(Unreachable):
            await fetch(ground.slack(SecretStr("xoxb-other")), address, 1000)
        assert await fetch(ground.slack(), address, 1000) == BYTES
    gone = file["url_private"].replace(file["id"], "F0000000000000000")
    with pytest.raises(Unreachable):
        await fetch(ground.slack(), gone, 1000)
    ground.faults.add("slack", "download", Fault(503))
    with pytest.raises(Upstream):
        await fetch(ground.slack(), file["url_private"], 1000)


async def test_the_address_of_a_file_is_the_one_at_which_the_bot_calls(ground: Playground) -> None:
    # A browser may have opened the same page by another name of this machine.
    other = ground.address.replace("127.0.0.1", "localhost")
    await AsyncWebClient("xoxb-1", base_url=f"{ground.address}/slack/api/", session=ground.session).auth_test()
    async with httpx2.AsyncClient(trust_env=False) as page:
        said = {"person": "U0DANA", "channel": "D0DANA", "file": FILE}
        assert (await page.post(f"{other}/playground/slack/say", json=said)).status_code == 200
    await ground.program.wait(1)
    [file] = json.loads(ground.program.got[0][1])["event"]["files"]
    assert file["url_private"].startswith(f"{ground.address}/slack/files-pri/T0EVENTFLOW-F")


async def test_in_a_channel_slack_tells_only_of_a_mention(ground: Playground) -> None:
    silent = {"person": "U0DANA", "channel": "C0MANAGERS", "file": FILE}
    assert (await ground.post("slack/say", silent)).status_code == 200
    payload = await slack_event(ground, channel="C0MANAGERS", text="@EventFlow here")
    assert (payload["event"]["type"], len(payload["event"]["files"])) == ("app_mention", 1)


async def test_a_document_in_telegram_is_fetched_by_the_sdk(ground: Playground) -> None:
    said = {"person": "7004", "chat": "7004", "text": "/start here", "file": FILE}
    assert (await ground.post("telegram/say", said)).status_code == 200
    await ground.program.wait(1)
    payload = json.loads(ground.program.got[0][1])
    assert (payload["message"]["caption"], "text" in payload["message"]) == ("/start here", False)
    assert payload["message"]["caption_entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    message = parse_update(payload, bot_id="4242", username="eventflow_bot")
    assert isinstance(message, InboundMessage)
    assert [(each.name, each.size) for each in message.files] == [("סדר/יום.csv", 768)]
    bot = Bot(
        TELEGRAM.get_secret_value(),
        base_url=f"{ground.address}/telegram/bot",
        base_file_url=f"{ground.address}/telegram/file/bot",
    )
    async with bot:
        read = Update.de_json(payload, bot)
        assert read.message is not None
        assert read.message.document is not None
        found = await read.message.document.get_file()
        assert bytes(await found.download_as_bytearray()) == BYTES
        with pytest.raises(BadRequest, match=r"(?i)wrong file_id"):
            await bot.get_file("nothing")


@pytest.mark.parametrize(
    "file",
    [
        {"name": "a.csv", "content": ""},
        {"name": "", "content": "YQ=="},
        {"name": "a.csv", "content": "no base64!"},
        {"name": "a.csv", "content": base64.b64encode(b"x" * 5_000_001).decode()},
        {"name": "x" * 256, "content": "YQ=="},
    ],
)
async def test_what_is_no_file_is_refused(ground: Playground, file: dict[str, str]) -> None:
    for act, place in (
        ("slack/say", {"person": "U0DANA", "channel": "D0DANA"}),
        ("telegram/say", {"person": "7001", "chat": "7001"}),
    ):
        assert (await ground.post(act, {**place, "text": "x", "file": file})).status_code == 422
        assert (await ground.post(act, place)).status_code == 422
    assert (await ground.state())["slack"]["messages"] == {}
