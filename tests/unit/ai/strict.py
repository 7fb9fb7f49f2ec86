"""A model that follows a script and refuses, as Gemini does, a conversation whose calls and answers do not match."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.ai.models import Content, ModelReply, ModelRequest, ToolCall, Usage
from core.kernel.phrases import phrase

USAGE = Usage(prompt=100, cached=10, output=5, thoughts=2)
HELLO: Content = {"role": "user", "parts": [{"text": "Hello"}]}


@dataclass(slots=True)
class StrictModel:
    """Gives the scripted replies, then words for ever; ``None`` in the script is silence."""

    script: list[ModelReply | Exception | None]
    requests: list[ModelRequest] = field(default_factory=list[ModelRequest])
    name: str = "strict"

    async def generate(self, request: ModelRequest) -> ModelReply:
        assert faults(request.contents, ends_with="user") == []
        self.requests.append(request)
        reply = self.script.pop(0) if self.script else says("Done.")
        if reply is None:
            await asyncio.Event().wait()
        if isinstance(reply, Exception):
            raise reply
        assert reply is not None
        return reply

    def cost(self, usage: Usage) -> int | None:
        return usage.prompt + usage.output + usage.thoughts

    async def ping(self) -> None:
        return

    async def close(self) -> None:
        return


def faults(contents: Sequence[Content], *, ends_with: str) -> list[str]:
    """Return what Gemini would answer 400 to."""
    found: list[str] = []
    waiting: list[tuple[Any, Any]] = []
    for number, content in enumerate(contents):
        if content["role"] != ("model" if number % 2 else "user"):
            found.append(f"{number}: a {content['role']} out of turn")
        if not content["parts"]:
            found.append(f"{number}: no parts")
        answered = _named(content, "function_response")
        if answered != waiting:
            found.append(f"{number}: answers {answered} to calls {waiting}")
        waiting = _named(content, "function_call")
    if waiting:
        found.append(f"calls without answers: {waiting}")
    if not contents or contents[-1]["role"] != ends_with:
        found.append(f"does not end with a {ends_with}")
    return found


def _named(content: Content, kind: str) -> list[tuple[Any, Any]]:
    return [(part[kind].get("id"), part[kind]["name"]) for part in content["parts"] if kind in part]


def says(text: str) -> ModelReply:
    """A reply in words."""
    return ModelReply({"role": "model", "parts": [{"text": text}]}, text=text, usage=USAGE)


def asks(calls: Iterable[ToolCall], text: str = "") -> ModelReply:
    """A reply that asks for tools, with a signature on the first part."""
    made = tuple(calls)
    parts: list[dict[str, Any]] = [{"text": text}] if text else []
    parts += [
        {"function_call": {"name": call.name, "args": call.args} | ({"id": call.id} if call.id else {})}
        for call in made
    ]
    parts[0]["thought_signature"] = "c2ln"
    return ModelReply({"role": "model", "parts": parts}, text=text, calls=made, usage=USAGE)


def fails(why: str, *, text: str = "", may_retry: bool = False, is_blocked: bool = False) -> ModelReply:
    """A reply that is none."""
    return ModelReply(None, text=text, usage=USAGE, failure=phrase(why), may_retry=may_retry, is_blocked=is_blocked)
