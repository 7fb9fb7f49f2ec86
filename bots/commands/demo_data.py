"""The demo with somebody's own files: read, moved to days that can be changed, with examples of their own titles."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bots.commands.console import fail
from bots.playground.config import Example
from bots.playground.sentences.grammar.pieces.days import Situation
from bots.playground.sentences.grammar.pieces.rooms import read_room
from bots.playground.sentences.grammar.understand import understand
from core.imports.demo import moved_to
from core.imports.models import Answers, BadSchedule, MissingAnswer, Schedule, SessionInfo
from core.imports.people.read import Roster, kind_of, read_people, read_vendors
from core.imports.placement import place
from core.imports.read import body_of, parse_schedule
from core.kernel.names import name_key

_HARD = re.compile(r"\b(?:to|in|at|from|on|by|with|and|of)\b|[\d\"]", re.IGNORECASE)
"""Titles whose words may be taken for words of the sentence around them are tried last."""
_LONGEST_TITLE, _TRIED = 45, 30
_SENTENCES = {
    "move": (
        ("en", "U0ADAM", "Move {title} to {to}", "A change: suggested, then approved on its card"),
        ("he", "U0DANA", "העבר את {title} ל־{to}", "שינוי: הצעה, ואז אישור בכרטיס"),
    ),
    "room": (
        ("en", "U0ADAM", "Move {title} to {to}", "A room that is taken: no button to approve"),
        ("he", "U0DANA", "העבר את {title} ל־{to}", "אולם תפוס: בלי כפתור אישור"),
    ),
    "agenda": (
        ("en", "7002", "What is on at {to}?", "A question, answered at once"),
        ("he", "7001", "מה יש בשעה {to}?", "שאלה, שנענית מיד"),
    ),
    "cancel": (
        ("en", "7002", "Cancel {title}", "The field suggests, the managers decide in Slack"),
        ("he", "7001", "בטל את {title}", "צוות השטח מציע, המנהלים מחליטים"),
    ),
}
"""Who says what: locale, person, sentence, and what it shows."""
_TOOLS = {
    "move": "update_schedule_item",
    "room": "update_schedule_item",
    "agenda": "get_agenda",
    "cancel": "delete_schedule_item",
}
"""What each must lead to."""
_STEP = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class OwnData:
    """A schedule, perhaps the people around it, and the folder's name that keeps this demo apart from others."""

    schedule: Schedule
    roster: Roster | None
    folder: str
    note: str = ""


def own_data(schedule: Path, people: Path | None, answers: Answers, today: date) -> OwnData:
    """Read the files; ends the command with one sentence where that cannot be done."""
    read = _schedule(schedule, answers)
    note = ""
    if read.event.ends_on < today:
        note = f"{read.event.name} is over; its first day is tomorrow here, so that it can be changed."
        read = moved_to(read, today + timedelta(days=1))
    name = hashlib.sha256(read.event.source_id.encode()).hexdigest()[:10]
    return OwnData(read, _people(people, answers) if people else None, f"demo-{name}", note)


def _schedule(file: Path, answers: Answers) -> Schedule:
    try:
        body = body_of(file)
        try:
            return parse_schedule(body, answers)
        except MissingAnswer:
            if answers.event:
                raise
            # Many formats do not name the conference; for a trial the file's name does.
            return parse_schedule(body, replace(answers, event=file.stem.replace("_", " ").strip() or "My event"))
    except BadSchedule as bad:
        fail(f"{file.name} cannot be read. {bad}")


def _people(file: Path, answers: Answers) -> Roster:
    given = replace(answers, columns={})
    try:
        body = body_of(file)
        return read_vendors(body, given) if kind_of(body) == "vendors" else read_people(body, given)
    except BadSchedule as bad:
        fail(f"{file.name} cannot be read. {bad}")


def examples_of(schedule: Schedule) -> tuple[Example, ...]:
    """Return sentences that work on this schedule, in both languages: its own titles, rooms and free times.

    Each was read by the stand-in's own grammar and means what it says; what it would read otherwise is not offered.
    """
    zone = ZoneInfo(schedule.event.time_zone)
    placed = [each for each in place(schedule).schedule.sessions if each.room and not each.is_cancelled]
    titles = [name_key(each.title) for each in schedule.sessions]
    alone = [each for each in placed if titles.count(name_key(each.title)) == 1]
    easy = sorted(
        alone, key=lambda each: (len(each.title) > _LONGEST_TITLE, bool(_HARD.search(each.title)), each.start)
    )
    easy = easy[:_TRIED]
    clocks = ((each, f"{_free_time(each, placed, zone):%H:%M}") for each in easy)
    found = _first(_pair("move", each, clock, at=clock) for each, clock in clocks)
    taken = ((each, str(other.room)) for each, other in _taken(easy, placed))
    found += _first(_pair("room", each, _room(room), room=room) for each, room in taken)
    for session in easy[1:] or easy:
        if cancelled := _pair("cancel", session):
            clock = f"{session.start.astimezone(zone):%H:%M}"
            found += [*_pair("agenda", session, clock, at=clock), *cancelled]
            break
    return tuple(found)


def _first(pairs: Iterable[list[Example]]) -> list[Example]:
    return next(filter(None, pairs), [])


def _pair(about: str, session: SessionInfo, to: str = "", **meant: str) -> list[Example]:
    """Return one sentence in both languages, none where the stand-in would read one of them otherwise."""
    wanted = meant if about == "agenda" else {"session": session.title, **meant}
    found: list[Example] = []
    for locale, person, sentence, what in _SENTENCES[about]:
        texts = (sentence.format(title=title, to=to) for title in (session.title, f'"{session.title}"'))
        text = next((each for each in texts if _means(each, _TOOLS[about], wanted)), None)
        if text is None:
            return []
        platform = "telegram" if person.isdecimal() else "slack"
        found.append(Example(text=text, locale=locale, platform=platform, person=person, what=what))
    return found


def _means(text: str, tool: str, wanted: Mapping[str, str]) -> bool:
    meant = understand(text, Situation(datetime(2000, 1, 1)))
    return meant is not None and meant.ask.main.tool == tool and meant.said == wanted


def _room(name: str) -> str:
    """Return a room as the stand-in knows it: as it is called, in quotes unless it is one of the usual names."""
    return name if read_room(name) == name else f'"{name}"'


def _free_time(session: SessionInfo, placed: list[SessionInfo], zone: ZoneInfo) -> datetime:
    """Return a time at which the session's room is free, the same day: after the last one in it, else before."""
    key, day = name_key(session.room), session.start.astimezone(zone).date()
    others = [each for each in placed if name_key(each.room) == key and each.start.astimezone(zone).date() == day]
    last = max(each.end for each in others).astimezone(zone)
    after = last + (-timedelta(minutes=last.minute, seconds=last.second) % _STEP)
    if after.date() == day and (after + (session.end - session.start)).date() == day:
        return after
    return min(each.start for each in others).astimezone(zone) - (session.end - session.start)


def _taken(easy: list[SessionInfo], placed: list[SessionInfo]) -> Iterator[tuple[SessionInfo, SessionInfo]]:
    """Yield sessions, each with another that stands in another room at its time."""
    for session in easy:
        others = (each for each in placed if each.start == session.start)
        other = next((each for each in others if name_key(each.room) != name_key(session.room)), None)
        if other is not None:
            yield session, other
