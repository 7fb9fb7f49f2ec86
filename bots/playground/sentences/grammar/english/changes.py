"""Changes of the agenda."""

from bots.playground.sentences.grammar.rules import Rule

_ALL = "(everything|all|the rest|all the rest|(all |all the |the |every )(sessions|session|talks))"
_LATER = "(move|push|postpone|delay|shift|put off|push back)"

_OF = "(of|in|from|for)"


def _cleared(name: str, words: str) -> Rule:
    patterns = (f"(remove|clear|take away|delete) the {words} {_OF} {{title}}",)
    return Rule("clear", patterns, fixed=(("status", name),))


FIRST: tuple[Rule, ...] = (
    _cleared("room", "(room|hall)"),
    _cleared("speaker", "speakers?"),
    _cleared("track", "track"),
    _cleared("description", "description"),
    _cleared("capacity", "(capacity|limit)"),
    Rule("clear", ("take {title} out of its (room|hall)",), fixed=(("status", "room"),)),
    Rule(
        "track",
        ("(set|change|update) the track of {title} to {new}", "(put|move) {title} (in|into|to|on) the track {new}"),
    ),
    Rule("describe", ("(set|change|update) the description of {title} to:? {new}",)),
)
"""These stand before what is said of people, who may be called anything."""
RULES: tuple[Rule, ...] = (
    Rule(
        "shift_all",
        (
            f"{_LATER} {_ALL}{{filters}} [back ][by ]{{duration}}[ later| back][{{filters1}}]",
            f"{_LATER} {_ALL} [back ][by ]{{duration}}[ later| back]{{filters1}}",
            f"(start|let) {_ALL}{{filters}}[ start] {{duration}} later[{{filters1}}]",
        ),
    ),
    Rule(
        "shift_all",
        (
            f"(move|bring|pull|shift|start) {_ALL}{{filters}} [forward |up ][by ]{{duration}} (earlier|"
            f"forward|up)[{{filters1}}]",
            f"(bring forward|advance|bring|pull forward) {_ALL}{{filters}} [forward ]by {{duration}}[{{filters1}}]",
        ),
        fixed=(("sign", -1),),
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
        "swap",
        (
            "(swap|switch|exchange|trade) {title} with {other}",
            "(swap|switch|exchange|trade)( the times of| the places of| the slots of)? {title} and {other}",
            "(swap|switch|exchange|trade) {title} for {other}",
            "(let|make) {title} and {other} (swap|trade|switch|change) (places|slots|times)",
        ),
    ),
)
