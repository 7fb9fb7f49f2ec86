"""A card says what will run, what speaks against it, and what happened; in every state."""

from dataclasses import fields as dataclass_fields
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from core.actions.card import card_of
from core.actions.parts import ORDER, Changes, Footer, Line, Listing, in_full, on_a_card, parts_of
from core.actions.phrasing import in_one_line, what_changes
from core.actions.suggestion import Request, Review, Rival, Rivals, Suggestion
from core.domains.schedule.describe import describe
from core.kernel.cards import Abilities, Card, Status
from core.kernel.phrases import Phrase, phrase, verbatim
from core.kernel.proposals import Conflict, Impact, Item, Vip
from core.texts import say

BEFORE: dict[str, Any] = {
    "id": str(UUID(int=5)),
    "title": "Keynote",
    "room": "Hall A",
    "speaker_name": "Dana",
    "max_capacity": None,
    "start_time": "2031-05-01T07:00:00+00:00",
    "end_time": "2031-05-01T08:00:00+00:00",
}
AT = datetime(2031, 5, 1, 6, 30, tzinfo=UTC)


def suggestion(status: Status = "suggested", **changes: Any) -> Suggestion:
    fields: dict[str, Any] = {
        "id": UUID(int=1),
        "organization_id": UUID(int=2),
        "user_id": UUID(int=3),
        "asker_name": "Noa",
        "words": "move the keynote",
        "is_renewed": False,
        "event_id": UUID(int=4),
        "action_type": "schedule_update",
        "args": {"event_id": "4", "schedule_id": "5", "set": {"room": "Hall B"}},
        "effect": "update",
        "zone": "Asia/Jerusalem",
        "before": BEFORE,
        "conflicts": (),
        "impact": Impact(),
        "facts_digest": "d",
        "shown_hash": "h",
        "risk": "low",
        "is_blocked": False,
        "deadline": AT,
        "status": status,
        "decided_at": None if status in {"suggested", "expired"} else AT,
        "decider_name": None if status in {"suggested", "expired"} else "Dana",
        "execution_error": None,
        "superseded_by": None,
        "origin": None,
        "correlation_id": UUID(int=6),
        "message_id": None,
    }
    return suggestion_of(**{**fields, **changes})


def suggestion_of(**fields: Any) -> Suggestion:
    """Return a suggestion whose request, review and own values are given together."""

    def taken(of: type[Any]) -> dict[str, Any]:
        return {each.name: fields.pop(each.name) for each in dataclass_fields(of) if each.name in fields}

    return Suggestion(request=Request(**taken(Request)), review=Review(**taken(Review)), **fields)


def card(given: Suggestion, *, can_decide: bool = True) -> Card:
    return card_of(given, describe(given.action()), can_decide=can_decide)


def said(words: Phrase | None, locale: str = "en") -> str:
    assert words is not None
    return say(locale, words).translate({0x2068: None, 0x2069: None, 0x200F: None})


def test_an_update_shows_each_property_now_and_as_proposed() -> None:
    shown = card(suggestion())
    assert said(shown.title) == "Change: Keynote"
    assert [(said(each.label), said(each.now), said(each.proposed)) for each in shown.changes] == [
        ("Room", "Hall A", "Hall B")
    ]
    assert [(said(each.label), said(each.value)) for each in shown.facts] == [("When", "Thu 1 May · 10:00 to 11:00")]
    assert said(shown.asked_by) == "Noa: “move the keynote”"
    assert [each.verdict for each in shown.buttons] == ["approve", "reject", "show"]


def test_the_two_sides_of_a_change_are_called_by_what_became_of_it() -> None:
    """Once it is taken back, neither side is what it was called when it was done."""
    done = suggestion("executed")
    told = [card(suggestion()), card(done), card(replace(done, taken_back=suggestion("executed", undoes=done.id)))]
    assert [
        [(said(part.after), said(part.before)) for part in parts_of(each, ORDER) if isinstance(part, Changes)]
        for each in told
    ] == [[("Proposed", "Now")], [("Now", "Before")], [("Taken back", "Restored")]]


def test_everything_in_full_has_each_part_of_the_card_and_what_else_there_is_to_know() -> None:
    risky = suggestion(risk="high", impact=Impact(affected_participants=9))
    shown = card(risky, can_decide=False)
    told = [(verbatim("Noa will read:"), verbatim("done"))]
    on_card, full = list(on_a_card(shown, Abilities())), list(in_full(shown, told))
    # The footer has a heading there, and how to approve is for the card alone.
    assert [part for part in on_card if part not in full] == [Footer(shown.footer)]
    assert [part for part in full if part not in on_card] == [
        Listing("told", verbatim("Noa will read:"), (Line(verbatim("done")),)),
        Listing("footer", phrase("card-footer"), tuple(Line(each, "•") for each in shown.footer)),
    ]


def test_a_create_and_a_delete_show_the_whole_session() -> None:
    created = suggestion(
        action_type="schedule_create",
        effect="create",
        before=None,
        args={"event_id": "4", "new_id": "7", "set": {**BEFORE, "max_capacity": 40}},
    )
    assert said(card(created).title) == "New session: Keynote"
    assert [said(each.value) for each in card(created).facts] == [
        "Thu 1 May · 10:00 to 11:00",
        "Hall A",
        "Dana",
        "40",
    ]
    deleted = suggestion(
        action_type="schedule_delete", effect="delete", args={"event_id": "4", "schedule_id": "5", "reason": "storm"}
    )
    assert said(card(deleted).title) == "Remove: Keynote"
    assert [said(each.value) for each in card(deleted).facts][-1] == "storm"


def test_what_runs_is_what_is_shown() -> None:
    """The description is made from the arguments that will run: another argument is another card."""
    other = suggestion(args={"event_id": "4", "schedule_id": "5", "set": {"room": "Hall C"}})
    assert card(other).changes != card(suggestion()).changes


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        ("executed", "Approved by Dana, Thu 1 May at 09:30."),
        ("rejected", "Rejected by Dana, Thu 1 May at 09:30. Nothing was changed."),
        (
            "failed",
            "Could not be done, and nothing was changed. Dana, Thu 1 May at 09:30. Please ask again.",
        ),
        (
            "expired",
            "Nobody decided by Thu 1 May at 09:30. Nothing was changed; ask again if it is still wanted.",
        ),
        ("superseded", "Replaced by a newer suggestion. Nothing was changed by this one."),
    ],
)
def test_a_decided_card_says_what_happened_and_has_no_buttons(status: Status, outcome: str) -> None:
    shown = card(suggestion(status))
    assert said(shown.outcome) == outcome
    assert (shown.state, shown.buttons, shown.gesture, shown.footer) == (status, (), "none", ())


@pytest.mark.parametrize(("blocked", "named"), [(True, 0), (False, 1)])
def test_a_card_that_nobody_can_approve_takes_nothing_from_others(*, blocked: bool, named: int) -> None:
    rival = Rival(UUID(int=9), verbatim("Change: Keynote"), (), "Tom")
    assert len(card(suggestion(is_blocked=blocked, rivals=Rivals((rival.id,), (rival,)))).rivals) == named


def test_a_blocked_card_can_only_be_dismissed_and_says_what_to_do() -> None:
    item = Item(id=UUID(int=9), title="Panel", start_time=AT, end_time=AT, room="Hall B")
    blocked = suggestion(
        is_blocked=True, risk="high", conflicts=(Conflict(kind="room_overlap", severity="error", item=item),)
    )
    shown = card(blocked)
    assert [each.verdict for each in shown.buttons] == ["reject", "show"]
    assert shown.gesture == "none"
    assert said(shown.notice).startswith("This cannot be approved as it stands.")
    assert [said(each.text) for each in shown.warnings] == [
        "Hall B is taken by Panel until Thu 1 May at 09:30. Choose another time or room."
    ]


def test_who_may_not_decide_gets_the_card_without_buttons() -> None:
    assert card(suggestion(), can_decide=False).buttons == ()


def test_people_and_vips_are_told_by_name_and_note() -> None:
    touched = suggestion(
        impact=Impact(affected_participants=1, vips=(Vip(name="Ruth", note="front row"), Vip(name="Eli")))
    )
    assert [said(each) for each in card(touched).impact] == [
        "One registered person is affected.",
        "VIP: Ruth (front row)",
        "VIP: Eli",
    ]


def test_a_renewed_card_says_why_it_is_there() -> None:
    assert said(card(suggestion(is_renewed=True)).notice).startswith("The agenda changed after the first suggestion.")


def test_long_words_of_the_asker_are_cut() -> None:
    shown = said(card(suggestion(words="x" * 5000)).asked_by)
    assert len(shown) < 700
    assert shown.endswith("…”")


TIMES = {"start_time": "2031-05-01T08:30:00+00:00", "end_time": "2031-05-01T09:30:00+00:00"}
NEXT_DAY = {"start_time": "2031-05-02T08:30:00+00:00", "end_time": "2031-05-02T09:30:00+00:00"}


def one_line(given: Suggestion) -> str:
    shown = card(given)
    return said(in_one_line(*what_changes(shown.changes, shown.facts)))


@pytest.mark.parametrize(
    ("wanted", "line"),
    [
        (TIMES, "Thu 1 May · 11:30 to 12:30 instead of 10:00 to 11:00 · Hall A"),
        (NEXT_DAY, "Fri 2 May · 11:30 to 12:30 instead of Thu 1 May · 10:00 to 11:00 · Hall A"),
        (
            {**TIMES, "room": "Hall B"},
            "Thu 1 May · 11:30 to 12:30 instead of 10:00 to 11:00 · Hall B instead of Hall A",
        ),
        ({"room": "Hall B"}, "Hall B instead of Hall A · Thu 1 May · 10:00 to 11:00"),
        (
            {"max_capacity": 40, "title": "Opening"},
            "Title: Opening instead of Keynote · Places: 40 · Thu 1 May · 10:00 to 11:00 · Hall A",
        ),
    ],
)
def test_a_change_is_said_on_one_line_from_and_to_the_change_first(wanted: dict[str, Any], line: str) -> None:
    args = {"event_id": "4", "schedule_id": "5", "set": wanted}
    assert one_line(suggestion(args=args)) == line
    # It is true whatever became of it.
    assert one_line(suggestion("executed", args=args)) == line


def test_a_hebrew_change_reads_as_one_line_too() -> None:
    shown = card(suggestion(args={"event_id": "4", "schedule_id": "5", "set": TIMES}))
    line = in_one_line(*what_changes(shown.changes, shown.facts))
    assert said(line, "he") == "יום ה׳, 1 במאי · 11:30 עד 12:30 במקום 10:00 עד 11:00 · Hall A"


def test_what_takes_something_back_is_not_called_like_it() -> None:
    done, back = card(suggestion("executed")), card(suggestion(undoes=UUID(int=1)))
    assert [said(each.title) for each in (done, back)] == ["Change: Keynote", "Undo · Change: Keynote"]


def test_two_who_approved_are_both_named() -> None:
    both = suggestion("executed", decided_from={"approvers": ["Noa", "Dana"]})
    assert said(card(both).outcome) == "Approved by Noa and Dana, Thu 1 May at 09:30."


@pytest.mark.parametrize(
    ("who", "english", "hebrew"),
    [
        (
            "Maya Golan",
            "Maya Golan also speaks in Panel, which starts Thu 1 May at 09:30.",
            "Maya Golan ברשימת הדוברים גם במושב Panel, שמתחיל יום ה׳, 1 במאי בשעה 09:30.",
        ),
        (
            "Maya Golan, Rachel Dahan",
            "Maya Golan and Rachel Dahan also speak in Panel, which starts Thu 1 May at 09:30.",
            "Maya Golan ו־Rachel Dahan ברשימת הדוברים גם במושב Panel, שמתחיל יום ה׳, 1 במאי בשעה 09:30.",
        ),
        (
            "Maya Golan, Rachel Dahan, נועה",
            "Maya Golan, Rachel Dahan, and נועה also speak in Panel, which starts Thu 1 May at 09:30.",
            "Maya Golan, Rachel Dahan ונועה ברשימת הדוברים גם במושב Panel, שמתחיל יום ה׳, 1 במאי בשעה 09:30.",
        ),
    ],
)
def test_whoever_stands_in_both_sessions_is_named_in_the_words_of_one_or_many(
    who: str, english: str, hebrew: str
) -> None:
    panel = Item(id=UUID(int=6), title="Panel", room=None, speaker_name=who, start_time=AT, end_time=AT)
    details: dict[str, str | int] = {"speaker": who, "people": len(who.split(", "))}
    clash = Conflict(kind="speaker_overlap", severity="warning", item=panel, details=details)
    shown = card(suggestion(conflicts=(clash,)))
    assert [said(each.text) for each in shown.warnings] == [english]
    assert [said(each.text, "he") for each in shown.warnings] == [hebrew]
