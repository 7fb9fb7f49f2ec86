"""Someone said something: who are they, and what does the model make of it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import structlog

from core.ai.models import Model
from core.ai.prompt import system_prompt, user_content
from core.ai.turn import TurnRequest, TurnResult, run_turn
from core.audit.queries import Entry
from core.conversations import queries as conversations
from core.conversations.queries import Answer
from core.db import DatabaseDown
from core.domains.naming.queries import events as known_events
from core.flows.breakages import note_model
from core.flows.deciding.answering import answer_to_question
from core.flows.desk_commands import answer_command
from core.flows.hearing import context_of, is_for_us, with_names
from core.flows.linking import invite, principal_of, redeem_token
from core.flows.on_gesture import is_word_for_card
from core.flows.runtime import Runtime, declared_for
from core.flows.shared_files import answer_to_files
from core.flows.store_turn import Turn, store_turn
from core.flows.tool_calls import ToolRun
from core.flows.waiting.telling import became
from core.jobs.queries import say_later
from core.kernel.errors import AppError
from core.kernel.messages import InboundMessage
from core.kernel.phrases import Phrase, phrase
from core.kernel.principal import Principal, Role
from core.kernel.tools import Transaction
from core.texts import locale_of_text, say, typed

_log = structlog.get_logger("flow.on_message")

_HELP: Mapping[Role, str] = {
    "owner": "help-deciding",
    "manager": "help-deciding",
    "staff": "help-asking",
    "viewer": "help-reading",
}
_GREETED = frozenset({"/start", "/help", ""})
"""Answered without the model: the first thing that a new person sends, and a bare mention."""


async def on_message(rt: Runtime, message: InboundMessage) -> None:
    """Answer a message. Everything that it leads to is stored in one transaction; sending happens afterwards.

    Raises ``AppError`` and ``DatabaseDown``, for which the queue tries again later; of a bug the person is told.
    """
    message = replace(message, text=typed(message.text))
    try:
        await _respond(rt, message)
    except (AppError, DatabaseDown):
        raise
    except Exception as failure:
        # It may have been a race: the person lost their role while the model was thinking, or another worker answered.
        _log.warning("a message is tried once more", error=type(failure).__name__)
        await _respond_or_apologise(rt, message)


async def _respond_or_apologise(rt: Runtime, message: InboundMessage) -> None:
    try:
        await _respond(rt, message)
    except (AppError, DatabaseDown):
        raise
    except Exception:  # the boundary: whoever writes hears something, and the next message is not held up
        bug_id = str(uuid4())[:8]
        _log.exception("message failed", bug_id=bug_id)
        async with rt.db.as_system() as tx:
            sorry = phrase("error-bug", id=bug_id)
            await say_later(tx, message.address, say(locale_of_text(message.text), sorry), to=message.asker)


async def _respond(rt: Runtime, message: InboundMessage) -> None:
    if message.link_token is not None:
        await redeem_token(rt, message)
        return
    principal = await principal_of(rt, message.sender)
    if not await is_for_us(rt, principal, message):
        return
    if principal is None:
        await invite(rt, message)
        return
    message = await with_names(rt, principal, message)
    if await is_word_for_card(rt, principal, message) or await answer_to_question(rt, principal, message):
        return
    context = await context_of(rt, principal, message)
    async with rt.db.acting_as(principal) as tx:
        opened = await conversations.open_message(tx, message.address, message.text, message.event_id)
        if opened.is_answered:
            return
        history = [*context.above, *await conversations.history(tx, opened.conversation_id)]
        news = await became(tx, opened.conversation_id)
        situation = await _situation(rt, tx, principal)
    content = user_content(message.text, became=news, beside=context.beside, **situation)
    turn = Turn(
        principal=principal,
        message=message,
        opened=opened,
        run=ToolRun(rt, principal, message.direct),
        correlation_id=uuid4(),
    )
    if not await answer_command(rt, turn):
        await store_turn(rt, turn, await _answer(rt, turn, history, content))


async def _situation(rt: Runtime, tx: Transaction, principal: Principal) -> dict[str, Any]:
    events = await known_events(tx, rt.now().date())
    zone = events[0]["time_zone"] if events else principal.timezone
    now_local = rt.now().astimezone(ZoneInfo(zone))
    return {
        "name": principal.name,
        "now_local": now_local,
        "zone": zone,
        "events_line": _named(row for row in events if row["is_current"]),
        "others_line": _named(row for row in events if not row["is_current"]),
    }


def _named(events: Iterable[dict[str, Any]]) -> str:
    return ", ".join(f"{row['name']} ({row['starts_on']} to {row['ends_on']})" for row in events)


async def _answer(rt: Runtime, turn: Turn, history: list[dict[str, Any]], content: dict[str, Any]) -> Answer:
    name, message = turn.principal.name, turn.message
    if message.files:
        return Answer(text=await answer_to_files(rt, turn), contents=None)
    if message.unread and not message.text.strip() and not any(each.kind == "forwarded" for each in message.quoted):
        return _said(turn, phrase("text-only"))
    if message.text.strip().lower() in _GREETED and not message.quoted:
        is_help = message.text.strip().lower() == "/help"
        return _said(turn, phrase(_HELP[turn.principal.role] if is_help else "greeting", name=name))
    model = await rt.model()
    if model is None:
        return _said(turn, phrase("model-off"))
    async with rt.slots.turn(turn.principal):
        return await _think(rt, turn, model, _request(rt, turn.principal, history, content))


async def _think(rt: Runtime, turn: Turn, model: Model, request: TurnRequest) -> Answer:
    try:
        result = await run_turn(model, request, turn.run.call)
    except AppError as told:
        turn.run.entries.append(Entry(kind="error", action_type="turn", data={}, error=told.phrase.id))
        return _said(turn, told.phrase)
    except DatabaseDown:
        raise
    except Exception:  # the boundary: a bug must not leave the person without an answer
        bug_id = str(turn.correlation_id)[:8]
        _log.exception("turn failed", bug_id=bug_id)
        turn.run.proposed.clear()
        turn.run.entries.append(Entry(kind="error", action_type="turn", data={}, error=f"bug {bug_id}"))
        return _said(turn, phrase("error-bug", id=bug_id))
    note_model(rt.watch, result.failure)
    return _answered(turn, model, result)


def _said(turn: Turn, said: Phrase) -> Answer:
    return Answer(text=say(turn.principal.locale, said), contents=None)


def _request(rt: Runtime, principal: Principal, history: list[dict[str, Any]], content: dict[str, Any]) -> TurnRequest:
    return TurnRequest(
        system=system_prompt(principal.role, principal.locale),
        history=tuple(history),
        content=content,
        tools=declared_for(principal.role),
        max_steps=rt.settings.gemini_max_steps,
    )


def _answered(turn: Turn, model: Model, result: TurnResult) -> Answer:
    text = result.text or ""
    if result.failure is not None:
        # With a suggestion already on its card, "please try again" would invite a second one.
        told = phrase("answer-unfinished") if turn.run.proposed else result.failure
        said = say(turn.principal.locale, told)
        text = f"{text}\n\n{said}" if text else said
        turn.run.entries.append(Entry(kind="error", action_type="turn", data={}, error=result.failure.id))
    if turn.run.withheld:
        offered = say(turn.principal.locale, phrase("personal-offered"))
        text = f"{text}\n\n{offered}" if text else offered
    if result.hit_limit:
        # In the log, where the operator can count it: a model that often runs into the limit needs other tools.
        data = {"steps": result.steps}
        turn.run.entries.append(Entry(kind="error", action_type="turn", data=data, error="step-limit"))
    return Answer(
        text=text,
        contents=list(result.contents) or None,
        model=model.name,
        input_tokens=result.usage.prompt,
        output_tokens=result.usage.output + result.usage.thoughts,
        cost_microdollars=result.cost_microdollars,
        latency_ms=result.latency_ms,
        steps=result.steps,
        hit_limit=result.hit_limit,
    )
