"""A sentence runs the way its own words do, whatever titles and names stand in it."""

import pytest

from core.texts import is_mostly_right_to_left, is_right_to_left

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
