"""A sentence runs the way its own words do, whatever titles and names stand in it."""

import pytest

from core.texts import is_mostly_right_to_left, is_right_to_left, plain_answer

HEBREW_TITLE = "\u2068ניהול קהל באירועים גדולים\u2069"


@pytest.mark.parametrize(
    ("text", "is_rtl"),
    [
        ("Hall A at ten", False),
        ("באולם א בעשר", True),
        ("", False),
        ("10:15", False),
        (f"10:15, Hall A: {HEBREW_TITLE}", False),
        ("Hall A: ניהול קהל באירועים גדולים", True),
        ("\u2068Closing Keynote: What Stays When the Stage Is Gone\u2069 באולם", True),
        (HEBREW_TITLE, True),
        ("\u2068Keynote \u2068ניהול קהל באירועים\u2069\u2069", True),
        ("an end that opens nothing\u2069 is no harm", False),
    ],
)
def test_the_direction_is_that_of_the_words_around_the_names(text: str, is_rtl: bool) -> None:
    assert is_mostly_right_to_left(text) is is_rtl


def test_a_language_has_a_direction() -> None:
    assert (is_right_to_left("he"), is_right_to_left("en")) == (True, False)


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("\u2068Hall B\u2069 is free", "\u2068Hall B\u2069 is free"),
        ("\u200fHall B פנוי", "\u200fHall B פנוי"),
        # An isolate that is not closed, or closed before it is opened, would take what follows with it.
        ("\u2068Hall B is free", "Hall B is free"),
        ("\u2069Hall\u2068 B", "Hall B"),
        ("\u2068Hall\nB\u2069", "Hall\nB"),
        ("Hall \u202eB\u202c\u200b is\U000e0061 free", "Hall B is free"),
        ("\u200f\u2068\u2069 \u200b", ""),
    ],
)
def test_an_answer_keeps_what_holds_its_names_in_place_and_nothing_else_that_is_not_seen(said: str, read: str) -> None:
    assert plain_answer(said) == read
