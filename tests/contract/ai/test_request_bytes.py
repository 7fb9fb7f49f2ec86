"""Our way behind the SDK's public call sends what that call would send, byte for byte."""

import pytest
from google.genai import Client
from google.genai.types import Content as SdkContent
from google.genai.types import HttpOptions
from httpx2 import AsyncClient

from core.ai.gemini import GeminiModel, build_config
from core.ai.models import Content, ModelRequest, ToolDeclaration
from tests.contract.ai.standin import KEY, MODEL, GeminiApi

pytestmark = pytest.mark.contract

HELLO: Content = {"role": "user", "parts": [{"text": "Now: Friday."}, {"text": "<message>מי בעשר?</message>"}]}
AGENDA = ToolDeclaration(
    "get_agenda",
    "Read the agenda.",
    {"type": "object", "properties": {"at": {"anyOf": [{"type": "string"}, {"type": "null"}], "default": None}}},
)
HISTORIES: dict[str, tuple[Content, ...]] = {
    "words": (HELLO, {"role": "model", "parts": [{"text": "Noa, at ten."}]}, HELLO),
    "a call with its signature, and its answer": (
        HELLO,
        {
            "role": "model",
            "parts": [
                {"thought": True, "text": "Let me see."},
                {
                    "thought_signature": "c2ln_-8=",
                    "function_call": {"name": "get_agenda", "id": "c1", "args": {"at": None, "of": [1, {"a_b": 2.5}]}},
                },
            ],
        },
        {
            "role": "user",
            "parts": [
                {"function_response": {"response": {"ok": True, "cut": None}, "name": "get_agenda", "id": "c1"}},
            ],
        },
    ),
    "a program of the model's": (
        HELLO,
        {"role": "model", "parts": [{"executable_code": {"code": "1", "language": "PYTHON"}}]},
        HELLO,
    ),
}


@pytest.mark.parametrize("force_text", [False, True])
@pytest.mark.parametrize("tools", [(AGENDA,), ()])
@pytest.mark.parametrize("history", HISTORIES.values(), ids=HISTORIES)
async def test_the_bytes_are_those_of_the_sdks_public_call(
    api: GeminiApi,
    model: GeminiModel,
    history: tuple[Content, ...],
    tools: tuple[ToolDeclaration, ...],
    force_text: bool,
) -> None:
    wanted = ModelRequest("Be brief.", history, tools, force_text)
    await model.generate(wanted)

    async with AsyncClient(trust_env=False) as http:
        options = HttpOptions(base_url=api.url, api_version="v1", httpx_async_client=http)
        await Client(api_key=KEY, vertexai=False, http_options=options).aio.models.generate_content(
            model=MODEL,
            contents=[SdkContent.model_validate(content) for content in history],
            config=build_config(wanted),
        )

    ours, theirs = api.asked
    assert (ours.path, ours.key, ours.raw.decode()) == (theirs.path, theirs.key, theirs.raw.decode())
