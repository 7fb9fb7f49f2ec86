"""schedule.xml as frab, c3voc, pentabarf and pretalx export it: schedule > day > room > event."""

from dataclasses import dataclass, field
from datetime import date, time

from core.imports.entry import Entry, Slot, read_conference
from core.imports.fields import plain
from core.imports.models import Answers, BadSchedule, Place, Schedule, line
from core.imports.others import other_root
from core.imports.slots import day_change, day_of
from core.imports.xml_tree import Node
from core.kernel.phrases import phrase

_GROUPS, _PEOPLE = ("persons", "speakers"), ("person", "speaker", "presenter")
_NAMES, _PARTS = ("public_name", "name", "full_public_name", "display_name"), ("first_name", "last_name")
_ABOUT = ("code", "biography", "bio", "abstract", "description", "email", "url", "links", "avatar", "guid", "id")


def read_frab_xml(root: Node, answers: Answers) -> Schedule:
    """Read the tree of a schedule.xml."""
    if root.tag != "schedule":
        raise BadSchedule(line(root.line), other_root(root.tag))
    conferences = root.children("conference")
    if not conferences:
        raise BadSchedule(line(root.line), phrase("import-no-conference"))
    conference = _Conference(conferences[0], root)
    walk = _Walk(day_change(conference))
    walk.through(root, None, "")
    return read_conference(conference, walk.slots, walk.rooms, answers)


@dataclass(slots=True)
class _Walk:
    """Every event of the document, wherever it stands: in a room of a day, beside the rooms, or without any day."""

    begins: time
    slots: list[Slot] = field(default_factory=list[Slot])
    rooms: list[Entry] = field(default_factory=list[Entry])

    def through(self, node: Node, day: tuple[date | None, time] | None, room: str) -> None:
        """Go through what an element holds; ``day`` and ``room`` are what it stands in."""
        for child in node.content:
            if not isinstance(child, Node) or child.tag == "conference":
                continue
            element = _Element(child)
            if child.tag == "event":
                date_of_day, begins = day or (None, self.begins)
                self.slots.append(Slot(element, room, date_of_day, begins))
            elif child.tag == "day":
                self.through(child, day_of(element, "start", self.begins), room)
            elif child.tag == "room":
                self.rooms.append(element)
                self.through(child, day, element.text("name") or "")
            else:
                self.through(child, day, room)


@dataclass(frozen=True, slots=True)
class _Element:
    """An entry: an element, whose fields are its children and its attributes."""

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
            (_name(person), _element(person.line, person.tag))
            for group in _children(self.node, _GROUPS)
            for person in _children(group, _PEOPLE) or [group]
        ] or [(_name(person), _element(person.line, person.tag)) for person in _children(self.node, _PEOPLE)]


@dataclass(frozen=True, slots=True)
class _Conference(_Element):
    """The conference; its address may stand beside it."""

    root: Node

    def text(self, name: str) -> str | None:
        return _Element.text(self, name) or (_Element(self.root).text(name) if name == "base_url" else None)


def _children(node: Node, tags: tuple[str, ...]) -> list[Node]:
    return [each for each in node.content if isinstance(each, Node) and each.tag in tags]


def _name(person: Node) -> str:
    """Return a person's name: a child or an attribute says it, or it is all that stands there."""
    element = _Element(person)
    said = next((text for field in _NAMES if (text := element.text(field))), None)
    parts = [text for field in _PARTS if (text := element.text(field))]
    own = "".join(each for each in person.content if isinstance(each, str)).strip()
    return said or " ".join(parts) or (own if _children(person, _ABOUT) else person.text())


def _element(number: int, tag: str) -> Place:
    return phrase("import-element", line=str(number), tag=tag)
