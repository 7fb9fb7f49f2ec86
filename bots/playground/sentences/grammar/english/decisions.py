"""Decisions: what waits for one, who may make it and in whose place, and the story of a suggestion."""

from bots.playground.sentences.grammar.english.verbs import SHOW
from bots.playground.sentences.grammar.rules import Rule

DONE = (
    "(moved|changed|cancelled|canceled|postponed|rescheduled|renamed|shifted|swapped|rejected|approved|removed|deleted)"
)
DID = f"({DONE}|asked for|asked to (move|change|cancel)|suggested|proposed) "

_PEOPLE = "(people|everybody|everyone|askers|somebody)"
_NOBODY = "(nobody|no one) (may|can|should)"
_OWN = "approve (their own|what they asked for|their own (requests|suggestions|changes)|his own|her own)"

WAITING: tuple[Rule, ...] = (
    Rule(
        "pending",
        (
            "what('s| is| are)[ still] (waiting|pending|open)[ for (approval|a decision|me)]",
            "what (waits|is there) (for approval|for a decision|to approve)",
            f"[{SHOW} ][the |all ](pending|open|waiting) (suggestions|approvals|changes|requests)",
            "[is there ]anything (waiting|pending|to approve)[ for approval]",
            "what (do|should|must|can) (i|we) [have to |need to ]approve",
            "what needs[ my] approval",
            "(which|what) suggestions (are (waiting|pending|open)|wait)[ for approval]",
        ),
    ),
)
_FROM_TO = "( from {day})?,? (until|till|to|through) {last}"
_RISKY = "(what is |whatever is |changes of )?{risk}( |-)?(risk)?( changes| suggestions)?"

POLICY: tuple[Rule, ...] = (
    Rule(
        "policy",
        (
            "who (may|can|must|has to|is allowed to) (approve|decide)( what)?",
            f"[{SHOW} |what('s| is) ][the |our ](approval )?(policy|rules)( for approvals| of approval)?",
            "(who stands in for whom|how are decisions made)",
        ),
    ),
    Rule(
        "policy_buffer",
        (
            "(keep|leave) {duration} (free )?between (two )?sessions",
            "(set|change) the (buffer|break|pause)( between( two)? sessions)? to {duration}",
        ),
    ),
    Rule(
        "policy_two",
        (
            f"(let )?two people (must |should |have to |need to )?approve {_RISKY}",
            f"require two (approvals|people) for {_RISKY}",
        ),
    ),
    Rule("policy_askers", (f"{_NOBODY} {_OWN}", f"{_PEOPLE} (may|can) not {_OWN}"), fixed=(("flag", False),)),
    Rule("policy_askers", (f"(let )?{_PEOPLE} (may |can )?{_OWN}",), fixed=(("flag", True),)),
    Rule(
        "policy_at_once",
        ("(do|make|carry out|run) (all )?low( |-)risk (changes|things) (at once|immediately|without asking)",),
        fixed=(("flag", True),),
    ),
    Rule(
        "delegate",
        (
            f"(let )?{{person}} (decide|decides|approve|approves) (in my place|for me|instead of me){_FROM_TO}",
            f"(let )?{{person}} (stand|stands) in for (me|{{thing}}){_FROM_TO}",
            f"(let )?{{person}} (decide|decides|approve|approves) (for|instead of) {{thing}}{_FROM_TO}",
            f"(delegate|hand) my (decisions|approvals) to {{person}}{_FROM_TO}",
        ),
    ),
    Rule(
        "end_delegation",
        (
            "(end|stop|finish) (the |my )?delegation( of {thing})?",
            "i( am|'m) back( again)?",
            "{thing} is back( again)?",
        ),
    ),
)
_ACCESS = "('s?|s)? access"
ACCESS: tuple[Rule, ...] = (
    Rule(
        "person_on",
        (
            "give {person} (access again|access back|back access|their access back|back (his|her|their) access)",
            f"(switch|turn) on {{person}}{_ACCESS}( again)?",
            f"(switch|turn) {{person}}{_ACCESS} (back )?on( again)?",
            f"(restore|give back) {{person}}{_ACCESS}",
            "(switch on|turn on|restore|give back) the access of {person}( again)?",
        ),
    ),
    Rule(
        "person_off",
        (
            f"(switch|turn) off {{person}}{_ACCESS}",
            f"(switch|turn) {{person}}{_ACCESS} off",
            f"(revoke|remove|end|take away|cancel) {{person}}{_ACCESS}",
            "(switch off|turn off|revoke|remove|end|take away|cancel) the access of {person}",
        ),
    ),
    Rule(
        "person_role",
        (
            "make {person} (a |an |the )?{role}( again)?",
            "(set|change) {person}'s? role to (a |an )?{role}",
            "(set|change) the role of {person} to (a |an )?{role}",
        ),
    ),
)
STORIES: tuple[Rule, ...] = (
    Rule(
        "explain",
        (
            "(explain|tell me( more| everything)? about|what about|how did) [the |that |this |my |our ]"
            "(suggestion|request|proposal)[ (about|for|of|to|on|with|concerning)] {subject}",
            "(explain|tell me( more)? about|what about) (the|that|this|your|my)( last| latest)? "
            "(suggestion|request|proposal)",
            "explain {subject}",
            "what (happened|is happening|became) (to|with|of) [the (suggestion|request|proposal) "
            "(about|for|of|to|on|with|concerning) ]{subject}",
            "[tell me |show me ]the (story|history) of {subject}",
            f"who {DID}{{subject}}[ to {{rest}}]",
            f"(why|when) (was|were|has|have|did) {{subject}} (been |get )?{DONE}[ to {{rest}}]",
            f"(was|were|has|have|did|is) {{subject}} (been |get )?{DONE}[ to {{rest}}]",
            "why did (we|you|they|somebody|someone|anybody) (move|change|cancel|rename|postpone|reject|"
            "approve) {subject}",
            "did (we|you|they|somebody|someone|anybody) (move|change|cancel|rename|postpone|reject|approve) "
            "{subject}[ to {rest}]",
        ),
    ),
)
