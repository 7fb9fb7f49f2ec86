"""A press that changes nothing: why, in one sentence, in the log, and on a copy that was out of date."""

from uuid import UUID, uuid4

from core.actions import queries as actions
from core.actions.suggestion import Suggestion
from core.audit import queries as audit
from core.audit.queries import Entry
from core.db import become_system
from core.flows.deliver import cards_for, show_on_every_copy
from core.flows.runtime import Runtime
from core.flows.waiting.competing import with_others
from core.kernel.messages import Decision
from core.kernel.phrases import Moment, Phrase, phrase
from core.kernel.principal import Principal
from core.kernel.tools import Transaction
from core.texts import LOCALES, say

NOT_LINKED = "\n".join(say(locale, phrase("decision-not-linked")) for locale in LOCALES)


async def refusal(rt: Runtime, principal: Principal | None, decision: Decision) -> str:
    """Return why somebody cannot decide a suggestion now; for a person who is known it is logged as a refusal."""
    if principal is None:
        return NOT_LINKED
    if decision.suggestion_id is None:
        told = await refuse(rt, principal, None, phrase("decision-unknown"))
    else:
        told = await why_unchanged(rt, principal, decision, decision.suggestion_id)
    return say(principal.locale, told, reader_zone=principal.timezone)


async def refuse(rt: Runtime, principal: Principal, found: Suggestion | None, told: Phrase) -> Phrase:
    """Log a refusal and return what to tell the presser."""
    async with rt.db.acting_as(principal) as tx:
        await _log(tx, found, told)
    return told


async def refuse_about(rt: Runtime, principal: Principal, suggestion_id: UUID, told: Phrase) -> Phrase:
    """Do the same about a suggestion that was not looked at yet."""
    async with cards_for(rt, principal) as tx:
        found = await actions.find_for_delivery(tx, principal.organization_id, suggestion_id)
    return await refuse(rt, principal, found, told)


async def why_unchanged(rt: Runtime, principal: Principal, decision: Decision, suggestion_id: UUID) -> Phrase:
    """Say why a press changed nothing; a copy that was out of date is brought up to date."""
    async with cards_for(rt, principal) as tx:
        found = await actions.find_for_delivery(tx, principal.organization_id, suggestion_id)
        if found is None:
            told = phrase("decision-unknown")
        elif found.review.status == "suggested" and not principal.may_decide:
            told = phrase("decision-not-allowed")
        else:
            told = _already(await with_others(tx, found), rt)
    async with rt.db.acting_as(principal) as tx:
        await _log(tx, found, told)
        if found is not None and found.review.status != "suggested":
            await become_system(tx)
            await show_on_every_copy(tx, principal, found.id, decision.pressed)
    return told


def waits(rt: Runtime, found: Suggestion | None) -> bool:
    """Whether a suggestion can still be decided, one way or another."""
    return found is not None and found.review.status == "suggested" and found.request.deadline > rt.now()


def _already(found: Suggestion, rt: Runtime) -> Phrase:
    if found.review.status == "suggested":
        if found.request.deadline <= rt.now():
            return phrase("decision-expired", deadline=Moment(found.request.deadline, found.request.zone))
        return phrase("notice-blocked") if found.request.is_blocked else phrase("decision-again")
    if found.review.decided_at is None:
        return phrase("decision-expired", deadline=Moment(found.request.deadline, found.request.zone))
    at = Moment(found.review.decided_at, found.request.zone)
    if found.winner is not None:
        return phrase("decision-lost", winner=found.winner, name=found.review.decider_name or "", at=at)
    return phrase(f"decision-already-{found.review.status}", name=found.review.approvers or "", at=at)


async def _log(tx: Transaction, found: Suggestion | None, told: Phrase) -> None:
    data = {"suggestion_id": str(found.id)} if found else {}
    entry = Entry(kind="refusal", action_type="decision", data=data, error=told.id)
    # What was said for the suggestion is what led to the press.
    words, correlation_id = (found.request.words, found.request.correlation_id) if found else (None, uuid4())
    await audit.record(tx, entry, words=words, correlation_id=correlation_id, message_id=None, origin=None)
