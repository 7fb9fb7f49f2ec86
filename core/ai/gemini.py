"""Gemini through google-genai, the only file that knows it: one request, one reply, every failure in plain words."""

# The SDK's public door copies and translates every request anew; its parts behind it are pinned with the lock.
# pyright: reportPrivateUsage=false

import json
import warnings
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, cast

import httpx2
import structlog
from google import genai
from google.genai import _common, errors, models, types
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from pydantic.alias_generators import to_camel

from core.ai.models import ModelReply, ModelRequest, RequestRefused, ToolCall, ToolDeclaration, Usage
from core.ai.pricing import cost_microdollars, price_of, read_prices
from core.ai.refusals import HttpError, refusal
from core.ai.schema import flat_schema
from core.ai.words import is_call, shortened
from core.kernel.answers import MOST_ANSWER, TooLong, bounded, unpacked
from core.kernel.errors import AppError, Upstream
from core.kernel.phrases import phrase
from core.kernel.settings import Settings
from core.texts import plain_answer

_log = structlog.get_logger("ai.gemini")

_MAX_OUTPUT_TOKENS = 8192
"""An answer is a few lines, but thoughts count too, and a call that is cut by this limit is lost."""
_MOST_FRAMES = 32
"""Requests differ in role, language and step only, but for what was said; see ``_frame``."""
_RECONNECT = 0.5
"""Seconds; a connection that the other side closed while it was idle fails once and works at the next try."""
_BLOCKED = frozenset({"SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "MODEL_ARMOR", "LANGUAGE"})
_MALFORMED = frozenset({"MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL", "MALFORMED_RESPONSE", "TOO_MANY_TOOL_CALLS"})
_CUT = frozenset({"MAX_TOKENS", "CONTINUATION"})
_GARBAGE = (ValueError, TypeError, AttributeError, LookupError)
"""What the SDK raises on a 200 that is no reply (a proxy's page, another service): it reads before it checks."""

_Tools = tuple[ToolDeclaration, ...]
_Body = dict[str, Any]
_ANY_CONTENTS = TypeAdapter(list[types.Content])
_ANYTHING = types.Content(role="user", parts=[types.Part(text="")])


class _Kept(BaseModel):
    """What nearly every history is made of, read in a tenth of the time that the SDK's types take."""

    model_config = ConfigDict(extra="forbid", strict=True, alias_generator=to_camel, populate_by_name=True)


class _Call(_Kept):
    id: str | None = None
    args: dict[str, Any] | None = None
    name: str


class _Answer(_Kept):
    id: str | None = None
    name: str
    response: dict[str, Any] | None = None


class _Part(_Kept):
    function_call: _Call | None = None
    function_response: _Answer | None = None
    text: str | None = None
    thought: bool | None = None
    thought_signature: str | None = None


class _Content(_Kept):
    parts: list[_Part]
    role: str


_CONTENTS = TypeAdapter(list[_Content])


class _Bounded(httpx2.AsyncByteStream):
    """The body of an answer, up to the limit."""

    def __init__(self, inner: httpx2.AsyncByteStream) -> None:
        self._inner = inner

    def __aiter__(self) -> AsyncIterator[bytes]:
        return bounded(self._inner, MOST_ANSWER)

    async def aclose(self) -> None:
        """Close the body below."""
        await self._inner.aclose()


async def _limit(response: httpx2.Response) -> None:
    # Called between the header and the body, whatever the SDK reads next.
    unpacked(response.headers)
    response.stream = _Bounded(cast("httpx2.AsyncByteStream", response.stream))


class GeminiModel:
    """One client per process; it is safe to use from many turns at once."""

    def __init__(self, settings: Settings) -> None:
        assert settings.gemini_api_key is not None  # noqa: S101 the caller looked at ``model_is_on``
        # A reason to finish that is newer than the SDK is told as what it came with; nobody reads the warning.
        warnings.filterwarnings("ignore", r".* is not a valid \w+$", UserWarning)
        self._frames: dict[tuple[str, bool], tuple[_Tools, _Body]] = {}
        self._name = settings.gemini_model
        self._prices = read_prices(settings.gemini_prices)
        # An explicit httpx2 client: where aiohttp is importable the SDK would use it instead, and on that transport
        # timeouts and HTML error pages come out as other exceptions and a refused connection sleeps for seconds.
        self._http = httpx2.AsyncClient(
            timeout=settings.gemini_timeout_seconds,
            trust_env=True,
            headers={"accept-encoding": "identity"},
            event_hooks={"response": [_limit]},
        )
        self._client = genai.Client(
            # A pasted line break would make the header illegal.
            api_key=settings.gemini_api_key.get_secret_value().strip(),
            vertexai=False,
            http_options=types.HttpOptions(
                base_url=settings.gemini_api_url or None,
                api_version=settings.gemini_api_version,
                timeout=round(settings.gemini_timeout_seconds * 1000),
                retry_options=types.HttpRetryOptions(attempts=1),
                httpx_async_client=self._http,
            ),
        )

    @property
    def name(self) -> str:
        """The model's name."""
        return self._name

    def cost(self, usage: Usage) -> int | None:
        """Return the price of the tokens today, in micro-dollars."""
        price = price_of(self._name, datetime.now(UTC).date(), self._prices)
        return None if price is None else cost_microdollars(usage, price)

    async def generate(self, request: ModelRequest) -> ModelReply:
        """Ask once; no tool is ever called by the SDK itself."""
        body = {**self._frame(request), "contents": _contents(request)}
        try:
            response = await self._post(body)
            return _reply(response, request.names | {tool.name for tool in request.tools})
        except AppError:
            raise
        except ValidationError as unread:
            # No reply by the SDK's own types: arguments that are a list, a number for a name.
            _log.warning("gemini malformed", fault=type(unread).__name__)
            return _failed("model-malformed", Usage())
        except Exception as failure:
            raise _told(failure) from failure

    async def _post(self, body: _Body) -> types.GenerateContentResponse:
        # What ``generate_content`` does, but for building the whole request anew, which took 16 ms at twelve turns.
        path = f"{body['_url']['model']}:generateContent"
        answer = await self._client.aio.models._api_client.async_request("post", path, body)
        found = models._GenerateContentResponse_from_mldev(_unwrapped(json.loads(answer.body or "{}")))
        return types.GenerateContentResponse._from_response(response=found, kwargs={})

    def _frame(self, request: ModelRequest) -> _Body:
        """Return the request but for what was said, built by the SDK once for each role, language and step."""
        key = (request.system, request.force_text)
        known = self._frames.get(key)
        if known is not None and known[0] == request.tools:
            return known[1]
        if len(self._frames) >= _MOST_FRAMES:
            self._frames.clear()
        frame = _build_frame(self._client, self._name, build_config(request))
        self._frames[key] = (request.tools, frame)
        return frame

    async def ping(self) -> None:
        """Ask for the model's description."""
        try:
            await self._client.aio.models.get(model=self._name)
        except Exception as failure:
            raise _told(failure) from failure

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aio.aclose()
        await self._http.aclose()


def open_model(settings: Settings) -> GeminiModel:
    """Return the model of the settings. Raises ``ValueError`` when ``gemini_prices`` cannot be read."""
    return GeminiModel(settings)


def _contents(request: ModelRequest) -> list[Any]:
    kept = list(request.contents)
    try:
        return _CONTENTS.dump_python(_CONTENTS.validate_python(kept), by_alias=True, exclude_none=True)
    except ValidationError:
        pass
    try:
        contents = _ANY_CONTENTS.validate_python(kept)
    except ValidationError as unreadable:
        # A history that an older SDK wrote. The values stay out of the log.
        _log.warning("history unreadable", fault=type(unreadable).__name__)
        raise RequestRefused from None
    return _ANY_CONTENTS.dump_python(contents, mode="json", by_alias=True, exclude_none=True)


def _unwrapped(raw: Any) -> Any:
    """Return a reply whose calls have objects for arguments where the model wrote them as a text of JSON."""
    parts = [part for each in _list(raw, "candidates") for part in _list(_value(each, "content"), "parts")]
    for call in (_value(part, "functionCall") for part in parts):
        args = _value(call, "args")
        if isinstance(args, str):
            with suppress(ValueError):
                call["args"] = json.loads(args)
    return raw


def _value(of: Any, name: str) -> Any:
    return cast("dict[str, Any]", of).get(name) if isinstance(of, dict) else None


def _list(of: Any, name: str) -> list[Any]:
    found = _value(of, name)
    return cast("list[Any]", found) if isinstance(found, list) else []


def _build_frame(client: genai.Client, model: str, config: types.GenerateContentConfig) -> _Body:
    asked = types._GenerateContentParameters(model=model, contents=[_ANYTHING], config=config)
    body = models._GenerateContentParameters_to_mldev(client._api_client, asked, None, asked)
    return _common.encode_unserializable_types(_common.convert_to_dict(body))


def build_config(request: ModelRequest) -> types.GenerateContentConfig:
    """Return the request's configuration for the SDK: everything but what was said and the model's name."""
    declarations = [
        types.FunctionDeclaration(
            name=tool.name, description=tool.description, parameters_json_schema=flat_schema(tool.parameters)
        )
        for tool in request.tools
    ]
    mode = types.FunctionCallingConfigMode.NONE if request.force_text else types.FunctionCallingConfigMode.AUTO
    # The temperature stays the model's own: Google warns that a lower one makes Gemini 3 loop.
    return types.GenerateContentConfig(
        system_instruction=request.system,
        tools=[types.Tool(function_declarations=declarations)] if declarations else None,
        tool_config=types.ToolConfig(function_calling_config=types.FunctionCallingConfig(mode=mode))
        if declarations
        else None,
        automatic_function_calling=types.AutomaticFunctionCallingConfig(disable=True),
        automatic_continuation=False,
        max_output_tokens=_MAX_OUTPUT_TOKENS,
    )


def _told(failure: Exception) -> Exception:
    """Return the failure as something a person may be told; a bug of ours stays what it is."""
    if isinstance(failure, errors.APIError):
        # The message may quote the request; the code and the status are enough to act on.
        _log.warning("gemini refused", code=failure.code, status=failure.status)
        return refusal(_http_error(failure))
    _log.warning("gemini failed", fault=type(failure).__name__)
    if isinstance(failure, httpx2.TimeoutException | TimeoutError):
        return Upstream(phrase("model-timeout"))
    if isinstance(failure, httpx2.TransportError):
        return Upstream(phrase("model-down"), retry_after=_RECONNECT)
    if isinstance(failure, (httpx2.HTTPError, *_GARBAGE)):
        # What was too long once is not asked for again.
        again = None if isinstance(failure, TooLong) else _RECONNECT
        return Upstream(phrase("model-down"), retry_after=again)
    return failure


def _http_error(failure: errors.APIError) -> HttpError:
    headers: Any = getattr(failure.response, "headers", None)
    return HttpError(
        code=failure.code or 0,
        status=str(failure.status or ""),
        message=str(failure.message or ""),
        details=failure.details,
        retry_after=str(headers.get("retry-after", "")) if headers is not None else "",
    )


def _reply(response: types.GenerateContentResponse, tools: frozenset[str]) -> ModelReply:
    usage = _usage(response.usage_metadata)
    candidate = response.candidates[0] if response.candidates else None
    if candidate is None:
        blocked = response.prompt_feedback is not None and response.prompt_feedback.block_reason is not None
        return _blocked(usage) if blocked else _failed("model-empty", usage)
    finish = str(candidate.finish_reason.value) if candidate.finish_reason else "STOP"
    if finish == "MISSING_THOUGHT_SIGNATURE":
        raise RequestRefused
    if finish in _BLOCKED:
        return _blocked(usage)
    if finish in _MALFORMED:
        return _failed("model-malformed", usage)
    reply = _said(candidate.content or types.Content(), usage, is_cut=finish in _CUT)
    # Nobody is shown pseudo-code, and what came in the shape of words stays out of the history too.
    return _failed("model-malformed", usage) if is_call(reply.text, tools) else reply


def _said(given: types.Content, usage: Usage, *, is_cut: bool) -> ModelReply:
    parts = given.parts or []
    # What nobody sees is no answer, and hides what others are to read.
    text = plain_answer("".join(part.text for part in parts if part.text and not part.thought)).strip()
    calls = tuple(
        ToolCall(call.id, call.name or "", dict(call.args or {})) for part in parts if (call := part.function_call)
    )
    content = given.model_dump(mode="json", exclude_none=True) | {"role": "model"}
    # The SDK writes null for a number that is none, and hands it over all the same.
    if not _can_be_kept({**content, "args": [call.args for call in calls]}) or not all(call.name for call in calls):
        return _failed("model-malformed", usage)
    short = shortened(text)
    if is_cut or short != text:
        # A call may be cut in half: nothing of this is run. A loop must not come back with the history.
        return ModelReply(None, text=short, usage=usage, failure=phrase("model-cut"))
    if not text and not calls:
        return _failed("model-empty", usage)
    return ModelReply(content, text, calls, usage)


def _can_be_kept(content: dict[str, Any]) -> bool:
    """Whether PostgreSQL can store it: jsonb takes no NUL, no half of a surrogate pair and no NaN."""
    try:
        text = json.dumps(content, ensure_ascii=False, allow_nan=False)
        text.encode()
    except ValueError:
        return False
    return "\\u0000" not in text.replace("\\\\", "")


def _blocked(usage: Usage) -> ModelReply:
    return ModelReply(None, usage=usage, failure=phrase("model-blocked"), is_blocked=True)


def _failed(why: str, usage: Usage) -> ModelReply:
    return ModelReply(None, usage=usage, failure=phrase(why), may_retry=True)


def _usage(given: types.GenerateContentResponseUsageMetadata | None) -> Usage:
    if given is None:
        return Usage()
    return Usage(
        prompt=given.prompt_token_count or 0,
        cached=given.cached_content_token_count or 0,
        output=given.candidates_token_count or 0,
        thoughts=given.thoughts_token_count or 0,
    )
