"""Someone said something: who are they, what does the model make of it, and what must be stored and said."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import structlog

from core.actions import queries as actions
from core.actions.suggestion import deadline_for, shown_hash
from core.ai.models import Model, ToolDeclaration
from core.ai.prompt import system_prompt, user_content
from core.ai.turn import TurnRequest, TurnResult, run_turn
from core.audit import queries as audit
from core.audit.queries import Entry
from core.conversations import queries as conversations
from core.conversations.queries import Answer, Opened
from core.db import become_system
from core.domains.schedule.queries import current_events
from core.flows.linking import invite, principal_of, redeem_token
from core.flows.runtime import Runtime, tools_for
from core.flows.tool_calls import Proposed, ToolRun
from core.identity import queries as identity
from core.jobs.queries import post_card_later, say_later
from core.kernel.errors import AppError
from core.kernel.messages import InboundMessage
from core.kernel.phrases import phrase
from core.kernel.principal import Principal
from core.kernel.tools import Transaction
from core.texts import say

_log = structlog.get_logger("flow.on_message")


async def on_message(rt: Runtime, message: InboundMessage) -> None:
    """Answer a message. Everything that it leads to is stored in one transaction; sending happens afterwards."""
    if message.link_token is not None:
        await redeem_token(rt, message)
        return
    principal = await principal_of(rt, message.sender)
    if principal is None:
        await invite(rt, message)
        return
    async with rt.db.acting_as(principal) as tx:
        opened = await conversations.open_message(tx, message.address, message.text, message.event_id)
        if opened.is_answered:
            return
        history = await conversations.history(tx, opened.conversation_id)
        context = await _context(rt, tx, principal, message.text)
    run = ToolRun(rt, principal)
    correlation_id = uuid4()
    result = await _turn(rt, principal, message, history, context, run, correlation_id)
    await _store(rt, principal, message, opened, run, result, correlation_id)


async def _context(rt: Runtime, tx: Transaction, principal: Principal, text: str) -> dict[str, Any]:
    events = await current_events(tx, rt.now().date())
    zone = events[0]["time_zone"] if events else principal.timezone
    line = ", ".join(f"{row['name']} ({row['starts_on']} to {row['ends_on']})" for row in events)
    return user_content(
        text, name=principal.name, now_local=rt.now().astimezone(ZoneInfo(zone)), zone=zone, events_line=line
    )


async def _turn(
    rt: Runtime,
    principal: Principal,
    message: InboundMessage,
    history: list[dict[str, Any]],
    content: dict[str, Any],
    run: ToolRun,
    correlation_id: UUID,
) -> Answer:
    model = await rt.model()
    if message.text in ("/start", "/help"):
        return Answer(text=say(principal.locale, phrase("greeting", name=principal.name)), contents=None)
    if model is None:
        return Answer(text=say(principal.locale, phrase("model-off")), contents=None)
    try:
        result = await run_turn(model, _request(rt, principal, history, content), run.call)
    except AppError as told:
        run.entries.append(Entry(kind="error", action_type="turn", data={}, error=told.phrase.id))
        return Answer(text=say(principal.locale, told.phrase), contents=None)
    except Exception as bug:  # the boundary: a bug must not leave the person without an answer
        if _is_database_down(bug):
            raise
        _log.exception("turn failed", bug_id=str(correlation_id))
        run.proposed.clear()
        run.entries.append(Entry(kind="error", action_type="turn", data={}, error=f"bug {correlation_id}"))
        return Answer(text=say(principal.locale, phrase("error-bug", id=str(correlation_id)[:8])), contents=None)
    return _answer(principal, model, result, run)


def _is_database_down(error: BaseException) -> bool:
    return type(error).__module__.startswith("psycopg") and "Operational" in {base.__name__ for base in type(error).__mro__}


def _request(
    rt: Runtime, principal: Principal, history: list[dict[str, Any]], content: dict[str, Any]
) -> TurnRequest:
    declarations = tuple(
        ToolDeclaration(name=tool.name, description=tool.description, parameters=tool.args.model_json_schema())
        for tool in tools_for(principal.role)
    )
    return TurnRequest(
        system=system_prompt(principal.role, principal.locale),
        history=tuple(history),
        content=content,
        tools=declarations,
        max_steps=rt.settings.gemini_max_steps,
    )


def _answer(principal: Principal, model: Model, result: TurnResult, run: ToolRun) -> Answer:
    text = result.text or ""
    if result.failure is not None:
        said = say(principal.locale, result.failure)
        text = f"{text}\n\n{said}" if text else said
        run.entries.append(Entry(kind="error", action_type="turn", data={}, error=result.failure.id))
    return Answer(
        text=text,
        contents=list(result.contents) or None,
        model=model.name,
        input_tokens=result.usage.prompt,
        output_tokens=result.usage.output + result.usage.thoughts,
        cost_microdollars=result.cost_microdollars,
        latency_ms=result.latency_ms,
    )


async def _store(
    rt: Runtime,
    principal: Principal,
    message: InboundMessage,
    opened: Opened,
    run: ToolRun,
    answer: Answer,
    correlation_id: UUID,
) -> None:
    origin = actions.address_data(message.address)
    async with rt.db.acting_as(principal) as tx:
        await conversations.keep_answer(tx, opened.conversation_id, message.event_id, answer)
        for entry in run.entries:
            await audit.record(
                tx, entry, correlation_id=correlation_id, message_id=opened.message_id, origin=origin
            )
        for proposed in run.proposed:
            await _store_suggestion(rt, tx, principal, message, opened.message_id, proposed, correlation_id)
        await become_system(tx)
        await say_later(tx, message.address, answer.text)
        for proposed in run.proposed:
            await _post_cards(tx, principal, message, proposed)
    _log.info(
        "answered",
        organization=str(principal.organization_id),
        correlation=str(correlation_id),
        suggestions=len(run.proposed),
        entries=len(run.entries),
        latency_ms=answer.latency_ms,
    )


async def _store_suggestion(
    rt: Runtime,
    tx: Transaction,
    principal: Principal,
    message: InboundMessage,
    message_id: UUID,
    proposed: Proposed,
    correlation_id: UUID,
) -> None:
    proposal = proposed.proposal
    judged = {
        "risk": proposed.risk,
        "shown_hash": shown_hash(
            proposal.action_type,
            proposal.args,
            proposal.conflicts,
            proposal.impact,
            proposal.facts_digest,
            proposed.risk,
        ),
        "deadline": deadline_for(proposal, rt.now(), timedelta(hours=rt.settings.eventflow_suggestion_hours)),
    }
    await actions.insert(
        tx,
        suggestion_id=proposed.suggestion_id,
        user_id=principal.user_id,
        proposal=proposal,
        judged=judged,
        request=message.text,
        correlation_id=correlation_id,
        message_id=message_id,
        origin=message.address,
    )


async def _post_cards(tx: Transaction, principal: Principal, message: InboundMessage, proposed: Proposed) -> None:
    """Queue the asker's card, and the managers' when the asker may not decide or does not sit among them."""
    organization_id, here = principal.organization_id, message.address
    await post_card_later(
        tx, organization_id, proposed.suggestion_id, here, principal.locale, can_decide=principal.may_decide
    )
    channels = await identity.managers_channels(tx, organization_id)
    elsewhere = [channel for channel in channels if channel.address.channel != here.channel]
    if principal.may_decide and here.platform in {channel.address.platform for channel in channels}:
        return
    for channel in elsewhere:
        await post_card_later(
            tx, organization_id, proposed.suggestion_id, channel.address, channel.locale, can_decide=True
        )
