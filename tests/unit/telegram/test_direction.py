"""What a reader of Hebrew sees, by the Unicode bidirectional algorithm of another library (python-bidi)."""

import re

import pytest
from bidi import get_base_level, get_display

from bots.telegram.answer import plain_message
from bots.telegram.render import card_message
from core.kernel.cards import Card, Caution, Change, Fact
from core.kernel.phrases import phrase, verbatim
from tests.unit.telegram.cards import SUGGESTION
from tests.unit.telegram.html_subset import read_html

_UNSEEN = re.compile("[\u200e\u200f\u2066-\u2069]")
CARD = Card(
    suggestion_id=SUGGESTION,
    title=phrase("card-schedule-update", title="Keynote (live)"),
    state="suggested",
    risk="high",
    gesture="none",
    facts=(Fact(phrase("field-room"), verbatim("Hall B (2)")),),
    changes=(Change(phrase("field-when"), verbatim("10:00, 11:00"), verbatim("12:00, 13:00")),),
    warnings=(
        Caution("error", phrase("conflict-room-overlap", room="Hall B", title="Opening!", end="10:30")),
        Caution("warning", verbatim("VIP first")),
    ),
    asked_by=phrase("asked-by", name="Dana", words="move Keynote, please."),
)


def seen(markup: str) -> list[tuple[int, str]]:
    """Return the paragraph level (1 is right to left) and the line as the eye finds it, from left to right."""
    lines = [line for line in read_html(markup).text.split("\n") if line]
    return [(get_base_level(line), _UNSEEN.sub("", str(get_display(line)))) for line in lines]


def mirrored(*parts: str) -> tuple[int, str]:
    """Return a right-to-left line: its parts from right to left, those with Hebrew letters mirrored themselves."""
    return 1, "".join(part[::-1] if re.search("[א-ת]", part) else part for part in reversed(parts))


def test_every_line_of_a_hebrew_card_reads_from_right_to_left_and_keeps_its_values_whole() -> None:
    assert seen(card_message(CARD, "he")[0]) == [
        mirrored("שינוי: ", "Keynote (live)"),
        mirrored("⏳ ממתין להחלטה"),
        mirrored("🟠 סיכון: גבוה"),
        mirrored("מתי"),
        mirrored("מוצע: ", "12:00, 13:00"),
        mirrored("עכשיו: ", "10:00, 11:00"),
        mirrored("אולם: ", "Hall B (2)"),
        mirrored("התנגשויות"),
        mirrored(
            "⛔", " ", "Hall B", " תפוס על ידי ", "Opening!", " עד ", "10:30", ". צריך לבחור שעה אחרת או אולם אחר."
        ),
        mirrored("⚠️"[::-1], " ", "VIP first"),
        mirrored("הבקשה:"),
        mirrored("Dana", ":", " ", "”", "move Keynote, please.", "“"),
    ]


def test_a_hebrew_value_in_an_english_card_does_not_turn_its_line() -> None:
    card = Card(
        suggestion_id=SUGGESTION,
        title=phrase("card-schedule-update", title="פתיחה"),
        state="suggested",
        risk="low",
        gesture="none",
        warnings=(Caution("error", phrase("conflict-room-overlap", room="אולם 2", title="פתיחה!", end="10:30")),),
        footer=(verbatim("פתיחה, in Hall B."),),
    )
    lines = seen(card_message(card, "en")[0])
    assert (lines[0], lines[4:]) == (
        (0, "Change: החיתפ"),
        [
            (0, "⛔ 2 םלוא is taken by !החיתפ until 10:30. Choose another time or room."),
            (0, "החיתפ, in Hall B."),
        ],
    )


def test_twin_without_marks_and_isolates_the_same_card_reads_wrongly() -> None:
    markup = card_message(CARD, "he")[0]
    right, wrong = seen(markup), seen(_UNSEEN.sub("", markup))
    assert [after for before, after in zip(right, wrong, strict=True) if before != after] == [
        mirrored("מוצע: ", "13:00 ,12:00"),
        mirrored("עכשיו: ", "11:00 ,10:00"),
        (0, "⛔ Hall B ידי לע סופת Opening! רחא םלוא וא תרחא העש רוחבל ךירצ .10:30 דע."),
        (0, "⚠️ VIP first"),
        (0, "Dana: ”move Keynote, please.“"),
    ]


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("שלום לכולם, הנה הלוח:\nKeynote באולם הגדול\n- 10:00 פתיחה", [1, 1, 1]),
        ("Here is the agenda of the day:\nפתיחה is in Hall B at ten\nיום ראשון", [0, 0, 1]),
    ],
)
def test_an_answer_reads_in_its_own_direction(text: str, levels: list[int]) -> None:
    assert [level for piece in plain_message(text) for level, _line in seen(piece)] == levels


@pytest.mark.parametrize("letter", ["\ufbc3", "\U00010d4a", "\u08ff\u0870"])
def test_a_letter_newer_than_our_tables_does_not_turn_an_english_line(letter: str) -> None:
    card = Card(
        suggestion_id=SUGGESTION,
        title=verbatim(f"{letter} Keynote"),
        state="suggested",
        risk="low",
        gesture="none",
    )
    assert [level for level, _line in seen(card_message(card, "en")[0])] == [0, 0, 0]
