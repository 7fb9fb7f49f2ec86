"""schedule.xml as frab, c3voc, pentabarf and pretalx export it: schedule > day > room > event."""

from dataclasses import dataclass

from core.imports.entry import Slot, day_of, read_conference
from core.imports.fields import plain
from core.imports.models import Answers, BadSchedule, Place, Schedule, line
from core.imports.xml_tree import Node
from core.kernel.phrases import phrase


def read_frab_xml(root: Node, answers: Answers) -> Schedule:
    """Read the tree of a schedule.xml."""
    if root.tag != "schedule":
        raise BadSchedule(line(root.line), phrase("import-other-root", root=root.tag[:40]))
    conferences = root.children("conference")
    if not conferences:
        raise BadSchedule(line(root.line), phrase("import-no-conference"))
    return read_conference(_Element(conferences[0]), _slots(root), (), answers)


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

    def place(self, name: str | None = None) -> Place:
        if name is None:
            return line(self.node.line)
        child = self.node.children(name)[:1]
        if child:
            return _element(child[0].line, name)
        return phrase("import-absent", line=str(self.node.line), tag=self.node.tag[:40], name=name)

    def persons(self) -> list[tuple[str, Place]]:
        return [
            (person.text(), _element(person.line, "person"))
            for persons in self.node.children("persons")
            for person in persons.children("person")
        ]


def _element(number: int, tag: str) -> Place:
    return phrase("import-element", line=str(number), tag=tag)
