"""Greetings, help, and short answers to a question back."""

from bots.playground.sentences.grammar.rules import ONLY, Rule

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
        "repeat",
        (
            "(again|once more|try again|one more time|anyway)",
            "[yes,? ](ask|suggest|propose|do|try|raise)[ it| that| this] (again|once more|anyway)",
            "i (am|'m) asking[ for it| for that] again",
        ),
    ),
)
