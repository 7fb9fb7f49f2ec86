"""What the read tools answered, put into a few lines of the person's language. Pure."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bots.playground.sentences import EXAMPLES
from bots.playground.sentences.conversation.say import day_text, isolated, say, span_text
from bots.playground.sentences.conversation.talk import Row, Step
from bots.playground.sentences.grammar.clock import clock_minutes
from bots.playground.sentences.grammar.days import Situation
from bots.playground.sentences.grammar.text import Language
from bots.playground.sentences.grammar.wish import Wish

_MOST_LINES = 40
_MOST_NAMES = 10
_EXAMPLES = 3


def not_understood(language: Language) -> str:
    """Say plainly what this is, and what it would understand."""
    return "\n".join((say(language, "not-understood"), *_examples(language)))


def help_text(language: Language) -> str:
    """Say what can be asked."""
    return "\n".join((say(language, "help"), *_examples(language)))


def _examples(language: Language) -> list[str]:
    return [isolated(each.text) for each in EXAMPLES if each.locale == language][:_EXAMPLES]


def which(language: Language, among: Sequence[Row]) -> str:
    """Ask which of several is meant; one line each, numbered."""
    if not among:
        return say(language, "which-session")
    lines = [f"{number}. {_candidate(language, row)}" for number, row in enumerate(among, 1)]
    return "\n".join((say(language, "which-one"), *lines))


def _candidate(language: Language, row: Row) -> str:
    if "start" not in row:
        return isolated(str(row.get("title") or row.get("name", "")))
    start = datetime.fromisoformat(row["start"])
    place = (isolated(row["room"]),) if row.get("room") else ()
    when = say(language, "moment", day=day_text(language, start.date()), time=f"{start:%H:%M}")
    return ", ".join((isolated(row["title"]), when, *place))


def refused(wish: Wish, step: Step) -> str:
    """Say why a tool did not answer, or ask what it asked."""
    if among := step.rows("candidates"):
        return which(wish.language, among)
    if "error" in step.answer:
        return say(wish.language, "tool-error", error=str(step.answer["error"]))
    return str(step.answer.get("why", "")) or say(wish.language, "tool-error", error="refused")


def events(wish: Wish, step: Step) -> str:
    """Name the events with their days."""
    if step.is_refused:
        return refused(wish, step)
    lines = [_event(wish.language, row) for row in step.rows("events")]
    return "\n".join(lines) or say(wish.language, "no-events")


def _event(language: Language, row: Row) -> str:
    first, last = (day_text(language, date.fromisoformat(row[key])) for key in ("starts_on", "ends_on"))
    return say(language, "event", name=row["name"], first=first, last=last)


def agenda(wish: Wish, step: Step, situation: Situation) -> str:
    """List sessions by day; what was asked for more exactly than the tool can filter is filtered here."""
    if step.is_refused:
        return refused(wish, step)
    rows = [row for row in step.rows("sessions") if _is_between(row, wish.after, wish.before)]
    if not rows:
        return _nothing(wish, step, situation)
    return "\n".join(_listed(wish.language, rows, more=bool(step.answer.get("more"))))


def coming(wish: Wish, step: Step, situation: Situation) -> str:
    """Name what starts next."""
    if step.is_refused:
        return refused(wish, step)
    now = f"{situation.now:%Y-%m-%dT%H:%M}"
    rows = [row for row in step.rows("sessions") if row["start"] >= now]
    if not rows:
        return _nothing(wish, step, situation)
    first = min(row["start"] for row in rows)
    return "\n".join(_listed(wish.language, [row for row in rows if row["start"] == first], more=False))


def found(wish: Wish, step: Step, query: str) -> str:
    """List what a search found."""
    if step.is_refused:
        return refused(wish, step)
    rows = step.rows("sessions")
    if not rows:
        return say(wish.language, "found-nothing", query=query)
    rows = sorted(rows, key=lambda row: row["start"])
    return "\n".join((say(wish.language, "found", query=query), *_listed(wish.language, rows, more=False)))


def session(wish: Wish, step: Step) -> str:
    """Tell about one session: when and where, and when more was asked, who comes."""
    if step.is_refused:
        return refused(wish, step)
    row: Row = step.answer["session"]
    start, end = _times(row)
    when = say(
        wish.language, "when", day=day_text(wish.language, start.date()), start=f"{start:%H:%M}", end=f"{end:%H:%M}"
    )
    place = [isolated(row[key]) for key in ("room", "speaker") if row.get(key)]
    head = f"{isolated(row['title'])}: {', '.join((when, *place))}"
    if wish.intent == "when":
        return head
    return "\n".join((head, *_people(wish.language, step.answer)))


def slots(wish: Wish, step: Step) -> str:
    """List when rooms are empty."""
    if step.is_refused:
        return refused(wish, step)
    day = day_text(wish.language, date.fromisoformat(step.answer["day"]))
    rows = [row for row in step.rows("slots") if _is_between(row, None, wish.before)]
    if not rows:
        return say(wish.language, "no-slots", day=day)
    return "\n".join((f"{day}:", *(_slot(wish.language, row) for row in rows)))


def pending(wish: Wish, step: Step, situation: Situation) -> str:
    """List what waits for a decision."""
    if step.is_refused:
        return refused(wish, step)
    rows = step.rows("suggestions")
    if not rows:
        return say(wish.language, "nothing-waits")
    lines = [_suggestion(wish.language, row, situation) for row in rows]
    return "\n".join((say(wish.language, "waiting", count=len(rows)), *lines))


def _suggestion(language: Language, row: Row, situation: Situation) -> str:
    deadline = datetime.fromisoformat(row["deadline"])
    if situation.zone and deadline.tzinfo:
        with suppress(ZoneInfoNotFoundError):
            deadline = deadline.astimezone(ZoneInfo(situation.zone))
    until = say(language, "moment", day=day_text(language, deadline.date()), time=f"{deadline:%H:%M}")
    what = say(language, "suggestion", title=row["title"], action=row["action"], name=row["asked_by"] or "?")
    blocked = (say(language, "is-blocked"),) if row.get("blocked") else ()
    return ", ".join((what, say(language, "risk", risk=row["risk"]), say(language, "until", until=until), *blocked))


def _people(language: Language, answer: Row) -> list[str]:
    capacity = answer.get("capacity")
    count = int(answer.get("registered", 0))
    lines = [say(language, "registered", count=count)]
    if capacity is not None:
        lines = [say(language, "registered-of", count=count, capacity=int(capacity))]
    lines += [vip_line(language, vip) for vip in answer.get("vips", ())]
    names = [isolated(name) for name in answer.get("participants", ())[:_MOST_NAMES]]
    if names:
        lines.append(say(language, "among-them") + " " + ", ".join(names))
    return lines


def vip_line(language: Language, vip: Row) -> str:
    """Name a VIP, with the organisation's note."""
    note = vip.get("note")
    return say(language, "vip-note", name=vip["name"], note=note) if note else say(language, "vip", name=vip["name"])


def _slot(language: Language, row: Row) -> str:
    start, end = _times(row)
    seats = say(language, "seats", count=row["capacity"]) if row.get("capacity") else ""
    span = span_text(language, start, end)
    return ", ".join(part for part in (f"{isolated(row['room'])}: {span}", seats) if part)


def _listed(language: Language, rows: Sequence[Row], *, more: bool) -> list[str]:
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
    return f"{span_text(language, *_times(row))}{place}: {isolated(row['title'])}{speaker}{cancelled}"


def _times(row: Row) -> tuple[datetime, datetime]:
    return datetime.fromisoformat(row["start"]), datetime.fromisoformat(row["end"])


def _is_between(row: Row, after: str | None, before: str | None) -> bool:
    start = clock_minutes(row["start"][11:16])
    return (after is None or start >= clock_minutes(after)) and (before is None or start < clock_minutes(before))


def _nothing(wish: Wish, step: Step, situation: Situation) -> str:
    day = step.answer.get("day")
    asked = [day_text(wish.language, date.fromisoformat(day))] if day else []
    asked += [f"{situation.now:%H:%M}"] if wish.is_now else [wish.at] if wish.at else []
    asked += [isolated(said) for said in (wish.room, wish.speaker) if said]
    lines = (
        [say(wish.language, "nothing-on", asked=", ".join(asked))] if asked else [say(wish.language, "nothing-at-all")]
    )
    for event in situation.events:
        if day and not event.first <= date.fromisoformat(day) <= event.last:
            first, last = (day_text(wish.language, each) for each in (event.first, event.last))
            lines.append(say(wish.language, "event", name=event.name, first=first, last=last))
    return "\n".join(lines)
