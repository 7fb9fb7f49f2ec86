"""The properties of a calendar's components, typed: texts, times, lengths, rules; a broken one is the text it is."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, cast

from icalendar import Component

from core.imports.calendars.recurrence import Repeats


def text(component: Component, name: str) -> str:
    """Return a property's text, empty where there is none; where it stands several times, the first."""
    found = _all(component, name)
    return str(found[0]).strip() if found else ""


def categories(component: Component) -> str | None:
    """Return the first category, which is what a track is."""
    for each in _all(component, "CATEGORIES"):
        names = [str(name).strip() for name in getattr(each, "cats", [each])]
        if found := next(filter(None, names), None):
            return found
    return None


def speakers(component: Component) -> tuple[str, ...]:
    """Return who speaks, where the calendar says it (``core.imports.calendars.xml``); attendees are anybody invited."""
    return tuple(name for each in _all(component, "X-SPEAKER") if (name := str(each).strip()))


def when(component: Component, name: str) -> date | timedelta | str | None:
    """Return a date, a time or a length; a text where the file has something else; None where there is nothing."""
    found = _all(component, name)
    if not found:
        return None
    try:
        value: object = found[0].dt
    except (AttributeError, ValueError):
        return str(found[0])
    return value if isinstance(value, date | timedelta) else str(found[0])


def zone_is_unknown(component: Component, name: str) -> str | None:
    """Return the time zone that a time names and nobody knows, so that it was read as local."""
    at, given = when(component, name), _all(component, name)
    tzid = str(getattr(given[0], "params", {}).get("TZID", "")) if given else ""
    return tzid if tzid and isinstance(at, datetime) and at.tzinfo is None else None


def repeats(event: Component) -> Repeats | None:
    """Return how an event repeats, None where it happens once. Raises ``ValueError`` for a broken rule."""
    rules = tuple(_rule(each) for each in _all(event, "RRULE"))
    further = _dates(event, "RDATE")
    return Repeats(rules, further, _dates(event, "EXDATE")) if rules or further else None


def _rule(given: Any) -> tuple[str, date | None]:
    try:
        ends: list[object] = given.get("UNTIL") or []
        rest = type(given)({name: value for name, value in given.items() if name.upper() != "UNTIL"})
        written = rest.to_ical().decode()
    except AttributeError:
        raise ValueError(str(given)) from None
    return written, ends[0] if ends and isinstance(ends[0], date) else None


def _dates(event: Component, name: str) -> tuple[date, ...]:
    found: list[date] = []
    for each in _all(event, name):
        try:
            values = [value.dt for value in each.dts]
        except (AttributeError, ValueError):
            raise ValueError(str(each)) from None
        # A period's start is when it happens.
        found += [value[0] if isinstance(value, tuple) else value for value in values]
    return tuple(found)


def stamp(at: date) -> str:
    """Return a start as part of an id: the same moment, the same text, whatever its zone."""
    if isinstance(at, datetime):
        return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}" if at.tzinfo else f"{at:%Y%m%dT%H%M%S}"
    return f"{at:%Y%m%d}"


def _all(component: Component, name: str) -> list[Any]:
    value: Any = component.get(name)
    if value is None:
        return []
    return cast("list[Any]", value) if isinstance(value, list) else [value]
