"""Gemini through google-genai, the only file that knows it: one request, one reply, every failure in plain words."""

import re
from datetime import UTC, datetime
from typing import Any

import httpx2
import structlog
from google import genai
from google.genai import errors, types

from core.ai.models import ModelReply, ModelRequest, ToolCall, Usage
from core.ai.pricing import cost_microdollars, price_of, read_prices
from core.ai.schema import flat_schema
from core.kernel.errors import AppError, Upstream
from core.kernel.phrases import phrase
from core.kernel.settings import Settings

_log = structlog.get_logger("ai.gemini")

_MAX_OUTPUT_TOKENS = 2048
"""An answer is a few lines; thoughts count too."""
_BUSY, _SERVER_ERROR = 429, 500
_NOT_FOUND = 404
_KEY_REFUSED = frozenset({401, 403})
_BLOCKED = frozenset({"SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "MODEL_ARMOR", "LANGUAGE"})
_MALFORMED = frozenset({"MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL", "MALFORMED_RESPONSE", "TOO_MANY_TOOL_CALLS"})


class GeminiModel:
    """One client per process; it is safe to use from many turns at once."""

    def __init__(self, settings: Settings) -> None:
        assert settings.gemini_api_key is not None  # noqa: S101 the caller looked at ``model_is_on``
        self._name = settings.gemini_model
        self._prices = read_prices(settings.gemini_prices)
        # An explicit httpx2 client: where aiohttp is importable the SDK would use it instead, and on that transport
        # timeouts and HTML error pages come out as other exceptions and a refused connection sleeps for seconds.
        self._http = httpx2.AsyncClient(timeout=settings.gemini_timeout_seconds, trust_env=True)
        self._client = genai.Client(
            api_key=settings.gemini_api_key.get_secret_value(),
            vertexai=False,
            http_options=types.HttpOptions(
                base_url=settings.gemini_api_url,
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
        try:
            response = await self._client.aio.models.generate_content(
                model=self._name,
                contents=[types.Content.model_validate(content) for content in request.contents],
                config=_config(request),
            )
        except Exception as failure:
            raise _told(failure) from failure
        return _reply(response)

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


def _config(request: ModelRequest) -> types.GenerateContentConfig:
    declarations = [
        types.FunctionDeclaration(
            name=tool.name, description=tool.description, parameters_json_schema=flat_schema(tool.parameters)
        )
        for tool in request.tools
    ]
    mode = types.FunctionCallingConfigMode.NONE if request.force_text else types.FunctionCallingConfigMode.AUTO
    return types.GenerateContentConfig(
        system_instruction=request.system,
        tools=[types.Tool(function_declarations=declarations)] if declarations else None,
        tool_config=types.ToolConfig(function_calling_config=types.FunctionCallingConfig(mode=mode)),
        automatic_function_calling=types.AutomaticFunctionCallingConfig(disable=True),
        max_output_tokens=_MAX_OUTPUT_TOKENS,
        temperature=0.2,
    )


def _told(failure: Exception) -> AppError | Exception:
    """Return the failure as something a person may be told; a bug of ours stays what it is."""
    if isinstance(failure, errors.APIError):
        return _told_by_code(failure)
    if isinstance(failure, httpx2.TimeoutException | TimeoutError):
        return Upstream(phrase("model-timeout"))
    if isinstance(failure, httpx2.HTTPError | ValueError):
        # ValueError: an answer that is no JSON, such as a proxy's error page.
        return Upstream(phrase("model-down"))
    return failure


def _told_by_code(failure: errors.APIError) -> AppError:
    code = failure.code or 0
    # The message may quote the request; the code and the status are enough to act on.
    _log.warning("gemini refused", code=code, status=failure.status)
    if code == _BUSY:
        delay = _retry_delay(failure)
        seconds = max(1, round(delay or 0)) if delay else 60
        return Upstream(phrase("model-busy", seconds=seconds), retry_after=delay)
    if code >= _SERVER_ERROR:
        return Upstream(phrase("model-down"), retry_after=0.5)
    if code in _KEY_REFUSED or "api key" in (failure.message or "").lower():
        return AppError(phrase("model-key"))
    if code == _NOT_FOUND:
        return AppError(phrase("model-unknown"))
    return AppError(phrase("model-refused"))


def _retry_delay(failure: errors.APIError) -> float | None:
    """Return Google's RetryInfo ("17s"), else the Retry-After header; the SDK reads neither."""
    details: Any = failure.details
    error: Any = details.get("error", details) if isinstance(details, dict) else {}
    for detail in error.get("details", ()) if isinstance(error, dict) else ():
        match = re.fullmatch(r"(\d+(?:\.\d+)?)s", str(detail.get("retryDelay", "")))
        if match:
            return float(match[1])
    headers: Any = getattr(failure.response, "headers", None)
    given = str(headers.get("retry-after", "")) if headers is not None else ""
    return float(given) if given.isdigit() else None


def _reply(response: types.GenerateContentResponse) -> ModelReply:
    usage = _usage(response.usage_metadata)
    candidate = response.candidates[0] if response.candidates else None
    if candidate is None:
        blocked = response.prompt_feedback is not None and response.prompt_feedback.block_reason is not None
        return _failed("model-blocked" if blocked else "model-empty", usage, may_retry=not blocked)
    finish = candidate.finish_reason.value if candidate.finish_reason else "STOP"
    if finish in _BLOCKED:
        return _failed("model-blocked", usage)
    if finish in _MALFORMED:
        return _failed("model-malformed", usage, may_retry=True)
    parts = (candidate.content.parts if candidate.content else None) or []
    text = "".join(part.text for part in parts if part.text and not part.thought).strip()
    if finish == "MAX_TOKENS":
        # A call may be cut in half: nothing of this is run.
        return ModelReply(None, text=text, usage=usage, failure=phrase("model-cut"))
    calls = tuple(
        ToolCall(call.id, call.name or "", dict(call.args or {})) for part in parts if (call := part.function_call)
    )
    if candidate.content is None or not (text or calls):
        return _failed("model-empty", usage, may_retry=True)
    content = candidate.content.model_dump(mode="json", exclude_none=True)
    content.setdefault("role", "model")
    return ModelReply(content, text, calls, usage)


def _failed(why: str, usage: Usage, *, may_retry: bool = False) -> ModelReply:
    return ModelReply(None, usage=usage, failure=phrase(why), may_retry=may_retry)


def _usage(given: types.GenerateContentResponseUsageMetadata | None) -> Usage:
    if given is None:
        return Usage()
    return Usage(
        prompt=given.prompt_token_count or 0,
        cached=given.cached_content_token_count or 0,
        output=given.candidates_token_count or 0,
        thoughts=given.thoughts_token_count or 0,
    )
