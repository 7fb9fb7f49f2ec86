"""The demo with somebody's own files: read, moved to days that can be changed, with examples of their own titles."""

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from pathlib import Path
from zoneinfo import ZoneInfo

from bots.commands.console import fail
from bots.playground.config import Example
from core.imports.demo import moved_to
from core.imports.models import Answers, BadSchedule, MissingAnswer, Schedule, SessionInfo
from core.imports.people.read import Roster, kind_of, read_people, read_vendors
from core.imports.placement import place, room_key
from core.imports.read import body_of, parse_schedule

_EASY = re.compile(r"\b(?:to|in|at|from|on|by|with|and|of)\b|[\d\"]", re.IGNORECASE)
_LONGEST_TITLE = 45
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
    """Return sentences that work on this schedule, in both languages: its own titles, rooms and free times."""
    zone = ZoneInfo(schedule.event.time_zone)
    placed = [each for each in place(schedule).schedule.sessions if each.room and not each.is_cancelled]
    titles = [room_key(each.title) for each in schedule.sessions]
    easy = [each for each in placed if titles.count(room_key(each.title)) == 1 and len(each.title) <= _LONGEST_TITLE]
    easy = sorted(easy, key=lambda each: (bool(_EASY.search(each.title)), each.start))
    found: list[Example] = []
    for session in easy[:1]:
        clock = f"{_free_time(session, placed, zone):%H:%M}"
        found += [
            _example(
                "en", "U0ADAM", f"Move {session.title} to {clock}", "A change: suggested, then approved on its card"
            ),
            _example("he", "U0DANA", f"העבר את {session.title} ל־{clock}", "שינוי: הצעה, ואז אישור בכרטיס"),
        ]
    for session, other in _taken(easy, placed):
        found += [
            _example(
                "en", "U0ADAM", f"Move {session.title} to {other.room}", "A room that is taken: no button to approve"
            ),
            _example("he", "U0DANA", f"העבר את {session.title} ל־{other.room}", "אולם תפוס: בלי כפתור אישור"),
        ]
    for session in easy[1:2] or easy[:1]:
        clock = f"{session.start.astimezone(zone):%H:%M}"
        found += [
            _example("en", "7002", f"What is on at {clock}?", "A question, answered at once"),
            _example("he", "7001", f"מה יש בשעה {clock}?", "שאלה, שנענית מיד"),
            _example("en", "7002", f"Cancel {session.title}", "The field suggests, the managers decide in Slack"),
            _example("he", "7001", f"בטל את {session.title}", "צוות השטח מציע, המנהלים מחליטים"),
        ]
    return tuple(found)


def _example(locale: str, person: str, text: str, what: str) -> Example:
    platform = "telegram" if person.isdecimal() else "slack"
    return Example(text=text, locale=locale, platform=platform, person=person, what=what)


def _free_time(session: SessionInfo, placed: list[SessionInfo], zone: ZoneInfo) -> datetime:
    """Return a time at which the session's room is free, the same day: after the last one in it, else before."""
    key, day = room_key(session.room), session.start.astimezone(zone).date()
    others = [each for each in placed if room_key(each.room) == key and each.start.astimezone(zone).date() == day]
    last = max(each.end for each in others).astimezone(zone)
    after = last + (-timedelta(minutes=last.minute, seconds=last.second) % _STEP)
    if after.date() == day and (after + (session.end - session.start)).date() == day:
        return after
    return min(each.start for each in others).astimezone(zone) - (session.end - session.start)


def _taken(easy: list[SessionInfo], placed: list[SessionInfo]) -> list[tuple[SessionInfo, SessionInfo]]:
    """Return one session and another that stands in another room at its time."""
    in_order = sorted(placed, key=lambda each: each.start)
    for _, group in groupby(in_order, key=lambda each: each.start):
        together = list(group)
        for session in together:
            other = next((each for each in together if room_key(each.room) != room_key(session.room)), None)
            if other is not None and session in easy[:30]:
                return [(session, other)]
    return []
