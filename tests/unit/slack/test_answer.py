"""The assistant's own words: no marks, no injection, pieces that fit and lose nothing."""

import re

import pytest
from hypothesis import given, settings

from bots.slack.answer import LONGEST_MESSAGE, plain_message
from tests.unit.slack.cards import long_words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain & <!channel>", ["plain &amp; &lt;!channel&gt;"]),
        ("**Hall B** at **10**", ["Hall B at 10"]),
        ("## Friday\n- one\n  * two **2**", ["Friday\n• one\n  • two 2"]),
        ("**<@U1>** and ** not bold ** and **open", ["&lt;@U1&gt; and ** not bold ** and **open"]),
        ("**a\nb**", ["**a\nb**"]),
        ("2 * 3 * 4 = 24", ["2 * 3 * 4 = 24"]),
        ("שלום\nKeynote באולם", ["\u200fשלום\n\u200fKeynote באולם"]),
        ("- **10:00** פתיחה\n\nסוף", ["\u200f• 10:00 פתיחה\n\n\u200fסוף"]),
        ("The word שלום", ["The word שלום"]),
        ("nul \0 and half \ud83d", ["nul  and half \ufffd"]),
        # A name at its beginning turns no line of an English answer; a line of Hebrew keeps its own way.
        ("It waits.\n\u05e6\u05d1\u05d9 is also in Panel.", ["It waits.\n\u200e\u05e6\u05d1\u05d9 is also in Panel."]),
        ("The title of the session is:\nפתיחה", ["The title of the session is:\nפתיחה"]),
        ("\n\n", ["…"]),
        ("\u200f\u2060", ["…"]),
        ("", ["…"]),
    ],
)
def test_an_answer(text: str, expected: list[str]) -> None:
    assert plain_message(text) == expected


def test_a_long_answer_is_cut_between_lines_then_between_words_then_anywhere() -> None:
    lines, sentence, solid = "x" * 3000, "word " * 1000, "😀" * 6000
    assert [
        plain_message(f"{lines}\n{lines}"),
        [len(piece) for piece in plain_message(sentence)],
        [len(piece) for piece in plain_message(solid)],
        [len(piece) for piece in plain_message("&" * 1000)],
        plain_message(" " * 9000 + "end"),
    ] == [
        [lines, lines],
        [3999, 999],
        [4000, 2000],
        [4000, 1000],
        ["end"],
    ]


@given(text=long_words)
@settings(max_examples=300)
def test_no_answer_injects_anything_or_is_too_long_or_loses_a_letter(text: str) -> None:
    pieces = plain_message(text)
    assert [piece for piece in pieces if not 0 < len(piece) <= LONGEST_MESSAGE] == []
    assert [re.findall(r"[<>]|&(?!(?:amp|lt|gt);)", piece) for piece in pieces] == [[]] * len(pieces)
    said = re.sub("&(amp|lt|gt);", "", "\n".join(pieces))
    assert _letters(said) == _letters(text) or _letters(text) == ""


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isascii() and letter.isalnum())
