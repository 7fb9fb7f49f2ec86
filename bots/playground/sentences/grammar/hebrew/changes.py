"""Changes of the agenda."""

from bots.playground.sentences.grammar.hebrew.verbs import (
    ADD,
    CANCEL,
    CHANGE,
    EARLIER,
    KIND,
    LATER,
    LENGTHEN,
    LIMIT,
    MOVE,
    OFF_THE_AGENDA,
    PEOPLE,
    REMOVE,
    SHORTEN,
    SWAP,
)
from bots.playground.sentences.grammar.rules import Rule

_PLACES = "((את )?ה?(מקומות|שעות|זמנים|מועדים) )?"
_ALL_THAT = "[את ]כל (מה|המושבים|ההרצאות|הדברים) "
_ALL = "[את ](הכל|הכול|כל המושבים|כל ההרצאות|כל השאר|כל מה ש(מתחיל|קורה|מתקיים|נשאר|יש))"


def _all_by(verb: str) -> tuple[str, ...]:
    return (
        f"{verb} {_ALL_THAT}ש{{more}} ב{{duration}}[{{filters}}]",
        f"{verb} {_ALL}{{filters}} ב{{duration}}[{{filters1}}]",
        f"{verb} ב{{duration}} {_ALL_THAT}ש{{more}}",
        f"{verb} ב{{duration}} {_ALL}{{filters}}",
    )


def _cleared(name: str, words: str) -> Rule:
    return Rule("clear", (f"{REMOVE} [את ]{words} (של |מ|ב){{title}}",), fixed=(("status", name),))


FIRST: tuple[Rule, ...] = (
    _cleared("room", "(האולם|החדר)"),
    _cleared("speaker", "(הדובר|הדוברת|הדוברים|המרצה|המרצים)"),
    _cleared("track", "(המסלול|מסלול)"),
    _cleared("description", "(התיאור|תיאור)"),
    _cleared("capacity", "(הקיבולת|מגבלת המקומות)"),
    Rule(
        "track",
        (f"{CHANGE} [את ]ה?מסלול של {{title}} ל{{new}}", f"{MOVE} [את ]{{title}} למסלול {{new}}"),
    ),
    Rule("describe", (f"{CHANGE} [את ]ה?תיאור של {{title}} ל(:? ?){{new}}",)),
)
"""These stand before what is said of people, who may be called anything."""
RULES: tuple[Rule, ...] = (
    Rule("shift_all", _all_by(LATER)),
    Rule("shift_all", _all_by(EARLIER), fixed=(("sign", -1),)),
    Rule("shift", (f"{LATER} [את ]{{title}} ב{{duration}}", f"{LATER} ב{{duration}}[ את {{title}}]")),
    Rule(
        "shift",
        (f"{EARLIER} [את ]{{title}} ב{{duration}}", f"{EARLIER} ב{{duration}}[ את {{title}}]"),
        fixed=(("sign", -1),),
    ),
    Rule("lengthen", (f"{LENGTHEN} [את ]{{title}} ב{{duration}}",)),
    Rule("lengthen", (f"{SHORTEN} [את ]{{title}} ב{{duration}}",), fixed=(("sign", -1),)),
    Rule(
        "change_speaker",
        (
            f"{CHANGE} את ה?(דובר|דוברת|מרצה|דוברים|מנחה) (של |ב){{title}} (ל|ב|אל )[היות ]{{speaker}}",
            f"{CHANGE} [את ]ה?(דובר|דוברת|מרצה|מנחה) (של |ב){{title}}[ל]: {{speaker}}",
        ),
    ),
    Rule(
        "rename",
        (
            f"{CHANGE} [את ]ה?(שם|כותרת)[ של]( המושב| ההרצאה| הסדנה)? {{title}} ל{{new}}",
            f"{CHANGE} [את ]שמו? של {{title}} ל{{new}}",
        ),
    ),
    Rule(
        "capacity",
        (
            f"({LIMIT}|{CHANGE}) [את ]"
            f"(ה?קיבולת|ה?תכולה|מספר המקומות|כמות המקומות|ה?מקומות) (של |ב){{title}} ל{{number}}{PEOPLE}",
            f"{LIMIT} [את ]{{title}} ל{{number}}{PEOPLE}",
        ),
    ),
    Rule(
        "cancel",
        (
            f"{CANCEL} [את ]{{title}}{OFF_THE_AGENDA},? (כי|בגלל|משום ש|מכיוון ש|עקב|מפני ש) ?{{reason}}",
            f"{CANCEL} [את ]{{title}}{OFF_THE_AGENDA}",
        ),
    ),
    Rule(
        "create",
        (
            f"{ADD} {KIND}[ חדש| חדשה][ בשם| בנושא| שנקרא| שנקראת|:] {{new}}{{placing}}",
            f"{ADD} [את ]{{new}}{{placing}}",
            f"{ADD} {KIND}[ חדש| חדשה][ בשם| בנושא| שנקרא| שנקראת|:] {{new}}",
        ),
    ),
    Rule(
        "move",
        (
            f"{MOVE} [את ]{{title}} מ{{place}} ל{{destination}}",
            f"{MOVE} [את ](השעה|המועד|הזמן|האולם|החדר|המקום) של {{title}} ל{{destination}}",
            f"{MOVE} [את ]{{title}} (ל|אל ){{destination}}",
            f"{MOVE} [את ]{{title}}{{filters1}}",
        ),
    ),
    Rule(
        "swap",
        (
            f"{SWAP} {_PLACES}בין {{title}} (לבין |ובין ){{other}}",
            f"{SWAP} {_PLACES}בין {{title}} ל{{other}}",
            f"{SWAP} {_PLACES}בין {{title}} ו{{other}}",
            f"{SWAP} [את ]{{title}} עם {{other}}",
        ),
    ),
)
