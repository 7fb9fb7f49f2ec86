"""schedule.json as frab, c3voc and pretalx export it (c3voc's schema: schedule.conference.days[].rooms)."""

from datetime import timedelta
from typing import Any, cast
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


def read_frab_json(data: object, zone: str | None) -> Schedule:
    """Read a parsed schedule.json. ``zone`` overrides the time zone that the file names."""
    root = _object(data, "the file")
    conference = _object(_object(root.get("schedule"), "schedule").get("conference"), "schedule.conference")
    place = "schedule.conference"
    named = zone or _text(conference, "time_zone_name")
    here = read_zone(named, f"{place}.time_zone_name") if named else None
    sessions = _sessions(conference, here, place)
    if not sessions:
        raise BadSchedule(f"{place}.days", "there is no session in any room.")
    notes: list[str] = []
    if here is None:
        named = zone_of_offsets(sessions)
        if named is None:
            raise BadSchedule(place, "the file names no time zone and its times differ in offset; give --zone.")
        notes.append(f"The file names no time zone; its offsets say {named}. Give --zone for the place's own.")
    title = _text(conference, "title") or _text(conference, "acronym")
    if not title:
        raise BadSchedule(f"{place}.title", "the conference has no title.")
    days = [session.start.astimezone(ZoneInfo(named or "UTC")).date() for session in sessions]
    event = EventInfo(
        source_id=_text(conference, "acronym") or title,
        name=title,
        starts_on=min([read_date(given, f"{place}.start") for given in [_text(conference, "start")] if given] + days),
        ends_on=max([read_date(given, f"{place}.end") for given in [_text(conference, "end")] if given] + days),
        time_zone=named or "UTC",
    )
    return Schedule(event, _rooms(conference, sessions, place), sessions, tuple(notes))


def _sessions(conference: dict[str, Any], zone: ZoneInfo | None, place: str) -> tuple[SessionInfo, ...]:
    found: dict[str, SessionInfo] = {}
    for number, day in enumerate(_list(conference.get("days"), f"{place}.days")):
        day_place = f"{place}.days[{number}]"
        rooms = _object(_object(day, day_place).get("rooms"), f"{day_place}.rooms")
        for room, events in rooms.items():
            room_place = f'{day_place}.rooms["{room}"]'
            for index, event in enumerate(_list(events, room_place)):
                session = _session(_object(event, f"{room_place}[{index}]"), room, zone, f"{room_place}[{index}]")
                if session.source_id in found:
                    raise BadSchedule(f"{room_place}[{index}]", f'the id "{session.source_id}" was used before.')
                found[session.source_id] = session
    return tuple(sorted(found.values(), key=lambda session: (session.start, session.room or "", session.source_id)))


def _session(event: dict[str, Any], room: str, zone: ZoneInfo | None, place: str) -> SessionInfo:
    start = read_start(_needed(event, "date", place), zone, f"{place}.date")
    length = read_duration(_needed(event, "duration", place), f"{place}.duration")
    if length <= timedelta(0):
        raise BadSchedule(f"{place}.duration", "the session lasts no time.")
    title = title_of(_needed(event, "title", place), f"{place}.title")
    subtitle = _text(event, "subtitle")
    persons = [_object(person, f"{place}.persons") for person in _list(event.get("persons") or [], f"{place}.persons")]
    names = [
        _text(person, "public_name") or _text(person, "name") or _text(person, "full_public_name") for person in persons
    ]
    return SessionInfo(
        source_id=_text(event, "guid") or _needed(event, "id", place),
        title=title,
        start=start,
        end=start + length,
        room=room.strip() or None,
        speakers=speakers_of(names),
        description=text_of(subtitle, _text(event, "abstract"), _text(event, "description")),
        track=_text(event, "track"),
        language=_text(event, "language"),
        max_capacity=_positive(event.get("max_capacity")),
    )


def _rooms(conference: dict[str, Any], sessions: tuple[SessionInfo, ...], place: str) -> tuple[RoomInfo, ...]:
    found: dict[str, RoomInfo] = {}
    for number, room in enumerate(_list(conference.get("rooms") or [], f"{place}.rooms")):
        given = _object(room, f"{place}.rooms[{number}]")
        name = _needed(given, "name", f"{place}.rooms[{number}]").strip()
        found[name] = RoomInfo(name, _positive(given.get("capacity")))
    for session in sessions:
        if session.room is not None:
            found.setdefault(session.room, RoomInfo(session.room))
    return tuple(found.values())


def _object(value: object, place: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadSchedule(place, "an object is expected here.")
    return cast("dict[str, Any]", value)


def _list(value: object, place: str) -> list[object]:
    if not isinstance(value, list):
        raise BadSchedule(place, "a list is expected here.")
    return cast("list[object]", value)


def _text(given: dict[str, Any], key: str) -> str | None:
    value = given.get(key)
    return str(value).strip() or None if isinstance(value, str | int) and not isinstance(value, bool) else None


def _needed(given: dict[str, Any], key: str, place: str) -> str:
    value = _text(given, key)
    if value is None:
        raise BadSchedule(f"{place}.{key}", "this is missing.")
    return value


def _positive(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None
