"""What the tools answered, said as readable sentences of the asker's language."""

import pytest

from tests.unit.playground.sentences.conversing import READS, TOOLS, Conversation

ANSWERS: list[tuple[str, list[str]]] = [
    (
        "How is the event going?",
        [
            "Stagecraft: from Tuesday, May 5 to Wednesday, May 6, draft",
            "61 sessions, 6 rooms, 200 participants, 12 VIPs",
            "Vendors: confirmed: 5, on the way: 1",
            "Checklist: 3 done, 16 in all, 0 overdue",
            "One suggestion waits for approval",
            "Conflicts: Somebody in two places: 2",
        ],
    ),
    (
        "מה מצב האירוע?",
        [
            "Stagecraft: מיום שלישי, 5 במאי עד יום רביעי, 6 במאי, טיוטה",
            "61 מושבים, 6 אולמות, 200 משתתפים, 12 אח״מים",
            "ספקים: אישר הגעה: 5, בדרך: 1",
            "רשימת המשימות: 3 בוצעו, 16 בסך הכול, 0 באיחור",
            "הצעה אחת ממתינה לאישור",
            "התנגשויות: מישהו בשני מקומות: 2",
        ],
    ),
    (
        "What's on now and what comes next?",
        [
            "It is Tuesday, May 5 at 09:30.",
            "Hall A: now Opening Keynote (Tuesday, May 5, 09:00 to 10:00), "
            "next Sound You Can Trust (Tuesday, May 5, 10:15 to 11:00)",
            "without a room: next Lunch (Tuesday, May 5, 13:00 to 14:00)",
        ],
    ),
    (
        "מה קורה עכשיו ומה הבא בתור?",
        [
            "השעה יום שלישי, 5 במאי בשעה 09:30.",
            "Hall A: עכשיו Opening Keynote (יום שלישי, 5 במאי, 09:00 עד 10:00), "
            "אחר כך Sound You Can Trust (יום שלישי, 5 במאי, 10:15 עד 11:00)",
            "בלי אולם: אחר כך Lunch (יום שלישי, 5 במאי, 13:00 עד 14:00)",
        ],
    ),
    (
        "Are there any conflicts?",
        [
            "There are 3 conflicts:",
            "Somebody in two places: Opening Keynote (Tuesday, May 5, 09:00 to 10:00, "
            "Hall A), and Sound You Can Trust (Tuesday, May 5, 10:15 to 11:00, Hall A), Maya Golan",
            "A room that is too small: Sound You Can Trust (Tuesday, "
            "May 5, 10:15 to 11:00), Hall A, 40 places, 60 places needed",
            "Outside the event's days: Lunch (Tuesday, May 5, 13:00 to 14:00)",
        ],
    ),
    (
        "יש התנגשויות?",
        [
            "יש 3 התנגשויות:",
            "מישהו בשני מקומות: Opening Keynote (יום שלישי, 5 במאי, 09:00 עד 10:00, "
            "Hall A), וגם Sound You Can Trust (יום שלישי, 5 במאי, 10:15 עד 11:00, Hall A), Maya Golan",
            "אולם קטן מדי: Sound You Can Trust (יום שלישי, "
            "5 במאי, 10:15 עד 11:00), Hall A, 40 מקומות, נדרשים 60 מקומות",
            "מחוץ לימי האירוע: Lunch (יום שלישי, 5 במאי, 13:00 עד 14:00)",
        ],
    ),
    (
        "What changed since yesterday?",
        [
            "Since Sunday, May 3 at 09:00:",
            "Opening Keynote: Monday, May 4 at 08:10, asked by Noa, approved by Dana Levi",
        ],
    ),
    (
        "מה השתנה מאתמול?",
        [
            "מאז יום ראשון, 3 במאי בשעה 09:00:",
            "Opening Keynote: יום שני, 4 במאי בשעה 08:10, לבקשת Noa, באישור Dana Levi",
        ],
    ),
    (
        "How is Hall A used?",
        [
            "Hall A: 8 sessions, 70 percent of the day, longest empty Tuesday, May 5, 13:00 to 14:00, 60 minutes",
            "Terrace: one session, 10 percent of the day",
        ],
    ),
    (
        "כמה תפוס אולם א?",
        [
            "Hall A: 8 מושבים, 70% מהיום, החלון הפנוי הארוך ביותר: יום שלישי, 5 במאי, 13:00 עד 14:00, 60 דקות",
            "Terrace: מושב אחד, 10% מהיום",
        ],
    ),
    (
        "What is Laura Ellis registered for?",
        [
            "Laura Ellis: VIP, note: Journalist, arrived Tuesday, May 5 at 08:40",
            "Tuesday, May 5:",
            "09:00 to 10:00, Hall A: Opening Keynote",
            "10:15 to 11:00, Hall A: Sound You Can Trust, number 2 on the waiting list",
        ],
    ),
    (
        "לאן רשומה Laura Ellis?",
        [
            "Laura Ellis: אח״מ, הערה: Journalist, הגעה: יום שלישי, 5 במאי בשעה 08:40",
            "יום שלישי, 5 במאי:",
            "09:00 עד 10:00, Hall A: Opening Keynote",
            "10:15 עד 11:00, Hall A: Sound You Can Trust, ברשימת ההמתנה: מספר 2",
        ],
    ),
    (
        "Who are the VIPs?",
        [
            "VIPs:",
            "Laura Ellis: Journalist, is here, next Sound You Can Trust (Tuesday, May 5, 10:15 to 11:00, Hall A)",
            "Ian Archer: not here yet",
        ],
    ),
    (
        "מי האח״מים?",
        [
            "אח״מים:",
            "Laura Ellis: Journalist, כבר כאן, אחר כך Sound You Can Trust (יום שלישי, 5 במאי, 10:15 עד 11:00, Hall A)",
            "Ian Archer: עדיין לא כאן",
        ],
    ),
    (
        "List the vendors",
        [
            "Galil Sound: sound, confirmed, arrival Tuesday, May 5 at 07:00, Two trucks, 20 minutes late",
            "SafeGate: security, arrived",
        ],
    ),
    (
        "מי הספקים?",
        [
            "Galil Sound: sound, אישר הגעה, שעת ההגעה: יום שלישי, 5 במאי בשעה 07:00, Two trucks, באיחור של 20 דקות",
            "SafeGate: security, הגיע",
        ],
    ),
    (
        "Which vendors are late?",
        [
            "Galil Sound: sound, confirmed, arrival Tuesday, May 5 at 07:00, Two trucks, 20 minutes late",
        ],
    ),
    (
        "אילו ספקים כבר הגיעו?",
        [
            "SafeGate: security, הגיע",
        ],
    ),
    (
        "When does SafeGate arrive?",
        [
            "SafeGate: security, arrived",
        ],
    ),
    (
        "What is left to do?",
        [
            "16 in all, 3 done, 1 overdue",
            "Stream key checked: until Tuesday, May 5 at 10:00, overdue, Tom Harris",
            "Lost and found box",
        ],
    ),
    (
        "מה נשאר לעשות?",
        [
            "16 בסך הכול, 3 בוצעו, אחד באיחור",
            "Stream key checked: עד יום שלישי, 5 במאי בשעה 10:00, באיחור, Tom Harris",
            "Lost and found box",
        ],
    ),
    (
        "What's overdue?",
        [
            "16 in all, 3 done, 1 overdue",
            "Stream key checked: until Tuesday, May 5 at 10:00, overdue, Tom Harris",
        ],
    ),
    (
        "Is Lost and found box done?",
        [
            "16 in all, 3 done, 1 overdue",
            "Lost and found box",
        ],
    ),
    (
        "האם תיק עזרה בוצע?",
        [
            "16 בסך הכול, 3 בוצעו, אחד באיחור",
            "שום דבר לא מתאים כאן.",
        ],
    ),
    (
        "Explain the suggestion about Opening Keynote",
        [
            "Opening Keynote",
            "Asked by Noa",
            "Asked on Monday, May 4 at 08:00",
            "In their words: “move it to ten”",
            "There are no conflicts.",
            "Risk high",
            "Until Tuesday, May 5 at 08:00",
            "How it ended: Monday, May 4 at 08:10, by Dana Levi, the reason: too late",
        ],
    ),
    (
        "הסבר את ההצעה על Opening Keynote",
        [
            "Opening Keynote",
            "לבקשת Noa",
            "מועד הבקשה: יום שני, 4 במאי בשעה 08:00",
            "במילים שנכתבו: “move it to ten”",
            "אין התנגשויות.",
            "סיכון גבוה",
            "עד יום שלישי, 5 במאי בשעה 08:00",
            "איך זה הסתיים: יום שני, 4 במאי בשעה 08:10, על ידי Dana Levi, הסיבה: too late",
        ],
    ),
    (
        "Who may approve what?",
        [
            "Who may approve:",
            "schedule_*: risk high, owners, Dana Levi",
            "Two different people must approve: critical",
            "Nobody may approve what they asked for themselves.",
            "What is of low risk is done at once.",
            "Between two sessions a room stays empty for 15 minutes",
            "Who decides for somebody else:",
            "from Monday, May 4 at 00:00 to Friday, May 8 at 00:00, for Adam Cohen, Dana Levi decides",
        ],
    ),
    (
        "מי רשאי לאשר?",
        [
            "מי רשאי לאשר:",
            "schedule_*: סיכון גבוה, בעלים, Dana Levi",
            "נדרש אישור של שני אנשים שונים: קריטי",
            "אף אחד לא רשאי לאשר את מה שביקש בעצמו.",
            "מה שבסיכון נמוך מתבצע מיד.",
            "בין שני מושבים האולם נשאר ריק 15 דקות",
            "מי מחליט במקום מישהו אחר:",
            "מיום שני, 4 במאי בשעה 00:00 עד יום שישי, 8 במאי בשעה 00:00, במקום Adam Cohen, מחליט: Dana Levi",
        ],
    ),
    (
        "What is waiting for approval?",
        [
            "One suggestion waits for a decision:",
            "Stage Management 101: asked by Noa, risk high, until Tuesday, May 5 at 09:30",
        ],
    ),
    (
        "מה מחכה לאישור?",
        [
            "הצעה אחת ממתינה להחלטה:",
            "Stage Management 101: לבקשת Noa, סיכון גבוה, עד יום שלישי, 5 במאי בשעה 09:30",
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
