"""What somebody hands in who does all that a card asks before it may be approved."""

from typing import Any
from uuid import UUID

from core.actions.card import card_of
from core.actions.suggestion import suggestion_from_row
from core.kernel.cards import Card
from core.kernel.phrases import Phrase, verbatim
from core.kernel.tools import Description
from core.texts import say

_shown: dict[UUID, Card] = {}


def note(card: Card) -> None:
    """Remember what a card asks; the fake chats do so when they show one."""
    _shown[card.suggestion_id] = card


def evidence(suggestion: UUID | None) -> dict[str, str]:
    """Return what ticking every box, or typing the word, hands in for the card that was shown last."""
    card = _shown.get(suggestion) if suggestion else None
    return {} if card is None else all_that_it_asks(card)


def all_that_it_asks(card: Card) -> dict[str, str]:
    """Return the same for this card."""
    if card.gesture == "acknowledge":
        return {"read": ",".join(str(number) for number in range(len(card.consequences))), "shown": card.shown_hash}
    return {"word": _typed(card.word)} if card.word is not None else {}


def of_row(row: dict[str, Any]) -> dict[str, str]:
    """Return the same for a row of the log whose card no chat has shown."""
    suggestion = suggestion_from_row({"asker_name": "", "decider_name": None, **row})
    description = Description(verbatim(""))
    return all_that_it_asks(card_of(suggestion, description, can_decide=True))


def _typed(word: Phrase) -> str:
    return say("en", word)
