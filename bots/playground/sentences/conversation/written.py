"""What a write tool answered: a suggestion that waits, with what speaks against it and whom it touches. Pure."""

from bots.playground.sentences.conversation.answers import refused, vip_line
from bots.playground.sentences.conversation.say import say
from bots.playground.sentences.conversation.talk import Step
from bots.playground.sentences.grammar.wish import Wish


def suggested(wish: Wish, step: Step) -> str:
    """Say that a suggestion waits; never that something was done."""
    if step.is_refused:
        return refused(wish, step)
    answer, language = step.answer, wish.language
    title = str(answer.get("title", ""))
    lines = [say(language, "blocked" if answer.get("blocked") else "suggested", title=title)]
    lines += [str(conflict["sentence"]) for conflict in step.rows("conflicts") if conflict.get("sentence")]
    affected = int(answer.get("affected_participants") or 0)
    if affected:
        lines.append(say(language, "affected", count=affected))
    lines += [vip_line(language, vip) for vip in step.rows("vips")]
    return "\n".join(lines)
