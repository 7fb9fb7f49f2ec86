import asyncio
from typing import Any

import pytest

from core.ai.models import Content, ModelReply, RequestRefused, ToolCall, ToolDeclaration, Usage
from core.ai.turn import TurnRequest, TurnResult, run_turn
from core.kernel.errors import AppError, Upstream
from core.kernel.phrases import Phrase, phrase
from tests.unit.ai.strict import HELLO, USAGE, StrictModel, asks, fails, faults, says

AGENDA = ToolDeclaration("get_agenda", "Read the agenda.", {"type": "object", "properties": {}})
HISTORY: tuple[Content, ...] = (
    {"role": "user", "parts": [{"text": "Before"}]},
    {"role": "model", "parts": [{"text": "Yes"}]},
)
UNANSWERED: Content = {"role": "model", "parts": [{"text": "(No answer could be given.)"}]}
DOWN = Upstream(phrase("model-down"))
DOWN_SHORTLY = Upstream(phrase("model-down"), retry_after=0)
BUSY = Upstream(phrase("model-busy", seconds=17), retry_after=17.0)


def request(*, history: tuple[Content, ...] = (), max_steps: int = 4, seconds: float = 10) -> TurnRequest:
    return TurnRequest("Be brief.", history, HELLO, lambda: (AGENDA,), max_steps, seconds)


def call(id_: str | None, name: str = "get_agenda", **args: Any) -> ToolCall:
    return ToolCall(id_, name, args)


async def echo(asked: ToolCall) -> dict[str, Any]:
    """A tool that answers with what it was asked; the later a call is made the sooner it is done."""
    await asyncio.sleep(asked.args.get("after", 0))
    return {"for": asked.args}


def answers(*given: tuple[str | None, dict[str, Any]], name: str = "get_agenda") -> Content:
    return {
        "role": "user",
        "parts": [
            {"function_response": {"name": name, "response": answer} | ({"id": id_} if id_ else {})}
            for id_, answer in given
        ],
    }


async def run(model: StrictModel, asked: TurnRequest | None = None) -> TurnResult:
    result = await run_turn(model, asked or request(), echo)
    assert result.contents == () or faults(result.contents, ends_with="model") == []
    return result


async def test_words_end_a_turn() -> None:
    model = StrictModel([says("Hi.")])

    result = await run(model, request(history=HISTORY))

    assert (result.text, result.failure, result.steps) == ("Hi.", None, 1)
    assert result.contents == (HELLO, says("Hi.").content)
    assert (result.usage, result.cost_microdollars) == (USAGE, 107)
    assert [asked.contents for asked in model.requests] == [(*HISTORY, HELLO)]


async def test_calls_of_a_step_are_answered_in_their_order_with_their_ids() -> None:
    asked = asks([call("a", after=0.02), call("b", after=0.01), call("c")])

    result = await run(StrictModel([asked, says("Three.")]))

    assert result.contents == (
        HELLO,
        asked.content,
        answers(("a", {"for": {"after": 0.02}}), ("b", {"for": {"after": 0.01}}), ("c", {"for": {}})),
        says("Three.").content,
    )
    assert result.usage == Usage(prompt=200, cached=20, output=10, thoughts=4)


async def test_calls_without_ids_are_answered_without_ids() -> None:
    asked = asks([call(None, day=1), call(None, day=2)])

    result = await run(StrictModel([asked]))

    assert result.contents[2] == answers((None, {"for": {"day": 1}}), (None, {"for": {"day": 2}}))


async def test_calls_of_a_step_run_at_the_same_time() -> None:
    together = asyncio.Barrier(3)

    async def meet(_: ToolCall) -> dict[str, Any]:
        await together.wait()
        return {}

    model = StrictModel([asks([call("a", n=1), call("b", n=2), call("c", n=3)])])
    result = await run_turn(model, request(), meet)

    assert result.text == "Done."


async def test_a_repeated_call_is_answered_from_memory() -> None:
    ran: list[dict[str, Any]] = []

    async def note(asked: ToolCall) -> dict[str, Any]:
        ran.append(asked.args)
        return {"run": len(ran)}

    model = StrictModel([asks([call("a", x=1, y=2), call("b", y=2, x=1)]), asks([call("c", x=1, y=2)])])
    result = await run_turn(model, request(), note)

    assert ran == [{"x": 1, "y": 2}]
    assert result.contents[2] == answers(("a", {"run": 1}), ("b", {"run": 1}))
    assert result.contents[4] == answers(("c", {"run": 1}))


async def test_more_calls_than_may_run_at_once_are_told_so() -> None:
    ran: list[int] = []

    async def note(asked: ToolCall) -> dict[str, Any]:
        ran.append(asked.args["n"])
        return {}

    model = StrictModel([asks([call(str(n), n=n) for n in range(9)])])
    result = await run_turn(model, request(), note)

    assert ran == list(range(8))
    assert result.contents[2]["parts"][8]["function_response"]["response"] == {
        "error": "Too many calls at once; at most 8 are run. Call it again."
    }


async def test_after_the_last_step_words_are_forced() -> None:
    model = StrictModel([asks([call("a", n=1)]), asks([call("b", n=2)]), says("That is what I know.")])

    result = await run(model, request(max_steps=2))

    assert [asked.force_text for asked in model.requests] == [False, False, True]
    assert [asked.tools for asked in model.requests] == [(AGENDA,)] * 3
    assert [asked.system for asked in model.requests] == [
        "Be brief.",
        "Be brief.",
        "Be brief.\n\nNo more tools can be called now. Answer in words, with what you have.",
    ]
    assert (result.text, result.failure) == ("That is what I know.", None)


async def test_a_model_that_never_stops_calling_is_stopped_and_the_last_call_is_not_run() -> None:
    ran: list[str | None] = []

    async def note(asked: ToolCall) -> dict[str, Any]:
        ran.append(asked.id)
        return {}

    model = StrictModel([asks([call("a", n=1)]), asks([call("b", n=2)])])
    result = await run_turn(model, request(max_steps=1), note)

    assert ran == ["a"]
    assert (result.text, result.failure) == (None, phrase("model-steps"))
    assert result.contents == (HELLO, asks([call("a", n=1)]).content, answers(("a", {})), UNANSWERED)


async def test_words_beside_the_last_call_are_still_said() -> None:
    model = StrictModel([asks([call("a")]), asks([call("b")], text="As far as I see: two.")])

    result = await run(model, request(max_steps=1))

    assert (result.text, result.failure) == ("As far as I see: two.", None)
    assert result.contents[-1] == {"role": "model", "parts": [{"text": "As far as I see: two."}]}


@pytest.mark.parametrize("why", ["model-malformed", "model-empty"])
async def test_what_another_try_may_mend_is_tried_once_more(why: str) -> None:
    model = StrictModel([fails(why, may_retry=True), says("Now.")])

    result = await run(model)

    assert (result.text, result.failure, result.steps) == ("Now.", None, 2)
    assert model.requests[0] == model.requests[1]
    assert result.usage == USAGE + USAGE


async def test_what_fails_twice_is_told_and_the_words_stay() -> None:
    model = StrictModel([fails("model-malformed", may_retry=True)] * 2)

    result = await run(model)

    assert (result.text, result.failure, result.steps) == (None, phrase("model-malformed"), 2)
    assert result.contents == (HELLO, UNANSWERED)


async def test_a_blocked_turn_leaves_nothing_in_the_history() -> None:
    """What blocked it once would block every later turn of the conversation."""
    model = StrictModel([asks([call("a")]), fails("model-blocked", is_blocked=True)])

    result = await run(model)

    assert (result.failure, result.contents, result.steps) == (phrase("model-blocked"), (), 2)


async def test_an_answer_that_was_cut_is_said_as_far_as_it_goes() -> None:
    result = await run(StrictModel([fails("model-cut", text="First, Dana")]))

    assert (result.text, result.failure) == ("First, Dana", phrase("model-cut"))
    assert result.contents == (HELLO, {"role": "model", "parts": [{"text": "First, Dana"}]})


@pytest.mark.parametrize(
    ("trouble", "told"),
    [
        (DOWN, phrase("model-down")),
        (BUSY, phrase("model-busy", seconds=17)),
        (AppError(phrase("model-key")), phrase("model-key")),
    ],
)
async def test_a_model_that_cannot_be_asked_is_told_and_the_words_stay(trouble: AppError, told: Phrase) -> None:
    """A delay of 17 s does not fit into the 10 s of this turn."""
    model = StrictModel([trouble])

    result = await run(model)

    assert (result.text, result.failure, len(model.requests)) == (None, told, 1)
    assert result.contents == (HELLO, UNANSWERED)


async def test_a_short_delay_is_waited_for() -> None:
    model = StrictModel([DOWN_SHORTLY, says("Back again.")])

    result = await run(model)

    assert (result.text, result.failure, result.steps) == ("Back again.", None, 2)


async def test_a_model_that_stays_down_is_asked_twice_and_not_more() -> None:
    model = StrictModel([DOWN_SHORTLY] * 5)

    result = await run(model)

    assert (result.failure, len(model.requests)) == (phrase("model-down"), 2)


async def test_what_tools_did_before_the_model_went_down_is_kept() -> None:
    asked = asks([call("a")])

    result = await run(StrictModel([asked, DOWN]))

    assert (result.text, result.failure) == (None, phrase("model-down"))
    assert result.contents == (HELLO, asked.content, answers(("a", {"for": {}})), UNANSWERED)


async def test_a_history_that_the_model_refuses_is_left_out() -> None:
    """Signatures of another model, or a conversation that grew too long, are refused every time."""
    model = StrictModel([RequestRefused(), asks([call("a")]), says("Fresh.")])

    result = await run(model, request(history=HISTORY))

    assert (result.text, result.failure) == ("Fresh.", None)
    assert [asked.contents[:2] == HISTORY for asked in model.requests] == [True, False, False]


async def test_a_turn_that_the_model_refuses_leaves_nothing_in_the_history() -> None:
    model = StrictModel([RequestRefused(), RequestRefused()])

    result = await run(model, request(history=HISTORY))

    assert (result.failure, result.contents) == (phrase("model-refused"), ())


async def test_a_silent_model_ends_with_the_budget() -> None:
    result = await run(StrictModel([None]), request(seconds=0.05))

    assert (result.text, result.failure) == (None, phrase("model-timeout"))
    assert result.contents == (HELLO, UNANSWERED)


async def test_a_tool_that_hangs_is_stopped_at_the_budget_and_its_call_is_answered() -> None:
    stopped: list[str | None] = []

    async def hang(asked: ToolCall) -> dict[str, Any]:
        if asked.id == "quick":
            return {"ok": True}
        try:
            await asyncio.Event().wait()
        finally:
            stopped.append(asked.id)
        raise AssertionError

    model = StrictModel([asks([call("slow", n=1), call("quick", n=2)])])
    result = await run_turn(model, request(seconds=0.05), hang)

    late = {"error": "This took too long and was stopped. Nothing is known about it."}
    assert stopped == ["slow"]
    assert result.failure == phrase("model-timeout")
    assert result.contents[2:] == (answers(("slow", late), ("quick", {"ok": True})), UNANSWERED)
    assert len(model.requests) == 1


async def test_a_bug_in_a_tool_is_raised_as_it_is_and_stops_the_other_calls() -> None:
    stopped: list[str | None] = []

    async def break_one(asked: ToolCall) -> dict[str, Any]:
        if asked.id == "broken":
            raise ZeroDivisionError
        try:
            await asyncio.Event().wait()
        finally:
            stopped.append(asked.id)
        raise AssertionError

    model = StrictModel([asks([call("one", n=1), call("broken", n=2), call("two", n=3)])])
    with pytest.raises(ZeroDivisionError):
        await run_turn(model, request(), break_one)

    assert stopped == ["one", "two"]


async def test_a_turn_that_is_cancelled_stops_its_tools() -> None:
    started, stopped = asyncio.Event(), asyncio.Event()

    async def hang(_: ToolCall) -> dict[str, Any]:
        started.set()
        try:
            await asyncio.Event().wait()
        finally:
            stopped.set()
        raise AssertionError

    turn = asyncio.create_task(run_turn(StrictModel([asks([call("a")])]), request(), hang))
    await started.wait()
    turn.cancel()
    with pytest.raises(asyncio.CancelledError):
        await turn

    assert stopped.is_set()


async def test_a_bug_in_the_model_client_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        await run(StrictModel([ZeroDivisionError()]))


async def test_the_strict_model_refuses_a_call_without_its_answer() -> None:
    """The twin of every test above: the check of histories would notice."""
    asked: ModelReply = asks([call("a"), call("b")])
    assert asked.content is not None

    assert faults([HELLO, asked.content], ends_with="model") == [
        "calls without answers: [('a', 'get_agenda'), ('b', 'get_agenda')]"
    ]
    swapped = answers(("b", {}), ("a", {}))
    assert faults([HELLO, asked.content, swapped, UNANSWERED], ends_with="model") != []
