"""iCalendar in XML (xCal, RFC 6321, and as pentabarf, frab and pretalx write it) and in JSON (jCal, RFC 7265)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, cast

from icalendar import Component

from core.imports.calendars.read import parsed, read_events
from core.imports.fields import line_of
from core.imports.models import THE_FILE, Answers, BadSchedule, Place, Reported, Schedule
from core.imports.models import line as line_at
from core.imports.xml_tree import Node
from core.kernel.phrases import phrase

_ROOTS = frozenset({"icalendar", "vcalendar"})
_COMPONENTS = frozenset("vevent vtodo vjournal vfreebusy vtimezone valarm standard daylight".split())
_OTHERS = {"pentabarf:track": "CATEGORIES", "attendee": "X-SPEAKER"}
"""What pentabarf says beside the standard; its attendees are the speakers. Whatever else has its prefix is left out."""
_TEXTS = frozenset(
    {"SUMMARY", "DESCRIPTION", "LOCATION", "CATEGORIES", "X-SPEAKER", "X-WR-CALNAME", "X-WR-CALDESC", "NAME"}
)
_TIMES = frozenset({"DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE", "RDATE"})
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\";:,]")
_INNER = 2
"""Where a calendar of JSON has its events: behind its name and its properties."""
_PAIRED = {"start", "end", "duration"}


def is_xcal(root: Node) -> bool:
    """Tell whether a document is a calendar in XML."""
    return _local(root.tag) in _ROOTS


def read_xcal(root: Node, answers: Answers) -> Schedule:
    """Read a calendar in XML (xCal). Raises ``BadSchedule`` with one sentence."""
    lines = _as_lines(root)
    return read_events(parsed("\r\n".join(lines.text)), [line_at(line) for line in lines.events], answers)


def is_jcal(data: object) -> bool:
    """Tell whether this JSON is a calendar (jCal, RFC 7265), or several."""
    if not isinstance(data, list) or not data:
        return False
    found = cast("list[object]", data)
    return found[0] == "vcalendar" or (isinstance(found[0], list) and found[0][:1] == ["vcalendar"])


def read_jcal(data: object, answers: Answers) -> Schedule:
    """Read a calendar in JSON (jCal). Raises ``BadSchedule`` with one sentence."""
    found = cast("list[Any]", data)
    calendars: list[Component] = []
    places: list[Place] = []
    reported: list[Reported] = []
    for number, given in enumerate([found] if found[0] == "vcalendar" else found):
        calendar, inner = _of_json([*given[:_INNER], []]), given[_INNER:]
        calendars.append(calendar)
        for at, each in enumerate(inner[0] if inner and isinstance(inner[0], list) else ()):
            place = f"vcalendar[{number}][{_INNER}][{at}]"
            try:
                component = _of_json(each)
            except BadSchedule as bad:
                # One bad entry stops no other.
                reported.append(Reported(place, bad.wrong))
                continue
            calendar.add_component(component)
            places += [place] * (component.name == "VEVENT")
    read = read_events(calendars, places, answers)
    return replace(read, reported=(*read.reported, *reported))


def _of_json(given: Any) -> Component:
    try:
        return Component.from_jcal(given)
    except (ValueError, IndexError, KeyError, TypeError, AttributeError) as failure:
        raise BadSchedule(THE_FILE, phrase("format-calendar-broken", why=line_of(str(failure))[:120])) from None


@dataclass(slots=True)
class _Lines:
    """The lines of an iCalendar text, and the line in the XML at which each of its events begins."""

    text: list[str] = field(default_factory=list[str])
    events: list[int] = field(default_factory=list[int])


def _as_lines(root: Node) -> _Lines:
    """Return the calendars of a document as an iCalendar text."""
    found = _Lines()
    calendars = [root] if _local(root.tag) == "vcalendar" else _children(root)
    for calendar in calendars:
        if _local(calendar.tag) == "vcalendar":
            _component(calendar, found)
    return found


def _component(node: Node, found: _Lines) -> None:
    name = _local(node.tag).upper()
    if name == "VEVENT":
        found.events.append(node.line)
    found.text.append(f"BEGIN:{name}")
    inner: list[Node] = []
    for child in _children(node):
        local = _local(child.tag)
        # RFC 6321 sorts them; before it they stood side by side.
        if local == "components":
            inner += _children(child)
        elif local in _COMPONENTS:
            inner.append(child)
        else:
            for each in _children(child) if local == "properties" else [child]:
                found.text += _property(each, is_sorted=local == "properties")
    for each in inner:
        if _local(each.tag) in _COMPONENTS:
            _component(each, found)
    found.text.append(f"END:{name}")


def _property(node: Node, *, is_sorted: bool) -> Iterator[str]:
    tag = node.tag.lower()
    name = (None if is_sorted else _OTHERS.get(tag)) or ("" if tag.startswith("pentabarf:") else _local(tag).upper())
    if not _NAME.fullmatch(name):
        return
    values = [(_local(each.tag), each) for each in _children(node) if _local(each.tag) != "parameters"]
    kinds = {kind for kind, _ in values}
    texts = [_value(kind, each) for kind, each in values] or [node.text().strip()]
    if "recur" not in kinds and kinds <= {"text", "unknown"} and name in _TEXTS:
        texts = [_escaped(text) for text in texts]
    elif name in _TIMES and not values:
        texts = [re.sub(r"[-:]", "", text) for text in texts]
    is_date = "date" in kinds or (name in _TIMES and all(re.fullmatch(r"\d{8}", text) for text in texts))
    parameters = "".join(f";{key}={value}" for key, value in _parameters(node))
    yield f"{name}{parameters}{';VALUE=DATE' if is_date and name in _TIMES else ''}:{','.join(texts)}"


def _parameters(node: Node) -> Iterator[tuple[str, str]]:
    """Yield the time zone of a value, which is all that is read of its parameters."""
    for group in _children(node):
        if _local(group.tag) == "parameters":
            for each in _children(group):
                if _local(each.tag) == "tzid":
                    yield "TZID", _UNSAFE.sub("", each.text().strip())
    for name, value in node.attributes.items():
        if _local(name) == "tzid":
            yield "TZID", _UNSAFE.sub("", value.strip())


def _value(kind: str, node: Node) -> str:
    text = node.text().strip()
    if kind in ("date-time", "date", "time"):
        return re.sub(r"[-:]", "", text)
    if kind == "period":
        parts = {_local(each.tag): re.sub(r"[-:]", "", each.text().strip()) for each in _children(node)}
        return "/".join(value for name, value in parts.items() if name in _PAIRED)
    if kind == "recur":
        rule: dict[str, list[str]] = {}
        for each in _children(node):
            said = each.text().strip()
            key = _local(each.tag).upper()
            rule.setdefault(key, []).append(re.sub(r"[-:]", "", said) if key == "UNTIL" else said)
        return ";".join(f"{key}={','.join(values)}" for key, values in rule.items())
    return text


def _escaped(text: str) -> str:
    for mark in "\\;,":
        text = text.replace(mark, f"\\{mark}")
    return text.replace("\r\n", "\n").replace("\n", "\\n")


def _children(node: Node) -> list[Node]:
    return [each for each in node.content if isinstance(each, Node)]


def _local(tag: str) -> str:
    return tag.rpartition(":")[2].lower()
