"""The input of a modal for a value, by its type: what Block Kit has for it, within its limits. Pure."""

from collections.abc import Callable, Mapping

from slack_sdk.models.blocks import (
    Block,
    DatePickerElement,
    InputBlock,
    InputInteractiveElement,
    NumberInputElement,
    Option,
    PlainTextInputElement,
    PlainTextObject,
    RadioButtonsElement,
    StaticSelectElement,
    TimePickerElement,
)

from bots.slack.modals.frame import LABEL, OPTION
from bots.slack.render import Page
from bots.slack.text import clean, directed, shorten
from core.kernel.cards import Field, FieldKind, Form
from core.kernel.phrases import Phrase, phrase

LONGEST = 3000
"""Slack's limit for the characters of a text input."""
_MOST_OPTIONS, _LONGEST_VALUE = 100, 150
"""Slack's limits: options of a list, characters of an option's value."""
DAY = "_day"
"""How the block of a moment's day is called after the moment's own, which is the time."""


def drawn(page: Page, field: Field, form: Form) -> list[Block]:
    """Return the blocks of a value's input; none for a room where there is none."""
    if field.kind == "moment":
        return _moment(page, field, form)
    if field.kind == "place" and not field.options:
        return []
    element = _ELEMENTS.get(field.kind, _text)(page, field)
    return [block_of(page, field.name, element, label=field.label, optional=_is_optional(field, element))]


def _is_optional(field: Field, element: InputInteractiveElement) -> bool:
    """What is empty may stay so, and so may what no option stands for any more."""
    is_unset = isinstance(element, StaticSelectElement) and element.initial_option is None
    return field.is_optional or not field.value or is_unset


def _text(page: Page, field: Field) -> InputInteractiveElement:
    is_long = field.kind == "words"
    return PlainTextInputElement(
        action_id=field.name, initial_value=clean(field.value) or None, multiline=True if is_long else None
    )


def _number(page: Page, field: Field) -> InputInteractiveElement:
    return NumberInputElement(
        action_id=field.name,
        is_decimal_allowed=False,
        initial_value=field.value or None,
        min_value=None if field.least is None else str(field.least),
        max_value=None if field.most is None else str(field.most),
    )


def _day(page: Page, field: Field) -> InputInteractiveElement:
    return DatePickerElement(action_id=field.name, initial_date=field.value or None)


def _moment(page: Page, field: Field, form: Form) -> list[Block]:
    """Return a day and a time, where the event is: Slack's picker of both is where its reader is."""
    day, _, clock = field.value.partition("T")
    on = DatePickerElement(action_id=field.name + DAY, initial_date=day or None)
    at = TimePickerElement(action_id=field.name, initial_time=clock[: len("HH:MM")] or None, timezone=form.zone)
    is_free = field.is_optional or not field.value
    labels = (phrase("slack-edit-day-of", label=field.label), phrase("slack-edit-time-of", label=field.label))
    return [
        block_of(page, field.name + DAY, on, label=labels[0], optional=is_free),
        block_of(
            page, field.name, at, label=labels[1], optional=is_free, hint=phrase("slack-edit-zone", zone=form.zone)
        ),
    ]


def _listed(page: Page, field: Field) -> InputInteractiveElement:
    values = [value for value, _said in field.options]
    if not values or len(values) > _MOST_OPTIONS or max(map(len, values)) > _LONGEST_VALUE:
        # More than a list can hold: the name is typed, and found as in a sentence.
        named = next((page.words(said) for value, said in field.options if value == field.value), field.value)
        return PlainTextInputElement(action_id=field.name, initial_value=clean(named) or None)
    options, chosen = _options(page, field)
    placeholder = page.plain(phrase(f"slack-edit-choose-{field.kind}"), LABEL, emoji=False)
    return StaticSelectElement(
        action_id=field.name, options=options, initial_option=chosen, placeholder=None if chosen else placeholder
    )


def _radio(page: Page, field: Field) -> InputInteractiveElement:
    options, chosen = _options(page, field)
    return RadioButtonsElement(action_id=field.name, options=options, initial_option=chosen)


def _options(page: Page, field: Field) -> tuple[list[Option], Option | None]:
    options = [Option(value=value, text=_label(page, said)) for value, said in field.options]
    return options, next((option for option in options if option.value == field.value), None)


def _label(page: Page, said: Phrase) -> PlainTextObject:
    return PlainTextObject(text=directed(shorten(page.words(said), OPTION - 1), page.locale), emoji=False)


_ELEMENTS: Mapping[FieldKind, Callable[[Page, Field], InputInteractiveElement]] = {
    "number": _number,
    "duration": _number,
    "date": _day,
    "place": _listed,
    "person": _listed,
    "choice": _listed,
    "flag": _radio,
}


def block_of(
    page: Page,
    name: str,
    element: InputInteractiveElement,
    *,
    label: Phrase,
    optional: bool = False,
    hint: Phrase | None = None,
) -> Block:
    """Return an input in its block, which has its name."""
    return InputBlock(
        block_id=name,
        label=page.plain(label, LABEL, emoji=False),
        hint=None if hint is None else page.plain(hint, LABEL, emoji=False),
        optional=optional,
        element=element,
    )
