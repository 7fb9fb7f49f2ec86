"""Whole turns with the real client over HTTP."""

from typing import Any

import pytest

from core.ai.gemini import GeminiModel
from core.ai.models import Content, ToolCall, ToolDeclaration, Usage
from core.ai.turn import TurnRequest, TurnResult, run_turn
from core.kernel.phrases import phrase
from tests.contract.ai.standin import GeminiApi, candidate, error, says, stopped
from tests.unit.ai.strict import faults

pytestmark = pytest.mark.contract

HELLO: Content = {"role": "user", "parts": [{"text": "<message>Who speaks at ten?</message>"}]}
AGENDA = ToolDeclaration("get_agenda", "Read the agenda.", {"type": "object", "properties": {"at": {"type": "string"}}})


def calls(*times: str) -> dict[str, Any]:
    return {
        "parts": [
            {"functionCall": {"id": at, "name": "get_agenda", "args": {"at": at}}}
            | ({} if number else {"thoughtSignature": "c2lnLTE="})
            for number, at in enumerate(times)
        ]
    }


async def look(call: ToolCall) -> dict[str, Any]:
    return {"speaker": f"Dana at {call.args['at']}"}


async def turn(model: GeminiModel, history: tuple[Content, ...] = (), max_steps: int = 4) -> TurnResult:
    result = await run_turn(model, TurnRequest("Be brief.", history, HELLO, lambda: (AGENDA,), max_steps), look)
    assert result.contents == () or faults(result.contents, ends_with="model") == []
    return result


async def test_two_turns_with_parallel_calls(api: GeminiApi, model: GeminiModel) -> None:
    api.script = [candidate(*calls("10:00", "11:00")["parts"]), says("Dana."), says("As I said, Dana.")]

    first = await turn(model)
    second = await turn(model, history=first.contents)

    assert (first.text, second.text) == ("Dana.", "As I said, Dana.")
    assert first.usage == Usage(prompt=240, cached=128, output=40, thoughts=66)
    assert first.cost_microdollars is not None
    assert api.asked[2].body["contents"] == [
        HELLO,
        {"role": "model", **calls("10:00", "11:00")},
        {
            "role": "user",
            "parts": [
                {"functionResponse": {"id": at, "name": "get_agenda", "response": {"speaker": f"Dana at {at}"}}}
                for at in ("10:00", "11:00")
            ],
        },
        {"role": "model", "parts": [{"text": "Dana."}]},
        HELLO,
    ]


async def test_an_outage_that_passes_is_not_noticed(api: GeminiApi, model: GeminiModel) -> None:
    api.script = [
        error(503, "UNAVAILABLE"),
        candidate(*calls("10:00")["parts"]),
        stopped("MALFORMED_FUNCTION_CALL"),
        says("Dana."),
    ]

    result = await turn(model)

    assert (result.text, result.failure, result.steps, len(api.asked)) == ("Dana.", None, 4, 4)


async def test_a_long_queue_is_told_at_once(api: GeminiApi, model: GeminiModel) -> None:
    delay = {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "40s"}
    api.script = [candidate(*calls("10:00")["parts"]), error(429, "RESOURCE_EXHAUSTED", "Quota.", delay)]

    result = await turn(model)

    assert (result.text, result.failure) == (None, phrase("model-busy", seconds=40))
    assert [content["role"] for content in result.contents] == ["user", "model", "user", "model"]


async def test_a_conversation_that_another_model_signed_goes_on(api: GeminiApi, model: GeminiModel) -> None:
    history = (HELLO, {"role": "model", **calls("10:00")}, {"role": "user", "parts": []}, HELLO)
    api.script = [error(400, "INVALID_ARGUMENT", "Function call is missing a thought_signature"), says("Dana.")]

    result = await turn(model, history=history)

    assert (result.text, result.failure) == ("Dana.", None)
    assert [len(asked.body["contents"]) for asked in api.asked] == [5, 1]


async def test_a_model_that_only_calls_is_made_to_speak(api: GeminiApi, model: GeminiModel) -> None:
    api.script = [candidate(*calls("10:00")["parts"]), candidate(*calls("11:00")["parts"]), says("Dana, twice.")]

    result = await turn(model, max_steps=2)

    assert result.text == "Dana, twice."
    assert [asked.body["toolConfig"]["functionCallingConfig"]["mode"] for asked in api.asked] == [
        "AUTO",
        "AUTO",
        "NONE",
    ]
