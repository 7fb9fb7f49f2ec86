"""What the agenda's read tools answered, put into a few lines of the person's language. Pure."""

from datetime import date, datetime

from bots.playground.sentences.conversation.answers.common import answered, listed, times, vip_line
from bots.playground.sentences.conversation.say import clock_of, day_text, isolated, say, span_text
from bots.playground.sentences.conversation.talk import Row, Step
from bots.playground.sentences.grammar.pieces.clock import clock_minutes
from bots.playground.sentences.grammar.pieces.days import Situation
from bots.playground.sentences.grammar.text import Language
from bots.playground.sentences.grammar.wish import Wish

_MOST_NAMES = 10


@answered
def agenda(wish: Wish, step: Step, situation: Situation) -> str:
    """List sessions by day; what was asked for more exactly than the tool can filter is filtered here."""
    rows = [row for row in step.rows("sessions") if _is_between(row, wish.after, wish.before)]
    if not rows:
        return _nothing(wish, step, situation)
    return "\n".join(listed(wish.language, rows, more=bool(step.answer.get("more"))))


@answered
def coming(wish: Wish, step: Step, situation: Situation) -> str:
    """Name what starts next."""
    now = f"{situation.now:%Y-%m-%dT%H:%M}"
    rows = [row for row in step.rows("sessions") if row["start"] >= now]
    if not rows:
        return _nothing(wish, step, situation)
    first = min(row["start"] for row in rows)
    return "\n".join(listed(wish.language, [row for row in rows if row["start"] == first], more=False))


@answered
def found(wish: Wish, step: Step, _situation: Situation) -> str:
    """List what a search found; a speaker whom nobody knows by exactly that name was searched for too."""
    query = wish.query or wish.speaker or ""
    rows = step.rows("sessions")
    if not rows:
        return say(wish.language, "found-nothing", query=query)
    rows = sorted(rows, key=lambda row: row["start"])
    return "\n".join((say(wish.language, "found", query=query), *listed(wish.language, rows, more=False)))


@answered
def session(wish: Wish, step: Step, _situation: Situation) -> str:
    """Tell about one session: when and where, and when more was asked, who comes."""
    row: Row = step.answer["session"]
    start, end = times(row)
    when = say(
        wish.language, "when", day=day_text(wish.language, start.date()), start=f"{start:%H:%M}", end=f"{end:%H:%M}"
    )
    place = [isolated(row[key]) for key in ("room", "speaker") if row.get(key)]
    head = f"{isolated(row['title'])}: {', '.join((when, *place))}"
    if wish.intent == "when":
        return head
    return "\n".join((head, *_people(wish.language, step.answer)))


@answered
def slots(wish: Wish, step: Step, _situation: Situation) -> str:
    """List when rooms are empty."""
    day = day_text(wish.language, date.fromisoformat(step.answer["day"]))
    rows = [row for row in step.rows("slots") if _is_between(row, None, wish.before)]
    if not rows:
        return say(wish.language, "no-slots", day=day)
    return "\n".join((f"{day}:", *(_slot(wish.language, row) for row in rows)))


@answered
def now_and_next(wish: Wish, step: Step, _situation: Situation) -> str:
    """Say for each room what runs and what comes; rooms in which nothing comes any more are left out."""
    language = wish.language
    lines = [_room_now(language, row) for row in step.rows("rooms") if row.get("now") or row.get("next")]
    if not lines:
        return say(language, "nothing-at-all")
    return "\n".join((say(language, "now-is", time=clock_of(str(step.answer["time"]))), *lines))


def _room_now(language: Language, row: Row) -> str:
    told = [
        say(language, "runs-now", title=session["title"], end=clock_of(session["end"]))
        for session in row.get("now", ())
    ]
    coming_up: Row | None = row.get("next")
    if coming_up:
        start = datetime.fromisoformat(coming_up["start"])
        when = {"day": day_text(language, start.date()), "time": f"{start:%H:%M}"}
        told.append(say(language, "comes-next", title=coming_up["title"], **when))
    return f"{isolated(row['room'] or say(language, 'without-room'))}: {'; '.join(told)}"


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


def _slot(language: Language, row: Row) -> str:
    start, end = times(row)
    seats = say(language, "seats", count=row["capacity"]) if row.get("capacity") else ""
    span = span_text(language, start, end)
    return ", ".join(part for part in (f"{isolated(row['room'])}: {span}", seats) if part)


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
