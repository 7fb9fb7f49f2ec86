"""schedule.xml as frab and pretalx export it: schedule > day > room > event."""

from datetime import timedelta
from typing import Any
from xml.etree.ElementTree import Element
from zoneinfo import ZoneInfo

from core.imports.fields import (
    read_date,
    read_duration,
    read_start,
    read_zone,
    speakers_of,
    text_of,
    title_of,
    zone_of_offsets,
)
from core.imports.models import BadSchedule, EventInfo, RoomInfo, Schedule, SessionInfo


def read_frab_xml(root: Element, zone: str | None) -> Schedule:
    """Read a parsed schedule.xml. ``zone`` overrides the time zone that the file names."""
    if root.tag != "schedule":
        raise BadSchedule("the file", f"its root is <{root.tag}>; <schedule> is expected.")
    conference = root.find("conference")
    if conference is None:
        raise BadSchedule("schedule", "<conference> is missing.")
    named = zone or _text(conference, "time_zone_name")
    here = read_zone(named, "conference/time_zone_name") if named else None
    sessions = _sessions(root, here)
    if not sessions:
        raise BadSchedule("schedule", "there is no <event> in any <room>.")
    notes: list[str] = []
    if named is None:
        named = zone_of_offsets(sessions)
        if named is None:
            raise BadSchedule("conference", "the file names no time zone and its times differ in offset; give --zone.")
        notes.append(f"The file names no time zone; its offsets say {named}. Give --zone for the place's own.")
    title = _text(conference, "title") or _text(conference, "acronym")
    if title is None:
        raise BadSchedule("conference/title", "the conference has no title.")
    days = [session.start.astimezone(ZoneInfo(named)).date() for session in sessions]
    given = {end: _text(conference, end) for end in ("start", "end")}
    event = EventInfo(
        source_id=_text(conference, "acronym") or title,
        name=title,
        starts_on=min([*days, *(read_date(text, "conference/start") for text in [given["start"]] if text)]),
        ends_on=max([*days, *(read_date(text, "conference/end") for text in [given["end"]] if text)]),
        time_zone=named,
    )
    rooms = tuple(RoomInfo(name) for name in dict.fromkeys(each.room for each in sessions if each.room is not None))
    return Schedule(event, rooms, sessions, tuple(notes))


def _sessions(root: Element, zone: ZoneInfo | None) -> tuple[SessionInfo, ...]:
    found: dict[str, SessionInfo] = {}
    for day in root.findall("day"):
        for room in day.findall("room"):
            name = (room.get("name") or "").strip()
            for number, event in enumerate(room.findall("event"), start=1):
                place = f'day {day.get("index", "?")}, room "{name}", event {event.get("id") or number}'
                session = _session(event, name or None, zone, place)
                if session.source_id in found:
                    raise BadSchedule(place, f'the id "{session.source_id}" was used before.')
                found[session.source_id] = session
    return tuple(sorted(found.values(), key=lambda session: (session.start, session.room or "", session.source_id)))


def _session(event: Element, room: str | None, zone: ZoneInfo | None, place: str) -> SessionInfo:
    start = read_start(_needed(event, "date", place), zone, f"{place}, <date>")
    length = read_duration(_needed(event, "duration", place), f"{place}, <duration>")
    if length <= timedelta(0):
        raise BadSchedule(f"{place}, <duration>", "the session lasts no time.")
    source_id = event.get("guid") or event.get("id")
    if not source_id:
        raise BadSchedule(place, "the event has neither a guid nor an id.")
    persons: list[Any] = event.findall("persons/person")
    return SessionInfo(
        source_id=source_id,
        title=title_of(_needed(event, "title", place), f"{place}, <title>"),
        start=start,
        end=start + length,
        room=room,
        speakers=speakers_of(person.text for person in persons),
        description=text_of(_text(event, "subtitle"), _text(event, "abstract"), _text(event, "description")),
        track=_text(event, "track"),
        language=_text(event, "language"),
    )


def _text(parent: Element, tag: str) -> str | None:
    return (parent.findtext(tag) or "").strip() or None


def _needed(parent: Element, tag: str, place: str) -> str:
    text = _text(parent, tag)
    if text is None:
        raise BadSchedule(place, f"<{tag}> is missing.")
    return text
