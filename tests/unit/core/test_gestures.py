"""What a person must do to approve: graded by the risk, bound to what was shown, checked by code."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from core.actions.card import card_of
from core.actions.gestures import Evidence, consequences, gesture_for, is_an_attempt, is_the_word, missing, word_to_type
from core.actions.suggestion import Suggestion
from core.domains.schedule.describe import describe
from core.kernel.cards import Gesture, Risk
from core.kernel.phrases import phrase, verbatim
from core.kernel.proposals import Conflict, Impact, Vip
from core.texts import LOCALES, say
from tests.unit.core.test_card import suggestion

RISKS: list[tuple[Risk, Gesture]] = [
    ("low", "confirm"),
    ("medium", "approve_reject"),
    ("high", "acknowledge"),
    ("critical", "type_word"),
]
DANA, ADAM = Vip(name="Dana", note="Needs a ramp"), Vip(name="Adam")
FULL = Conflict(kind="capacity_overflow", severity="warning", details={"registered": 9, "capacity": 5})
FIRST = phrase("gesture-acknowledge-first")


def high(**changes: Any) -> Suggestion:
    impact = Impact(affected_participants=9, vips=(DANA, ADAM))
    fields: dict[str, Any] = {"risk": "high", "impact": impact, "conflicts": (FULL,)}
    return suggestion(**{**fields, **changes})


def critical(registered: int = 9, **changes: Any) -> Suggestion:
    gone: dict[str, Any] = {"action_type": "schedule_delete", "effect": "delete", "args": {"event_id": "4"}}
    fields: dict[str, Any] = {"risk": "critical", "impact": Impact(affected_participants=registered)}
    return suggestion(**{**fields, **gone, **changes})


@pytest.mark.parametrize(("risk", "gesture"), RISKS)
def test_the_risk_decides_the_gesture(risk: Risk, gesture: Gesture) -> None:
    assert gesture_for(risk, blocked=False) == gesture
    assert gesture_for(risk, blocked=True) == "none"


def test_each_consequence_is_acknowledged_by_itself() -> None:
    assert consequences(high()) == (
        phrase("impact-registered", count=9),
        phrase("impact-vip-note", name="Dana", note="Needs a ramp"),
        phrase("impact-vip", name="Adam"),
        phrase("conflict-capacity-overflow", registered=9, capacity=5),
    )
    assert consequences(high(impact=Impact(), conflicts=())) == (phrase("consequence-at-once"),)


def test_many_vips_are_one_consequence_that_names_each_of_them() -> None:
    names = tuple(f"Guest {number}" for number in range(8))
    impact = Impact(affected_participants=9, vips=tuple(Vip(name=name, note="Note") for name in names))
    assert consequences(high(impact=impact, conflicts=())) == (
        phrase("impact-registered", count=9),
        phrase("consequence-vips", names=names, count=8),
    )


@pytest.mark.parametrize(
    ("evidence", "told"),
    [
        ({"read": "0,1,2,3", "shown": "h"}, None),
        ({"read": "3,2,1,0", "shown": "h"}, None),
        ({"read": "0,1,2", "shown": "h"}, FIRST),
        ({"read": "0,1,2,3", "shown": "another"}, FIRST),
        ({"read": "0,1,2,3"}, FIRST),
        ({"shown": "h"}, FIRST),
        ({}, FIRST),
    ],
)
def test_all_boxes_of_the_card_as_it_is_have_to_be_ticked(evidence: Evidence, told: object) -> None:
    assert missing(high(), evidence, has_acknowledged=False) == told


def test_who_acknowledged_before_need_not_tick_again() -> None:
    assert missing(high(), {}, has_acknowledged=True) is None


@pytest.mark.parametrize("risk", ["low", "medium"])
def test_what_is_not_risky_asks_for_nothing_more(risk: Risk) -> None:
    assert missing(suggestion(risk=risk), {}, has_acknowledged=False) is None


@pytest.mark.parametrize("typed", ["DELETE", "delete", " Delete ", "מחק", "“מחק”", "\u200fמחק", "ｄｅｌｅｔｅ"])
def test_the_word_counts_in_every_language_case_and_width(typed: str) -> None:
    assert missing(critical(), {"word": typed}, has_acknowledged=False) is None


@pytest.mark.parametrize("typed", ["", "yes", "DELET", "DELETE it", "d e l e t e", "CONFIRM", "Keynote"])
def test_another_word_is_told_the_right_one(typed: str) -> None:
    wanted = phrase("gesture-word", word=phrase("word-delete"))
    assert missing(critical(), {"word": typed}, has_acknowledged=False) == wanted
    assert missing(critical(), {"word": typed}, has_acknowledged=True) == wanted


def test_the_largest_are_approved_by_their_name() -> None:
    assert word_to_type(critical(99)) == phrase("word-delete")
    assert word_to_type(critical(100)) == verbatim("Keynote")
    assert missing(critical(100), {"word": " KEYNOTE "}, has_acknowledged=False) is None
    assert missing(critical(100), {"word": "DELETE"}, has_acknowledged=False) is not None
    assert word_to_type(suggestion(risk="critical")) == phrase("word-confirm")


@pytest.mark.parametrize(
    ("typed", "attempts"),
    [("DELETE", True), ("delet", True), ("no", True), ("why should I do this now", False), ("really?", False)],
)
def test_a_question_about_the_card_is_no_attempt(typed: str, attempts: bool) -> None:
    assert is_an_attempt(critical(), typed) is attempts


def test_the_card_carries_what_its_gesture_needs() -> None:
    shown = card_of(high(), describe(high().action()), can_decide=True)
    assert (shown.gesture, len(shown.consequences), shown.word, shown.shown_hash) == ("acknowledge", 4, None, "h")
    assert [button.verdict for button in shown.buttons] == ["acknowledge", "approve", "reject", "show"]
    read = high(acknowledged_by=("Dana",))
    shown = card_of(read, describe(read.action()), can_decide=True)
    assert [button.verdict for button in shown.buttons] == ["withdraw", "approve", "reject", "show"]
    assert shown.footer[0] == phrase("gesture-read-by", names=("Dana",))
    gone = critical(before={**(high().request.before or {}), "id": str(UUID(int=5))})
    shown = card_of(gone, describe(gone.action()), can_decide=True)
    assert (shown.gesture, shown.consequences, shown.word) == ("type_word", (), phrase("word-delete"))
    assert shown.impact[0] == phrase("consequence-gone")


@pytest.mark.parametrize(
    ("title", "typed"),
    [
        ("Can't Stop -- Encore", "Can’t Stop — Encore"),
        ('Tom\'s "Late" Show', "Tom’s “Late” Show"),
        ("Tom's ''Late'' Show", "tom´s „late‟ show"),
        ('חזרה גנרלית - תש"פ', "חזרה גנרלית – תש״פ"),
        ('חזרה גנרלית - תש"פ', "חֲזָרָה גנרלית ־ תש”פ"),
        ("ג'ז בחצר...", "ג׳ז בחצר…"),
        ("Rock & Roll", "Ｒｏｃｋ\u00a0＆\u202fRoll"),
        ("❤️ Café", "❤ Cafe\u0301"),
    ],
)
def test_a_title_is_the_word_whatever_marks_a_phone_writes_for_it(title: str, typed: str) -> None:
    found = critical(registered=500, before={"title": title})
    assert (is_the_word(found, typed), is_the_word(found, f"{typed} x")) == (True, False)


def test_the_database_knows_the_words_of_every_language() -> None:
    text = (Path(__file__).parents[3] / "migrations" / "functions" / "decisions.sql").read_text("utf-8")
    words = {say(locale, phrase(word)).casefold() for locale in LOCALES for word in ("word-delete", "word-confirm")}
    assert {word for word in words if f"'{word}'" in text} == words
