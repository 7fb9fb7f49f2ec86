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

_LAST = 9


def wanted_of(proposal: Proposal, tools: Tools, raised_to: Risk | None = None) -> tuple[Wanted, ...]:
    """Return a proposal as one line, or a bundle as its lines."""
    if proposal.action_type != BUNDLE:
        title = title_of(proposal.action_type, proposal.args, proposal.before, tools)
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
    for each in wanted:
        known = next((place for place, other in enumerate(merged) if _is_one(other, each, tools)), None)
        if known is None:
            merged.append(each)
        else:
            merged[known] = _one(merged[known], each)
    return tuple(sorted(merged, key=lambda each: _rank(each, tools)))


def why_not_together(wanted: Sequence[Wanted], tools: Tools) -> Phrase | None:
    """Return why these lines cannot be one bundle, or None."""
    if len(wanted) > MOST_LINES:
        return phrase("bundle-too-many", most=MOST_LINES)
    seats: set[str] = set()
    coming: set[str | None] = set()
    for each, seat in _claimed(wanted, tools, "seat"):
        if seat.id in seats:
            return phrase("bundle-seat-twice", title=each.title)
        seats.add(seat.id)
        coming |= {seat.of} if seat.part == "takes" else set()
    for each, places in _claimed(wanted, tools, "places"):
        if places.id in coming:
            return phrase("bundle-session-and-seats", title=each.title)
    return _taken_and_used(wanted, tools)


def _claimed(wanted: Sequence[Wanted], tools: Tools, kind: str) -> Iterator[tuple[Wanted, Claim]]:
    """Yield what lines take or leave of a kind."""
    for each in wanted:
        yield from ((each, claim) for claim in _claims(each, tools) if claim.kind == kind and claim.part != "about")


def _claims(each: Wanted, tools: Tools) -> Claims:
    return tools[each.action_type].claims(each.args, None)


def _taken_and_used(wanted: Sequence[Wanted], tools: Tools) -> Phrase | None:
    """Return which thing would be taken away by one line and used by another: whichever ran first, one could not be.

    Who leaves a session that goes, or does not come any more, is no contradiction.
    """
    used = [(each, things(_claims(each, tools))) for each in wanted if each.effect != "delete"]
    for taken in (each for each in wanted if each.effect == "delete"):
        gone = things(_claims(taken, tools), part="about")
        if any(gone & mine for each, mine in used if not _is_of_seats(each, tools)):
            return phrase("bundle-taken-and-used", title=taken.title)
    return None


def _is_of_seats(each: Wanted, tools: Tools) -> bool:
    return bool(things(_claims(each, tools), kind="seat"))


def _rank(each: Wanted, tools: Tools) -> int:
    beside = tools[each.action_type].beside
    return _LAST if beside is None else beside.rank


def _is_one(one: Wanted, other: Wanted, tools: Tools) -> bool:
    if one.action_type == other.action_type and one.args == other.args:
        return True
    effects = {one.effect, other.effect}
    mine = things(_claims(one, tools), part="about")
    if not mine or mine != things(_claims(other, tools), part="about") or "create" in effects:
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
