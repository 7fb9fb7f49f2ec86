"""What leads to an approval beyond a press: a card looked at in full, a word typed as an answer to it."""

from uuid import UUID

from core.actions import queries as actions
from core.actions.gestures import gesture_for, is_an_attempt
from core.delivery import queries as copies
from core.flows.deliver import card_for
from core.flows.linking import principal_of
from core.flows.on_decision import on_decision, refusal
from core.flows.runtime import Runtime
from core.jobs.queries import say_later
from core.kernel.cards import Card
from core.kernel.messages import Decision, InboundMessage
from core.kernel.principal import Locale, Principal


async def on_review(rt: Runtime, decision: Decision) -> tuple[Card, Locale] | str:
    """Return the card as it stands now for somebody who may decide it, in their language; else what to tell them."""
    principal = await principal_of(rt, decision.sender)
    if principal is None or decision.suggestion_id is None or not principal.may_decide:
        return await refusal(rt, principal, decision)
    async with rt.db.acting_as(principal) as tx:
        found = await actions.find(tx, decision.suggestion_id)
    if found is None or found.status != "suggested" or found.deadline <= rt.now() or found.is_blocked:
        return await refusal(rt, principal, decision)
    return card_for(found, can_decide=True), principal.locale


async def is_word_for_card(rt: Runtime, principal: Principal, message: InboundMessage) -> bool:
    """Take an answer to a card that waits for a word as the decision that it is; False for any other message."""
    if message.reply_to is None or not principal.may_decide:
        return False
    async with rt.db.as_system() as tx:
        suggestion_id = await copies.suggestion_on(tx, principal.organization_id, message.reply_to)
    if suggestion_id is None or not await _waits_for(rt, principal, suggestion_id, message.text):
        return False
    decision = Decision(
        event_id=message.event_id,
        sender=message.sender,
        suggestion_id=suggestion_id,
        verdict="approve",
        pressed=message.reply_to,
        evidence={"word": message.text},
    )
    told = await on_decision(rt, decision)
    if told is not None:
        async with rt.db.as_system() as tx:
            await say_later(tx, message.address, told)
    return True


async def _waits_for(rt: Runtime, principal: Principal, suggestion_id: UUID, typed: str) -> bool:
    async with rt.db.acting_as(principal) as tx:
        found = await actions.find(tx, suggestion_id)
    if found is None or gesture_for(found.risk, blocked=found.is_blocked) != "type_word":
        return False
    # About a card that is decided already, whoever types the word is told so; questions go to the assistant.
    return is_an_attempt(found, typed)
