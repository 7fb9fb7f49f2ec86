"""The card of a suggestion, from the stored row alone: facts by code, states honest, no word of the model. Pure."""

from core.actions.risk import gesture_for
from core.actions.suggestion import Suggestion
from core.kernel.cards import Button, Card, Caution
from core.kernel.phrases import Moment, Phrase, PhraseValue, phrase, verbatim
from core.kernel.proposals import Conflict, Impact
from core.kernel.tools import Description

_LONGEST_REQUEST = 600
"""Characters of the asker's own words; the platforms' limits leave room for this much (Slack section: 3000)."""


def card_of(suggestion: Suggestion, description: Description, *, can_decide: bool) -> Card:
    """Return the card as it stands now. ``can_decide`` is false in the chat of somebody who may not decide."""
    waiting = suggestion.status == "suggested"
    gesture = gesture_for(suggestion.risk, blocked=suggestion.is_blocked) if waiting else "none"
    return Card(
        suggestion_id=suggestion.id,
        title=description.title,
        state=suggestion.status,
        risk=suggestion.risk,
        gesture=gesture,
        outcome=None if waiting else _outcome(suggestion),
        notice=_notice(suggestion),
        facts=description.facts,
        changes=description.changes,
        warnings=tuple(_caution(conflict, suggestion.zone) for conflict in suggestion.conflicts),
        impact=_impact(suggestion.impact),
        asked_by=_asked(suggestion),
        footer=_footer(suggestion) if waiting else (),
        buttons=_buttons(suggestion) if waiting and can_decide else (),
    )


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


def _caution(conflict: Conflict, zone: str) -> Caution:
    return Caution(conflict.severity, conflict_phrase(conflict, zone))


def _outcome(suggestion: Suggestion) -> Phrase:
    status = suggestion.status
    if status == "expired":
        return phrase("outcome-expired", deadline=Moment(suggestion.deadline, suggestion.zone))
    values: dict[str, PhraseValue] = {"name": suggestion.decider_name or ""}
    if suggestion.decided_at is not None:
        values["at"] = Moment(suggestion.decided_at, suggestion.zone)
    if status == "failed":
        values["error"] = suggestion.execution_error or ""
    return phrase(f"outcome-{status}", **values)


def _notice(suggestion: Suggestion) -> Phrase | None:
    if suggestion.status != "suggested":
        return None
    if suggestion.is_blocked:
        return phrase("notice-blocked")
    if suggestion.is_renewed:
        return phrase("notice-renewed")
    return None


def _impact(impact: Impact) -> tuple[Phrase, ...]:
    lines: list[Phrase] = []
    if impact.affected_participants:
        lines.append(phrase("impact-registered", count=impact.affected_participants))
    elif impact.counts_people:
        lines.append(phrase("impact-nobody"))
    for vip in impact.vips:
        if vip.note:
            lines.append(phrase("impact-vip-note", name=vip.name, note=vip.note))
        else:
            lines.append(phrase("impact-vip", name=vip.name))
    return tuple(lines)


def _asked(suggestion: Suggestion) -> Phrase:
    words = suggestion.request or ""
    if len(words) > _LONGEST_REQUEST:
        words = words[:_LONGEST_REQUEST] + "…"
    return phrase("asked-by", name=suggestion.asker_name, words=words) if words else verbatim(suggestion.asker_name)


def _footer(suggestion: Suggestion) -> tuple[Phrase, ...]:
    return (
        phrase("footer-told", name=suggestion.asker_name),
        phrase("footer-deciders"),
        phrase("footer-deadline", deadline=Moment(suggestion.deadline, suggestion.zone)),
    )


def _buttons(suggestion: Suggestion) -> tuple[Button, ...]:
    reject = Button("reject", phrase("button-reject"), "danger")
    if suggestion.is_blocked:
        return (Button("reject", phrase("button-dismiss"), "danger"),)
    return (Button("approve", phrase("button-approve"), "primary"), reject)
