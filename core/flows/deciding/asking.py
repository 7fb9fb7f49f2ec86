"""What a copy of a card asks back: other buttons for a moment, or a question that one person answers by replying."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from core.actions import queries as actions
from core.actions.suggestion import Suggestion
from core.db import become_system
from core.delivery import queries as copies
from core.delivery.queries import Posted
from core.delivery.questions import queries as questions
from core.delivery.questions.queries import Question
from core.flows.deciding.refusals import refuse, waits, why_unchanged
from core.flows.deliver import show_menu
from core.flows.runtime import Runtime
from core.kernel.cards import Press
from core.kernel.errors import Unreachable
from core.kernel.messages import Address, Decision
from core.kernel.phrases import Phrase, phrase
from core.kernel.principal import Principal
from core.texts import say


@dataclass(frozen=True, slots=True)
class Asks:
    """What is asked: a text's id, said with the ``title`` and ``values``, and answers that may be pressed instead."""

    question: str
    values: Mapping[str, Phrase] = field(default_factory=dict[str, Phrase])
    offered: Sequence[tuple[str, Press]] = ()


async def ask(rt: Runtime, principal: Principal, found: Suggestion, decision: Decision, asks: Asks) -> Phrase | None:
    """Ask whoever pressed for what completes their decision.

    Return what to tell them where they cannot be asked. A menu that led here is closed.

    Raises ``Upstream`` when the chat is to be tried again.
    """
    pressed, verdict = decision.pressed, decision.verdict
    assert verdict is not None  # noqa: S101 what is asked completes one
    async with rt.db.as_system() as tx:
        thread = await copies.thread_of(tx, principal.organization_id, pressed)
    there = Address(pressed.platform, pressed.workspace, pressed.channel, thread)
    title = found.request.title
    asked = Question(
        suggestion_id=found.id,
        user_id=principal.user_id,
        verdict=verdict,
        choice=decision.choice,
        pressed=pressed,
    )
    words = say(principal.locale, phrase(asks.question, title=title, **asks.values))
    try:
        ref = await rt.platforms[pressed.platform].ask(decision.sender, there, words, asks.offered)
    except Unreachable as gone:
        return gone.phrase
    async with rt.db.as_system() as tx:
        await questions.add(tx, principal.organization_id, asked, ref)
        await show_menu(tx, principal.organization_id, found.id, pressed, None)
    return None


_MENUS = frozenset({"", "reject", "edit", "more"})
"""The first leads back."""


async def menu(rt: Runtime, principal: Principal, suggestion_id: UUID, decision: Decision) -> Phrase | None:
    """Open a menu on the pressed copy, or close it; nothing is decided. Return what to tell the presser instead."""
    if decision.choice not in _MENUS:
        return await refuse(rt, principal, None, phrase("decision-unknown"))
    async with rt.db.acting_as(principal) as tx:
        found = await actions.find(tx, suggestion_id)
        if found is not None and waits(rt, found):
            await become_system(tx)
            organization_id, pressed = principal.organization_id, decision.pressed
            # We may have lost track of it: a crash after posting.
            here = Posted(pressed, principal.locale, principal.may_decide)
            await copies.add(tx, organization_id, found.id, here)
            await show_menu(tx, organization_id, found.id, pressed, decision.choice or None)
            return None
    return await why_unchanged(rt, principal, decision, suggestion_id)
