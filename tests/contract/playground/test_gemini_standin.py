"""The official client and the program's own model over HTTP against the rule-based stand-in."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import httpx2
import pytest
import pytest_asyncio
from fastapi import FastAPI
from google import genai
from google.genai import errors, types

from bots.playground.gemini import gemini_router
from bots.serving import Site, bind, serve
from core.ai.gemini import open_model
from core.ai.models import ModelRequest, ToolDeclaration
from core.kernel.settings import Settings

pytestmark = pytest.mark.contract

CONTEXT = "Now: Monday 2026-05-04T09:00 in Asia/Jerusalem. Current events: Stagecraft (2026-05-05 to 2026-05-06)."
GET_SESSION, UPDATE = "get_session", "update_schedule_item"
SESSION = {"id": "s1", "title": "Keynote", "start": "2026-05-05T09:00", "end": "2026-05-05T10:00", "room": "Hall A"}


@asynccontextmanager
async def _served() -> AsyncGenerator[str]:
    app = FastAPI()
    app.include_router(gemini_router())
    site, stop, ready = Site(app, "127.0.0.1", 0), asyncio.Event(), asyncio.Event()
    listener = bind(site)
    serving = asyncio.create_task(serve([(site, listener)], stop, ready))
    await ready.wait()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/gemini"
    finally:
        stop.set()
        await serving


@pytest_asyncio.fixture
async def url() -> AsyncGenerator[str]:
    async with _served() as address:
        yield address


@pytest_asyncio.fixture
async def client(url: str) -> AsyncGenerator[genai.Client]:
    # Passed explicitly: where aiohttp is importable, the client would silently use it instead.
    async with httpx2.AsyncClient(trust_env=False) as http:
        options = types.HttpOptions(base_url=url, api_version="v1", timeout=10_000, httpx_async_client=http)
        opened = genai.Client(api_key="anything", http_options=options)
        yield opened
        await opened.aio.aclose()
        opened.close()


def _config(*names: str, mode: str = "AUTO") -> types.GenerateContentConfig:
    declared = [
        types.FunctionDeclaration(name=name, description=name, parameters_json_schema={"type": "object"})
        for name in names
    ]
    calling = types.FunctionCallingConfig(mode=types.FunctionCallingConfigMode(mode))
    return types.GenerateContentConfig(
        system_instruction="You are an assistant.",
        tools=[types.Tool(function_declarations=declared)],
        tool_config=types.ToolConfig(function_calling_config=calling),
        automatic_function_calling=types.AutomaticFunctionCallingConfig(disable=True),
    )


def _said(words: str) -> types.Content:
    return types.UserContent(parts=[types.Part(text=CONTEXT), types.Part(text=f"<message>{words}</message>")])


def _answered(content: types.Content, *answers: dict[str, Any]) -> types.Content:
    calls = [part.function_call for part in content.parts or [] if part.function_call]
    parts = [
        types.Part(function_response=types.FunctionResponse(id=call.id, name=call.name, response=answer))
        for call, answer in zip(calls, answers, strict=True)
    ]
    return types.Content(role="user", parts=parts)


async def _ask(client: genai.Client, contents: list[types.Content], config: types.GenerateContentConfig) -> Any:
    return await client.aio.models.generate_content(model="gemini-3.8-flash", contents=list(contents), config=config)


def _content(response: Any) -> types.Content:
    content = response.candidates[0].content
    assert isinstance(content, types.Content)
    return content


async def test_a_change_by_half_an_hour_reads_the_session_first_then_suggests_then_tells(client: genai.Client) -> None:
    config = _config(GET_SESSION, UPDATE)
    contents = [_said("Postpone Keynote by half an hour")]
    first = await _ask(client, contents, config)
    assert [(call.name, call.args) for call in first.function_calls] == [(GET_SESSION, {"session": "Keynote"})]
    contents += [_content(first), _answered(_content(first), {"session": SESSION})]
    second = await _ask(client, contents, config)
    assert [(call.name, call.args) for call in second.function_calls] == [
        (UPDATE, {"schedule_id": "s1", "changes": {"start_time": "2026-05-05T09:30"}})
    ]
    waiting = {"status": "waiting_for_approval", "title": "Keynote", "blocked": False, "conflicts": [], "vips": []}
    contents += [_content(second), _answered(_content(second), waiting)]
    last = await _ask(client, contents, config)
    assert last.function_calls is None
    assert last.text == (
        "I made a suggestion: \u2068Keynote\u2069. Nothing has changed; it waits for approval on its card."
    )


async def test_every_answer_tells_its_usage_its_end_and_who_gave_it(client: genai.Client) -> None:
    response = await _ask(client, [_said("Hello")], _config(GET_SESSION))
    usage = response.usage_metadata
    assert response.candidates[0].finish_reason == types.FinishReason.STOP
    assert response.model_version == "gemini-3.8-flash (stand-in)"
    assert usage.prompt_token_count > 0
    assert usage.candidates_token_count > 0
    assert usage.total_token_count == usage.prompt_token_count + usage.candidates_token_count


async def test_a_forced_text_answer_and_an_undeclared_tool_are_words(client: genai.Client) -> None:
    forced = await _ask(client, [_said("Tell me about Keynote")], _config(GET_SESSION, mode="NONE"))
    undeclared = await _ask(client, [_said("Cancel Keynote")], _config(GET_SESSION))
    assert (forced.text, forced.function_calls) == ("I may not look anything up for this answer.", None)
    assert (undeclared.text, undeclared.function_calls) == (
        "You can look at everything here, and not change it. Please ask a manager.",
        None,
    )


async def _history(client: genai.Client) -> list[types.Content]:
    contents = [_said("Tell me about Keynote")]
    content = _content(await _ask(client, contents, _config(GET_SESSION)))
    return [*contents, content, _answered(content, {"session": SESSION, "registered": 0})]


async def _refusal(client: genai.Client, contents: list[types.Content]) -> tuple[int, str | None]:
    with pytest.raises(errors.ClientError) as caught:
        await _ask(client, contents, _config(GET_SESSION))
    return caught.value.code, caught.value.status


async def test_a_history_as_it_was_given_is_taken_and_a_damaged_one_is_not(client: genai.Client) -> None:
    said, called, answered = await _history(client)
    assert "Keynote" in (await _ask(client, [said, called, answered], _config(GET_SESSION))).text
    [call], [response] = called.parts or [], answered.parts or []
    unsigned = types.Content(role="model", parts=[call.model_copy(update={"thought_signature": None})])
    twice = types.Content(role="user", parts=[response, response])
    refused = (400, "INVALID_ARGUMENT")
    assert await _refusal(client, [said, unsigned, answered]) == refused
    assert await _refusal(client, [said, answered]) == refused
    assert await _refusal(client, [said, called, twice]) == refused
    assert await _refusal(client, [said, called]) == refused


async def test_without_a_key_with_garbage_and_by_stream_it_refuses_like_google(url: str) -> None:
    path = f"{url}/v1/models/gemini-3.8-flash"
    key = {"x-goog-api-key": "anything"}
    body = {"contents": [{"parts": [{"text": "hello"}]}]}
    async with httpx2.AsyncClient(trust_env=False) as http:
        answers = [
            await http.post(f"{path}:generateContent", json=body),
            await http.post(f"{path}:generateContent", headers=key, content=b"{"),
            await http.post(f"{path}:generateContent", headers=key, json={"contents": []}),
            await http.post(f"{path}:generateContent", headers=key, json={"contents": [{"parts": ["x"]}]}),
            await http.post(f"{path}:streamGenerateContent?alt=sse", headers=key, json=body),
            await http.post(f"{path}:embedContent", headers=key, json=body),
            await http.post(f"{path}:generateContent", headers=key, json=body),
        ]
    assert [(each.status_code, each.json().get("error", {}).get("status")) for each in answers] == [
        (403, "PERMISSION_DENIED"),
        (400, "INVALID_ARGUMENT"),
        (400, "INVALID_ARGUMENT"),
        (400, "INVALID_ARGUMENT"),
        (501, "UNIMPLEMENTED"),
        (404, "NOT_FOUND"),
        (200, None),
    ]


async def test_the_programs_own_model_keeps_its_history_and_sends_it_back(url: str) -> None:
    settings = Settings.model_validate({"gemini_api_key": "anything", "gemini_api_url": url})
    model = open_model(settings)
    try:
        await model.ping()
        said = {"role": "user", "parts": [{"text": CONTEXT}, {"text": "<message>מתי Keynote?</message>"}]}
        tools = (ToolDeclaration(name=GET_SESSION, description="Read one session.", parameters={"type": "object"}),)
        first = await model.generate(ModelRequest(system="You help.", contents=(said,), tools=tools))
        [call] = first.calls
        assert (call.name, call.args) == (GET_SESSION, {"session": "Keynote"})
        assert first.content is not None
        response = {"function_response": {"id": call.id, "name": call.name, "response": {"session": SESSION}}}
        contents = (said, first.content, {"role": "user", "parts": [response]})
        last = await model.generate(ModelRequest(system="You help.", contents=contents, tools=tools))
    finally:
        await model.close()
    assert (last.calls, last.failure) == ((), None)
    assert last.text == (
        "\u2068Keynote\u2069: יום שלישי, 5 במאי, \u206809:00\u2069 עד \u206810:00\u2069, \u2068Hall A\u2069"
    )
