"""Which buttons a card carries: what its reader may do about it now, and menus of more for one copy of it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.actions.bundles.models import BUNDLE
from core.actions.phrasing import alternative_phrase
from core.actions.rejections import REASONS
from core.actions.suggestion import Suggestion
from core.kernel.cards import Button, Gesture
from core.kernel.phrases import Phrase, phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What can be done about a suggestion beside deciding it."""

    editable: Mapping[str, Phrase] = field(default_factory=dict[str, Phrase])
    """What a person may change before they approve, and what it is called."""
    can_undo: bool = False
    """Whether what was done has an inverse."""
    may_break_glass: bool = False
    """Whether the policy asks for so much that an owner may have to go past it."""
    is_long: bool = False
    """Whether there is more to read than the card holds."""


def buttons_of(
    suggestion: Suggestion, gesture: Gesture, reach: Reach, *, can_decide: bool, menu: str | None
) -> tuple[Button, ...]:
    """Return the buttons, in order: to decide, to decide otherwise, to see everything."""
    show = (Button("show", phrase("button-show"), "plain"),)
    if suggestion.review.status != "suggested":
        is_done = suggestion.review.status == "executed" and suggestion.taken_back is None
        undo = is_done and reach.can_undo and can_decide
        return (*((Button("undo", phrase("button-undo"), "plain"),) if undo else ()), *(show if reach.is_long else ()))
    if not can_decide:
        return show if reach.is_long else ()
    otherwise, decide = _otherwise(suggestion, reach), _decide(suggestion, gesture)
    # Where nobody can approve, what could be done instead comes before putting it away.
    first, then = (otherwise, decide) if gesture == "none" else (decide, otherwise)
    return _menu(suggestion, reach, menu, (*otherwise, *show)) or (*first, *then, *show)


def _decide(suggestion: Suggestion, gesture: Gesture) -> tuple[Button, ...]:
    if gesture == "none":
        return (Button("reject", phrase("button-dismiss"), "danger"),)
    reject = Button("reject", phrase("button-reject"), "danger")
    if gesture == "confirm":
        return (Button("approve", phrase("button-confirm"), "primary"), reject)
    approve = Button("approve", phrase("button-approve"), "primary")
    if gesture == "acknowledge":
        return (_acknowledge(suggestion), approve, reject)
    return (approve, reject)


def _acknowledge(suggestion: Suggestion) -> Button:
    if suggestion.review.acknowledged_by and suggestion.review.is_ticked is not False:
        return Button("withdraw", phrase("button-acknowledged"), "primary")
    return Button("acknowledge", phrase("button-acknowledge"), "primary")


def _otherwise(suggestion: Suggestion, reach: Reach) -> tuple[Button, ...]:
    edit = (Button("edit", phrase("button-edit"), "plain"),) if reach.editable else ()
    alternatives = (
        Button("alternative", alternative_phrase(each["label"]), "plain", choice=str(place))
        for place, each in enumerate(suggestion.request.alternatives)
    )
    may_break = reach.may_break_glass and not suggestion.request.is_blocked
    glass = (Button("break_glass", phrase("button-break-glass"), "plain"),) if may_break else ()
    choose = (Button("choose", phrase("button-choose"), "plain"),) if suggestion.request.action_type == BUNDLE else ()
    return (*alternatives, *edit, *choose, *glass)


def _menu(
    suggestion: Suggestion, reach: Reach, menu: str | None, more: tuple[Button, ...]
) -> tuple[Button, ...] | None:
    """Return the buttons of a menu with the way back, or None where none is open or there is nothing in it."""
    found: tuple[Button, ...] = ()
    if menu == "reject":
        reasons = tuple(Button("reject", said, "plain", choice=code) for code, said in REASONS.items())
        found = (*reasons, Button("reject", phrase("button-no-reason"), "danger"))
    elif menu == "edit":
        found = tuple(Button("edit", said, "plain", choice=each) for each, said in reach.editable.items())
    elif menu == "more":
        found = more
    return (*found, Button("menu", phrase("button-back"), "plain")) if found else None
