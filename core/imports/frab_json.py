"""schedule.json as frab, c3voc and pretalx export it (c3voc's schema: schedule.conference.days[].rooms)."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from core.imports.cancelled import FLAGS
from core.imports.entry import Entry, Slot, read_conference
from core.imports.fields import plain
from core.imports.models import THE_FILE, Answers, BadSchedule, Place, Schedule
from core.imports.others import refuse_other_json
from core.imports.slots import day_change, day_of
from core.kernel.phrases import phrase

_LISTS = ("events", "sessions", "talks")
"""What the list of sessions is called where it is no list of a room."""
_NAMES = ("public_name", "name", "full_public_name", "display_name")


class Repeated(dict[str, Any]):
    """A JSON object that says one key twice, so that one of two values would be lost without a word."""

    def __init__(self, pairs: list[tuple[str, Any]], key: str) -> None:
        super().__init__(pairs)
        self.key = key


def object_of(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the object of these pairs; hook for ``json.loads``."""
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    seen: set[str] = set()
    return Repeated(pairs, next(key for key, _ in pairs if key in seen or seen.add(key)))


def read_frab_json(data: object, answers: Answers) -> Schedule:
    """Read a schedule.json that was parsed with ``object_of``."""
    root = _object(data, THE_FILE)
    refuse_other_json(root)
    schedule = _object(root.get("schedule"), "schedule")
    path = "schedule.conference"
    conference = {"base_url": schedule.get("base_url")} | _object(schedule.get("conference"), path)
    rooms = [
        _Object(_object(room, place), place) for place, room in _items(conference.get("rooms") or [], f"{path}.rooms")
    ]
    return read_conference(_Object(conference, path), _slots(conference, path), rooms, answers)


def _slots(conference: dict[str, Any], path: str) -> list[Slot]:
    found: list[Slot] = []
    night_ends = day_change(_Object(conference, path))
    for day_path, given in _items(conference.get("days"), f"{path}.days"):
        day = _object(given, day_path)
        date, begins = day_of(_Object(day, day_path), "day_start", night_ends)
        for place, name, sessions in _by_room(day, day_path):
            for where, session in _items(sessions, place):
                found.append(Slot(_entry(session, where), name, date, begins))
    return found


def _by_room(day: dict[str, Any], path: str) -> Iterator[tuple[str, str, object]]:
    """Yield the sessions of a day by room: an object of rooms, a list of them, or sessions beside the rooms."""
    beside = [(f"{path}.{name}", "", day[name]) for name in _LISTS if name in day]
    rooms: object = day.get("rooms")
    if isinstance(rooms, list):
        for place, given in _items(rooms, f"{path}.rooms"):
            room = _object(given, place)
            for name in filter(room.__contains__, _LISTS):
                yield f"{place}.{name}", _Object(room, place).text("name") or "", room[name]
    elif rooms is not None or not beside:
        for name, sessions in _object(rooms, f"{path}.rooms").items():
            yield f"{path}.rooms[{json.dumps(name, ensure_ascii=False)}]", name, sessions
    yield from beside


def _entry(session: object, place: str) -> Entry:
    if not isinstance(session, dict) or isinstance(session, Repeated):
        return _Broken(session, place)
    return _Object(cast("dict[str, Any]", session), place)


@dataclass(frozen=True, slots=True)
class _Broken:
    """What stands where a session should, and is none: asked for anything, it says so."""

    value: object
    where: str

    def text(self, name: str) -> str | None:
        _object(self.value, self.where)
        return None

    def place(self, name: str | None = None) -> Place:
        return self.where

    def persons(self) -> list[tuple[str, Place]]:
        return []


@dataclass(frozen=True, slots=True)
class _Object:
    """An entry: a JSON object and its path."""

    fields: dict[str, Any]
    path: str

    def text(self, name: str) -> str | None:
        value: object = self.fields.get(name)
        if value is True and name in FLAGS:
            return "true"
        if value is None or isinstance(value, bool):
            return None
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if not isinstance(value, str | int):
            raise BadSchedule(self.place(name), phrase("import-text-expected"))
        return plain(str(value)).strip() or None

    def place(self, name: str | None = None) -> str:
        return f"{self.path}.{name}" if name else self.path

    def persons(self) -> list[tuple[str, Place]]:
        given: object = self.fields.get("persons") or self.fields.get("speakers") or []
        if isinstance(given, str | dict):
            given = [given]
        return [
            (name, place)
            for place, person in _items(given, self.place("persons"))
            if (name := _person(person, place)) is not None
        ]


def _person(given: object, place: str) -> str | None:
    if isinstance(given, str | int):
        return str(given)
    person = _Object(_object(given, place), place)
    said = next((text for name in _NAMES if (text := person.text(name))), None)
    return said or " ".join(text for name in ("first_name", "last_name") if (text := person.text(name))) or None


def _object(value: object, place: Place) -> dict[str, Any]:
    if isinstance(value, Repeated):
        raise BadSchedule(place, phrase("import-key-twice", key=json.dumps(value.key, ensure_ascii=False)))
    if not isinstance(value, dict):
        raise BadSchedule(place, phrase("import-object-expected"))
    return cast("dict[str, Any]", value)


def _items(value: object, place: str) -> list[tuple[str, object]]:
    """Return the items of a list with their paths."""
    if not isinstance(value, list):
        raise BadSchedule(place, phrase("import-list-expected"))
    return [(f"{place}[{index}]", item) for index, item in enumerate(cast("list[object]", value))]
