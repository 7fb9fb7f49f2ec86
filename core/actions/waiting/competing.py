"""Which suggestions cannot both be: they claim the same thing for themselves at one time; how a card says it. Pure."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from core.actions.phrasing import in_one_line
from core.actions.suggestion import Rival, Rivals
from core.kernel.claims import Claim, Claims
from core.kernel.phrases import Phrase, phrase

Thing = tuple[str, str]
"""Kind and id of what is claimed."""

MOST_NAMED = 3
"""Rivals that a card names; the rest is counted."""
_COUNTED = 10
_MARKS = (10, 20, 50, 100, 200, 500, 1000)
"""The rest is counted to ten; beyond that a card says more than how many there are. So a card is edited a few times
only, however many come one after the other, and what it says stays true."""


def wanted(claims: Iterable[Claim], free: Collection[Thing] = ()) -> Claims:
    """Return what is claimed against others. ``free``: things that several may have at one time."""
    return tuple(each for each in claims if each.is_exclusive and each.thing not in free)


def competing(mine: Claims, others: Mapping[UUID, Claims]) -> tuple[UUID, ...]:
    """Return which others cannot be beside this, in their order; looked for by what is claimed, not one by one."""
    return _against(mine, _by_thing(others), tuple(others))


def all_competing(those: Mapping[UUID, Claims], waiting: Mapping[UUID, Claims]) -> dict[UUID, tuple[UUID, ...]]:
    """Return for each of those which of what waits cannot be beside it, in their order; nothing is in its own way."""
    known, order = _by_thing(waiting), tuple(waiting)
    found = {ident: _against(mine, known, order) for ident, mine in those.items()}
    return {ident: tuple(each for each in theirs if each != ident) for ident, theirs in found.items()}


def _by_thing(waiting: Mapping[UUID, Claims]) -> dict[Thing, list[tuple[UUID, Claim]]]:
    known: dict[Thing, list[tuple[UUID, Claim]]] = defaultdict(list)
    for ident, claims in waiting.items():
        for each in claims:
            known[each.thing].append((ident, each))
    return known


def _against(
    mine: Claims, known: Mapping[Thing, Sequence[tuple[UUID, Claim]]], order: Sequence[UUID]
) -> tuple[UUID, ...]:
    found = {ident for each in mine for ident, other in known.get(each.thing, ()) if each.clashes(other)}
    return tuple(ident for ident in order if ident in found)


def rival_lines(rivals: Rivals) -> tuple[Phrase, ...]:
    """Say on a card which others lose if this one is approved: a few by name, the rest in number."""
    named = tuple(_line(rival) for rival in rivals.named[:MOST_NAMED])
    more = len(rivals.ids) - len(named)
    if more <= 0:
        return named
    counted = phrase("waiting-more-rivals", count=more)
    return (*named, counted if more <= _COUNTED else phrase("waiting-many-rivals", count=_mark(more)))


def rivals_key(ids: Sequence[UUID]) -> str:
    """Return what tells what a card says of its rivals from what it said before, in a few characters."""
    more = len(ids) - MOST_NAMED
    said = [*map(str, ids[:MOST_NAMED]), str(more if more <= _COUNTED else -_mark(more))]
    return hashlib.sha256(",".join(said).encode()).hexdigest()[:12]


def _mark(more: int) -> int:
    return max(mark for mark in _MARKS if mark < more)


def _line(rival: Rival) -> Phrase:
    return phrase("waiting-rival", title=in_one_line(rival.title, *rival.what), name=rival.asker_name)
