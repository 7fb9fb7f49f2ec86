"""The Hebrew sentences, first match wins. ``docs/sentences.md`` lists what they are for."""

from bots.playground.sentences.grammar.hebrew import (
    agenda,
    changes,
    checklist,
    decisions,
    events,
    people,
    rooms,
    talk,
    vendors,
)
from bots.playground.sentences.grammar.hebrew.verbs import PAST as PAST
from bots.playground.sentences.grammar.hebrew.verbs import VERBS as VERBS
from bots.playground.sentences.grammar.rules import Rule

RULES: tuple[Rule, ...] = (
    *talk.RULES,
    *events.RULES,
    *decisions.WAITING,
    *decisions.POLICY,
    *decisions.ACCESS,
    *checklist.RULES,
    *vendors.RULES,
    *rooms.RULES,
    *changes.FIRST,
    *people.RULES,
    *vendors.NEWS,
    *checklist.NEWS,
    *changes.RULES,
    *people.PLACES,
    *decisions.STORIES,
    *agenda.RULES,
)
"""Order matters: what is said more exactly stands before what could be any title."""

POINTING = frozenset(
    {
        "אותו",
        "אותה",
        "זה",
        "זאת",
        "זו",
        "את זה",
        "הוא",
        "היא",
        "המושב",
        "המושב הזה",
        "ההרצאה",
        "ההרצאה הזאת",
        "ההרצאה הזו",
    }
    | {"הסדנה", "הסדנה הזאת", "הסדנה הזו", "הפאנל", "הפאנל הזה", "המושב ההוא", "ההרצאה ההיא"}
)
TITLE_WORDS = ("את המושב ", "את ההרצאה ", "את ", "המושב ", "ההרצאה ", "מושב ", "הרצאה ")
"""Words before a title that are not its own; so with the words before a name below."""
PERSON_WORDS = ("את המשתתף ", "את המשתתפת ", "המשתתף ", "המשתתפת ", "האורח ", "האורחת ", "את ")
POINTING_TO_PEOPLE = frozenset({"אותו", "אותה", "אותם", "אותן", "הוא", "היא"})
THE_EVENT = frozenset(
    {"האירוע", "אירוע", "הכנס", "כנס", "האירוע שלנו", "האירוע הזה", "הלוח", "לוח", "לוח הזמנים", "הפסטיבל", "פסטיבל"}
    | {"תוכנית", "התוכנית", "הכול", "הכל", 'לו"ז', 'הלו"ז', "אותו", "זה"}
)
THE_SUGGESTION = frozenset({"ההצעה", "ההצעה הזאת", "ההצעה הזו", "ההצעה האחרונה", "הבקשה", "הבקשה האחרונה"})
SUBJECT_WORDS = tuple(f"{what} {link}" for what in ("ההצעה", "הבקשה") for link in ("על ", "לגבי ", "של ", "ל", "עבור "))
EVENT_WORDS = ("את האירוע ", "האירוע ", "הכנס ")
THING_WORDS = ("את הספק ", "הספק ", "הספקית ", "את המשימה ", "המשימה ", "המטלה ", "את ")
