"""From the writes of one turn to the lines of a bundle: what is one change becomes one line, what cannot go together is
refused with a sentence. Pure."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from core.actions.bundles.models import BUNDLE, MOST_LINES, Row, Wanted
from core.actions.risk import at_least
from core.actions.suggestion import subject
from core.kernel.cards import Risk
from core.kernel.phrases import Phrase, phrase
from core.kernel.proposals import Proposal
from core.kernel.tools import WriteTool

Tools = Mapping[str, WriteTool[Any]]
"""Every write by its action type."""

_WHAT_NOT_WHERE = frozenset({"set", "reason", "new_id", "beside"})
_SEAT_SHAPING = frozenset({"start_time", "end_time", "room", "max_capacity"})
_LAST = 9
_ID = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def wanted_of(proposal: Proposal, raised_to: Risk | None = None) -> tuple[Wanted, ...]:
    """Return a proposal as one line, or a bundle as its lines."""
    if proposal.action_type != BUNDLE:
        title = subject(proposal.before, proposal.args)
        return (Wanted(proposal.action_type, proposal.args, proposal.effect, title, raised_to),)
    return tuple(
        Wanted(
            line["action_type"],
            line["args"],
            line["effect"],
            subject(line["before"], line["args"]),
            at_least(line["risk"], raised_to),
        )
        for line in proposal.args["lines"]
    )


def merge(wanted: Sequence[Wanted], tools: Tools) -> tuple[Wanted, ...]:
    """Return the lines in the order in which they run: who leaves makes room for who comes.

    Two changes of the same thing are one, the later value wins; what is to be removed is not changed as well.
    """
    merged: list[Wanted] = []
    for each in wanted:
        known = next((place for place, other in enumerate(merged) if _is_one(other, each)), None)
        if known is None:
            merged.append(each)
        else:
            merged[known] = _one(merged[known], each)
    return tuple(sorted(merged, key=lambda each: _rank(each, tools)))


def why_not(wanted: Sequence[Wanted], tools: Tools) -> Phrase | None:
    """Return why these lines cannot be one bundle, or None."""
    if len(wanted) > MOST_LINES:
        return phrase("bundle-too-many", most=MOST_LINES)
    seats: set[tuple[str, str]] = set()
    for each, entry in _left(wanted, tools, "seats"):
        seat = (entry["schedule_id"], entry["participant_id"])
        if seat in seats:
            return phrase("bundle-seat-twice", title=each.title)
        seats.add(seat)
    coming = {entry["schedule_id"] for _each, entry in _left(wanted, tools, "seats") if entry["comes"]}
    for each, entry in _left(wanted, tools, "sessions"):
        shapes_seats = entry.get("gone") or _SEAT_SHAPING & set(entry["set"])
        if shapes_seats and entry.get("schedule_id") in coming:
            return phrase("bundle-session-and-seats", title=each.title)
    return _taken_and_used(wanted, tools)


def _taken_and_used(wanted: Sequence[Wanted], tools: Tools) -> Phrase | None:
    """Return which thing would be taken away by one line and used by another: whichever ran first, one could not be.

    Who leaves a session that goes, or does not come any more, is no contradiction.
    """
    for taken in (each for each in wanted if each.effect == "delete"):
        ids, event = _ids(taken), taken.args.get("event_id")
        for each in wanted:
            is_near = event is None or each.args.get("event_id") == event
            if each.effect == "delete" or not is_near or _is_of_seats(each, tools):
                continue
            if not ids or ids & _ids(each):
                return phrase("bundle-taken-and-used", title=taken.title)
    return None


def _ids(each: Wanted) -> set[str]:
    """Return every id in a line but the event's; none where it is about the event itself."""
    rest = {key: value for key, value in each.args.items() if key != "event_id"}
    return set(_ID.findall(json.dumps(rest)))


def _is_of_seats(each: Wanted, tools: Tools) -> bool:
    beside = tools[each.action_type].beside
    return beside is not None and beside.subject == "seats"


def _left(wanted: Sequence[Wanted], tools: Tools, subject_of: str) -> Iterator[tuple[Wanted, Row]]:
    for each in wanted:
        for entry in _leaves(each, tools, subject_of):
            yield each, entry


def _leaves(each: Wanted, tools: Tools, subject_of: str) -> list[Row]:
    beside = tools[each.action_type].beside
    return beside.leaves(each.args) if beside is not None and beside.subject == subject_of else []


def _rank(each: Wanted, tools: Tools) -> int:
    beside = tools[each.action_type].beside
    return _LAST if beside is None else beside.rank


def _target(each: Wanted) -> str | None:
    """What a change is about, or None where that is only to be made."""
    if "new_id" in each.args:
        return None
    where = {key: value for key, value in each.args.items() if key not in _WHAT_NOT_WHERE}
    return json.dumps(where, sort_keys=True)


def _is_one(one: Wanted, other: Wanted) -> bool:
    if one.action_type == other.action_type and one.args == other.args:
        return True
    target = _target(one)
    if target is None or target != _target(other):
        return False
    if "delete" in {one.effect, other.effect}:
        return True
    return one.action_type == other.action_type and "set" in one.args and "set" in other.args


def _one(one: Wanted, other: Wanted) -> Wanted:
    risk = one.raised_to if other.raised_to is None else at_least(other.raised_to, one.raised_to)
    if "delete" in {one.effect, other.effect}:
        kept = one if one.effect == "delete" else other
        return Wanted(kept.action_type, kept.args, kept.effect, kept.title, risk)
    args = {**one.args, "set": {**one.args["set"], **other.args["set"]}} if "set" in one.args else one.args
    return Wanted(one.action_type, args, one.effect, one.title, risk)
