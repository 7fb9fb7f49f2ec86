"""A stand-in for Gemini: the wire protocol of ``generateContent``, a fixed set of sentences, no memory of its own."""

import hashlib
from datetime import datetime
from typing import Any

from fastapi import APIRouter
from fastapi import Request as HttpRequest
from fastapi.responses import JSONResponse
from pydantic import ValidationError

from bots.playground.gemini_checks import BadRequest, check
from bots.playground.sentences.conversation.plan import respond
from bots.playground.sentences.conversation.talk import Call, Turn
from bots.playground.sentences.conversation.wire import Request, read_turns

_LETTERS_PER_TOKEN = 4
_SIGNATURE = "skip_thought_signature_validator"
"""What Google documents as the signature of a call that its models did not make. With it a conversation that was begun
with the stand-in can be continued with the real model. https://ai.google.dev/gemini-api/docs/thought-signatures"""
_NO_KEY = (
    "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other "
    "form of API consumer identity to call this API."
)


def gemini_router() -> APIRouter:
    """Return ``/gemini/{version}/models/{model}`` with ``:generateContent`` and ``:countTokens``.

    Errors have Google's shape: 400 for a body or history that Gemini refuses, 403 without a key, 501 for streaming.
    """
    routes = APIRouter(prefix="/gemini")
    routes.add_api_route("/{version}/models/{call}", _post, methods=["POST"], include_in_schema=False)
    routes.add_api_route("/{version}/models/{model}", _describe, methods=["GET"], include_in_schema=False)
    return routes


async def _post(request: HttpRequest, version: str, call: str) -> JSONResponse:
    del version  # v1 and v1beta speak the same here
    model, _, method = call.rpartition(":")
    if not request.headers.get("x-goog-api-key"):
        return _error(403, "PERMISSION_DENIED", _NO_KEY)
    if method == "streamGenerateContent":
        return _error(501, "UNIMPLEMENTED", "The stand-in does not stream; use generateContent.")
    if method not in {"generateContent", "countTokens"}:
        return _error(404, "NOT_FOUND", f"The stand-in has no method {method}.")
    try:
        asked = Request.model_validate_json(await request.body())
    except ValidationError as invalid:
        return _error(400, "INVALID_ARGUMENT", _first_fault(invalid))
    if method == "countTokens":
        return JSONResponse({"totalTokens": _tokens_of(asked)})
    try:
        check({"contents": [content.model_dump(by_alias=True, exclude_none=True) for content in asked.contents]})
    except BadRequest as bad:
        return _error(400, "INVALID_ARGUMENT", str(bad))
    return JSONResponse(_reply(asked, model))


async def _describe(request: HttpRequest, version: str, model: str) -> JSONResponse:
    del version
    if not request.headers.get("x-goog-api-key"):
        return _error(403, "PERMISSION_DENIED", _NO_KEY)
    return JSONResponse(
        {
            "name": f"models/{model}",
            "displayName": "Stand-in",
            "version": "1",
            "inputTokenLimit": 100_000,
            "outputTokenLimit": 8192,
            "supportedGenerationMethods": ["generateContent", "countTokens"],
        }
    )


def _error(code: int, status: str, message: str) -> JSONResponse:
    return JSONResponse({"error": {"code": code, "message": message, "status": status}}, code)


def _first_fault(invalid: ValidationError) -> str:
    fault = invalid.errors(include_url=False, include_input=False, include_context=False)[0]
    where = ".".join(str(step) for step in fault["loc"])
    return f"Invalid value at '{where}': {fault['msg']}" if where else fault["msg"]


def _reply(asked: Request, model: str) -> dict[str, Any]:
    turns = read_turns(asked.contents, datetime.now())
    parts = _parts(turns, respond(turns, asked.declared, may_call=asked.may_call))
    prompt, said = _tokens_of(asked), _tokens(str(parts))
    return {
        "candidates": [{"content": {"role": "model", "parts": parts}, "finishReason": "STOP", "index": 0}],
        "usageMetadata": {"promptTokenCount": prompt, "candidatesTokenCount": said, "totalTokenCount": prompt + said},
        "modelVersion": f"{model} (stand-in)",
        "responseId": hashlib.sha256(asked.model_dump_json().encode()).hexdigest()[:16],
    }


def _parts(turns: list[Turn], outcome: str | tuple[Call, ...]) -> list[dict[str, Any]]:
    if isinstance(outcome, str):
        return [{"text": outcome}]
    first = sum(len(turn.steps) for turn in turns) + 1
    parts: list[dict[str, Any]] = [
        {"functionCall": {"id": f"call-{number}", "name": call.name, "args": call.args}}
        for number, call in enumerate(outcome, first)
    ]
    # As Gemini does: of calls that are made at once the first one carries the signature.
    parts[0]["thoughtSignature"] = _SIGNATURE
    return parts


def _tokens_of(asked: Request) -> int:
    return _tokens(asked.model_dump_json(exclude_none=True))


def _tokens(text: str) -> int:
    return max(1, len(text) // _LETTERS_PER_TOKEN)
