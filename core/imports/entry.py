"""A schedule from its entries: what the formats have in common, once each entry can be asked for its texts."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from core.imports.clocks import Clocks
from core.imports.conferences import address_of
from core.imports.fields import (
    LONGEST_NAME,
    id_of,
    read_date,
    read_seats,
    read_zone,
    shortened_name,
    title_of,
    zone_of_offsets,
)
from core.imports.models import (
    THE_FILE,
    Answers,
    BadSchedule,
    EventInfo,
    MissingAnswer,
    RoomInfo,
    Schedule,
    SessionInfo,
)
from core.imports.sessions import Reading
from core.imports.slots import Entry, Slot
from core.kernel.names import name_key
from core.kernel.phrases import Phrase, phrase

__all__ = ["Entry", "Slot", "read_conference"]

MOST_SESSIONS = 20_000
"""Of one file; the largest real schedule known has about 3,000."""
_LONGEST_EVENT_NAME = 300
"""As ``events.name`` has it."""


def read_conference(conference: Entry, slots: list[Slot], rooms: Iterable[Entry], answers: Answers) -> Schedule:
    """Return the schedule: each slot is one of its sessions, or reported. Raises ``BadSchedule`` where none is one."""
    if not slots:
        raise BadSchedule(conference.place(), phrase("import-no-session"))
    if len(slots) > MOST_SESSIONS:
        raise BadSchedule(THE_FILE, phrase("import-too-many-sessions", most=MOST_SESSIONS))
    named = answers.zone or conference.text("time_zone_name")
    here = read_zone(named, "--zone" if answers.zone else conference.place("time_zone_name")) if named else None
    reading = Reading(Clocks(here, answers.clock))
    sessions = reading.read(slots)
    if not sessions:
        raise BadSchedule(conference.place(), phrase("import-no-session"))
    time_zone = _time_zone(conference, sessions, named, reading.notes, given=answers.zone is not None)
    reading.notes += reading.clocks.changes
    if (note := reading.clocks.note()) is not None:
        reading.notes.append(note)
    question = reading.clocks.question()
    return Schedule(
        _event(conference, sessions, time_zone, answers.event),
        _rooms(rooms, sessions, reading.notes),
        sessions,
        tuple(reading.notes),
        tuple(reading.reported),
        () if question is None else (question,),
    )


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


def _event(conference: Entry, sessions: tuple[SessionInfo, ...], time_zone: str, given: str | None) -> EventInfo:
    title, acronym = given or conference.text("title"), conference.text("acronym")
    name = title_of(title or acronym or "")
    if name_key(name) is None:
        raise BadSchedule(conference.place("title"), phrase("import-conference-no-title"))
    days = [session.start.astimezone(ZoneInfo(time_zone)).date() for session in sessions]
    for end in ("start", "end"):
        if text := conference.text(end):
            days.append(read_date(text, conference.place(end)))
    return EventInfo(
        source_id=id_of(acronym) if acronym else name[:LONGEST_NAME],
        name=name[:_LONGEST_EVENT_NAME],
        starts_on=min(days),
        ends_on=max(days),
        time_zone=time_zone,
        address=address_of(conference.text("base_url") or conference.text("url")),
        is_named=given is not None,
    )


def _rooms(rooms: Iterable[Entry], sessions: tuple[SessionInfo, ...], notes: list[Phrase]) -> tuple[RoomInfo, ...]:
    found: dict[str, RoomInfo] = {}
    for room in rooms:
        try:
            name, shortened = shortened_name(room.text("name") or "", room.place("name"))
            source_id = room.text("guid") or room.text("id")
            _add_room(found, RoomInfo(name, _seats(room, notes), id_of(source_id) if source_id else None))
            notes += shortened
        except BadSchedule as bad:
            notes.append(bad.phrase)
    for session in sessions:
        if session.room is not None:
            _add_room(found, RoomInfo(session.room))
    return tuple(found.values())


def _seats(room: Entry, notes: list[Phrase]) -> int | None:
    try:
        return read_seats(room.text("capacity"), room.place("capacity"))
    except BadSchedule as bad:
        notes.append(bad.phrase)
        return None


def _add_room(found: dict[str, RoomInfo], room: RoomInfo) -> None:
    key = name_key(room.name)
    if key is not None:
        known = found.setdefault(key, room)
        capacity, source_id = known.capacity or room.capacity, known.source_id or room.source_id
        found[key] = replace(known, capacity=capacity, source_id=source_id)
