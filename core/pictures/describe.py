"""What a picture says, in words: for whoever does not see it, and as its caption. Pure."""

from core.kernel.phrases import Phrase, PhraseValue, Span, phrase
from core.pictures.models import Move, Slot, Timeline

_MOST_SAID = 4
"""Moves that are told one by one; whoever listens to more has forgotten the first."""


def describe(timeline: Timeline) -> Phrase:
    """Return what moves from where to where, and what is in its way."""
    moves = [_move(each, timeline.zone) for each in timeline.moves[:_MOST_SAID]]
    if len(timeline.moves) > _MOST_SAID:
        moves.append(phrase("picture-more-moves", count=len(timeline.moves) - _MOST_SAID))
    said: dict[str, PhraseValue] = {"event": timeline.event, "moves": _sentences(moves)}
    if timeline.in_the_way:
        return phrase("picture-alternative-way", titles=timeline.in_the_way, **said)
    return phrase("picture-alternative", **said)


def _move(move: Move, zone: str) -> Phrase:
    proposed = _where(move.proposed, zone)
    if move.now is None:
        return phrase("picture-adds", title=move.title, proposed=proposed)
    return phrase("picture-moves", title=move.title, now=_where(move.now, zone), proposed=proposed)


def _where(slot: Slot, zone: str) -> Phrase:
    span = Span(slot.start, slot.end, zone)
    return phrase("picture-where", span=span, room=slot.room) if slot.room else phrase("picture-when", span=span)


def _sentences(said: list[Phrase]) -> Phrase:
    """Say one sentence after the other: a list would put "and" between them."""
    together = said[0]
    for each in said[1:]:
        together = phrase("picture-and-then", first=together, then=each)
    return together
