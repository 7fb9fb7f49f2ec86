"""Vendors: who comes and when, new ones, how it stands with them."""

from bots.playground.sentences.grammar.hebrew.verbs import (
    ADD,
    CANCEL,
    CHANGE,
    CONTACT_OF,
    INVITE,
    MARK,
    REMOVE,
    SHOW,
)
from bots.playground.sentences.grammar.rules import Rule

_VENDOR = "ה?(ספקית|ספק)"
_COMES = "(מגיע|מגיעה|מגיעים|יגיע|תגיע|יגיעו|בא|באה|באים)"
_CAME = "(הגיע|הגיעה|הגיעו)"
_HERE = "( (ל|ב)?ה?(אירוע|כנס))?"
_ARRIVING = "(,?( להגעה| בהגעה| עם הגעה| הגעה| שיגיע| שתגיע| שיגיעו)?{filters1})?"
_STATEMENT = "(?!מה |מי |האם |מתי |אם |אילו |איזה |איפה |עדיין |ה?משתתף |ה?משתתפת |ה?אורח |ה?אורחת )"

RULES: tuple[Rule, ...] = (
    Rule(
        "vendors",
        (
            f"[{SHOW} ][את ](כל )?(רשימת )?ה?ספקים( שלנו)?{_HERE}",
            f"מי ה?ספקים( שלנו)?{_HERE}",
            "(מה|ומה) (עם|לגבי) הספקים",
            f"(אילו|איזה|אלו) ספקים (יש|מגיעים|באים|משובצים|יגיעו|הוזמנו)( לנו)?{_HERE}",
            f"מתי {_COMES} ({_VENDOR} )?{{thing}}",
            f"מתי ({_VENDOR} )?{{thing}} {_COMES}",
            f"האם ({_VENDOR} )?{{thing}} (כבר )?({_CAME}|בדרך|כאן)",
            f"(האם )?{_CAME} (כבר )?{_VENDOR} {{thing}}",
            f"מה (הסטטוס|המצב|שעת ההגעה) של ({_VENDOR} )?{{thing}}",
        ),
    ),
    Rule("vendors", (f"(אילו|איזה|אלו) ספקים (כבר )?{{status}}{_HERE}",)),
    Rule(
        "vendors",
        ("(אילו|איזה|אלו) ספקים (מאחרים|באיחור|מתעכבים|חסרים)( עכשיו)?", "מי (מאחר|מאחרת|מתעכב|באיחור)( עכשיו)?"),
        fixed=(("flag", True),),
    ),
    Rule("add_vendor", (f"{ADD} (ספק חדש|ספקית חדשה)( בשם|:)? {{thing}}[{{contact}}]",)),
    Rule(
        "update_vendor",
        (
            f"{CHANGE} [את ]{CONTACT_OF} של {_VENDOR} {{thing}} ל{{address}}",
            f"{CHANGE} [את ](שם|השם של|שמו של|שמה של) {_VENDOR} {{thing}} ל{{new}}",
        ),
    ),
    Rule(
        "assign_vendors",
        (f"({ADD}|{INVITE}) [את ]ה?(ספקים|ספקית|ספק) {{things}}( (ל|אל )ה?(אירוע|כנס))?{_ARRIVING}",),
    ),
    Rule(
        "vendor_status",
        (
            f"{MARK} [את ]({_VENDOR} )?{{thing}} כ{{status}}",
            f"{MARK} ש({_VENDOR} )?{{thing}} (כבר )?{{status}}",
            f"{CHANGE} [את ]ה?סטטוס של ({_VENDOR} )?{{thing}} ל{{status}}",
            f"{CHANGE} [את ](שעת |זמן )?ה?הגעה של ({_VENDOR} )?{{thing}} ל{{destination}}",
        ),
    ),
    Rule(
        "vendor_status",
        ("ה(ספקית|ספק) {thing} (כבר )?{status}", f"ה(ספקית|ספק) {{thing}} {_COMES}( רק)?{{filters1}}"),
        is_statement=True,
    ),
    Rule(
        "vendor_status",
        (f"{_STATEMENT}{{thing}} (כבר )?{_CAME}",),
        fixed=(("status", "arrived"),),
        is_statement=True,
    ),
    Rule(
        "vendor_status",
        (f"{_STATEMENT}{{thing}} (כבר )?בדרך",),
        fixed=(("status", "on_the_way"),),
        is_statement=True,
    ),
    Rule("unassign_vendor", (f"{REMOVE} [את ]{_VENDOR} {{thing}}( מה?(אירוע|כנס))?",)),
    Rule("vendor_status", (f"{CANCEL} [את ]{_VENDOR} {{thing}}",), fixed=(("status", "cancelled"),)),
)
NEWS: tuple[Rule, ...] = (Rule("vendors", (f"({_VENDOR} )?{{thing}} (כבר )?({_CAME}|בדרך)",)),)
"""Asked like a statement, with a question mark; people are asked about first."""
