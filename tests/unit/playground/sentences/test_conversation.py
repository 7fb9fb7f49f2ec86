"""Whole conversations with the stand-in over a small agenda: what it says in the end."""

import pytest

from bots.playground.config import Example
from bots.playground.people import slack_person, telegram_person
from bots.playground.sentences import EXAMPLES
from bots.playground.sentences.conversation.plan import respond
from bots.playground.sentences.conversation.talk import Call, Step, Turn, read_texts
from tests.unit.playground.sentences.conversing import (
    CONTEXT,
    NEVER,
    READS,
    TOOLS,
    Conversation,
    is_lost,
    visible,
    waiting,
)


@pytest.mark.parametrize("said", ["Tell me a joke", "ספר לי בדיחה", "How old is the universe?", "x" * 5000, "אבגד"])
def test_anything_else_is_answered_honestly_with_three_examples_of_the_set(said: str) -> None:
    calls, words = Conversation().say(said)
    told, *examples = words.splitlines()
    assert (calls, is_lost(told), len(examples)) == ([], True, 3)
    assert [is_lost(Conversation().say(example)[1]) for example in examples] == [False] * 3


def test_an_answer_is_in_the_language_of_the_question_whatever_the_titles_are() -> None:
    assert Conversation().say("When is חוזים עם ספקים?")[1].splitlines()[:2] == [
        "חוזים עם ספקים: Tuesday, May 5, 10:30 to 11:15, Hall B, עידו רז",
        "2 people are registered, 80 places",
    ]
    assert Conversation().say("מתי Stage Management 101?")[1].splitlines()[:2] == [
        "Stage Management 101: יום שלישי, 5 במאי, 09:30 עד 10:15, Hall C, Lior Peled",
        "שני אנשים רשומים, 80 מקומות",
    ]


def test_an_agenda_is_listed_by_day_and_cut_to_what_was_asked() -> None:
    assert Conversation().say("What's on tomorrow after 10:00 in Hall C?")[1] == (
        "Tuesday, May 5:\n10:30 to 11:15, Hall C: Stage Management for Festivals, Rachel Dahan"
    )
    assert Conversation().say("What's on in Hall A at ten?")[1] == ("I find nothing for Tuesday, May 5, Hall A, 10:00.")


def test_a_day_outside_the_event_is_answered_with_the_events_days() -> None:
    assert Conversation().say("What is on in Hall A today?")[1] == (
        "I find nothing for Monday, May 4, Hall A.\nStagecraft Conference runs from Tuesday, May 5 to Wednesday, May 6."
    )


def test_a_session_is_told_with_its_vips_and_their_notes() -> None:
    assert Conversation().say("Tell me about Stage Management 101")[1] == (
        "Stage Management 101: Tuesday, May 5, 09:30 to 10:15, Hall C, Lior Peled\n"
        "2 people are registered, 80 places\n"
        "VIPs:\n"
        "Ruth Bar: Front row\n"
        "Among them: Ruth Bar, Eli Katz"
    )


def test_what_waits_is_told_in_local_time() -> None:
    assert Conversation().say("What waits for approval?")[1] == (
        "One suggestion waits for a decision:\n"
        "Stage Management 101: asked by Noa, risk high, until Tuesday, May 5 at 09:30"
    )


def test_a_title_that_two_sessions_have_is_asked_back_and_numbered() -> None:
    assert Conversation().say("Move stage management to 11:00")[1] == (
        "Which one do you mean?\n"
        "1. Stage Management 101, Tuesday, May 5 at 09:30, Hall C\n"
        "2. Stage Management for Festivals, Tuesday, May 5 at 10:30, Hall C"
    )


def test_a_choice_that_fits_none_is_asked_again_and_a_pointing_word_alone_is_asked_back() -> None:
    conversation = Conversation()
    question = conversation.say("Move stage management to 11:00")
    assert conversation.say("the fifth one") == ([], question[1])
    assert Conversation().say("Move it to 11:00") == ([], "Which session do you mean? Please give its title.")


def test_who_may_only_read_is_told_so_and_nothing_is_called() -> None:
    assert Conversation(tools=READS).say("Cancel Stage Management 101") == (
        [],
        "You can look at everything here, and not change it. Please ask a manager.",
    )


def test_a_refusal_is_told_in_the_tools_words() -> None:
    assert Conversation().say("Move Fire Breathing to 11:00")[1] == "I find no such session."


def test_a_suggestion_that_is_blocked_says_why_and_never_that_it_was_done() -> None:
    [turn] = [Turn(*read_texts([CONTEXT, "<message>Move Keynote to Hall B</message>"], NEVER))]
    call = Call("update_schedule_item", {"schedule_id": "Keynote", "changes": {"room": "Hall B"}})
    conflict = {"kind": "room_overlap", "severity": "error", "sentence": "Hall B is taken by Lunch until 14:00."}
    vips = [{"name": "Ruth Bar", "note": None}]
    blocked = waiting("schedule_update", "Keynote") | {
        "blocked": True,
        "conflicts": [conflict],
        "affected_participants": 2,
        "vips": vips,
    }
    words = respond([Turn(turn.words, turn.situation, (Step(call, blocked),))], TOOLS, may_call=True)
    assert isinstance(words, str)
    assert visible(words) == (
        "I made a suggestion: Keynote. It cannot be approved as it stands. Choose another time or room.\n"
        "Hall B is taken by Lunch until 14:00.\n"
        "2 registered people are affected.\n"
        "VIP: Ruth Bar"
    )


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.text)
def test_every_example_of_the_page_is_understood_and_said_by_somebody_who_is_there(example: Example) -> None:
    somebody = {"slack": slack_person, "telegram": telegram_person}[example.platform](example.person)
    assert (somebody is None, is_lost(Conversation().say(example.text)[1])) == (False, False)
