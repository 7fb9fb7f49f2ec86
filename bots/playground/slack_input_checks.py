"""Refuse the inputs of a modal that Slack refuses, as its Block Kit reference documents them. Pure."""

import re
from collections.abc import Callable, Collection
from datetime import date, time
from decimal import Decimal
from typing import Any, cast

from bots.playground.slack_checks import (
    EITHER,
    LONGEST_ID,
    PLAIN,
    BadBlocks,
    Block,
    Seen,
    check_actions,
    check_button,
    check_element,
    check_items,
    check_string,
    check_text,
)

_LABEL, _PLACEHOLDER, _OPTION, _OPTION_VALUE = 2000, 150, 75, 150
MOST_TYPED = 3000
"""Characters of a text input."""
_MOST_CHOICES, _MOST_SELECT = 10, 100
_EVERY_ELEMENT = frozenset({"type", "action_id", "focus_on_load"})


def check_input(block: Block, at: str, seen: Seen) -> None:
    """Raise ``BadBlocks`` for what an input block cannot be."""
    check_fields(block, at, {"label", "element"}, {"type", "block_id", "hint", "optional", "dispatch_action"})
    check_text(block["label"], _LABEL, f"{at}/label", PLAIN)
    if "hint" in block:
        check_text(block["hint"], _LABEL, f"{at}/hint", PLAIN)
    check_flags(block, ("optional", "dispatch_action"), at)
    if block.get("dispatch_action"):
        # Slack would send what is typed while it is typed; nobody here asks for that.
        raise BadBlocks("unsupported: dispatch_action", f"{at}/dispatch_action")
    check_element(block["element"], f"{at}/element", seen, _ELEMENTS)


def check_fields(given: Block, at: str, required: Collection[str], others: Collection[str]) -> None:
    """Raise ``BadBlocks`` for the first field that is missing, or that nobody knows."""
    for name in sorted(required):
        if name not in given:
            raise BadBlocks(f"missing required field: {name}", at)
    for name in given:
        if name not in required and name not in others:
            raise BadBlocks(f"invalid additional property: {name}", at)


def check_flags(given: Block, names: Collection[str], at: str) -> None:
    """Raise ``BadBlocks`` for a flag that is neither true nor false."""
    for name in names:
        if not isinstance(given.get(name, False), bool):
            raise BadBlocks("must provide a boolean", f"{at}/{name}")


def check_view_actions(block: Block, at: str, seen: Seen) -> None:
    """Raise ``BadBlocks`` unless a block of a view has buttons and lists to choose from, and nothing else."""
    check_actions(block, at, seen, {"button": check_button, "static_select": _listed})


def _listed(element: Block, at: str, seen: Seen) -> None:
    if "action_id" in element:
        seen.once(seen.actions, element["action_id"], "action_id", at)
    _static_select(element, at, seen)


def _typed(element: Block, at: str, seen: Seen) -> None:
    fields = {"placeholder", "multiline", "min_length", "max_length", "initial_value"}
    _begin(element, at, seen, set(), fields)
    check_flags(element, ("multiline",), at)
    least = _number(element, "min_length", 0, f"{at}/min_length")
    most = _number(element, "max_length", 1, f"{at}/max_length")
    if least is not None and most is not None and least > most:
        raise BadBlocks("must not be more than max_length", f"{at}/min_length")
    if "initial_value" in element and not isinstance(element["initial_value"], str):
        raise BadBlocks("must provide a string", f"{at}/initial_value")
    if len(element.get("initial_value", "")) > (most or MOST_TYPED):
        raise BadBlocks(f"must be less than {(most or MOST_TYPED) + 1} characters", f"{at}/initial_value")


def _numbered(element: Block, at: str, seen: Seen) -> None:
    _begin(element, at, seen, {"is_decimal_allowed"}, {"placeholder", "initial_value", "min_value", "max_value"})
    check_flags(element, ("is_decimal_allowed",), at)
    limits = [_decimal(element, name, f"{at}/{name}") for name in ("min_value", "max_value")]
    least, most = limits
    if least is not None and most is not None and least > most:
        raise BadBlocks("must not be more than max_value", f"{at}/min_value")
    initial = _decimal(element, "initial_value", f"{at}/initial_value")
    if initial is not None and number_problem(element, initial) is not None:
        raise BadBlocks("must be a number that could be typed", f"{at}/initial_value")


def read_number(given: str) -> Decimal | None:
    """Return a number as Slack's field takes it, None for what is none."""
    return Decimal(given) if re.fullmatch(r"-?\d+(\.\d+)?", given, re.ASCII) else None


def number_problem(element: Block, number: Decimal) -> str | None:
    """Return what is wrong with a number, ``not_whole``, ``too_small`` or ``too_large``, None where it fits."""
    least, most = (element.get(name) for name in ("min_value", "max_value"))
    if not element["is_decimal_allowed"] and number != number.to_integral_value():
        return "not_whole"
    if least is not None and number < Decimal(least):
        return "too_small"
    return "too_large" if most is not None and number > Decimal(most) else None


def _decimal(element: Block, name: str, at: str) -> Decimal | None:
    given = element.get(name)
    if given is None and name not in element:
        return None
    found = read_number(given) if isinstance(given, str) else None
    if found is None:
        raise BadBlocks("must provide a number as a string", at)
    return found


def _checkboxes(element: Block, at: str, seen: Seen) -> None:
    _begin(element, at, seen, {"options"}, {"initial_options"})
    options = _options(element, _MOST_CHOICES, at, EITHER)
    if "initial_options" in element:
        for each in check_items(element["initial_options"], _MOST_CHOICES, f"{at}/initial_options"):
            _one_of(each, options, f"{at}/initial_options")


def _radio_buttons(element: Block, at: str, seen: Seen) -> None:
    _begin(element, at, seen, {"options"}, {"initial_option"})
    _initial_option(element, _options(element, _MOST_CHOICES, at, EITHER), at)


def _static_select(element: Block, at: str, seen: Seen) -> None:
    _begin(element, at, seen, {"options"}, {"initial_option", "placeholder"})
    _initial_option(element, _options(element, _MOST_SELECT, at, PLAIN), at)


def _initial_option(element: Block, options: list[Block], at: str) -> None:
    if "initial_option" in element:
        _one_of(element["initial_option"], options, f"{at}/initial_option")


def _datepicker(element: Block, at: str, seen: Seen) -> None:
    _begin(element, at, seen, set(), {"placeholder", "initial_date"})
    if "initial_date" in element and not is_date(element["initial_date"]):
        raise BadBlocks("must be a date in the format YYYY-MM-DD", f"{at}/initial_date")


def _timepicker(element: Block, at: str, seen: Seen) -> None:
    _begin(element, at, seen, set(), {"placeholder", "initial_time", "timezone"})
    if "initial_time" in element and not is_time(element["initial_time"]):
        raise BadBlocks("must be a time in the format HH:mm", f"{at}/initial_time")


def is_date(given: Any) -> bool:
    """Whether something is a date as a date picker has it: 2026-05-01."""
    return _is_written(given, lambda text: date.fromisoformat(text).isoformat())


def is_time(given: Any) -> bool:
    """Whether something is a time as a time picker has it: 09:30."""
    return _is_written(given, lambda text: time.fromisoformat(text).strftime("%H:%M"))


_ELEMENTS = {
    "checkboxes": _checkboxes,
    "datepicker": _datepicker,
    "number_input": _numbered,
    "plain_text_input": _typed,
    "radio_buttons": _radio_buttons,
    "static_select": _static_select,
    "timepicker": _timepicker,
}
"""Elements of inputs that the page draws; others, which Slack may know, are refused here."""


def _begin(element: Block, at: str, seen: Seen, required: set[str], others: set[str]) -> None:
    """Check what all elements have."""
    check_fields(element, at, required, others | _EVERY_ELEMENT)
    if "action_id" in element:
        check_string(element["action_id"], LONGEST_ID, f"{at}/action_id")
    if "placeholder" in element:
        check_text(element["placeholder"], _PLACEHOLDER, f"{at}/placeholder", PLAIN)
    check_flags(element, ("focus_on_load",), at)
    if element.get("focus_on_load"):
        if seen.is_focused:
            raise BadBlocks("only one element can have focus_on_load", f"{at}/focus_on_load")
        seen.is_focused = True


def _options(element: Block, most: int, at: str, kinds: Collection[str]) -> list[Block]:
    options = check_items(element["options"], most, f"{at}/options")
    values: set[str] = set()
    for number, each in enumerate(options):
        here = f"{at}/options/{number}"
        _option(each, here, kinds)
        if each["value"] in values:
            raise BadBlocks("must be unique", f"{here}/value")
        values.add(each["value"])
    return options


def _option(given: Any, at: str, kinds: Collection[str]) -> None:
    if not isinstance(given, dict):
        raise BadBlocks("must provide an object", at)
    option = cast("Block", given)
    check_fields(option, at, {"text", "value"}, {"description"})
    check_text(option["text"], _OPTION, f"{at}/text", kinds)
    check_string(option["value"], _OPTION_VALUE, f"{at}/value")
    if "description" in option:
        check_text(option["description"], _OPTION, f"{at}/description", kinds)


def _one_of(given: Any, options: list[Block], at: str) -> None:
    if given not in options:
        raise BadBlocks("must exactly match one of the options", at)


def _number(element: Block, name: str, least: int, at: str) -> int | None:
    if name not in element:
        return None
    number: object = element[name]
    if not isinstance(number, int) or isinstance(number, bool):
        raise BadBlocks("must provide an integer", at)
    if not least <= number <= MOST_TYPED:
        raise BadBlocks(f"must be from {least} to {MOST_TYPED}", at)
    return number


def _is_written(given: Any, again: Callable[[str], str]) -> bool:
    try:
        return isinstance(given, str) and again(given) == given
    except ValueError:
        return False
