"""What happens when the model calls a tool: reads run at once as the asker, writes become proposals."""

from asyncio import Lock
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, cast
from uuid import UUID, uuid4

from pydantic import BaseModel, ValidationError

from core.actions import queries as actions
from core.actions.discretion import without_personal
from core.actions.drafts import Weighed
from core.actions.phrasing import alternative_phrase, conflict_phrase, in_short
from core.actions.suggestion import Suggestion, suggestion_from_row
from core.ai.models import ToolCall
from core.audit.queries import Entry
from core.db import side_by_side
from core.flows.asides import Aside, split
from core.flows.bundles.making import may_be_line, refusal
from core.flows.discretion import withhold
from core.flows.policing import may_be_done_at_once
from core.flows.runtime import Runtime, tools_for, write_tool
from core.flows.suggesting import weigh
from core.flows.toolsets import OPEN_TOOLS, OpenTools
from core.kernel.claims import lasting, subject
from core.kernel.money import Unclear
from core.kernel.phrases import Moment, Phrase, phrase
from core.kernel.principal import Principal
from core.kernel.proposals import Proposal
from core.kernel.tools import Action, Done, ReadTool, Refused, ToolContext, Transaction, WriteTool
from core.naming import queries as naming
from core.policies import queries as policies
from core.texts import on_one_line, plain, say

_REMEMBERED = timedelta(days=7)
"""For so long a rejection is a reason not to raise the same again."""
_MOST_FAULTS = 8
"""Wrong arguments that the model is told of at once: the sentence is paid for, and one fault often makes fifty."""
_LONGEST_NAME = 100
"""Characters of a tool's or an argument's name; ours have 25."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal that will be stored when the turn ends."""

    suggestion_id: UUID
    weighed: Weighed
    because: str | None = None
    """Why the model suggests it, in its own words."""


@dataclass(slots=True)
class _Write:
    """A call of a write, and what the model is told of it once it is known."""

    tool: WriteTool[Any]
    call: ToolCall
    args: BaseModel
    aside: Aside
    answer: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class _Looked:
    """What a write comes to."""

    weighed: Weighed
    event: dict[str, Any]
    """The name of the event that it is about."""
    rejected: Callable[[], Awaitable[list[dict[str, Any]]]] | None
    """The row of the same that was rejected, there once the transaction has ended."""


@dataclass(slots=True)
class ToolRun:
    """The tool calls of one turn: answers for the model, and what the log and the outbox must hear of them."""

    rt: Runtime
    principal: Principal
    in_private: bool
    """Whether nobody but the asker reads the answer; else the model is told nothing personal."""
    opened: OpenTools
    """The subjects whose writes the model is told of."""
    withheld: bool = False
    """Whether something was left out for that reason."""
    proposed: list[Proposed] = field(default_factory=list[Proposed])
    entries: list[Entry] = field(default_factory=list[Entry])
    together_id: UUID = field(default_factory=uuid4)
    """The suggestion that the turn's writes become, one or many."""
    events: list[dict[str, Any]] | None = None
    """The organisation's events as they were when the turn began; the proof of a write looks at its own anew."""
    _waiting: list[_Write] = field(default_factory=list[_Write])
    """Writes that are not looked at yet, in the order in which the model asked: a later value wins over an earlier."""
    _writing: Lock = field(default_factory=Lock)

    async def call(self, call: ToolCall) -> dict[str, Any]:
        """Answer one call; where others read along, without anything personal.

        The model reads what people see: titles, names and notes come from elsewhere, and may hide words in themselves.
        """
        answer = _each_text(await self._called(call), plain)
        if self.in_private:
            return answer
        answer, withheld = withhold(answer)
        self.withheld |= withheld
        return answer

    async def _called(self, call: ToolCall) -> dict[str, Any]:
        """Answer in full. A tool that the role may not use does not exist; bad arguments are told to the model."""
        if call.name == OPEN_TOOLS and self.opened.offer.sets:
            return self.opened.answer(call.args)
        tool = next((tool for tool in tools_for(self.principal.role) if tool.name == call.name), None)
        if tool is None:
            self._refused(call, "unknown_tool")
            return {"error": f"There is no tool named {_short(call.name)}. Use only the tools you were given."}
        self.opened.note(tool)
        # What is executed is what a card can show: nobody approves a character that they cannot see.
        seen = _each_text(call.args, on_one_line)
        try:
            said, aside = split(seen) if isinstance(tool, WriteTool) else (seen, Aside())
            args = tool.args.model_validate(said)
        except ValidationError as invalid:
            if (why := _unclear(invalid)) is not None:
                return self._refusal(call, Refused(why))
            self._refused(call, "invalid_arguments")
            return {"error": _explain(invalid)}
        if isinstance(tool, ReadTool):
            return await self._asked(tool, call, args)
        return await self._wanted(_Write(tool, call, args, aside))

    async def _asked(self, tool: ReadTool[Any], call: ToolCall, args: BaseModel) -> dict[str, Any]:
        async with self.rt.db.acting_as(self.principal) as tx:
            try:
                return self._read(call, await tool.run(self._context(tx), args))
            except OverflowError:
                return self._out_of_range(call)

    async def _wanted(self, write: _Write) -> dict[str, Any]:
        """Look at a write, and at all that were called beside it: they share one transaction and its round trips."""
        self._waiting.append(write)
        async with self._writing:
            if write.answer is None:
                async with self.rt.db.acting_as(self.principal) as tx:
                    writes, ctx = list(self._waiting), self._context(tx)
                    found = await side_by_side(self._looked(ctx, each) for each in writes)
                for each, looked in zip(writes, found, strict=True):
                    each.answer = await self._written(each, looked)
                del self._waiting[: len(writes)]
        assert write.answer is not None  # noqa: S101 by whoever had the lock
        return write.answer

    def _context(self, tx: Transaction) -> ToolContext:
        return ToolContext(tx, self.principal, self.rt.now(), self._named, self.events)

    async def _looked(self, ctx: ToolContext, write: _Write) -> _Looked | Refused | None:
        """Return what a write comes to, and the event that it is about; None where a time is out of range.

        Neither the policy nor what was rejected has a round trip of its own: the one comes with the tool's first look,
        the other with the commit where nothing is in the way.
        """
        try:
            ruled = await ctx.tx.execute(policies.CURRENT)
            outcome = await write.tool.preview(ctx, write.args)
            if isinstance(outcome, Refused):
                return outcome
            asked = actions.asked_rejected_alike(outcome, _essence(outcome), _REMEMBERED)
            rejected = None if write.aside.asked_again else (await ctx.tx.execute(*asked)).fetchall
            now = policies.current_from(await ruled.fetchone())
            event = await _event_of(ctx, outcome)
            weighed = await weigh(ctx, outcome, raised_to=write.aside.raise_risk_to, now=now)
            return _Looked(weighed, event, rejected)
        except OverflowError:
            return None

    async def _written(self, write: _Write, looked: _Looked | Refused | None) -> dict[str, Any]:
        """What somebody rejected is not raised again until a person asks for it again."""
        if looked is None:
            return self._out_of_range(write.call)
        if isinstance(looked, Refused):
            return self._refusal(write.call, looked)
        if looked.rejected is not None and (rows := await looked.rejected()):
            return self._refusal(write.call, _was_rejected(suggestion_from_row(rows[0])))
        return self._write(write, looked.weighed) | looked.event

    def _out_of_range(self, call: ToolCall) -> dict[str, Any]:
        # The first or the last day that there is, moved to another time zone.
        self._refused(call, "invalid_arguments")
        return {"error": "Invalid arguments. A date or a time is out of range."}

    def _read(self, call: ToolCall, outcome: Done | Refused) -> dict[str, Any]:
        if isinstance(outcome, Refused):
            return self._refusal(call, outcome)
        self.entries.append(Entry(kind="read", action_type=call.name, data={"args": call.args}))
        return outcome.data

    def _write(self, write: _Write, weighed: Weighed) -> dict[str, Any]:
        outcome = weighed.proposal
        same = next((each for each in self.proposed if _runs_the_same(each.weighed.proposal, outcome)), None)
        beside = [each for each in self._lines() if each is not same] if may_be_line(outcome) else []
        if same is None:
            why = refusal([*(each.weighed.proposal for each in beside), outcome]) if beside else None
            if why is not None:
                return self._refusal(write.call, Refused(why))
            because = write.aside.because
            same = Proposed(self.together_id if may_be_line(outcome) else uuid4(), weighed, because)
            self.proposed.append(same)
        at_once = may_be_done_at_once(self.principal, same.weighed)
        together = [subject(each.weighed.proposal.claims) for each in beside]
        return {
            "status": "done_at_once" if at_once else "waiting_for_approval",
            "suggestion_id": str(same.suggestion_id),
            **({"one_suggestion_together_with": together} if together else {}),
            "action": write.tool.action_type,
            "title": subject(outcome.claims),
            "change": self._named(
                Action(same.suggestion_id, write.tool.action_type, outcome.args, outcome.before, outcome.zone, "")
            ),
            "risk": same.weighed.risk,
            "blocked": outcome.is_blocked,
            "conflicts": [
                {
                    "kind": conflict.kind,
                    "severity": conflict.severity,
                    "sentence": self._said(conflict_phrase(conflict, outcome.zone)),
                }
                for conflict in outcome.conflicts
            ],
            # Each is a button on the card: the person can be told of it, and presses.
            "alternatives": [
                say(self.principal.locale, alternative_phrase(each["label"])) for each in same.weighed.alternatives
            ],
            "affected_participants": outcome.impact.affected_participants,
            "vips": [{"name": vip.name, "note": vip.note} for vip in outcome.impact.vips],
        }

    def _named(self, action: Action) -> str:
        """Say a write as its card, its row and its notices do; the model has no words of its own for it."""
        return self._said(in_short(write_tool(action.action_type).describe(action), undoes=action.is_undo))

    def _said(self, sentence: Phrase) -> str:
        is_whole = self.in_private and self.principal.may_read_notes
        return say(self.principal.locale, sentence if is_whole else without_personal(sentence))

    def _lines(self) -> list[Proposed]:
        return [each for each in self.proposed if may_be_line(each.weighed.proposal)]

    def _refusal(self, call: ToolCall, refused: Refused) -> dict[str, Any]:
        self._refused(call, refused.why.id)
        why = say(self.principal.locale, refused.why)
        return {"status": "refused", "why": why, **(refused.data or {})}

    def _refused(self, call: ToolCall, code: str) -> None:
        self.entries.append(Entry(kind="refusal", action_type=call.name[:100], data={"args": call.args}, error=code))


def _was_rejected(rejected: Suggestion) -> Refused:
    review = rejected.review
    at = Moment(review.decided_at, rejected.request.zone) if review.decided_at else ""
    why = phrase("suggestion-was-rejected", name=review.decider_name or "", at=at)
    return Refused(why, {"rejected_suggestion": str(rejected.id)})


async def _event_of(ctx: ToolContext, proposal: Proposal) -> dict[str, Any]:
    """Name the event of a proposal, so that the answer can say which one it is about."""
    if proposal.event_id is None:
        return {}
    known = (each for each in ctx.events or () if each["id"] == proposal.event_id)
    event = next(known, None) or await naming.event_by_id(ctx.tx, proposal.event_id)
    return {"event": event["name"]} if event else {}


def _each_text(said: Any, shown: Callable[[str], str]) -> Any:
    if isinstance(said, str):
        return shown(said)
    if isinstance(said, Mapping):
        return {name: _each_text(value, shown) for name, value in cast("Mapping[str, Any]", said).items()}
    if isinstance(said, list | tuple):
        return [_each_text(each, shown) for each in cast("list[Any]", said)]
    return said


def _runs_the_same(one: Proposal, other: Proposal) -> bool:
    """Whether two proposals of one turn would do the same."""
    return one.action_type == other.action_type and _essence(one) == _essence(other)


def _essence(proposal: Proposal) -> dict[str, Any]:
    """Return what a write does; the id of a new row is drawn anew each time."""
    if proposal.effect != "create":
        return proposal.args
    return lasting(proposal.args, write_tool(proposal.action_type).claims(proposal.args, proposal.before))


def _unclear(invalid: ValidationError) -> Phrase | None:
    """Return what the person is told where they have to say an argument otherwise; the rest is the model's to mend."""
    causes = [fault.get("ctx", {}).get("error") for fault in invalid.errors(include_url=False)]
    return next((cause.phrase for cause in causes if isinstance(cause, Unclear)), None)


def _explain(invalid: ValidationError) -> str:
    faults = [
        f"{_short('.'.join(str(part) for part in fault['loc']))}: {fault['msg']}"
        for fault in invalid.errors(include_url=False, include_input=False, include_context=False)
    ]
    more = f"; and {len(faults) - _MOST_FAULTS} more" if len(faults) > _MOST_FAULTS else ""
    return "Invalid arguments. " + "; ".join(faults[:_MOST_FAULTS]) + more


def _short(name: str) -> str:
    """Return a name that the model made up, as far as it is worth saying again."""
    return on_one_line(name)[:_LONGEST_NAME]
