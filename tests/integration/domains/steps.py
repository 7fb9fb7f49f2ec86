"""The steps of a domain's tests: ask, propose, suggest and approve through the flows, take back by the inverse."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from core.actions import queries as actions
from core.db import Database
from core.flows.on_decision import on_decision
from core.flows.runtime import TOOLS, write_tool
from core.kernel.cards import Card
from core.kernel.principal import Principal
from core.kernel.proposals import Proposal
from core.kernel.tools import Action, Done, Inverse, ReadTool, Refused, ToolContext, WriteTool
from core.texts import say
from tests.fakes import FakePlatform, calls, runtime, says
from tests.integration.flows.office import press, slack_message, suggested
from tests.world import NOW, context

_ISOLATES = {0x2068: None, 0x2069: None}


async def ask(db: Database, who: Principal, name: str, /, *, now: datetime = NOW, **args: Any) -> Done | Refused:
    """Ask a read tool as this person."""
    tool = next(tool for tool in TOOLS if tool.name == name)
    assert isinstance(tool, ReadTool)
    async with db.acting_as(who) as tx:
        return await tool.run(ToolContext(tx, who, now), tool.args.model_validate(args))


async def told(db: Database, who: Principal, name: str, /, **args: Any) -> dict[str, Any]:
    """Ask a read tool that answers, and return its data."""
    answer = await ask(db, who, name, **args)
    assert isinstance(answer, Done), answer
    return answer.data


async def propose(db: Database, who: Principal, name: str, /, **args: Any) -> Proposal | Refused:
    """Look at a write as this person; nothing is stored."""
    tool = next(tool for tool in TOOLS if tool.name == name)
    assert isinstance(tool, WriteTool)
    async with db.acting_as(who) as tx:
        return await tool.preview(context(tx, who), tool.args.model_validate(args))


async def proposed(db: Database, who: Principal, name: str, /, **args: Any) -> Proposal:
    """Look at a write that can be proposed."""
    looked = await propose(db, who, name, **args)
    assert isinstance(looked, Proposal), looked
    return looked


async def refusal(db: Database, who: Principal, name: str, /, **args: Any) -> tuple[str, dict[str, Any] | None]:
    """Return why a write cannot be proposed, and what is handed back to ask for the right one."""
    looked = await propose(db, who, name, **args)
    assert isinstance(looked, Refused), looked
    return looked.why.id, looked.data


async def shown(db: Database, database_url: str, name: str, /, **args: Any) -> tuple[Any, FakePlatform, Card]:
    """Let the model suggest a write to the manager; return the runtime, the chat and the card."""
    rt, slack, _telegram, _model = runtime(db, calls((name, args)), says("It waits."))
    await suggested(rt, slack_message("please", event=str(uuid4())), database_url)
    [card] = slack.cards.values()
    return rt, slack, card


async def decided(db: Database, database_url: str, name: str, /, **args: Any) -> UUID:
    """Suggest a write and approve it; return the suggestion, which has been executed."""
    rt, _slack, card = await shown(db, database_url, name, **args)
    assert await on_decision(rt, press(card.suggestion_id)) is None
    return card.suggestion_id


async def carry_out(db: Database, who: Principal, inverse: Inverse) -> str | None:
    """Review a canonical call and execute it, both as this person; return why it is refused, if it is."""
    async with db.acting_as(who) as tx:
        tool = write_tool(inverse.action_type)
        looked = await tool.review(context(tx, who), inverse.args)
        if isinstance(looked, Refused):
            return looked.why.id
        assert not looked.is_blocked, looked.conflicts
        await tool.execute(tx, action_of(looked))
    return None


async def way_back(db: Database, who: Principal, suggestion_id: UUID) -> Inverse:
    """Return the inverse of an executed suggestion, from the stored row alone."""
    async with db.acting_as(who) as tx:
        done = await actions.find(tx, suggestion_id)
    assert done is not None
    inverse = write_tool(done.request.action_type).inverse(done.action())
    assert inverse is not None
    return inverse


def action_of(looked: Proposal) -> Action:
    """Return a proposal as the action that would run."""
    return Action(
        suggestion_id=UUID(int=0),
        action_type=looked.action_type,
        args=looked.args,
        before=looked.before,
        zone=looked.zone,
        facts_digest=looked.facts_digest,
    )


def read_out(card: Card, locale: str = "en") -> list[str]:
    """Return what a card says about its action: title, facts, changes, warnings, impact; isolates left out."""
    fields = [f"{say(locale, fact.label)}: {say(locale, fact.value)}" for fact in card.facts]
    changes = [
        f"{say(locale, each.label)}: {say(locale, each.now)} | {say(locale, each.proposed)}" for each in card.changes
    ]
    warnings = [f"{each.severity}: {say(locale, each.text)}" for each in card.warnings]
    lines = [say(locale, card.title), *fields, *changes, *warnings, *(say(locale, line) for line in card.impact)]
    return [line.translate(_ISOLATES) for line in lines]
