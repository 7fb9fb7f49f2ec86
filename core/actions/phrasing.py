"""Conflicts and impact in sentences, for cards and for what has to be acknowledged. Pure."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from core.kernel.phrases import Moment, Phrase, PhraseValue, phrase
from core.kernel.proposals import Conflict, Impact, Vip


def conflict_phrase(conflict: Conflict, zone: str) -> Phrase:
    """Say a conflict: ``conflict-<kind>`` with the session it collides with."""
    values: dict[str, PhraseValue] = dict(conflict.details)
    if conflict.item is not None:
        values["title"] = conflict.item.title
        values["start"] = Moment(conflict.item.start_time, zone)
        values["end"] = Moment(conflict.item.end_time, zone)
        values["room"] = conflict.item.room or ""
        values["speaker"] = conflict.item.speaker_name or ""
    said = phrase(f"conflict-{conflict.kind.replace('_', '-')}", **values)
    line = conflict.details.get("line")
    return said if line is None else phrase("bundle-conflict", line=line, said=said)


def vip_phrase(vip: Vip) -> Phrase:
    """Name a VIP, with the organisation's note."""
    return phrase("impact-vip-note", name=vip.name, note=vip.note) if vip.note else phrase("impact-vip", name=vip.name)


def impact_lines(impact: Impact) -> tuple[Phrase, ...]:
    """Say whom an action touches; nothing where nobody can be registered for such a thing."""
    lines: list[Phrase] = []
    if impact.affected_participants:
        lines.append(phrase("impact-registered", count=impact.affected_participants))
    elif impact.counts_people:
        lines.append(phrase("impact-nobody"))
    return (*lines, *(vip_phrase(vip) for vip in impact.vips))


def alternative_phrase(label: Mapping[str, Any]) -> Phrase:
    """Name something that could be done instead: a time and a room on the day that is meant anyway, or a swap.

    ``label``: ``kind`` (``place`` or ``swap``) with ``start`` (ISO 8601), ``zone`` and ``room``, or ``title``.
    """
    if label["kind"] == "swap":
        return phrase("alternative-swap", title=str(label["title"]))
    start = datetime.fromisoformat(label["start"]).astimezone(ZoneInfo(label["zone"]))
    return phrase("alternative-place", clock=f"{start:%H:%M}", room=str(label["room"]))
