"""What the tools about whole events and about suggestions answered, said in a few lines. Pure."""

from contextlib import suppress
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bots.playground.sentences.conversation.answers.common import answered
from bots.playground.sentences.conversation.say import day_text, in_line, is_of, isolated, moment_text, say
from bots.playground.sentences.conversation.talk import Row, Step
from bots.playground.sentences.grammar.pieces.days import Situation
from bots.playground.sentences.grammar.text import Language
from bots.playground.sentences.grammar.wish import Wish

_MOST_CHANGES = 20


@answered
def events(wish: Wish, step: Step, _situation: Situation) -> str:
    """Name the events with their days."""
    lines = [_event(wish.language, row) for row in step.rows("events")]
    return "\n".join(lines) or say(wish.language, "no-events")


def _event(language: Language, row: Row) -> str:
    first, last = (day_text(language, date.fromisoformat(row[key])) for key in ("starts_on", "ends_on"))
    return say(language, "event", name=row["name"], first=first, last=last)


@answered
def overview(wish: Wish, step: Step, _situation: Situation) -> str:
    """Say how an event stands, in numbers."""
    language, answer = wish.language, step.answer
    event, checklist = answer["event"], answer["checklist"]
    vendors = [
        say(language, "status-count", status=say(language, f"status-{status.replace('_', '-')}"), count=count)
        for status, count in sorted(answer["vendors"].items())
    ]
    conflicts = sum(answer["conflicts"].values())
    lines = [
        _event(language, event) + " " + say(language, "event-status", status=event["status"]),
        say(language, "overview-sessions", sessions=answer["sessions"], rooms=answer["rooms"]),
        say(language, "overview-people", people=answer["participants"], vips=answer["vips"]),
        say(language, "checklist-done", **{key: checklist[key] for key in ("done", "overdue")}, total=checklist["all"]),
        say(language, "overview-open", count=answer["open_suggestions"]),
        say(language, "conflict-count", count=conflicts),
    ]
    if vendors:
        lines.insert(3, say(language, "overview-vendors") + " " + ", ".join(vendors))
    return "\n".join(lines)


@answered
def conflicts(wish: Wish, step: Step, _situation: Situation) -> str:
    """List the conflicts of an event."""
    total, rows = int(step.answer.get("total", 0)), step.rows("conflicts")
    lines = [say(wish.language, "conflict-count", count=total), *(_conflict(wish.language, row) for row in rows)]
    if step.answer.get("more"):
        lines.append(say(wish.language, "there-is-more"))
    return "\n".join(lines)


def _conflict(language: Language, row: Row) -> str:
    session: Row = row["session"]
    named = {"title": session["title"], "at": moment_text(language, session["start"])}
    if row["kind"] == "speaker_overlap":
        other: Row = row["other"]
        more = {"other": other["title"], "then": moment_text(language, other["start"]), "speaker": row["speaker"]}
        return say(language, "conflict-speaker", **named, **more, people=row.get("people", 1))
    if row["kind"] == "room_too_small":
        return say(language, "conflict-room", **named, room=row["room"], seats=row["seats"], needed=row["needed"])
    return say(language, "conflict-outside", **named)


@answered
def changed(wish: Wish, step: Step, _situation: Situation) -> str:
    """List what was approved and done, newest first."""
    language = wish.language
    since, rows = moment_text(language, step.answer["since"]), step.rows("changes")
    if not rows:
        return say(language, "nothing-changed", since=since)
    lines = [_change(language, row) for row in rows[:_MOST_CHANGES]]
    if step.answer.get("more") or len(rows) > _MOST_CHANGES:
        lines.append(say(language, "there-is-more"))
    return "\n".join((say(language, "changed-since", since=since), *lines))


def _change(language: Language, row: Row) -> str:
    what = say(language, "action", action=row["action"], title=row["what"])
    at = moment_text(language, row["at"])
    who = say(language, "asked-and-approved", asker=row["asked_by"] or "?", approver=row["approved_by"] or "?")
    return f"{at}: {what}, {who}"


@answered
def pending(wish: Wish, step: Step, situation: Situation) -> str:
    """List what waits for a decision."""
    rows = step.rows("suggestions")
    if not rows:
        return say(wish.language, "nothing-waits")
    lines = [_suggestion(wish.language, row, situation) for row in rows]
    return "\n".join((say(wish.language, "waiting", count=int(step.answer.get("total") or len(rows))), *lines))


def _suggestion(language: Language, row: Row, situation: Situation) -> str:
    deadline = datetime.fromisoformat(row["deadline"])
    if situation.zone and deadline.tzinfo:
        with suppress(ZoneInfoNotFoundError):
            deadline = deadline.astimezone(ZoneInfo(situation.zone))
    what = say(language, "suggestion", what=_action(language, row), name=row["asked_by"] or "?")
    until = say(language, "until", until=moment_text(language, deadline.isoformat()))
    blocked = (say(language, "is-blocked"),) if row.get("blocked") else ()
    return ", ".join((what, say(language, "risk", risk=row["risk"]), until, *blocked))


def _action(language: Language, row: Row) -> str:
    if is_of(language, str(row.get("change") or "")):
        return in_line(language, str(row["change"]))
    return say(language, "action", action=row["action"], title=str(row.get("title") or ""))


@answered
def explained(wish: Wish, step: Step, _situation: Situation) -> str:
    """Tell the story of a suggestion: who asked what, what spoke against it, how it ended."""
    language, answer = wish.language, step.answer
    lines = [
        _action(language, answer),
        say(language, "story-asked", name=answer["asked_by"] or "?", at=moment_text(language, answer["asked_at"])),
    ]
    if answer.get("asked_in_their_words"):
        lines.append(say(language, "story-words", words=str(answer["asked_in_their_words"])))
    count = len(step.rows("conflicts"))
    lines.append(say(language, "story-risk", risk=answer["risk"]) + " " + say(language, "conflict-count", count=count))
    lines.append(_end(language, answer))
    others = [isolated(str(row["title"])) for row in step.rows("others_that_match")]
    if others:
        lines.append(say(language, "story-others") + " " + ", ".join(others))
    return "\n".join(lines)


def _end(language: Language, answer: Row) -> str:
    ended: Row | None = answer.get("ended")
    if ended is None:
        return say(language, "story-waits", until=moment_text(language, answer["deadline"]))
    at = moment_text(language, ended["at"])
    told = say(language, "story-ended", status=ended["as"], name=ended["by"] or "?", at=at)
    return f"{told} {say(language, 'story-reason', reason=ended['reason'])}" if ended.get("reason") else told
