"""`/pending` and `/mine`, answered without the model: the cards that wait for somebody, and what they asked for."""

import unicodedata
from collections.abc import Awaitable, Callable, Mapping

from core.conversations import queries as conversations
from core.conversations.queries import Answer
from core.db import become_system
from core.delivery import queries as copies
from core.flows.desk import Desk, desk_of
from core.flows.runtime import Runtime
from core.flows.store_turn import Turn
from core.jobs.queries import post_card_later, say_later
from core.kernel.cards import Card
from core.kernel.messages import InboundMessage
from core.kernel.phrases import Phrase, phrase
from core.kernel.principal import Principal
from core.texts import say

_MOST_CARDS = 5
"""Cards at once; a phone shows about one of them."""
_MOST_LINES = 10


def is_command(message: InboundMessage) -> bool:
    """Whether a message asks for the desk."""
    return _command(message) in _COMMANDS


async def answer_command(rt: Runtime, turn: Turn) -> bool:
    """Answer a message that asks for the desk; False for any other."""
    answer = _COMMANDS.get(_command(turn.message))
    if answer is None:
        return False
    await answer(rt, turn)
    return True


def _command(message: InboundMessage) -> str:
    # A keyboard of wide letters has a wide slash too.
    return unicodedata.normalize("NFKC", next(iter(message.text.split()), "")).lower()


async def _pending(rt: Runtime, turn: Turn) -> None:
    desk = await desk_of(rt, turn.principal, most=_MOST_CARDS)
    first, *after = (_said(turn.principal, each) for each in _sentences(desk, turn.principal))
    await _store(rt, turn, first, desk.waiting, after)


def _sentences(desk: Desk, principal: Principal) -> tuple[Phrase, ...]:
    """Return what is said before the cards, and after them."""
    count, more = desk.waiting_count, desk.waiting_count - len(desk.waiting)
    if not count:
        return (phrase("desk-waiting-none" if principal.may_decide else "desk-not-deciding", name=principal.name),)
    said = phrase("desk-waiting", count=count, name=principal.name)
    return (said, phrase("desk-waiting-more", count=more)) if more else (said,)


async def _mine(rt: Runtime, turn: Turn) -> None:
    principal = turn.principal
    desk = await desk_of(rt, principal, most=_MOST_LINES)
    if not desk.mine:
        await _store(rt, turn, _said(principal, phrase("desk-mine-none", name=principal.name)))
        return
    told = [_said(principal, phrase("desk-mine", count=desk.mine_count))]
    told += [f"- {_said(principal, _line(card))}" for card in desk.mine]
    if more := desk.mine_count - len(desk.mine):
        told.append(_said(principal, phrase("desk-mine-more", count=more)))
    await _store(rt, turn, "\n".join(told))


def _line(card: Card) -> Phrase:
    if card.outcome is not None:
        return phrase("desk-mine-decided", title=card.title, outcome=card.outcome)
    return phrase("desk-mine-blocked" if card.gesture == "none" else "desk-mine-waits", title=card.title)


async def _store(
    rt: Runtime, turn: Turn, text: str, cards: tuple[Card, ...] = (), after: list[str] | None = None
) -> None:
    """Keep the answer and queue what goes out, in one transaction and in this order."""
    principal, message = turn.principal, turn.message
    async with rt.db.acting_as(principal) as tx:
        await conversations.keep_answer(tx, turn.opened.conversation_id, message.event_id, Answer(text))
        await become_system(tx)
        asked_at = await copies.clock(tx)
        await say_later(tx, message.address, text, to=message.asker)
        for card in cards:
            await post_card_later(
                tx,
                principal.organization_id,
                card.suggestion_id,
                message.address,
                principal.locale,
                can_decide=True,
                again=asked_at,
            )
        for said in after or ():
            await say_later(tx, message.address, said, to=message.asker)


def _said(principal: Principal, what: Phrase) -> str:
    return say(principal.locale, what, reader_zone=principal.timezone)


_COMMANDS: Mapping[str, Callable[[Runtime, Turn], Awaitable[None]]] = {"/pending": _pending, "/mine": _mine}
