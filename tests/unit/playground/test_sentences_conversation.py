"""Whole conversations with the stand-in over a small agenda, and docs/sentences.md said sentence by sentence."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bots.playground.config import Example
from bots.playground.people import slack_person, telegram_person
from bots.playground.sentences import EXAMPLES
from bots.playground.sentences.conversation.plan import respond
from bots.playground.sentences.conversation.talk import Call, Step, Turn, read_texts

CONTEXT = (
    "Now: Monday 2026-05-04T09:00 in Asia/Jerusalem. Person: Dana Levi. "
    "Current events: Stagecraft Conference (2026-05-05 to 2026-05-06)."
)
READS = frozenset(
    {"list_events", "get_agenda", "find_sessions", "get_session", "find_free_slots", "list_pending_suggestions"}
)
WRITES = frozenset({"create_schedule_item", "update_schedule_item", "delete_schedule_item"})
NEVER = datetime(1999, 1, 1)
"""What the clock says where the context does not; an answer that shows it read no context."""

Row = dict[str, Any]


def _row(id_: str, title: str, *times: str, room: str, speaker: str | None) -> Row:
    start, end = (f"2026-05-05T{clock}" for clock in times)
    place = {"start": start, "end": end, "room": room}
    return {"id": id_, "title": title, **place, "speaker": speaker, "status": "confirmed"}


SESSIONS = (
    _row("s1", "Stage Management 101", "09:30", "10:15", room="Hall C", speaker="Lior Peled"),
    _row("s2", "Stage Management for Festivals", "10:30", "11:15", room="Hall C", speaker="Rachel Dahan"),
    _row("s3", "חוזים עם ספקים", "10:30", "11:15", room="Hall B", speaker="עידו רז"),
    _row("s4", "Lunch on the Terrace", "13:00", "14:00", room="Terrace", speaker=None),
)


def answer(call: Call) -> Row:
    """Answer like the program's tools would, for four sessions."""
    args = call.args
    wanted = args.get("session") or args.get("schedule_id")
    if wanted is not None:
        return _about(call, [row for row in SESSIONS if row["id"] == wanted or wanted.lower() in row["title"].lower()])
    if call.name == "get_agenda":
        return {"event": "Stagecraft Conference", "time_zone": "Asia/Jerusalem", "more": False, **_agenda(args)}
    if call.name == "create_schedule_item":
        return _waiting("schedule_create", args["title"])
    return _LISTS[call.name]


def _agenda(args: Row) -> Row:
    rows = [row for row in SESSIONS if all(row[key] == args.get(key, row[key]) for key in ("room", "speaker"))]
    return {"day": args.get("day", "2026-05-05"), "sessions": rows}


def _about(call: Call, rows: list[Row]) -> Row:
    if not rows:
        return {"status": "refused", "why": "I find no such session."}
    if len(rows) > 1:
        among = [{key: row[key] for key in ("id", "title", "start", "room")} for row in rows]
        return {"status": "refused", "why": "Which session do you mean?", "candidates": among}
    if call.name != "get_session":
        return _waiting("schedule_update", rows[0]["title"])
    vips = [{"name": "Ruth Bar", "note": "Front row"}]
    return {"session": rows[0], "registered": 2, "capacity": 80, "vips": vips, "participants": ["Ruth Bar", "Eli Katz"]}


def _waiting(action: str, title: str) -> Row:
    return {
        "status": "waiting_for_approval",
        "suggestion_id": "x",
        "action": action,
        "title": title,
        "risk": "low",
        "blocked": False,
        "conflicts": [],
        "affected_participants": 0,
        "vips": [],
    }


_LISTS: dict[str, Row] = {
    "list_events": {"events": [{"name": "Stagecraft", "starts_on": "2026-05-05", "ends_on": "2026-05-06"}]},
    "find_sessions": {"sessions": [SESSIONS[0]]},
    "find_free_slots": {
        "day": "2026-05-05",
        "slots": [{"room": "Hall B", "capacity": 180, "start": "2026-05-05T08:00", "end": "2026-05-05T10:30"}],
    },
    "list_pending_suggestions": {
        "suggestions": [
            {
                "title": "Stage Management 101",
                "action": "schedule_update",
                "asked_by": "Noa",
                "risk": "high",
                "blocked": False,
                "deadline": "2026-05-05T06:30:00+00:00",
            }
        ]
    },
}


@dataclass(slots=True)
class Conversation:
    """Says sentences one after the other; keeps only what a client would send back."""

    tools: frozenset[str] = READS | WRITES
    turns: list[Turn] = field(default_factory=list[Turn])

    def say(self, words: str) -> tuple[list[Call], str]:
        """Say a sentence; return the tools it led to, in order, and the final words."""
        self.turns.append(Turn(*read_texts([CONTEXT, f"<message>{words}</message>"], NEVER)))
        calls: list[Call] = []
        while True:
            outcome = respond(self.turns, self.tools, may_call=True)
            if isinstance(outcome, str):
                return calls, visible(outcome)
            calls.append(outcome)
            last = self.turns[-1]
            self.turns[-1] = Turn(last.words, last.situation, (*last.steps, Step(outcome, answer(outcome))))


def visible(text: str) -> str:
    """Return a text without the marks that isolate its values."""
    return text.replace("\u2068", "").replace("\u2069", "")


def shown(call: Call) -> str:
    """Write a call as docs/sentences.md does: ``get_agenda(room=Hall B, at=10:00)``."""
    return f"{call.name}({_args(call.args)})"


def _args(args: Row) -> str:
    return ", ".join(
        f"{name}: {_args(value)}" if isinstance(value, dict) else f"{name}={value}" for name, value in args.items()
    )


DOCUMENT = Path(__file__).parents[3] / "docs" / "sentences.md"


def _rows(columns: int) -> list[tuple[str, ...]]:
    lines = [line for line in DOCUMENT.read_text("utf-8").splitlines() if line.startswith("| ")]
    cells = [tuple(cell.strip() for cell in line.strip("|").split(" | ")) for line in lines]
    return [row for row in cells if len(row) == columns and row[0] not in {"Say", "First"}]


@pytest.mark.parametrize(("said", "calls"), _rows(2))
def test_every_documented_sentence_leads_to_the_documented_calls(said: str, calls: str) -> None:
    made, words = Conversation().say(said)
    assert (_written(made), is_lost(words)) == (calls, False)


@pytest.mark.parametrize(("first", "then", "calls"), _rows(3))
def test_every_documented_follow_up_leads_to_the_documented_calls(first: str, then: str, calls: str) -> None:
    conversation = Conversation()
    conversation.say(first)
    made, words = conversation.say(then)
    assert (_written(made), is_lost(words)) == (calls, False)


def _written(calls: list[Call]) -> str:
    return " then ".join(f"`{shown(call)}`" for call in calls) or "words only"


def is_lost(words: str) -> bool:
    """Whether the stand-in says that it does not know the sentence."""
    return "only a stand-in for Gemini" in words or "רק ממלא מקום של Gemini" in words


def test_the_document_holds_what_the_tests_above_say() -> None:
    assert (len(_rows(2)), len(_rows(3))) == (88, 12)


@pytest.mark.parametrize("said", ["Tell me a joke", "ספר לי בדיחה", "How old is the universe?", "x" * 5000, "אבגד"])
def test_anything_else_is_answered_honestly_with_three_examples_of_the_set(said: str) -> None:
    calls, words = Conversation().say(said)
    told, *examples = words.splitlines()
    assert (calls, is_lost(told), len(examples)) == ([], True, 3)
    assert [is_lost(Conversation().say(example)[1]) for example in examples] == [False] * 3


def test_an_answer_is_in_the_language_of_the_question_whatever_the_titles_are() -> None:
    assert Conversation().say("When is חוזים עם ספקים?")[1] == (
        "חוזים עם ספקים: Tuesday, May 5, 10:30 to 11:15, Hall B, עידו רז"
    )
    assert Conversation().say("מתי Stage Management 101?")[1] == (
        "Stage Management 101: יום שלישי, 5 במאי, 09:30 עד 10:15, Hall C, Lior Peled"
    )


def test_an_agenda_is_listed_by_day_and_cut_to_what_was_asked() -> None:
    assert Conversation().say("What's on tomorrow after 10:00 in Hall C?")[1] == (
        "Tuesday, May 5:\n10:30 to 11:15, Hall C: Stage Management for Festivals, Rachel Dahan"
    )
    assert Conversation().say("What's on in Hall A at ten?")[1] == (
        "I find nothing on the agenda for Tuesday, May 5, 10:00, Hall A."
    )


def test_a_day_outside_the_event_is_answered_with_the_events_days() -> None:
    assert Conversation().say("What is on in Hall A today?")[1] == (
        "I find nothing on the agenda for Monday, May 4, Hall A.\n"
        "Stagecraft Conference runs from Tuesday, May 5 to Wednesday, May 6."
    )


def test_a_session_is_told_with_its_vips_and_their_notes() -> None:
    assert Conversation().say("Tell me about Stage Management 101")[1] == (
        "Stage Management 101: Tuesday, May 5, 09:30 to 10:15, Hall C, Lior Peled\n"
        "2 people are registered, places: 80.\n"
        "VIP: Ruth Bar (Front row)\n"
        "Among them: Ruth Bar, Eli Katz"
    )


def test_what_waits_is_told_in_local_time() -> None:
    assert Conversation().say("What waits for approval?")[1] == (
        "One suggestion waits for a decision:\n"
        "Change of Stage Management 101, asked by Noa, risk high, until Tuesday, May 5 at 09:30"
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
        "You can look at the agenda here, and not change it. Please ask a manager.",
    )


def test_a_refusal_is_told_in_the_tools_words() -> None:
    assert Conversation().say("Move Fire Breathing to 11:00")[1] == "I find no such session."


def test_a_suggestion_that_is_blocked_says_why_and_never_that_it_was_done() -> None:
    [turn] = [Turn(*read_texts([CONTEXT, "<message>Move Keynote to Hall B</message>"], NEVER))]
    call = Call("update_schedule_item", {"schedule_id": "Keynote", "changes": {"room": "Hall B"}})
    conflict = {"kind": "room_overlap", "severity": "error", "sentence": "Hall B is taken by Lunch until 14:00."}
    vips = [{"name": "Ruth Bar", "note": None}]
    waiting = _waiting("schedule_update", "Keynote") | {
        "blocked": True,
        "conflicts": [conflict],
        "affected_participants": 2,
        "vips": vips,
    }
    words = respond([Turn(turn.words, turn.situation, (Step(call, waiting),))], READS | WRITES, may_call=True)
    assert isinstance(words, str)
    assert visible(words) == (
        "I made a suggestion for Keynote, but it cannot be approved as it stands. Choose another time or room.\n"
        "Hall B is taken by Lunch until 14:00.\n"
        "2 registered people are affected.\n"
        "VIP: Ruth Bar"
    )


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.text)
def test_every_example_of_the_page_is_understood_and_said_by_somebody_who_is_there(example: Example) -> None:
    somebody = {"slack": slack_person, "telegram": telegram_person}[example.platform](example.person)
    assert (somebody is None, is_lost(Conversation().say(example.text)[1])) == (False, False)
