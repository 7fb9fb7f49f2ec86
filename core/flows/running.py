"""One run of the model: its row before it is asked, the turn, and its end with what it took, however it ends."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import structlog

from core.ai.models import Model, Usage
from core.ai.prompt import Situation, condensed, user_content
from core.ai.turn import Meter, TurnRequest, TurnResult, run_turn
from core.audit.queries import Entry
from core.conversations import queries as conversations
from core.conversations.queries import Answer, Opened
from core.conversations.runs import queries as runs
from core.conversations.runs.models import Ended, Run, RunStatus
from core.db import DatabaseDown
from core.flows.breakages import note_model
from core.flows.ceiling import say_paused
from core.flows.hearing import Context
from core.flows.runtime import Runtime
from core.flows.store_turn import Turn, store_turn
from core.flows.tool_calls import ToolRun
from core.flows.toolsets import open_for, prompt_for
from core.flows.waiting.telling import asked_what_became, became
from core.kernel.errors import AppError
from core.kernel.messages import InboundMessage
from core.kernel.phrases import phrase
from core.kernel.principal import Principal
from core.naming.queries import asked_events
from core.texts import say

_log = structlog.get_logger("flow.on_message")


@dataclass(slots=True)
class _Running:
    rt: Runtime
    model: Model
    turn: Turn
    request: TurnRequest
    event_id: UUID | None
    """The one current event, if there is one."""
    meter: Meter = field(default_factory=Meter)
    failure: str | None = None
    """The id of what went wrong."""

    def ended(self) -> Ended:
        usage, meter, failure = self.meter.usage, self.meter, self.failure
        status: RunStatus = "success" if failure is None else "timeout" if failure == "model-timeout" else "error"
        ended = Ended(
            id=self.turn.correlation_id,
            status=status,
            error=failure,
            event_id=self.event_id,
            duration_ms=meter.milliseconds,
            steps=meter.steps,
            tools=meter.tools,
            toolsets=tuple(self.turn.run.opened.used),
            hit_limit=meter.hit_limit,
        )
        if usage == Usage() and meter.gave_up:
            return ended
        return replace(
            ended,
            prompt=usage.prompt,
            cached=usage.cached,
            output=usage.output,
            thoughts=usage.thoughts,
            cost_microdollars=self.model.cost(usage),
        )


async def run_model(rt: Runtime, model: Model, principal: Principal, message: InboundMessage, context: Context) -> None:
    """Ask the model about a message and store the turn; nothing where it was answered before a crash."""
    running: _Running | Turn | None = None
    try:
        # Held until the cost is stored: over its ceiling an organisation goes by no more than its slots.
        async with rt.slots.turn(principal):
            running = await _begin(rt, model, principal, message, context)
            if isinstance(running, _Running):
                answer = await _think(running)
                ended = running.ended()
                await store_turn(rt, running.turn, answer, ended)
                rt.count_run(model.name, ended)
        if isinstance(running, Turn) and not running.opened.is_answered and running.opened.paused_until is not None:
            await say_paused(rt, running, running.opened.paused_until)
    except BaseException as broke:
        if isinstance(running, _Running):
            await _end_anyway(running, is_stopped=isinstance(broke, asyncio.CancelledError))
        raise


def new_turn(rt: Runtime, principal: Principal, message: InboundMessage, opened: Opened, correlation_id: UUID) -> Turn:
    """Return the turn that a message begins."""
    run = ToolRun(rt, principal, message.direct, open_for(principal.role, opened.open_tools, message.text))
    return Turn(principal=principal, message=message, opened=opened, run=run, correlation_id=correlation_id)


async def _begin(
    rt: Runtime, model: Model, principal: Principal, message: InboundMessage, context: Context
) -> _Running | Turn:
    """Keep the message and the run's row, and gather what the model is told; no run where it is not to be asked."""
    run = Run(id=uuid4(), model=model.name)
    # One round trip: the little that is asked in vain of a message that was answered costs less than the way.
    kept, turns, news, events = await rt.db.ask_as(
        principal,
        conversations.asked_to_open(message.address, message.text, message.event_id, run),
        conversations.asked_history(message.address),
        asked_what_became(message.address),
        asked_events(rt.now().date()),
    )
    opened = conversations.opened(kept)
    turn = new_turn(rt, principal, message, opened, run.id)
    if opened.is_answered or opened.paused_until is not None:
        return turn
    turn.run.events = events
    history = [*context.above, *(content for row in turns for content in row["contents"])]
    situation, event_id = _situation(rt, events, principal)
    request = TurnRequest(
        system=prompt_for(principal.role, principal.locale),
        history=tuple(condensed(history)),
        content=user_content(message.text, situation, became=became(news), attached=context.attached),
        tools=turn.run.opened.declared,
        names=turn.run.opened.offer.names,
        max_steps=rt.settings.gemini_max_steps,
    )
    return _Running(rt, model, turn, request, event_id)


def _situation(rt: Runtime, events: list[dict[str, Any]], principal: Principal) -> tuple[Situation, UUID | None]:
    """Return what the model is told of the situation, and the one event that is current."""
    zone = events[0]["time_zone"] if events else principal.timezone
    current = [row["id"] for row in events if row["is_current"]]
    situation = Situation(
        name=principal.name,
        now_local=rt.now().astimezone(ZoneInfo(zone)),
        zone=zone,
        events_line=_named(row for row in events if row["is_current"]),
        others_line=_named(row for row in events if not row["is_current"]),
    )
    return situation, current[0] if len(current) == 1 else None


def _named(events: Iterable[dict[str, Any]]) -> str:
    return ", ".join(f"{row['name']} ({row['starts_on']} to {row['ends_on']})" for row in events)


async def _think(running: _Running) -> Answer:
    turn = running.turn
    try:
        result = await run_turn(running.model, running.request, turn.run.call, running.meter)
    except AppError as told:
        running.failure = told.phrase.id
        turn.run.entries.append(Entry(kind="error", action_type="turn", data={}, error=told.phrase.id))
        return Answer(say(turn.principal.locale, told.phrase))
    except DatabaseDown:
        raise
    except Exception:  # the boundary: a bug must not leave the person without an answer
        bug_id = str(turn.correlation_id)[:8]
        running.failure = f"bug {bug_id}"
        _log.exception("turn failed", bug_id=bug_id)
        turn.run.proposed.clear()
        turn.run.entries.append(Entry(kind="error", action_type="turn", data={}, error=running.failure))
        return Answer(say(turn.principal.locale, phrase("error-bug", id=bug_id)))
    note_model(running.rt.watch, result.failure)
    running.failure = result.failure.id if result.failure else None
    return _answered(turn, result)


def _answered(turn: Turn, result: TurnResult) -> Answer:
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
    return Answer(text, list(result.contents) or None)


async def _end_anyway(running: _Running, *, is_stopped: bool) -> None:
    """Keep what a turn took that could not be stored; the message comes again, and has a run of its own then."""
    ended = running.ended()
    ended = (
        replace(ended, status="cancelled", error="stopped")
        if is_stopped
        else replace(ended, status="error", error="not-stored")
    )
    running.rt.count_run(running.model.name, ended)
    # Where the database is gone too, upkeep finds the row.
    with suppress(Exception):
        async with running.rt.db.as_system() as tx:
            await runs.end(tx, running.turn.principal.organization_id, ended)
