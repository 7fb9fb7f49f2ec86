"""Which buttons a card has, for whom and when; menus; what is kept of a reason."""

from typing import Any

import pytest

from core.actions.buttons import Reach
from core.actions.card import card_of, is_long
from core.actions.phrasing import alternative_phrase
from core.actions.rejections import REASONS, reason_of, reason_phrase
from core.actions.sayings import TooLong, one_line
from core.actions.suggestion import Suggestion
from core.domains.schedule.describe import describe
from core.kernel.phrases import phrase
from core.kernel.proposals import Impact, Vip
from core.texts import plain, say
from tests.unit.core.test_card import suggestion

PLACE = {"kind": "place", "start": "2031-05-01T11:00:00+00:00", "zone": "Asia/Jerusalem", "room": "Hall C"}
SWAP = {"kind": "swap", "title": "Panel"}
OFFERED = tuple({"action_type": "schedule_update", "args": {}, "label": label} for label in (PLACE, SWAP))
EVERYTHING = Reach(editable={"time": phrase("field-when"), "room": phrase("field-room")}, can_undo=True, is_long=True)


def kinds(given: Suggestion, *, can_decide: bool = True, **more: Any) -> list[tuple[str, str]]:
    card = card_of(given, describe(given.action()), can_decide=can_decide, **more)
    return [(each.verdict, each.choice) for each in card.buttons]


def test_a_blocked_card_offers_what_could_be_done_instead_before_it_is_dismissed() -> None:
    blocked = suggestion(is_blocked=True, risk="high", alternatives=OFFERED)
    assert kinds(blocked, reach=EVERYTHING) == [
        ("alternative", "0"),
        ("alternative", "1"),
        ("edit", ""),
        ("reject", ""),
        ("show", ""),
    ]


def test_alternatives_are_named_by_what_they_are() -> None:
    said = [plain(say(locale, alternative_phrase(label))) for label in (PLACE, SWAP) for locale in ("en", "he")]
    assert said == ["14:00 in Hall C", "בשעה 14:00, Hall C", "Swap with Panel", "החלפה עם Panel"]


@pytest.mark.parametrize("menu", ["reject", "edit", "more"])
def test_a_menu_leads_back_and_is_one_for_those_who_decide_while_it_waits(menu: str) -> None:
    assert kinds(suggestion(), reach=EVERYTHING, menu=menu)[-1] == ("menu", "")
    assert kinds(suggestion(), reach=EVERYTHING, menu=menu, can_decide=False) == [("show", "")]
    assert kinds(suggestion("executed"), reach=EVERYTHING, menu=menu) == [("undo", ""), ("show", "")]


def test_a_menu_with_nothing_in_it_is_none() -> None:
    assert kinds(suggestion(), menu="edit") == kinds(suggestion()) == kinds(suggestion(), menu="drinks")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, False),
        ({"words": "x" * 301}, True),
        ({"words": "x" * 300}, False),
        ({"because": "x" * 301}, True),
        ({"args": {"set": {"title": "x" * 301}}}, True),
        ({"args": {"lines": [{"args": {"set": {"title": "x" * 301}}}]}}, True),
        ({"impact": Impact(vips=tuple(Vip(name=str(number)) for number in range(7)))}, True),
        ({"impact": Impact(vips=(Vip(name="Ruth", note="x" * 301),))}, True),
    ],
)
def test_what_is_more_than_a_card_holds_can_be_opened_in_full(changes: dict[str, Any], expected: bool) -> None:
    assert is_long(suggestion(**changes)) == expected


def test_a_reason_is_said_on_the_card_in_the_readers_language_or_quoted() -> None:
    common = suggestion("rejected", decided_from={"reason": "wrong_time"})
    own = suggestion("rejected", decided_from={"reason": "No. { $budget } <b>!"})
    shown = [card_of(each, describe(each.action()), can_decide=True).outcome for each in (common, own)]
    assert shown[0] is not None
    assert shown[1] is not None
    at = "Thu 1 May at 09:30"
    assert plain(say("en", shown[0])) == f"Rejected by Dana, {at}: wrong time. Nothing was changed."
    assert plain(say("en", shown[1])) == f"Rejected by Dana, {at}: “No. {{ $budget }} <b>!”. Nothing was changed."
    assert say("he", REASONS["wrong_time"]) in say("he", shown[0])


@pytest.mark.parametrize(
    ("choice", "words", "kept"),
    [
        ("", "", ""),
        ("too_late", "", "too_late"),
        ("too_late", "  It  is ", "It is"),
        ("other", "because", "because"),
        ("other", "", phrase("reject-say-why")),
        ("nonsense", "", phrase("decision-unknown")),
        ("nonsense", "but why", "but why"),
        ("", "x" * 301, phrase("reject-too-long", longest=300)),
    ],
)
def test_what_is_kept_of_a_reason(choice: str, words: str, kept: object) -> None:
    assert reason_of(choice, words) == kept


def test_every_common_reason_has_words_in_every_language() -> None:
    said = {say(locale, reason_phrase(code)) for code in REASONS for locale in ("en", "he")}
    assert len(said) == 2 * len(REASONS)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  two\n lines\t", "two lines"),
        ("\u202edlrow\u2066\u200b", "dlrow"),
        ("nul\x00 bell\x07", "nul bell"),
        ("עברית וגם English 👍", "עברית וגם English 👍"),
        ("\ud800", ""),
    ],
)
def test_what_is_typed_becomes_one_visible_line(typed: str, kept: str) -> None:
    assert one_line(typed, 50) == kept


def test_what_is_longer_than_its_room_is_refused() -> None:
    with pytest.raises(TooLong):
        one_line("x" * 51, 50)
