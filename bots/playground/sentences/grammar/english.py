"""The English sentences, first match wins. ``docs/sentences.md`` lists what they are for."""

from bots.playground.sentences.grammar.rules import ONLY, Rule

_SHOW = "(show|give|list|read)[ me]"
_LATER = "(move|push|postpone|delay|shift|put off|push back)"

RULES: tuple[Rule, ...] = (
    Rule(
        "hello",
        ("(hi|hello|hey|good morning|good afternoon|good evening|shalom|hi there)[,][ there| everyone| eventflow]",),
    ),
    Rule(
        "thanks",
        ("(thanks|thank you|thx|cheers|great|perfect|ok thanks|super)[,][ a lot| very much| so much| thanks]",),
    ),
    Rule("help", ("help[ me]", "what can (you do|i ask|i say)[ for me]", "how does this work", "who are you")),
    Rule(
        "decide",
        (
            "[yes,? |ok,? |no,? ](approve|reject|confirm|decline)[ it| that| this| the suggestion]",
            "[yes,? |ok,? |no,? ](approve|reject|confirm|decline) {title}",
        ),
    ),
    Rule(
        "events",
        (
            f"[{_SHOW} ][all ][my |our |the ]events",
            "(which|what) events (are there|do we have|are (coming up|planned|next))",
        ),
    ),
    Rule(
        "pending",
        (
            "what('s| is| are)[ still] (waiting|pending|open)[ for (approval|a decision|me)]",
            "what (waits|is there) (for approval|for a decision|to approve)",
            f"[{_SHOW} ][the |all ](pending|open|waiting) (suggestions|approvals|changes|requests)",
            "[is there ]anything (waiting|pending|to approve)[ for approval]",
            "what (do|should|must|can) (i|we) [have to |need to ]approve",
            "what needs[ my] approval",
            "(which|what) suggestions (are (waiting|pending|open)|wait)[ for approval]",
        ),
    ),
    Rule(
        "choose",
        (
            "[yes,? |no,? ][i mean[t] ][take ][the ]{ordinal}[ one]",
            "[yes,? ][take ][number |option |no. ]{number}",
            "[yes,? |no,? ][take ][i mean[t] ]the one{filters1}",
        ),
    ),
    Rule(
        "choose", ("yes|yeah|yep|exactly|that one|this one|right|yes,? (that|this)[ one]",), fixed=(("number", ONLY),)
    ),
    Rule(
        "shift",
        (
            f"{_LATER} {{title}} [back ][by ]{{duration}}[ later| back]",
            "(start|let) {title}[ start] {duration} later",
            "make {title} {duration} later",
        ),
    ),
    Rule(
        "shift",
        (
            "(move|bring|pull|shift|start) {title} [forward |up ][by ]{duration} (earlier|forward|up)",
            "(bring forward|advance|bring) {title} [forward ]by {duration}",
            "make {title} {duration} earlier",
        ),
        fixed=(("sign", -1),),
    ),
    Rule("lengthen", ("(extend|lengthen|prolong) {title} by {duration}", "make {title} {duration} longer")),
    Rule("lengthen", ("(shorten|cut) {title} by {duration}", "make {title} {duration} shorter"), fixed=(("sign", -1),)),
    Rule(
        "change_speaker",
        (
            "(change|set|switch|update) the speaker (of|in|for) {title} to {speaker}",
            "replace the speaker (of|in|for) {title} (with|by) {speaker}",
            "(let|have) {speaker} (speak|present|talk) (in|at) {title}",
            "make {speaker} the speaker (of|in|for) {title}",
        ),
    ),
    Rule(
        "rename",
        (
            "rename {title} (to|as|into) {new}",
            "(change|set|update) the (title|name) of {title} to {new}",
        ),
    ),
    Rule(
        "capacity",
        (
            "(set|change|raise|lower|increase|reduce|limit|update) the (capacity|places|seats|limit) (of|for|in) "
            "{title} to {number}[ people| participants| seats| places| guests]",
            "limit {title} to {number}[ people| participants| seats| places| guests]",
            "(allow|let in) {number} (people|participants|guests) (in|into|to|for) {title}",
        ),
    ),
    Rule(
        "cancel",
        (
            "(cancel|delete|remove|drop|scrap) {title}[ from the (agenda|schedule|programme|program)],? "
            "(because|since|as|due to|:)[ of] {reason}",
            "(cancel|delete|remove|drop|scrap) {title}[ from the (agenda|schedule|programme|program)]",
            "take {title} off the (agenda|schedule|programme|program)",
        ),
    ),
    Rule(
        "agenda",
        (
            f"[{_SHOW} ][the |my |our |today's ](agenda|schedule|programme|program|timetable|sessions|talks)"
            "[ for| of]{filters}",
        ),
    ),
    Rule(
        "create",
        (
            "(add|create|schedule|book|plan|make)[ a| an][ new] (session|talk|workshop|panel|lecture|meeting)"
            "[ called| named| titled|:] {new}{placing}",
            "(add|create|schedule|book|plan)[ a| an][ new] {new}{placing}",
            "(add|create|schedule|book|plan)[ a| an][ new] (session|talk|workshop|panel|lecture|meeting)"
            "[ called| named| titled|:] {new}",
        ),
    ),
    Rule(
        "move",
        (
            "(move|shift|reschedule|postpone|bring|put|push|delay|change|switch) {title} from [the ]{place} "
            "to {destination}",
            "(move|shift|reschedule|postpone|bring|put|push|delay|change|switch|push back|put off) {title} "
            "(to|until|into) {destination}",
            "(let |make |have ){title} (start|begin) at {destination}",
            "(move|put|reschedule) {title}{filters1}",
        ),
    ),
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
            "who is (?!speaking|talking|presenting|on ){speaker}",
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
"""Order matters: what is said more exactly stands before what could be any title."""

POINTING = frozenset(
    {"it", "this", "that", "them", "this one", "that one", "this session", "that session", "the session", "this talk"}
    | {"that talk", "the talk", "the workshop", "this workshop", "that workshop"}
)
TITLE_WORDS = ("the session ", "the talk ", "the lecture ", "session ", "talk ", "the ")
"""Words before a title that are not its own."""
