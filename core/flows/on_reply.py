"""Somebody replies: the word that a card waits for, or the answer to a question, completes a decision."""

import re
from collections.abc import Mapping

from core.actions import queries as actions
from core.actions.gestures import gesture_for, is_a_word, is_an_attempt
from core.actions.suggestion import Suggestion
from core.delivery import queries as copies
from core.delivery.questions import queries as questions
from core.delivery.questions.queries import Question
from core.flows.on_decision import on_decision
from core.flows.runtime import Runtime
from core.jobs.queries import say_later
from core.kernel.fields import SPAN
from core.kernel.messages import Decision, InboundMessage, MessageRef, Verdict
from core.kernel.phrases import Phrase, phrase
from core.kernel.principal import Principal
from core.texts import plain, say

_TIME = r"(?:\d{4}-\d{2}-\d{2}[T ])?\d{1,2}:\d{2}"
_TIMES = re.compile(rf"({_TIME})(?:[\s,\-\u2010-\u2015]+({_TIME}))?")
"""A start, or a start and an end, and nothing else: "tomorrow at 14:00" must not become today."""
_NAMES = {
    ("reject", "other"): "words",
    ("choose", "lines"): "out",
    ("break_glass", ""): "words",
}
"""What an answer is in the evidence of the decision that it completes."""


_IS_DONE: Mapping[Verdict, str] = {
    "edit": "edit-is-done",
    "choose": "edit-is-done",
    "reject": "done-rejected",
    "break_glass": "done-approved",
}
"""What is answered where it was written: the card that changes may be far above."""


async def on_reply(rt: Runtime, principal: Principal, message: InboundMessage) -> bool:
    """Take a reply to a card or to a question as the decision that it completes; False for any other message.

    Somebody else's reply, one that cannot be read, and one that comes too late are answered, and change nothing.
    """
    if message.reply_to is None:
        return False
    told = await _word_for_card(rt, principal, message, message.reply_to)
    if told is None:
        told = await _answer_to_question(rt, principal, message, message.reply_to)
    if told is None:
        return False
    async with rt.db.as_system() as tx:
        await say_later(tx, message.address, told, to=message.asker)
    return True


async def _word_for_card(rt: Runtime, principal: Principal, message: InboundMessage, to: MessageRef) -> str | None:
    """Return what to tell about an answer to a card that waits for a typed word; None for any other message."""
    found = await _card_at(rt, principal, to) if principal.may_decide else None
    if found is None:
        return None
    if gesture_for(found.request.risk, blocked=found.request.is_blocked) != "type_word":
        # The word of another card, answered to this one: nobody is left to believe that something was done.
        return say(principal.locale, phrase("ask-no-word-here")) if is_a_word(message.text) else None
    # About a card that is decided already, whoever types the word is told so; questions go to the assistant.
    if not is_an_attempt(found, message.text):
        return None
    decision = Decision(
        event_id=message.event_id,
        sender=message.sender,
        suggestion_id=found.id,
        verdict="approve",
        pressed=to,
        evidence={"word": message.text},
    )
    return await on_decision(rt, decision) or say(principal.locale, phrase("done-approved"))


async def _card_at(rt: Runtime, principal: Principal, to: MessageRef) -> Suggestion | None:
    async with rt.db.as_system() as tx:
        suggestion_id = await copies.suggestion_on(tx, principal.organization_id, to)
    if suggestion_id is None:
        return None
    async with rt.db.acting_as(principal) as tx:
        return await actions.find(tx, suggestion_id)


async def _answer_to_question(rt: Runtime, principal: Principal, message: InboundMessage, to: MessageRef) -> str | None:
    """Return what to tell about an answer to a question; None for any other message."""
    async with rt.db.as_system() as tx:
        asked = await questions.on_message(tx, principal.organization_id, to)
    if asked is None:
        return None
    if asked.user_id != principal.user_id:
        return say(principal.locale, phrase("ask-not-yours", name=asked.name))
    evidence = _evidence(asked, message.text)
    if isinstance(evidence, Phrase):
        return say(principal.locale, evidence)
    decision = Decision(
        event_id=message.event_id,
        sender=message.sender,
        suggestion_id=asked.suggestion_id,
        verdict=asked.verdict,
        pressed=asked.pressed,
        choice=asked.choice,
        evidence=evidence,
    )
    return await on_decision(rt, decision) or say(principal.locale, phrase(_IS_DONE[asked.verdict]))


def _evidence(asked: Question, text: str) -> dict[str, str] | Phrase:
    if (asked.verdict, asked.choice) == ("edit", SPAN):
        found = _TIMES.fullmatch(plain(text).strip())
        if found is None:
            return phrase("edit-time-how")
        start, end = found.groups()
        return {"start": start} | ({"end": end} if end else {})
    name = asked.choice if asked.verdict == "edit" else _NAMES.get((asked.verdict, asked.choice))
    return {name: text} if name else phrase("decision-unknown")
