"""What asks about a change is never taken for one."""

import pytest

from tests.unit.playground.sentences.conversing import READS, Conversation


@pytest.mark.parametrize(
    "said",
    [
        "Who moved the keynote?",
        "Was Lunch on the Terrace cancelled?",
        "Why was Lunch on the Terrace moved to Hall A?",
        "When was Stage Management 101 rescheduled?",
        "Did somebody cancel Stage Management 101?",
        "Did we move Stage Management 101 to 14:30?",
        "Should we move Stage Management 101 to 14:30?",
        "What happens if we cancel Stage Management 101?",
        "Do you think we should swap Lunch and Stage Management 101?",
        "Can you tell me who cancelled Lunch on the Terrace?",
        "Has anything been moved?",
        "What was cancelled today?",
        "Is Laura Ellis a VIP?",
        "Has Laura Ellis checked in?",
        "Has Galil Sound arrived yet?",
        "Galil Sound has arrived?",
        "Is Stream key checked done?",
        "Which vendors have arrived?",
        "Who is registered for Stage Management 101?",
        "Hall B seats 220?",
        "מי העביר את חוזים עם ספקים?",
        "למה בוטל חוזים עם ספקים?",
        "האם ביטלו את חוזים עם ספקים?",
        "העבירו את חוזים עם ספקים לאולם ג?",
        "הזיזו את חוזים עם ספקים ודחו את הפאנל?",
        "מתי הוקדם חוזים עם ספקים?",
        "האם להעביר את חוזים עם ספקים ל-14:30?",
        "כדאי להעביר את חוזים עם ספקים ל-14:30?",
        "מה בוטל היום?",
        "האם השתנה משהו?",
        "האם צבי חדד אח״מ?",
        "Galil Sound הגיעו?",
        "האם שילוט חניה בוצע?",
        "שילוט חניה בוצע?",
        "מי אחראי על שילוט חניה?",
        "אילו ספקים כבר הגיעו?",
        "מי רשום לחוזים עם ספקים?",
        "אולם ב מכיל 220 מקומות?",
    ],
)
def test_a_question_leads_to_no_write(said: str) -> None:
    calls, _ = Conversation().say(said)
    assert [call.name for call in calls if call.name not in READS] == []


@pytest.mark.parametrize(
    ("said", "tool"),
    [
        ("Could you move Stage Management 101 to 14:30?", "update_schedule_item"),
        ("אפשר להעביר את חוזים עם ספקים ל-14:30?", "update_schedule_item"),
        ("העבירו את חוזים עם ספקים ל-14:30", "update_schedule_item"),
        ("תוכלי לרשום את Laura Ellis לחוזים עם ספקים?", "assign_participant"),
    ],
)
def test_a_polite_request_is_one_in_spite_of_its_question_mark(said: str, tool: str) -> None:
    assert [call.name for call in Conversation().say(said)[0]] == [tool]
