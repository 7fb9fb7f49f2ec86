"""Every tool that the program has can be used in English and in Hebrew: one sentence each, the same call."""

from collections.abc import Iterable
from typing import Any

import pytest

from bots.playground.sentences.conversation.talk import Call
from bots.playground.sentences.grammar.rows import Row, table
from tests.subjects import known
from tests.unit.playground.sentences.conversing import TOOLS, Conversation

LAURA, SOUND, CROWD = "Laura Ellis", "Sound You Can Trust", "אבטחה בלי להפחיד"

QUESTIONS: list[tuple[str, str, str, dict[str, Any]]] = [
    ("What events are there?", "אילו אירועים יש?", "list_events", {}),
    ("How is the event going?", "מה מצב האירוע?", "get_event_overview", {}),
    ("What's on now and what comes next?", "מה קורה עכשיו ומה הבא בתור?", "get_agenda_now", {}),
    ("Are there any conflicts?", "יש התנגשויות בלוח?", "find_conflicts", {}),
    ("What changed since yesterday?", "מה השתנה מאתמול?", "what_changed", {"since": "2026-05-03T00:00"}),
    ("What's new since 08:00?", "מה חדש מ-8:00?", "what_changed", {"since": "08:00"}),
    (
        "What was moved in the last two hours?",
        "מה הועבר בשעתיים האחרונות?",
        "what_changed",
        {"since": "2026-05-04T07:00"},
    ),
    ("What is waiting for approval?", "מה מחכה לאישור?", "list_pending_suggestions", {}),
    (
        f"Explain the suggestion about {SOUND}",
        f"תסבירי לי את ההצעה על {SOUND}",
        "explain_suggestion",
        {"suggestion": SOUND},
    ),
    ("What is on in Hall C at 10:00?", "מה יש באולם ג בעשר?", "get_agenda", {"room": "Hall C", "at": "10:00"}),
    (f"Tell me about {SOUND}", f"ספר לי על {SOUND}", "get_session", {"session": SOUND}),
    ("Find sessions about lighting", "חפשי הרצאות על lighting", "find_sessions", {"query": "lighting"}),
    (
        "When is Hall B free for an hour tomorrow?",
        "מתי אולם ב פנוי לשעה מחר?",
        "find_free_slots",
        {"minutes": 60, "day": "2026-05-05", "room": "Hall B"},
    ),
    (
        "How is Hall B used tomorrow?",
        "כמה תפוס אולם ב מחר?",
        "get_room_use",
        {"day": "2026-05-05", "room": "Hall B"},
    ),
    (f"What is {LAURA} registered for?", f"לאן רשומה {LAURA}?", "get_participant_agenda", {"participant": LAURA}),
    ("Who are the VIPs?", "מי האח״מים?", "list_vips", {}),
    ("Which vendors are late?", "אילו ספקים מאחרים?", "list_vendors", {}),
    ("What is left to do?", "מה נשאר לעשות?", "get_checklist", {}),
    ("Who may approve what?", "מי רשאי לאשר מה?", "get_policy", {}),
]
CHANGES: list[tuple[str, str, str, dict[str, Any]]] = [
    (
        'Create an event "Summer Fair" from 20.8 to 22.8',
        'צרי אירוע חדש בשם "Summer Fair" מ-20.8 עד 22.8',
        "create_event_draft",
        {"name": "Summer Fair", "first_day": "2026-08-20", "last_day": "2026-08-22"},
    ),
    (
        'Rename the event to "Stage Week"',
        'שני את שם האירוע ל"Stage Week"',
        "update_event",
        {"changes": {"name": "Stage Week"}},
    ),
    ("Move the event to May 12", "העבר את האירוע ל-12 במאי", "update_event", {"changes": {"first_day": "2026-05-12"}}),
    ("Publish the event", "פרסמי את האירוע", "publish_event", {}),
    (
        "Add a session Briefing tomorrow 10:00-11:00 in Hall B",
        "הוסף מושב Briefing מחר 10:00-11:00 באולם ב",
        "create_schedule_item",
        {"title": "Briefing", "start_time": "2026-05-05T10:00", "end_time": "11:00", "room": "Hall B"},
    ),
    (
        f"Move {SOUND} to 14:30",
        f"תעבירי את {SOUND} ל-14:30",
        "update_schedule_item",
        {"schedule_id": SOUND, "changes": {"start_time": "14:30"}},
    ),
    (
        f"Remove the room from {SOUND}",
        f"הסירי את האולם מ-{SOUND}",
        "update_schedule_item",
        {"schedule_id": SOUND, "changes": {"clear": ["room"]}},
    ),
    (
        f"Clear the speaker of {SOUND}",
        f"הסר את הדובר של {SOUND}",
        "update_schedule_item",
        {"schedule_id": SOUND, "changes": {"clear": ["speaker"]}},
    ),
    (
        f"Set the track of {SOUND} to Main",
        f"שנה את המסלול של {SOUND} לMain",
        "update_schedule_item",
        {"schedule_id": SOUND, "changes": {"track": "Main"}},
    ),
    (
        f'Set the description of {SOUND} to "Hear what works"',
        f'שני את התיאור של {SOUND} ל"Hear what works"',
        "update_schedule_item",
        {"schedule_id": SOUND, "changes": {"description": "Hear what works"}},
    ),
    (f"Cancel {SOUND}", f"בטלי את {SOUND}", "delete_schedule_item", {"schedule_id": SOUND}),
    (
        f"Swap {SOUND} and {CROWD}",
        f"החלף בין {SOUND} לבין {CROWD}",
        "swap_sessions",
        {"session_a": SOUND, "session_b": CROWD},
    ),
    (
        "Push everything after 14:00 in Hall B by 20 minutes",
        "דחה את כל מה שאחרי 14:00 באולם ב ב-20 דקות",
        "shift_sessions",
        {"room": "Hall B", "after": "14:00", "minutes": 20},
    ),
    (
        "Bring everything after 9:30 in Hall B forward by a quarter of an hour tomorrow",
        "הקדימי את כל המושבים באולם ב אחרי תשע וחצי ברבע שעה מחר",
        "shift_sessions",
        {"room": "Hall B", "after": "09:30", "minutes": -15, "day": "2026-05-05"},
    ),
    (
        f"Register {LAURA} for {SOUND}",
        f"רשמי את {LAURA} ל-{SOUND}",
        "assign_participant",
        {"participant": LAURA, "session": SOUND},
    ),
    (
        f"Remove {LAURA} from {SOUND}",
        f"הוציאו את {LAURA} מ-{SOUND}",
        "unassign_participant",
        {"participant": LAURA, "session": SOUND},
    ),
    (
        f"Move everyone from {SOUND} to {CROWD}",
        f"העבר את כולם מ-{SOUND} ל{CROWD}",
        "move_participants",
        {"from_session": SOUND, "to_session": CROWD, "everyone": True},
    ),
    (
        f"Move {LAURA} and Ian Archer from {SOUND} to {CROWD}",
        f"העבירי את {LAURA} וIan Archer מ-{SOUND} ל{CROWD}",
        "move_participants",
        {"from_session": SOUND, "to_session": CROWD, "participants": [LAURA, "Ian Archer"]},
    ),
    (
        f"Add participant {LAURA} with e-mail laura@example.net and phone 050-1234567",
        f"הוסף משתתפת {LAURA} עם מייל laura@example.net וטלפון 050-1234567",
        "add_participant",
        {"name": LAURA, "email": "laura@example.net", "phone": "050-1234567"},
    ),
    (
        f"Change the e-mail of {LAURA} to laura@example.net",
        f"עדכני את המייל של {LAURA} ל-laura@example.net",
        "update_participant",
        {"participant": LAURA, "changes": {"email": "laura@example.net"}},
    ),
    (
        f"Mark {LAURA} as VIP with the note: front row",
        f"סמני את {LAURA} כ-VIP עם הערה: front row",
        "set_vip",
        {"participant": LAURA, "is_vip": True, "note": "front row"},
    ),
    (
        f"Remove the VIP mark from {LAURA}",
        f"הסירי את סימון האח״מ של {LAURA}",
        "set_vip",
        {"participant": LAURA, "is_vip": False},
    ),
    (f"Check in {LAURA}", f"רשום הגעה של {LAURA}", "check_in_participant", {"participant": LAURA}),
    (
        "Assign the vendors Galil Sound and LiveCast tomorrow at 06:30",
        "שבצי את הספקים Galil Sound וLiveCast מחר ב-06:30",
        "assign_vendors",
        {"vendors": ["Galil Sound", "LiveCast"], "arrives_at": "2026-05-05T06:30"},
    ),
    (
        "Add a new vendor Bright Tents with e-mail office@bright.example and phone 050-1234567",
        "הוסיפי ספק חדש Bright Tents עם מייל office@bright.example וטלפון 050-1234567",
        "add_vendor",
        {"name": "Bright Tents", "email": "office@bright.example", "phone": "050-1234567"},
    ),
    (
        "Change the phone of the vendor GenPower to 050-7654321",
        "שנה את הטלפון של הספק GenPower ל-050-7654321",
        "update_vendor",
        {"vendor": "GenPower", "changes": {"phone": "050-7654321"}},
    ),
    (
        "Remove the vendor GenPower from the event",
        "הסר את הספק GenPower מהאירוע",
        "unassign_vendor",
        {"vendor": "GenPower"},
    ),
    (
        "Galil Sound has arrived",
        "Galil Sound הגיעו",
        "update_vendor_status",
        {"vendor": "Galil Sound", "status": "arrived"},
    ),
    (
        "Mark GenPower as confirmed",
        "סמן את GenPower כמאושר",
        "update_vendor_status",
        {"vendor": "GenPower", "status": "confirmed"},
    ),
    (
        "Change the arrival of Galil Sound to 08:30",
        "שנה את שעת ההגעה של Galil Sound ל-8:30",
        "update_vendor_status",
        {"vendor": "Galil Sound", "arrives_at": "08:30"},
    ),
    (
        'Add "tape the cables" to the checklist by 10:00 for Dana Levi',
        'הוסיפי "tape the cables" לצ׳קליסט עד 10:00 באחריות Dana Levi',
        "add_checklist_items",
        {"items": [{"title": "tape the cables", "due_at": "10:00", "assignee": "Dana Levi"}]},
    ),
    (
        "Add checklist items: cables; badges",
        "הוסף משימות: cables; badges",
        "add_checklist_items",
        {"items": [{"title": "cables"}, {"title": "badges"}]},
    ),
    (
        "Mark Stream key checked as done",
        "סמן את Stream key checked כבוצע",
        "complete_checklist_item",
        {"item": "Stream key checked"},
    ),
    (
        "Assign the task Stream key checked to Dana Levi",
        "הטילי את המשימה Stream key checked על Dana Levi",
        "assign_checklist_item",
        {"item": "Stream key checked", "assignee": "Dana Levi"},
    ),
    (
        'Add a room "Studio" for 60 people',
        'הוסף אולם חדש בשם "Studio" ל-60 איש',
        "add_room",
        {"name": "Studio", "capacity": 60},
    ),
    (
        "Set the capacity of Hall B to 200",
        "שנה את הקיבולת של אולם ב ל-200",
        "update_room",
        {"room": "Hall B", "changes": {"capacity": 200}},
    ),
    (
        'Rename Hall C to "Studio Hall"',
        'שני את השם של אולם ג ל"Studio Hall"',
        "update_room",
        {"room": "Hall C", "changes": {"name": "Studio Hall"}},
    ),
    (
        "Keep 15 minutes between sessions",
        "השאירי 15 דקות בין מושבים",
        "change_policy",
        {"buffer_minutes": 15},
    ),
    (
        "Two people must approve critical changes",
        "שני אנשים צריכים לאשר שינויים קריטיים",
        "change_policy",
        {"two_people_for": ["critical"]},
    ),
    (
        "Nobody may approve their own requests",
        "אסור לאנשים לאשר את הבקשות של עצמם",
        "change_policy",
        {"askers_may_approve": False},
    ),
    (
        "Do low-risk changes at once",
        "בצע שינויים בסיכון נמוך מיד",
        "change_policy",
        {"at_once_for_low": True},
    ),
    (
        "Let Dana Levi decide in my place from tomorrow until Friday",
        "תני לDana Levi להחליט במקומי ממחר עד יום שישי",
        "create_delegation",
        {"delegate": "Dana Levi", "first_day": "2026-05-05", "last_day": "2026-05-08"},
    ),
    ("End my delegation", "סיימי את ההחלפה שלי", "end_delegation", {}),
    (
        "Switch off Tom Harris's access",
        "כבי את הגישה של Tom Harris",
        "switch_off_person",
        {"person": "Tom Harris"},
    ),
    (
        "Give Tom Harris access again",
        "תני לTom Harris גישה בחזרה",
        "switch_on_person",
        {"person": "Tom Harris"},
    ),
    (
        "Make Tom Harris a manager",
        "מני את Tom Harris למנהל",
        "change_person_role",
        {"person": "Tom Harris", "role": "manager"},
    ),
]


@pytest.mark.parametrize(("english", "hebrew", "tool", "args"), [*QUESTIONS, *CHANGES])
def test_both_languages_lead_to_exactly_this_call(english: str, hebrew: str, tool: str, args: dict[str, Any]) -> None:
    said = Conversation().say(english)[0], Conversation().say(hebrew)[0]
    assert said == ([Call(tool, args)], [Call(tool, args)])


def test_no_tool_is_left_out() -> None:
    told = {tool for _, _, tool, _ in (*QUESTIONS, *CHANGES)}
    assert told.union(*(subject.offered for subject in known().values())) == TOOLS.keys()


def wordless(rows: Iterable[Row]) -> set[tuple[str, str]]:
    """Return the tools that no row asks for, with the language; the example of each row is tried elsewhere."""
    said = {(call.tool, row.language) for row in rows for call in row.ask.calls}
    return {(tool, language) for tool in TOOLS for language in ("en", "he")} - said


def test_every_tool_has_a_row_in_both_languages() -> None:
    assert wordless(table()) == set()


def test_the_twin_without_hebrew_rows_is_found() -> None:
    rows = [row for row in table() if row.language != "he" or row.subject != "rooms"]
    assert wordless(rows) == {(tool, "he") for tool in ("get_room_use", "add_room", "update_room")}


HEBREW = [
    ("רשום את צבי חדד לחוזים עם ספקים", "assign_participant", {"participant": "צבי חדד", "session": "חוזים עם ספקים"}),
    ("תרשום את דנה לוי לסדנה תאורה", "assign_participant", {"participant": "דנה לוי", "session": "סדנה תאורה"}),
    ("שבצו את יעל מור בחוזים עם ספקים", "assign_participant", {"participant": "יעל מור", "session": "חוזים עם ספקים"}),
    ("תוציאי את יעל מור מחוזים", "unassign_participant", {"participant": "יעל מור", "session": "חוזים"}),
    (
        "העבר את ורד וקנין ויעל מור מחוזים לביטוח",
        "move_participants",
        {"from_session": "חוזים", "to_session": "ביטוח", "participants": ["ורד וקנין", "יעל מור"]},
    ),
    ("תן את המשימה מים לדוברים לתום כהן", "assign_checklist_item", {"item": "מים לדוברים", "assignee": "תום כהן"}),
    ("דנה לוי אחראית על שילוט חניה", "assign_checklist_item", {"item": "שילוט חניה", "assignee": "דנה לוי"}),
    ("המשתתפת דליה דורון הגיעה", "check_in_participant", {"participant": "דליה דורון"}),
    ("שילוט מהיר בדרך", "update_vendor_status", {"vendor": "שילוט מהיר", "status": "on_the_way"}),
    ("דחו ב-20 דקות את כל מה שמעכשיו באולם ב", "shift_sessions", {"room": "Hall B", "after": "09:00", "minutes": 20}),
    ("להחליף בבקשה בין חוזים לביטוח", "swap_sessions", {"session_a": "חוזים", "session_b": "ביטוח"}),
]


@pytest.mark.parametrize(("said", "tool", "args"), HEBREW)
def test_hebrew_prefixes_names_and_forms_are_told_apart(said: str, tool: str, args: dict[str, Any]) -> None:
    assert Conversation().say(said)[0] == [Call(tool, args)]
