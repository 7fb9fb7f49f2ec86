"""What happens when the model calls a tool: reads run at once as the asker, writes become proposals."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from pydantic import BaseModel, ValidationError

from core.actions.phrasing import conflict_phrase
from core.actions.risk import assess
from core.actions.suggestion import subject
from core.ai.models import ToolCall
from core.audit.queries import Entry
from core.flows.runtime import Runtime, tools_for
from core.kernel.cards import Risk
from core.kernel.principal import Principal
from core.kernel.proposals import Proposal
from core.kernel.tools import Done, ReadTool, Refused, ToolContext, ToolSpec, WriteTool
from core.texts import say


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal that will be stored when the turn ends."""

    suggestion_id: UUID
    proposal: Proposal
    risk: Risk


@dataclass(slots=True)
class ToolRun:
    """The tool calls of one turn: answers for the model, and what the log and the outbox must hear of them."""

    rt: Runtime
    principal: Principal
    proposed: list[Proposed] = field(default_factory=list[Proposed])
    entries: list[Entry] = field(default_factory=list[Entry])

    async def call(self, call: ToolCall) -> dict[str, Any]:
        """Answer one call. A tool that the role may not use does not exist; bad arguments are told to the model."""
        tool = next((tool for tool in tools_for(self.principal.role) if tool.name == call.name), None)
        if tool is None:
            self._refused(call, "unknown_tool")
            return {"error": f"There is no tool named {call.name}. Use only the tools you were given."}
        try:
            args = tool.args.model_validate(call.args)
        except ValidationError as invalid:
            self._refused(call, "invalid_arguments")
            return {"error": _explain(invalid)}
        try:
            return await self._run(tool, call, args)
        except OverflowError:
            # The first or the last day that there is, moved to another time zone.
            self._refused(call, "invalid_arguments")
            return {"error": "Invalid arguments. A date or a time is out of range."}

    async def _run(self, tool: ToolSpec, call: ToolCall, args: BaseModel) -> dict[str, Any]:
        async with self.rt.db.acting_as(self.principal) as tx:
            ctx = ToolContext(tx, self.principal, self.rt.now())
            if isinstance(tool, ReadTool):
                return self._read(call, await tool.run(ctx, args))
            return self._write(tool, call, await tool.preview(ctx, args))

    def _read(self, call: ToolCall, outcome: Done | Refused) -> dict[str, Any]:
        if isinstance(outcome, Refused):
            return self._refusal(call, outcome)
        self.entries.append(Entry(kind="read", action_type=call.name, data={"args": call.args}))
        return outcome.data

    def _write(self, tool: WriteTool[Any], call: ToolCall, outcome: Proposal | Refused) -> dict[str, Any]:
        if isinstance(outcome, Refused):
            return self._refusal(call, outcome)
        same = next((each for each in self.proposed if _runs_the_same(each.proposal, outcome)), None)
        if same is None:
            same = Proposed(uuid4(), outcome, assess(outcome, self.rt.now()))
            self.proposed.append(same)
        return {
            "status": "waiting_for_approval",
            "suggestion_id": str(same.suggestion_id),
            "action": tool.action_type,
            "title": subject(outcome.before, outcome.args),
            "risk": same.risk,
            "blocked": outcome.is_blocked,
            "conflicts": [
                {
                    "kind": conflict.kind,
                    "severity": conflict.severity,
                    "sentence": say(self.principal.locale, conflict_phrase(conflict, outcome.zone)),
                }
                for conflict in outcome.conflicts
            ],
            "affected_participants": outcome.impact.affected_participants,
            "vips": [{"name": vip.name, "note": vip.note} for vip in outcome.impact.vips],
        }

    def _refusal(self, call: ToolCall, refused: Refused) -> dict[str, Any]:
        self._refused(call, refused.why.id)
        why = say(self.principal.locale, refused.why)
        return {"status": "refused", "why": why, **(refused.data or {})}

    def _refused(self, call: ToolCall, code: str) -> None:
        self.entries.append(Entry(kind="refusal", action_type=call.name[:100], data={"args": call.args}, error=code))


def _runs_the_same(one: Proposal, other: Proposal) -> bool:
    """Whether two proposals of one turn would do the same; the id of a new row is drawn anew each time."""

    def essence(proposal: Proposal) -> dict[str, Any]:
        return {key: value for key, value in proposal.args.items() if key != "new_id"}

    return one.action_type == other.action_type and essence(one) == essence(other)


def _explain(invalid: ValidationError) -> str:
    faults = [
        f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}"
        for fault in invalid.errors(include_url=False, include_input=False, include_context=False)
    ]
    return "Invalid arguments. " + "; ".join(faults)
