"""The card of a suggestion, from the stored row alone: facts by code, states honest, no word of the model. Pure."""

from collections.abc import Iterator
from typing import Any, cast

from core.actions.bundles.describe import counted, lines_as_they_ran
from core.actions.bundles.models import BUNDLE, rows_of
from core.actions.buttons import Reach, buttons_of
from core.actions.gestures import consequences, gesture_for, word_to_type
from core.actions.phrasing import conflict_phrase, headline, touched_phrase
from core.actions.rejections import reason_phrase
from core.actions.suggestion import Suggestion
from core.actions.waiting.competing import rival_lines
from core.kernel.cards import Card, Caution, Fact
from core.kernel.phrases import Moment, Phrase, PhraseValue, phrase, verbatim
from core.kernel.proposals import Conflict
from core.kernel.tools import Description

_LONGEST_REQUEST = 600
"""Characters of the asker's own words; the platforms' limits leave room for this much (Slack section: 3000)."""
_LONGEST_VALUE, _MOST_ROWS = 300, 6
"""Characters of a value and rows of a list that every platform shows in full; what is more is opened on request."""
_NOTHING_MORE = Reach()
_NOT_BACK = frozenset({"people_gone", "sessions_gone", "undo_incomplete"})
"""What an undo cannot bring back."""


def card_of(
    suggestion: Suggestion,
    description: Description,
    *,
    can_decide: bool,
    reach: Reach = _NOTHING_MORE,
    decided_by: tuple[Phrase, ...] = (),
    menu: str | None = None,
    whole: bool = False,
) -> Card:
    """Return the card as it stands now. ``can_decide`` is false in the chat of somebody who may not decide.

    ``decided_by``: who decides, and what else the organisation's policy demands.
    ``menu``: the buttons that this copy shows for the moment. ``whole``: nothing is cut, however long it is.
    """
    waiting = suggestion.review.status == "suggested"
    gesture = gesture_for(suggestion.request.risk, blocked=suggestion.request.is_blocked) if waiting else "none"
    return Card(
        suggestion_id=suggestion.id,
        title=headline(description, undoes=suggestion.request.undoes is not None),
        state=suggestion.review.status,
        risk=suggestion.request.risk,
        gesture=gesture,
        outcome=None if waiting else _outcome(suggestion),
        notice=_notice(suggestion),
        is_taken_back=suggestion.taken_back is not None,
        facts=_facts(suggestion, description),
        changes=description.changes,
        warnings=tuple(_caution(conflict, suggestion.request.zone) for conflict in suggestion.request.conflicts),
        impact=_impact(suggestion),
        asker=verbatim(suggestion.request.asker_name),
        asked_by=_asked(suggestion, whole=whole),
        why=phrase("card-why", words=suggestion.request.because) if suggestion.request.because else None,
        lines=lines_as_they_ran(description, suggestion.review.outcome),
        # What cannot be approved takes nothing from anybody.
        rivals=() if suggestion.request.is_blocked else rival_lines(suggestion.rivals),
        footer=_footer(suggestion, decided_by) if waiting else (),
        buttons=buttons_of(suggestion, gesture, reach, can_decide=can_decide, menu=menu),
        consequences=consequences(suggestion) if gesture == "acknowledge" else (),
        word=word_to_type(suggestion) if gesture == "type_word" else None,
        acknowledged_by=suggestion.review.acknowledged_by if waiting else (),
        shown_hash=suggestion.request.shown_hash,
    )


def _facts(suggestion: Suggestion, description: Description) -> tuple[Fact, ...]:
    """The tool's own, and the event where the organisation has several; what is about an event itself names it."""
    name = suggestion.request.event_name
    if name is None or name == suggestion.request.title:
        return description.facts
    return (*description.facts, Fact(phrase("field-event"), verbatim(name)))


def is_long(suggestion: Suggestion) -> bool:
    """Whether there is more to read than a card holds, on the platform that shows the least."""
    words = [suggestion.request.words or "", suggestion.request.because or ""]
    words += [*_values(suggestion.request.before), *_values(suggestion.request.args)]
    words += [vip.note or "" for vip in suggestion.request.impact.vips]
    words += [conflict.item.title for conflict in suggestion.request.conflicts if conflict.item is not None]
    lines = rows_of(suggestion.request.args) if suggestion.request.action_type == BUNDLE else []
    rows = max(len(suggestion.request.conflicts), len(suggestion.request.impact.vips), len(lines))
    return rows > _MOST_ROWS or any(len(each) > _LONGEST_VALUE for each in words)


def _values(row: Any) -> Iterator[str]:
    if isinstance(row, str):
        yield row
    elif isinstance(row, dict):
        for value in cast("dict[str, Any]", row).values():
            yield from _values(value)
    elif isinstance(row, list):
        for value in cast("list[Any]", row):
            yield from _values(value)


def _caution(conflict: Conflict, zone: str) -> Caution:
    return Caution(conflict.severity, conflict_phrase(conflict, zone))


def _outcome(suggestion: Suggestion) -> Phrase:
    status = suggestion.review.status
    if status == "expired":
        return phrase("outcome-expired", deadline=Moment(suggestion.request.deadline, suggestion.request.zone))
    values: dict[str, PhraseValue] = {"name": suggestion.review.approvers or ""}
    if suggestion.review.decided_at is not None:
        values["at"] = Moment(suggestion.review.decided_at, suggestion.request.zone)
    if suggestion.winner is not None:
        return phrase("outcome-lost", winner=suggestion.winner, **values)
    if status == "failed":
        values["error"] = suggestion.review.execution_error or ""
    done, of = counted(suggestion.review.outcome)
    if done < of:
        return phrase("outcome-executed-in-part", done=done, of=of, **values)
    if status == "executed" and (suggestion.review.decided_from or {}).get("at_once"):
        # The policy let it be done: nobody pressed anything, so nobody is said to have approved it.
        return phrase("outcome-at-once", **{**values, "name": suggestion.request.asker_name})
    reason = (suggestion.review.decided_from or {}).get("reason")
    if status == "rejected" and reason:
        return phrase("outcome-rejected-because", reason=reason_phrase(str(reason)), **values)
    return phrase(f"outcome-{status}", **values)


def _notice(suggestion: Suggestion) -> Phrase | None:
    if (undo := suggestion.taken_back) is not None:
        at = Moment(undo.review.decided_at or undo.request.deadline, undo.request.zone)
        return phrase("notice-taken-back", name=undo.review.approvers or undo.request.asker_name, at=at)
    if suggestion.review.status != "suggested":
        return None
    if suggestion.request.is_blocked:
        return phrase("notice-blocked")
    if suggestion.request.undoes is not None:
        is_exact = not any(conflict.kind in _NOT_BACK for conflict in suggestion.request.conflicts)
        return phrase("notice-undo" if is_exact else "notice-undo-in-part")
    if suggestion.request.is_renewed:
        return phrase("notice-renewed")
    if suggestion.request.edited_from is not None:
        return phrase("notice-edited", name=suggestion.request.editor_name or "")
    return None


def _impact(suggestion: Suggestion) -> tuple[Phrase, ...]:
    lines = tuple(map(touched_phrase, suggestion.request.impact.lines))
    is_loss = suggestion.request.effect == "delete" and suggestion.request.impact.touches > 0
    return (phrase("consequence-gone"), *lines) if is_loss else lines


def _asked(suggestion: Suggestion, *, whole: bool) -> Phrase:
    words = suggestion.request.words or ""
    if not whole and len(words) > _LONGEST_REQUEST:
        words = words[:_LONGEST_REQUEST] + "…"
    return (
        phrase("asked-by", name=suggestion.request.asker_name, words=words)
        if words
        else verbatim(suggestion.request.asker_name)
    )


def _footer(suggestion: Suggestion, decided_by: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
    readers, voters = suggestion.review.acknowledged_by, suggestion.review.approved_by
    return (
        *((phrase("policy-votes", names=voters),) if voters else ()),
        *((phrase("gesture-read-by", names=readers),) if readers else ()),
        *(decided_by or (phrase("footer-deciders"),)),
        phrase("footer-deadline", deadline=Moment(suggestion.request.deadline, suggestion.request.zone)),
    )
