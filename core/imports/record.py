"""An entry whose reader has already put its fields into words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from core.imports.fields import plain
from core.imports.models import THE_FILE, Answers, BadSchedule, MissingAnswer, Place
from core.kernel.phrases import phrase


@dataclass(frozen=True, slots=True)
class Record:
    """An entry of the neutral model (``core.imports.entry.Entry``): texts by name, and where they stand."""

    fields: Mapping[str, str | None]
    where: Place
    speakers: tuple[str, ...] = ()

    def text(self, name: str) -> str | None:
        """Return a field's text, stripped, or None when it is absent or empty."""
        return plain(self.fields.get(name) or "").strip() or None

    def place(self, name: str | None = None) -> Place:
        """Return where the entry, or a field of it, stands in the file."""
        return phrase("format-field-of", place=self.where, name=name) if name else self.where

    def persons(self) -> list[tuple[str, Place]]:
        """Return each speaker's name and its place."""
        return [(name, self.where) for name in self.speakers]


def conference_of(name: str | None, zone: str | None, answers: Answers, tool: str) -> Record:
    """Return the conference's own entry. Raises ``MissingAnswer`` where neither the file nor the person names it."""
    title = answers.event or name
    if not (title or "").strip():
        raise MissingAnswer(THE_FILE, phrase("format-no-event-name", tool=tool))
    return Record({"title": title, "time_zone_name": zone}, THE_FILE)


def fields_of(value: object, place: Place) -> dict[str, object]:
    """Return a JSON object. Raises ``BadSchedule`` where something else stands there."""
    if not isinstance(value, dict):
        raise BadSchedule(place, phrase("import-object-expected"))
    return cast("dict[str, object]", value)


def items_of(value: object, place: str) -> list[tuple[str, dict[str, object]]]:
    """Return the objects of a JSON list with their places; nothing where there is no list."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise BadSchedule(place, phrase("import-list-expected"))
    found = enumerate(cast("list[object]", value))
    return [(f"{place}[{index}]", fields_of(item, f"{place}[{index}]")) for index, item in found]


def entries_of(value: object, place: str) -> list[tuple[str, dict[str, object]]]:
    """Return the entries of a JSON list with their places; what is no object is an empty one, and reported as such."""
    if not isinstance(value, list):
        raise BadSchedule(place, phrase("import-list-expected"))
    found = enumerate(cast("list[object]", value))
    return [
        (f"{place}[{index}]", cast("dict[str, object]", item) if isinstance(item, dict) else {})
        for index, item in found
    ]


def text_in(value: object) -> str | None:
    """Return a text or a number of JSON as a text, None for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return str(value)
