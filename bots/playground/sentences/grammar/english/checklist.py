"""The event's checklist: how far it is, new items, who does them, what is done."""

from bots.playground.sentences.grammar.english.verbs import SHOW
from bots.playground.sentences.grammar.rules import Rule

_LIST = "(the |our |my )?(checklist|check list|to-do list|todo list|task list)"
_ITEM = "[the |a |an |this |that ][new ](task|item|checklist item|to-do|todo)"
_ITEMS = "(the |these |some |new )*(tasks|items|checklist items|to-dos|todos)"
_DUE = "[,? (by|until|till|due|due by|due at|before) {destination}]"
_BY = "[,? (for|assigned to|by) {person}]"
_STATEMENT = "(?!what |who |which |when |why |how |is |are |was |if |whether |everything |anything |nothing |i |we )"

RULES: tuple[Rule, ...] = (
    Rule(
        "checklist",
        (
            f"(what about|how about|and|and what about) {_LIST}",
            f"[{SHOW} ]{_LIST}[ progress| status| items][ please]",
            f"how (is|'s|does|far is|far along is) {_LIST}( going| doing| coming along| coming on| looking| stand)?",
            "(what|how much|how many items|how many tasks) (is|are|remains|remain)( still)?( left| open| "
            "missing| undone)?"
            f"( on| in) {_LIST}",
            "(what|which|how many)( checklist)? (items|tasks)( are| do we have)( still)? (open|left|"
            "undone|missing|to do)",
            "what (is|'s|do we)( still)? (left|have)( still)? to (do|be done)( today)?",
            f"[{SHOW} ][the |all ](open|remaining) (tasks|items)",
            f"is {{thing}} done( yet)?( on {_LIST})?",
        ),
    ),
    Rule(
        "checklist",
        (
            f"(what|which items|which tasks|which checklist items)( is|'s| are) overdue( on {_LIST})?",
            f"[{SHOW} ][the |all ]overdue (tasks|items)",
            f"is anything overdue( on {_LIST})?",
        ),
        fixed=(("flag", True),),
    ),
    Rule(
        "assign_item",
        (
            f"(assign|give|hand) {_ITEM} {{thing}} to {{person}}",
            f"make {{person}} responsible for {_ITEM} {{thing}}",
            "make {person} responsible for {thing}",
            f"(let|have) {{person}} (do|take|take on|handle) {_ITEM} {{thing}}",
        ),
    ),
    Rule(
        "add_items",
        (
            f"(add|put|write|create) {_ITEMS} (to|on|onto) {_LIST}:? {{items}}",
            f"(add|put|write) (to|on|onto) {_LIST}: {{items}}",
            f"(add|create|write down) {_ITEMS}: {{items}}",
        ),
    ),
    Rule(
        "add_items",
        (
            f"(add|put|write) {{thing}} (to|on|onto) {_LIST}{_DUE}{_BY}",
            f"(add|put|write) {{thing}} (to|on|onto) {_LIST}{_BY}{_DUE}",
            f"(add|create|new|put on)( the| a| an)?( new)? (task|checklist item|to-do|todo):? {{thing}}{_DUE}{_BY}",
            f"(add|create|new)( the| a| an)?( new)? (task|checklist item|to-do|todo):? {{thing}}{_BY}{_DUE}",
        ),
    ),
    Rule(
        "complete_item",
        (
            f"(complete|finish|close) {_ITEM} {{thing}}",
            "(tick|check|cross) off {thing}",
            "(tick|check|cross) {thing} off",
            f"mark ({_ITEM} )?{{thing}} (as )?(done|complete|completed|finished)",
        ),
    ),
    Rule(
        "complete_item",
        (f"{_STATEMENT}{{thing}} (is|are|has been) (now )?(done|finished|completed|complete)( now)?",),
        is_statement=True,
    ),
)
