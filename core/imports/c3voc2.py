"""c3voc's schedule.json of version 2: all events in one list beside the conference, rooms and tracks by reference."""

from collections.abc import Mapping
from typing import cast

from core.imports.entry import Slot, read_conference
from core.imports.models import THE_FILE, Answers, BadSchedule, Schedule
from core.imports.record import Record, entries_of, fields_of, items_of, text_in
from core.kernel.phrases import phrase

_KEYS = ("guid", "slug", "id", "name")
"""What a reference may name a room or a track by."""
_SAME = ("guid", "code", "slug", "title", "subtitle", "language", "duration", "status", "date", "end")
_LANGUAGES = ("en", "he", "de")
"""Of a text in several languages, the first that there is; else any."""
_CONFERENCE = ("acronym", "title", "start", "end", "time_zone_name", "url")


def is_c3voc2(data: object) -> bool:
    """Tell whether this JSON has its events beside the conference, as version 2 does."""
    if not isinstance(data, dict):
        return False
    schedule = cast("dict[str, object]", data).get("schedule")
    return isinstance(schedule, dict) and isinstance(cast("dict[str, object]", schedule).get("events"), list)


def read_c3voc2(data: object, answers: Answers) -> Schedule:
    """Read a schedule.json of version 2. Raises ``BadSchedule`` with one sentence."""
    schedule = fields_of(fields_of(data, THE_FILE).get("schedule"), "schedule")
    path = "schedule.conference"
    given = fields_of(schedule.get("conference"), path)
    days = given.get("days")
    if any("rooms" in day for _, day in (entries_of(days, f"{path}.days") if isinstance(days, list) else ())):
        # Sessions in both places: nobody can know which are meant, and neither may be lost.
        raise BadSchedule("schedule.events", phrase("format-events-twice"))
    rooms, tracks = items_of(given.get("rooms"), f"{path}.rooms"), items_of(given.get("tracks"), f"{path}.tracks")
    room_names, track_names = _names(rooms), _names(tracks)
    slots = [
        Slot(_record(each, place, track_names), _named(each.get("room"), room_names))
        for place, each in entries_of(schedule.get("events"), "schedule.events")
    ]
    conference = {name: text_in(given.get(name)) for name in _CONFERENCE}
    conference["base_url"] = text_in(schedule.get("base_url"))
    shown = [
        Record({name: text_in(room.get(name)) for name in ("name", "guid", "capacity")}, place) for place, room in rooms
    ]
    return read_conference(Record(conference, path), slots, shown, answers)


def _record(event: dict[str, object], place: str, tracks: Mapping[str, str]) -> Record:
    start = text_in(event.get("start"))
    fields = {name: text_in(event.get(name)) for name in _SAME}
    fields |= {name: _text(event.get(name)) for name in ("title", "subtitle", "abstract", "description")}
    fields["track"] = _named(event.get("track"), tracks) or None
    # Here ``start`` is a point in time, and there is no ``date`` beside it.
    fields["date" if fields["date"] is None else "start"] = start
    people = event.get("participants") or event.get("persons")
    return Record(fields, place, tuple(_people(people)))


def _people(given: object) -> list[str]:
    found = cast("list[object]", given) if isinstance(given, list) else []
    names = (_text(each) if isinstance(each, str) else _name(each) for each in found)
    return [name for name in names if name]


def _name(person: object) -> str | None:
    if not isinstance(person, dict):
        return None
    given = cast("dict[str, object]", person)
    return next((name for key in ("public_name", "name", "display_name") if (name := text_in(given.get(key)))), None)


def _names(items: list[tuple[str, dict[str, object]]]) -> dict[str, str]:
    """Return the names of rooms or tracks by whatever a reference may call them."""
    found: dict[str, str] = {}
    for _, item in items:
        name = text_in(item.get("name"))
        for key in _KEYS:
            if name and (id_ := text_in(item.get(key))):
                found.setdefault(id_, name)
    return found


def _named(reference: object, names: Mapping[str, str]) -> str:
    """Return the name that a reference means; where nothing has it, what the reference says."""
    if not isinstance(reference, dict):
        said = text_in(reference) or ""
        return names.get(said, said)
    given = cast("dict[str, object]", reference)
    said = [id_ for key in _KEYS if (id_ := text_in(given.get(key)))]
    known = next((names[id_] for id_ in said if id_ in names), None)
    return known or text_in(given.get("name")) or next(reversed(said), "")


def _text(value: object) -> str | None:
    """Return a text; of one in several languages the first that there is."""
    if not isinstance(value, dict):
        return text_in(value)
    given = cast("dict[str, object]", value)
    return next((text for name in (*_LANGUAGES, *given) if (text := text_in(given.get(name)))), None)
