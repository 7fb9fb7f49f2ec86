"""What leads to an approval beyond a press: a word typed as an answer to a card."""

from uuid import UUID

from core.actions import queries as actions
from core.actions.gestures import gesture_for, is_a_word, is_an_attempt
from core.actions.suggestion import Suggestion
from core.delivery import queries as copies
from core.flows.on_decision import on_decision
from core.flows.runtime import Runtime
from core.jobs.queries import say_later
from core.kernel.messages import Decision, InboundMessage
from core.kernel.phrases import phrase
from core.kernel.principal import Principal
from core.texts import say


async def is_word_for_card(rt: Runtime, principal: Principal, message: InboundMessage) -> bool:
    """Take an answer to a card that waits for a word as the decision that it is; False for any other message."""
    if message.reply_to is None or not principal.may_decide:
        return False
    async with rt.db.as_system() as tx:
        suggestion_id = await copies.suggestion_on(tx, principal.organization_id, message.reply_to)
    found = await _found(rt, principal, suggestion_id) if suggestion_id else None
    if found is None:
        return False
    if gesture_for(found.request.risk, blocked=found.request.is_blocked) != "type_word":
        # The word of another card, answered to this one: nobody is left to believe that something was done.
        return is_a_word(message.text) and await _say(rt, message, say(principal.locale, phrase("ask-no-word-here")))
    # About a card that is decided already, whoever types the word is told so; questions go to the assistant.
    if not is_an_attempt(found, message.text):
        return False
    decision = Decision(
        event_id=message.event_id,
        sender=message.sender,
        suggestion_id=found.id,
        verdict="approve",
        pressed=message.reply_to,
        evidence={"word": message.text},
    )
    told = await on_decision(rt, decision) or say(principal.locale, phrase("done-approved"))
    return await _say(rt, message, told)


async def _say(rt: Runtime, message: InboundMessage, told: str) -> bool:
    async with rt.db.as_system() as tx:
        await say_later(tx, message.address, told, to=message.asker)
    return True


async def _found(rt: Runtime, principal: Principal, suggestion_id: UUID) -> Suggestion | None:
    async with rt.db.acting_as(principal) as tx:
        return await actions.find(tx, suggestion_id)
