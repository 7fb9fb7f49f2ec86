"""Someone pressed a button: one transaction as the presser decides, checks, writes, logs and queues the truth."""

from datetime import timedelta
from uuid import UUID, uuid4

import structlog

from core.actions import queries as actions
from core.actions.risk import assess
from core.actions.suggestion import Suggestion, deadline_for, shown_hash
from core.audit import queries as audit
from core.audit.queries import Entry
from core.db import WorldMoved, become_system
from core.delivery import queries as copies
from core.flows.linking import principal_of
from core.flows.runtime import Runtime, write_tool
from core.jobs.queries import refresh_cards_later, say_later
from core.kernel.messages import Decision
from core.kernel.phrases import Moment, Phrase, phrase
from core.kernel.principal import Principal
from core.kernel.proposals import Proposal
from core.kernel.tools import Refused, ToolContext
from core.texts import say

_log = structlog.get_logger("flow.on_decision")


async def on_decision(rt: Runtime, decision: Decision) -> str | None:
    """Decide as the person who pressed; return a private sentence for them, or None when the card says it all."""
    principal = await principal_of(rt, decision.sender)
    if principal is None:
        return f"{say('en', phrase('decision-not-linked'))}\n{say('he', phrase('decision-not-linked'))}"
    told = await _decide(rt, principal, decision)
    return say(principal.locale, told, reader_zone=principal.timezone) if told else None


async def _decide(rt: Runtime, principal: Principal, decision: Decision) -> Phrase | None:
    if decision.suggestion_id is None or decision.verdict is None:
        return await _refuse(rt, principal, decision, phrase("decision-unknown"))
    if not principal.may_decide:
        return await _refuse(rt, principal, decision, phrase("decision-not-allowed"))
    try:
        settled = await _settle(rt, principal, decision.suggestion_id, decision)
    except WorldMoved:
        return await _renew(rt, principal, decision.suggestion_id, decision)
    return None if settled else await _why_not(rt, principal, decision)


async def _settle(rt: Runtime, principal: Principal, suggestion_id: UUID, decision: Decision) -> bool:
    """Claim, check, write, log and queue in one transaction; False when it could not be claimed.

    Raises ``WorldMoved`` when the facts are no longer those that were shown; then nothing has happened.
    """
    approve = decision.verdict == "approve"
    pressed = {"platform": decision.pressed.platform, "channel": decision.pressed.channel}
    async with rt.db.acting_as(principal) as tx:
        claimed = await actions.claim(tx, suggestion_id, approve=approve, decided_from=pressed)
        if claimed is None:
            return False
        if not claimed.is_as_shown():
            raise WorldMoved
        if approve:
            await write_tool(claimed.action_type).execute(tx, claimed.action())
            await actions.mark_executed(tx, suggestion_id)
        await become_system(tx)
        await _adopt(tx, principal, claimed, decision)
        await refresh_cards_later(tx, principal.organization_id, suggestion_id)
    _log.info(
        "decided",
        organization=str(principal.organization_id),
        suggestion=str(suggestion_id),
        verdict=decision.verdict,
        decider=str(principal.user_id),
    )
    return True


async def _adopt(tx: object, principal: Principal, suggestion: Suggestion, decision: Decision) -> None:
    """Register the pressed copy, so that one we lost track of (a crash after posting) is edited too."""
    await copies.add(
        tx,  # type: ignore[arg-type]
        principal.organization_id,
        suggestion.id,
        decision.pressed,
        principal.locale,
        can_decide=True,
        shown="",
    )


async def _renew(rt: Runtime, principal: Principal, suggestion_id: UUID, decision: Decision) -> Phrase:
    """The world moved: nothing ran. Look again and show a fresh card in the place of every old one."""
    async with rt.db.acting_as(principal) as tx:
        old = await actions.find(tx, suggestion_id)
        if old is None or old.status != "suggested":
            return await _why_not(rt, principal, decision) or phrase("decision-unknown")
        ctx = ToolContext(tx, principal, rt.now())
        looked = await write_tool(old.action_type).review(ctx, old.args)
        if isinstance(looked, Refused):
            await actions.mark_failed(tx, old.id, looked.why.id)
            await become_system(tx)
            await refresh_cards_later(tx, principal.organization_id, old.id)
            return looked.why
        fresh = await _insert_fresh(rt, tx, old, looked)
        if not await actions.supersede(tx, old.id, fresh):
            raise RaceLost
        await become_system(tx)
        await copies.move(tx, principal.organization_id, old.id, fresh)
        await refresh_cards_later(tx, principal.organization_id, fresh)
    return phrase("decision-blocked-now") if looked.is_blocked else phrase("decision-moved")
