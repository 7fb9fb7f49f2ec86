"""Vendors: who comes and when, new ones, how it stands with them."""

from bots.playground.sentences.grammar.english.verbs import SHOW
from bots.playground.sentences.grammar.rules import Rule

_VENDOR = "[the |our ](vendor|supplier)"
_VENDORS = "[the |our |these ](vendors|suppliers)"
_ARRIVING = "(,?( arriving| to arrive| who arrives| which arrives| that arrives| arrival| coming)?{filters1})?"
_OFF = "( (from|off) {event})?"
_STATEMENT = (
    "(?!what |who |which |when |why |how |has |have |is |are |was |were |did |do |does |if |whether |nobody |somebody |"
    "the task |participant |the participant |guest |the guest )"
)

RULES: tuple[Rule, ...] = (
    Rule(
        "vendors",
        (
            f"[{SHOW} |who are ][all ]{_VENDORS}( list)?( (of|for|at|in) {{event}})?",
            f"[{SHOW} ][the |our ](vendor|supplier) list",
            f"(what about|how about|and|and what about) {_VENDORS}",
            "(which|what) (vendors|suppliers) (are|do we have|are there|come|will come)( coming| booked| there)?"
            "( (to|at|for) {event})?",
            "when (does|do|is|will|are) [the vendor |the supplier ]{thing} (arrive|come|arriving|coming|"
            "get here|be here|due)",
            "(has|have|is|did) [the vendor |the supplier ]{thing} (arrived|here|come|arrive|coming|on the "
            "way)( yet| already)?",
            "(what is|what's) the (status|arrival|arrival time) of [the vendor |the supplier ]{thing}",
            "how does it stand with [the vendor |the supplier ]{thing}",
        ),
    ),
    Rule(
        "vendors",
        (
            "(which|what) (vendors|suppliers) (are|have|is|has) (already )?{status}( yet| already)?",
            "(who|which vendor|which supplier) (is|has) (already )?{status}",
        ),
    ),
    Rule(
        "vendors",
        ("(which|what) (vendors|suppliers) are (late|missing|delayed|overdue)( now)?", "who is late( now)?"),
        fixed=(("flag", True),),
    ),
    Rule(
        "add_vendor",
        ("(add|create|register)( a)? new (vendor|supplier)( called| named|:)? {thing}[{contact}]",),
    ),
    Rule(
        "update_vendor",
        (
            "(change|set|update|correct) the (e-?mail|mail|phone|mobile)( address| number)? of "
            f"{_VENDOR} {{thing}} to {{address}}",
            f"rename {_VENDOR} {{thing}} (to|as|into) {{new}}",
            f"(change|set|update|correct) the name of {_VENDOR} {{thing}} to {{new}}",
        ),
    ),
    Rule(
        "assign_vendors",
        (
            f"(assign|book|invite|hire|add|bring in|order) (the |our )?(vendor|vendors|supplier|suppliers) {{things}} "
            f"(to|for) (the|our|this) (event|conference|festival){_ARRIVING}",
            f"(assign|book|invite|hire|add|bring in|order) (the |our )?(vendor|vendors|supplier|suppliers) {{things}}"
            f"{_ARRIVING}",
        ),
    ),
    Rule(
        "vendor_status",
        (
            f"(mark|note|set|report|record) ({_VENDOR} )?{{thing}} (as|is|to) {{status}}",
            f"(mark|note|report|record) that ({_VENDOR} )?{{thing}} (is|are|has|have) (now |already )?{{status}}",
            f"(set|change|update) the status of ({_VENDOR} )?{{thing}} to {{status}}",
            f"(set|change|update|move) the arrival( time)? of ({_VENDOR} )?{{thing}} to {{destination}}",
        ),
    ),
    Rule(
        "vendor_status",
        (
            f"{_VENDOR} {{thing}} (arrives|comes|will arrive|will come|will be here)( only)?{{filters1}}",
            f"{_VENDOR} {{thing}} (is|are|has|have) (now |already |just )?{{status}}( now| already)?",
        ),
        is_statement=True,
    ),
    Rule(
        "vendor_status",
        (f"{_STATEMENT}{{thing}} (has|have) (now |already |just )?arrived( now| already)?",),
        fixed=(("status", "arrived"),),
        is_statement=True,
    ),
    Rule(
        "vendor_status",
        (f"{_STATEMENT}{{thing}} (is|are) (now |already )?(on the way|on (its|their) way)( now| already)?",),
        fixed=(("status", "on_the_way"),),
        is_statement=True,
    ),
    Rule("vendor_status", (f"cancel {_VENDOR} {{thing}}",), fixed=(("status", "cancelled"),)),
    Rule(
        "unassign_vendor",
        (
            f"(remove|unassign|drop|take off|delete) {_VENDOR} {{thing}}{_OFF}",
            f"take {_VENDOR} {{thing}}{_OFF}",
        ),
    ),
)
NEWS: tuple[Rule, ...] = (
    Rule("vendors", ("(the vendor |the supplier )?{thing} (has|have|is|are) (already )?(arrived|here|on the way)",)),
)
"""Asked like a statement, with a question mark; people are asked about first."""
