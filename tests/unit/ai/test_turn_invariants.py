"""Whatever the model does, a turn ends, says something, and leaves a history that Gemini takes."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from core.ai.models import Content, ModelReply, RequestRefused, ToolCall, Usage
from core.ai.turn import TurnRequest, TurnResult, run_turn
from core.kernel.errors import AppError, Upstream
from core.kernel.phrases import phrase
from tests.unit.ai.strict import HELLO, USAGE, StrictModel, asks, fails, faults, says

_calls = st.lists(
    st.builds(
        ToolCall,
        st.sampled_from(["a", "b", "c", None]),
        st.sampled_from(["get_agenda", "update_schedule_item", "no_such_tool"]),
        st.dictionaries(st.sampled_from(["day", "room"]), st.integers(0, 2)),
    ),
    min_size=1,
    max_size=10,
)
_replies: st.SearchStrategy[ModelReply | Exception | None] = st.one_of(
    st.builds(says, st.text(min_size=1)),
    st.builds(asks, _calls, st.sampled_from(["", "Let me look."])),
    st.builds(asks, _calls),
    st.sampled_from(
        [
            fails("model-malformed", may_retry=True),
            fails("model-empty", may_retry=True),
            fails("model-blocked", is_blocked=True),
            fails("model-cut"),
            fails("model-cut", text="Half an"),
        ]
    ),
    st.builds(lambda: Upstream(phrase("model-down"))),
    st.builds(lambda: Upstream(phrase("model-busy", seconds=1), retry_after=0)),
    st.builds(lambda: Upstream(phrase("model-busy", seconds=60), retry_after=60)),
    st.builds(lambda: AppError(phrase("model-key"))),
    st.builds(RequestRefused),
)
_scripts = st.lists(_replies, max_size=10)


@dataclass
class Tools:
    """Counts what really ran."""

    ran: list[str] = field(default_factory=list[str])

    async def call(self, call: ToolCall) -> dict[str, Any]:
        self.ran.append(json.dumps([call.name, call.args], sort_keys=True))
        return {"number": len(self.ran)}


def turn(
    script: list[ModelReply | Exception | None], history: tuple[Content, ...], max_steps: int
) -> tuple[TurnResult, StrictModel, Tools]:
    model, tools = StrictModel(list(script)), Tools()
    request = TurnRequest("s", history, HELLO, tuple, max_steps)
    return asyncio.run(run_turn(model, request, tools.call)), model, tools


@given(_scripts, st.integers(0, 4))
def test_a_turn_ends_in_words_or_a_reason(script: list[ModelReply | Exception | None], max_steps: int) -> None:
    result, model, tools = turn(script, (), max_steps)

    assert result.text or result.failure
    assert result.steps == len(model.requests) <= 2 * (max_steps + 1)
    assert len(tools.ran) == len(set(tools.ran))
    replies = [reply for reply in script[: result.steps] if isinstance(reply, ModelReply)]
    spoken = len(replies) + max(0, result.steps - len(script))
    assert result.usage == sum([USAGE] * spoken, Usage())


@given(_scripts, st.integers(0, 4))
def test_a_turn_leaves_a_whole_history(script: list[ModelReply | Exception | None], max_steps: int) -> None:
    result, _, _ = turn(script, (), max_steps)

    if result.contents:
        assert result.contents[0] == HELLO
        assert faults(result.contents, ends_with="model") == []
    else:
        assert result.failure in (phrase("model-blocked"), phrase("model-refused"))


@settings(max_examples=50)
@given(st.lists(_scripts, min_size=2, max_size=4))
def test_turns_can_be_strung_together(scripts: list[list[ModelReply | Exception | None]]) -> None:
    history: tuple[Content, ...] = ()
    for script in scripts:
        result, _, _ = turn(script, history, 2)
        history += result.contents

    assert history == () or faults(history, ends_with="model") == []
