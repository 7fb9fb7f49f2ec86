"""What the tools about vendors, the checklist and the use of rooms answered, said in a few lines. Pure."""

from datetime import date

from bots.playground.sentences.conversation.answers.common import answered
from bots.playground.sentences.conversation.say import clock_of, day_text, isolated, moment_text, say
from bots.playground.sentences.conversation.talk import Row, Step
from bots.playground.sentences.grammar.pieces.days import Situation
from bots.playground.sentences.grammar.text import Language, normalise
from bots.playground.sentences.grammar.wish import Wish


@answered
def vendors(wish: Wish, step: Step, _situation: Situation) -> str:
    """List the vendors in order of arrival: all of them, one, those of a status, or those that are late."""
    rows = [row for row in step.rows("vendors") if _is_asked_for(wish, row)]
    if not rows:
        return say(wish.language, "nobody-is-late" if wish.flag else "no-vendors")
    return "\n".join(_vendor(wish.language, row) for row in rows)


def _is_asked_for(wish: Wish, row: Row) -> bool:
    if wish.thing is not None:
        return _alike(wish.thing, str(row["name"]))
    if wish.flag:
        return row.get("minutes_late") is not None
    return wish.status is None or row["status"] == wish.status


def _alike(said: str, name: str) -> bool:
    said, name = normalise(said).casefold(), normalise(name).casefold()
    return said in name or name in said


def _vendor(language: Language, row: Row) -> str:
    name = isolated(str(row["name"]))
    told = [say(language, f"status-{str(row['status']).replace('_', '-')}")]
    if row.get("arrives"):
        told.append(say(language, "arrives-at", at=moment_text(language, row["arrives"])))
    if row.get("minutes_late") is not None:
        told.append(say(language, "minutes-late", count=int(row["minutes_late"])))
    if row.get("notes"):
        told.append(isolated(str(row["notes"])))
    return f"{name}: {', '.join(told)}"


@answered
def checklist(wish: Wish, step: Step, _situation: Situation) -> str:
    """Say how far the checklist is, and what is still to be done."""
    language, answer = wish.language, step.answer
    rows = step.rows("open_items")
    if wish.thing is not None:
        rows = [row for row in rows if _alike(wish.thing, str(row["title"]))]
        return "\n".join(_item(language, row) for row in rows) or say(language, "not-open", title=wish.thing)
    if wish.flag:
        rows = [row for row in rows if row.get("overdue")]
    counts = {key: int(answer.get(key, 0)) for key in ("done", "total", "overdue")}
    lines = [say(language, "checklist-done", **counts), *(_item(language, row) for row in rows)]
    if answer.get("more"):
        lines.append(say(language, "there-is-more"))
    return "\n".join(lines)


def _item(language: Language, row: Row) -> str:
    told = [isolated(str(row["title"]))]
    if row.get("due"):
        told.append(say(language, "until", until=moment_text(language, row["due"])))
    told.append(isolated(str(row["assignee"])) if row.get("assignee") else say(language, "nobody-yet"))
    if row.get("overdue"):
        told.append(say(language, "is-overdue"))
    return ", ".join(told)


@answered
def room_use(wish: Wish, step: Step, _situation: Situation) -> str:
    """Say per day how full the rooms are, and when each is empty for longest."""
    language, day, lines = wish.language, "", list[str]()
    for row in sorted(step.rows("use"), key=lambda row: (str(row["day"]), str(row["room"]))):
        if row["day"] != day:
            day = row["day"]
            lines.append(f"{day_text(language, date.fromisoformat(day))}:")
        lines.append(_use(language, row))
    if not lines:
        return say(language, "nothing-at-all")
    return "\n".join((*lines, say(language, "there-is-more")) if step.answer.get("more") else lines)


def _use(language: Language, row: Row) -> str:
    told = [say(language, "booked-share", count=int(row["sessions"]), percent=int(row["share_percent"]))]
    gap: Row | None = row.get("longest_gap")
    if gap:
        told.append(say(language, "longest-gap", start=clock_of(gap["start"]), end=clock_of(gap["end"])))
    return f"{isolated(str(row['room']))}: {', '.join(told)}"
