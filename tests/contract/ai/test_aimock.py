"""The real client against a Gemini that somebody else wrote: npm's ``@copilotkit/aimock``."""

import asyncio
import re
import shutil
import subprocess
from collections.abc import AsyncGenerator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import pytest
import pytest_asyncio

from core.ai.gemini import GeminiModel, open_model
from core.ai.models import ToolCall, ToolDeclaration
from core.ai.prompt import Situation, user_content
from core.ai.turn import TurnRequest, TurnResult, run_turn
from core.kernel.phrases import phrase
from tests.contract.ai.standin import GeminiApi

pytestmark = pytest.mark.contract

PACKAGE = "@copilotkit/aimock@1.43.0"
FIXTURES = Path(__file__).with_name("aimock.json")
TOOLS = (
    ToolDeclaration("get_agenda", "Read the agenda.", {"type": "object", "properties": {"at": {"type": "string"}}}),
    ToolDeclaration("list_events", "Read the events.", {"type": "object", "properties": {}}),
)


@pytest.fixture(scope="module")
def aimock(pytestconfig: pytest.Config) -> Path:
    """Where the program is; installed once, or a reason to skip."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        pytest.skip("aimock needs Node.js with npm, which is not installed here")
    home = pytestconfig.rootpath / ".pytest_cache" / "aimock-1.43.0"
    program = home / "node_modules" / ".bin" / "llmock"
    if not program.exists():
        home.mkdir(parents=True, exist_ok=True)
        install = [npm, "install", "--prefix", str(home), "--no-audit", "--no-fund", "--ignore-scripts", PACKAGE]
        try:
            subprocess.run(install, check=True, capture_output=True, timeout=60)
        except (subprocess.SubprocessError, OSError) as failure:
            pytest.skip(f"aimock could not be installed within 60 s ({type(failure).__name__})")
    return program


@pytest_asyncio.fixture
async def url(aimock: Path) -> AsyncGenerator[str]:
    arguments = ["-p", "0", "-f", str(FIXTURES), "--strict", "--validate-on-load"]
    running = await asyncio.create_subprocess_exec(
        str(aimock), *arguments, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    assert running.stdout is not None
    try:
        async with asyncio.timeout(30):
            address = await _address(running.stdout)
        yield address
    finally:
        running.terminate()
        await running.communicate()


async def _address(output: asyncio.StreamReader) -> str:
    seen = ""
    async for line in output:
        seen += line.decode()
        if found := re.search(r"listening on (http://\S+)", seen):
            return found[1]
    raise AssertionError(seen)


@pytest_asyncio.fixture
async def model(url: str) -> AsyncGenerator[GeminiModel]:
    opened = open_model(GeminiApi(url=url).settings(gemini_api_version="v1beta", gemini_timeout_seconds=20))
    yield opened
    await opened.close()


async def ask(model: GeminiModel, text: str, seconds: float = 20) -> tuple[TurnResult, list[ToolCall]]:
    now = datetime(2026, 11, 20, 9, 5, tzinfo=ZoneInfo("Asia/Jerusalem"))
    content = user_content(text, Situation("Noa", now, "Asia/Jerusalem", ""))
    ran: list[ToolCall] = []

    async def look(call: ToolCall) -> dict[str, Any]:
        ran.append(call)
        return {"from": call.name}

    return await run_turn(model, TurnRequest("Be brief.", (), content, lambda: TOOLS, seconds=seconds), look), ran


async def test_a_turn_with_two_tools(model: GeminiModel, url: str) -> None:
    result, ran = await ask(model, "who speaks at ten?")

    assert (result.text, result.failure, result.steps) == ("Dana Levi in Hall A.", None, 2)
    assert ran == [ToolCall("c1", "get_agenda", {"at": "10:00"}), ToolCall("c2", "list_events", {})]
    async with aiohttp.ClientSession() as http, http.get(f"{url}/__aimock/journal") as journal:
        last = (await journal.json())[-1]
    assert last["path"] == "/v1beta/models/gemini-3.8-flash:generateContent"
    assert [message["role"] for message in last["body"]["messages"]] == ["system", "user", "assistant", "tool", "tool"]
    assert [message.get("tool_call_id") for message in last["body"]["messages"]][3:] == ["c1", "c2"]


async def test_a_busy_model_with_its_own_delay(model: GeminiModel) -> None:
    """aimock names one second; this turn has less than it takes to wait and ask again."""
    result, _ = await ask(model, "לא עכשיו", seconds=1.5)

    assert (result.text, result.failure) == (None, phrase("model-busy", seconds=1))


async def test_what_no_fixture_knows_looks_like_an_outage(model: GeminiModel) -> None:
    result, _ = await ask(model, "something else")

    assert (result.text, result.failure, result.steps) == (None, phrase("model-down"), 2)
