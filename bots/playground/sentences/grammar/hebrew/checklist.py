"""The event's checklist: how far it is, new items, who does them, what is done."""

from bots.playground.sentences.grammar.hebrew.verbs import ADD, FINISH, GIVE, MARK, SHOW
from bots.playground.sentences.grammar.rules import Rule

_LIST = "ה?(צ'קליסט|צ'ק( |-)?ליסט|רשימת ה?(מטלות|משימות|בדיקות|תיוג))"
_ITEM = "ה?(משימה|מטלה)"
_ITEMS = "(משימות|מטלות)"
_DONE = "(בוצע|בוצעה|בוצעו|הושלם|הושלמה|הושלמו|נעשה|נעשתה|גמור|גמורה|מוכן|מוכנה)"
_DUE = "(,? (עד|לא יאוחר מ|עד ה)( ?השעה)? ?{destination})?"
_BY = "(,? (באחריות|באחריותו של|באחריותה של|של|על) {person})?"
_STATEMENT = "(?!מה |מי |האם |מתי |אם |אילו |איזה |הכל |הכול |הספק )"

RULES: tuple[Rule, ...] = (
    Rule(
        "checklist",
        (
            f"[{SHOW} ][את ]{_LIST}",
            f"(מה|ומה) (עם|לגבי) {_LIST}",
            f"מה (מצב|המצב של|הסטטוס של|סטטוס|קורה עם) {_LIST}",
            f"(איך|כמה) (מתקדם|מתקדמת|הולך|הולכת|התקדם|התקדמה) {_LIST}",
            f"מה( עוד)? (נשאר|נותר|חסר|פתוח)( עוד)?( לנו)? (לעשות( היום)?|ב{_LIST})",
            f"[{SHOW} ][את ](אילו |איזה |אלו |כמה |מה ה|ה)?{_ITEMS}( עוד)? "
            "(פתוחות|נשארו|נותרו|לא בוצעו|בוצעו|הושלמו|יש לנו|הפתוחות|שנשארו)( לנו)?( לעשות)?",
            f"האם ({_ITEM} )?{{thing}} (כבר )?{_DONE}",
            f"מי אחראית? על ({_ITEM} )?{{thing}}",
        ),
    ),
    Rule(
        "checklist",
        (
            f"(מה|(אילו|איזה|אלו) {_ITEMS})( נמצא| נמצאות)? (באיחור|מאחר|מאחרות)( ב{_LIST})?",
            f"[{SHOW} ][את ]ה?{_ITEMS} (באיחור|שבאיחור|המאחרות)",
        ),
        fixed=(("flag", True),),
    ),
    Rule(
        "assign_item",
        (
            f"{GIVE} [את ]{_ITEM} {{thing}} (ל|על |אל ){{fullname}}",
            f"{GIVE} [את ]{_ITEM} {{thing}} (ל|על |אל ){{person}}",
            "(הטל|הטילי|תטיל|תטילי|להטיל) [את ]{thing} על {person}",
        ),
    ),
    Rule(
        "assign_item",
        (f"(?!מי ){{person}} (אחראי|אחראית|תהיה אחראית|יהיה אחראי) על ({_ITEM} )?{{thing}}",),
        is_statement=True,
    ),
    Rule(
        "add_items",
        (
            f"{ADD} {_ITEMS}( חדשות)?( ל{_LIST})?: {{items}}",
            f"{ADD} ל{_LIST}: {{items}}",
        ),
    ),
    Rule(
        "add_items",
        (
            f"{ADD} [את ]{{thing}} ל{_LIST}{_DUE}{_BY}",
            f"{ADD} [את ]{{thing}} ל{_LIST}{_BY}{_DUE}",
            f"{ADD} ל{_LIST} [את ]{{thing}}{_DUE}{_BY}",
            f"({ADD} )?(משימה|מטלה)( חדשה)?( בשם)?:? {{thing}}{_DUE}{_BY}",
            f"({ADD} )?(משימה|מטלה)( חדשה)?( בשם)?:? {{thing}}{_BY}{_DUE}",
        ),
    ),
    Rule(
        "complete_item",
        (
            f"{MARK} [את ]({_ITEM} )?{{thing}} כ{_DONE}",
            f"{MARK} ש({_ITEM} )?{{thing}} (כבר )?{_DONE}",
            f"{MARK} (וי|v) (על|ליד) ({_ITEM} )?{{thing}}",
            f"{FINISH} [את ]{_ITEM} {{thing}}",
        ),
    ),
    Rule(
        "complete_item",
        (f"{_STATEMENT}({_ITEM} )?{{thing}} (כבר )?(בוצע|בוצעה|הושלם|הושלמה)",),
        is_statement=True,
    ),
)
NEWS: tuple[Rule, ...] = (Rule("checklist", (f"({_ITEM} )?{{thing}} (כבר )?{_DONE}",)),)
"""Asked like a statement, with a question mark."""
