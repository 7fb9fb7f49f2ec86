"""What is typed into a modal, shaped as Slack does it; and what lets one be opened and changed."""

from collections.abc import Callable
from typing import Any

import pytest

from bots.playground.slack_refusal import SlackRefusal
from bots.playground.slack_view_checks import read_view
from bots.playground.slack_view_state import find_problems, read_values
from bots.playground.slack_views import SlackViews
from bots.playground.state import State

Json = dict[str, Any]


def _plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def _modal(*blocks: Json, **more: Any) -> Json:
    shown = list(blocks or [{"type": "divider"}])
    return {"type": "modal", "title": _plain("Approve"), "submit": _plain("Send"), "blocks": shown, **more}


def _input(kind: str, block: str = "b", **more: Any) -> Json:
    return {
        "type": "input",
        "block_id": block,
        "label": _plain("Label"),
        "element": {"type": kind, "action_id": "a", **more},
    }


def _option(number: int = 0, **more: Any) -> Json:
    return {"text": _plain(f"Option {number}"), "value": str(number), **more}


_CHOICES = [_option(number) for number in range(3)]
_FORM = read_view(
    _modal(
        _input("plain_text_input", "text", initial_value="was there"),
        _input("checkboxes", "boxes", options=_CHOICES, initial_options=[_CHOICES[2]]),
        _input("radio_buttons", "radio", options=_CHOICES, initial_option=_CHOICES[1]),
        _input("static_select", "select", options=_CHOICES),
        _input("datepicker", "day", initial_date="2026-05-01"),
        _input("timepicker", "time", initial_time="09:30"),
        {"type": "divider"},
    )
)
_SHOWN = _FORM["blocks"][1]["element"]["options"]


def _state(**values: Json) -> Json:
    return {block: {"a": value} for block, value in values.items()}


def test_what_nobody_touched_is_as_the_app_opened_it() -> None:
    assert read_values(_FORM, {}) == _state(
        text={"type": "plain_text_input", "value": "was there"},
        boxes={"type": "checkboxes", "selected_options": [_SHOWN[2]]},
        radio={"type": "radio_buttons", "selected_option": _SHOWN[1]},
        select={"type": "static_select", "selected_option": None},
        day={"type": "datepicker", "selected_date": "2026-05-01"},
        time={"type": "timepicker", "selected_time": "09:30"},
    )


def test_what_was_typed_is_shaped_as_slack_does() -> None:
    typed: dict[str, dict[str, str | list[str] | None]] = {
        "text": {"a": "שלום"},
        "boxes": {"a": ["1", "0"]},
        "radio": {"a": "0"},
        "select": {"a": "2"},
        "day": {"a": "2026-02-28"},
        "time": {"a": "00:00"},
    }
    assert read_values(_FORM, typed) == _state(
        text={"type": "plain_text_input", "value": "שלום"},
        boxes={"type": "checkboxes", "selected_options": [_SHOWN[0], _SHOWN[1]]},
        radio={"type": "radio_buttons", "selected_option": _SHOWN[0]},
        select={"type": "static_select", "selected_option": _SHOWN[2]},
        day={"type": "datepicker", "selected_date": "2026-02-28"},
        time={"type": "timepicker", "selected_time": "00:00"},
    )


def test_what_was_emptied_is_null_and_asked_for() -> None:
    emptied: dict[str, dict[str, str | list[str] | None]] = {
        "text": {"a": ""},
        "boxes": {"a": []},
        "radio": {"a": None},
        "day": {"a": None},
    }
    values = read_values(_FORM, emptied)
    assert [values[block]["a"] for block in ("text", "boxes", "radio", "day")] == [
        {"type": "plain_text_input", "value": None},
        {"type": "checkboxes", "selected_options": []},
        {"type": "radio_buttons", "selected_option": None},
        {"type": "datepicker", "selected_date": None},
    ]
    required = {"kind": "required", "limit": 0}
    assert find_problems(_FORM, values) == dict.fromkeys(("text", "boxes", "radio", "select", "day"), required)
    optional = {**_FORM, "blocks": [{**block, "optional": True} for block in _FORM["blocks"]]}
    assert find_problems(optional, values) == {}


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("12", {"kind": "too_short", "limit": 3}),
        ("123", None),
        ("12345", None),
        ("123456", {"kind": "too_long", "limit": 5}),
    ],
)
def test_a_text_is_as_long_as_the_app_wants_it(typed: str, problem: Json | None) -> None:
    view = read_view(_modal(_input("plain_text_input", min_length=3, max_length=5)))
    assert find_problems(view, read_values(view, {"b": {"a": typed}})) == ({"b": problem} if problem else {})


@pytest.mark.parametrize(
    "typed",
    [
        {"other": {"a": "x"}},
        {"text": {"other": "x"}},
        {"text": {"a": ["x"]}},
        {"boxes": {"a": "0"}},
        {"boxes": {"a": ["3"]}},
        {"radio": {"a": "3"}},
        {"day": {"a": "1.5.2026"}},
        {"time": {"a": "9:30"}},
    ],
)
def test_what_nobody_can_type_is_refused(typed: dict[str, dict[str, str | list[str] | None]]) -> None:
    with pytest.raises(ValueError):
        read_values(_FORM, typed)


def _code(call: Callable[[], object]) -> str:
    with pytest.raises(SlackRefusal) as refused:
        call()
    return refused.value.code


def test_a_trigger_opens_one_modal_within_three_seconds() -> None:
    now = [100.0]
    views = SlackViews(State(None), lambda: now[0])
    early, late = views.trigger("U0DANA"), views.trigger("U0ADAM")
    now[0] = 102.9
    views.open({"trigger_id": early, "view": _modal()})
    assert _code(lambda: views.open({"trigger_id": early, "view": _modal()})) == "exchanged_trigger_id"
    now[0] = 103.0
    assert _code(lambda: views.open({"trigger_id": late, "view": _modal()})) == "expired_trigger_id"
    assert _code(lambda: views.open({"trigger_id": "1.2.3", "view": _modal()})) == "invalid_trigger_id"
    assert _code(lambda: views.open({"view": _modal()})) == "invalid_arguments"


def test_a_refused_view_uses_no_trigger() -> None:
    state = State(None)
    views = SlackViews(state)
    trigger = views.trigger("U0DANA")
    assert _code(lambda: views.open({"trigger_id": trigger, "view": {}})) == "invalid_arguments"
    opened = views.open({"trigger_id": trigger, "view": _modal()})["view"]
    assert [view["id"] for view in state.views.values()] == [opened["id"]]


def test_an_external_id_is_one_modals_in_the_whole_workspace() -> None:
    views = SlackViews(State(None))
    named = _modal(external_id="e")
    views.open({"trigger_id": views.trigger("U0DANA"), "view": named})
    other = views.trigger("U0ADAM")
    assert _code(lambda: views.open({"trigger_id": other, "view": named})) == "duplicate_external_id"
    views.open({"trigger_id": other, "view": _modal(external_id="f")})
    clash = {"external_id": "f", "view": named}
    assert _code(lambda: views.update(clash)) == "duplicate_external_id"
    assert views.update({"external_id": "e", "view": named})["view"]["external_id"] == "e"


def test_only_triggers_of_late_are_remembered() -> None:
    state = State(None)
    views = SlackViews(state)
    made = [views.trigger("U0DANA") for _ in range(250)]
    assert list(state.triggers) == made[50:]


def test_starting_over_closes_every_modal() -> None:
    state = State(None)
    views = SlackViews(state)
    opened = views.open({"trigger_id": views.trigger("U0DANA"), "view": _modal()})["view"]
    waiting = views.trigger("U0ADAM")
    state.clear()
    assert state.views == {}
    assert _code(lambda: views.update({"view_id": opened["id"], "view": _modal()})) == "not_found"
    assert _code(lambda: views.open({"trigger_id": waiting, "view": _modal()})) == "invalid_trigger_id"
