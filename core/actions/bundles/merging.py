"""From the writes of one turn to the lines of a bundle: what is one change becomes one line, what cannot go together is
refused with a sentence. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from core.actions.bundles.models import BUNDLE, MOST_LINES, Row, Wanted, lines_of
from core.actions.risk import at_least
from core.kernel.cards import Risk
from core.kernel.claims import Claim, Claims, subject, things
from core.kernel.phrases import Phrase, phrase
from core.kernel.proposals import Proposal
from core.kernel.tools import WriteTool

Tools = Mapping[str, WriteTool[Any]]
"""Every write by its action type."""
Claimed = tuple[Wanted, Claims]
"""A line and what it claims."""
Things = frozenset[tuple[str, str]]
"""Kind and id of each."""

_LAST = 9


def wanted_of(proposal: Proposal, tools: Tools, raised_to: Risk | None = None) -> tuple[Wanted, ...]:
    """Return a proposal as one line, or a bundle as its lines."""
    if proposal.action_type != BUNDLE:
        known = subject(proposal.claims)
        title = known or title_of(proposal.action_type, proposal.args, proposal.before, tools)
        return (Wanted(proposal.action_type, proposal.args, proposal.effect, title, raised_to),)
    return tuple(
        Wanted(
            line.action_type,
            line.args,
            line.effect,
            title_of(line.action_type, line.args, line.before, tools),
            at_least(line.risk, raised_to),
        )
        for line in lines_of(proposal.args)
    )


def title_of(action_type: str, args: Row, before: Row | None, tools: Tools) -> str:
    """Return what an action is about, as people call it."""
    return subject(tools[action_type].claims(args, before))


def merge(wanted: Sequence[Wanted], tools: Tools) -> tuple[Wanted, ...]:
    """Return the lines in the order in which they run: who leaves makes room for who comes.

    Two changes of the same thing are one, the later value wins; what is to be removed is not changed as well.
    """
    merged: list[Wanted] = []
    about: list[Things] = []
    for each in wanted:
        mine = things(_claims(each, tools), part="about")
        known = next((place for place, other in enumerate(merged) if _is_one(other, about[place], each, mine)), None)
        if known is None:
            merged.append(each)
            about.append(mine)
        else:
            merged[known] = _one(merged[known], each)
    return tuple(sorted(merged, key=lambda each: _rank(each, tools)))


def why_not_together(wanted: Sequence[Wanted], tools: Tools) -> Phrase | None:
    """Return why these lines cannot be one bundle, or None."""
    if len(wanted) > MOST_LINES:
        return phrase("bundle-too-many", most=MOST_LINES)
    claimed = [(each, _claims(each, tools)) for each in wanted]
    seats: set[str] = set()
    coming: set[str | None] = set()
    for each, seat in _moving(claimed, "seat"):
        if seat.id in seats:
            return phrase("bundle-seat-twice", title=each.title)
        seats.add(seat.id)
        coming |= {seat.of} if seat.part == "takes" else set()
    for each, places in _moving(claimed, "places"):
        if places.id in coming:
            return phrase("bundle-session-and-seats", title=each.title)
    return _taken_and_used(claimed)


def _moving(claimed: Sequence[Claimed], kind: str) -> Iterator[tuple[Wanted, Claim]]:
    """Yield what lines take or leave of a kind."""
    for each, claims in claimed:
        yield from ((each, claim) for claim in claims if claim.kind == kind and claim.part != "about")


def _claims(each: Wanted, tools: Tools) -> Claims:
    return tools[each.action_type].claims(each.args, None)


def _taken_and_used(claimed: Sequence[Claimed]) -> Phrase | None:
    """Return which thing would be taken away by one line and used by another: whichever ran first, one could not be.

    Who leaves a session that goes, or does not come any more, is no contradiction.
    """
    used = [things(claims) for each, claims in claimed if each.effect != "delete" and not things(claims, kind="seat")]
    for taken, claims in claimed:
        if taken.effect == "delete":
            gone = things(claims, part="about")
            if any(gone & mine for mine in used):
                return phrase("bundle-taken-and-used", title=taken.title)
    return None


def _rank(each: Wanted, tools: Tools) -> int:
    beside = tools[each.action_type].beside
    return _LAST if beside is None else beside.rank


def _is_one(one: Wanted, of_one: Things, other: Wanted, of_other: Things) -> bool:
    if one.action_type == other.action_type and one.args == other.args:
        return True
    effects = {one.effect, other.effect}
    if not of_one or of_one != of_other or "create" in effects:
        return False
    return "delete" in effects or (one.action_type == other.action_type and bool(_parts(one) & _parts(other)))


def _parts(each: Wanted) -> set[str]:
    """Return which arguments hold several values by name: those of two changes can be put together."""
    return {key for key, value in each.args.items() if isinstance(value, dict)}


def _one(one: Wanted, other: Wanted) -> Wanted:
    risk = one.raised_to if other.raised_to is None else at_least(other.raised_to, one.raised_to)
    if "delete" in {one.effect, other.effect}:
        kept = one if one.effect == "delete" else other
        return Wanted(kept.action_type, kept.args, kept.effect, kept.title, risk)
    both = _parts(one) & _parts(other)
    args = {**one.args, **{key: {**one.args[key], **other.args[key]} for key in both}}
    return Wanted(one.action_type, args, one.effect, one.title, risk)
