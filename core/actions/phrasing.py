"""Conflicts and impact in sentences, for cards and for what has to be acknowledged. Pure."""

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
    return phrase(f"conflict-{conflict.kind.replace('_', '-')}", **values)


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
