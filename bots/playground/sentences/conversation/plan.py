"""From what a conversation means to the next tool calls, or to words once the tools have answered. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from bots.playground.sentences.conversation import written
from bots.playground.sentences.conversation.answers import common as answers
from bots.playground.sentences.conversation.plans import agenda, changes, events, logistics, people, policy
from bots.playground.sentences.conversation.plans.steps import Outcome, Plan
from bots.playground.sentences.conversation.reference import Ask, meaning
from bots.playground.sentences.conversation.say import say
from bots.playground.sentences.conversation.talk import Call, Row, Step, Turn
from bots.playground.sentences.grammar.understand import language_of
from bots.playground.sentences.grammar.wish import CHANGES, Intent, Wish

_PLANS: Mapping[Intent, Plan] = {
    **agenda.PLANS,
    **changes.PLANS,
    **events.PLANS,
    **people.PLANS,
    **logistics.PLANS,
    **policy.PLANS,
}
_LONGEST_REASON = 300
"""Characters that a write takes as its reason."""
_OPENS = "open_tools"
"""The tool that opens more tools: where it is declared, what is not declared may be called all the same."""


def respond(turns: Sequence[Turn], tools: Mapping[str, Collection[str]], *, may_call: bool) -> str | tuple[Call, ...]:
    """Return what comes next in a conversation whose last turn waits for an answer.

    ``tools`` are those that were declared, each with the names of its arguments; without ``may_call`` words are forced.
    """
    turn = turns[-1]
    meant = meaning(turns)
    if meant is None:
        return answers.not_understood(language_of(turn.words))
    if isinstance(meant, Ask):
        return answers.asked(meant.wish, meant.among)
    ways = [_way(wish, turn, tools, is_alone=len(meant) == 1) for wish in meant]
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


def _why_not(wish: Wish, tools: Collection[str]) -> str:
    """Return the sentence for a tool that was not declared: the person's role is not told of it."""
    if wish.intent not in CHANGES:
        return "no-tool"
    return "may-not-this" if "update_schedule_item" in tools else "may-not-write"


@dataclass(frozen=True, slots=True)
class _Way:
    """How far one wish is: its next outcome, and the steps that were taken for it."""

    wish: Wish
    outcome: Outcome
    steps: tuple[Step, ...]

    @property
    def writes(self) -> bool:
        """Whether the next call is the change itself."""
        return isinstance(self.outcome, Call) and self.wish.intent in CHANGES and self.outcome.name != "get_session"


def _way(wish: Wish, turn: Turn, tools: Mapping[str, Collection[str]], *, is_alone: bool) -> _Way:
    plan = _PLANS.get(wish.intent, _without_tools)
    if is_alone:
        return _Way(wish, _with_asides(wish, plan(wish, turn), tools), turn.steps)
    # Of several wishes each follows its own steps: those that it would have asked for itself.
    own: tuple[Step, ...] = ()
    left = list(turn.steps)
    while True:
        outcome = _with_asides(wish, plan(wish, replace(turn, steps=own)), tools)
        step = next((each for each in left if each.call == outcome), None)
        if step is None or step in own:
            return _Way(wish, outcome, own)
        own += (step,)


def _with_asides(wish: Wish, outcome: Outcome, tools: Mapping[str, Collection[str]]) -> Outcome:
    """Say beside a change why it is wanted and that it is asked for again, where the tool takes that."""
    if isinstance(outcome, str) or wish.intent not in CHANGES:
        return outcome
    taken = tools.get(outcome.name, ())
    beside: Row = {}
    if wish.reason and "because" in taken:
        beside["because"] = wish.reason[:_LONGEST_REASON]
    if wish.again and "asked_again" in taken:
        beside["asked_again"] = True
    return Call(outcome.name, {**outcome.args, **beside})


def _words(ways: Sequence[_Way]) -> str:
    made = [(way.wish, way.steps[-1]) for way in ways if way.steps]
    if len(ways) > 1 and len(made) == len(ways):
        return written.suggested_together(ways[0].wish.language, made)
    return "\n".join(dict.fromkeys(str(way.outcome) for way in ways))


def _without_tools(wish: Wish, _turn: Turn) -> Outcome:
    if wish.intent == "help":
        return answers.help_text(wish.language)
    return say(wish.language, wish.intent)


def _each_once(calls: Sequence[Call]) -> list[Call]:
    found: list[Call] = []
    for call in calls:
        if call not in found:
            found.append(call)
    return found
