"""Rooms themselves: how they are used, new ones, another name or size."""

from bots.playground.sentences.grammar.hebrew.verbs import ADD, CHANGE, LIMIT, OPEN, PEOPLE, SHOW, TURN
from bots.playground.sentences.grammar.rules import Rule

_FULL = "(תפוס|תפוסה|תפוסים|עמוס|עמוסה|עמוסים|בשימוש|מנוצל|מנוצלת|מנוצלים|מלא|מלאים)"
_SIZE = f"(,? (ל|לעד |עם |שמכיל |שמכילה |בגודל )(עד )?{{number}}{PEOPLE})?"

RULES: tuple[Rule, ...] = (
    Rule(
        "room_use",
        (
            f"(כמה|עד כמה) {_FULL} ה?({{room}}|אולמות|חדרים){{filters}}",
            f"(כמה|עד כמה) ה?({{room}}|אולמות|חדרים) {_FULL}{{filters}}",
            f"[{SHOW} |מה |מהי |מהו ][את ]ה?(ניצול|תפוסה|תפוסת|שימוש|עומס) (של |ב)?ה?({{room}}|אולמות|"
            f"חדרים){{filters}}",
            "(מה|מהי|מתי) ה?(הפסקה|חלון|רווח|חור) הכי (ארוך|ארוכה|גדול) ב{room}{filters}",
        ),
    ),
    Rule(
        "add_room",
        (
            f"({ADD}|{OPEN}) [את ]{{room}}{_SIZE}",
            f"({ADD}|{OPEN}) (אולם|חדר)( חדש| נוסף)?( בשם| שנקרא|:)? {{anyroom}}{_SIZE}",
        ),
    ),
    Rule(
        "update_room",
        (
            f"{CHANGE} [את ](ה?שם|שמו|שמה) של ה?{{room}} ל{{new}}",
            f"{CHANGE} [את ]שם ה?(אולם|חדר) {{anyroom}} ל{{new}}",
            f"({LIMIT}|{CHANGE}) [את ](ה?קיבולת|ה?תכולה|מספר המקומות|כמות המקומות|ה?מקומות) (של |ב)ה?{{room}} "
            f"ל{{number}}{PEOPLE}",
            f"{LIMIT} [את ]{{room}} ל{{number}}{PEOPLE}",
        ),
    ),
    Rule(
        "update_room",
        (f"ה?{{room}} (מכיל|מכילה|יכול להכיל|יכולה להכיל)( עכשיו)? {{number}}{PEOPLE}",),
        is_statement=True,
    ),
    Rule(
        "update_room",
        (f"{TURN} [את ]{{room}} (ל|כ)(משותף|משותפת)", "{room} (יכול|יכולה) להיות (משותף|משותפת)"),
        fixed=(("flag", True),),
    ),
    Rule("update_room", ("{room} (לא|כבר לא) (יכול|יכולה) להיות (משותף|משותפת)",), fixed=(("flag", False),)),
)
