"""Everything that a turn leads to, in one transaction: the answer, the log, the suggestions, and what must go out."""

from dataclasses import dataclass, field, replace
from uuid import UUID, uuid4

import structlog

from core.actions import queries as actions
from core.actions.drafts import Asked, Draft
from core.actions.risk import at_least
from core.audit import queries as audit
from core.conversations import queries as conversations
from core.conversations.queries import Answer, Opened
from core.conversations.runs import queries as runs
from core.conversations.runs.models import Ended
from core.db import become, become_system
from core.flows.bundles.making import bundle, may_be_line
from core.flows.deciding.settling import attempt_at_once
from core.flows.policing import asker_decides_alone, may_be_done_at_once, tell_if_stuck
from core.flows.runtime import Runtime
from core.flows.suggesting import store, weigh
from core.flows.tool_calls import Proposed, ToolRun
from core.identity import queries as identity
from core.identity.queries import ManagersChannel
from core.jobs.queries import post_card_later, post_document_later, say_later
from core.kernel.cards import Risk
from core.kernel.messages import Address, Document, InboundMessage
from core.kernel.phrases import phrase
from core.kernel.principal import Principal
from core.kernel.proposals import Proposal
from core.kernel.tools import ToolContext, Transaction
from core.texts import say

_log = structlog.get_logger("flow.on_message")


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One message being answered: who said it, where it is kept, what its tool calls led to."""

    principal: Principal
    message: InboundMessage
    opened: Opened
    run: ToolRun
    correlation_id: UUID
    documents: list[Document] = field(default_factory=list[Document])
    """What goes out as files, after the answer."""


async def store_turn(rt: Runtime, turn: Turn, answer: Answer, ended: Ended | None = None) -> None:
    """Store a turn whole or not at all. The suggestion's row is there before its card is.

    ``ended``: the end of the run that the model was asked in.
    """
    message, run = turn.message, turn.run
    async with rt.db.as_system() as tx:
        # Where cards go is asked first, so that the answer is there by the time that they are queued.
        there = await tx.execute(*identity.asked_managers_channels(turn.principal.organization_id))
        await become(tx, turn.principal)
        await _keep(tx, turn, answer)
        decided = await as_decided(ToolContext(tx, turn.principal, rt.now()), run.proposed)
        for proposed in decided:
            await store(rt, tx, _draft(turn, proposed))
        await become_system(tx)
        if ended is not None:
            await runs.end(tx, turn.principal.organization_id, _about(ended, decided))
        await say_later(tx, message.address, answer.text, to=message.asker)
        for document in turn.documents:
            await post_document_later(tx, message.address, document, to=message.asker)
        channels = identity.managers_channels_from(await there.fetchall()) if decided else []
        for proposed in decided:
            await _post_cards(tx, turn, proposed, channels)
            await tell_if_stuck(rt, tx, turn.principal.organization_id, proposed.suggestion_id, proposed.weighed.policy)
    for proposed in decided:
        if may_be_done_at_once(turn.principal, proposed.weighed):
            await attempt_at_once(rt, turn.principal, proposed.suggestion_id, message.address)
    _log.info(
        "answered",
        organization=str(turn.principal.organization_id),
        correlation=str(turn.correlation_id),
        suggestions=len(decided),
        entries=len(run.entries),
        latency_ms=ended.duration_ms if ended else 0,
        steps=ended.steps if ended else 0,
    )


def _about(ended: Ended, decided: list[Proposed]) -> Ended:
    """Say what came of a run, and which event it was about: that of its suggestions, else the current one."""
    events = (proposed.weighed.proposal.event_id for proposed in decided)
    event_id = next((event for event in events if event is not None), ended.event_id)
    return replace(ended, event_id=event_id, suggestions=len(decided))


async def _keep(tx: Transaction, turn: Turn, answer: Answer) -> None:
    message, opened = turn.message, turn.opened
    await conversations.keep_answer(tx, opened.conversation_id, message.event_id, answer)
    if (open_tools := turn.run.opened.kept()) != opened.open_tools:
        await conversations.keep_open_tools(tx, opened.conversation_id, open_tools)
    origin = actions.address_data(message.address)
    for entry in turn.run.entries:
        await audit.record(
            tx,
            entry,
            words=message.text,
            correlation_id=turn.correlation_id,
            message_id=opened.message_id,
            origin=origin,
        )


def _draft(turn: Turn, proposed: Proposed) -> Draft:
    asked = Asked(
        user_id=turn.principal.user_id,
        words=turn.message.text,
        correlation_id=turn.correlation_id,
        message_id=turn.opened.message_id,
        origin=turn.message.address,
        because=proposed.because,
    )
    return Draft(id=proposed.suggestion_id, weighed=proposed.weighed, asked=asked)


async def _post_cards(tx: Transaction, turn: Turn, proposed: Proposed, channels: list[ManagersChannel]) -> None:
    """Queue the asker's card, and the managers' one where the asker may not decide or sits on another platform."""
    principal, here = turn.principal, turn.message.address
    organization_id = principal.organization_id
    others = [channel for channel in channels if not _is_same_place(channel.address, here)]
    # Staff may ask in the managers' own channel: the only card there must be one that managers can decide.
    can_decide = principal.may_decide or len(others) < len(channels)
    decides_alone = asker_decides_alone(principal, proposed.weighed)
    await post_card_later(tx, organization_id, proposed.suggestion_id, here, principal.locale, can_decide=can_decide)
    if decides_alone and here.platform in {channel.address.platform for channel in channels}:
        return
    for channel in others:
        await post_card_later(
            tx, organization_id, proposed.suggestion_id, channel.address, channel.locale, can_decide=True
        )
    if not channels and not can_decide:
        await say_later(tx, here, say(principal.locale, phrase("card-unreachable")))


def _is_same_place(one: Address, other: Address) -> bool:
    return (one.platform, one.workspace, one.channel) == (other.platform, other.workspace, other.channel)


async def as_decided(ctx: ToolContext, proposed: list[Proposed]) -> list[Proposed]:
    """Return what a turn proposes as it will be decided: its writes together, and what is decided alone beside them."""
    lines = [each for each in proposed if may_be_line(each.weighed.proposal)]
    if len(lines) <= 1:
        return proposed
    alone = [each for each in proposed if not may_be_line(each.weighed.proposal)]
    looked = await bundle(ctx, [(each.weighed.proposal, each.weighed.raised_to) for each in lines])
    if not isinstance(looked, Proposal):
        # The world moved since the first of them: each is decided on its own, and says then what has become of it.
        first, *others = lines
        return [first, *(Proposed(uuid4(), each.weighed, each.because) for each in others), *alone]
    weighed = await weigh(ctx, looked, raised_to=_highest(lines))
    return [Proposed(lines[0].suggestion_id, weighed, _reasons(lines)), *alone]


def _highest(lines: list[Proposed]) -> Risk | None:
    highest: Risk | None = None
    for each in lines:
        if each.weighed.raised_to is not None:
            highest = at_least(each.weighed.raised_to, highest)
    return highest


def _reasons(lines: list[Proposed]) -> str | None:
    """Return the model's reasons, each said once."""
    return " ".join(dict.fromkeys(each.because for each in lines if each.because)) or None
