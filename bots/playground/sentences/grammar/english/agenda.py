"""Questions about the agenda."""

from bots.playground.sentences.grammar.english.verbs import SHOW
from bots.playground.sentences.grammar.rules import Rule

FIRST: tuple[Rule, ...] = (
    Rule(
        "agenda",
        (
            f"[{SHOW} ][the |my |our |today's ](agenda|schedule|programme|program|timetable|sessions|talks)"
            "[ for| of]{filters}",
            f"[{SHOW} |what('s| is) ]{{day}}'s? (agenda|schedule|programme|program|sessions|talks)",
        ),
    ),
)
RULES: tuple[Rule, ...] = (
    Rule(
        "free",
        (
            "when('s| is| are| will) [the ]{room}[ be] (free|empty|available){filters}",
            "is [the ]{room} (free|empty|available){filters}",
            "(which|what) (rooms|room|halls|hall) (is|are) (free|empty|available){filters}",
            "(is there|are there|find|find me|show me|show|any|give me|need|i need|we need|look for) [a |any |me a ]"
            "(free |empty )(slot|slots|room|rooms|hall|time){filters}",
            "(find|find me|i need|we need|need) [a |any ](room|slot|hall){filters1}",
            "(find|find me|show me) [a ]{duration} [free ](slot|gap|window){filters}",
            "free (slots|rooms|time){filters}",
        ),
    ),
    Rule("next", ("what('s| is)[ up| on] next[ up]", "what comes next", "what('s| is) coming up[ next]")),
    Rule(
        "agenda",
        (
            "what('s| is|s) (on|happening|going on|scheduled|planned|running|playing){filters}",
            "what (happens|do we have|have we got|is there|runs|takes place){filters}",
            "what('s| is|s) on the (agenda|schedule|programme|program|plan)[ for]{filters}",
            "(what|which) (sessions|talks|workshops|panels) (are|do we have|run|are there)[ on| running| happening]"
            "{filters}",
            "(who|who's|what|what's)[ is| are]{filters1}",
            "who('s| is| are|'ll be| will be|)[ speaking| talking| presenting| speaks| talks| presents| on stage| on"
            "| the speaker]{filters1}",
            "who (speaks|talks|presents|is speaking|is on stage|'s speaking){filters}",
            "which speakers are (on|there|speaking){filters}",
        ),
    ),
    Rule(
        "speaker",
        (
            "when (does|do|is|will|are) {speaker} (speak|talk|present|speaking|talking|presenting|perform|on stage)"
            "[ next| again]{filters}",
            "(where|what) (does|is|will|do) {speaker} (speak|talk|present|speaking|talking|presenting)"
            "[ about]{filters}",
            "(which|what) (sessions|talks) (does|do|is|are) {speaker} (have|give|giving|speak in|speaking in|present)",
            "[show me |show |list ][the |all ](sessions|talks) (by|of|with|from) {speaker}",
            "is {speaker} (speaking|talking|presenting){filters}",
            "who is (?!speaking|talking|presenting|on |registered|coming|signed up|booked|late){speaker}",
        ),
    ),
    Rule(
        "search",
        (
            "(find|search|look for|search for|look up)[ me][ for] (sessions|talks|workshops|a session|a talk|"
            "a workshop|something|anything|everything) (about|on|with|for|called|named) {query}",
            "(find|search|search for|look up|look for) {query}",
            "(is|are) there (a|any|some|something|anything)[ session| talk| workshop| sessions| talks| workshops] "
            "(about|on|with) {query}",
            "(which|what|any) (sessions|talks|workshops)[ are][ there] (about|on|deal with|are about) {query}",
        ),
    ),
    Rule(
        "about",
        (
            "tell me[ more| everything| all] about {title}",
            "[show |show me |give me ][the |more ](details|info|information) (of|on|about|for) {title}",
            "(who|which people) (is|are|has|have) (registered|coming|signed up|booked) (for|to|in) {title}",
            "how many[ people| participants| guests] (are|have|is)[ registered| coming| signed up| booked]"
            " (for|to|in) {title}",
            "[who are the |which |are there |are there any |any |show me the ]vips "
            "(in|at|for|of|are in|come to|are at) {title}",
            "[show |show me |list ][the ](participants|guests) (of|in|at|for) {title}",
            "is {title} full",
            "what is {title} about",
        ),
    ),
    Rule(
        "when",
        (
            "when and where (is|are|does) {title}[ start| begin| take place]",
            "(when|where)('s| is| are| does| do) {title}[ start| begin| take place| happen| on]",
            "(what time|at what time|which room|in which room|which hall|in which hall) (is|are|does|do) {title}"
            "[ start| begin| take place| in]",
            "who (speaks|talks|presents) (in|at) {title}",
            "who gives {title}",
        ),
    ),
    Rule(
        "more", ("(and|what about|how about|and what about)[ the]{filters1}", "(and|what about|how about) [the ]{more}")
    ),
    Rule("more", ("(and|what about|how about|and what about) {title}",)),
    Rule("agenda", ("{more}",)),
    Rule("about", ("show[ me] {title}",)),
)
