"""What every answer is made of: asking back, refusals, rows as lines. Pure."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from bots.playground.sentences import EXAMPLES
from bots.playground.sentences.conversation.say import day_text, isolated, moment_text, say, span_text
from bots.playground.sentences.conversation.talk import Row, Step
from bots.playground.sentences.grammar.pieces.days import Situation
from bots.playground.sentences.grammar.text import Language
from bots.playground.sentences.grammar.wish import IT, Wish

_MOST_LINES = 40
_EXAMPLES = 3


def not_understood(language: Language) -> str:
    """Say plainly what this is, and what it would understand."""
    return "\n".join((say(language, "not-understood"), *_examples(language)))


def help_text(language: Language) -> str:
    """Say what can be asked."""
    return "\n".join((say(language, "help"), *_examples(language)))


def _examples(language: Language) -> list[str]:
    return [isolated(each.text) for each in EXAMPLES if each.locale == language][:_EXAMPLES]


def asked(wish: Wish, among: Sequence[Row]) -> str:
    """Ask which of several is meant, or what at all, where a sentence only pointed."""
    if among:
        return which(wish.language, among)
    if wish.thing == IT:
        return say(wish.language, "which-suggestion")
    return say(wish.language, "which-person" if wish.person == IT else "which-session")


def which(language: Language, among: Sequence[Row]) -> str:
    """Ask which of several is meant; one line each, numbered."""
    lines = [f"{number}. {_candidate(language, row)}" for number, row in enumerate(among, 1)]
    return "\n".join((say(language, "which-one"), *lines))


def _candidate(language: Language, row: Row) -> str:
    """Name one of several; two people of one name are told apart by what else is known of them."""
    name = isolated(str(row.get("title") or row.get("name", "")))
    when = row.get("start") or row.get("due")
    told = [moment_text(language, when)] if when else []
    told += [isolated(str(row[key])) for key in ("room", "email", "category") if row.get(key)]
    return ", ".join((name, *told))


def refused(wish: Wish, step: Step) -> str:
    """Say why a tool did not answer, or ask what it asked."""
    if among := step.rows("candidates"):
        return which(wish.language, among)
    if "error" in step.answer:
        return say(wish.language, "tool-error", error=str(step.answer["error"]))
    return str(step.answer.get("why", "")) or say(wish.language, "tool-error", error="refused")


def vip_line(language: Language, vip: Row) -> str:
    """Name a VIP, with the organisation's note."""
    note = vip.get("note")
    return say(language, "vip-note", name=vip["name"], note=note) if note else say(language, "vip", name=vip["name"])


def answered(tell: Callable[[Wish, Step, Situation], str]) -> Callable[[Wish, Step, Situation], str]:
    """Return the answer that says why, where the tool said no."""

    def tell_or_refuse(wish: Wish, step: Step, situation: Situation) -> str:
        return refused(wish, step) if step.is_refused else tell(wish, step, situation)

    return tell_or_refuse


def listed(language: Language, rows: Sequence[Row], *, more: bool) -> list[str]:
    """Return sessions as lines under their days."""
    lines: list[str] = []
    day = ""
    for row in rows[:_MOST_LINES]:
        if row["start"][:10] != day:
            day = row["start"][:10]
            lines.append(f"{day_text(language, date.fromisoformat(day))}:")
        lines.append(_line(language, row))
    if more or len(rows) > _MOST_LINES:
        lines.append(say(language, "there-is-more"))
    return lines


def _line(language: Language, row: Row) -> str:
    place = f", {isolated(row['room'])}" if row.get("room") else ""
    speaker = f", {isolated(row['speaker'])}" if row.get("speaker") else ""
    cancelled = f", {say(language, 'cancelled')}" if row.get("status") == "cancelled" else ""
    return f"{span_text(language, *times(row))}{place}: {isolated(row['title'])}{speaker}{cancelled}"


def times(row: Row) -> tuple[datetime, datetime]:
    """Return a row's start and end."""
    return datetime.fromisoformat(row["start"]), datetime.fromisoformat(row["end"])
