"""The buttons below a card: in which rows they stand, what each does, and which are not there yet."""

from dataclasses import replace

import pytest

from bots.telegram.keyboard import keyboard_of
from core.kernel.cards import Button, Card
from core.kernel.phrases import phrase, verbatim
from tests.unit.telegram.cards import ENGLISH, SUGGESTION

APPROVE = Button("approve", phrase("button-approve"), "primary")
REJECT = Button("reject", phrase("button-reject"), "danger")
EDIT = Button("edit", phrase("button-edit"), "plain")
CHOOSE = Button("choose", verbatim("Choose lines"), "plain")
SHOW = Button("show", phrase("button-show"), "plain")
BACK = Button("menu", phrase("button-back"), "plain")
UNREAD = Button("acknowledge", phrase("button-acknowledge"), "primary")
READ = Button("withdraw", phrase("button-acknowledged"), "primary")
OTHERS = tuple(Button("alternative", verbatim(f"1{n}:00 in Hall C"), "plain", str(n)) for n in range(3))


def rows(card: Card, locale: str = "en", *, is_cut: bool = False) -> list[list[str]]:
    """What the buttons carry, without the suggestion's id, row by row."""
    keyboard = keyboard_of(card, locale, is_cut=is_cut)
    ending = f":{SUGGESTION.hex}"
    return [
        [str(button.callback_data).removesuffix(ending) for button in row]
        for row in (keyboard.inline_keyboard if keyboard else ())
    ]


def card_with(*buttons: Button, **fields: object) -> Card:
    return replace(ENGLISH, buttons=buttons, **fields)  # pyright: ignore[reportArgumentType]


def test_deciding_comes_first_then_what_could_be_instead_then_the_rest_two_in_a_row() -> None:
    card = card_with(APPROVE, REJECT, EDIT, *OTHERS, SHOW)
    assert rows(card) == [
        ["approve", "menu.reject"],
        ["alternative.0"],
        ["alternative.1"],
        ["alternative.2"],
        ["menu.edit", "show"],
    ]


def test_where_nobody_can_approve_what_could_be_instead_comes_before_dismissing() -> None:
    assert rows(card_with(*OTHERS[:2], EDIT, REJECT, SHOW, gesture="none")) == [
        ["alternative.0"],
        ["alternative.1"],
        ["reject"],
        ["menu.edit", "show"],
    ]


def test_a_bundle_asks_which_lines_and_how_it_runs() -> None:
    assert rows(card_with(APPROVE, REJECT, CHOOSE, SHOW)) == [
        ["approve", "menu.reject"],
        ["choose.lines", "choose.mode"],
        ["show"],
    ]


@pytest.mark.parametrize(
    ("card", "expected"),
    [
        (card_with(UNREAD, APPROVE, REJECT, gesture="acknowledge"), [["acknowledge"], ["menu.reject"]]),
        (
            card_with(READ, APPROVE, REJECT, gesture="acknowledge", acknowledged_by=("Dana",)),
            [["withdraw"], ["approve", "menu.reject"]],
        ),
        (card_with(APPROVE, REJECT, gesture="type_word"), [["menu.reject"]]),
        (card_with(REJECT, SHOW, gesture="none"), [["reject"], ["show"]]),
        (card_with(Button("undo", phrase("button-undo"), "plain"), SHOW, gesture="none"), [["undo", "show"]]),
        (card_with(), []),
    ],
)
def test_what_a_gesture_asks_is_done_before_there_is_a_button_to_approve(card: Card, expected: list[list[str]]) -> None:
    assert rows(card) == expected


def test_a_menu_of_reasons_ends_with_none_and_the_way_back() -> None:
    reasons = (
        Button("reject", phrase("reject-not-needed"), "plain", "not_needed"),
        Button("reject", phrase("reject-wrong-time"), "plain", "wrong_time"),
        Button("reject", verbatim("a reason that is rather long"), "plain", "long"),
        Button("reject", phrase("reject-other"), "plain", "other"),
    )
    card = card_with(*reasons, Button("reject", phrase("button-no-reason"), "danger"), BACK)
    assert rows(card) == [
        ["reject.not_needed", "reject.wrong_time"],
        ["reject.long"],
        ["reject.other"],
        ["reject"],
        ["menu"],
    ]


def test_a_menu_of_properties() -> None:
    fields = ("time", "room", "speaker", "title")
    card = card_with(*(Button("edit", verbatim(each), "plain", each) for each in fields), BACK)
    assert rows(card) == [["edit.time", "edit.room"], ["edit.speaker", "edit.title"], ["menu"]]
    assert rows(card, is_cut=True)[-2:] == [["show"], ["menu"]]


def test_what_was_cut_brings_a_button_that_shows_it_once() -> None:
    assert rows(card_with(), is_cut=True) == [["show"]]
    assert rows(card_with(APPROVE, REJECT, SHOW), is_cut=True) == [["approve", "menu.reject"], ["show"]]


def test_green_approves_and_red_rejects() -> None:
    keyboard = keyboard_of(card_with(APPROVE, REJECT, EDIT), "he", is_cut=False)
    assert keyboard is not None
    assert [[button.style for button in row] for row in keyboard.inline_keyboard] == [["success", "danger"], [None]]
