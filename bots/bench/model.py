"""P11: what our client adds to a model call of twelve turns; the other side answers at once, so that only we count."""

import json
from typing import Any

import httpx2
from google import genai
from google.genai import types

from bots.bench.figures import Figure
from bots.bench.fixed_answer import fixed_answer
from bots.bench.stage import Stage
from bots.bench.stopwatch import typical_ms
from core.ai.gemini import build_config, open_model
from core.ai.models import Content, ModelRequest
from core.flows.toolsets import open_for, prompt_for
from core.kernel.settings import Settings

_TURN: tuple[Content, ...] = (
    {"role": "user", "parts": [{"text": "Move Rain Plans That Work to 12:30."}]},
    {
        "role": "model",
        "parts": [
            {
                "function_call": {"name": "update_session", "args": {"session": "Rain Plans", "start": "12:30"}},
                "thought_signature": "QUJD" * 40,
            }
        ],
    },
    {"role": "user", "parts": [{"function_response": {"name": "update_session", "response": {"recorded": True}}}]},
    {"role": "model", "parts": [{"text": "It is on a card; somebody has to approve it."}]},
)
_QUESTION: Content = {"role": "user", "parts": [{"text": "Who speaks in Hall A at ten?"}]}
_TURNS = 12


async def model(stage: Stage) -> list[Figure]:
    """Measure one call of a manager's turn about the agenda against the same bytes, sent by the same HTTP client."""
    declared = open_for("manager", [], "Move Rain Plans That Work to 12:30.").declared()
    request = ModelRequest(prompt_for("manager", "en"), (*_TURN * _TURNS, _QUESTION), declared)
    async with fixed_answer() as address:
        settings = Settings.model_validate({"gemini_api_key": "bench", "gemini_api_url": address})
        ours = open_model(settings)
        sent = await _as_sent(address, settings.gemini_model, request)
        async with httpx2.AsyncClient(trust_env=False) as http:

            async def our_call() -> None:
                await ours.generate(request)

            async def bare_call() -> None:
                answer = await http.post(sent.url, content=sent.content, headers=sent.headers)
                json.loads(answer.text)

            taken = await typical_ms({"ours": our_call, "bare": bare_call}, stage.sizes.calls)
        await ours.close()
    return [
        Figure(
            number="P11",
            what="one model call about the agenda, after twelve turns",
            floor="the same bytes posted by the same HTTP client",
            ours=taken["ours"],
            theirs=taken["bare"],
            unit="ms",
            target=2.0,
        )
    ]


async def _as_sent(address: str, model_name: str, request: ModelRequest) -> httpx2.Request:
    """Return the request as the SDK's public call sends it, once."""
    seen: list[httpx2.Request] = []

    async def note(sending: httpx2.Request) -> None:
        seen.append(sending)

    async with httpx2.AsyncClient(trust_env=False, event_hooks={"request": [note]}) as http:
        options = types.HttpOptions(base_url=address, api_version="v1", httpx_async_client=http)
        client = genai.Client(api_key="bench", vertexai=False, http_options=options)
        contents: list[Any] = [types.Content.model_validate(content) for content in request.contents]
        await client.aio.models.generate_content(model=model_name, contents=contents, config=build_config(request))
    return seen[0]
