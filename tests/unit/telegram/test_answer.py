"""The assistant's own words: a little Markdown, no injection, pieces that fit and lose nothing."""

import re

import pytest
from hypothesis import given, settings

from bots.telegram.answer import plain_message
from tests.unit.telegram.cards import long_words
from tests.unit.telegram.html_subset import read_html


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain & <simple>", ["plain &amp; &lt;simple&gt;"]),
        ("**Hall B** at 10", ["<b>Hall B</b> at 10"]),
        ("## Friday\n- one\n  * two **2**", ["<b>Friday</b>\n• one\n  • two <b>2</b>"]),
        (
            "**<b>x</b>** and ** not bold ** and **open",
            ["<b>&lt;b&gt;x&lt;/\u2060b&gt;</b> and ** not bold ** and **open"],
        ),
        ("**a\nb**", ["**a\nb**"]),
        ("[click](https://evil.example)", ["[click](https:\u2060//evil.\u2060example)"]),
        ("2 * 3 * 4 = 24", ["2 * 3 * 4 = 24"]),
        ("call @dana, mail d@crew.org", ["call @\u2060dana, mail d@crew.org"]),
        ("שלום\nKeynote באולם", ["שלום\n\u200fKeynote באולם"]),
        ("- **10:00** פתיחה", ["\u200f• <b>10:00</b> פתיחה"]),
        ("The word שלום", ["The word שלום"]),
        ("שלום is a greeting, it is said at any hour", ["\u200eשלום is a greeting, it is said at any hour"]),
        # A line of isolated names and times has no words of its own: it reads as the answer around it does.
        (
            "What it does, line by line:\n2. \u206815:25\u2069 \u2068תקציב שנשאר\u2069 · \u2068instead of 15:15\u2069",
            [
                "What it does, line by line:\n"
                "\u200e2. \u206815:25\u2069 \u2068תקציב שנשאר\u2069 · \u2068instead of 15:15\u2069"
            ],
        ),
        ("The titles, in order of time:\nיום ראשון", ["The titles, in order of time:\nיום ראשון"]),
        ("write /help or #vip", ["write /\u2060help or #\u2060vip"]),
        ("\n\n", ["…"]),
        ("\u200f\u2060", ["…"]),
        ("", ["…"]),
    ],
)
def test_an_answer(text: str, expected: list[str]) -> None:
    assert plain_message(text) == expected


def test_a_long_answer_is_cut_between_lines_then_between_words_then_anywhere() -> None:
    lines, sentence, solid = "x" * 3000, "word " * 1000, "😀" * 3000
    assert [
        plain_message(f"{lines}\n{lines}"),
        [len(piece) for piece in plain_message(sentence)],
        [len(piece) for piece in plain_message(solid)],
        plain_message(f"**{'b' * 5000}**"),
    ] == [
        [lines, lines],
        [4094, 904],
        [2048, 952],
        [f"<b>{'b' * 4096}</b>", f"<b>{'b' * 904}</b>"],
    ]


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("x" * 4092 + "(dana@crew.org)", "dana@crew.org)"),
        ("x" * 4096 + "/approve", "x/approve"),
        ("x" * 4096 + "#tag", "x#tag"),
        ("x" * 4096 + "$USD", "x$USD"),
        ("x" * 4000 + "/" * 200, "x" + "/" * 200),
    ],
)
def test_a_cut_within_a_word_makes_no_mention_command_or_hashtag_of_its_rest(text: str, rest: str) -> None:
    pieces = plain_message(text)
    assert ("".join(pieces), pieces[1:]) == (text, [rest])


@given(text=long_words)
@settings(max_examples=300)
def test_no_answer_injects_a_tag_or_a_link_or_is_too_long_or_loses_a_letter(text: str) -> None:
    pieces = [read_html(piece) for piece in plain_message(text)]
    assert [piece for piece in pieces if not 0 < piece.length <= 4096 or set(piece.tags) - {"b"}] == []
    said = "\n".join(piece.text for piece in pieces)
    assert re.findall(r"(?<![\w/])[@/#]\w|://", said) == []
    assert _letters(said) == _letters(text) or _letters(text) == ""


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isascii() and letter.isalnum())
