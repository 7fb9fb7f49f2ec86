"""Participants: their sessions, places in sessions, VIPs, arrivals."""

from bots.playground.sentences.grammar.hebrew.verbs import (
    ADD,
    CANCEL,
    CHANGE,
    CONTACT_OF,
    DO,
    MARK,
    MOVE,
    REGISTER,
    REMOVE,
    SESSIONS,
    SHOW,
    TAKE_OUT,
    TURN,
    VIP,
)
from bots.playground.sentences.grammar.rules import Rule

_VIPS = '(אח"מים|אחמים|vips|vip)'
_SOMEBODY = "ה?(משתתפת|משתתף|אורחת|אורח)"
_HERE = "( ב?ה?(אירוע|כנס)| שלנו| שמגיעים)?"
_EVERYONE = "(כולם|כל המשתתפים|כל הרשומים|כל האנשים|כל האורחים)"
_REGISTERED = "(רשום|רשומה|נרשם|נרשמה)"
_INTO = f"(לאן|לאילו {SESSIONS}|לאיזה {SESSIONS}|לאלו {SESSIONS}|למה|לאיזה מושב)"
_AGENDA = '(לוח הזמנים|הלוח|סדר היום|הלו"ז|לו"ז|התוכנית|הרישומים|האג\'נדה)'
_NOT_A_PLACE = "(?!אולם|האולם|סדנה|במה|חדר|ה?טרסה|מחר|היום|אתמול|יום|האירוע|הכנס|כל )"
_NO_PLACE = r"(?!ה?אולם|ה?טרסה|ה?חדר|ב?\d)(?=\S\S\S)"
"""A room, a time or a mere syllable is no session."""
_NOTE = "(,? (עם הערה|עם ההערה|בהערה|הערה|הערות):?|:|,) {note}"
_CHECK_IN = "(צ'ק( |-)?אין)"

RULES: tuple[Rule, ...] = (
    Rule(
        "vips",
        (
            f"[{SHOW} ][את ](כל )?(רשימת )?ה?{_VIPS}{_HERE}",
            f"מי ה?{_VIPS}{_HERE}",
            f"(אילו|איזה|אלו|כמה) {_VIPS} (יש|מגיעים|באים|הגיעו|רשומים)( לנו)?( (ל|ב)ה?(אירוע|כנס))?",
            f"איפה ה?{_VIPS}( עכשיו| צריכים להיות)?",
        ),
    ),
    Rule(
        "person_agenda",
        (
            f"{_INTO} {_REGISTERED} ({_SOMEBODY} )?{{person}}",
            f"{_INTO} ({_SOMEBODY} )?{{person}} {_REGISTERED}",
            f"[{SHOW} |מה ][את ]{_AGENDA} של ({_SOMEBODY} )?{_NOT_A_PLACE}{{person}}",
            "איפה {person} (צריך|צריכה|אמור|אמורה) להיות( עכשיו)?",
            "איפה (צריך|צריכה|אמור|אמורה) להיות {person}( עכשיו)?",
            f"האם {{person}} ({VIP}|נרשם|נרשמה|עשה צ'ק( |-)?אין|עשתה צ'ק( |-)?אין)",
        ),
    ),
    Rule(
        "set_vip",
        (
            f"{MARK} [את ]({_SOMEBODY} )?{{person}} כ{VIP}({_NOTE})?",
            f"{TURN} [את ]({_SOMEBODY} )?{{person}} (ל|כ){VIP}({_NOTE})?",
        ),
        fixed=(("flag", True),),
    ),
    Rule(
        "set_vip",
        (f"({REMOVE}|{CANCEL}) [את ](ה?סימון|ה?תג|ה?סטטוס|ה?מעמד)( של)? ה?{VIP} (של |מ){{person}}",),
        fixed=(("flag", False),),
    ),
    Rule(
        "set_vip",
        (f"(?!מי |האם ){{person}} (כבר |יותר )?(לא|אינו|אינה) {VIP}( יותר| עוד)?",),
        fixed=(("flag", False),),
        is_statement=True,
    ),
    Rule(
        "check_in",
        (
            f"({DO} )?{_CHECK_IN} (ל|של ){{person}}",
            f"({MARK}|{REGISTER}) [את ]ה?(הגעה|הגעתו|הגעתה|הגעתם|כניסה)( של)? ({_SOMEBODY} )?{{person}}",
            f"{MARK} ש{_SOMEBODY} {{person}} (כבר )?(הגיע|הגיעה)",
            f"{MARK} [את ]({_SOMEBODY} )?{{person}} כ(נוכח|נוכחת)",
        ),
    ),
    Rule("check_in", (f"{_SOMEBODY} {{person}} (כבר )?(הגיע|הגיעה)",), is_statement=True),
    Rule(
        "update_person",
        (
            f"{CHANGE} [את ]{CONTACT_OF} של ({_SOMEBODY} )?{{person}} ל{{address}}",
            f"{CHANGE} [את ](שם|השם של|שמו של|שמה של) {_SOMEBODY} {{fullname}} ל{{new}}",
            f"{CHANGE} [את ](שם|השם של|שמו של|שמה של) {_SOMEBODY} {{person}} ל{{new}}",
        ),
    ),
    Rule(
        "add_person",
        (
            f"({ADD}|{REGISTER}) {_SOMEBODY}( חדש| חדשה)?( בשם|:)? {{person}}[{{contact}}]",
            f"({ADD}|{REGISTER}) [את ]{{person}}[{{contact}}],? (כמשתתף|כמשתתפת|כאורח|כאורחת|לרשימת המשתתפים|"
            "לרשימת האורחים|לרשימת המוזמנים)",
        ),
    ),
    Rule("move_people", (f"{MOVE} [את ]{_EVERYONE} מ{{title}} (ל|אל ){{other}}",), fixed=(("flag", True),)),
    Rule(
        "unassign",
        (
            f"{CANCEL} [את ]ה?(רישום|הרשמה|השתתפות)( של)? {{fullname}} (ל|ב|מ){{title}}",
            f"{CANCEL} [את ]ה?(רישום|הרשמה|השתתפות)( של)? {{person}} (ל|ב|מ){{title}}",
            f"{TAKE_OUT} [את ]{{fullname}} מ{{title}}",
            f"{TAKE_OUT} [את ]{{person}} מ{{title}}",
            f'{REMOVE} [את ]{{fullname}} מ(?="|המושב |ההרצאה |הסדנה |הפאנל ){{title}}',
            f'{REMOVE} [את ]{{person}} מ(?="|המושב |ההרצאה |הסדנה |הפאנל ){{title}}',
        ),
    ),
    Rule(
        "assign",
        (
            f"{REGISTER} את {{fullname}} (ל|ב|אל ){_NO_PLACE}{{title}}",
            f"{REGISTER} את {{person}} (ל|ב|אל ){_NO_PLACE}{{title}}",
        ),
    ),
)
PLACES: tuple[Rule, ...] = (
    Rule(
        "move_people",
        (
            f"{MOVE} [את ]{{fullnames}} מ{{title}} (ל|אל ){{other}}",
            f"{MOVE} [את ]{{people}} מ{{title}} (ל|אל ){{other}}",
        ),
    ),
)
"""This stands after what is said of sessions: a title may be anything, and so may a name."""
