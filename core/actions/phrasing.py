"""Conflicts and impact in sentences, for cards and for what has to be acknowledged. Pure."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from core.kernel.phrases import Moment, Phrase, PhraseValue, phrase
from core.kernel.proposals import Conflict, Impact, Vip


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
