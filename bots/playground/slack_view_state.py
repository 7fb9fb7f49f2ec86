"""What somebody typed into a modal: as Slack's ``state.values``, and what its client says before it sends. Pure."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypedDict

from bots.playground.slack_checks import Block
from bots.playground.slack_input_checks import MOST_TYPED, is_date, is_time, number_problem, read_number
from bots.playground.slack_view_checks import View, input_blocks

Typed = Mapping[str, Mapping[str, str | list[str] | None]]
"""What was typed, by block and action: a text, the value of a chosen option, those of chosen ones, or nothing."""
Values = dict[str, dict[str, dict[str, Any]]]
"""Slack's ``state.values``."""


class Problem(TypedDict):
    """Why a modal is not sent yet: ``required``, ``too_short`` or ``too_long`` with the limit in characters,
    ``not_whole``, ``too_small`` or ``too_large`` with the limit of the number."""

    kind: str
    limit: int | str


def read_values(view: View, typed: Typed) -> Values:
    """Return the state of every input; one that nobody touched stands as the view was opened.

    Raises ``ValueError`` for what nobody can type there.
    """
    blocks = input_blocks(view)
    for block_id, actions in typed.items():
        if block_id not in blocks or set(actions) - {blocks[block_id]["element"]["action_id"]}:
            raise ValueError("There is no such input.")
    return {id_: _block_values(block["element"], typed.get(id_, {})) for id_, block in blocks.items()}


def find_problems(view: View, values: Values) -> dict[str, Problem]:
    """Return what is missing or does not fit, by block."""
    found = {
        id_: _problem(block, values[id_][block["element"]["action_id"]]) for id_, block in input_blocks(view).items()
    }
    return {id_: problem for id_, problem in found.items() if problem is not None}


def _block_values(element: Block, typed: Mapping[str, str | list[str] | None]) -> dict[str, dict[str, Any]]:
    action_id = element["action_id"]
    kind: str = element["type"]
    field, initial = _FIELDS[kind]
    if action_id not in typed:
        untouched = element.get(initial) or ([] if kind == "checkboxes" else None)
        return {action_id: {"type": kind, field: untouched}}
    return {action_id: {"type": kind, field: _read(element, kind, typed[action_id])}}


_FIELDS = {
    "checkboxes": ("selected_options", "initial_options"),
    "datepicker": ("selected_date", "initial_date"),
    "number_input": ("value", "initial_value"),
    "plain_text_input": ("value", "initial_value"),
    "radio_buttons": ("selected_option", "initial_option"),
    "static_select": ("selected_option", "initial_option"),
    "timepicker": ("selected_time", "initial_time"),
}
"""Where Slack puts the value of an element, and where the app puts its first one."""


def _read(element: Block, kind: str, given: str | list[str] | None) -> Any:
    if kind == "checkboxes":
        if isinstance(given, str):
            raise ValueError("A list is expected.")
        return _chosen(element, given or [])
    if not given:
        return None
    if isinstance(given, list):
        raise ValueError("One value is expected.")
    if kind in {"radio_buttons", "static_select"}:
        return _chosen(element, [given])[0]
    if kind == "number_input" and read_number(given) is None:
        raise ValueError("That is no number.")
    if (kind == "datepicker" and not is_date(given)) or (kind == "timepicker" and not is_time(given)):
        raise ValueError("That is no date or time.")
    return given


def _chosen(element: Block, values: list[str]) -> list[Block]:
    """Return the chosen options, in the order in which they stand."""
    options: list[Block] = element["options"]
    if set(values) - {option["value"] for option in options}:
        raise ValueError("There is no such option.")
    return [option for option in options if option["value"] in values]


def _problem(block: Block, value: dict[str, Any]) -> Problem | None:
    element = block["element"]
    content: Any = value[_FIELDS[element["type"]][0]]
    if not content:
        return None if block["optional"] else {"kind": "required", "limit": 0}
    if element["type"] == "number_input":
        wrong = number_problem(element, Decimal(content))
        return None if wrong is None else {"kind": wrong, "limit": _limit(element, wrong)}
    if element["type"] != "plain_text_input":
        return None
    least, most = element.get("min_length", 0), element.get("max_length", MOST_TYPED)
    if len(content) < least:
        return {"kind": "too_short", "limit": least}
    return {"kind": "too_long", "limit": most} if len(content) > most else None


def _limit(element: Block, wrong: str) -> str:
    return {"too_small": element.get("min_value"), "too_large": element.get("max_value")}.get(wrong) or ""
