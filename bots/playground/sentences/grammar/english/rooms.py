"""Rooms themselves: how they are used, new ones, another name or size."""

from bots.playground.sentences.grammar.english.verbs import SHOW
from bots.playground.sentences.grammar.rules import Rule

_THE_ROOMS = "(our |all the |all )?(rooms|halls)"
_SIZE = (
    "(,? (for|with|seating|that seats|which seats|(with )?(a )?capacity|(with )?(a )?capacity of) (up to )?{number}"
    "( people| participants| seats| places| guests)?)?"
)

RULES: tuple[Rule, ...] = (
    Rule(
        "room_use",
        (
            f"how (is|are) (the )?({{room}}|{_THE_ROOMS}) (used|booked|utilised|utilized|filled){{filters}}",
            f"how (well|much) (is|are) (the )?({{room}}|{_THE_ROOMS}) (used|booked|utilised|utilized|"
            f"filled){{filters}}",
            f"how (busy|full|booked|empty) (is|are) (the )?({{room}}|{_THE_ROOMS}){{filters}}",
            f"[{SHOW} |what is ][the ](use|usage|utilisation|utilization|occupancy) of (the )?({{room}}|"
            f"{_THE_ROOMS}){{filters}}",
            f"[{SHOW} ][the ](room|hall) (use|usage|utilisation|utilization|occupancy){{filters}}",
            "(what|when|where) is the longest (gap|break|pause) in (the )?{room}{filters}",
        ),
    ),
    Rule(
        "add_room",
        (
            "(add|create|open)( a| an| the)?( new| another)? (room|hall)( called| named|:) "
            f"{{anyroom}}{_SIZE}( to {{event}})?",
            f"(add|create|open)( a| an| the)?( new| another)? {{room}}{_SIZE}( to {{event}})?",
            f"(add|create|open)( a| an| the)?( new| another)? room {{anyroom}}{_SIZE}",
        ),
    ),
    Rule(
        "update_room",
        (
            "rename (the room |the )?{room} (to|as|into) {new}",
            "rename the (room|hall) {anyroom} (to|as|into) {new}",
            "(change|set|update) the name of {room} to {new}",
            "(set|change|raise|lower|increase|reduce|limit|update) the (capacity|places|seats|limit|size) (of|for|in) "
            "(the )?{room} to {number}[ people| participants| seats| places| guests]",
            "limit {room} to {number}[ people| participants| seats| places| guests]",
        ),
    ),
    Rule(
        "update_room",
        ("(the )?{room} (seats|holds|has|fits) (now )?{number}( people| seats| places| participants)?( now)?",),
        is_statement=True,
    ),
    Rule("update_room", ("(make|let) (the )?{room} (be )?shared",), fixed=(("flag", True),)),
    Rule("update_room", ("(the )?{room} (may|can) be shared",), fixed=(("flag", True),), is_statement=True),
    Rule(
        "update_room",
        (
            "(the )?{room} (may not|can not|cannot|can't) be shared( any more)?",
            "(do not|don't) (share|let anybody share) (the )?{room}",
        ),
        fixed=(("flag", False),),
    ),
)
