"""What write tools answered: suggestions that wait, with what speaks against them and whom they touch. Pure."""

from collections.abc import Sequence

from bots.playground.sentences.conversation.say import in_line, is_of, isolated, say
from bots.playground.sentences.conversation.talk import Step
from bots.playground.sentences.conversation.teller import refused, vip_line
from bots.playground.sentences.grammar.text import Language


def suggested(language: Language, step: Step) -> str:
    """Say that a suggestion waits, or that the policy let it be done at once."""
    if step.is_refused:
        return refused(language, step)
    head = say(language, _head(step), what=_what(language, step))
    return "\n".join((head, *_facts(language, step)))


def suggested_together(language: Language, made: Sequence[Step]) -> str:
    """Say that several changes of one message wait, what speaks against each, and which of them were refused."""
    waiting = [step for step in made if not step.is_refused]
    are_one = any(step.answer.get("one_suggestion_together_with") for step in waiting)
    head = "suggested-as-one" if are_one else "suggested-together"
    if waiting and all(map(_is_done, waiting)):
        head = "done-at-once-together"
    elif any(map(_is_done, waiting)):
        # Each says for itself what became of it.
        return "\n".join(suggested(language, step) for step in made)
    lines = [say(language, head, count=len(waiting))] if waiting else []
    for step in made:
        if step.is_refused:
            lines.append(refused(language, step))
            continue
        what = isolated(_what(language, step))
        told = [f"{say(language, 'is-blocked')}."] if step.answer.get("blocked") else []
        lines.append(f"- {': '.join((what, ' '.join((*told, *_facts(language, step)))))}".rstrip(": "))
    return "\n".join(lines)


def _what(language: Language, step: Step) -> str:
    """Return what the program says would change; a title alone where it does not say."""
    change = str(step.answer.get("change") or "")
    return in_line(language, change) if is_of(language, change) else str(step.answer.get("title", ""))


def _head(step: Step) -> str:
    if _is_done(step):
        return "done-at-once"
    if not step.answer.get("blocked"):
        return "suggested"
    return "blocked" if "schedule" in str(step.answer.get("action", "schedule")) else "blocked-here"


def _is_done(step: Step) -> bool:
    return step.answer.get("status") == "done_at_once"


def _facts(language: Language, step: Step) -> list[str]:
    lines = [str(conflict["sentence"]) for conflict in step.rows("conflicts") if conflict.get("sentence")]
    affected = int(step.answer.get("affected_participants") or 0)
    if affected:
        lines.append(say(language, "affected", count=affected))
    lines += [vip_line(language, vip) for vip in step.rows("vips")]
    instead: list[str] = step.answer.get("alternatives") or []
    return [*lines, f"{say(language, 'instead')} {'; '.join(map(isolated, instead))}"] if instead else lines
