"""The right side of a row: a tool and its arguments, filled with what was said. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias, cast

Fields: TypeAlias = dict[str, Any]
_CALL = re.compile(r"(?P<tool>\w+)\((?P<args>.*)\)")
_VALUE = re.compile(r"\{(?P<ways>[^{}!]+)(?P<must>!?)\}")
_CONDITION = re.compile(r"(?P<key>\w+)(?:(?P<how>>=|<|=|~)(?P<value>.+))?")
_FIXED: Mapping[str, bool] = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Argument:
    """``changes.start_time={start}``: where a value goes, and what it is."""

    path: tuple[str, ...]
    value: str


@dataclass(frozen=True, slots=True)
class Template:
    """A tool with its arguments; what was not said is left out."""

    tool: str
    args: tuple[Argument, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """``status={status}``: which rows of an answer are told; one about what was not said does not count."""

    key: str
    how: str
    value: str


class Missing(LookupError):
    """What the tool cannot do without was not said."""


class ReadFirst(LookupError):
    """A value follows from what is there now: it has to be read first."""


def read_template(text: str) -> Template:
    """Read ``tool(name={place}, other.name=word)``. Raises ``ValueError`` for anything else."""
    found = _CALL.fullmatch(text)
    if found is None:
        raise ValueError(text)
    parts = [part.partition("=") for part in found["args"].split(", ") if part]
    return Template(found["tool"], tuple(Argument(tuple(name.split(".")), value) for name, _, value in parts))


def read_conditions(text: str) -> tuple[Condition, ...]:
    """Read ``minutes_late, name~{thing}``."""
    found = [_CONDITION.fullmatch(part) for part in text.split(", ") if part]
    return tuple(Condition(each["key"], each["how"] or "", each["value"] or "") for each in found if each)


def fill(template: Template, said: Mapping[str, Any], found: Mapping[str, Any] | None) -> Fields:
    """Return the arguments. ``found`` is what was read first, if anything was.

    Raises ``Missing`` where something that is needed was not said, ``ReadFirst`` where a value follows from ``found``.
    """
    args: Fields = {}
    groups: set[str] = set()
    for argument in template.args:
        value = value_of(argument.value, said, found)
        first = argument.path[0].removesuffix("[]")
        if len(argument.path) > 1:
            groups.add(first)
        if value is not None:
            _put(args, argument.path, value)
    if not groups <= args.keys():
        raise Missing(", ".join(groups - args.keys()))
    return args


def value_of(text: str, said: Mapping[str, Any], found: Mapping[str, Any] | None = None) -> Any:
    """Return the value that an argument or a condition names, or None where it was not said."""
    place = _VALUE.fullmatch(text)
    if place is None:
        return _FIXED.get(text, int(text) if text.isdecimal() else text)
    values = (_way(way, said, found) for way in place["ways"].split("|"))
    value = next((value for value in values if value is not None), None)
    if value is None and place["must"]:
        raise Missing(text)
    return value


def _put(args: Fields, path: Sequence[str], value: Any) -> None:
    name, rest = path[0], path[1:]
    key = name.removesuffix("[]")
    if not name.endswith("[]"):
        if rest:
            _put(args.setdefault(key, {}), rest, value)
        else:
            args[key] = value
        return
    values = list(cast("Sequence[Any]", value)) if isinstance(value, tuple) else [value]
    if not rest:
        args[key] = values
        return
    rows: list[Fields] = args.setdefault(key, [{} for _ in values])
    for number, row in enumerate(rows):
        _put(row, rest, values[number] if len(values) > 1 else values[0])


def _way(way: str, said: Mapping[str, Any], found: Mapping[str, Any] | None) -> Any:
    if way.startswith("-"):
        value = said.get(way[1:])
        return None if value is None else -value
    if way == "found.id":
        return found["id"] if found else None
    if "found." not in way:
        return said.get(way)
    return _moved(way, said, found)


def _moved(way: str, said: Mapping[str, Any], found: Mapping[str, Any] | None) -> str | None:
    """Return a moment that follows from the one there is: ``found.start+minutes``, ``day@found.start``."""
    if way.startswith("day@"):
        if said.get("day") is None:
            return None
        at = _moment(found, way.removeprefix("day@"))
        return f"{said['day']}T{at:%H:%M}"
    name, sign, _ = re.split(r"([+-])", way, maxsplit=1)
    if said.get("minutes") is None:
        return None
    by = timedelta(minutes=int(said["minutes"]))
    at = _moment(found, name)
    return f"{at + by if sign == '+' else at - by:%Y-%m-%dT%H:%M}"


def _moment(found: Mapping[str, Any] | None, name: str) -> datetime:
    if found is None:
        raise ReadFirst(name)
    return datetime.fromisoformat(str(found[name.removeprefix("found.")]))
