"""Someone pressed a button: one transaction as the presser decides, checks, writes, logs and queues the truth."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Literal, TypeAlias
from uuid import UUID

from core.actions import queries as actions
from core.actions.gestures import gesture_for, word_and_rest, word_to_type
from core.actions.rejections import LONGEST_REASON, OTHER, reason_of
from core.db import become_system
from core.flows.deciding.asking import Asks, ask, menu
from core.flows.deciding.choosing import choose
from core.flows.deciding.editing import edit
from core.flows.deciding.refusals import NOT_LINKED, refuse, refuse_about, waits, why_unchanged
from core.flows.deciding.replacing import take
from core.flows.deciding.settling import attempt
from core.flows.deciding.showing import show
from core.flows.deliver import show_on_every_copy
from core.flows.linking import principal_of
from core.flows.policing import decides_alone
from core.flows.runtime import Runtime
from core.flows.undo import undo
from core.kernel.messages import Counted, Decision, Verdict
from core.kernel.phrases import Phrase, phrase
from core.kernel.principal import Principal
from core.policies.rules import why_not_break_glass
from core.texts import on_one_line, say

_COUNTS = frozenset({"policy-voted", "edit-is-done", "bundle-mode-is", "done-approved", "done-rejected"})
"""What says that something was done; whatever else is told says why nothing was."""

Handler: TypeAlias = Callable[[Runtime, Principal, UUID, Decision], Awaitable[Phrase | None]]
"""Does what a verdict asks for; returns what to tell the presser, or None when the card says it all."""


async def on_decision(rt: Runtime, decision: Decision) -> str | None:
    """Decide as the person who pressed; return a private sentence for them, or None when the card says it all."""
    principal = await principal_of(rt, decision.sender)
    if principal is None:
        return NOT_LINKED
    told = await _decide(rt, principal, decision)
    if told is None:
        return None
    said = say(principal.locale, told, reader_zone=principal.timezone)
    return Counted(said) if told.id in _COUNTS else said


async def _decide(rt: Runtime, principal: Principal, decision: Decision) -> Phrase | None:
    suggestion_id, handler = decision.suggestion_id, _HANDLERS.get(decision.verdict or "")
    if suggestion_id is None or handler is None:
        return await refuse(rt, principal, None, phrase("decision-unknown"))
    if not principal.may_decide and decision.verdict not in _FOR_EVERYBODY:
        return await why_unchanged(rt, principal, decision, suggestion_id)
    return await handler(rt, principal, suggestion_id, decision)


async def _undo(rt: Runtime, principal: Principal, suggestion_id: UUID, decision: Decision) -> Phrase | None:
    return await undo(rt, principal, suggestion_id, decision.pressed)


async def _reject(rt: Runtime, principal: Principal, suggestion_id: UUID, decision: Decision) -> Phrase | None:
    """Reject with the reason that was chosen or typed, or without one."""
    words = decision.evidence.get("words")
    if decision.choice == OTHER and words is None:
        return await _ask_why(rt, principal, suggestion_id, decision)
    reason = reason_of(decision.choice, words or "")
    if isinstance(reason, Phrase):
        return await refuse_about(rt, principal, suggestion_id, reason)
    because = replace(decision, evidence={**_shown(decision), **({"reason": reason} if reason else {})})
    return await _end(rt, principal, suggestion_id, because)


async def _ask_why(rt: Runtime, principal: Principal, suggestion_id: UUID, decision: Decision) -> Phrase | None:
    async with rt.db.acting_as(principal) as tx:
        found = await actions.find(tx, suggestion_id)
    if found is None or not waits(rt, found):
        return await why_unchanged(rt, principal, decision, suggestion_id)
    return await ask(rt, principal, found, decision, Asks("ask-reason"))


async def _end(rt: Runtime, principal: Principal, suggestion_id: UUID, decision: Decision) -> Phrase | None:
    came = await attempt(rt, principal, suggestion_id, decision)
    if isinstance(came, Phrase):
        return came
    return None if came else await why_unchanged(rt, principal, decision, suggestion_id)


async def _note(rt: Runtime, principal: Principal, suggestion_id: UUID, decision: Decision) -> Phrase | None:
    """Note that the presser has read the consequences, or that they take it back; nothing is decided."""
    again = decision.verdict == "acknowledge" or await _is_ticked(rt, principal, suggestion_id)
    async with rt.db.acting_as(principal) as tx:
        noted = decision.verdict == "withdraw" and await actions.withdraw(tx, suggestion_id)
        # The button says what anybody did last; for this person it may be the first time, or once more after others.
        # Who took it back on a copy that still shows it as read has taken it back.
        noted = noted or await actions.acknowledge(tx, suggestion_id, again=again)
        if noted:
            await become_system(tx)
            await show_on_every_copy(tx, principal, suggestion_id, decision.pressed)
            return None
        found = await actions.find(tx, suggestion_id)
    if (
        found is not None
        and found.review.status == "suggested"
        and not found.request.is_blocked
        and found.request.deadline > rt.now()
    ):
        return None
    return await why_unchanged(rt, principal, decision, suggestion_id)


async def _is_ticked(rt: Runtime, principal: Principal, suggestion_id: UUID) -> bool:
    async with rt.db.as_system() as tx:
        found = await actions.find_for_delivery(tx, principal.organization_id, suggestion_id)
    return found is not None and bool(found.review.is_ticked)


async def _break_glass(rt: Runtime, principal: Principal, suggestion_id: UUID, decision: Decision) -> Phrase | None:
    """Approve past the policy, as an owner who says why; everybody who decides hears of it."""
    words = on_one_line(decision.evidence.get("words", ""))
    async with rt.db.acting_as(principal) as tx:
        found = await actions.find(tx, suggestion_id)
        may_alone = found is not None and await decides_alone(tx, principal, found)
    if found is None or not waits(rt, found):
        return await why_unchanged(rt, principal, decision, suggestion_id)
    evidence = {name: said for name, said in decision.evidence.items() if name in _GESTURED}
    is_typed = gesture_for(found.request.risk, blocked=found.request.is_blocked) == "type_word"
    if is_typed and "word" not in evidence:
        # Where a chat has no forms the word and the reason are one answer.
        evidence["word"], words = word_and_rest(found, words)
    told = why_not_break_glass(
        role=principal.role, is_blocked=found.request.is_blocked, may_alone=may_alone, words=words or None
    )
    if told is None and not words:
        more = {"word": word_to_type(found)} if is_typed else {}
        return await ask(rt, principal, found, decision, Asks("ask-glass-word" if is_typed else "ask-glass", more))
    if told is not None:
        return await refuse(rt, principal, found, told)
    evidence["reason"] = words[:LONGEST_REASON]
    return await _end(rt, principal, suggestion_id, replace(decision, evidence=evidence))


def _shown(decision: Decision) -> dict[str, str]:
    """Return what a decision stays bound to; nothing else of what came with it is kept."""
    return {name: value for name, value in decision.evidence.items() if name == "shown"}


_GESTURED = frozenset({"read", "shown", "word"})
"""What of the evidence is the gesture's: the glass is broken past the policy, never past that."""
_HANDLERS: Mapping[Verdict | Literal[""], Handler] = {
    "approve": _end,
    "reject": _reject,
    "acknowledge": _note,
    "withdraw": _note,
    "undo": _undo,
    "edit": edit,
    "choose": choose,
    "alternative": take,
    "break_glass": _break_glass,
    "menu": menu,
    "show": show,
}
_FOR_EVERYBODY: frozenset[Verdict | None] = frozenset({"show"})
"""Whoever sees the card may read it in full."""
