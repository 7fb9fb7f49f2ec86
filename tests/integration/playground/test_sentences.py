"""Sentences of a new user through the whole program, on the sample conference: answers and cards."""

from collections.abc import AsyncGenerator

import pytest

from core.db import Database
from tests.integration.playground.stage import TOM, Stage, the_demo

pytestmark = pytest.mark.db


@pytest.fixture
async def stage(db: Database, database_url: str, owner_url: str) -> AsyncGenerator[Stage]:
    async with the_demo(db, database_url, owner_url) as opened:
        yield opened


ANSWERS: dict[str, tuple[int, str]] = {
    "How is the event going?": (1, "61 sessions, 6 rooms, 200 participants, 12 VIPs"),
    "מה מצב האירוע?": (1, "61 מושבים, 6 אולמות, 200 משתתפים, 12 אח״מים"),
    "What's on now and what comes next?": (
        1,
        "Hall A: next Opening Keynote: Doors at Eight (Friday, May 2, 09:00 to 10:00, Maya Golan)",
    ),
    "לאן רשום צבי חדד?": (2, "09:30 עד 11:00, Workshop 1: Workshop: Radio Protocol, Tom Segev"),
    "What is left to do?": (0, "16 in all, 3 done, 0 overdue"),
    "מתי מגיע קייטרינג השף?": (
        0,
        "קייטרינג השף: catering, אישר הגעה, שעת ההגעה: יום שישי, 2 במאי בשעה 09:00, 40 מנות ללא גלוטן",
    ),
    "How is Hall B used tomorrow?": (
        0,
        "Hall B: 180 places, 7 sessions, 49 percent of the day, "
        "longest empty Friday, May 2, 12:15 to 14:15, 120 minutes",
    ),
    "יש התנגשויות?": (0, "אין התנגשויות."),
    "What changed since yesterday?": (1, "Nothing was changed."),
    "מי רשאי לאשר מה?": (0, "מה שאין לו כלל משלו: בעלים ומנהלים."),
}
"""What the stand-in says, by the number of the line."""


async def test_questions_are_answered_from_the_sample_conference(stage: Stage) -> None:
    heard = {said: (line, (await stage.hear(said))[line]) for said, (line, _) in ANSWERS.items()}
    assert heard == ANSWERS


CARDS: dict[str, list[tuple[str, bool]]] = {
    'Create an event "Summer Fair" on 2031-08-20': [("event_create", False)],
    "רשום את צבי חדד לחוזים עם ספקים": [("participant_assign", False)],
    "העבר את כולם מחוזים עם ספקים לאבטחה בלי להפחיד": [("participants_move", False)],
    "Add participant Dana Katz with e-mail dana.katz@example.net": [("participant_add", False)],
    "סמני את רותם ביטון כאח״מ": [("participant_set_vip", False)],
    "Check in Laura Ellis": [("participant_check_in", False)],
    "הוסף משימות: להדביק כבלים; להדפיס תגים": [("checklist_add", False)],
    "Mark Stream key checked as done": [("checklist_complete", False)],
    "Assign the task Generator fuelled to Tom Harris": [("checklist_assign", False)],
    "שילוט מהיר הגיעו": [("vendor_status", False)],
    "Remove the vendor GenPower from the event": [("vendor_unassign", False)],
    "הוסף את אולם ד ל-120 איש": [("room_add", False)],
    "Set the capacity of Hall B to 200": [("room_update", False)],
    "החלף בין חוזים עם ספקים לבין אבטחה בלי להפחיד": [("bundle", False)],
    "Push everything after 16:00 in Hall B by 20 minutes": [("bundle", False)],
    "Move Rain Plans That Work to 12:30 and set the capacity of Hall C to 150": [("bundle", False)],
    "העבר את תקציב שנשאר תקציב לאולם ב": [("schedule_update", True)],
    "העבירו את חוזים עם ספקים לאולם ג?": [],
    "Should we cancel Lunch on the Terrace?": [],
}
"""Which suggestions each sentence leads to: what it would do, and whether that is blocked."""


async def test_changes_become_cards_and_questions_do_not(stage: Stage) -> None:
    asked = {said: await stage.ask_for(said) for said in CARDS}
    assert asked == CARDS
    shown = sorted(card.state for card in stage.slack.cards.values())
    assert shown == ["suggested"] * len(shown)
    assert len(shown) >= sum(map(len, CARDS.values()))


async def test_the_field_asks_from_telegram_for_two_things_at_once(stage: Stage) -> None:
    asked = "Check in Laura Ellis and mark Galil Sound as arrived because they are at the gate"
    assert await stage.ask_for(asked, TOM) == [("bundle", False)]
    assert len(stage.telegram.cards) == 1


async def test_what_was_suggested_can_be_asked_about(stage: Stage) -> None:
    await stage.ask_for("Set the capacity of Hall B to 200")
    assert (await stage.hear("Explain the suggestion about Hall B"))[:3:2] == [
        "שינוי באולם: Hall B · מקומות ישיבה: 200 במקום 180",
        "In their words: “Set the capacity of Hall B to 200”",
    ]
