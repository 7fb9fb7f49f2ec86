"""A suggestion in full, nothing cut: everything of its card, who will be told of the decision, and in which words."""

from collections.abc import Iterable
from uuid import UUID

from core.actions import queries as actions
from core.actions.parts import HEADINGS, Part, in_order, sides
from core.actions.suggestion import Suggestion
from core.db import become_system
from core.delivery import queries as copies
from core.flows.deciding.refusals import refuse
from core.flows.deliver import card_for, cards_for, show_menu
from core.flows.runtime import Runtime
from core.flows.waiting.competing import beside
from core.flows.waiting.telling import approval_of, rejection_of
from core.jobs.queries import say_later
from core.kernel.cards import Card
from core.kernel.messages import Address, Decision
from core.kernel.phrases import Moment, Phrase, phrase
from core.kernel.principal import Principal
from core.kernel.tools import Transaction
from core.texts import say

Notice = tuple[Phrase, Phrase]
"""Who will be told, and the text that they will read."""


async def show(rt: Runtime, principal: Principal, suggestion_id: UUID, decision: Decision) -> Phrase | None:
    """Say everything about a suggestion in the chat where that was asked for; return what to tell the presser instead.

    Whoever sees a card may read it in full. A menu that led here is closed.
    """
    pressed = decision.pressed
    async with cards_for(rt, principal) as tx:
        found = await actions.find_for_delivery(tx, principal.organization_id, suggestion_id)
        if found is not None:
            told = await notices(rt, tx, principal, found)
            platform = rt.platforms.get(pressed.platform)
            alone = platform is not None and platform.is_private(pressed.channel)
            seen = await beside(tx, found)
            card = card_for(seen, can_decide=False, whole=True, in_private=alone, reader=principal)
            text = in_full(principal, card, told)
            await become_system(tx)
            thread = await copies.thread_of(tx, principal.organization_id, pressed)
            await say_later(tx, Address(pressed.platform, pressed.workspace, pressed.channel, thread), text)
            await show_menu(tx, principal.organization_id, found.id, pressed, None)
            return None
    return await refuse(rt, principal, None, phrase("decision-unknown"))


async def notices(rt: Runtime, tx: Transaction, principal: Principal, found: Suggestion) -> tuple[Notice, ...]:
    """Return who will be told once the reader decides, and what they will read; nobody where it is decided."""
    if found.status != "suggested":
        return ()
    told: list[Notice] = []
    if found.user_id != principal.user_id:
        words = _either(found, approval_of(found, principal.name), rejection_of(found, principal.name))
        told.append((phrase("show-told-asker", name=found.asker_name), words))
    if len(await copies.of_suggestion(tx, principal.organization_id, found.id)) > 1:
        at = Moment(rt.now(), found.zone)
        outcomes = (phrase(f"outcome-{status}", name=principal.name, at=at) for status in ("executed", "rejected"))
        told.append((phrase("show-told-others"), _either(found, *outcomes)))
    return tuple(told)


def _either(found: Suggestion, approved: Phrase, rejected: Phrase) -> Phrase:
    """Say both, or what is left where nobody can approve it."""
    return rejected if found.is_blocked else phrase("show-either", approved=approved, rejected=rejected)


def in_full(reader: Principal, card: Card, told: Iterable[Notice]) -> str:
    """Return everything that a card says as plain text, in the reader's language."""

    def said(words: Phrase) -> str:
        return say(reader.locale, words, reader_zone=reader.timezone)

    def pair(label: Phrase, value: Phrase) -> str:
        return said(phrase("show-pair", label=label, value=value))

    def titled(part: Part, lines: Iterable[Phrase]) -> str:
        rows = [f"• {said(line)}" for line in lines]
        return "\n".join([said(HEADINGS[part]), *rows]) if rows else ""

    after, before = sides(card)
    parts: dict[Part, list[str]] = {
        "head": [said(card.title)],
        "notes": [
            "\n".join(
                [said(phrase(f"state-{card.state}")), pair(phrase("card-risk"), phrase(f"risk-{card.risk}"))]
                + [said(note) for note in (card.outcome, card.notice) if note is not None]
            )
        ],
        "changes": [
            "\n".join([said(each.label), pair(after, each.proposed), pair(before, each.now)]) for each in card.changes
        ],
        "lines": ["\n".join(f"{number}. {said(line)}" for number, line in enumerate(card.lines, 1))],
        "facts": ["\n".join(pair(fact.label, fact.value) for fact in card.facts)],
        "conflicts": [titled("conflicts", (each.text for each in card.warnings))],
        "impact": [titled("impact", card.impact)],
        "rivals": [titled("rivals", card.rivals)],
        "asked_by": [said(card.asked_by) if card.asked_by else ""],
        "why": [said(card.why) if card.why else ""],
        "footer": ["\n".join(said(each) for each in card.footer)],
    }
    notices = (f"{said(who)}\n{said(words)}" for who, words in told)
    paragraphs = (*(each for part in in_order(parts) for each in part), *notices)
    return "\n\n".join(filter(None, paragraphs))
