"""A suggestion in full, nothing cut: everything of its card, who will be told of the decision, and in which words."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from core.actions import queries as actions
from core.actions.parts import Changes, Facts, Footer, Head, Line, Listing, Notes, Quote, Section, in_full
from core.actions.suggestion import Suggestion
from core.db import become_system
from core.delivery import queries as copies
from core.flows.deciding.refusals import refuse
from core.flows.deliver import card_for, cards_for, show_menu
from core.flows.runtime import Runtime
from core.flows.waiting.competing import with_others
from core.flows.waiting.telling import approval_of, rejection_of
from core.jobs.queries import say_later
from core.kernel.cards import Card, Change
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
            seen = await with_others(tx, found)
            card = card_for(seen, can_decide=False, whole=True, in_private=alone, reader=principal)
            text = as_text(principal, card, told)
            await become_system(tx)
            thread = await copies.thread_of(tx, principal.organization_id, pressed)
            await say_later(tx, Address(pressed.platform, pressed.workspace, pressed.channel, thread), text)
            await show_menu(tx, principal.organization_id, found.id, pressed, None)
            return None
    return await refuse(rt, principal, None, phrase("decision-unknown"))


async def notices(rt: Runtime, tx: Transaction, principal: Principal, found: Suggestion) -> tuple[Notice, ...]:
    """Return who will be told once the reader decides, and what they will read; nobody where it is decided."""
    if found.review.status != "suggested":
        return ()
    told: list[Notice] = []
    if found.request.user_id != principal.user_id:
        words = _either(found, approval_of(found, principal.name), rejection_of(found, principal.name))
        told.append((phrase("show-told-asker", name=found.request.asker_name), words))
    if len(await copies.of_suggestion(tx, principal.organization_id, found.id)) > 1:
        at = Moment(rt.now(), found.request.zone)
        outcomes = (phrase(f"outcome-{status}", name=principal.name, at=at) for status in ("executed", "rejected"))
        told.append((phrase("show-told-others"), _either(found, *outcomes)))
    return tuple(told)


def _either(found: Suggestion, approved: Phrase, rejected: Phrase) -> Phrase:
    """Say both, or what is left where nobody can approve it."""
    return rejected if found.request.is_blocked else phrase("show-either", approved=approved, rejected=rejected)


def as_text(reader: Principal, card: Card, told: Iterable[Notice]) -> str:
    """Return everything that there is to know about a card as plain text, in the reader's language."""
    plain = _Plain(reader)
    return "\n\n".join("\n".join(plain.rows(part)) for part in in_full(card, told))


@dataclass(frozen=True, slots=True)
class _Plain:
    """One reader; its methods return text without any format."""

    reader: Principal

    def rows(self, part: Section) -> list[str]:
        match part:
            case Head():
                return [self.said(part.title), "", self.line(part.state), self.line(part.risk)]
            case Changes():
                return [row for each in part.rows for row in ("", *self.change(each, part))][1:]
            case Facts():
                return [self.pair(fact.label, fact.value) for fact in part.rows]
            case Listing():
                return [self.said(part.heading), *map(self.line, part.lines)]
            case Quote():
                return [self.pair(part.label, part.words) if part.label else self.said(part.words)]
            case Notes() | Footer():
                return [self.said(each) for each in part.said]

    def change(self, change: Change, sides: Changes) -> list[str]:
        after, before = self.pair(sides.after, change.proposed), self.pair(sides.before, change.now)
        return [self.said(change.label), after, before]

    def line(self, line: Line) -> str:
        return f"{line.mark} {self.pair(line.label, line.text) if line.label else self.said(line.text)}".lstrip()

    def pair(self, label: Phrase, value: Phrase) -> str:
        return self.said(phrase("show-pair", label=label, value=value))

    def said(self, words: Phrase) -> str:
        return say(self.reader.locale, words, reader_zone=self.reader.timezone)
