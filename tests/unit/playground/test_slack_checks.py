"""Block Kit's limits, each at its edge: the largest that Slack takes, and one more."""

from collections.abc import Callable
from typing import Any

import pytest

from bots.playground.slack_content import read_content
from bots.playground.slack_refusal import SlackRefusal

Block = dict[str, Any]


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": text}


def _section(**more: Any) -> Block:
    return {"type": "section", **more}


def _button(number: int = 0, **more: Any) -> Block:
    return {"type": "button", "action_id": f"a{number}", "text": _plain("Go"), **more}


def _actions(*elements: Block) -> Block:
    return {"type": "actions", "elements": list(elements)}


def _confirm(**more: str) -> Block:
    texts = {"title": "Sure?", "text": "Really", "confirm": "Yes", "deny": "No", **more}
    return {name: _plain(text) for name, text in texts.items()}


_EDGES: list[tuple[Callable[[int], list[Any]], int, str]] = [
    (lambda n: [{"type": "divider"}] * n, 50, "no more than 50 items allowed [json-pointer:/blocks]"),
    (
        lambda n: [_section(text=_plain("x" * n))],
        3000,
        "must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
    ),
    (
        lambda n: [_section(fields=[_plain("x")] * n)],
        10,
        "no more than 10 items allowed [json-pointer:/blocks/0/fields]",
    ),
    (
        lambda n: [_section(fields=[_plain("x"), _plain("x" * n)])],
        2000,
        "must be less than 2001 characters [json-pointer:/blocks/0/fields/1/text]",
    ),
    (
        lambda n: [{"type": "header", "text": _plain("x" * n)}],
        150,
        "must be less than 151 characters [json-pointer:/blocks/0/text/text]",
    ),
    (
        lambda n: [_actions(*(_button(number) for number in range(n)))],
        25,
        "no more than 25 items allowed [json-pointer:/blocks/0/elements]",
    ),
    (
        lambda n: [{"type": "context", "elements": [_plain("x")] * n}],
        10,
        "no more than 10 items allowed [json-pointer:/blocks/0/elements]",
    ),
    (
        lambda n: [_actions(_button(text=_plain("x" * n)))],
        75,
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]",
    ),
    (
        lambda n: [_actions(_button(value="x" * n))],
        2000,
        "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]",
    ),
    (
        lambda n: [_actions(_button(action_id="x" * n))],
        255,
        "must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]",
    ),
    (
        lambda n: [{"type": "divider", "block_id": "x" * n}],
        255,
        "must be less than 256 characters [json-pointer:/blocks/0/block_id]",
    ),
    (
        lambda n: [_actions(_button(confirm=_confirm(title="x" * n)))],
        100,
        "must be less than 101 characters [json-pointer:/blocks/0/elements/0/confirm/title/text]",
    ),
    (
        lambda n: [{"type": "markdown", "text": "x" * 6000}, {"type": "markdown", "text": "x" * n}],
        6000,
        "all markdown blocks together must be less than 12001 characters [json-pointer:/blocks/1/text]",
    ),
]


def _error(blocks: Any) -> tuple[str, ...]:
    with pytest.raises(SlackRefusal) as refused:
        read_content({"text": "x", "blocks": blocks})
    return (refused.value.code, *refused.value.errors)


@pytest.mark.parametrize(("make", "most", "words"), _EDGES)
def test_a_limit_is_taken_and_one_more_is_refused(make: Callable[[int], list[Any]], most: int, words: str) -> None:
    _text, blocks = read_content({"text": "x", "blocks": make(most)})
    assert len(blocks) == len(make(most))
    assert _error(make(most + 1)) == ("invalid_blocks", words)


@pytest.mark.parametrize(
    ("block", "words"),
    [
        (5, "must provide an object [json-pointer:/blocks/0]"),
        ({"type": "alert"}, "unsupported type: alert [json-pointer:/blocks/0]"),
        ({}, "unsupported type: None [json-pointer:/blocks/0]"),
        (_section(), "missing required field: text [json-pointer:/blocks/0]"),
        (_section(text="x"), "must provide an object [json-pointer:/blocks/0/text]"),
        (_section(text=_plain("")), "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
        (_section(text={"type": "mrkdwn"}), "must provide a string [json-pointer:/blocks/0/text/text]"),
        (
            {"type": "header", "text": {"type": "mrkdwn", "text": "x"}},
            "unsupported type: mrkdwn [json-pointer:/blocks/0/text]",
        ),
        (_actions(), "must provide at least 1 item [json-pointer:/blocks/0/elements]"),
        (
            _actions(_button(), _button()),
            "`action_id` a0 already exists for another block [json-pointer:/blocks/0/elements/1/action_id]",
        ),
        (
            _actions(_button(style="success")),
            "must be one of: primary, danger [json-pointer:/blocks/0/elements/0/style]",
        ),
        (
            _actions({"type": "datepicker", "action_id": "d"}),
            "unsupported type: datepicker [json-pointer:/blocks/0/elements/0]",
        ),
        (
            _section(text=_plain("x"), accessory={"type": "image", "image_url": "https://x.example/y.png"}),
            "must provide a string [json-pointer:/blocks/0/accessory/alt_text]",
        ),
    ],
)
def test_a_shape_that_slack_does_not_know(block: Any, words: str) -> None:
    assert _error([block]) == ("invalid_blocks", words)


def test_ids_are_given_where_there_are_none() -> None:
    nameless = {"type": "button", "text": _plain("Go")}
    given = [
        _actions(nameless),
        {"type": "divider", "block_id": "b1"},
        _section(text=_plain("x"), accessory=_button(1)),
    ]
    assert read_content({"blocks": given}) == (
        "",
        [
            {**_actions({**nameless, "action_id": "a2"}), "block_id": "b2"},
            {"type": "divider", "block_id": "b1"},
            {**_section(text=_plain("x"), accessory=_button(1)), "block_id": "b3"},
        ],
    )


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ({}, "no_text"),
        ({"text": "", "blocks": "[]"}, "no_text"),
        ({"text": "x" * 40_001}, "msg_too_long"),
        ({"blocks": "[{"}, "invalid_blocks_format"),
        ({"blocks": {"type": "divider"}}, "invalid_blocks_format"),
        ({"blocks": '"\\ud800"'}, "invalid_blocks_format"),
        ({"blocks": "[" * 100_000}, "invalid_blocks_format"),
    ],
)
def test_what_is_no_message(args: dict[str, Any], code: str) -> None:
    with pytest.raises(SlackRefusal) as refused:
        read_content(args)
    assert refused.value.body() == {"ok": False, "error": code}


def test_the_longest_text_is_taken() -> None:
    assert read_content({"text": "x" * 40_000}) == ("x" * 40_000, [])
