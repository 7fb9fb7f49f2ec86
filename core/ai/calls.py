"""The tool calls of a turn: run side by side, each once, and answered one by one in the order of the calls."""

import asyncio
import json
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from core.ai.models import Content, ToolCall

ToolAnswer: TypeAlias = dict[str, Any]
"""What a tool says to the model: JSON-ready."""
CallTool: TypeAlias = Callable[[ToolCall], Coroutine[Any, Any, ToolAnswer]]

MOST_CALLS = 8
"""Tool calls of one step that are run; each takes a connection of the pool."""
_TOO_MANY: ToolAnswer = {"error": f"Too many calls at once; at most {MOST_CALLS} are run. Call it again."}
_TOO_LATE: ToolAnswer = {"error": "This took too long and was stopped. Nothing is known about it."}


@dataclass(slots=True)
class Calls:
    """Runs calls and remembers their answers: a call that a turn repeats is not run again."""

    call_tool: CallTool
    _answers: dict[str, ToolAnswer] = field(default_factory=dict[str, ToolAnswer])

    async def answer(self, calls: tuple[ToolCall, ...], *, seconds: float) -> Content:
        """Return the content that answers every call of one step. Raises what a tool raises."""
        fresh: dict[str, ToolCall] = {}
        for call in calls:
            if (key := _key(call)) not in self._answers and len(fresh) < MOST_CALLS:
                fresh.setdefault(key, call)
        self._answers |= await self._run(fresh, seconds)
        return {"role": "user", "parts": [_part(call, self._answers.get(_key(call), _TOO_MANY)) for call in calls]}

    async def _run(self, fresh: Mapping[str, ToolCall], seconds: float) -> dict[str, ToolAnswer]:
        tasks = {key: asyncio.create_task(self.call_tool(call)) for key, call in fresh.items()}
        if not tasks:
            return {}
        try:
            done, _ = await asyncio.wait(tasks.values(), timeout=seconds, return_when=asyncio.FIRST_EXCEPTION)
        finally:
            for task in tasks.values():
                task.cancel()
            await asyncio.gather(*tasks.values(), return_exceptions=True)
        # What a call that was stopped says about being stopped is of no interest.
        return {key: task.result() if task in done else _TOO_LATE for key, task in tasks.items()}


def _part(call: ToolCall, answer: ToolAnswer) -> dict[str, Any]:
    response: dict[str, Any] = {"name": call.name, "response": answer}
    if call.id is not None:
        response["id"] = call.id
    return {"function_response": response}


def _key(call: ToolCall) -> str:
    return json.dumps([call.name, call.args], sort_keys=True, default=str)
