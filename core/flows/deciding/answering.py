"""Somebody replies to a question about a suggestion: the answer completes the decision that they began."""

import re
from collections.abc import Mapping

from core.db import Database
from core.delivery.questions import queries as questions
from core.delivery.questions.queries import Question
from core.flows.on_decision import on_decision
from core.flows.runtime import Runtime
from core.jobs.queries import say_later
from core.kernel.messages import Decision, InboundMessage, Verdict
from core.kernel.phrases import Phrase, phrase
from core.kernel.principal import Principal
from core.texts import plain, say

_TIME = r"(?:\d{4}-\d{2}-\d{2}[T ])?\d{1,2}:\d{2}"
_TIMES = re.compile(rf"({_TIME})(?:[\s,\-\u2010-\u2015]+({_TIME}))?")
"""A start, or a start and an end, and nothing else: "tomorrow at 14:00" must not become today."""
_NAMES = {
    ("edit", "room"): "room",
    ("edit", "speaker"): "speaker",
    ("edit", "title"): "title",
    ("reject", "other"): "words",
    ("choose", "lines"): "out",
    ("break_glass", ""): "words",
}
"""What an answer is in the evidence of the decision that it completes."""


async def answer_to_question(rt: Runtime, principal: Principal, message: InboundMessage) -> bool:
    """Take a reply to a question as the decision that it completes; False for any other message.

    Somebody else's reply, one that cannot be read, and one that comes too late are answered, and change nothing.
    """
    if message.reply_to is None:
        return False
    async with rt.db.as_system() as tx:
        asked = await questions.on_message(tx, principal.organization_id, message.reply_to)
    if asked is None:
        return False
    told = await _told(rt, principal, asked, message)
    if told is not None:
        await _say(rt.db, message, told)
    return True


async def _told(rt: Runtime, principal: Principal, asked: Question, message: InboundMessage) -> str | None:
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


_IS_DONE: Mapping[Verdict, str] = {
    "edit": "edit-is-done",
    "choose": "edit-is-done",
    "reject": "done-rejected",
    "break_glass": "done-approved",
}
"""What is answered where it was written: the card that changes may be far above."""


def _evidence(asked: Question, text: str) -> dict[str, str] | Phrase:
    if (asked.verdict, asked.choice) == ("edit", "time"):
        found = _TIMES.fullmatch(plain(text).strip())
        if found is None:
            return phrase("edit-time-how")
        start, end = found.groups()
        return {"start": start} | ({"end": end} if end else {})
    name = _NAMES.get((asked.verdict, asked.choice))
    return {name: text} if name else phrase("decision-unknown")


async def _say(db: Database, message: InboundMessage, told: str) -> None:
    async with db.as_system() as tx:
        await say_later(tx, message.address, told, to=message.asker)
