"""Every upstream may answer with more than fits into memory: reading stops at the limit, and it is a failed call."""

from collections.abc import Awaitable, Callable

import httpx
import httpx2
import pytest
from pydantic import SecretStr

from bots.slack import outbound as slack
from bots.slack.outbound import open_slack
from bots.telegram import outbound as telegram
from bots.telegram.outbound import open_telegram
from core.ai import gemini
from core.ai.gemini import open_model
from core.ai.models import ModelRequest
from core.flows.shared_files import LARGEST
from core.kernel.answers import MOST_ANSWER
from core.kernel.errors import Unreachable, Upstream
from core.kernel.messages import Address
from core.kernel.phrases import phrase
from core.kernel.settings import Settings
from tests.contract.floods import Flood, flood

pytestmark = pytest.mark.contract

IN_FLIGHT = 16_000_000
"""What two socket buffers on loopback may hold of what nobody reads any more."""


async def _ask_model(up: Flood) -> None:
    model = open_model(Settings(gemini_api_key=SecretStr("k"), gemini_api_url=up.url))
    try:
        await model.generate(ModelRequest("Be brief.", ({"role": "user", "parts": [{"text": "hi"}]},), (), False))
    finally:
        await model.close()


async def _ask_slack(up: Flood) -> None:
    settings = Settings(slack_bot_token=SecretStr("xoxb-1-Fake"), slack_api_url=f"{up.url}/api/")
    async with open_slack(settings) as platform:
        await platform.say(Address("slack", "T1", "D1"), "hello")


async def _fetch_slack(up: Flood) -> None:
    settings = Settings(slack_bot_token=SecretStr("xoxb-1-Fake"), slack_api_url=f"{up.url}/api/")
    async with open_slack(settings) as platform:
        await platform.download(f"{up.url}/files-pri/T1-F1/plan.csv", LARGEST)


async def _ask_telegram(up: Flood) -> None:
    settings = Settings(telegram_bot_token=SecretStr("123456:AAFakeTokenFakeToken"), telegram_api_url=up.url)
    async with open_telegram(settings, introduce=False) as platform:
        await platform.say(Address("telegram", "123456", "7"), "hello")


Ask = Callable[[Flood], Awaitable[None]]
CASES: list[tuple[Ask, int, type[Exception]]] = [
    (_ask_model, MOST_ANSWER, Upstream),
    (_ask_slack, MOST_ANSWER, Upstream),
    (_fetch_slack, LARGEST, Unreachable),
    (_ask_telegram, 20 * 2**20, Upstream),
]


@pytest.mark.parametrize(("ask", "most", "expected"), CASES)
async def test_reading_stops_at_the_limit(ask: Ask, most: int, expected: type[Exception]) -> None:
    async with flood() as up:
        with pytest.raises(expected):
            await ask(up)
    assert (up.asked, most <= up.sent + 65_536 <= most + IN_FLIGHT) == (1, True)


async def test_the_asker_is_told_as_of_any_failed_call() -> None:
    async with flood() as up:
        with pytest.raises(Upstream) as told:
            await _ask_model(up)
    assert told.value.phrase == phrase("model-down")


@pytest.mark.parametrize("ask", [_ask_model, _ask_telegram])
async def test_a_packed_answer_is_not_unpacked(ask: Ask) -> None:
    async with flood(packed=True) as up:
        with pytest.raises(Upstream):
            await ask(up)
    assert up.sent <= IN_FLIGHT


async def _no_limit(_response: httpx.Response | httpx2.Response) -> None:
    pass


@pytest.mark.parametrize("ask", [_ask_model, _ask_slack, _ask_telegram])
async def test_without_the_limit_everything_is_read(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    most = 2 * IN_FLIGHT + 20 * 2**20
    monkeypatch.setattr(gemini, "_limit", _no_limit)
    monkeypatch.setattr(telegram, "_limit", _no_limit)
    monkeypatch.setattr(slack, "MOST_ANSWER", 2 * most)
    async with flood(most=most) as up:
        with pytest.raises(Upstream):
            await ask(up)
    assert up.sent >= most
