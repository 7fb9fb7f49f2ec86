"""A decision in one transaction, as the person who decides: claim, check, write, log, and queue the truth."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

import structlog

from core.actions import queries as actions
from core.actions.gestures import missing
from core.actions.suggestion import Suggestion
from core.db import DatabaseDown, WorldMoved, become_system
from core.flows.deciding.refusals import refuse
from core.flows.deciding.replacing import renew
from core.flows.deliver import show_on_every_copy
from core.flows.policing import announce_glass, in_place_of, takes_two, vote, why_not_approve
from core.flows.runtime import Runtime, write_tool
from core.flows.undo import show_taken_back
from core.flows.waiting.competing import end_rivals, take_turn, tell_losers
from core.flows.waiting.telling import tell_asker
from core.kernel.messages import Address, Decision, MessageRef
from core.kernel.phrases import Phrase, phrase
from core.kernel.principal import ChatUser, Principal
from core.kernel.tools import Transaction

_log = structlog.get_logger("flow.on_decision")

_NOTHING: Mapping[str, Any] = {}


class _NotYet(Exception):
    """The presser has not done what the risk asks for, or may not by the policy; nothing has happened."""

    def __init__(self, suggestion: Suggestion, why: Phrase) -> None:
        super().__init__(why.id)
        self.suggestion = suggestion
        self.phrase = why


async def attempt(rt: Runtime, principal: Principal, suggestion_id: UUID, decision: Decision) -> bool | Phrase:
    """Return whether it is decided now, or what to tell the presser instead."""
    press = _Press(rt, principal, suggestion_id, decision)
    try:
        return await press.settled()
    except _NotYet as more:
        return await refuse(rt, principal, more.suggestion, more.phrase)
    except WorldMoved:
        return await press.renewed() or False
    except DatabaseDown:
        raise
    except Exception:  # the boundary: a bug must not leave a card that looks as if it could still be approved
        return await press.broken()


async def attempt_at_once(rt: Runtime, principal: Principal, suggestion_id: UUID, asked_in: Address) -> None:
    """Do what the policy lets be done without asking, as the one who asked; where it cannot be, its card waits."""
    # No card stands anywhere yet: there is no message that was pressed.
    nowhere = MessageRef(asked_in.platform, asked_in.workspace, asked_in.channel, "")
    decision = Decision(
        event_id=str(suggestion_id),
        sender=ChatUser(asked_in.platform, asked_in.workspace, ""),
        suggestion_id=suggestion_id,
        verdict="approve",
        pressed=nowhere,
        evidence={"at_once": "policy"},
    )
    await attempt(rt, principal, suggestion_id, decision)


@dataclass(frozen=True, slots=True)
class _Press:
    """One person's decision about one suggestion."""

    rt: Runtime
    principal: Principal
    suggestion_id: UUID
    decision: Decision

    async def settled(self) -> bool | Phrase:
        """Return False when it could not be claimed, and what to tell the presser where it takes another one too.

        Raises ``WorldMoved`` when the facts are no longer those that were shown; then nothing has happened.
        """
        async with self.rt.db.acting_as(self.principal) as tx:
            came = await self.run(tx)
        if came is True:
            self.log()
        return came

    async def run(self, tx: Transaction) -> bool | Phrase:
        """Claim, check, decide, write and queue what must go out; False when it could not be claimed."""
        principal, pressed = self.principal, self.decision.pressed
        approve, past_policy = self.decision.verdict != "reject", self.decision.verdict == "break_glass"
        if approve:
            await take_turn(tx, self.suggestion_id)
        claimed = await actions.claim(tx, self.suggestion_id, approve=approve)
        if claimed is None:
            return False
        if not claimed.request.is_as_shown():
            raise WorldMoved
        noted = await self.check(tx, claimed) if approve else _NOTHING
        self.check_shown(claimed)
        if approve and takes_two(claimed) and not past_policy:
            names = await vote(tx, principal, claimed)
            if not names:
                await become_system(tx)
                await show_on_every_copy(tx, principal, claimed.id, pressed)
                return phrase("policy-voted")
            noted = {**noted, "with_another": True, "approvers": list(names)}
        kept = self.kept(noted)
        await actions.decide(tx, claimed.id, approve=approve, decided_from=kept)
        claimed = replace(claimed, review=replace(claimed.review, decided_from=kept))
        lost = await end_rivals(tx, claimed) if approve else ()
        if approve:
            await write_tool(claimed.request.action_type).execute(tx, claimed.action())
        await become_system(tx)
        await show_on_every_copy(tx, principal, claimed.id, pressed, is_decided=True)
        await show_taken_back(tx, claimed, is_done=approve)
        await tell_losers(tx, principal, claimed, lost, pressed)
        await tell_asker(tx, principal, claimed, approved=approve)
        if past_policy:
            await announce_glass(self.rt, tx, principal, claimed, self.decision.evidence["reason"])
        return True

    async def check(self, tx: Transaction, claimed: Suggestion) -> Mapping[str, Any]:
        """Let an approval pass that the policy and the risk allow; return what is to be noted about it.

        The glass is broken past the policy and past nothing else. Raises ``_NotYet`` with what is missing.
        """
        past_policy = self.decision.verdict == "break_glass"
        if not past_policy and (why := await why_not_approve(tx, self.principal, claimed)):
            raise _NotYet(claimed, why)
        if more := missing(claimed, self.decision.evidence, has_acknowledged=claimed.review.has_acknowledged):
            raise _NotYet(claimed, more)
        lender = None if past_policy else await in_place_of(tx, self.principal, claimed)
        return {"in_place_of": lender} if lender else _NOTHING

    def check_shown(self, claimed: Suggestion) -> None:
        """Raise ``_NotYet`` where what was pressed showed something else: a row of a desk that was drawn before."""
        if self.decision.evidence.get("shown", claimed.request.shown_hash) != claimed.request.shown_hash:
            raise _NotYet(claimed, phrase("decision-moved"))

    async def renewed(self) -> Phrase | None:
        """Show a fresh card in the place of one that the world has overtaken."""
        try:
            return await renew(self.rt, self.principal, self.suggestion_id, self.decision.pressed)
        except DatabaseDown:
            raise
        except Exception:  # the same boundary: what the suggestion was about may be gone altogether
            return await self.broken()

    async def broken(self) -> Phrase:
        """Mark that it could not be done, under an id that the log has too."""
        bug_id = str(uuid4())[:8]
        _log.exception("decision failed", bug_id=bug_id, suggestion=str(self.suggestion_id))
        async with self.rt.db.acting_as(self.principal) as tx:
            await actions.mark_failed(tx, self.suggestion_id, f"bug {bug_id}")
            await become_system(tx)
            await show_on_every_copy(tx, self.principal, self.suggestion_id, self.decision.pressed)
        return phrase("error-bug", id=bug_id)

    def kept(self, noted: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the log keeps of how it was decided."""
        where = {"platform": self.decision.pressed.platform, "channel": self.decision.pressed.channel}
        past_policy = {"past_policy": True} if self.decision.verdict == "break_glass" else {}
        return {**where, **self.decision.evidence, **noted, **past_policy}

    def log(self) -> None:
        """Say in the process's log who decided what."""
        _log.info(
            "decided",
            organization=str(self.principal.organization_id),
            suggestion=str(self.suggestion_id),
            verdict=self.decision.verdict,
            decider=str(self.principal.user_id),
        )
