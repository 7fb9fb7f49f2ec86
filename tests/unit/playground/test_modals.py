"""Slack's rules for what a modal shows, each at its edge, and what Slack adds to it."""

from collections.abc import Callable
from typing import Any

import pytest

from bots.playground.slack_refusal import SlackRefusal
from bots.playground.slack_view_checks import read_view

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


def _options(count: int) -> list[Json]:
    return [_option(number) for number in range(count)]


def _of(kind: str) -> Callable[..., Json]:
    def view(**more: Any) -> Json:
        return _modal(_input(kind, **more))

    return view


_text, _boxes, _radio, _select = (
    _of(kind) for kind in ("plain_text_input", "checkboxes", "radio_buttons", "static_select")
)


def _characters(limit: int, at: str) -> str:
    return f"must be less than {limit + 1} characters [json-pointer:{at}]"


_FIRST = "/view/blocks/0"
_EDGES: list[tuple[Callable[[int], Json], int, str]] = [
    (lambda n: _modal(title=_plain("x" * n)), 24, _characters(24, "/view/title/text")),
    (lambda n: _modal(submit=_plain("x" * n)), 24, _characters(24, "/view/submit/text")),
    (lambda n: _modal(close=_plain("x" * n)), 24, _characters(24, "/view/close/text")),
    (lambda n: _modal(*[{"type": "divider"}] * n), 100, "no more than 100 items allowed [json-pointer:/view/blocks]"),
    (lambda n: _modal(callback_id="x" * n), 255, _characters(255, "/view/callback_id")),
    (lambda n: _modal(external_id="x" * n), 255, _characters(255, "/view/external_id")),
    (lambda n: _modal(private_metadata="x" * n), 3000, _characters(3000, "/view/private_metadata")),
    (
        lambda n: _modal({**_input("plain_text_input"), "label": _plain("x" * n)}),
        2000,
        _characters(2000, f"{_FIRST}/label/text"),
    ),
    (
        lambda n: _modal({**_input("plain_text_input"), "hint": _plain("x" * n)}),
        2000,
        _characters(2000, f"{_FIRST}/hint/text"),
    ),
    (lambda n: _text(action_id="x" * n), 255, _characters(255, f"{_FIRST}/element/action_id")),
    (lambda n: _text(placeholder=_plain("x" * n)), 150, _characters(150, f"{_FIRST}/element/placeholder/text")),
    (lambda n: _text(initial_value="x" * n), 3000, _characters(3000, f"{_FIRST}/element/initial_value")),
    (lambda n: _text(initial_value="x" * n, max_length=5), 5, _characters(5, f"{_FIRST}/element/initial_value")),
    (lambda n: _text(max_length=n), 3000, f"must be from 1 to 3000 [json-pointer:{_FIRST}/element/max_length]"),
    (lambda n: _text(min_length=n), 3000, f"must be from 0 to 3000 [json-pointer:{_FIRST}/element/min_length]"),
    (
        lambda n: _text(min_length=n, max_length=9),
        9,
        f"must not be more than max_length [json-pointer:{_FIRST}/element/min_length]",
    ),
    (
        lambda n: _boxes(options=_options(n)),
        10,
        f"no more than 10 items allowed [json-pointer:{_FIRST}/element/options]",
    ),
    (
        lambda n: _radio(options=_options(n)),
        10,
        f"no more than 10 items allowed [json-pointer:{_FIRST}/element/options]",
    ),
    (
        lambda n: _select(options=_options(n)),
        100,
        f"no more than 100 items allowed [json-pointer:{_FIRST}/element/options]",
    ),
    (
        lambda n: _boxes(options=[_option(text={"type": "mrkdwn", "text": "x" * n})]),
        75,
        _characters(75, f"{_FIRST}/element/options/0/text/text"),
    ),
    (
        lambda n: _radio(options=[_option(value="x" * n)]),
        150,
        _characters(150, f"{_FIRST}/element/options/0/value"),
    ),
    (
        lambda n: _select(options=[_option(description=_plain("x" * n))]),
        75,
        _characters(75, f"{_FIRST}/element/options/0/description/text"),
    ),
]


def _refusal(view: Any) -> tuple[str, ...]:
    with pytest.raises(SlackRefusal) as refused:
        read_view(view)
    return (refused.value.code, *refused.value.errors)


@pytest.mark.parametrize(("make", "most", "words"), _EDGES)
def test_a_limit_is_taken_and_one_more_is_refused(make: Callable[[int], Json], most: int, words: str) -> None:
    assert len(read_view(make(most))["blocks"]) == len(make(most)["blocks"])
    assert _refusal(make(most + 1)) == ("invalid_arguments", words)


@pytest.mark.parametrize(
    ("view", "words"),
    [
        (None, "must provide an object [json-pointer:/view]"),
        ("[{", "must provide an object [json-pointer:/view]"),
        ("[]", "must provide an object [json-pointer:/view]"),
        (_modal(type="home"), "must be one of: modal [json-pointer:/view/type]"),
        (_modal(blocks=[]), "must provide at least 1 item [json-pointer:/view/blocks]"),
        (_modal(title="Approve"), "must provide an object [json-pointer:/view/title]"),
        (
            _modal(title={"type": "mrkdwn", "text": "x"}),
            "unsupported type: mrkdwn [json-pointer:/view/title]",
        ),
        (_modal(close=None), "must provide an object [json-pointer:/view/close]"),
        (_modal(notify_on_close="yes"), "must provide a boolean [json-pointer:/view/notify_on_close]"),
        (_modal(private_metadata={}), "must provide a string [json-pointer:/view/private_metadata]"),
        # What an answer holds is not sent back.
        (_modal(state={"values": {}}), "invalid additional property: state [json-pointer:/view]"),
        (_modal({"type": "markdown", "text": "x"}), f"unsupported type: markdown [json-pointer:{_FIRST}]"),
        (_of("email_text_input")(), f"unsupported type: email_text_input [json-pointer:{_FIRST}/element]"),
        (
            {key: value for key, value in _text().items() if key != "submit"},
            "missing required field: submit [json-pointer:/view]",
        ),
        (
            _modal({"type": "input", "element": {"type": "datepicker"}}),
            f"missing required field: label [json-pointer:{_FIRST}]",
        ),
        (
            _modal({**_input("datepicker"), "label": {"type": "mrkdwn", "text": "x"}}),
            f"unsupported type: mrkdwn [json-pointer:{_FIRST}/label]",
        ),
        (
            _modal({**_input("datepicker"), "dispatch_action": True}),
            f"unsupported: dispatch_action [json-pointer:{_FIRST}/dispatch_action]",
        ),
        (
            _modal(_input("datepicker", "x"), _input("timepicker", "x")),
            "`block_id` x already exists for another block [json-pointer:/view/blocks/1/block_id]",
        ),
        (
            _modal(_input("datepicker", "x", focus_on_load=True), _input("timepicker", "y", focus_on_load=True)),
            "only one element can have focus_on_load [json-pointer:/view/blocks/1/element/focus_on_load]",
        ),
        (_text(min_length=True), f"must provide an integer [json-pointer:{_FIRST}/element/min_length]"),
        (_text(max_length=0), f"must be from 1 to 3000 [json-pointer:{_FIRST}/element/max_length]"),
        (_text(initial_value=5), f"must provide a string [json-pointer:{_FIRST}/element/initial_value]"),
        (_text(options=[]), f"invalid additional property: options [json-pointer:{_FIRST}/element]"),
        (_radio(), f"missing required field: options [json-pointer:{_FIRST}/element]"),
        (_boxes(options=[5]), f"must provide an object [json-pointer:{_FIRST}/element/options/0]"),
        (
            _select(options=[_option(text={"type": "mrkdwn", "text": "x"})]),
            f"unsupported type: mrkdwn [json-pointer:{_FIRST}/element/options/0/text]",
        ),
        (
            _radio(options=[_option(1), _option(1)]),
            f"must be unique [json-pointer:{_FIRST}/element/options/1/value]",
        ),
        (
            _radio(options=_options(2), initial_option=_option(2)),
            f"must exactly match one of the options [json-pointer:{_FIRST}/element/initial_option]",
        ),
        (
            _boxes(options=_options(2), initial_options=[_option(1), _option(1, text=_plain("x"))]),
            f"must exactly match one of the options [json-pointer:{_FIRST}/element/initial_options]",
        ),
        (
            _of("datepicker")(initial_date="2026-2-1"),
            f"must be a date in the format YYYY-MM-DD [json-pointer:{_FIRST}/element/initial_date]",
        ),
        (
            _of("datepicker")(initial_date="2026-02-30"),
            f"must be a date in the format YYYY-MM-DD [json-pointer:{_FIRST}/element/initial_date]",
        ),
        (
            _of("timepicker")(initial_time="24:00"),
            f"must be a time in the format HH:mm [json-pointer:{_FIRST}/element/initial_time]",
        ),
        (
            _of("timepicker")(initial_time="09:00:30"),
            f"must be a time in the format HH:mm [json-pointer:{_FIRST}/element/initial_time]",
        ),
    ],
)
def test_a_shape_that_slack_does_not_know(view: Any, words: str) -> None:
    assert _refusal(view) == ("invalid_arguments", words)


def test_everything_that_is_missing_is_named_at_once_and_answered_as_slack_does() -> None:
    with pytest.raises(SlackRefusal) as refused:
        read_view({})
    messages = [f"[ERROR] missing required field: {name} [json-pointer:/view]" for name in ("title", "blocks", "type")]
    assert refused.value.body() == {
        "ok": False,
        "error": "invalid_arguments",
        "response_metadata": {"messages": messages},
    }


def test_a_view_of_more_than_250_kilobytes_is_too_large() -> None:
    section = {"type": "section", "text": _plain("x" * 3000)}
    assert len(read_view(_modal(*[section] * 80))["blocks"]) == 80
    assert _refusal(_modal(*[section] * 82)) == ("view_too_large",)


def test_slack_says_what_the_app_left_out() -> None:
    boxes = _input("checkboxes", options=[_option()])
    button = {"type": "button", "action_id": "go", "text": _plain("Go")}
    view = _modal(boxes, {"type": "actions", "block_id": "act", "elements": [button]})
    emoji = {"emoji": True}
    assert read_view(view) == {
        "type": "modal",
        "title": {**_plain("Approve"), **emoji},
        "submit": {**_plain("Send"), **emoji},
        "close": None,
        "callback_id": "",
        "external_id": "",
        "private_metadata": "",
        "clear_on_close": False,
        "notify_on_close": False,
        "blocks": [
            {
                "type": "input",
                "block_id": "b",
                "label": {**_plain("Label"), **emoji},
                "optional": False,
                "dispatch_action": False,
                "element": {
                    "type": "checkboxes",
                    "action_id": "a",
                    "options": [{"text": {**_plain("Option 0"), **emoji}, "value": "0"}],
                },
            },
            {
                "type": "actions",
                "block_id": "act",
                "elements": [{**button, "text": {**_plain("Go"), **emoji}}],
            },
        ],
    }


def test_ids_that_nobody_gave_are_other_ones_every_time() -> None:
    nameless = {"type": "input", "label": _plain("Label"), "element": {"type": "datepicker"}}
    [first], [second] = (read_view(_modal(nameless))["blocks"] for _ in range(2))
    assert first["block_id"] != second["block_id"]
    assert first["element"]["action_id"] != second["element"]["action_id"]


def test_an_action_id_may_be_there_again_in_another_block() -> None:
    view = read_view(_modal(_input("datepicker", "x"), _input("timepicker", "y")))
    assert [block["element"]["action_id"] for block in view["blocks"]] == ["a", "a"]
