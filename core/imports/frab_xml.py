"""schedule.xml as frab, c3voc, pentabarf and pretalx export it: schedule > day > room > event."""

from dataclasses import dataclass

from core.imports.entry import Slot, day_of, read_conference
from core.imports.fields import plain
from core.imports.models import BadSchedule, Schedule
from core.imports.xml_tree import Node


def read_frab_xml(root: Node, zone: str | None) -> Schedule:
    """Read the tree of a schedule.xml. ``zone`` overrides the time zone that the file names."""
    if root.tag != "schedule":
        raise BadSchedule(f"line {root.line}", f"the root is <{root.tag[:40]}>; <schedule> is expected.")
    conferences = root.children("conference")
    if not conferences:
        raise BadSchedule(f"line {root.line}", "<conference> is missing in <schedule>.")
    return read_conference(_Element(conferences[0]), _slots(root), (), zone)


def _slots(root: Node) -> list[Slot]:
    found: list[Slot] = []
    for day in root.children("day"):
        date, begins = day_of(_Element(day), "start")
        for room in day.children("room"):
            name = room.attributes.get("name") or ""
            found += [Slot(_Element(event), name, date, begins) for event in room.children("event")]
    return found


@dataclass(frozen=True, slots=True)
class _Element:
    """An entry: an element, whose fields are its attributes and its children."""

    node: Node

    def text(self, name: str) -> str | None:
        child = self.node.children(name)[:1]
        given = child[0].text() if child else self.node.attributes.get(name, "")
        return plain(given).strip() or None

    def place(self, name: str | None = None) -> str:
        if name is None:
            return f"line {self.node.line}"
        child = self.node.children(name)[:1]
        if child:
            return f"line {child[0].line}, <{name}>"
        return f"line {self.node.line}, <{self.node.tag}>, {name}"

    def persons(self) -> list[tuple[str, str]]:
        return [
            (person.text(), f"line {person.line}, <person>")
            for persons in self.node.children("persons")
            for person in persons.children("person")
        ]
