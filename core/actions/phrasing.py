"""What would change, what speaks against it and whom it touches, in the words of every card, row and notice. Pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from core.actions.discretion import FROM_VIEWERS, is_personal
from core.kernel.cards import Change, Fact
from core.kernel.phrases import Moment, Parts, Phrase, PhraseValue, phrase
from core.kernel.proposals import Conflict, Impact, Vip
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
    """Say a conflict: ``conflict-<kind>`` with the session it collides with."""
    values: dict[str, PhraseValue] = {}
    if conflict.item is not None:
        values["title"] = conflict.item.title
        values["start"] = Moment(conflict.item.start_time, zone)
        values["end"] = Moment(conflict.item.end_time, zone)
        values["room"] = conflict.item.room or ""
        # Suggestions from before their conflicts named who stands in both.
        values["speaker"], values["people"] = conflict.item.speaker_name or "", 1
    values |= {key: _listed(key, value, conflict.details) for key, value in conflict.details.items()}
    said = phrase(f"conflict-{conflict.kind.replace('_', '-')}", **values)
    line = conflict.details.get("line")
    return said if line is None else phrase("bundle-conflict", line=line, said=said)


def _listed(key: str, value: str | int, details: Mapping[str, str | int]) -> PhraseValue:
    """Return several names as a list of their language, where no others are counted after them."""
    is_list = key in {"speaker", "names"} and not details.get("more")
    return tuple(value.split(", ")) if is_list and isinstance(value, str) else value


def vip_phrase(vip: Vip) -> Phrase:
    """Name a VIP, with the organisation's note."""
    return phrase("impact-vip-note", name=vip.name, note=vip.note) if vip.note else phrase("impact-vip", name=vip.name)


def people_lines(impact: Impact) -> tuple[Phrase, ...]:
    """Say how many people an action touches, and how many of those who wait; nothing where there are none."""
    registered, waiting = impact.affected_participants, impact.waiting
    way = "returns" if impact.comes_back else "registered"
    line = "line-returns" if impact.comes_back else "waiting"
    return (
        *((phrase(f"impact-{way}", count=registered),) if registered else ()),
        *((phrase(f"impact-{line}", count=waiting),) if waiting else ()),
    )


def impact_lines(impact: Impact) -> tuple[Phrase, ...]:
    """Say whom an action touches; nothing where nobody can be registered for such a thing."""
    lines = people_lines(impact)
    if not lines and impact.counts_people:
        lines = (phrase("impact-nobody"),)
    return (*lines, *(vip_phrase(vip) for vip in impact.vips))


def alternative_phrase(label: Mapping[str, Any]) -> Phrase:
    """Name something that could be done instead: a time and a room on the day that is meant anyway, or a swap.

    ``label``: ``kind`` (``place`` or ``swap``) with ``start`` (ISO 8601), ``zone`` and ``room``, or ``title``.
    """
    if label["kind"] == "swap":
        return phrase("alternative-swap", title=str(label["title"]))
    start = datetime.fromisoformat(label["start"]).astimezone(ZoneInfo(label["zone"]))
    return phrase("alternative-place", clock=f"{start:%H:%M}", room=str(label["room"]))
