"""What every plan is made of: a tool to call, and words once it has answered. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from bots.playground.sentences.conversation import written
from bots.playground.sentences.conversation.talk import Call, Row, Step, Turn
from bots.playground.sentences.grammar.pieces.days import Situation
from bots.playground.sentences.grammar.wish import Wish

Outcome: TypeAlias = str | Call
"""Words for the person, or the tool to call next."""
Plan: TypeAlias = Callable[[Wish, Turn], Outcome]
Told: TypeAlias = Callable[[Wish, Step, Situation], str]


def given(**args: Any) -> Row:
    """Return the arguments that were said; a tool's defaults stand for the others."""
    return {name: value for name, value in args.items() if value is not None}


def ask(turn: Turn, call: Call, answer: Callable[[Step], str]) -> Outcome:
    """Call a tool, and put its answer into words once it is there."""
    step = turn.answer(call.name)
    return call if step is None else answer(step)


@dataclass(frozen=True, slots=True)
class Read:
    """A question that one tool answers; ``args`` are those of the tool."""

    tool: str
    args: Callable[[Wish, Situation], Row]
    told: Told

    def __call__(self, wish: Wish, turn: Turn) -> Outcome:
        """Return the call, or the answer."""
        call = Call(self.tool, self.args(wish, turn.situation))
        return ask(turn, call, lambda step: self.told(wish, step, turn.situation))


@dataclass(frozen=True, slots=True)
class Write:
    """A change that one tool suggests; words instead of arguments ask for what was not said."""

    tool: str
    args: Callable[[Wish, Situation], Row | str]

    def __call__(self, wish: Wish, turn: Turn) -> Outcome:
        """Return the call, a question back, or what became of the suggestion."""
        args = self.args(wish, turn.situation)
        if isinstance(args, str):
            return args
        return ask(turn, Call(self.tool, args), lambda step: written.suggested(wish, step))


def start_of(wish: Wish) -> str | None:
    """Return the wished local time as tools take it: ``HH:MM``, with its day where one was said."""
    if wish.at is None:
        return None
    return f"{wish.day.isoformat()}T{wish.at}" if wish.day else wish.at


def day_of(wish: Wish) -> str | None:
    """Return the wished day as tools take it."""
    return wish.day.isoformat() if wish.day else None
