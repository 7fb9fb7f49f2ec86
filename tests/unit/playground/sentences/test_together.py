"""Several changes in one message, why they are wanted, and asking for them again."""

from dataclasses import replace
from typing import Any

import pytest

from bots.playground.sentences.conversation.plan import respond
from bots.playground.sentences.conversation.talk import Call, Step, Turn, read_texts
from tests.unit.playground.sentences.conversing import (
    CONTEXT,
    NEVER,
    READS,
    TOOLS,
    Conversation,
    answer,
    check,
    visible,
    waiting,
)

_101, LUNCH, SUPPLIERS = "Stage Management 101", "Lunch on the Terrace", "חוזים עם ספקים"


def _moved(session: str, **changes: str) -> Call:
    return Call("update_schedule_item", {"schedule_id": session, "changes": changes})


def _first_reply(said: str) -> str | tuple[Call, ...]:
    return respond([Turn(*read_texts([CONTEXT, f"<message>{said}</message>"], NEVER))], TOOLS, may_call=True)


CANCEL_LUNCH = Call("delete_schedule_item", {"schedule_id": LUNCH})
ARRIVED = Call("update_vendor_status", {"vendor": "Galil Sound", "status": "arrived"})


@pytest.mark.parametrize(
    ("said", "calls"),
    [
        (f"Move {_101} to 14:30 and cancel {LUNCH}", (_moved(_101, start_time="14:30"), CANCEL_LUNCH)),
        (
            f"Move {_101} to 14:30, cancel {LUNCH}, and mark Galil Sound as arrived",
            (_moved(_101, start_time="14:30"), CANCEL_LUNCH, ARRIVED),
        ),
        (f"Cancel {LUNCH}; Galil Sound has arrived", (CANCEL_LUNCH, ARRIVED)),
        (f"Please do this:\n- move {_101} to Hall B\n- cancel {LUNCH}", (_moved(_101, room="Hall B"), CANCEL_LUNCH)),
        (f"1. Cancel {LUNCH}\n2. Mark Galil Sound as arrived.", (CANCEL_LUNCH, ARRIVED)),
        (f"Could you cancel {LUNCH} and mark Galil Sound as arrived, please?", (CANCEL_LUNCH, ARRIVED)),
        (
            f"Move {_101} to 14:30 and rename it to Stage Work",
            (_moved(_101, start_time="14:30"), _moved(_101, title="Stage Work")),
        ),
        (f"העבר את {SUPPLIERS} לאולם ג ובטל את {LUNCH}", (_moved(SUPPLIERS, room="Hall C"), CANCEL_LUNCH)),
        (
            f"תעבירי את {SUPPLIERS} לאולם ג, תבטלי את {LUNCH} וסמני את Galil Sound כהגיע",
            (_moved(SUPPLIERS, room="Hall C"), CANCEL_LUNCH, ARRIVED),
        ),
        (
            f"אפשר להעביר את {SUPPLIERS} ל-14:30 ולבטל את {LUNCH}?",
            (_moved(SUPPLIERS, start_time="14:30"), CANCEL_LUNCH),
        ),
        (f"בבקשה:\n• בטל את {LUNCH}\n• Galil Sound הגיעו", (CANCEL_LUNCH, ARRIVED)),
    ],
)
def test_several_changes_are_several_calls_of_one_reply(said: str, calls: tuple[Call, ...]) -> None:
    assert _first_reply(said) == calls


@pytest.mark.parametrize(
    ("said", "calls"),
    [
        ('Move "Lock and Move" to 14:30', (_moved("Lock and Move", start_time="14:30"),)),
        ("Move Doors and Locks to 14:30", (_moved("Doors and Locks", start_time="14:30"),)),
        (
            "Add checklist items: cables; badges",
            (Call("add_checklist_items", {"items": [{"title": "cables"}, {"title": "badges"}]}),),
        ),
        (
            "Add to the checklist:\n- cables\n- badges",
            (Call("add_checklist_items", {"items": [{"title": "cables"}, {"title": "badges"}]}),),
        ),
    ],
)
def test_what_belongs_together_is_not_taken_apart(said: str, calls: tuple[Call, ...]) -> None:
    assert _first_reply(said) == calls


def test_what_must_be_read_is_read_first_so_that_the_changes_come_in_one_reply() -> None:
    said = f"Postpone {_101} by 30 minutes and cancel {LUNCH}"
    assert _first_reply(said) == (Call("get_session", {"session": _101}),)
    calls, words = Conversation().say(said)
    moved = Call("update_schedule_item", {"schedule_id": "s1", "changes": {"start_time": "2026-05-05T10:00"}})
    assert calls == [Call("get_session", {"session": _101}), moved, CANCEL_LUNCH]
    assert words == (
        "I suggested 2 changes. Nothing has changed; they wait for approval.\n"
        "- Stage Management 101\n"
        "- Lunch on the Terrace"
    )


def test_one_card_for_all_is_called_so_and_what_was_refused_is_said() -> None:
    def refusing(call: Call) -> dict[str, Any]:
        check(call)
        if call.name == "check_in_participant":
            return {"status": "refused", "why": "I find nobody of that name."}
        return waiting(call.name, "Lunch") | {
            "one_suggestion_together_with": ["Galil Sound"],
            "affected_participants": 2,
        }

    said = f"Cancel {LUNCH}; mark Galil Sound as arrived; check in Nobody"
    assert Conversation(answers=refusing).say(said)[1] == (
        "I made one suggestion of 2 changes. Nothing has changed; it waits for approval on its card.\n"
        "- Lunch: 2 registered people are affected.\n"
        "- Lunch: 2 registered people are affected.\n"
        "I find nobody of that name."
    )


def test_a_viewer_hears_once_that_nothing_can_be_changed() -> None:
    assert Conversation(tools=READS).say(f"Cancel {LUNCH} and mark Galil Sound as arrived") == (
        [],
        "You can look at everything here, and not change it. Please ask a manager.",
    )


@pytest.mark.parametrize(
    ("said", "because"),
    [
        (f"Move {_101} to 14:30 because the speaker is late", "the speaker is late"),
        (f"Move {_101} to 14:30 due to rain", "rain"),
        (f"Because of the rain, move {_101} to 14:30", "the rain"),
        (f"העבר את {_101} ל-14:30 כי הדובר מאחר", "הדובר מאחר"),
        (f"העבירי את {_101} ל-14:30 בגלל הגשם", "הגשם"),
        (f"בגלל הגשם, העבר את {_101} ל-14:30", "הגשם"),
    ],
)
def test_a_reason_goes_along(said: str, because: str) -> None:
    moved = _moved(_101, start_time="14:30")
    assert _first_reply(said) == (Call(moved.name, {**moved.args, "because": because}),)


def test_a_reason_at_the_end_holds_for_all_changes_of_a_sentence() -> None:
    assert _first_reply(f"Cancel {LUNCH} and mark Galil Sound as arrived because it rains") == (
        Call("delete_schedule_item", {"schedule_id": LUNCH, "reason": "it rains", "because": "it rains"}),
        Call(ARRIVED.name, {**ARRIVED.args, "because": "it rains"}),
    )


@pytest.mark.parametrize(
    "said",
    [
        f"Move {_101} to 14:30 again",
        f"Again: move {_101} to 14:30",
        f"העבר שוב את {_101} ל-14:30",
        f"שוב, העבירי את {_101} ל-14:30",
        f"תעביר את {_101} ל-14:30 בכל זאת",
    ],
)
def test_asking_again_is_said_to_the_tool(said: str) -> None:
    moved = _moved(_101, start_time="14:30")
    assert _first_reply(said) == (Call(moved.name, {**moved.args, "asked_again": True}),)


@pytest.mark.parametrize(("first", "then"), [(f"Move {_101} to 14:30", "Again"), (f"העבר את {_101} ל-14:30", "שוב")])
def test_again_alone_asks_for_the_last_change_once_more(first: str, then: str) -> None:
    conversation, moved = Conversation(), _moved(_101, start_time="14:30")
    assert conversation.say(first)[0] == [moved]
    assert conversation.say(then)[0] == [Call(moved.name, {**moved.args, "asked_again": True})]


def test_again_without_anything_before_asks_for_the_request() -> None:
    assert Conversation().say("שוב") == ([], "לא ברור לי מה לבקש שוב. נא לכתוב את הבקשה המלאה.")


def test_what_a_tool_does_not_declare_is_not_sent() -> None:
    plain = {name: arguments - {"because", "asked_again"} for name, arguments in TOOLS.items()}
    calls, _ = Conversation(tools=plain).say(f"Move {_101} to 14:30 again because it rains")
    assert calls == [_moved(_101, start_time="14:30")]


def test_of_several_changes_the_one_that_was_asked_back_about_is_chosen_for() -> None:
    conversation = Conversation()
    asked = conversation.say(f"Cancel {LUNCH} and move Stage Management to 14:30")[1]
    assert asked.splitlines()[-2:] == [
        "1. Stage Management 101, Tuesday, May 5 at 09:30, Hall C",
        "2. Stage Management for Festivals, Tuesday, May 5 at 10:30, Hall C",
    ]
    assert conversation.say("The second one")[0] == [_moved("s2", start_time="14:30")]


NAMESAKES = [
    {"id": "p1", "name": "Laura Ellis", "email": "laura@example.net"},
    {"id": "p2", "name": "Laura Ellis", "email": "ellis@example.net"},
]


def test_of_two_people_of_one_name_one_is_chosen() -> None:
    def unsure(call: Call) -> dict[str, Any]:
        if call.args.get("participant") == "Laura Ellis":
            return {"status": "refused", "why": "Whom do you mean?", "candidates": NAMESAKES}
        return answer(call)

    conversation = Conversation(answers=unsure)
    assert conversation.say(f"Register Laura Ellis for {LUNCH}")[1] == (
        "Which one do you mean?\n1. Laura Ellis, laura@example.net\n2. Laura Ellis, ellis@example.net"
    )
    assert conversation.say("the first one")[0] == [Call("assign_participant", {"participant": "p1", "session": LUNCH})]


@pytest.mark.parametrize(
    ("first", "then", "call"),
    [
        ("What is Laura Ellis registered for?", "Check her in", Call("check_in_participant", {"participant": "p1"})),
        ("לאן רשומה Laura Ellis?", "סמן אותה כאח״מ", Call("set_vip", {"participant": "p1", "is_vip": True})),
        ("Check him in", "Ian Archer", Call("check_in_participant", {"participant": "Ian Archer"})),
        (f"Cancel {LUNCH}", "Explain the suggestion", Call("explain_suggestion", {"suggestion": "x"})),
        ("מה מחכה לאישור?", "הסבר את ההצעה", Call("explain_suggestion", {"suggestion": "g1"})),
    ],
)
def test_people_and_suggestions_can_be_pointed_at(first: str, then: str, call: Call) -> None:
    conversation = Conversation()
    conversation.say(first)
    assert conversation.say(then)[0] == [call]


def test_a_turn_goes_on_after_a_lost_answer_without_calling_twice() -> None:
    said = f"Cancel {LUNCH} and mark Galil Sound as arrived"
    turn = Turn(*read_texts([CONTEXT, f"<message>{said}</message>"], NEVER))
    done = replace(turn, steps=(Step(CANCEL_LUNCH, waiting("delete_schedule_item", "Lunch")),))
    assert respond([done], TOOLS, may_call=True) == (ARRIVED,)
    both = replace(done, steps=(*done.steps, Step(ARRIVED, waiting("update_vendor_status", "Galil Sound"))))
    words = respond([both], TOOLS, may_call=True)
    assert isinstance(words, str)
    assert visible(words).splitlines()[1:] == ["- Lunch", "- Galil Sound"]


def test_what_was_done_at_once_is_not_said_to_wait() -> None:
    def at_once(call: Call) -> dict[str, Any]:
        check(call)
        return waiting(call.name, "Lunch") | {"status": "done_at_once"}

    said = Conversation(answers=at_once).say(f"Cancel {LUNCH}")[1]
    assert said.translate({0x2068: None, 0x2069: None}) == (
        "This is done at once, as the rules of your organisation allow: Lunch."
    )
    both = Conversation(answers=at_once).say(f"Cancel {LUNCH}; mark Galil Sound as arrived")[1]
    assert both.startswith("2 changes are done at once, as the rules of your organisation allow.\n- Lunch")
