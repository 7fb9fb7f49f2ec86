"""Someone pressed a button: one transaction as the presser decides, checks, writes, logs and queues the truth."""

from uuid import UUID, uuid4

import structlog

from core.actions import queries as actions
from core.actions.gestures import missing
from core.actions.suggestion import Suggestion
from core.audit import queries as audit
from core.audit.queries import Entry
from core.db import DatabaseDown, WorldMoved, become_system
from core.flows.deliver import show_on_every_copy
from core.flows.linking import principal_of
from core.flows.renewal import renew
from core.flows.runtime import Runtime, write_tool
from core.flows.undo import undo
from core.kernel.messages import Decision
from core.kernel.phrases import Moment, Phrase, phrase
from core.kernel.principal import Principal
from core.kernel.tools import Transaction
from core.texts import say

_log = structlog.get_logger("flow.on_decision")


_NOT_LINKED = "\n".join(say(locale, phrase("decision-not-linked")) for locale in ("en", "he"))


class _NotYet(Exception):
    """The presser may decide, and has not done yet what the risk asks for; nothing has happened."""

    def __init__(self, suggestion: Suggestion, more: Phrase) -> None:
        super().__init__(more.id)
        self.suggestion = suggestion
        self.phrase = more


async def on_decision(rt: Runtime, decision: Decision) -> str | None:
    """Decide as the person who pressed; return a private sentence for them, or None when the card says it all."""
    principal = await principal_of(rt, decision.sender)
    if principal is None:
        return _NOT_LINKED
    told = await _decide(rt, principal, decision)
    return say(principal.locale, told, reader_zone=principal.timezone) if told else None


async def refusal(rt: Runtime, principal: Principal | None, decision: Decision) -> str:
    """Return why somebody cannot decide a suggestion now; for a person who is known it is logged as a refusal."""
    if principal is None:
        return _NOT_LINKED
    if decision.suggestion_id is None:
        told = await _refuse(rt, principal, None, phrase("decision-unknown"))
    else:
        told = await _why_not(rt, principal, decision, decision.suggestion_id)
    return say(principal.locale, told, reader_zone=principal.timezone)


async def _decide(rt: Runtime, principal: Principal, decision: Decision) -> Phrase | None:
    suggestion_id = decision.suggestion_id
    if suggestion_id is None or decision.verdict is None:
        return await _refuse(rt, principal, None, phrase("decision-unknown"))
    if not principal.may_decide:
        return await _why_not(rt, principal, decision, suggestion_id)
    if decision.verdict == "undo":
        return await undo(rt, principal, suggestion_id, decision.pressed)
    if decision.verdict in {"acknowledge", "withdraw"}:
        return await _note(rt, principal, suggestion_id, decision)
    came = await _attempt(rt, principal, suggestion_id, decision)
    if isinstance(came, Phrase):
        return came
    return None if came else await _why_not(rt, principal, decision, suggestion_id)


async def _attempt(rt: Runtime, principal: Principal, suggestion_id: UUID, decision: Decision) -> bool | Phrase:
    """Return whether it is decided now, or what to tell the presser instead."""
    try:
        return await _settle(rt, principal, suggestion_id, decision)
    except _NotYet as more:
        return await _refuse(rt, principal, more.suggestion, more.phrase)
    except WorldMoved:
        return await _renewed(rt, principal, suggestion_id, decision) or False
    except DatabaseDown:
        raise
    except Exception:  # the boundary: a bug must not leave a card that looks as if it could still be approved
        return await _broken(rt, principal, suggestion_id, decision)


async def _note(rt: Runtime, principal: Principal, suggestion_id: UUID, decision: Decision) -> Phrase | None:
    """Note that the presser has read the consequences, or that they take it back; nothing is decided."""
    async with rt.db.acting_as(principal) as tx:
        noted = decision.verdict == "withdraw" and await actions.withdraw(tx, suggestion_id)
        # The button says what anybody did; for this person it may be the first time.
        noted = noted or await actions.acknowledge(tx, suggestion_id)
        if noted:
            await become_system(tx)
            await show_on_every_copy(tx, principal, suggestion_id, decision.pressed)
            return None
        found = await actions.find(tx, suggestion_id)
    if found is not None and found.status == "suggested" and not found.is_blocked and found.deadline > rt.now():
        return None
    return await _why_not(rt, principal, decision, suggestion_id)


async def _renewed(rt: Runtime, principal: Principal, suggestion_id: UUID, decision: Decision) -> Phrase | None:
    try:
        return await renew(rt, principal, suggestion_id, decision.pressed)
    except DatabaseDown:
        raise
    except Exception:  # the same boundary: what the suggestion was about may be gone altogether
        return await _broken(rt, principal, suggestion_id, decision)


async def _settle(rt: Runtime, principal: Principal, suggestion_id: UUID, decision: Decision) -> bool:
    """Claim, check, write, log and queue in one transaction; False when it could not be claimed.

    Raises ``WorldMoved`` when the facts are no longer those that were shown; then nothing has happened.
    """
    approve = decision.verdict == "approve"
    pressed = {"platform": decision.pressed.platform, "channel": decision.pressed.channel, **decision.evidence}
    async with rt.db.acting_as(principal) as tx:
        claimed = await actions.claim(tx, suggestion_id, approve=approve, decided_from=pressed)
        if claimed is None:
            return False
        if not claimed.is_as_shown():
            raise WorldMoved
        if approve and (more := missing(claimed, decision.evidence, has_acknowledged=claimed.has_acknowledged)):
            raise _NotYet(claimed, more)
        if approve:
            await write_tool(claimed.action_type).execute(tx, claimed.action())
        await become_system(tx)
        await show_on_every_copy(tx, principal, claimed.id, decision.pressed)
    _log.info(
        "decided",
        organization=str(principal.organization_id),
        suggestion=str(suggestion_id),
        verdict=decision.verdict,
        decider=str(principal.user_id),
    )
    return True


async def _why_not(rt: Runtime, principal: Principal, decision: Decision, suggestion_id: UUID) -> Phrase:
    """Say why a press changed nothing; a copy that was out of date is brought up to date."""
    async with rt.db.acting_as(principal) as tx:
        found = await actions.find(tx, suggestion_id)
        if found is None:
            told = phrase("decision-unknown")
        elif found.status == "suggested" and not principal.may_decide:
            told = phrase("decision-not-allowed")
        else:
            told = _already(found, rt)
        await _log_refusal(tx, found, told)
        if found is not None and found.status != "suggested":
            await become_system(tx)
            await show_on_every_copy(tx, principal, found.id, decision.pressed)
    return told


def _already(found: Suggestion, rt: Runtime) -> Phrase:
    if found.status == "suggested":
        if found.deadline <= rt.now():
            return phrase("decision-expired", deadline=Moment(found.deadline, found.zone))
        return phrase("notice-blocked") if found.is_blocked else phrase("decision-again")
    if found.decided_at is None:
        return phrase("decision-expired", deadline=Moment(found.deadline, found.zone))
    at = Moment(found.decided_at, found.zone)
    return phrase(f"decision-already-{found.status}", name=found.decider_name or "", at=at)


async def _refuse(rt: Runtime, principal: Principal, found: Suggestion | None, told: Phrase) -> Phrase:
    async with rt.db.acting_as(principal) as tx:
        await _log_refusal(tx, found, told)
    return told


async def _log_refusal(tx: Transaction, found: Suggestion | None, told: Phrase) -> None:
    data = {"suggestion_id": str(found.id)} if found else {}
    entry = Entry(kind="refusal", action_type="decision", data=data, error=told.id)
    correlation_id = found.correlation_id if found else uuid4()
    await audit.record(tx, entry, correlation_id=correlation_id, message_id=None, origin=None)


async def _broken(rt: Runtime, principal: Principal, suggestion_id: UUID, decision: Decision) -> Phrase:
    bug_id = str(uuid4())[:8]
    _log.exception("decision failed", bug_id=bug_id, suggestion=str(suggestion_id))
    async with rt.db.acting_as(principal) as tx:
        await actions.mark_failed(tx, suggestion_id, f"bug {bug_id}")
        await become_system(tx)
        await show_on_every_copy(tx, principal, suggestion_id, decision.pressed)
    return phrase("error-bug", id=bug_id)
