"""One turn: the model asks for tools, gets answers, and ends in words; bounded in steps and in time."""

import asyncio
import json
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from core.ai.models import Content, Model, ModelReply, ModelRequest, ToolCall, ToolDeclaration, Usage
from core.kernel.errors import AppError, Upstream
from core.kernel.phrases import Phrase, phrase

CallTool = Callable[[ToolCall], Coroutine[Any, Any, dict[str, Any]]]

_MOST_CALLS = 8
"""Tool calls of one step that are run; each takes a connection of the pool."""
_SHORTEST_STEP = 1.0
"""Seconds; with less left in the budget the model is not asked again."""
_UNANSWERED: Content = {"role": "model", "parts": [{"text": "(No answer could be given.)"}]}
"""Ends a turn that broke off after tools had run: a history must not end with their answers."""


@dataclass(frozen=True, slots=True)
class TurnRequest:
    """A person's message with everything that the model is told with it."""

    system: str
    history: tuple[Content, ...]
    content: Content
    tools: tuple[ToolDeclaration, ...]
    max_steps: int = 4
    """Model steps with tools; one more follows in which words are forced."""
    seconds: float = 25
    """Budget of the whole turn: the person hears something within half a minute."""


@dataclass(frozen=True, slots=True)
class TurnResult:
    """What a turn came to. ``failure`` says what went wrong; what tools did before it stands."""

    text: str | None
    failure: Phrase | None
    contents: tuple[Content, ...]
    """This turn for the history, verbatim; empty when the model never answered."""
    usage: Usage
    cost_microdollars: int | None
    latency_ms: int
    steps: int


@dataclass(slots=True)
class _Turn:
    model: Model
    request: TurnRequest
    call_tool: CallTool
    ends: float
    contents: list[Content] = field(default_factory=list[Content])
    usage: Usage = field(default_factory=Usage)
    answers: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    steps: int = 0


async def run_turn(model: Model, request: TurnRequest, call_tool: CallTool) -> TurnResult:
    """Run a turn to its end.

    The model's failures are told in the result, never raised; what ``call_tool`` raises is raised, because it is a bug.
    """
    started = time.monotonic()
    turn = _Turn(model, request, call_tool, started + request.seconds, [request.content])
    text, failure = await _steps(turn)
    return TurnResult(
        text=text,
        failure=failure,
        contents=_history(turn, text),
        usage=turn.usage,
        cost_microdollars=model.cost(turn.usage),
        latency_ms=round((time.monotonic() - started) * 1000),
        steps=turn.steps,
    )


async def _steps(turn: _Turn) -> tuple[str | None, Phrase | None]:
    for step in range(turn.request.max_steps + 1):
        reply = await _ask(turn, force_text=step == turn.request.max_steps)
        if isinstance(reply, Phrase):
            return None, reply
        if reply.failure is not None:
            return reply.text or None, reply.failure
        if not reply.calls:
            if reply.content is not None:
                turn.contents.append(reply.content)
            return reply.text, None
        if step == turn.request.max_steps or reply.content is None:
            break
        turn.contents.append(reply.content)
        turn.contents.append(await _answer(turn, reply.calls))
    return None, phrase("model-steps")


def _history(turn: _Turn, text: str | None) -> tuple[Content, ...]:
    if len(turn.contents) == 1:
        return ()
    return (
        tuple(turn.contents)
        if text is not None and turn.contents[-1]["role"] == "model"
        else (*turn.contents, _UNANSWERED)
    )


async def _ask(turn: _Turn, *, force_text: bool) -> ModelReply | Phrase:
    """Ask once, and once more where that may help and the budget allows; a phrase says why there is no reply."""
    request = ModelRequest(
        system=turn.request.system,
        contents=(*turn.request.history, *turn.contents),
        tools=turn.request.tools,
        force_text=force_text,
    )
    for is_last in (False, True):
        outcome = await _try(turn, request)
        if isinstance(outcome, ModelReply):
            turn.usage += outcome.usage
            if is_last or not outcome.may_retry or _left(turn) < _SHORTEST_STEP:
                return outcome
            continue
        wait = outcome.retry_after if isinstance(outcome, Upstream) else None
        if is_last or wait is None or wait + _SHORTEST_STEP > _left(turn):
            return outcome.phrase
        await asyncio.sleep(wait)
    raise AssertionError("the last try always returns")


async def _try(turn: _Turn, request: ModelRequest) -> ModelReply | AppError:
    turn.steps += 1
    try:
        async with asyncio.timeout(max(_left(turn), 0)):
            return await turn.model.generate(request)
    except TimeoutError:
        return Upstream(phrase("model-timeout"))
    except AppError as told:
        return told


def _left(turn: _Turn) -> float:
    return turn.ends - time.monotonic()


async def _answer(turn: _Turn, calls: tuple[ToolCall, ...]) -> Content:
    """Run the calls of one step at the same time; return their answers in the calls' order."""
    async with asyncio.TaskGroup() as group:
        running = {key: group.create_task(turn.call_tool(call)) for key, call in _fresh(turn, calls).items()}
    turn.answers.update({key: task.result() for key, task in running.items()})
    return {"role": "user", "parts": [_part(turn, call) for call in calls]}


def _fresh(turn: _Turn, calls: tuple[ToolCall, ...]) -> dict[str, ToolCall]:
    fresh: dict[str, ToolCall] = {}
    for call in calls:
        key = _key(call)
        if key not in turn.answers and len(fresh) < _MOST_CALLS:
            fresh.setdefault(key, call)
    return fresh


def _part(turn: _Turn, call: ToolCall) -> dict[str, Any]:
    answer = turn.answers.get(_key(call), {"error": f"Too many calls at once; at most {_MOST_CALLS} are run."})
    response: dict[str, Any] = {"name": call.name, "response": answer}
    if call.id is not None:
        response["id"] = call.id
    return {"function_response": response}


def _key(call: ToolCall) -> str:
    return json.dumps([call.name, call.args], sort_keys=True, default=str)
