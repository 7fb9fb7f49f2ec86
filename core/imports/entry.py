"""A schedule from its entries: what the formats have in common, once each entry can be asked for its texts."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from core.imports.fields import (
    LONGEST_NAME,
    fixed,
    has_three_parts,
    line_of,
    name_of,
    read_clock,
    read_date,
    read_duration,
    read_seats,
    read_time,
    read_zone,
    speakers_of,
    text_of,
    title_of,
    zone_of_offsets,
)
from core.imports.models import Answers, BadSchedule, EventInfo, MissingAnswer, Place, RoomInfo, Schedule, SessionInfo
from core.imports.placement import room_key
from core.kernel.phrases import Phrase, phrase

SHORTEST = timedelta(minutes=5)
"""What a session without a length gets: the shortest time slot that pretalx and frab know."""
_LONGEST_EVENT_NAME = 300
"""As ``events.name`` has it."""
_NIGHT_ENDS = time(4)
"""Where a file does not say when its days begin: pretalx lets them begin at four."""
_HAS_TIME = re.compile(r"[T ]\d")


class Entry(Protocol):
    """The conference, a room or a session, as one format writes it."""

    def text(self, name: str) -> str | None:
        """Return a field's text, stripped, or None when it is absent or empty."""
        ...

    def place(self, name: str | None = None) -> Place:
        """Return where the entry, or a field of it, stands in the file."""
        ...

    def persons(self) -> list[tuple[str, Place]]:
        """Return each speaker's name and its place."""
        ...


@dataclass(frozen=True, slots=True)
class Slot:
    """A session's entry with what stands around it: the name of its room, its day and when that day begins."""

    entry: Entry
    room: str
    day: date | None = None
    day_begins: time = _NIGHT_ENDS


@dataclass(frozen=True, slots=True)
class _Reading:
    """How the sessions of one file are to be read."""

    zone: ZoneInfo | None
    with_seconds: bool


def day_of(day: Entry, start: str) -> tuple[date | None, time]:
    """Return a day's date and when it begins; sessions before that time belong to its night."""
    given, begins = day.text("date"), day.text(start)
    has_clock = begins is not None and _HAS_TIME.search(begins) is not None
    return (
        read_date(given, day.place("date")) if given else None,
        read_time(begins, ZoneInfo("UTC"), day.place(start)).time() if begins and has_clock else _NIGHT_ENDS,
    )


def read_conference(conference: Entry, slots: list[Slot], rooms: Iterable[Entry], answers: Answers) -> Schedule:
    """Return the schedule."""
    if not slots:
        raise BadSchedule(conference.place(), phrase("import-no-session"))
    zone = answers.zone
    named = zone or conference.text("time_zone_name")
    here = read_zone(named, "--zone" if zone else conference.place("time_zone_name")) if named else None
    durations = [text for slot in slots if (text := slot.entry.text("duration"))]
    reading = _Reading(here, with_seconds=all(has_three_parts(text) for text in durations))
    notes: list[Phrase] = []
    sessions = _sessions(slots, reading, notes)
    time_zone = _time_zone(conference, sessions, named, notes, given=zone is not None)
    event = _event(conference, sessions, time_zone)
    return Schedule(event, _rooms(rooms, sessions), sessions, tuple(notes))


def _time_zone(
    conference: Entry, sessions: tuple[SessionInfo, ...], named: str | None, notes: list[Phrase], *, given: bool
) -> str:
    if named is None:
        named = zone_of_offsets(session.start for session in sessions)
        if named is None:
            raise MissingAnswer(conference.place(), phrase("import-zones-differ"))
        notes.append(phrase("import-note-zone-of-offsets", zone=named))
    elif not given and not any(_agrees(session.start, ZoneInfo(named)) for session in sessions):
        offset = f"{sessions[0].start:%z}"
        notes.append(phrase("import-note-other-offset", zone=named, offset=f"{offset[:3]}:{offset[3:5]}"))
    return named


def _agrees(at: datetime, zone: ZoneInfo) -> bool:
    # Times in UTC ("...Z") are no statement about the place.
    return not at.utcoffset() or at.utcoffset() == at.astimezone(zone).utcoffset()


def _event(conference: Entry, sessions: tuple[SessionInfo, ...], time_zone: str) -> EventInfo:
    title, acronym = conference.text("title"), conference.text("acronym")
    name = title_of(title or acronym or "")
    if room_key(name) is None:
        raise BadSchedule(conference.place("title"), phrase("import-conference-no-title"))
    days = [session.start.astimezone(ZoneInfo(time_zone)).date() for session in sessions]
    for end in ("start", "end"):
        if given := conference.text(end):
            days.append(read_date(given, conference.place(end)))
    return EventInfo(
        source_id=name_of(acronym, conference.place("acronym")) if acronym else name[:LONGEST_NAME],
        name=name[:_LONGEST_EVENT_NAME],
        starts_on=min(days),
        ends_on=max(days),
        time_zone=time_zone,
    )


def _rooms(rooms: Iterable[Entry], sessions: tuple[SessionInfo, ...]) -> tuple[RoomInfo, ...]:
    found: dict[str, RoomInfo] = {}
    for room in rooms:
        name = name_of(_needed(room, "name"), room.place("name"))
        _add_room(found, RoomInfo(name, read_seats(room.text("capacity"), room.place("capacity"))))
    for session in sessions:
        if session.room is not None:
            _add_room(found, RoomInfo(session.room))
    return tuple(found.values())


def _add_room(found: dict[str, RoomInfo], room: RoomInfo) -> None:
    key = room_key(room.name)
    if key is not None:
        known = found.setdefault(key, room)
        found[key] = replace(known, capacity=known.capacity or room.capacity)


def _sessions(slots: list[Slot], reading: _Reading, notes: list[Phrase]) -> tuple[SessionInfo, ...]:
    found: dict[str, tuple[SessionInfo, Place]] = {}
    nameless: list[SessionInfo] = []
    for slot in slots:
        session, place = _session(slot, reading, notes), slot.entry.place()
        if not session.source_id:
            nameless.append(session)
        elif session.source_id in found:
            other = found[session.source_id][1]
            raise BadSchedule(place, phrase("import-id-twice", id=session.source_id, other=other))
        else:
            found[session.source_id] = (session, place)
    sessions = [session for session, _ in found.values()] + _with_ids(nameless)
    if nameless:
        notes.append(phrase("import-note-nameless", count=len(nameless)))
    return tuple(sorted(sessions, key=lambda session: (session.start, session.room or "", session.source_id)))


def _with_ids(nameless: list[SessionInfo]) -> list[SessionInfo]:
    """Give ids that stay the same when a session moves in time or to another room."""
    seen: dict[str, int] = {}
    named: list[SessionInfo] = []
    for session in sorted(nameless, key=lambda session: (session.start, session.room or "")):
        what = "\n".join([session.title, *session.speakers])
        digest = hashlib.sha256(what.encode()).hexdigest()[:16]
        seen[digest] = seen.get(digest, 0) + 1
        named.append(replace(session, source_id=f"derived-{digest}-{seen[digest]}"))
    return named


def _session(slot: Slot, reading: _Reading, notes: list[Phrase]) -> SessionInfo:
    entry = slot.entry
    title = title_of(_needed(entry, "title"))
    if room_key(title) is None:
        raise BadSchedule(entry.place("title"), phrase("import-session-no-title"))
    start = _start(slot, reading)
    length = _length(entry, start, reading)
    if length <= timedelta(0):
        minutes = SHORTEST.seconds // 60
        notes.append(phrase("import-note-no-length", title=title, place=entry.place(), minutes=minutes))
        length = SHORTEST
    named = [name for name in ("guid", "id", "code", "slug") if entry.text(name)][:1]
    room = name_of(slot.room, entry.place())
    return SessionInfo(
        source_id=name_of(_needed(entry, named[0]), entry.place(named[0])) if named else "",
        title=title,
        start=start,
        end=start + length,
        room=room if room_key(room) else None,
        speakers=speakers_of(entry.persons()),
        description=text_of(entry.text("subtitle"), entry.text("abstract"), entry.text("description")),
        track=line_of(entry.text("track") or "") or None,
        language=line_of(entry.text("language") or "") or None,
        max_capacity=read_seats(entry.text("max_capacity"), entry.place("max_capacity")),
    )


def _start(slot: Slot, reading: _Reading) -> datetime:
    """Return ``date`` where it has a time, else the day with the time of day of ``start``, after midnight included."""
    entry = slot.entry
    given, clock = entry.text("date"), entry.text("start")
    if given is not None and _HAS_TIME.search(given):
        return read_time(given, reading.zone, entry.place("date"))
    day = read_date(given, entry.place("date")) if given else slot.day
    if day is None or clock is None:
        raise BadSchedule(entry.place("date" if day is None else "start"), phrase("import-missing"))
    at = read_clock(clock, entry.place("start"))
    # A date of its own is the calendar's; the day that an entry is listed under lasts until its night ends.
    if not given and at < slot.day_begins:
        day += timedelta(days=1)
    return fixed(datetime.combine(day, at), reading.zone, entry.place("start"))


def _length(entry: Entry, start: datetime, reading: _Reading) -> timedelta:
    """Return ``duration``; where that is missing or can be read in two ways, ``end`` says it."""
    duration, end = entry.text("duration"), entry.text("end")
    if end is not None and _HAS_TIME.search(end) and (duration is None or has_three_parts(duration)):
        return read_time(end, reading.zone, entry.place("end")).astimezone(UTC) - start
    return read_duration(
        duration or _needed(entry, "duration"), entry.place("duration"), with_seconds=reading.with_seconds
    )


def _needed(entry: Entry, name: str) -> str:
    text = entry.text(name)
    if text is None:
        raise BadSchedule(entry.place(name), phrase("import-missing"))
    return text
