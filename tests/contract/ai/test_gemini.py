"""The real client over HTTP: what goes out, what comes back, and every documented failure."""

import asyncio
import json
import sys
from typing import Any

import pytest

from core.ai.gemini import GeminiModel, open_model
from core.ai.models import Content, ModelReply, ModelRequest, RequestRefused, ToolCall, ToolDeclaration, Usage
from core.kernel.errors import AppError, Upstream
from core.kernel.phrases import Phrase, phrase
from tests.contract.ai.standin import KEY, MODEL, GeminiApi, Reply, candidate, error, ok, says, stopped

pytestmark = pytest.mark.contract

HELLO: Content = {"role": "user", "parts": [{"text": "Now: Friday."}, {"text": "<message>מי בעשר?</message>"}]}
AGENDA = ToolDeclaration(
    "get_agenda",
    "Read the agenda.",
    {
        "type": "object",
        "title": "GetAgenda",
        "properties": {
            "at": {"anyOf": [{"type": "string"}, {"type": "null"}], "default": None, "title": "At"},
            "title": {"type": "string", "title": "Title"},
        },
    },
)
USAGE = Usage(prompt=120, cached=64, output=20, thoughts=33)
TWO_CALLS = [
    {"text": "Let me see.", "thought": True},
    {"functionCall": {"id": "c1", "name": "get_agenda", "args": {"at": "10:00"}}, "thoughtSignature": "c2ln_-8="},
    {"functionCall": {"id": "c2", "name": "get_agenda", "args": {"at": "11:00"}}},
]
RETRY_INFO = {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "17s"}


def request(
    *contents: Content, force_text: bool = False, tools: tuple[ToolDeclaration, ...] = (AGENDA,)
) -> ModelRequest:
    return ModelRequest("Be brief.", contents or (HELLO,), tools, force_text)


async def told(model: GeminiModel, *contents: Content) -> AppError:
    with pytest.raises(AppError) as caught:
        await model.generate(request(*contents))
    return caught.value


async def test_a_request_on_the_wire(api: GeminiApi, model: GeminiModel) -> None:
    await model.generate(request())

    (asked,) = api.asked
    assert (asked.path, asked.key) == (f"/v1/models/{MODEL}:generateContent", KEY)
    assert asked.body == {
        "contents": [HELLO],
        "systemInstruction": {"role": "user", "parts": [{"text": "Be brief."}]},
        "tools": [
            {
                "functionDeclarations": [
                    {
                        "name": "get_agenda",
                        "description": "Read the agenda.",
                        "parameters_json_schema": {
                            "type": "object",
                            "properties": {"at": {"type": "string"}, "title": {"type": "string"}},
                        },
                    }
                ]
            }
        ],
        "toolConfig": {"functionCallingConfig": {"mode": "AUTO"}},
        "generationConfig": {"maxOutputTokens": 8192},
    }


async def test_forced_words_forbid_calls_and_leave_the_tools_declared(api: GeminiApi, model: GeminiModel) -> None:
    await model.generate(request(force_text=True))
    await model.generate(request())
    await model.generate(request(tools=()))

    bodies = [asked.body for asked in api.asked]
    assert [body.get("toolConfig", {}).get("functionCallingConfig") for body in bodies] == [
        {"mode": "NONE"},
        {"mode": "AUTO"},
        None,
    ]
    assert ["tools" in body for body in bodies] == [True, True, False]


async def test_a_configuration_that_is_used_again_says_the_same(api: GeminiApi, model: GeminiModel) -> None:
    for _ in range(3):
        await model.generate(request())

    assert api.asked[0] == api.asked[1] == api.asked[2]


async def test_other_tools_under_the_same_instructions_are_declared(api: GeminiApi, model: GeminiModel) -> None:
    await model.generate(request())
    await model.generate(request(tools=(ToolDeclaration("list_events", "Read the events.", {"type": "object"}),)))

    (declared,) = api.asked[1].body["tools"]
    assert [each["name"] for each in declared["functionDeclarations"]] == ["list_events"]


async def test_words_come_back_with_their_usage(api: GeminiApi, model: GeminiModel) -> None:
    api.script = [candidate({"text": "Hmm", "thought": True}, {"text": "Dana Levi"}, {"text": ", Hall A. \n"})]

    reply = await model.generate(request())

    assert (reply.text, reply.calls, reply.usage, reply.failure) == ("Dana Levi, Hall A.", (), USAGE, None)


async def test_calls_go_back_as_they_came_also_from_the_database(api: GeminiApi, model: GeminiModel) -> None:
    """Signatures, thoughts and ids survive the way through JSON; the stand-in gets back what it sent."""
    api.script = [candidate(*TWO_CALLS)]
    reply = await model.generate(request())
    assert reply.calls == (
        ToolCall("c1", "get_agenda", {"at": "10:00"}),
        ToolCall("c2", "get_agenda", {"at": "11:00"}),
    )
    answers: Content = {
        "role": "user",
        "parts": [
            {"function_response": {"id": "c1", "name": "get_agenda", "response": {"sessions": ["א"]}}},
            {"function_response": {"id": "c2", "name": "get_agenda", "response": {"sessions": []}}},
        ],
    }

    stored: Content = json.loads(json.dumps(reply.content, sort_keys=True))
    await model.generate(request(HELLO, stored, answers))

    assert api.asked[1].body["contents"] == [
        HELLO,
        {"role": "model", "parts": TWO_CALLS},
        {
            "role": "user",
            "parts": [
                {"functionResponse": {"id": "c1", "name": "get_agenda", "response": {"sessions": ["א"]}}},
                {"functionResponse": {"id": "c2", "name": "get_agenda", "response": {"sessions": []}}},
            ],
        },
    ]


async def test_a_call_without_id_and_arguments(api: GeminiApi, model: GeminiModel) -> None:
    api.script = [candidate({"functionCall": {"name": "list_events"}})]

    assert (await model.generate(request())).calls == (ToolCall(None, "list_events", {}),)


def no_reply(why: str, usage: Usage = USAGE, *, text: str = "", may_retry: bool = False) -> ModelReply:
    return ModelReply(
        None,
        text=text,
        usage=usage,
        failure=phrase(why),
        may_retry=may_retry,
        is_blocked=why == "model-blocked",
    )


HALF_A_CALL = {"functionCall": {"id": "c1", "name": "get_agenda", "args": {}}}


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (ok({"promptFeedback": {"blockReason": "SAFETY"}}), no_reply("model-blocked", Usage())),
        (stopped("SAFETY"), no_reply("model-blocked")),
        (stopped("RECITATION"), no_reply("model-blocked")),
        (stopped("PROHIBITED_CONTENT"), no_reply("model-blocked")),
        (stopped("SPII"), no_reply("model-blocked")),
        (stopped("BLOCKLIST"), no_reply("model-blocked")),
        (candidate({"text": "Half"}, finish="SAFETY"), no_reply("model-blocked")),
        (stopped("MALFORMED_FUNCTION_CALL"), no_reply("model-malformed", may_retry=True)),
        (stopped("UNEXPECTED_TOOL_CALL"), no_reply("model-malformed", may_retry=True)),
        (stopped("TOO_MANY_TOOL_CALLS"), no_reply("model-malformed", may_retry=True)),
        (candidate(HALF_A_CALL, finish="MALFORMED_FUNCTION_CALL"), no_reply("model-malformed", may_retry=True)),
        (candidate({"functionCall": {"args": {}}}), no_reply("model-malformed", may_retry=True)),
        (candidate({"text": "a\u0000b"}), no_reply("model-malformed", may_retry=True)),
        (candidate({"text": "a\ud800b"}), no_reply("model-malformed", may_retry=True)),
        (stopped("MAX_TOKENS"), no_reply("model-cut")),
        (candidate({"text": "Half "}, HALF_A_CALL, finish="MAX_TOKENS"), no_reply("model-cut", text="Half")),
        (candidate({"text": "Half"}, finish="CONTINUATION"), no_reply("model-cut", text="Half")),
        (stopped("STOP"), no_reply("model-empty", may_retry=True)),
        (stopped("OTHER"), no_reply("model-empty", may_retry=True)),
        (candidate(), no_reply("model-empty", may_retry=True)),
        (candidate({"text": "Hmm", "thought": True}), no_reply("model-empty", may_retry=True)),
        (ok({"candidates": []}), no_reply("model-empty", Usage(), may_retry=True)),
        (ok({}), no_reply("model-empty", Usage(), may_retry=True)),
        (Reply(200, b""), no_reply("model-empty", Usage(), may_retry=True)),
    ],
)
async def test_a_reply_that_is_none(api: GeminiApi, model: GeminiModel, reply: Reply, expected: ModelReply) -> None:
    api.script = [reply]

    assert await model.generate(request()) == expected
    assert len(api.asked) == 1


async def test_a_text_that_only_looks_like_a_null_character_is_kept(api: GeminiApi, model: GeminiModel) -> None:
    api.script = [says(r"Type \u0000 to see")]

    assert (await model.generate(request())).text == r"Type \u0000 to see"


@pytest.mark.filterwarnings("ignore:BRAND_NEW is not a valid FinishReason")
async def test_an_end_that_is_not_known_yet_is_taken_as_it_comes(api: GeminiApi, model: GeminiModel) -> None:
    api.script = [candidate({"text": "Hello."}, finish="BRAND_NEW"), stopped("BRAND_NEW")]

    assert (await model.generate(request())).text == "Hello."
    assert await model.generate(request()) == no_reply("model-empty", may_retry=True)


@pytest.mark.parametrize(
    ("reply", "expected", "retry_after"),
    [
        (error(429, "RESOURCE_EXHAUSTED", "Quota.", RETRY_INFO), phrase("model-busy", seconds=17), 17.0),
        (error(429, "RESOURCE_EXHAUSTED", retry_after="3"), phrase("model-busy", seconds=3), 3.0),
        (Reply(429, b"Slow down"), phrase("model-busy", seconds=60), None),
        (Reply(429, b'{"error":{"details":[1]}}'), phrase("model-busy", seconds=60), None),
        (error(500, "INTERNAL"), phrase("model-down"), 0.5),
        (error(503, "UNAVAILABLE"), phrase("model-down"), 0.5),
        (Reply(502, b"<html>Bad Gateway</html>", {"content-type": "text/html"}), phrase("model-down"), 0.5),
        (Reply(500, b"[1]"), phrase("model-down"), 0.5),
        (error(504, "DEADLINE_EXCEEDED"), phrase("model-timeout"), None),
        (Reply(302, b"", {"location": "/elsewhere"}), phrase("model-down"), None),
        (Reply(200, b"<html>Log in first</html>", {"content-type": "text/html"}), phrase("model-down"), 0.5),
        (Reply(200, b"7"), phrase("model-down"), 0.5),
        (Reply(200, b'{"candidates":[1]}'), phrase("model-down"), 0.5),
        (Reply(200, b"no gzip", {"content-encoding": "gzip"}), phrase("model-down"), None),
    ],
)
async def test_a_model_that_is_down_or_busy(
    api: GeminiApi, model: GeminiModel, reply: Reply, expected: Phrase, retry_after: float | None
) -> None:
    """Asked once: whether to ask again is the turn's decision, not the SDK's."""
    api.script = [reply]

    failure = await told(model)

    assert isinstance(failure, Upstream)
    assert (failure.phrase, failure.retry_after, len(api.asked)) == (expected, retry_after, 1)


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (error(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key."), phrase("model-key")),
        (error(401, "UNAUTHENTICATED"), phrase("model-key")),
        (error(403, "PERMISSION_DENIED"), phrase("model-key")),
        (error(400, "FAILED_PRECONDITION", "User location is not supported."), phrase("model-account")),
        (error(404, "NOT_FOUND", "models/x is not found for API version v1"), phrase("model-unknown")),
        (error(400, "INVALID_ARGUMENT", "Function call is missing a thought_signature"), phrase("model-refused")),
        (stopped("MISSING_THOUGHT_SIGNATURE"), phrase("model-refused")),
    ],
)
async def test_a_request_that_is_not_taken(api: GeminiApi, model: GeminiModel, reply: Reply, expected: Phrase) -> None:
    api.script = [reply]

    failure = await told(model)

    assert (failure.phrase, isinstance(failure, Upstream), len(api.asked)) == (expected, False, 1)
    assert isinstance(failure, RequestRefused) == (expected.id == "model-refused")


async def test_a_history_that_cannot_be_read_is_refused_before_it_is_sent(api: GeminiApi, model: GeminiModel) -> None:
    failure = await told(model, {"role": "user", "parts": [{"no_such_part": 1}]})

    assert (type(failure), api.asked) == (RequestRefused, [])


async def test_a_model_that_does_not_answer_in_time(api: GeminiApi) -> None:
    api.script = [Reply(200, b"{}", seconds=1)]
    impatient = open_model(api.settings(gemini_timeout_seconds=0.05))

    failure = await told(impatient)
    await impatient.close()

    assert isinstance(failure, Upstream)
    assert (failure.phrase, failure.retry_after, len(api.asked)) == (phrase("model-timeout"), None, 1)


async def test_a_model_that_nobody_listens_for() -> None:
    model = open_model(GeminiApi(url="http://127.0.0.1:1").settings())

    failure = await told(model)
    await model.close()

    assert isinstance(failure, Upstream)
    assert (failure.phrase, failure.retry_after) == (phrase("model-down"), 0.5)


async def test_neither_words_nor_the_key_reach_the_log(
    api: GeminiApi, model: GeminiModel, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    api.script = [says("secret answer"), error(400, "INVALID_ARGUMENT", "Bad text: secret words")]
    words: Content = {"role": "user", "parts": [{"text": "secret words"}]}

    await model.generate(request(words))
    await told(model, words)
    await told(model, {"role": "user", "parts": [{"no_such_part": "secret words"}]})

    written = capsys.readouterr()
    everything = written.out + written.err + caplog.text
    assert "gemini refused" in everything
    assert "secret" not in everything
    assert KEY not in everything


async def test_a_pasted_line_break_in_the_key_and_an_empty_address(api: GeminiApi) -> None:
    model = open_model(api.settings(gemini_api_key=f" {KEY}\n"))

    await model.generate(request())
    await model.close()

    assert api.asked[0].key == KEY
    await open_model(api.settings(gemini_api_url="")).close()


async def test_the_version_of_the_api_is_a_setting(api: GeminiApi) -> None:
    model = open_model(api.settings(gemini_api_version="v1beta"))

    await model.generate(request())
    await model.close()

    assert api.asked[0].path == f"/v1beta/models/{MODEL}:generateContent"


async def test_asking_whether_the_model_is_there(api: GeminiApi, model: GeminiModel) -> None:
    api.script = [ok({"name": f"models/{MODEL}"}), error(404, "NOT_FOUND")]

    await model.ping()
    with pytest.raises(AppError) as caught:
        await model.ping()

    assert caught.value.phrase == phrase("model-unknown")
    assert [asked.path for asked in api.asked] == [f"/v1/models/{MODEL}"] * 2


async def test_what_tokens_cost_is_a_setting(api: GeminiApi) -> None:
    model = open_model(api.settings(gemini_prices=f"{MODEL}=1/2"))
    unknown: Any = open_model(api.settings(gemini_model="gemini-99"))

    assert (model.cost(USAGE), unknown.cost(USAGE)) == (120 + 53 * 2, None)
    await model.close()
    await unknown.close()


async def test_the_flows_load_without_the_sdk() -> None:
    """It takes a second to load: the port listens first."""
    look = "import sys, core.flows.on_message; print(any(name.startswith('google.genai') for name in sys.modules))"

    running = await asyncio.create_subprocess_exec(sys.executable, "-c", look, stdout=asyncio.subprocess.PIPE)
    written, _ = await running.communicate()

    assert (running.returncode, written.decode().strip()) == (0, "False")
