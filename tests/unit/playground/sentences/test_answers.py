"""What the tools answered, said as readable sentences of the asker's language."""

import pytest

from tests.unit.playground.sentences.conversing import READS, TOOLS, Conversation

ANSWERS: list[tuple[str, list[str]]] = [
    (
        "How is the event going?",
        [
            "Stagecraft runs from Tuesday, May 5 to Wednesday, May 6. It is a draft.",
            "61 sessions in 6 rooms.",
            "200 participants, 12 of them VIPs.",
            "Vendors: confirmed: 5, on the way: 1",
            "Checklist: 3 of 16 done, nothing overdue.",
            "One suggestion waits for approval.",
            "There are 2 conflicts.",
        ],
    ),
    (
        "מה מצב האירוע?",
        [
            "Stagecraft מתקיים מיום שלישי, 5 במאי עד יום רביעי, 6 במאי. הוא עדיין טיוטה.",
            "61 מושבים ב־6 אולמות.",
            "200 משתתפים, מתוכם 12 אח״מים.",
            "ספקים: אישר הגעה: 5, בדרך: 1",
            "ברשימת המשימות: 3 מתוך 16 בוצעו, שום דבר לא באיחור.",
            "הצעה אחת ממתינה לאישור.",
            "יש שתי התנגשויות.",
        ],
    ),
    (
        "What's on now and what comes next?",
        [
            "It is 09:30.",
            "Hall A: now Opening Keynote until 10:00; next Sound You Can Trust, Tuesday, May 5 at 10:15",
            "without a room: next Lunch, Tuesday, May 5 at 13:00",
        ],
    ),
    (
        "מה קורה עכשיו ומה הבא בתור?",
        [
            "השעה 09:30.",
            "Hall A: עכשיו Opening Keynote עד 10:00; אחר כך Sound You Can Trust, יום שלישי, 5 במאי בשעה 10:15",
            "בלי אולם: אחר כך Lunch, יום שלישי, 5 במאי בשעה 13:00",
        ],
    ),
    (
        "Are there any conflicts?",
        [
            "There are 3 conflicts.",
            "Maya Golan is in two places: Opening Keynote, Tuesday, May 5 at 09:00, and "
            "Sound You Can Trust, Tuesday, May 5 at 10:15.",
            "Sound You Can Trust, Tuesday, May 5 at 10:15, needs 60 places; Hall A has 40.",
            "Lunch, Tuesday, May 5 at 13:00, is outside the event's days.",
        ],
    ),
    (
        "יש התנגשויות?",
        [
            "יש 3 התנגשויות.",
            "\u200fMaya Golan בשני מקומות בו־זמנית: Opening Keynote, יום שלישי, 5 במאי בשעה "
            "09:00, וגם Sound You Can Trust, יום שלישי, 5 במאי בשעה 10:15.",
            "\u200fSound You Can Trust, יום שלישי, 5 במאי בשעה 10:15: נדרשים 60 מקומות, וב־Hall A יש 40.",
            "\u200fLunch, יום שלישי, 5 במאי בשעה 13:00, נמצא מחוץ לימי האירוע.",
        ],
    ),
    (
        "What changed since yesterday?",
        [
            "Done since Sunday, May 3 at 09:00:",
            "Monday, May 4 at 08:10: Change of Opening Keynote, asked by Noa, approved by Dana Levi",
        ],
    ),
    (
        "מה השתנה מאתמול?",
        [
            "מה בוצע מאז יום ראשון, 3 במאי בשעה 09:00:",
            "יום שני, 4 במאי בשעה 08:10: שינוי של Opening Keynote, לבקשת Noa ובאישור Dana Levi",
        ],
    ),
    (
        "How is Hall A used?",
        [
            "Tuesday, May 5:",
            "Hall A: 8 sessions, 70 percent of the day, longest empty from 13:00 to 14:00",
            "Terrace: one session, 10 percent of the day",
        ],
    ),
    (
        "כמה תפוס אולם א?",
        [
            "יום שלישי, 5 במאי:",
            "Hall A: 8 מושבים, 70 אחוז מהיום, החלון הפנוי הארוך ביותר מ־13:00 עד 14:00",
            "Terrace: מושב אחד, 10 אחוז מהיום",
        ],
    ),
    (
        "What is Laura Ellis registered for?",
        [
            "VIP: Laura Ellis (Journalist), arrived Tuesday, May 5 at 08:40",
            "Tuesday, May 5:",
            "09:00 to 10:00, Hall A: Opening Keynote",
            "10:15 to 11:00, Hall A: Sound You Can Trust",
            "On the waiting list of Sound You Can Trust: number 2.",
        ],
    ),
    (
        "לאן רשומה Laura Ellis?",
        [
            "אח״מ: Laura Ellis (Journalist), הגעה יום שלישי, 5 במאי בשעה 08:40",
            "יום שלישי, 5 במאי:",
            "09:00 עד 10:00, Hall A: Opening Keynote",
            "10:15 עד 11:00, Hall A: Sound You Can Trust",
            "ברשימת ההמתנה של Sound You Can Trust: מספר 2.",
        ],
    ),
    (
        "Who are the VIPs?",
        [
            "VIP: Laura Ellis (Journalist); is here; next Sound You Can Trust, Tuesday, May 5 at 10:15, Hall A",
            "VIP: Ian Archer; not here yet",
        ],
    ),
    (
        "מי האח״מים?",
        [
            "אח״מ: Laura Ellis (Journalist); כבר כאן; אחר כך Sound You Can Trust, יום שלישי, 5 במאי בשעה 10:15, Hall A",
            "אח״מ: Ian Archer; עדיין לא כאן",
        ],
    ),
    (
        "List the vendors",
        [
            "Galil Sound: confirmed, arrival Tuesday, May 5 at 07:00, 20 minutes late, Two trucks",
            "SafeGate: arrived",
        ],
    ),
    (
        "מי הספקים?",
        [
            "Galil Sound: אישר הגעה, שעת ההגעה יום שלישי, 5 במאי בשעה 07:00, באיחור של 20 דקות, Two trucks",
            "SafeGate: הגיע",
        ],
    ),
    (
        "Which vendors are late?",
        [
            "Galil Sound: confirmed, arrival Tuesday, May 5 at 07:00, 20 minutes late, Two trucks",
        ],
    ),
    (
        "אילו ספקים כבר הגיעו?",
        [
            "SafeGate: הגיע",
        ],
    ),
    (
        "When does SafeGate arrive?",
        [
            "SafeGate: arrived",
        ],
    ),
    (
        "What is left to do?",
        [
            "Checklist: 3 of 16 done, one item overdue.",
            "Stream key checked, until Tuesday, May 5 at 10:00, Tom Harris, overdue",
            "Lost and found box, nobody has it yet",
        ],
    ),
    (
        "מה נשאר לעשות?",
        [
            "ברשימת המשימות: 3 מתוך 16 בוצעו, אחת באיחור.",
            "Stream key checked, עד יום שלישי, 5 במאי בשעה 10:00, Tom Harris, באיחור",
            "Lost and found box, עדיין בלי אחראי",
        ],
    ),
    (
        "What's overdue?",
        [
            "Checklist: 3 of 16 done, one item overdue.",
            "Stream key checked, until Tuesday, May 5 at 10:00, Tom Harris, overdue",
        ],
    ),
    (
        "Is Lost and found box done?",
        [
            "Lost and found box, nobody has it yet",
        ],
    ),
    (
        "האם תיק עזרה בוצע?",
        [
            "אין ברשימה משימה פתוחה כמו תיק עזרה.",
        ],
    ),
    (
        "Explain the suggestion about Opening Keynote",
        [
            "Change of Opening Keynote",
            "Noa asked for it on Monday, May 4 at 08:00.",
            "In their words: “move it to ten”",
            "The risk is high. There are no conflicts.",
            "Dana Levi rejected it on Monday, May 4 at 08:10. The reason: too late",
        ],
    ),
    (
        "הסבר את ההצעה על Opening Keynote",
        [
            "שינוי של Opening Keynote",
            "לבקשת Noa, יום שני, 4 במאי בשעה 08:00.",
            "במילים שנכתבו: “move it to ten”",
            "הסיכון גבוה. אין התנגשויות.",
            "נדחה: Dana Levi, יום שני, 4 במאי בשעה 08:10. הסיבה: too late",
        ],
    ),
    (
        "Who may approve what?",
        [
            "new sessions, changes, risk high: owners, Dana Levi",
            "Everything else: owners and managers.",
            "Two different people must approve: risk critical",
            "Nobody may approve what they asked for themselves.",
            "What is of low risk is done at once.",
            "Between two sessions a room stays empty for 15 minutes.",
            "Dana Levi decides for Adam Cohen until Friday, May 8 at 00:00.",
        ],
    ),
    (
        "מי רשאי לאשר?",
        [
            "new sessions, changes, סיכון גבוה: בעלים, Dana Levi",
            "כל השאר: בעלים ומנהלים.",
            "נדרש אישור של שני אנשים שונים: סיכון קריטי",
            "אף אחד לא רשאי לאשר את מה שביקש בעצמו.",
            "מה שבסיכון נמוך מתבצע מיד.",
            "בין שני מושבים האולם נשאר ריק 15 דקות.",
            "\u200fDana Levi במקום Adam Cohen, עד יום שישי, 8 במאי בשעה 00:00.",
        ],
    ),
    (
        "What is waiting for approval?",
        [
            "One suggestion waits for a decision:",
            "Change of Stage Management 101, asked by Noa, risk high, until Tuesday, May 5 at 09:30",
        ],
    ),
    (
        "מה מחכה לאישור?",
        [
            "הצעה אחת ממתינה להחלטה:",
            "שינוי של Stage Management 101, לבקשת Noa, סיכון גבוה, עד יום שלישי, 5 במאי בשעה 09:30",
        ],
    ),
]


@pytest.mark.parametrize(("said", "lines"), ANSWERS)
def test_an_answer_is_said_in_sentences(said: str, lines: list[str]) -> None:
    assert Conversation().say(said)[1].splitlines() == lines


def test_what_a_role_may_not_change_is_said_by_whom_it_can_be() -> None:
    staff = {name: TOOLS[name] for name in (*READS, "update_schedule_item")}
    assert Conversation(tools=staff).say("Keep 15 minutes between sessions") == (
        [],
        "Your role cannot change this. Please ask an owner.",
    )
