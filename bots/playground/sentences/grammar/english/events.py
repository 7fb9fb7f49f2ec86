"""Whole events: how they stand, what changed, new ones."""

from bots.playground.sentences.grammar.english.verbs import SHOW
from bots.playground.sentences.grammar.rules import Rule

THE_EVENT = "(the|our|this) (event|conference|festival)"
WHERE = "[ in (each|every|all|all the) (rooms|halls|room|hall)]"
CLASHES = "(conflict|conflicts|clash|clashes|collisions|overlaps|double bookings|double-bookings)"
NEW_EVENT = "(create|add|plan|set up|start|open|draft|make)[ a| an][ new][ draft] event[ draft]"
CHANGED = (
    "what('s| has| was| have we| did we|) (changed|change|new|different|moved|cancelled|canceled|decided)",
    "what is (new|different)",
    "(which|what) changes (were|have been|are there)[ made| approved| done]",
    f"[{SHOW} ][the |all ][recent |latest |last ]changes",
    "(were there |are there |have there been |)any changes",
    "(has|did) (anything|something) (changed|change|been changed|been moved|been cancelled|get moved)",
)
SINCE = (
    "( recently| lately| so far)?",
    "( made)? since {day}( at {clock})?",
    " since {clock}",
    " (in|during|over|within) the (last|past) {duration}",
    "( on| of| from)? {day}",
)
"""How far back; without it the tool says what the last day brought."""

RULES: tuple[Rule, ...] = (
    Rule(
        "events",
        (
            f"[{SHOW} ][all ][my |our |the ]events",
            "(which|what) events (are there|do we have|are (coming up|planned|next))",
        ),
    ),
    Rule(
        "now_and_next",
        (
            f"[{SHOW} |what('s| is| are) ][on |running |happening ]now and[ (what('s| is| comes| starts))] next{WHERE}",
            f"what('s| is) (on|running|happening|going on) (right |just )?now and what (comes|is|starts|happens)( up)? "
            f"next{WHERE}",
            "what('s| is) (on|running|happening|going on)( right| just)?( now)? in (each|every|all|all the) "
            "(rooms|halls|room|hall)( (right )?now)?",
        ),
    ),
    Rule(
        "conflicts",
        (
            f"[{SHOW} |find |find me |is there |are there ][all |any |some |the |all the ]{CLASHES}[ (in|"
            f"on|of|for|at) {{event}}]",
            f"(which|what) {CLASHES} (are there|do we have|does {{event}} have)[ (in|on|of|for|at) the agenda]",
            f"check [{{event}} ]for {CLASHES}",
            "is (anyone|anybody|any speaker|somebody|someone|any room) double( |-)booked[ (in|at) {event}]",
            "does anything (clash|overlap|conflict|collide)[ (in|at) {event}]",
        ),
    ),
    *(Rule("changed", tuple(f"{start}{when}" for start in CHANGED)) for when in SINCE),
    Rule(
        "create_event",
        (
            f"{NEW_EVENT}[ called| named| titled|:] {{new}},? (on|for|from|starting on|starting) {{day}}"
            "[ (to|until|till|through|-|and) {last}][,? in {zone}]",
            f"{NEW_EVENT}[ called| named| titled|:] {{new}},? {{day}}[ (to|until|till|through|-|and) "
            f"{{last}}][,? in {{zone}}]",
            f"{NEW_EVENT} (called|named|titled|:) {{new}}",
        ),
    ),
    Rule(
        "update_event",
        (
            f"rename {THE_EVENT} (to|as|into) {{new}}",
            f"(change|set|update) the (name|title) of {THE_EVENT} to {{new}}",
            f"(move|shift|reschedule|postpone|push) {THE_EVENT} to {{day}}[ (to|until|till|through|-) {{last}}]",
            f"(change|set|update|move) the (date|dates|days) of {THE_EVENT} to {{day}}[ (to|until|till|"
            f"through|-) {{last}}]",
            f"(change|set|update) the time( |-)?zone of {THE_EVENT} to {{zone}}",
            "rename the event {event} (to|as|into) {new}",
        ),
    ),
    Rule("publish_event", ("publish {event}", f"(make|take|put) {THE_EVENT} (public|live|online)")),
    Rule(
        "overview",
        (
            f"[{SHOW} ][an |a |the |our ][event ](overview|summary|status)",
            f"[{SHOW} |what('s| is) ][an |a |the |our ][event ](overview|summary|status) (of|for|on) {THE_EVENT}",
            f"[{SHOW} ][an |a |the ]overview (of|for|on) {{event}}",
            f"how (is|'s|does) {THE_EVENT} (going|doing|coming along|coming on|looking|stand)[ so far]",
            "(how|where) (are we|do we stand|do things stand|do we stand with everything)( doing)?[ so far]",
            f"how (far|ready) (are we|is {THE_EVENT})",
        ),
    ),
)
