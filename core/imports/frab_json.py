"""schedule.json as frab, c3voc and pretalx export it (c3voc's schema: schedule.conference.days[].rooms)."""

import json
from dataclasses import dataclass
from typing import Any, cast

from core.imports.entry import Slot, day_of, read_conference
from core.imports.fields import plain
from core.imports.models import THE_FILE, Answers, BadSchedule, Place, Schedule
from core.kernel.phrases import phrase

_OTHER_EXPORTS = ({"talks", "rooms"}, {"count", "results"})
"""What pretalx's widget and its API write."""


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
    if "schedule" not in root and any(keys <= root.keys() for keys in _OTHER_EXPORTS):
        raise BadSchedule(THE_FILE, phrase("import-pretalx-data"))
    conference = _object(_object(root.get("schedule"), "schedule").get("conference"), "schedule.conference")
    path = "schedule.conference"
    rooms = [
        _Object(_object(room, place), place) for place, room in _items(conference.get("rooms") or [], f"{path}.rooms")
    ]
    return read_conference(_Object(conference, path), _slots(conference, path), rooms, answers)


def _slots(conference: dict[str, Any], path: str) -> list[Slot]:
    found: list[Slot] = []
    for day_path, given in _items(conference.get("days"), f"{path}.days"):
        day = _object(given, day_path)
        date, begins = day_of(_Object(day, day_path), "day_start")
        for name, sessions in _object(day.get("rooms"), f"{day_path}.rooms").items():
            room_path = f"{day_path}.rooms[{json.dumps(name, ensure_ascii=False)}]"
            found += [
                Slot(_Object(_object(session, place), place), name, date, begins)
                for place, session in _items(sessions, room_path)
            ]
    return found


@dataclass(frozen=True, slots=True)
class _Object:
    """An entry: a JSON object and its path."""

    fields: dict[str, Any]
    path: str

    def text(self, name: str) -> str | None:
        value: object = self.fields.get(name)
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
        return [
            (name, place)
            for place, person in _items(self.fields.get("persons") or [], self.place("persons"))
            if (name := _person(person, place)) is not None
        ]


def _person(given: object, place: str) -> str | None:
    if isinstance(given, str):
        return given
    person = _Object(_object(given, place), place)
    return person.text("public_name") or person.text("name") or person.text("full_public_name")


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
