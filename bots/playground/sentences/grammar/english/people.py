"""Participants: their sessions, places in sessions, VIPs, arrivals."""

from bots.playground.sentences.grammar.english.verbs import SHOW
from bots.playground.sentences.grammar.rules import Rule

_SOMEBODY = "[the ](participant|guest|attendee|visitor) "
_EVERYONE = "(everyone|everybody|all( the)? (people|participants|guests|registrations)|all)"
_NOT_A_DAY = "(?!me |us |today|tomorrow|yesterday|hall |room |stage |workshop |the |this |that |what )"
_NOTE = "(,? with the note:?|,? note:?|:|,? because (he|she|they)) {note}"

RULES: tuple[Rule, ...] = (
    Rule(
        "vips",
        (
            f"[{SHOW} |who are |which are ][all ][the |our ]vips( list)?( (of|at|for) (the|our|this) "
            "(event|conference))?",
            f"[{SHOW} ][the |our ]vip list",
            "(which|what) vips (are|do we have|come|will come)( there| here| coming| registered)?",
            "(where are|where should|where do) the vips( be| have to be)?( now| next)?",
            "how many vips (are there|do we have|are coming)",
        ),
    ),
    Rule(
        "person_agenda",
        (
            f"(what|which sessions|which talks|where) (is|has|are) ({_SOMEBODY})?{{person}} "
            "(registered|signed up|booked|enrolled|going to|going|attending|waiting)( for| in| to)?",
            f"(which|what) sessions (is|has|does|will) ({_SOMEBODY})?{{person}} (attend|attending|visit|"
            "visiting|go to)",
            f"[{SHOW} |what('s| is| are) ][the ](agenda|schedule|programme|program|sessions|registrations) of "
            f"{_SOMEBODY}{{person}}",
            f"[{SHOW} |what('s| is| are) ]{_NOT_A_DAY}{{person}}'s? (agenda|schedule|programme|program|"
            "registrations|day)",
            "where (should|must|does) {person} (be|have to be|go)( now| next)?",
            "is {person} ((a |an )?vip|checked in)( yet| already)?",
            "has {person} (checked in|been checked in)( yet| already)?",
        ),
    ),
    Rule(
        "set_vip",
        (
            f"(mark|set|flag|register|treat) ({_SOMEBODY})?{{person}} as (a |an )?vip({_NOTE})?",
            f"make ({_SOMEBODY})?{{person}} (a |an )?vip({_NOTE})?",
        ),
        fixed=(("flag", True),),
    ),
    Rule(
        "set_vip",
        (
            "(remove|take away|take|delete|clear|cancel) the vip (mark|flag|status|sign) (from|of|for) {person}",
            "(unmark|unflag) {person} as (a |an )?vip",
        ),
        fixed=(("flag", False),),
    ),
    Rule(
        "set_vip",
        ("{person} is (not|no longer|not any more|no more) (a |an )?vip( any more| anymore)?",),
        fixed=(("flag", False),),
        is_statement=True,
    ),
    Rule(
        "check_in",
        (
            f"check( |-)?in ({_SOMEBODY})?{{person}}",
            f"check ({_SOMEBODY})?{{person}} in",
            f"(mark|note|set) ({_SOMEBODY})?{{person}} (as )?(checked in|checked-in|present)",
            f"(mark|note) that ({_SOMEBODY}){{person}} (has )?arrived",
        ),
    ),
    Rule("check_in", (f"{_SOMEBODY}{{person}} (has arrived|arrived|is here)",), is_statement=True),
    Rule(
        "update_person",
        (
            "(change|set|update|correct) the (e-?mail|mail|phone|mobile)( address| number)? of {person} to {address}",
            "(change|set|update|correct) {person}'s? (e-?mail|mail|phone|mobile)( address| number)? to {address}",
            f"rename {_SOMEBODY}{{person}} (to|as|into) {{new}}",
            f"(change|set|update|correct) the name of {_SOMEBODY}{{person}} to {{new}}",
        ),
    ),
    Rule(
        "add_person",
        (
            "(add|register|create)( a| an| the)?( new)? (participant|guest|attendee|visitor):? {person}[{contact}]",
            "new (participant|guest|attendee|visitor):? {person}[{contact}]",
            "(add|put) {person}[{contact}],? (as a|as an|as) (participant|guest|attendee|visitor)",
            "(add|put) {person}[{contact}],? (to|on) (the|our) (participants|guests|guest list|participant list|list)",
        ),
    ),
    Rule(
        "move_people",
        (f"(move|shift|transfer|put) {_EVERYONE} (from|of|in) {{title}} (to|into) {{other}}",),
        (("flag", True),),
    ),
    Rule(
        "unassign",
        (
            "(cancel|remove|delete|end) the registration of {person} (for|in|to|from) {title}",
            "(cancel|remove|delete|end) {person}'s? (registration|place|seat) (for|in|at) {title}",
            "(unregister|unassign|deregister) {person} (from|for) {title}",
            "(remove|take|drop|delete) {person} (from|out of|off) (?!the agenda|the schedule|the "
            "programme|the program){title}",
        ),
    ),
)
PLACES: tuple[Rule, ...] = (
    Rule(
        "assign",
        (
            "(register|enrol|enroll|sign up|book) {person} (for|in|into|to) {title}",
            "sign {person} up (for|to) {title}",
            "(assign|add) {person} to {title}",
            "put {person} (in|into|on) {title}",
            "give {person} a (place|seat) (in|at) {title}",
        ),
    ),
    Rule("move_people", ("(move|transfer|shift) {people} from {title} (to|into) {other}",)),
)
"""These stand after what is said of sessions: a title may be anything, and so may a name."""
