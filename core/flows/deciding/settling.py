"""A decision in one transaction, as the person who decides: claim, check, write, log, and queue the truth."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import structlog

from core.actions import queries as actions
from core.actions.gestures import missing
from core.actions.suggestion import Suggestion
from core.db import DatabaseDown, WorldMoved, become_system
from core.flows.deciding.policing import announce_glass, in_place_of, takes_two, vote, why_not_approve
from core.flows.deciding.refusals import refuse
from core.flows.deliver import show_on_every_copy
from core.flows.renewal import renew
from core.flows.runtime import Runtime, write_tool
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


class _Again(Exception):
    """It can be decided once more is known than the claim tells: in whose place, or that it takes two."""

    def __init__(self, suggestion: Suggestion, noted: Mapping[str, Any]) -> None:
        super().__init__()
        self.suggestion = suggestion
        self.noted = noted


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
        """Return False when it could not be claimed.

        Raises ``WorldMoved`` when the facts are no longer those that were shown; then nothing has happened.
        """
        try:
            return await self.alone(_NOTHING)
        except _Again as more:
            together = takes_two(more.suggestion)
            return await (self.with_another(more) if together else self.alone(more.noted))

    async def alone(self, noted: Mapping[str, Any]) -> bool:
        """Decide with what is ``noted`` about it beside where it was pressed."""
        async with self.rt.db.acting_as(self.principal) as tx:
            if not await self.run(tx, noted):
                return False
        self.log()
        return True

    async def with_another(self, more: _Again) -> bool | Phrase:
        """Approve as one of two: note it, and decide in the same transaction where that is enough."""
        found = more.suggestion
        async with self.rt.db.acting_as(self.principal) as tx:
            # Before the suggestion is locked: whoever decides takes the same locks in the same order.
            await take_turn(tx, found.id)
            told = await vote(tx, self.principal, found)
            if told is None and not await self.run(tx, {**more.noted, "with_another": True}):
                return False
            if told is not None:
                await become_system(tx)
                await show_on_every_copy(tx, self.principal, found.id, self.decision.pressed)
                return told
        self.log()
        return True

    async def run(self, tx: Transaction, noted: Mapping[str, Any]) -> bool:
        """Claim, check, write and queue what must go out; False when it could not be claimed."""
        principal, pressed = self.principal, self.decision.pressed
        approve, past_policy = self.decision.verdict != "reject", self.decision.verdict == "break_glass"
        if approve:
            await take_turn(tx, self.suggestion_id)
        claimed = await actions.claim(tx, self.suggestion_id, approve=approve, decided_from=self.kept(noted))
        if claimed is None:
            return False
        if not claimed.is_as_shown():
            raise WorldMoved
        if approve and not past_policy:
            await self.check(tx, claimed, noted)
        lost = await end_rivals(tx, claimed) if approve else ()
        if approve:
            await write_tool(claimed.action_type).execute(tx, claimed.action())
        await become_system(tx)
        await show_on_every_copy(tx, principal, claimed.id, pressed)
        await tell_losers(tx, principal, claimed, lost, pressed)
        await tell_asker(tx, principal, claimed, approved=approve)
        if past_policy:
            await announce_glass(self.rt, tx, principal, claimed, self.decision.evidence["reason"])
        return True

    async def check(self, tx: Transaction, claimed: Suggestion, noted: Mapping[str, Any]) -> None:
        """Let an approval pass that the policy and the risk allow.

        Raises ``_NotYet`` with what is missing, and ``_Again`` where the claim has to be made once more with what is
        known now: the row can say in whose place it was decided only while it is claimed.
        """
        if why := await why_not_approve(tx, self.principal, claimed):
            raise _NotYet(claimed, why)
        if more := missing(claimed, self.decision.evidence, has_acknowledged=claimed.has_acknowledged):
            raise _NotYet(claimed, more)
        if "with_another" in noted or "in_place_of" in noted:
            return
        lender = await in_place_of(tx, self.principal, claimed)
        if lender or takes_two(claimed):
            raise _Again(claimed, {"in_place_of": lender} if lender else {})

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
