"""What would change, what speaks against it and whom it touches, in the words of every card, row and notice. Pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from core.actions.discretion import FROM_VIEWERS, is_personal
from core.kernel.cards import Change, Fact
from core.kernel.phrases import Moment, Money, Parts, Phrase, PhraseValue, internal, phrase
from core.kernel.proposals import Conflict, Item, Touched
from core.kernel.tools import Description

_NOTHING = "field-empty"
"""The value of a property that has none."""


def what_changes(changes: Sequence[Change], facts: Sequence[Fact], *, is_short: bool = False) -> tuple[Phrase, ...]:
    """Say what a card says in its fields as the parts of one line: what changes first, then where or when it is.

    ``is_short``: for a sentence about it. Without a change, the facts are what the action is.
    """
    told = [fact for fact in facts if (fact.is_plain and not (changes and is_short)) or not (changes or is_short)]
    parts = (*(_change(each) for each in changes), *(_fact(each) for each in told))
    # A sentence about it may be said where others read along.
    return tuple(each for each in parts if not (is_short and is_personal(each, FROM_VIEWERS)))


def in_one_line(*parts: Phrase) -> Phrase:
    """Put parts beside each other."""
    return parts[0] if len(parts) == 1 else phrase("in-one-line", parts=Parts(parts))


def headline(said: Description, *, undoes: bool) -> Phrase:
    """Return the title of an action's card; what takes something back is never called like what it takes back."""
    return phrase("card-undo", title=said.title) if undoes else said.title


def in_short(said: Description, *, undoes: bool) -> Phrase:
    """Name an action in a sentence: its title, and what would change or when it is."""
    return in_one_line(headline(said, undoes=undoes), *what_changes(said.changes, said.facts, is_short=True))


def _change(change: Change) -> Phrase:
    """Say it with "instead of", which is true before it is decided and after."""
    values: dict[str, PhraseValue] = {"proposed": change.proposed, "now": change.now, "label": change.label}
    of_what = "" if change.is_plain else "-labelled"
    return phrase(f"change{of_what}-new" if change.now.id == _NOTHING else f"change{of_what}", **values)


def _fact(fact: Fact) -> Phrase:
    return fact.value if fact.is_plain else phrase("show-pair", label=fact.label, value=fact.value)


def conflict_phrase(conflict: Conflict, zone: str) -> Phrase:
    """Say a conflict: ``conflict-<kind>`` with what it collides with."""
    values: dict[str, PhraseValue] = {}
    if conflict.item is not None:
        values |= _named(conflict.item, zone)
    values |= {key: _listed(key, value, conflict.details) for key, value in conflict.details.items()}
    said = phrase(f"conflict-{conflict.kind.replace('_', '-')}", **values)
    line = conflict.details.get("line")
    return said if line is None else phrase("bundle-conflict", line=line, said=said)


def _named(item: Item, zone: str) -> dict[str, PhraseValue]:
    times = (("start", item.start_time), ("end", item.end_time))
    moments = {name: Moment(at, zone) for name, at in times if at is not None}
    # Suggestions from before their conflicts named who stands in both have the speaker of the session.
    named: dict[str, PhraseValue] = {"room": item.room or "", "speaker": item.speaker_name or "", "people": 1}
    return {**named, **moments, "title": item.title, item.kind: item.title}


def _listed(key: str, value: str | int, details: Mapping[str, str | int]) -> PhraseValue:
    """Return several names as a list of their language, where no others are counted after them."""
    is_list = key in {"speaker", "names"} and not details.get("more")
    return tuple(value.split(", ")) if is_list and isinstance(value, str) else value


def touched_phrase(each: Touched) -> Phrase:
    """Say what is touched: how many, how much, whose."""
    said: dict[str, PhraseValue | None] = {"count": each.count, "name": each.name, "note": each.note}
    if each.amount is not None:
        said["amount"] = Money(each.amount, each.currency or "")
    told = Phrase(f"impact-{each.kind}", {name: value for name, value in said.items() if value is not None})
    return internal(told) if each.is_internal else told


def alternative_phrase(label: Mapping[str, Any]) -> Phrase:
    """Name something that could be done instead: a time and a room on the day that is meant anyway, or a swap.

    ``label``: ``kind`` (``place`` or ``swap``) with ``start`` (ISO 8601), ``zone`` and ``room``, or ``title``.
    """
    if label["kind"] == "swap":
        return phrase("alternative-swap", title=str(label["title"]))
    start = datetime.fromisoformat(label["start"]).astimezone(ZoneInfo(label["zone"]))
    return phrase("alternative-place", clock=f"{start:%H:%M}", room=str(label["room"]))
