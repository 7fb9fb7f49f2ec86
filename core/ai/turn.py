"""One turn: the model asks for tools, gets answers, and ends in words; bounded in steps and in time."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from core.ai.calls import Calls, CallTool
from core.ai.models import Content, Model, ModelReply, ModelRequest, RequestRefused, ToolDeclaration, Usage
from core.kernel.errors import AppError, Upstream
from core.kernel.phrases import Phrase, phrase

_SHORTEST_STEP = 1.0
"""Seconds; with less left in the budget the model is not asked a second time."""
_IN_WORDS = "\n\nNo more tools can be called now. Answer in words, with what you have."
_UNANSWERED: Content = {"role": "model", "parts": [{"text": "(No answer could be given.)"}]}
"""Ends a turn that broke off: in a history the model's words follow a person's, and a tool's answers."""


@dataclass(frozen=True, slots=True)
class TurnRequest:
    """A person's message with everything that the model is told with it."""

    system: str
    history: tuple[Content, ...]
    content: Content
    tools: Callable[[], tuple[ToolDeclaration, ...]]
    """What the model is told of; asked at every step, since a call may open more."""
    max_steps: int = 4
    """Model steps with tools; one more follows in which words are forced."""
    seconds: float = 25
    """Budget of the whole turn: the person hears something within half a minute."""
    names: frozenset[str] = frozenset()
    """Every tool that may be called, declared or not."""


@dataclass(frozen=True, slots=True)
class TurnResult:
    """What a turn came to. ``failure`` says what went wrong; what tools did before it stands."""

    text: str | None
    failure: Phrase | None
    contents: tuple[Content, ...]
    """This turn for the history, verbatim and whole; empty when it must not be repeated to the model."""
    usage: Usage
    cost_microdollars: int | None
    """None when the model's price is not known."""
    latency_ms: int
    steps: int
    """How often the model was asked, repetitions included."""
    hit_limit: bool = False
    """Whether it wanted more tools than a turn has steps, and was made to answer in words."""


@dataclass(slots=True)
class Meter:
    """What a turn takes, counted while it runs: known as well of one that breaks off."""

    usage: Usage = field(default_factory=Usage)
    steps: int = 0
    gave_up: bool = False
    """Whether an answer was no longer waited for, which is paid for all the same."""
    hit_limit: bool = False
    tools: Counter[str] = field(default_factory=Counter[str])
    """How often each tool was called that there is."""
    started: float = field(default_factory=time.monotonic)

    @property
    def milliseconds(self) -> int:
        """Return for how long it has run."""
        return round((time.monotonic() - self.started) * 1000)


@dataclass(slots=True)
class _Turn:
    model: Model
    request: TurnRequest
    calls: Calls
    ends: float
    history: tuple[Content, ...]
    contents: list[Content]
    meter: Meter

    @property
    def left(self) -> float:
        return self.ends - time.monotonic()


@dataclass(frozen=True, slots=True)
class _Ending:
    text: str | None = None
    failure: Phrase | None = None
    is_poison: bool = False
    """Whether a history with this turn in it would fail again."""


async def run_turn(model: Model, request: TurnRequest, call_tool: CallTool, meter: Meter | None = None) -> TurnResult:
    """Run a turn to its end; ``meter`` counts what it takes.

    The model's failures are told in the result, never raised; what ``call_tool`` raises is raised as it is, after the
    other calls of that step were cancelled.
    """
    meter = meter or Meter()
    ends = meter.started + request.seconds
    turn = _Turn(model, request, Calls(call_tool), ends, request.history, [request.content], meter)
    ending = await _steps(turn)
    return TurnResult(
        text=ending.text,
        failure=ending.failure,
        contents=() if ending.is_poison else _whole(turn.contents),
        usage=meter.usage,
        cost_microdollars=model.cost(meter.usage),
        latency_ms=meter.milliseconds,
        steps=meter.steps,
        hit_limit=meter.hit_limit,
    )


async def _steps(turn: _Turn) -> _Ending:
    for _ in range(turn.request.max_steps):
        reply = await _ask(turn, force_text=False)
        if isinstance(reply, _Ending):
            return reply
        if not reply.calls or reply.content is None:
            return _end(turn, reply)
        turn.contents.append(reply.content)
        _count(turn, reply)
        turn.contents.append(await turn.calls.answer(reply.calls, seconds=max(turn.left, 0)))
    turn.meter.hit_limit = True
    reply = await _ask(turn, force_text=True)
    return reply if isinstance(reply, _Ending) else _end(turn, reply)


def _count(turn: _Turn, reply: ModelReply) -> None:
    # A name that the model made up is its words, not ours.
    known = turn.request.names
    turn.meter.tools.update(call.name if call.name in known else "unknown_tool" for call in reply.calls)


def _end(turn: _Turn, reply: ModelReply) -> _Ending:
    """Take the last reply in. Calls in it are not run; without them its words may stand in the history."""
    if reply.content is not None and not reply.calls:
        turn.contents.append(reply.content)
    elif reply.text:
        turn.contents.append({"role": "model", "parts": [{"text": reply.text}]})
    failure = reply.failure
    if failure is None and not reply.text:
        failure = phrase("model-steps")
    return _Ending(reply.text or None, failure, reply.is_blocked)


def _whole(contents: list[Content]) -> tuple[Content, ...]:
    return tuple(contents) if contents[-1]["role"] == "model" else (*contents, _UNANSWERED)


async def _ask(turn: _Turn, *, force_text: bool) -> ModelReply | _Ending:
    """Ask, and once more where that may help and the budget allows; an ending says why there is no reply."""
    for is_last in (False, True):
        outcome = await _try(turn, force_text=force_text)
        if isinstance(outcome, ModelReply):
            turn.meter.usage += outcome.usage
        wait = _before_next_try(turn, outcome)
        if is_last or wait is None or wait + _SHORTEST_STEP > turn.left:
            break
        await asyncio.sleep(wait)
    if isinstance(outcome, ModelReply):
        return outcome
    return _Ending(failure=outcome.phrase, is_poison=isinstance(outcome, RequestRefused))


def _before_next_try(turn: _Turn, outcome: ModelReply | AppError) -> float | None:
    """Return after how many seconds asking again may help, or None; leave out what was refused."""
    if isinstance(outcome, ModelReply):
        return 0 if outcome.may_retry else None
    if isinstance(outcome, Upstream):
        return outcome.retry_after
    if isinstance(outcome, RequestRefused) and turn.history:
        # What another model signed, or what grew too long, is refused for as long as it is sent along.
        turn.history = ()
        return 0
    return None


async def _try(turn: _Turn, *, force_text: bool) -> ModelReply | AppError:
    if turn.left <= 0:
        return Upstream(phrase("model-timeout"))
    request = ModelRequest(
        system=turn.request.system + (_IN_WORDS if force_text else ""),
        contents=(*turn.history, *turn.contents),
        tools=turn.request.tools(),
        force_text=force_text,
        names=turn.request.names,
    )
    turn.meter.steps += 1
    try:
        async with asyncio.timeout(turn.left):
            return await turn.model.generate(request)
    except TimeoutError:
        turn.meter.gave_up = True
        return Upstream(phrase("model-timeout"))
    except asyncio.CancelledError:
        turn.meter.gave_up = True
        raise
    except AppError as told:
        return told
