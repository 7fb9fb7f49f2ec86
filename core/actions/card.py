"""The card of a suggestion, from the stored row alone: facts by code, states honest, no word of the model. Pure."""

from core.actions.gestures import consequences, gesture_for, word_to_type
from core.actions.phrasing import conflict_phrase, impact_lines
from core.actions.suggestion import Suggestion
from core.kernel.cards import Button, Card, Caution, Gesture
from core.kernel.phrases import Moment, Phrase, PhraseValue, phrase, verbatim
from core.kernel.proposals import Conflict
from core.kernel.tools import Description

_LONGEST_REQUEST = 600
"""Characters of the asker's own words; the platforms' limits leave room for this much (Slack section: 3000)."""


def card_of(suggestion: Suggestion, description: Description, *, can_decide: bool, can_undo: bool = False) -> Card:
    """Return the card as it stands now. ``can_decide`` is false in the chat of somebody who may not decide.

    ``can_undo``: what was done has an inverse.
    """
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
        impact=_impact(suggestion),
        asked_by=_asked(suggestion),
        footer=_footer(suggestion) if waiting else (),
        buttons=_buttons(suggestion, gesture, can_undo=can_undo) if can_decide else (),
        consequences=consequences(suggestion) if gesture == "acknowledge" else (),
        word=word_to_type(suggestion) if gesture == "type_word" else None,
        acknowledged_by=suggestion.acknowledged_by if waiting else (),
        shown_hash=suggestion.shown_hash,
    )


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
    if suggestion.undoes is not None:
        return phrase("notice-undo")
    if suggestion.is_renewed:
        return phrase("notice-renewed")
    return None


def _impact(suggestion: Suggestion) -> tuple[Phrase, ...]:
    lines = impact_lines(suggestion.impact)
    is_loss = suggestion.effect == "delete" and suggestion.impact.affected_participants > 0
    return (phrase("consequence-gone"), *lines) if is_loss else lines


def _asked(suggestion: Suggestion) -> Phrase:
    words = suggestion.request or ""
    if len(words) > _LONGEST_REQUEST:
        words = words[:_LONGEST_REQUEST] + "…"
    return phrase("asked-by", name=suggestion.asker_name, words=words) if words else verbatim(suggestion.asker_name)


def _footer(suggestion: Suggestion) -> tuple[Phrase, ...]:
    readers = suggestion.acknowledged_by
    return (
        *((phrase("gesture-read-by", names=readers),) if readers else ()),
        phrase("footer-told", name=suggestion.asker_name),
        phrase("footer-deciders"),
        phrase("footer-deadline", deadline=Moment(suggestion.deadline, suggestion.zone)),
    )


def _acknowledge(suggestion: Suggestion) -> Button:
    if suggestion.acknowledged_by:
        return Button("withdraw", phrase("button-acknowledged"), "primary")
    return Button("acknowledge", phrase("button-acknowledge"), "primary")


def _buttons(suggestion: Suggestion, gesture: Gesture, *, can_undo: bool) -> tuple[Button, ...]:
    if suggestion.status != "suggested":
        undo = suggestion.status == "executed" and can_undo
        return (Button("undo", phrase("button-undo"), "plain"),) if undo else ()
    reject = Button("reject", phrase("button-reject"), "danger")
    if gesture == "none":
        return (Button("reject", phrase("button-dismiss"), "danger"),)
    if gesture == "confirm":
        return (Button("approve", phrase("button-confirm"), "primary"), reject)
    approve = Button("approve", phrase("button-approve"), "primary")
    if gesture == "acknowledge":
        return (_acknowledge(suggestion), approve, reject)
    return (approve, reject)
