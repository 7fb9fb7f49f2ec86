"""A stand-in for Gemini: the wire protocol of ``generateContent``, a rule-based head, no memory of its own."""

import base64
import hashlib
import json
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from bots.playground.gemini_checks import BadRequest, check
from bots.playground.sentences.answers import answer, forced, not_understood
from bots.playground.sentences.history import Heard, chosen_call, hear, last_title
from bots.playground.sentences.intents import Call, Intent, Language, next_call
from bots.playground.sentences.rules import understand
from bots.playground.sentences.situation import read_situation
from bots.playground.sentences.words import normal

_LETTERS_PER_TOKEN = 4


def gemini_router() -> APIRouter:
    """Return ``/gemini/{version}/models/{model}`` and its ``:generateContent``."""
    routes = APIRouter(prefix="/gemini")

    async def generate(request: Request, version: str, call: str) -> JSONResponse:
        del version  # v1 and v1beta speak the same here
        model, _, method = call.rpartition(":")
        if not request.headers.get("x-goog-api-key"):
            return _error(403, "PERMISSION_DENIED", "Method doesn't allow unregistered callers.")
        if method != "generateContent":
            return _error(404, "NOT_FOUND", f"{method} is not part of this stand-in.")
        try:
            body: Any = json.loads(await request.body())
            check(body)
        except (ValueError, BadRequest) as bad:
            return _error(400, "INVALID_ARGUMENT", str(bad))
        return JSONResponse(_reply(body, model))

    async def describe(version: str, model: str) -> JSONResponse:
        del version
        return JSONResponse(
            {
                "name": f"models/{model}",
                "displayName": "Stand-in",
                "version": "1",
                "inputTokenLimit": 100_000,
                "outputTokenLimit": 8192,
                "supportedGenerationMethods": ["generateContent"],
            }
        )

    routes.add_api_route("/{version}/models/{call}", generate, methods=["POST"], include_in_schema=False)
    routes.add_api_route("/{version}/models/{model}", describe, methods=["GET"], include_in_schema=False)
    return routes


def _error(code: int, status: str, message: str) -> JSONResponse:
    return JSONResponse({"error": {"code": code, "message": message, "status": status}}, code)


def _reply(body: dict[str, Any], model: str) -> dict[str, Any]:
    contents: list[dict[str, Any]] = body["contents"]
    part = _part(body, hear(contents))
    asked = _tokens(json.dumps(contents, ensure_ascii=False)) + _tokens(json.dumps(body.get("systemInstruction", "")))
    said = _tokens(json.dumps(part, ensure_ascii=False))
    return {
        "candidates": [{"content": {"role": "model", "parts": [part]}, "finishReason": "STOP", "index": 0}],
        "usageMetadata": {
            "promptTokenCount": asked,
            "candidatesTokenCount": said,
            "totalTokenCount": asked + said,
        },
        "modelVersion": f"{model} (stand-in)",
        "responseId": hashlib.sha256(json.dumps(contents).encode()).hexdigest()[:16],
    }


def _part(body: dict[str, Any], heard: Heard) -> dict[str, Any]:
    words = normal(heard.words)
    language: Language = "he" if any("\u0590" <= letter <= "\u05ff" for letter in words) else "en"
    intent = _intent(heard, words, language)
    if intent is None:
        return {"text": not_understood(language)}
    call = next_call(intent, heard.answers)
    if call is None:
        return {"text": answer(intent, heard.answers)}
    if not _may_call(body, call[0]):
        return {"text": forced(intent.language)}
    return _call_part(call, len(heard.answers))


def _intent(heard: Heard, words: str, language: Language) -> Intent | None:
    chosen = chosen_call(heard, words)
    if chosen is not None:
        return Intent("chosen", language, chosen)
    return understand(words, read_situation(heard.told, last_title(heard)))


def _may_call(body: dict[str, Any], name: str) -> bool:
    mode = body.get("toolConfig", {}).get("functionCallingConfig", {}).get("mode", "AUTO")
    declared = {
        declaration["name"] for tool in body.get("tools", ()) for declaration in tool.get("functionDeclarations", ())
    }
    return mode != "NONE" and name in declared


def _call_part(call: Call, number: int) -> dict[str, Any]:
    name, args = call
    signature = base64.b64encode(hashlib.sha256(json.dumps([name, args]).encode()).digest()[:12]).decode()
    return {
        "functionCall": {"id": f"call-{number + 1}", "name": name, "args": args},
        "thoughtSignature": signature,
    }


def _tokens(text: str) -> int:
    return max(1, len(text) // _LETTERS_PER_TOKEN)
