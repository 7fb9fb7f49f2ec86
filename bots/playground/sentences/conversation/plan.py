"""From what a conversation means to the next tool calls, or to words once the tools have answered. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from bots.playground.sentences.conversation import teller, written
from bots.playground.sentences.conversation.asked import has_rows
from bots.playground.sentences.conversation.nearest import not_understood
from bots.playground.sentences.conversation.reference import Unclear, meaning
from bots.playground.sentences.conversation.say import isolated, say
from bots.playground.sentences.conversation.talk import Call, Row, Step, Turn
from bots.playground.sentences.grammar.template import Missing, ReadFirst, Template, fill
from bots.playground.sentences.grammar.understand import Meant, language_of

_LONGEST_REASON = 300
"""Characters that a write takes as its reason."""
_OPENS = "open_tools"
"""The tool that opens more tools: where it is declared, what is not declared may be called all the same."""
_ASIDES = frozenset({"because", "asked_again"})

Tools = Mapping[str, Collection[str]]


def respond(turns: Sequence[Turn], tools: Tools, *, may_call: bool) -> str | tuple[Call, ...]:
    """Return what comes next in a conversation whose last turn waits for an answer.

    ``tools`` are those that were declared, each with the names of its arguments; without ``may_call`` words are forced.
    """
    turn = turns[-1]
    meant = meaning(turns)
    if meant is None:
        return not_understood(language_of(turn.words), turn.words)
    if isinstance(meant, Unclear):
        return teller.asked_back(meant.meant.language, meant.among, meant.place)
    ways = [_way(each, turn, tools, is_alone=len(meant) == 1) for each in meant]
    language = meant[0].language
    calls = [way.outcome for way in ways if isinstance(way.outcome, Call)]
    if not calls:
        return _words(ways)
    if not may_call:
        return say(language, "cannot-look" if not turn.steps else "not-finished")
    if _OPENS not in tools and any(call.name not in tools for call in calls):
        return say(language, _why_not(meant[0], tools))
    # Whatever must be read first is read first, so that all changes come in one reply: they make one bundle.
    reads = [way.outcome for way in ways if isinstance(way.outcome, Call) and not way.writes]
    return tuple(_each_once(reads or calls))


def _why_not(meant: Meant, tools: Collection[str]) -> str:
    """Return the sentence for a tool that was not declared: the person's role is not told of it."""
    if not meant.changes:
        return "no-tool"
    return "may-not-this" if "update_schedule_item" in tools else "may-not-write"


@dataclass(frozen=True, slots=True)
class _Way:
    """How far one wish is: its next outcome, and the steps that were taken for it."""

    meant: Meant
    outcome: str | Call
    steps: tuple[Step, ...]

    @property
    def writes(self) -> bool:
        """Whether the next call is the change itself."""
        return isinstance(self.outcome, Call) and self.meant.changes and self.outcome.name == self.meant.ask.main.tool


def _way(meant: Meant, turn: Turn, tools: Tools, *, is_alone: bool) -> _Way:
    if is_alone:
        return _Way(meant, _next(meant, turn, tools), turn.steps)
    # Of several wishes each follows its own steps: those that it would have asked for itself.
    own: tuple[Step, ...] = ()
    left = list(turn.steps)
    while True:
        outcome = _next(meant, replace(turn, steps=own), tools)
        step = next((each for each in left if each.call == outcome), None)
        if step is None or step in own:
            return _Way(meant, outcome, own)
        own += (step,)


def _next(meant: Meant, turn: Turn, tools: Tools) -> str | Call:
    """Return the next call, a question back, or what the last answer says."""
    if meant.ask.talk:
        return _talk(meant)
    try:
        return _call(meant, turn, tools)
    except Missing:
        return say(meant.language, "say-it-whole", example=isolated(meant.example))


def _call(meant: Meant, turn: Turn, tools: Tools) -> str | Call:
    ask, main, found = meant.ask, meant.ask.main, None
    read = turn.answer(ask.calls[0].tool) if ask.link == "then" else None
    if read is not None:
        if read.is_refused:
            return teller.refused(meant.language, read)
        found = _only_row(read.answer)
    try:
        if ask.link == "then" and found is None and "event" in meant.said and not _takes(tools, main.tool, "event"):
            raise ReadFirst("event")
        call = _filled(meant, main, turn, tools, found)
    except ReadFirst:
        return _filled(meant, ask.calls[0], turn, tools, None)
    step = turn.answer(call.name)
    if step is None:
        return call
    if meant.changes:
        return written.suggested(meant.language, step)
    if ask.link == "else" and not step.is_refused and not has_rows(step.answer):
        return _instead(meant, turn, tools)
    return teller.told(meant, step, turn.situation)


def _instead(meant: Meant, turn: Turn, tools: Tools) -> str | Call:
    call = _filled(meant, meant.ask.calls[1], turn, tools, None)
    step = turn.answer(call.name)
    return call if step is None else teller.told(meant, step, turn.situation)


def _only_row(answer: Row) -> Row:
    """Return the one thing that an answer is about."""
    return next((cast("Row", value) for value in answer.values() if isinstance(value, dict)), answer)


def _takes(tools: Tools, tool: str, argument: str) -> bool:
    return argument in tools[tool] if tool in tools else _OPENS in tools and argument in _ASIDES


def _filled(meant: Meant, template: Template, turn: Turn, tools: Tools, found: Row | None) -> Call:
    """Return the call, with the event where one was chosen; beside a change why it is wanted and that it is again."""
    args: dict[str, Any] = fill(template, meant.known(turn.situation), found)
    if "event" in meant.said and "event" not in args and _takes(tools, template.tool, "event"):
        args["event"] = meant.said["event"]
    if not meant.changes or template is not meant.ask.main:
        return Call(template.tool, args)
    if meant.reason and _takes(tools, template.tool, "because"):
        args["because"] = meant.reason[:_LONGEST_REASON]
    if meant.again and _takes(tools, template.tool, "asked_again"):
        args["asked_again"] = True
    return Call(template.tool, args)


def _words(ways: Sequence[_Way]) -> str:
    made = [way.steps[-1] for way in ways if way.steps]
    if len(ways) > 1 and len(made) == len(ways):
        return written.suggested_together(ways[0].meant.language, made)
    return "\n".join(dict.fromkeys(str(way.outcome) for way in ways))


def _talk(meant: Meant) -> str:
    return teller.help_text(meant.language) if meant.ask.talk == "help" else say(meant.language, meant.ask.talk)


def _each_once(calls: Sequence[Call]) -> list[Call]:
    return [call for number, call in enumerate(calls) if call not in calls[:number]]
