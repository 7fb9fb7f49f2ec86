"""What the tool about policies answered, said in a few lines. Pure."""

from collections.abc import Mapping
from fnmatch import fnmatchcase

from bots.playground.sentences.conversation.answers.common import answered
from bots.playground.sentences.conversation.say import isolated, moment_text, say
from bots.playground.sentences.conversation.talk import Row, Step
from bots.playground.sentences.grammar.pieces.days import Situation
from bots.playground.sentences.grammar.text import Language
from bots.playground.sentences.grammar.wish import Wish


@answered
def policy(wish: Wish, step: Step, _situation: Situation) -> str:
    """Say who may approve what, whether one is enough, and who stands in for whom."""
    language, answer = wish.language, step.answer
    lines = [_rule(language, row, answer.get("actions") or {}) for row in step.rows("who_may_approve")]
    lines.append(say(language, "policy-otherwise" if lines else "policy-everything"))
    risks = [say(language, "risk", risk=str(risk)) for risk in answer.get("two_people_for") or ()]
    if risks:
        lines.append(f"{say(language, 'policy-two')} {', '.join(risks)}")
    lines.append(say(language, "policy-own" if answer.get("askers_may_approve") else "policy-not-own"))
    if answer.get("at_once_for_low"):
        lines.append(say(language, "policy-at-once"))
    if answer.get("buffer_minutes"):
        lines.append(say(language, "policy-buffer", count=int(answer["buffer_minutes"])))
    return "\n".join((*lines, *(_stand_in(language, row) for row in step.rows("delegations"))))


def _rule(language: Language, row: Row, actions: Mapping[str, str]) -> str:
    people = [say(language, f"role-{role}") for role in row.get("roles") or ()]
    people += [isolated(str(name)) for name in row.get("people") or ()]
    pattern = str(row.get("action", "*"))
    fitting = [name for kind, name in actions.items() if fnmatchcase(kind, pattern)]
    about = [] if pattern == "*" else fitting or [isolated(pattern)]
    about += [say(language, "risk", risk=str(row["risk"]))] if row.get("risk", "*") != "*" else []
    return f"{', '.join(about) or say(language, 'policy-any')}: {', '.join(people)}"


def _stand_in(language: Language, row: Row) -> str:
    until = moment_text(language, str(row["until"]))
    return say(language, "stands-in", delegate=row["delegate"], absent=row["absent"], until=until)
